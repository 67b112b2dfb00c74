//! Measures the desk's files by themselves: the first sync of so many records, a list, one small commit, one act, and the lists of
//! fifty thousand orders that come after them, with as many conversations and half a million messages, and of fifty thousand clients more.
//!
//! `cargo run --release -p mirror --example first_sync -- 200000`

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measurement: it prints, reads the clock, and stops at the first mistake"
)]

use domain::{
    id::{CommandId, ConversationId, OrderId, ReadMarkId, RecordId, UserId},
    name::PersonName,
    record::{Kind, RecordRef},
    records::{DesignType, OrderStatus},
    role::{Actor, Person, Role},
    time::UtcMillis,
    wire::Line,
};
use mirror::{
    Cabinet, Chunk, Given, Key, Keys, Place,
    queries::{ClientAsk, ClientOrder, ConversationAsk, ConversationPart, InboxAsk, OrderAsk, TalkAsk, View},
};
use serde_json::json;
use std::{
    future::Future,
    path::Path,
    time::{Duration, Instant},
};

const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000);

fn uuid(n: u64) -> uuid::Uuid {
    let low = u128::from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) & 0x0fff_ffff_ffff_ffff;
    uuid::Uuid::from_u128(((0x019a_bf6b_9d3c_u128 + u128::from(n)) << 80) | 0x7000_8000_0000_0000_0000 | low)
}

fn id<T: From<RecordId>>(n: u64) -> T {
    RecordId::from_uuid(uuid(n)).into()
}

/// One record in ten is a client, the rest are their consultations; one consultation in a hundred waits.
fn line(n: u64, seq: u64) -> String {
    let at = NOW.plus(-i64::try_from(seq).unwrap() * 60_000);
    let me = uuid(n);
    let body = if n.is_multiple_of(10) {
        json!({"id": me, "name": format!("Rani Kusumawardani {}", letters(n)), "phone": format!("+62812{n:08}"), "zone": "Asia/Jakarta",
            "created_at": at, "updated_at": at})
    } else {
        let (client, waiting) = (n / 10 * 10, n % 100 == 1);
        let mut body = json!({"id": me, "number": format!("KG-20261125-{n:06}"), "client_id": uuid(client),
            "client_name": format!("Rani Kusumawardani {}", letters(client)), "client_zone": "Asia/Jakarta", "source": "app",
            "requested_date": "2026-11-26", "topic": "Logo kedai kopi", "status": if waiting { "waiting" } else { "accepted" },
            "due_at": at.plus(3_600_000), "created_at": at, "updated_at": at, "history": []});
        if !waiting {
            body["decided_at"] = json!(at.plus(60_000));
        }
        body
    };
    let kind = if n.is_multiple_of(10) { "client" } else { "consultation" };
    format!(r#"{{"put":{{"kind":"{kind}","id":"{me}","rev":1,"seq":{seq},"body":{body}}}}}"#)
}

fn letters(mut n: u64) -> String {
    let mut text = String::from("A");
    while n > 0 {
        text.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
    }
    text
}

fn parse(lines: &[String]) -> Chunk {
    let mut chunk = Chunk::default();
    for line in lines {
        chunk.take(serde_json::from_str::<Line<'_>>(line).unwrap());
    }
    chunk
}

fn keys() -> Keys {
    Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) }
}

fn actor() -> Actor {
    let person = Person { id: id::<UserId>(999_999_999), name: PersonName::new("Sari Admin").unwrap() };
    Actor::person(person, vec![Role::Admin], None, None)
}

fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    let done = work.await;
    (done, began.elapsed())
}

/// The first sync of these lines in parts of `size`. Reading the next part goes on while one is laid in, as in the engine.
async fn first_sync(folder: &Path, lines: Vec<String>, size: usize) {
    let n = lines.len();
    let (cabinet, _) = Cabinet::open(folder, keys(), actor(), NOW, None).await.unwrap();
    let work: Vec<String> = lines.iter().filter(|l| l.contains(r#""status":"waiting""#)).cloned().collect();
    let place = Place::Work { cursor: "h".into(), seq: i64::try_from(n).unwrap() };
    let (_, took) = timed(cabinet.apply(parse(&work), place, NOW)).await;
    println!("open records: {} in {took:.1?}", work.len());
    let start = Instant::now();
    let (sender, mut parts) = tokio::sync::mpsc::channel::<Chunk>(2);
    let reader = tokio::spawn(async move {
        for part in lines.chunks(size) {
            sender.send(parse(part)).await.unwrap();
        }
    });
    let mut longest = Duration::ZERO;
    let mut from = "h".to_owned();
    while let Some(chunk) = parts.recv().await {
        let (_, took) = timed(cabinet.apply(chunk, Place::Down { from: from.clone(), cursor: Some("c".into()) }, NOW)).await;
        from = "c".into();
        longest = longest.max(took);
    }
    reader.await.unwrap();
    cabinet.apply(Chunk::default(), Place::Down { from: "c".into(), cursor: None }, NOW).await.unwrap();
    cabinet.close().await.unwrap();
    let all = start.elapsed();
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let rate = n as f64 / all.as_secs_f64();
    println!("first sync: {rate:.0} rows/s, durable close and every index within; longest part {longest:.1?}");
}

async fn lists(cabinet: &Cabinet) {
    let ask = |view, offset| InboxAsk { view, limit: 50, offset, ..InboxAsk::default() };
    let parts = [
        ("waiting", View::Waiting, 0),
        ("waiting from 1000", View::Waiting, 1_000),
        ("answered", View::Answered, 0),
        ("answered from 100000", View::Answered, 100_000),
        ("accepted", View::Accepted, 0),
    ];
    for (name, view, offset) in parts {
        let mut times = Vec::new();
        for _ in 0..200 {
            times.push(timed(cabinet.inbox(&ask(view, offset), NOW)).await.1);
        }
        println!("list of 50, {name}: {:.3?}", median(times));
    }
    for text in ["rani kusuma", "0812-0000", "zzz"] {
        println!("clients, {text}: {:.1?}", timed(cabinet.clients(text, 20, NOW)).await.1);
    }
}

async fn events(cabinet: &Cabinet, n: u64) {
    let mut times = Vec::new();
    for k in 0..200 {
        let one = parse(&[line(k * 100 + 1, n + k + 1).replace(r#""rev":1"#, r#""rev":2"#)]);
        let place = Place::Up { cursor: "u".into(), whole: Some(i64::try_from(n + k + 1).unwrap()) };
        times.push(timed(cabinet.apply(one, place, NOW)).await.1);
    }
    println!("one live event: {:.3?}", median(times));
}

async fn acts(cabinet: &Cabinet) {
    let (mut times, mut details) = (Vec::new(), Vec::new());
    for k in 0..200 {
        let name = RecordRef::new(Kind::Consultation, id::<RecordId>(k * 100 + 1));
        let (id, args) = (CommandId::from_uuid(uuid(5_000_000 + k)), json!({ "id": name.id }));
        let given = Given { id, name: "consultation.accept".into(), args, seen: vec![name], seen_at: NOW, held_until: None };
        times.push(timed(cabinet.submit(given, NOW)).await.1);
        details.push(timed(cabinet.detail(name, &[], NOW)).await.1);
    }
    println!("one act, taken and shown: {:.3?}; its detail: {:.3?}", median(times), median(details));
}

/// So many orders.
const ORDERS: u64 = 50_000;

/// An order of one of the clients; one in a hundred is given to whoever sits here.
fn order_line(n: u64, seq: u64) -> String {
    let (me, client, at) = (uuid(10_000_000 + n), n / 5 * 10 + 10, NOW.plus(-i64::try_from(n).unwrap() * 60_000));
    let status = OrderStatus::KNOWN.iter().cycle().nth(usize::try_from(n % 7).unwrap()).map(OrderStatus::wire);
    let kind = DesignType::KNOWN.iter().cycle().nth(usize::try_from(n % 11).unwrap()).map(DesignType::wire);
    let who = json!({"id": uuid(999_999_999), "name": "Sari Admin"});
    let mut body = json!({"id": me, "number": format!("ORD-202611-{n:05}"), "client_id": uuid(client),
        "client_name": format!("Rani Kusumawardani {}", letters(client)), "client_zone": "Asia/Jakarta", "source": "app",
        "design_type": kind, "description": "Logo kedai kopi dengan warna hangat, untuk papan nama dan gelas", "status": status,
        "product_status": "pending", "versions": 0, "due_at": at.plus(3_600_000), "status_at": at, "status_by": who,
        "created_at": at, "updated_at": at, "history": []});
    if n.is_multiple_of(100) {
        body["assignee"] = who;
    }
    format!(r#"{{"put":{{"kind":"order","id":"{me}","rev":1,"seq":{seq},"body":{body}}}}}"#)
}

async fn orders(cabinet: &Cabinet, behind: u64) {
    let lines: Vec<String> = (0..ORDERS).map(|n| order_line(n, behind + n)).collect();
    let start = Instant::now();
    for part in lines.chunks(1_000) {
        let whole = Some(i64::try_from(behind + ORDERS).unwrap());
        cabinet.apply(parse(part), Place::Up { cursor: "o".into(), whole }, NOW).await.unwrap();
    }
    println!("{ORDERS} orders laid in: {:.1?}", start.elapsed());
    let plain = || OrderAsk { limit: 50, ..OrderAsk::default() };
    let asks = [
        ("all", plain()),
        ("all from 40000", OrderAsk { offset: 40_000, ..plain() }),
        ("in review", OrderAsk { status: Some(OrderStatus::Review), ..plain() }),
        ("in review from 7000", OrderAsk { status: Some(OrderStatus::Review), offset: 7_000, ..plain() }),
        ("logos", OrderAsk { design_type: Some(DesignType::Logo), ..plain() }),
        ("logos in review", OrderAsk { design_type: Some(DesignType::Logo), status: Some(OrderStatus::Review), ..plain() }),
        ("mine", OrderAsk { mine: true, ..plain() }),
        ("deleted", OrderAsk { deleted: true, ..plain() }),
        ("around one", OrderAsk { around: Some(RecordRef::new(Kind::Order, id::<RecordId>(10_040_000))), ..plain() }),
        ("with «kedai»", OrderAsk { text: "kedai".to_owned(), ..plain() }),
        ("with «kedai», mine", OrderAsk { text: "kedai".to_owned(), mine: true, ..plain() }),
        ("with «ord 202611 00042»", OrderAsk { text: "ord 202611 00042".to_owned(), ..plain() }),
        ("with «kedau»", OrderAsk { text: "kedau".to_owned(), ..plain() }),
    ];
    // The first search reads every text; what comes after it is what somebody who types waits for.
    let all = cabinet.orders(&OrderAsk { text: "kopi".to_owned(), ..plain() }, NOW).await.unwrap();
    assert!(all.total > 0, "orders that cannot be read would be left out in silence");
    for (name, ask) in asks {
        let mut times = Vec::new();
        for _ in 0..50 {
            times.push(timed(cabinet.orders(&ask, NOW)).await.1);
        }
        println!("orders, {name}: {:.3?}", median(times));
    }
    let (mut times, name) = (Vec::new(), RecordRef::new(Kind::Order, id::<RecordId>(10_000_005)));
    for _ in 0..50 {
        times.push(timed(cabinet.order(name, &[], NOW)).await.1);
    }
    println!("one order, whole: {:.3?}", median(times));
}

/// So many messages are about each order.
const MESSAGES: u64 = 10;

fn put(kind: &str, id: &str, seq: u64, body: &serde_json::Value) -> String {
    format!(r#"{{"put":{{"kind":"{kind}","id":"{id}","rev":1,"seq":{seq},"body":{body}}}}}"#)
}

/// What is said about the n-th order: its messages, its head, and the mark of whoever sits here. One client in fifty waits, and of one
/// conversation in ten something is unread.
fn talk_lines(n: u64, seq: u64) -> Vec<String> {
    let (order, at) = (uuid(10_000_000 + n), |k: u64| NOW.plus(-i64::try_from(n * 60 + 10 - k).unwrap() * 1_000));
    let (me, other) = (json!({"id": uuid(999_999_999), "name": "Sari Admin"}), json!({"id": uuid(999_999_998), "name": "Rani"}));
    let waits = n.is_multiple_of(50);
    let text = format!("Baik, warna hangatnya kami coba dulu, besok siang kami kirim contohnya ya {}", letters(n));
    let mut all = Vec::new();
    for k in 1..=MESSAGES {
        let by_client = k % 2 == 1 || (waits && k == MESSAGES);
        let (id, author) = (uuid(20_000_000 + n * MESSAGES + k), if by_client { &other } else { &me });
        let body = json!({"id": id, "order_id": order, "number": k, "from": if by_client { "client" } else { "staff" }, "author": author,
            "text": text, "created_at": at(k)});
        all.push(put("message", &id.to_string(), seq + k, &body));
    }
    let last = if waits { ("client", &other) } else { ("staff", &me) };
    let mut head = json!({"id": order, "order_number": format!("ORD-202611-{n:05}"), "client_id": uuid(n / 5 * 10 + 10),
        "client_name": format!("Rani Kusumawardani {}", letters(n / 5 * 10 + 10)), "client_zone": "Asia/Jakarta", "messages": MESSAGES,
        "last_text": text, "last_at": at(MESSAGES), "last_from": last.0, "last_by": last.1, "answered": MESSAGES - 1, "client_read": 3, "created_at": at(1),
        "updated_at": at(MESSAGES)});
    if waits {
        head["waiting_since"] = json!(at(MESSAGES));
        head["due_at"] = json!(at(MESSAGES).plus(3_600_000));
    }
    all.push(put("conversation", &order.to_string(), seq + MESSAGES + 1, &head));
    let conversation = ConversationId::of(id::<OrderId>(10_000_000 + n));
    let mark = ReadMarkId::of(id::<UserId>(999_999_999), conversation);
    let upto = if n.is_multiple_of(10) { MESSAGES - 1 } else { MESSAGES };
    let body =
        json!({"id": mark, "user_id": uuid(999_999_999), "conversation_id": conversation, "upto": upto, "own": 0, "updated_at": NOW});
    all.push(put("read_mark", &mark.to_string(), seq + MESSAGES + 2, &body));
    all
}

async fn conversations(cabinet: &Cabinet, behind: u64) {
    let lines: Vec<String> = (0..ORDERS).flat_map(|n| talk_lines(n, behind + n * (MESSAGES + 2))).collect();
    let start = Instant::now();
    for part in lines.chunks(1_000) {
        let whole = Some(i64::try_from(behind + ORDERS * (MESSAGES + 2)).unwrap());
        cabinet.apply(parse(part), Place::Up { cursor: "t".into(), whole }, NOW).await.unwrap();
    }
    println!("{ORDERS} conversations of {MESSAGES} messages laid in: {:.1?}", start.elapsed());
    let plain = || ConversationAsk { limit: 50, ..ConversationAsk::default() };
    let asks = [
        ("all", plain()),
        ("all from 40000", ConversationAsk { offset: 40_000, ..plain() }),
        ("unread", ConversationAsk { part: ConversationPart::Unread, ..plain() }),
        ("waiting", ConversationAsk { part: ConversationPart::Waiting, ..plain() }),
        ("around one", ConversationAsk { around: Some(id::<OrderId>(10_040_000)), ..plain() }),
        ("with «kusumawardani»", ConversationAsk { text: "kusumawardani".to_owned(), ..plain() }),
        ("with «ord 202611 00042»", ConversationAsk { text: "ord 202611 00042".to_owned(), ..plain() }),
        ("with «kusumawardhani»", ConversationAsk { text: "kusumawardhani".to_owned(), ..plain() }),
    ];
    // What is measured must be there: a record that cannot be read would be left out in silence.
    let all = cabinet.conversations(&ConversationAsk { text: "rani".to_owned(), ..plain() }, NOW).await.unwrap();
    assert_eq!(u64::from(all.total), ORDERS);
    for (name, ask) in asks {
        let mut times = Vec::new();
        for _ in 0..50 {
            times.push(timed(cabinet.conversations(&ask, NOW)).await.1);
        }
        println!("conversations, {name}: {:.3?}", median(times));
    }
    for before in [None, Some(6)] {
        let (mut times, ask) = (Vec::new(), TalkAsk { order_id: id::<OrderId>(10_000_005), before, limit: 50 });
        for _ in 0..50 {
            times.push(timed(cabinet.talk(&ask, &[], NOW)).await.1);
        }
        println!("one conversation, before {before:?}: {:.3?}", median(times));
    }
}

/// So many clients come after everything else.
const CLIENTS: u64 = 50_000;

async fn clients(cabinet: &Cabinet, behind: u64) {
    let line = |n: u64| {
        let (id, at) = (uuid(40_000_000 + n), NOW.plus(-i64::try_from(n).unwrap() * 1_000));
        let body = json!({"id": id, "name": format!("Made Ayu Lestari {}", letters(n)), "phone": format!("+62813{n:08}"),
            "email": format!("made{n}@contoh.id"), "zone": "Asia/Makassar", "created_at": at, "updated_at": at});
        put("client", &id.to_string(), behind + n, &body)
    };
    let lines: Vec<String> = (0..CLIENTS).map(line).collect();
    let start = Instant::now();
    for part in lines.chunks(1_000) {
        let whole = Some(i64::try_from(behind + CLIENTS).unwrap());
        cabinet.apply(parse(part), Place::Up { cursor: "k".into(), whole }, NOW).await.unwrap();
    }
    println!("{CLIENTS} clients laid in: {:.1?}", start.elapsed());
    let plain = || ClientAsk { limit: 50, ..ClientAsk::default() };
    let asks = [
        ("by name", plain()),
        ("by name from 40000", ClientAsk { offset: 40_000, ..plain() }),
        ("last active first", ClientAsk { order: ClientOrder::Last, ..plain() }),
        ("around one", ClientAsk { around: Some(id(40_040_000)), ..plain() }),
        ("with «ayu»", ClientAsk { text: "ayu".to_owned(), ..plain() }),
        ("with «ayu», last active first", ClientAsk { text: "ayu".to_owned(), order: ClientOrder::Last, ..plain() }),
        ("with «0813 0000 4000»", ClientAsk { text: "0813 0000 4000".to_owned(), ..plain() }),
    ];
    cabinet.client_list(&ClientAsk { text: "made".to_owned(), ..plain() }, NOW).await.unwrap();
    for (name, ask) in asks {
        let mut times = Vec::new();
        for _ in 0..50 {
            times.push(timed(cabinet.client_list(&ask, NOW)).await.1);
        }
        println!("clients, {name}: {:.3?}", median(times));
    }
    let (mut times, name) = (Vec::new(), RecordRef::new(Kind::Client, id::<RecordId>(20)));
    for _ in 0..50 {
        times.push(timed(cabinet.client(name, &[], NOW)).await.1);
    }
    println!("one client, whole: {:.3?}", median(times));
}

#[tokio::main]
async fn main() {
    let n: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(200_000);
    let size: usize = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let kept = std::env::args().nth(3);
    let dir = tempfile::tempdir().unwrap();
    let folder = kept.as_deref().map_or(dir.path(), Path::new);
    // With a folder named, a second run measures the memory of a desk that only opens it.
    if !folder.join("mirror.db").exists() {
        let lines: Vec<String> = (1..=n).rev().map(|seq| line(seq, seq)).collect();
        println!("{n} records of {} bytes", lines.iter().map(String::len).sum::<usize>() / lines.len());
        first_sync(folder, lines, size).await;
    }
    let start = Instant::now();
    let (cabinet, _) = Cabinet::open(folder, keys(), actor(), NOW, None).await.unwrap();
    let opened = start.elapsed();
    cabinet.inbox(&InboxAsk { limit: 50, ..InboxAsk::default() }, NOW).await.unwrap();
    println!("opening {opened:.1?}, to the first list {:.1?}; memory {} MB", start.elapsed(), memory());
    lists(&cabinet).await;
    events(&cabinet, n).await;
    acts(&cabinet).await;
    orders(&cabinet, n + 1_000).await;
    conversations(&cabinet, n + 1_000 + ORDERS).await;
    clients(&cabinet, n + 1_000 + ORDERS * (MESSAGES + 3)).await;
    println!("memory at the end: {} MB", memory());
}
