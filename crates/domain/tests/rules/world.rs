//! A small world to judge in: two clients, staff of each role, and a loader that gives a rule what it asks for.

use domain::{
    command::{Command, Given, decide},
    decision::{Changes, Decision, Refusal},
    facts::{Facts, Held, Key},
    id::{ClientId, CommandId, ConsultationId, RecordId, UserId},
    name::{Email, PersonName},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, Consultation, ConsultationStatus, Formers, History, Source, User, UserStatus},
    role::{Actor, Person, Role},
    time::{UtcMillis, Zone},
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

pub(crate) const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000); // Wednesday, 25 Nov 2026, 08:00 WIB

/// A UUIDv7 for tests, made from a number.
pub(crate) fn uuid(n: u64) -> Uuid {
    Uuid::from_u128((0x019a_bf6b_9d3c << 80) | 0x7000_8000_0000_0000_0000 | u128::from(n))
}

pub(crate) fn id<T: From<RecordId>>(n: u64) -> T {
    RecordId::from_uuid(uuid(n)).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Admin,
    OtherAdmin,
    Cs,
    Expert,
    Assigned,
    Owner,
    OtherClient,
    System,
}

impl Who {
    const fn n(self) -> u64 {
        match self {
            Self::Admin => 1,
            Self::OtherAdmin => 2,
            Self::Cs => 3,
            Self::Expert => 4,
            Self::Assigned => 5,
            Self::Owner => 6,
            Self::OtherClient => 7,
            Self::System => 8,
        }
    }
    const fn role(self) -> Role {
        match self {
            Self::Admin | Self::OtherAdmin | Self::System => Role::Admin,
            Self::Cs => Role::Cs,
            Self::Expert | Self::Assigned => Role::Expert,
            Self::Owner | Self::OtherClient => Role::Client,
        }
    }
    pub(crate) fn user(self) -> UserId {
        id(self.n())
    }
    pub(crate) fn person(self) -> Person {
        Person { id: self.user(), name: PersonName::new(&format!("{self:?} Orang")).unwrap() }
    }
    pub(crate) fn actor(self) -> Actor {
        if self == Self::System {
            return Actor::system();
        }
        let client = matches!(self, Self::Owner | Self::OtherClient).then(|| self.client());
        Actor::person(self.person(), vec![self.role()], None, client)
    }
    pub(crate) fn client(self) -> ClientId {
        id(100 + self.n())
    }
}

#[derive(Clone, Default)]
pub(crate) struct World {
    pub(crate) rows: BTreeMap<RecordRef, Held>,
    next: u64,
}

pub(crate) const CONSULTATION: u64 = 1_000;

impl World {
    /// Staff and clients, without any request.
    pub(crate) fn new() -> Self {
        let mut world = Self { next: 1_000_000, ..Self::default() };
        for who in [Who::Admin, Who::OtherAdmin, Who::Cs, Who::Expert, Who::Assigned, Who::Owner, Who::OtherClient] {
            let email = Email::new(&format!("{who:?}@x.id")).unwrap();
            let Person { id, name } = who.person();
            world.put(AnyRecord::User(User {
                id,
                name: name.clone(),
                email: email.clone(),
                roles: vec![who.role()],
                status: UserStatus::Active,
                created_at: NOW,
                updated_at: NOW,
            }));
            if who.role() == Role::Client {
                let (user_id, id, email) = (Some(id), who.client(), Some(email));
                world.put(AnyRecord::Client(Client {
                    id,
                    user_id,
                    name,
                    phone: None,
                    email,
                    zone: Zone::Wita,
                    consent: None,
                    erased_at: None,
                    removed_at: None,
                    merged_into: None,
                    formers: Formers::default(),
                    created_at: NOW,
                    updated_at: NOW,
                }));
            }
        }
        world
    }
    /// The same with one request of `Owner` in this state, given to `Assigned`.
    pub(crate) fn with_request(status: ConsultationStatus) -> Self {
        let mut world = Self::new();
        let decided = status != ConsultationStatus::Waiting;
        world.put(AnyRecord::Consultation(Consultation {
            id: id(CONSULTATION),
            number: "KG-20261125-ABC123".into(),
            client_id: Who::Owner.client(),
            client_user: Some(Who::Owner.user()),
            client_name: Who::Owner.person().name,
            client_zone: Zone::Wita,
            source: Source::App,
            requested_date: "2026-11-26".parse().unwrap(),
            topic: None,
            note: None,
            status,
            message: None,
            reason: None,
            due_at: NOW,
            decided_at: decided.then_some(NOW),
            decided_by: decided.then(|| Who::OtherAdmin.person()),
            claim: None,
            snooze: None,
            assignee: Some(Who::Assigned.person()),
            created_at: NOW.plus(-1_000),
            updated_at: NOW,
            history: History::default(),
        }));
        world
    }
    pub(crate) fn put(&mut self, record: AnyRecord) {
        let rev = self.rows.get(&record.reference()).map_or(1, |h| h.rev + 1);
        self.rows.insert(record.reference(), Held { rev, record: Arc::new(record) });
    }
    pub(crate) fn consultation(&self) -> &Consultation {
        self.consultation_of(id(CONSULTATION)).unwrap()
    }
    pub(crate) fn consultation_of(&self, id: ConsultationId) -> Option<&Consultation> {
        match &*self.rows.get(&RecordRef::new(Kind::Consultation, id))?.record {
            AnyRecord::Consultation(it) => Some(it),
            _ => None,
        }
    }
    /// Changes the request in place, as a starting position.
    pub(crate) fn arrange(&mut self, change: impl FnOnce(&mut Consultation)) {
        let mut it = self.consultation().clone();
        change(&mut it);
        self.put(AnyRecord::Consultation(it));
    }
    /// Changes somebody's account in place, as a starting position.
    pub(crate) fn account(&mut self, who: Who, change: impl FnOnce(&mut User)) {
        let mut user = self.user(who).clone();
        change(&mut user);
        self.put(AnyRecord::User(user));
    }
    /// Somebody's account.
    pub(crate) fn user(&self, who: Who) -> &User {
        match &*self.rows[&RecordRef::new(Kind::User, who.user())].record {
            AnyRecord::User(user) => user,
            _ => unreachable!("an account"),
        }
    }
    fn load(&self, facts: &mut Facts, key: Key) {
        match key {
            Key::Record(r) => facts.learn(r, self.rows.get(&r).cloned()),
            Key::Lookup(l) => {
                let found = self.rows.values().filter(|h| l.matches(&h.record)).cloned().collect();
                facts.learn_lookup(l, found);
            }
        }
    }
    /// Judges a command with everything it asks for.
    pub(crate) fn judge(&self, who: Who, now: UtcMillis, command: impl Into<Command>, nonce: u64) -> Result<Changes, Refusal> {
        let given = Given { id: CommandId::from_uuid(uuid(nonce)), command: command.into() };
        let mut facts = Facts::default();
        for _ in 0..100 {
            match decide(&facts, &who.actor(), now, &given) {
                Decision::Apply(changes) => return Ok(changes),
                Decision::Refuse(refusal) => return Err(refusal),
                Decision::Need(keys) => keys.into_iter().for_each(|key| self.load(&mut facts, key)),
                Decision::Unknown(keys) => panic!("a server knows everything, not so {keys:?}"),
            }
        }
        panic!("{} never has enough", given.command.spec().name)
    }
    /// Judges a command and writes what it decides.
    pub(crate) fn run(&mut self, who: Who, now: UtcMillis, command: impl Into<Command>) -> Result<Changes, Refusal> {
        self.next += 1;
        let changes = self.judge(who, now, command, self.next)?;
        for write in &changes.writes {
            let r = write.record.reference();
            let held = self.rows.get(&r).map(|h| h.rev);
            assert_eq!((write.base, write.rev()), (held, held.unwrap_or(0) + 1), "a rule writes the next revision on the one it read");
            self.rows.insert(r, Held { rev: write.rev(), record: Arc::clone(&write.record) });
        }
        Ok(changes)
    }
}
