//! What happens, in the order in which it happens: a queue of events, each of which may lead to later ones.

use domain::{
    command::Command,
    commands::{account, client, consultation, file, item, note, notification, order::WORKED_BY},
    file::FilePolicy,
    id::{ClientId, CommandId, ConsultationId, FileId, NoteId, NotificationId, OrderId, UserId},
    name::PersonName,
    record::{Kind, RecordRef},
    records::Source,
    role::{Actor, Person, Role},
    time::{DAY, HOUR, MINUTE, UtcMillis, Zone},
};
use server::{
    shell::{Seeded, Shell},
    writer::Item,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::Arc,
};

use super::{
    designs::{DesignEvent, Work},
    names::{name, phone, pick, zone},
    orders::{OrderEvent, REQUESTS_EACH},
    pieces::{Piece, Pieces},
    talk::TalkEvent,
    words::{CANCELLED, MESSAGES, NOTES, REASONS, STAFF_NOTES, TOPICS},
};

/// One act of somebody.
pub(super) struct Act {
    pub(super) actor: Actor,
    pub(super) at: UtcMillis,
    pub(super) item: Item,
    /// The file that it tells of, which must lie there before.
    pub(super) file: Option<Arc<Piece>>,
}

/// The staff of the house.
const STAFF: &[(&str, &str, Role)] = &[
    ("Dewi Anggraini", "dewi@contoh.meja.id", Role::Admin),
    ("Hendra Gunawan", "hendra@contoh.meja.id", Role::Admin),
    ("Sari Puspita", "sari@contoh.meja.id", Role::Cs),
    ("Tono Prasetyo", "tono@contoh.meja.id", Role::Cs),
    ("Maya Siregar", "maya@contoh.meja.id", Role::Expert),
    ("Bagus Arimbawa", "bagus@contoh.meja.id", Role::Expert),
    ("Lukas Rumbiak", "lukas@contoh.meja.id", Role::Expert),
];

/// What is lately, in milliseconds.
pub(super) const LATELY: i64 = 30 * HOUR;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    Hire(usize),
    Meet(u32),
    Ask(u32),
    Look(ConsultationId),
    Decide(u32, ConsultationId),
    CallOff(u32, ConsultationId),
    Read(u32, NotificationId),
    Note(ConsultationId),
    Remark,
    Order(OrderEvent),
    Talk(TalkEvent),
    Design(DesignEvent),
}

pub(super) struct Somebody {
    pub(super) client: ClientId,
    user: Option<UserId>,
    name: PersonName,
}

/// The story of some weeks, told from now backwards and then forwards.
pub(super) struct Story {
    shell: Shell,
    pub(super) chance: Arc<Seeded>,
    pub(super) now: UtcMillis,
    queue: BinaryHeap<Reverse<(UtcMillis, u64, Event)>>,
    told: u64,
    staff: Vec<Actor>,
    pub(super) clients: BTreeMap<u32, Somebody>,
    /// The request that each client waits for.
    waiting: BTreeMap<u32, ConsultationId>,
    /// What was asked for so far.
    asked: Vec<ConsultationId>,
    /// What orders become.
    pub(super) works: BTreeMap<OrderId, Work>,
    pub(super) pieces: Pieces,
    /// The file that the act which happens just now tells of.
    pub(super) comes: Option<Arc<Piece>>,
    /// The address of the first admin, where another one is wanted.
    admin: Option<String>,
}

impl Story {
    /// So many requests of so many clients, and so many remarks of the staff besides, ending now.
    pub(super) fn new(shell: Shell, chance: Arc<Seeded>, (requests, clients, remarks): (u32, u32, u32), admin: Option<String>) -> Self {
        let now = shell.now();
        let mut story = Self {
            shell,
            chance,
            now,
            queue: BinaryHeap::new(),
            told: 0,
            staff: Vec::new(),
            clients: BTreeMap::new(),
            waiting: BTreeMap::new(),
            asked: Vec::new(),
            works: BTreeMap::new(),
            pieces: Pieces::default(),
            comes: None,
            admin,
        };
        // About forty requests come on a day, but nobody asks more often than every few days.
        let weeks = i64::from(requests).div_euclid(280).clamp(8, 150);
        let span = weeks * 7 * DAY;
        let begin = now.plus(-span - 7 * DAY);
        for n in 0..STAFF.len() {
            story.plan(begin.plus(i64::try_from(n).unwrap_or(0) * MINUTE), Event::Hire(n));
        }
        for n in 0..clients {
            let at = begin.plus(HOUR + story.within(5 * DAY));
            story.plan(at, Event::Meet(n));
        }
        for n in 0..requests {
            // Somewhat more came lately, and is not answered yet: there is work on the desk.
            let lately = story.one_in(40);
            let at = story.daytime(if lately { now.plus(-story.within(LATELY)) } else { now.plus(-span).plus(story.within(span)) });
            let who = if n < clients { n } else { u32::try_from(story.chance.below(u64::from(clients))).unwrap_or(0) };
            story.plan(at, Event::Ask(who));
        }
        for _ in 0..remarks {
            let at = now.plus(-story.within(span));
            story.plan(at, Event::Remark);
        }
        story.plan_replies(begin);
        story.plan_orders(requests.div_ceil(REQUESTS_EACH), clients, span);
        story
    }

    pub(super) fn plan(&mut self, at: UtcMillis, event: Event) {
        // What would happen after now has not happened: it waits on somebody's desk.
        if at <= self.now {
            self.told += 1;
            self.queue.push(Reverse((at, self.told, event)));
        }
    }
    pub(super) fn within(&self, ms: i64) -> i64 {
        i64::try_from(self.chance.below(u64::try_from(ms).unwrap_or(0))).unwrap_or(0)
    }
    pub(super) fn one_in(&self, n: u64) -> bool {
        self.chance.below(n) == 0
    }
    /// People ask from the morning to the late evening.
    pub(super) fn daytime(&self, at: UtcMillis) -> UtcMillis {
        let midnight = at.day(Zone::Wib).at(0, 0, Zone::Wib);
        midnight.plus(6 * HOUR + self.within(17 * HOUR))
    }
    pub(super) fn id<T: From<domain::id::RecordId>>(&self, at: UtcMillis) -> T {
        domain::id::RecordId::from_uuid(self.shell.uuid_at(at)).into()
    }
    pub(super) fn of_role(&self, role: &Role) -> Option<Actor> {
        let all: Vec<&Actor> = self.staff.iter().filter(|actor| actor.is(role)).collect();
        self.chance.one_of(&all).map(|actor| (*actor).clone())
    }

    /// Who works on orders, by their place among them.
    pub(super) fn office(&self, n: usize) -> Option<Actor> {
        self.staff.iter().filter(|actor| actor.is_any(WORKED_BY)).nth(n).cloned()
    }
    /// How many they are.
    pub(super) fn offices(&self) -> usize {
        self.staff.iter().filter(|actor| actor.is_any(WORKED_BY)).count()
    }

    /// The next act.
    pub(super) fn next(&mut self) -> Option<Act> {
        while let Some(Reverse((at, _, event))) = self.queue.pop() {
            let id = CommandId::from_uuid(self.shell.uuid_at(at));
            if let Some((actor, command)) = self.happens(at, id, event) {
                return Some(Act { actor, at, item: Item::of(id, command), file: self.comes.take() });
            }
        }
        None
    }

    /// This file comes to the server, by this person's own hand.
    pub(super) fn file_comes(&mut self, person: Person, piece: Arc<Piece>) -> (Actor, Command) {
        let id = FileId::named(person.id, &piece.sha256);
        let (name, media_type) = (piece.name.clone(), piece.media_type.clone());
        let act = file::Put { id, sha256: piece.sha256, size: piece.size, media_type, name, policy: FilePolicy::Design };
        self.comes = Some(piece);
        (Actor::system_for(person, None), act.into())
    }

    fn happens(&mut self, at: UtcMillis, id: CommandId, event: Event) -> Option<(Actor, Command)> {
        match event {
            Event::Hire(n) => self.hire(at, n),
            Event::Meet(n) => self.meet(at, n),
            Event::Ask(n) => self.ask(at, id, n),
            Event::Look(it) => self.look(at, it),
            Event::Decide(n, it) => self.decide(at, id, n, it),
            Event::CallOff(n, it) => self.call_off(n, it),
            Event::Read(n, line) => Some((self.client(n)?, notification::Read { ids: vec![line] }.into())),
            Event::Note(it) => self.note(at, it, self.one_in(8)),
            Event::Remark => self.note(at, *self.chance.one_of(&self.asked)?, false),
            Event::Order(event) => self.order(at, id, event),
            Event::Talk(event) => self.talk(at, event),
            Event::Design(event) => self.design(at, id, event),
        }
    }

    fn hire(&mut self, at: UtcMillis, n: usize) -> Option<(Actor, Command)> {
        let (name, email, role) = STAFF.get(n)?;
        let email = self.admin.as_deref().filter(|_| n == 0).unwrap_or(email).to_owned();
        let user: UserId = self.id(at);
        self.staff.push(Actor::person(Person { id: user, name: PersonName::new(name).ok()? }, vec![role.clone()], None, None));
        let act = account::AddUser { id: user, name: (*name).to_owned(), email, roles: vec![role.clone()] };
        Some((Actor::system(), act.into()))
    }

    fn meet(&mut self, at: UtcMillis, n: u32) -> Option<(Actor, Command)> {
        let client: ClientId = self.id(at);
        let (name, phone, zone) = (name(&self.chance), phone(&self.chance), zone(&self.chance));
        let kept = PersonName::new(&name).ok()?;
        // Two thirds register themselves, the others are entered when they call.
        if self.one_in(3) {
            self.clients.insert(n, Somebody { client, user: None, name: kept });
            let act = client::Create { id: client, name, phone: Some(phone), email: None, zone: Some(zone) };
            return Some((self.of_role(&Role::Cs)?, act.into()));
        }
        let user: UserId = self.id(at);
        self.clients.insert(n, Somebody { client, user: Some(user), name: kept });
        let email = format!("klien.{n}.{}@contoh.meja.id", self.chance.below(1_000_000));
        let consent = Some("2026-11".to_owned());
        let act = account::Register { id: user, client_id: client, name, email, phone, zone: Some(zone), consent };
        Some((Actor::system(), act.into()))
    }

    pub(super) fn client(&self, n: u32) -> Option<Actor> {
        let somebody = self.clients.get(&n)?;
        let person = Person { id: somebody.user?, name: somebody.name.clone() };
        Some(Actor::person(person, vec![Role::Client], None, Some(somebody.client)))
    }

    /// Somebody who does not wait already: this one, or one whom chance finds.
    fn free(&self, n: u32) -> u32 {
        let all = u64::try_from(self.clients.len()).unwrap_or(1);
        let found = (0..20).map(|_| u32::try_from(self.chance.below(all)).unwrap_or(0)).find(|n| !self.waiting.contains_key(n));
        if self.waiting.contains_key(&n) { found.unwrap_or(n) } else { n }
    }

    fn ask(&mut self, at: UtcMillis, id: CommandId, n: u32) -> Option<(Actor, Command)> {
        let n = self.free(n);
        let client_id = self.clients.get(&n)?.client;
        let it: ConsultationId = self.id(at);
        self.waiting.insert(n, it);
        self.asked.push(it);
        let topic = (!self.one_in(8)).then(|| pick(&self.chance, TOPICS).to_owned());
        let note = self.one_in(4).then(|| pick(&self.chance, NOTES).to_owned());
        let requested_date = at.day(Zone::Wib).plus(1 + self.within(14));
        let (actor, source) = match self.client(n) {
            Some(client) => {
                self.read_later(at, n, id);
                (client, None)
            }
            None => {
                let sources = [Source::Phone, Source::Whatsapp, Source::Whatsapp, Source::Email, Source::WalkIn];
                (self.of_role(&Role::Cs)?, self.chance.one_of(&sources).cloned())
            }
        };
        // Some withdraw it before anybody answers.
        if self.one_in(25) {
            self.plan(at.plus(5 * MINUTE + self.within(HOUR)), Event::CallOff(n, it));
        }
        if self.one_in(6) {
            self.plan(at.plus(2 * MINUTE + self.within(30 * MINUTE)), Event::Note(it));
        }
        let answered = self.office_hours(at.plus(10 * MINUTE + self.within(5 * HOUR)));
        // Somebody takes a look before; their claim has run out when the answer is given.
        if self.one_in(5) && answered.since(at) > 25 * MINUTE {
            self.plan(answered.plus(-20 * MINUTE), Event::Look(it));
        }
        if at < self.now.plus(-LATELY) || self.one_in(4) {
            self.plan(answered, Event::Decide(n, it));
        }
        Some((actor, consultation::Request { id: it, client_id, requested_date, topic, note, source }.into()))
    }

    /// Answers are given from eight to five.
    pub(super) fn office_hours(&self, at: UtcMillis) -> UtcMillis {
        let day = at.day(Zone::Wib);
        let (opens, closes) = (day.at(8, 0, Zone::Wib), day.at(17, 0, Zone::Wib));
        if at < opens {
            opens.plus(self.within(2 * HOUR))
        } else if at > closes {
            day.plus(1).at(8, 0, Zone::Wib).plus(self.within(2 * HOUR))
        } else {
            at
        }
    }

    fn look(&mut self, at: UtcMillis, it: ConsultationId) -> Option<(Actor, Command)> {
        let record = RecordRef::new(Kind::Consultation, it);
        if self.one_in(2) {
            let expert = self.of_role(&Role::Expert)?;
            self.plan(at.plus(MINUTE), Event::Note(it));
            return Some((self.of_role(&Role::Admin)?, item::Assign { record, to: Some(expert.id()) }.into()));
        }
        Some((self.of_role(&Role::Cs)?, item::ClaimItem { record }.into()))
    }

    fn decide(&mut self, at: UtcMillis, id: CommandId, n: u32, it: ConsultationId) -> Option<(Actor, Command)> {
        // It was withdrawn meanwhile.
        self.waiting.remove(&n).filter(|waiting| *waiting == it)?;
        let admin = self.of_role(&Role::Admin)?;
        if self.client(n).is_some() {
            self.read_later(at, n, id);
        }
        if self.one_in(5) {
            let reason = pick(&self.chance, REASONS).to_owned();
            return Some((admin, consultation::Reject { id: it, reason }.into()));
        }
        if self.one_in(20) {
            self.plan(self.office_hours(at.plus(DAY)), Event::CallOff(u32::MAX, it));
        }
        let message = self.one_in(3).then(|| pick(&self.chance, MESSAGES).to_owned());
        Some((admin, consultation::Accept { id: it, message }.into()))
    }

    fn call_off(&mut self, n: u32, it: ConsultationId) -> Option<(Actor, Command)> {
        match self.client(n) {
            Some(client) => {
                self.waiting.remove(&n).filter(|waiting| *waiting == it)?;
                Some((client, consultation::Cancel { id: it, reason: None }.into()))
            }
            None => {
                let reason = Some(pick(&self.chance, CANCELLED).to_owned());
                Some((self.of_role(&Role::Admin)?, consultation::Cancel { id: it, reason }.into()))
            }
        }
    }

    fn note(&self, at: UtcMillis, it: ConsultationId, private: bool) -> Option<(Actor, Command)> {
        let role = if self.one_in(3) { Role::Admin } else { Role::Cs };
        let (id, record): (NoteId, _) = (self.id(at), RecordRef::new(Kind::Consultation, it));
        let act = note::Add { id, record, text: pick(&self.chance, STAFF_NOTES).to_owned(), private };
        Some((self.of_role(&role)?, act.into()))
    }

    /// Most people read what they are told within two days.
    pub(super) fn read_later(&mut self, at: UtcMillis, n: u32, cause: CommandId) {
        if !self.one_in(4) {
            let line = NotificationId::from(cause.derived(0));
            self.plan(at.plus(MINUTE + self.within(2 * DAY)), Event::Read(n, line));
        }
    }
}
