//! A server that is nothing but the rulebook and a feed, and a desk that talks with it by hand.

use domain::{
    audience::{may_see, scope_of},
    command::{Command, Given as Order, decide},
    decision::{Code, Decision, Refusal},
    facts::{Facts, Held, Key as FactKey},
    id::{ClientId, CommandId, ConsultationId, DeviceId, RecordId, UserId},
    name::{Email, PersonName},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, Consultation, ConsultationStatus, History, HistoryEntry, Source, User, UserStatus},
    role::{Actor, Person, Role},
    time::{HOUR, MINUTE, UtcMillis, Zone},
    wire::{Envelope, Line, Outcome, OutcomeStatus, overtaken},
    words::{Lang, Words},
};
use mirror::{Cabinet, Chunk, Given, Key, Keys, Opened, Place, Steps, Submission};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, sync::Arc};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000); // Wednesday, 25 Nov 2026, 08:00 WIB

pub(crate) fn uuid(n: u64) -> Uuid {
    Uuid::from_u128((0x019a_bf6b_9d3c << 80) | 0x7000_8000_0000_0000_0000 | u128::from(n))
}
pub(crate) fn id<T: From<RecordId>>(n: u64) -> T {
    RecordId::from_uuid(uuid(n)).into()
}
pub(crate) fn command(n: u64) -> CommandId {
    CommandId::from_uuid(uuid(1_000_000 + n))
}
pub(crate) fn consultation(n: u64) -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<ConsultationId>(1_000 + n))
}
pub(crate) fn client(n: u64) -> RecordRef {
    RecordRef::new(Kind::Client, id::<ClientId>(100 + n))
}

fn person(n: u64, name: &str) -> Person {
    Person { id: id::<UserId>(n), name: PersonName::new(name).unwrap() }
}
/// The person whose desk it is.
pub(crate) fn admin() -> Actor {
    Actor::person(person(1, "Sari Admin"), vec![Role::Admin], Some(DeviceId::from_uuid(uuid(77))), None)
}
/// A colleague on another desk.
pub(crate) fn colleague() -> Actor {
    Actor::person(person(2, "Hendra Admin"), vec![Role::Admin], None, None)
}

#[derive(Clone, Debug)]
struct Row {
    held: Held,
    seq: i64,
}

/// The rulebook over a map, with numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Server {
    rows: BTreeMap<RecordRef, Row>,
    gone: BTreeMap<RecordRef, i64>,
    outcomes: BTreeMap<CommandId, (i64, UserId, Outcome)>,
    pub(crate) head: i64,
    pub(crate) now: UtcMillis,
}

impl Server {
    /// Two admins, and so many clients with a waiting request each.
    pub(crate) fn with_requests(n: u64) -> Self {
        let mut server = Self { now: NOW, ..Self::default() };
        for actor in [admin(), colleague()] {
            let Person { id, name } = actor.person;
            let email = Email::new(&format!("{}@x.id", id.uuid().simple())).unwrap();
            let (roles, status) = (actor.roles, UserStatus::Active);
            server.put(AnyRecord::User(User { id, name, email, roles, status, created_at: NOW, updated_at: NOW }));
        }
        for k in 0..n {
            server.request(k);
        }
        server
    }
    /// A client and their waiting request, due `n` minutes from now.
    pub(crate) fn request(&mut self, n: u64) {
        let name = PersonName::new(&format!("Klien {}", letters(n))).unwrap();
        let (client_id, at) = (id::<ClientId>(100 + n), self.now);
        self.put(AnyRecord::Client(Client {
            id: client_id,
            user_id: None,
            name: name.clone(),
            phone: None,
            email: None,
            zone: Zone::Wib,
            consent: None,
            erased_at: None,
            created_at: at,
            updated_at: at,
        }));
        let by = person(50 + n, "Klien Sendiri");
        let act = "consultation.request".to_owned();
        self.put(AnyRecord::Consultation(Consultation {
            id: id(1_000 + n),
            number: format!("KG-20261125-{n:06}"),
            client_id,
            client_user: None,
            client_name: name,
            client_zone: Zone::Wib,
            source: Source::App,
            requested_date: "2026-11-26".parse().unwrap(),
            topic: None,
            note: None,
            status: ConsultationStatus::Waiting,
            message: None,
            reason: None,
            due_at: NOW.plus(i64::try_from(n).unwrap() * MINUTE + HOUR),
            decided_at: None,
            decided_by: None,
            claim: None,
            snooze: None,
            assignee: None,
            created_at: at,
            updated_at: at,
            history: History(vec![HistoryEntry { at, by, act, reason: None }]),
        }));
    }
    pub(crate) fn put(&mut self, record: AnyRecord) {
        let name = record.reference();
        let rev = self.rows.get(&name).map_or(1, |r| r.held.rev + 1);
        self.write(rev, Arc::new(record));
    }
    fn write(&mut self, rev: i64, record: Arc<AnyRecord>) {
        self.head += 1;
        self.gone.remove(&record.reference());
        self.rows.insert(record.reference(), Row { held: Held { rev, record }, seq: self.head });
    }
    /// Takes a record out of everybody's sight.
    pub(crate) fn lose(&mut self, name: RecordRef) {
        if self.rows.remove(&name).is_some() {
            self.head += 1;
            self.gone.insert(name, self.head);
        }
    }
    pub(crate) fn held(&self, name: RecordRef) -> Option<&Held> {
        self.rows.get(&name).map(|r| &r.held)
    }
    pub(crate) fn consultation(&self, n: u64) -> &Consultation {
        match &*self.held(consultation(n)).unwrap().record {
            AnyRecord::Consultation(it) => it,
            _ => unreachable!("a consultation's name"),
        }
    }
    fn load(&self, facts: &mut Facts, key: FactKey) {
        match key {
            FactKey::Record(name) => facts.learn(name, self.held(name).cloned()),
            FactKey::Lookup(l) => {
                let found = self.rows.values().map(|r| &r.held).filter(|h| l.matches(&h.record)).cloned().collect();
                facts.learn_lookup(l, found);
            }
        }
    }
    /// Judges a command and does it; the same id has the first answer.
    pub(crate) fn give(&mut self, actor: &Actor, envelope: &Envelope) -> Outcome {
        if let Some((_, _, first)) = self.outcomes.get(&envelope.id) {
            return Outcome { repeated: true, ..first.clone() };
        }
        let failed = |id: &CommandId| self.outcomes.get(id).is_none_or(|(_, _, o)| o.status != OutcomeStatus::Applied);
        if envelope.after.iter().any(failed) {
            return Outcome::blocked(envelope.id);
        }
        let outcome = match Command::parse(&envelope.name, &envelope.args) {
            Err(bad) => self.refuse(envelope, bad.refusal(), &Facts::default()),
            Ok(command) => self.judge(actor, envelope, &Order { id: envelope.id, command }),
        };
        self.outcomes.insert(envelope.id, (self.head, actor.id(), outcome.clone()));
        outcome
    }
    fn judge(&mut self, actor: &Actor, envelope: &Envelope, order: &Order) -> Outcome {
        let mut facts = Facts::default();
        loop {
            match decide(&facts, actor, self.now, order) {
                Decision::Need(keys) => keys.into_iter().for_each(|key| self.load(&mut facts, key)),
                Decision::Unknown(keys) => unreachable!("a server knows everything, not so {keys:?}"),
                Decision::Refuse(refusal) => return self.refuse(envelope, refusal, &facts),
                Decision::Apply(changes) => {
                    for write in &changes.writes {
                        self.write(write.rev(), write.record.clone());
                    }
                    self.head += 1;
                    return Outcome::applied(envelope.id, self.head);
                }
            }
        }
    }
    fn refuse(&mut self, envelope: &Envelope, refusal: Refusal, facts: &Facts) -> Outcome {
        self.head += 1;
        let mut outcome = Outcome::refused(envelope.id, Some(self.head), refusal, &Words::new(Lang::Id));
        outcome.conflict = !overtaken(&envelope.seen, facts, |_, _| false).is_empty();
        if outcome.code == Some(Code::UnknownCommand) {
            outcome.seq = None;
        }
        outcome
    }
    /// What somebody else does.
    pub(crate) fn act(&mut self, actor: &Actor, n: u64, name: &str, args: Value) -> Outcome {
        let (id, v, made_at) = (command(500_000 + n), 1, Some(self.now));
        self.give(actor, &Envelope { id, v, name: name.into(), args, made_at, after: Vec::new(), seen: Vec::new() })
    }
    fn sees(&self, actor: &Actor, record: &AnyRecord) -> bool {
        let scope = scope_of(record).and_then(|name| self.held(name)).map(|h| &*h.record);
        may_see(actor, record, scope)
    }
    /// Everything this person may see, by name.
    pub(crate) fn visible(&self, actor: &Actor) -> BTreeMap<RecordRef, Held> {
        let mine = self.rows.iter().filter(|(_, r)| self.sees(actor, &r.held.record));
        mine.map(|(name, r)| (*name, r.held.clone())).collect()
    }
    fn line(row: &Row) -> (i64, String) {
        let name = row.held.record.reference();
        let body = row.held.record.to_json().unwrap();
        let (rev, seq) = (row.held.rev, row.seq);
        (seq, format!(r#"{{"put":{{"kind":"{}","id":"{}","rev":{rev},"seq":{seq},"body":{body}}}}}"#, name.kind, name.id))
    }
    /// The lines above a number, in their order.
    pub(crate) fn up(&self, actor: &Actor, after: i64) -> Vec<(i64, String)> {
        let puts = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(Self::line);
        let gones =
            self.gone.iter().map(|(name, seq)| (*seq, format!(r#"{{"gone":{{"kind":"{}","id":"{}","seq":{seq}}}}}"#, name.kind, name.id)));
        let outcomes = self.outcomes.values().filter(|(_, author, _)| *author == actor.id());
        let outcomes = outcomes.filter_map(|(_, _, o)| Some((o.seq?, json!({ "outcome": o }).to_string())));
        let mut all: Vec<(i64, String)> = puts.chain(gones).chain(outcomes).filter(|(seq, _)| *seq > after).collect();
        all.sort();
        all
    }
    /// The puts at or below a number, downwards.
    pub(crate) fn down(&self, actor: &Actor, before: i64) -> Vec<(i64, String)> {
        let mut all: Vec<(i64, String)> = self.rows.values().filter(|r| self.sees(actor, &r.held.record)).map(Self::line).collect();
        all.retain(|(seq, _)| *seq <= before);
        all.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        all
    }
    /// Everything open, and what it names.
    pub(crate) fn work(&self, actor: &Actor) -> Vec<(i64, String)> {
        let open: Vec<&Row> = self.rows.values().filter(|r| r.held.record.is_open() && self.sees(actor, &r.held.record)).collect();
        let mut names: Vec<RecordRef> = open.iter().flat_map(|r| r.held.record.names()).collect();
        names.extend(open.iter().map(|r| r.held.record.reference()));
        names.sort();
        names.dedup();
        names.iter().filter_map(|n| self.rows.get(n)).map(Self::line).collect()
    }
    pub(crate) fn answers(&self) -> BTreeMap<CommandId, Outcome> {
        self.outcomes.iter().map(|(id, (_, _, o))| (*id, o.clone())).collect()
    }
}

pub(crate) fn letters(mut n: u64) -> String {
    let mut text = String::from("A");
    while n > 0 {
        text.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
    }
    text
}

pub(crate) fn chunk<'a>(lines: impl IntoIterator<Item = &'a (i64, String)>) -> Chunk {
    let mut chunk = Chunk::default();
    for (_, line) in lines {
        chunk.take(serde_json::from_str::<Line<'_>>(line).unwrap());
    }
    chunk
}

pub(crate) fn keys() -> Keys {
    Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) }
}

/// A desk, and how far it has read.
pub(crate) struct Desk {
    pub(crate) dir: TempDir,
    pub(crate) cabinet: Cabinet,
    pub(crate) live: i64,
    pub(crate) walk: Option<i64>,
    pub(crate) next: u64,
}

pub(crate) async fn open(folder: &Path, steps: Option<Steps>) -> (Cabinet, Opened) {
    Cabinet::open(folder, keys(), admin(), NOW, steps).await.unwrap()
}

impl Desk {
    /// A desk with nothing in it.
    pub(crate) async fn new() -> Self {
        Self::with_steps(None).await
    }
    pub(crate) async fn with_steps(steps: Option<Steps>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (cabinet, _) = open(dir.path(), steps).await;
        Self { dir, cabinet, live: 0, walk: None, next: 0 }
    }
    /// A desk that has read everything.
    pub(crate) async fn whole(server: &Server) -> Self {
        let mut desk = Self::new().await;
        desk.work(server).await;
        desk.walk_on(server, usize::MAX).await;
        desk
    }
    pub(crate) async fn work(&mut self, server: &Server) {
        let place = Place::Work { cursor: server.head.to_string(), seq: server.head };
        self.cabinet.apply(chunk(&server.work(&admin())), place, server.now).await.unwrap();
        (self.live, self.walk) = (server.head, Some(server.head));
    }
    /// Reads so many lines of the walk.
    pub(crate) async fn walk_on(&mut self, server: &Server, lines: usize) {
        let Some(before) = self.walk else { return };
        let all = server.down(&admin(), before);
        let part = &all[..lines.min(all.len())];
        self.walk = if part.len() == all.len() { None } else { part.last().map(|(seq, _)| seq - 1) };
        let place = Place::Down { cursor: self.walk.map(|n| n.to_string()) };
        self.cabinet.apply(chunk(part), place, server.now).await.unwrap();
    }
    /// Reads so many lines above what is here; with all of them it stands at the head.
    pub(crate) async fn read(&mut self, server: &Server, lines: usize) -> mirror::Applied {
        let all = server.up(&admin(), self.live);
        let part = &all[..lines.min(all.len())];
        let whole = part.len() == all.len();
        self.live = if whole { server.head } else { part.last().map_or(self.live, |(seq, _)| *seq) };
        let place = Place::Up { cursor: self.live.to_string(), whole: whole.then_some(server.head) };
        self.cabinet.apply(chunk(part), place, server.now).await.unwrap()
    }
    /// Acts, and must be taken.
    pub(crate) async fn act(&mut self, name: &str, args: Value, seen: &[RecordRef]) -> CommandId {
        match self.try_act(name, args, seen, None).await {
            (id, Submission::Taken(_)) => id,
            (_, Submission::Refused(refusal)) => panic!("{name} was refused: {refusal:?}"),
        }
    }
    pub(crate) async fn try_act(&mut self, name: &str, args: Value, seen: &[RecordRef], hold: Option<i64>) -> (CommandId, Submission) {
        self.next += 1;
        let id = command(self.next);
        let given = Given { id, name: name.into(), args, seen: seen.to_vec(), seen_at: NOW, held_until: hold };
        (id, self.cabinet.submit(given, NOW).await.unwrap())
    }
    /// Sends what waits; the server judges it. The answers, if they arrive.
    pub(crate) async fn send(&self, server: &mut Server, answer_arrives: bool) -> Vec<Outcome> {
        let Some(batch) = self.cabinet.next_batch(100, None, NOW).await.unwrap() else { return Vec::new() };
        let body: domain::wire::CommandBatch = serde_json::from_str(&batch.body).unwrap();
        let outcomes: Vec<Outcome> = body.commands.iter().map(|e| server.give(&admin(), e)).collect();
        if answer_arrives {
            self.cabinet.answered(&outcomes, NOW).await.unwrap();
        }
        outcomes
    }
    pub(crate) async fn shown(&self, name: RecordRef) -> Option<AnyRecord> {
        self.cabinet.record(name, NOW).await.unwrap().map(|(record, _)| record)
    }
    pub(crate) async fn is_ours(&self, name: RecordRef) -> bool {
        self.cabinet.record(name, NOW).await.unwrap().is_some_and(|(_, ours)| ours)
    }
    pub(crate) async fn status(&self, n: u64) -> ConsultationStatus {
        match self.shown(consultation(n)).await {
            Some(AnyRecord::Consultation(it)) => it.status,
            other => panic!("consultation {n} is shown as {other:?}"),
        }
    }
    pub(crate) async fn state(&self, id: CommandId) -> domain::status::CommandState {
        self.cabinet.command(id, NOW).await.unwrap().expect("the command is in the file").entry.state
    }
    /// Ends the program, as a crash does, and starts it again.
    pub(crate) async fn restart(&mut self) -> Opened {
        let fresh = tempfile::tempdir().unwrap();
        copy(self.dir.path(), fresh.path());
        let (cabinet, opened) = open(fresh.path(), None).await;
        self.cabinet = cabinet;
        self.dir = fresh;
        opened
    }
}

/// Copies a folder's files, as they are on the disk at this moment.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
