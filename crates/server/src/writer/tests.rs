//! The writer when things go wrong, and what it leaves in the database.

use async_trait::async_trait;
use domain::{
    audience::AUDIENCE_VERSION,
    audit::{Diff, Entry},
    commands::{account, client, consultation, note, order},
    id::{ClientId, CommandId, ConsultationId, NoteId, UserId},
    name::PersonName,
    record::{AnyRecord, Kind, RecordRef},
    records::{DesignType, OrderStatus},
    role::{Actor, Person, Principal, Role},
    wire::OutcomeStatus,
};
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::{collections::HashMap, sync::Arc};
use store::{
    Batch, Store,
    memory::{Fault, FaultKind, Memory, Point},
};

use super::*;
use crate::{feed::PublisherTask, shell::Seeded, testing::TestClock};

struct World {
    store: Arc<Memory>,
    shell: Shell,
    writer: Writer,
    clock: Arc<TestClock>,
    bells: Arc<Bells>,
    task: tokio::task::JoinHandle<store::Result<()>>,
}

impl World {
    fn new() -> Self {
        Self::on(Arc::new(Memory::new(uuid::Uuid::from_u128(1))))
    }
    fn on(store: Arc<Memory>) -> Self {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1_000);
        let clock = Arc::new(TestClock::default());
        let seed = NEXT.fetch_add(1_000_000, std::sync::atomic::Ordering::Relaxed);
        let shell = Shell::new(Arc::clone(&clock) as _, Arc::new(Seeded::new(seed)));
        let bells = Arc::<Bells>::default();
        let (writer, task) = Writer::new(Arc::clone(&store) as _, shell.clone(), Arc::clone(&bells));
        Self { store, shell, writer, clock, bells, task: tokio::spawn(task.run()) }
    }
    fn id<T: From<domain::id::RecordId>>(&self) -> T {
        domain::id::RecordId::from_uuid(self.shell.uuid()).into()
    }
    fn item(&self, command: impl Into<domain::command::Command>) -> Item {
        Item::of(CommandId::from_uuid(self.shell.uuid()), command)
    }
    fn create(&self, name: &str) -> Item {
        self.item(client::Create { id: self.id(), name: name.into(), phone: None, email: None, zone: None })
    }
    fn design(&self, client_id: ClientId) -> order::Create {
        let (design_type, description) = (DesignType::Logo, "Logo kedai kopi".to_owned());
        order::Create { id: self.id(), client_id, design_type, description, needs: None, deadline: None, budget: None, source: None }
    }
    async fn give(&self, items: Vec<Item>) -> Result<Vec<Judged>, WriteError> {
        self.writer.write(GiveCommands::new(Actor::system(), items)).await
    }
    async fn one(&self, command: impl Into<domain::command::Command>) -> Judged {
        self.give(vec![self.item(command)]).await.unwrap().remove(0)
    }
    fn fail(&self, at: Point, kind: FaultKind) {
        self.store.fail(Fault { at, nth: 1, kind });
    }
    async fn head(&self) -> store::Head {
        self.store.read().await.unwrap().head().await.unwrap()
    }
    async fn feed(&self, principal: Principal) -> Vec<store::FeedRow> {
        self.store.read().await.unwrap().feed_up(&[principal], 0, i64::MAX, 10_000).await.unwrap()
    }
}

fn statuses(judged: &[Judged]) -> Vec<OutcomeStatus> {
    judged.iter().map(|one| one.outcome.status.clone()).collect()
}

#[tokio::test]
async fn what_waits_together_is_one_commit() {
    let world = World::new();
    let asked = (0..50).map(|_| world.give(vec![world.create("Made Ayu")]));
    let answers = futures_util::future::join_all(asked).await;
    assert!(answers.iter().all(|a| statuses(a.as_ref().unwrap()) == [OutcomeStatus::Applied]));
    assert!(world.head().await.links <= 2, "{} commits for 50 requests that waited together", world.head().await.links);
    assert_eq!(world.head().await.seq, 100, "a record and an outcome each");
}

#[tokio::test]
async fn an_unavailable_database_stores_nothing_and_says_so() {
    for at in [Point::Begin, Point::Flush, Point::Commit] {
        let world = World::new();
        world.fail(at, FaultKind::Unavailable);
        let item = world.create("Made Ayu");
        assert!(matches!(world.give(vec![item.clone()]).await, Err(WriteError::Unavailable(_))), "{at:?}");
        assert_eq!(world.head().await.seq, 0);
        let again = world.give(vec![item]).await.unwrap();
        assert_eq!((statuses(&again), again[0].outcome.repeated), (vec![OutcomeStatus::Applied], false), "trying again works");
    }
}

#[tokio::test]
async fn a_lost_answer_of_a_commit_is_found_when_it_is_sent_again() {
    let world = World::new();
    world.fail(Point::Commit, FaultKind::Lost);
    let item = world.create("Made Ayu");
    assert!(world.give(vec![item.clone()]).await.is_err());
    let again = world.give(vec![item]).await.unwrap();
    assert!(again[0].outcome.repeated, "once");
    assert_eq!(world.head().await.seq, 2);
}

#[tokio::test]
async fn one_that_cannot_be_written_does_not_take_its_neighbours_with_it() {
    let world = World::new();
    // The flush of all together fails, and then the flush of the first one alone.
    world.store.fail(Fault { at: Point::Flush, nth: 1, kind: FaultKind::Constraint });
    world.store.fail(Fault { at: Point::Flush, nth: 2, kind: FaultKind::Constraint });
    let (bad, good) = (world.create("Made Ayu"), world.create("Agus Salim"));
    let judged = world.give(vec![bad.clone(), good]).await.unwrap();
    assert_eq!(statuses(&judged), [OutcomeStatus::Refused, OutcomeStatus::Applied]);
    assert_eq!(judged[0].outcome.code, Some(domain::decision::Code::Internal));
    assert!(judged[0].outcome.seq.is_some(), "it is stored: sent again it gets the same answer");
    assert!(world.give(vec![bad]).await.unwrap()[0].outcome.repeated);
}

#[tokio::test]
async fn what_cannot_even_be_refused_is_an_internal_failure_and_the_writer_goes_on() {
    let world = World::new();
    for nth in 1..=3 {
        world.store.fail(Fault { at: Point::Flush, nth, kind: FaultKind::Constraint });
    }
    assert_eq!(world.give(vec![world.create("Made Ayu")]).await.unwrap_err(), WriteError::Internal);
    assert_eq!(statuses(&world.give(vec![world.create("Made Ayu")]).await.unwrap()), [OutcomeStatus::Applied]);
}

/// Panics when it is run.
struct Panics;

#[async_trait]
impl Operation for Panics {
    type Answer = ();
    async fn run(&mut self, _part: usize, _work: &mut Work) -> store::Result<()> {
        panic!("as it was asked to");
    }
    fn answer(self) -> Option<()> {
        Some(())
    }
}

#[tokio::test]
async fn a_panic_stops_nobody_but_its_cause() {
    let world = World::new();
    let (panicked, judged) = tokio::join!(world.writer.write(Panics), world.give(vec![world.create("Made Ayu")]));
    assert_eq!(panicked, Err(WriteError::Internal));
    assert_eq!(statuses(&judged.unwrap()), [OutcomeStatus::Applied]);
}

#[tokio::test]
async fn an_older_writer_stops() {
    let world = World::new();
    let mut tx = world.store.write().await.unwrap();
    tx.flush(&Batch { audience_version: Some(AUDIENCE_VERSION + 1), ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(world.give(vec![world.create("Made Ayu")]).await, Err(WriteError::Unavailable(_))));
    assert!(matches!(world.task.await.unwrap(), Err(store::StoreError::TooNew(_))));
    assert!(matches!(world.writer.write(Panics).await, Err(WriteError::Unavailable(_))), "and nobody waits for it");
}

#[tokio::test]
async fn a_newer_audience_files_everything_anew_once() {
    let first = World::new();
    let client: ClientId = first.id();
    first.one(client::Create { id: client, name: "Made Ayu".into(), phone: None, email: None, zone: None }).await;
    // As an older program would have left it: filed for experts, and not for CS.
    let record = RecordRef::new(Kind::Client, client);
    let row = |role: Role, gone: bool| store::FeedWrite { principal: Principal::Role(role), record, seq: 1, rev: 1, open: false, gone };
    let mut tx = first.store.write().await.unwrap();
    let feed = vec![row(Role::Expert, false), row(Role::Cs, true)];
    tx.flush(&Batch { feed, audience_version: Some(AUDIENCE_VERSION - 1), ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let second = World::on(Arc::clone(&first.store));
    second.one(client::Create { id: second.id(), name: "Agus Salim".into(), phone: None, email: None, zone: None }).await;
    let stands = async |role: Role| second.feed(Principal::Role(role)).await.iter().find(|r| r.record == record).map(|r| r.gone);
    assert_eq!((stands(Role::Cs).await, stands(Role::Admin).await, stands(Role::Expert).await), (Some(false), Some(false), Some(true)));
    assert_eq!(second.head().await.audience_version, AUDIENCE_VERSION);
    let head = second.head().await.seq;
    let third = World::on(Arc::clone(&first.store));
    third.one(client::Create { id: third.id(), name: "Agus Salim".into(), phone: None, email: None, zone: None }).await;
    assert_eq!(third.head().await.seq, head + 2, "once");
}

#[tokio::test]
async fn the_chain_verifies_also_after_somebody_was_erased() {
    let world = World::new();
    let (user, client): (UserId, ClientId) = (world.id(), world.id());
    let register = account::Register {
        id: user,
        client_id: client,
        name: "Rani Rahasia".into(),
        email: "rani@x.id".into(),
        phone: "081234567890".into(),
        zone: None,
        consent: Some("2026-11".into()),
    };
    world.one(register).await;
    let consultation: ConsultationId = world.id();
    let requested_date = world.shell.now().day(domain::time::Zone::Wib);
    let topic = Some("Topik Rahasia".to_owned());
    world.one(consultation::Request { id: consultation, client_id: client, requested_date, topic, note: None, source: None }).await;
    let record = RecordRef::new(Kind::Consultation, consultation);
    world.one(note::Add { id: world.id::<NoteId>(), record, text: "Catatan Rahasia".into(), private: false }).await;
    order_with_secrets(&world, user, client).await;
    verify(&*world.store).await;
    assert_eq!(replayed(&*world.store).await, stored(&*world.store).await, "replaying the audit gives the rows again");
    assert_eq!(world.one(client::Erase { id: client }).await.outcome.status, OutcomeStatus::Applied);
    assert!(verify(&*world.store).await.erased > 9);
    let links = world.store.read().await.unwrap().chain(0, 1_000).await.unwrap();
    let left: String = links.iter().flat_map(|l| &l.entries).flat_map(|e| &e.values).flatten().map(|(_, text)| text.as_str()).collect();
    assert!(!left.contains("Rahasia") && !left.contains("rani@x.id") && !left.contains("81234567890"), "{left}");
    let rows: String = stored(&*world.store).await.values().map(|row| Value::Object(row.clone()).to_string()).collect();
    assert!(!rows.contains("Rahasia") && rows.contains("ORD-202611-0001") && rows.contains("order/202611"), "{rows}");
}

/// An order of this client, who made it, about which everything was said that can be, and that was deleted in the end.
async fn order_with_secrets(world: &World, user: UserId, client_id: ClientId) {
    let create =
        order::Create { description: "Pesanan Rahasia".into(), needs: Some("Kebutuhan Rahasia".into()), ..world.design(client_id) };
    let id = create.id;
    let record = RecordRef::new(Kind::Order, id);
    let rani = Person { id: user, name: PersonName::new("Rani Rahasia").unwrap() };
    let rani = Actor::person(rani, vec![Role::Client], None, Some(client_id));
    let created = world.writer.write(GiveCommands::new(rani, vec![world.item(create)])).await.unwrap();
    assert_eq!(statuses(&created), [OutcomeStatus::Applied]);
    let acts: [domain::command::Command; 4] = [
        order::SetNote { id, note: Some("Titipan Rahasia".into()) }.into(),
        note::Add { id: world.id::<NoteId>(), record, text: "Catatan Rahasia".into(), private: false }.into(),
        order::SetStatus { id, to: OrderStatus::Cancelled, reason: Some("Alasan Rahasia".into()) }.into(),
        order::Delete { id, reason: "Hapus Rahasia".into() }.into(),
    ];
    for act in acts {
        let outcome = world.one(act).await.outcome;
        assert_eq!(outcome.status, OutcomeStatus::Applied, "{outcome:?}");
    }
}

async fn verify(store: &dyn Store) -> crate::chain::Verified {
    crate::chain::verify(store).await.unwrap()
}

#[tokio::test]
async fn what_was_changed_behind_the_servers_back_is_found() {
    let world = World::new();
    world.one(client::Create { id: world.id(), name: "Made Ayu".into(), phone: None, email: None, zone: None }).await;
    let proved = verify(&*world.store).await;
    assert_eq!((proved.links, proved.entries, proved.values, proved.erased), (1, 1, 1, 0));
    // A commit that forges its link.
    let mut tx = world.store.write().await.unwrap();
    let head = tx.head().await.unwrap();
    let link = store::Link { n: head.links + 1, last: head.seq + 1, salt: [0; 16], hash: [7; 32], at: world.shell.now() };
    tx.flush(&Batch { link: Some(link), ..Batch::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let broken = crate::chain::verify(&*world.store).await.unwrap_err();
    assert!(matches!(broken, crate::chain::Broken::Link(2)), "{broken}");
}

async fn replayed(store: &dyn Store) -> HashMap<RecordRef, Map<String, Value>> {
    let mut rows: HashMap<RecordRef, Map<String, Value>> = HashMap::new();
    for link in store.read().await.unwrap().chain(0, 1_000_000).await.unwrap() {
        for row in link.entries {
            let Entry { values, .. } = row.entry;
            for ((record, _, _), value) in values.into_iter().zip(row.values) {
                let diff: Diff = serde_json::from_str(&value.unwrap().1).unwrap();
                diff.replay(rows.entry(record).or_default());
            }
        }
    }
    rows
}

async fn stored(store: &dyn Store) -> HashMap<RecordRef, Map<String, Value>> {
    let mut snapshot = store.read().await.unwrap();
    let mut rows = HashMap::new();
    for kind in Kind::ALL {
        for stored in snapshot.records_of(*kind, None, u32::MAX).await.unwrap() {
            let Value::Object(fields) = stored.held.record.to_value().unwrap() else { panic!("a record is an object") };
            rows.insert(stored.held.record.reference(), fields);
        }
    }
    rows
}

/// The feed as it must be: for every principal exactly what the audience function says, at the revision that stands.
async fn feed_is_right(world: &World, principals: &[Principal]) {
    let mut snapshot = world.store.read().await.unwrap();
    let mut records: HashMap<RecordRef, store::Stored> = HashMap::new();
    for kind in Kind::ALL {
        for stored in snapshot.records_of(*kind, None, u32::MAX).await.unwrap() {
            records.insert(stored.held.record.reference(), stored);
        }
    }
    for principal in principals {
        let rows = snapshot.feed_up(std::slice::from_ref(principal), 0, i64::MAX, 1_000_000).await.unwrap();
        for (r, stored) in &records {
            let record: &AnyRecord = &stored.held.record;
            let scope = domain::audience::scope_of(record).and_then(|s| records.get(&s)).map(|s| &*s.held.record);
            let may = domain::audience::audience(record, scope).contains(principal);
            let row = rows.iter().find(|row| row.record == *r);
            assert_eq!(row.is_some_and(|row| !row.gone), may, "{principal} and {r}");
            assert!(row.is_none_or(|row| row.gone || row.rev == stored.held.rev), "the revision of {r}");
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Assign(usize, usize),
    /// On a consultation, or on an order.
    Note(usize, bool),
    Claim(usize),
    Edit(usize),
    Order(usize),
    /// An order is deleted, or brought back.
    Hide(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_usize..3, 0_usize..3).prop_map(|(a, b)| Step::Assign(a, b)),
        (0_usize..6, any::<bool>()).prop_map(|(a, b)| Step::Note(a, b)),
        (0_usize..3).prop_map(Step::Claim),
        (0_usize..3).prop_map(Step::Edit),
        (0_usize..3).prop_map(Step::Order),
        (0_usize..3, any::<bool>()).prop_map(|(a, b)| Step::Hide(a, b)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever is done, in however large groups: feeds hold what the audience function says, the chain verifies, the audit
    /// replays to the rows, numbers never go back, and what is published of a commit as it was written is what would be read of it.
    #[test]
    fn feeds_chain_and_audit_agree_with_the_rows(steps in prop::collection::vec(step(), 1..40), group in 1_usize..8) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new();
            let experts: Vec<UserId> = (0..3).map(|_| world.id()).collect();
            for (n, id) in experts.iter().enumerate() {
                let act = account::AddUser { id: *id, name: "Orang Ahli".into(), email: format!("e{n}@x.id"), roles: vec![Role::Expert] };
                world.one(act).await;
            }
            let (mut consultations, mut orders, mut clients) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..3 {
                let (client, id): (ClientId, ConsultationId) = (world.id(), world.id());
                world.one(client::Create { id: client, name: "Rani Kusuma".into(), phone: None, email: None, zone: None }).await;
                let requested_date = world.shell.now().day(domain::time::Zone::Wib);
                world.one(consultation::Request { id, client_id: client, requested_date, topic: None, note: None, source: None }).await;
                consultations.push(RecordRef::new(Kind::Consultation, id));
                let design = world.design(client);
                orders.push(design.id);
                world.one(design).await;
                clients.push(client);
            }
            let items: Vec<Item> = steps.iter().map(|step| match step {
                Step::Assign(c, e) => world.item(domain::commands::item::Assign { record: consultations[*c], to: Some(experts[*e]) }),
                Step::Note(c, private) => {
                    let record = consultations.get(*c).copied().unwrap_or_else(|| RecordRef::new(Kind::Order, orders[c - 3]));
                    world.item(note::Add { id: world.id(), record, text: "x".into(), private: *private })
                }
                Step::Claim(c) => world.item(domain::commands::item::ClaimItem { record: consultations[*c] }),
                Step::Order(c) => world.item(world.design(clients[*c])),
                Step::Hide(o, true) => world.item(order::Delete { id: orders[*o], reason: "Pesanan ganda".into() }),
                Step::Hide(o, false) => world.item(order::Restore { id: orders[*o] }),
                Step::Edit(c) => world.item(client::Edit { id: clients[*c], name: Some("Rani Lain".into()), phone: None, email: None, zone: None }),
            }).collect();
            let mut last = world.head().await.seq;
            let _ = world.bells.brought();
            let (_, beside) = PublisherTask::new(Arc::clone(&world.store) as _, Arc::clone(&world.bells)).await.unwrap();
            let (_, elsewhere) = PublisherTask::new(Arc::clone(&world.store) as _, Arc::default()).await.unwrap();
            for items in items.chunks(group) {
                let before = last;
                let judged = world.give(items.to_vec()).await.unwrap();
                for one in judged {
                    let seq = one.outcome.seq.unwrap();
                    assert!(seq > last, "numbers only rise");
                    last = seq;
                }
                assert_eq!(beside.taken_over(before, last), elsewhere.read_again(before).await);
                world.clock.advance(std::time::Duration::from_secs(60));
            }
            let mut principals: Vec<Principal> = experts.iter().map(|id| Principal::User(*id)).collect();
            principals.extend([Role::Admin, Role::Cs, Role::Expert].map(Principal::Role));
            feed_is_right(&world, &principals).await;
            verify(&*world.store).await;
            assert_eq!(replayed(&*world.store).await, stored(&*world.store).await);
            assert!(world.head().await.seq >= last);
        });
    }
}
