//! An order's number has no gap and no repeat, however many count at once in however many servers (R-071, C-12).

use domain::{
    id::CounterId,
    record::{Kind, Record as _, RecordRef},
    records::Counter,
    time::{UtcMillis, Zone},
};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use store::{
    Store,
    memory::{Fault, FaultKind, Memory, Point},
    postgres::{self, Postgres},
    sqlite::{self, Sqlite},
    testing::{
        postgres::{Database, database},
        sample::commit,
    },
};
use uuid::Uuid;

use crate::testing::{Answer, Peer, TestApp, TestClock};

/// How many people order at the same moment.
const CREATORS: usize = 50;
/// Long enough for a machine on which everything runs at once.
const PATIENT: Duration = Duration::from_secs(60);

fn body() -> Value {
    json!({"design_type": "logo", "description": "Logo kedai kopi", "budget": 750_000})
}

async fn ordered(peer: &Peer) -> String {
    number(&peer.ask("/api/orders", &body()).await)
}

fn number(answer: &Answer) -> String {
    answer.clone().expect(201).json()["number"].as_str().unwrap().to_owned()
}

/// Three servers, each with an instance of its own on one database.
async fn three(stores: [Arc<dyn Store>; 3], clock: &Arc<TestClock>) -> Vec<TestApp> {
    let mut servers = Vec::new();
    for (store, seed) in stores.into_iter().zip([1_u64 << 40, 1 << 41, 1 << 42]) {
        let server = TestApp::builder().on(store).at(Arc::clone(clock)).seeded(seed).start().await;
        // A store that runs on threads of its own is not asked for what is left when the test's runtime has ended.
        server.leave_jobs();
        servers.push(server);
    }
    servers
}

/// Fifty clients of three servers, each with an instance of its own on one database, order at once; each asks before for something
/// that is refused.
async fn fifty_order_at_once(stores: [Arc<dyn Store>; 3]) {
    let clock = Arc::new(TestClock::default());
    let servers = three(stores, &clock).await;
    let mut asked = Vec::new();
    for (n, server) in servers.iter().cycle().take(CREATORS).enumerate() {
        let peer = server.client(&format!("klien{n}@x.id"), "Rani Kusuma").await;
        asked.push(async move {
            let past = json!({"design_type": "logo", "description": "Logo kedai kopi", "deadline": peer.day(-1)});
            assert_eq!(peer.ask("/api/orders", &past).await.expect(422).code(), "date_in_past");
            ordered(&peer).await
        });
    }
    let numbers: BTreeSet<String> = futures_util::future::join_all(asked.into_iter().map(tokio::spawn))
        .await
        .into_iter()
        .map(|done| done.expect("nobody panics"))
        .collect();
    let expected: BTreeSet<String> = (1..=CREATORS).map(|n| format!("ORD-202611-{n:04}")).collect();
    assert_eq!(numbers, expected, "exactly 1 to {CREATORS}, each once");
    let counter = RecordRef::new(Kind::Counter, CounterId::named("order/202611"));
    let stands = servers[0].store.read().await.unwrap().records(&[counter]).await.unwrap();
    let last = Counter::of(&stands[0].held.record).map(|counter| counter.last);
    assert_eq!((last, stands[0].held.rev), (Some(50), 50), "what was refused was never counted");
}

/// Three instances on one database, which is there as long as it is held.
async fn on_postgres(database: &Database) -> [Arc<dyn Store>; 3] {
    let open = async || {
        let options = postgres::Options { lock_timeout: PATIENT, ..postgres::Options::new(database.url.clone(), Uuid::from_u128(1)) };
        Arc::new(Postgres::open(options).await.unwrap())
    };
    [open().await, open().await, open().await]
}

fn in_memory() -> [Arc<dyn Store>; 3] {
    let memory = Memory::new(Uuid::from_u128(1)).with_lock_timeout(PATIENT);
    let others: [Arc<dyn Store>; 2] = [Arc::new(memory.instance()), Arc::new(memory.instance())];
    let [second, third] = others;
    [Arc::new(memory), second, third]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_in_three_servers_on_postgres() {
    let database = database().await;
    fifty_order_at_once(on_postgres(&database).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_in_three_servers_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let open = async || {
        let options = sqlite::Options { lock_timeout: PATIENT, ..sqlite::Options::new(folder.path().join("meja.db"), Uuid::from_u128(1)) };
        Arc::new(Sqlite::open(options).await.unwrap())
    };
    fifty_order_at_once([open().await, open().await, open().await]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_in_three_servers_in_memory() {
    fifty_order_at_once(in_memory()).await;
}

/// Fifty clients of three servers order while the month turns in Jakarta. Whenever each of them is counted: it has a number of the month
/// in which it was taken, and of neither month a number is left out or given twice.
async fn fifty_order_as_the_month_turns(stores: [Arc<dyn Store>; 3]) {
    let clock = Arc::new(TestClock::at("2026-11-30T16:59:59.999Z".parse().unwrap()));
    let servers = three(stores, &clock).await;
    let mut asked = FuturesUnordered::new();
    for (n, server) in servers.iter().cycle().take(CREATORS).enumerate() {
        let peer = server.client(&format!("klien{n}@x.id"), "Rani Kusuma").await;
        asked.push(tokio::spawn(async move { peer.ask("/api/orders", &body()).await.expect(201).json() }));
    }
    let mut taken = Vec::new();
    while let Some(order) = asked.next().await {
        taken.push(order.expect("nobody panics"));
        if taken.len() == 10 {
            clock.advance(Duration::from_millis(1));
        }
    }
    let rani = servers[0].client("rani@x.id", "Rani Kusuma").await;
    taken.push(rani.ask("/api/orders", &body()).await.expect(201).json());
    let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for order in &taken {
        let at: UtcMillis = serde_json::from_value(order["created_at"].clone()).unwrap();
        let month: String = at.day(Zone::Wib).to_string().chars().filter(char::is_ascii_digit).take(6).collect();
        let number = order["number"].as_str().unwrap().to_owned();
        assert!(number.starts_with(&format!("ORD-{month}-")), "{number} of an order of {at}");
        assert!(numbers.entry(month).or_default().insert(number.clone()), "{number} was given twice");
    }
    assert_eq!(numbers.keys().collect::<Vec<_>>(), ["202611", "202612"]);
    for (month, given) in numbers {
        let expected: BTreeSet<String> = (1..=given.len()).map(|n| format!("ORD-{month}-{n:04}")).collect();
        assert_eq!(given, expected, "none is left out");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_month_turns_for_fifty_in_three_servers_on_postgres() {
    let database = database().await;
    fifty_order_as_the_month_turns(on_postgres(&database).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_month_turns_for_fifty_in_three_servers_in_memory() {
    fifty_order_as_the_month_turns(in_memory()).await;
}

#[tokio::test]
async fn the_month_turns_at_midnight_in_jakarta() {
    let clock = Arc::new(TestClock::at("2026-11-30T16:59:59.998Z".parse().unwrap()));
    let app = TestApp::builder().at(Arc::clone(&clock)).start().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    assert_eq!(ordered(&rani).await, "ORD-202611-0001");
    clock.advance(Duration::from_millis(1));
    assert_eq!(ordered(&rani).await, "ORD-202611-0002", "16:59:59.999Z is November");
    clock.advance(Duration::from_millis(1));
    assert_eq!(ordered(&rani).await, "ORD-202612-0001", "17:00:00.000Z is December, and counted from its beginning");
    assert_eq!(ordered(&rani).await, "ORD-202612-0002");
}

#[tokio::test]
async fn after_9999_comes_10000() {
    let app = TestApp::new().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    let name = "order/202611";
    commit(&*app.store, |draft| {
        draft.put(Counter { id: CounterId::named(name), name: name.to_owned(), last: 9_998 }.any(), None);
    })
    .await
    .unwrap();
    assert_eq!(ordered(&rani).await, "ORD-202611-9999");
    assert_eq!(ordered(&rani).await, "ORD-202611-10000");
}

#[tokio::test]
async fn a_commit_that_failed_takes_no_number_and_one_whose_answer_was_lost_takes_one() {
    let memory = Arc::new(Memory::new(Uuid::from_u128(1)));
    let app = TestApp::builder().on(Arc::clone(&memory) as _).start().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    for (kind, expected) in [(FaultKind::Unavailable, "ORD-202611-0001"), (FaultKind::Lost, "ORD-202611-0002")] {
        memory.fail(Fault { at: Point::Commit, nth: 1, kind });
        let key = rani.id();
        assert_eq!(rani.ask_with("/api/orders", &body(), &key).await.status, 503, "{kind:?}");
        assert_eq!(number(&rani.ask_with("/api/orders", &body(), &key).await), expected, "{kind:?}: asked again it is the same order");
    }
    assert_eq!(ordered(&rani).await, "ORD-202611-0003");
}
