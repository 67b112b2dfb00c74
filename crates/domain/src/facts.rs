//! What a rule may know. A rule asks for facts by key; whoever runs it loads what is missing and asks again. On a server
//! every fact can be had; on a desk one can be *unknown* (not synced yet, or never for this person), and then the server
//! decides (architecture.md, The rulebook).

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    decision::{Code, Write},
    file::Sha256,
    id::{ClientId, ConversationId, OrderId, UserId},
    name::Email,
    phone::Phone,
    record::{AnyRecord, Kind, RecordRef},
    records::ConsultationStatus,
    role::Role,
};

/// Telephone numbers and addresses, to look for clients by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contacts {
    /// The numbers.
    pub phones: BTreeSet<Phone>,
    /// The addresses.
    pub emails: BTreeSet<Email>,
}

/// All records of one kind for which something holds. The predicate is here and nowhere else: an SQL engine answers the
/// same question faster, and the conformance suite compares its answer with this one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lookup {
    /// The waiting consultations of a client.
    WaitingOf(ClientId),
    /// All consultations of a client.
    ConsultationsOf(ClientId),
    /// The consultation of this number.
    ConsultationNumber(String),
    /// All orders of a client.
    OrdersOf(ClientId),
    /// All messages about an order.
    MessagesOf(OrderId),
    /// The messages that carry a file with these bytes, whatever order they are about.
    MessagesWith(Sha256),
    /// All design versions of an order.
    DesignsOf(OrderId),
    /// The design versions that hold a file with these bytes, whatever order they were made for.
    DesignsWith(Sha256),
    /// The design versions that held one until it was taken away.
    DesignsPurged(Sha256),
    /// All notes about a record.
    NotesOf(RecordRef),
    /// All notifications of a person.
    NotificationsOf(UserId),
    /// All notifications about these records, whoever got them.
    NotificationsAbout(BTreeSet<RecordRef>),
    /// All dated values of all settings.
    Settings,
    /// The account of this address.
    UserByEmail(Email),
    /// The client of an account.
    ClientOfUser(UserId),
    /// The files of everybody with these bytes.
    FilesWith(Sha256),
    /// The files that this person put on the server.
    FilesBy(UserId),
    /// The parts of imports that may tell who a client is: those that made them, and those that could not say which of two was meant.
    ImportsOf(ClientId),
    /// The clients with one of these numbers or addresses; not those that were taken back, but those that were merged.
    ClientsBy(Contacts),
    /// All orders of these clients.
    OrdersOfAny(BTreeSet<ClientId>),
    /// All consultations of these clients.
    ConsultationsOfAny(BTreeSet<ClientId>),
    /// All notes about these records.
    NotesOfAny(BTreeSet<RecordRef>),
}

impl Lookup {
    /// The kind of the records it finds.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::WaitingOf(_) | Self::ConsultationsOf(_) | Self::ConsultationsOfAny(_) | Self::ConsultationNumber(_) => Kind::Consultation,
            Self::OrdersOf(_) | Self::OrdersOfAny(_) => Kind::Order,
            Self::MessagesOf(_) | Self::MessagesWith(_) => Kind::Message,
            Self::DesignsOf(_) | Self::DesignsWith(_) | Self::DesignsPurged(_) => Kind::Design,
            Self::NotesOf(_) | Self::NotesOfAny(_) => Kind::Note,
            Self::NotificationsOf(_) | Self::NotificationsAbout(_) => Kind::Notification,
            Self::Settings => Kind::Setting,
            Self::UserByEmail(_) => Kind::User,
            Self::ClientOfUser(_) | Self::ClientsBy(_) => Kind::Client,
            Self::FilesWith(_) | Self::FilesBy(_) => Kind::File,
            Self::ImportsOf(_) => Kind::ImportPart,
        }
    }
    /// Whether this record is one of them.
    #[must_use]
    pub fn matches(&self, record: &AnyRecord) -> bool {
        match (self, record) {
            (Self::WaitingOf(client), AnyRecord::Consultation(it)) => it.client_id == *client && it.status == ConsultationStatus::Waiting,
            (Self::ConsultationsOf(client), AnyRecord::Consultation(it)) => it.client_id == *client,
            (Self::ConsultationNumber(number), AnyRecord::Consultation(it)) => it.number == *number,
            (Self::OrdersOf(client), AnyRecord::Order(it)) => it.client_id == *client,
            (Self::MessagesOf(order), AnyRecord::Message(it)) => it.order_id == *order,
            (Self::MessagesWith(sha256), AnyRecord::Message(it)) => it.attachments.with(sha256).is_some(),
            (Self::DesignsOf(order), AnyRecord::Design(it)) => it.order_id == *order,
            (Self::DesignsWith(sha256), AnyRecord::Design(it)) => it.holds(sha256),
            (Self::DesignsPurged(sha256), AnyRecord::Design(it)) => it.sha256 == *sha256 && it.purged.is_some(),
            (Self::NotesOf(about), AnyRecord::Note(it)) => it.record == *about,
            (Self::NotificationsOf(user), AnyRecord::Notification(it)) => it.user_id == *user,
            (Self::NotificationsAbout(about), AnyRecord::Notification(it)) => about.contains(&it.record),
            (Self::Settings, AnyRecord::Setting(_)) => true,
            (Self::UserByEmail(email), AnyRecord::User(it)) => it.email == *email,
            (Self::ClientOfUser(user), AnyRecord::Client(it)) => it.user_id == Some(*user),
            (Self::FilesWith(sha256), AnyRecord::File(it)) => it.sha256 == *sha256,
            (Self::FilesBy(user), AnyRecord::File(it)) => it.by.id == *user,
            (Self::ImportsOf(client), AnyRecord::ImportPart(it)) => {
                it.made.clients.contains(client) || it.refused.0.iter().any(|row| row.code == Code::TwoClients)
            }
            (Self::ClientsBy(contacts), AnyRecord::Client(it)) => {
                let has_phone = it.phone.as_ref().is_some_and(|phone| contacts.phones.contains(phone));
                it.removed_at.is_none() && (has_phone || it.email.as_ref().is_some_and(|email| contacts.emails.contains(email)))
            }
            (Self::OrdersOfAny(clients), AnyRecord::Order(it)) => clients.contains(&it.client_id),
            (Self::ConsultationsOfAny(clients), AnyRecord::Consultation(it)) => clients.contains(&it.client_id),
            (Self::NotesOfAny(about), AnyRecord::Note(it)) => about.contains(&it.record),
            _ => false,
        }
    }
    /// Whether a desk can answer it from its open records alone (`feed/work`), or must hold everything.
    #[must_use]
    pub const fn open_only(&self) -> bool {
        matches!(self, Self::WaitingOf(_) | Self::Settings)
    }
    /// Whether somebody with these roles sees every record it could find, so that a desk of theirs can answer it.
    #[must_use]
    pub fn answerable_by(&self, roles: &[Role]) -> bool {
        let any = |wanted: &[Role]| wanted.iter().any(|role| roles.contains(role));
        match self {
            Self::Settings => any(&[Role::Admin, Role::Cs, Role::Expert]),
            // CS see no order that was deleted; what an act does to one is nothing that their desk shows.
            Self::WaitingOf(_)
            | Self::ConsultationsOf(_)
            | Self::ConsultationNumber(_)
            | Self::OrdersOf(_)
            | Self::DesignsOf(_)
            | Self::ClientOfUser(_) => any(&[Role::Admin, Role::Cs]),
            // What an import does is the server's to say: a desk that laid a whole file on top would show a hundred thousand
            // records that are its guess.
            Self::ClientsBy(_) | Self::OrdersOfAny(_) | Self::ConsultationsOfAny(_) | Self::NotesOfAny(_) => false,
            Self::MessagesOf(_)
            | Self::MessagesWith(_)
            | Self::DesignsWith(_)
            | Self::DesignsPurged(_)
            | Self::NotesOf(_)
            | Self::NotificationsOf(_)
            | Self::NotificationsAbout(_)
            | Self::UserByEmail(_)
            | Self::FilesWith(_)
            | Self::FilesBy(_)
            | Self::ImportsOf(_) => false,
        }
    }
}

/// The name of a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// One record.
    Record(RecordRef),
    /// All records for which something holds.
    Lookup(Lookup),
}

impl Key {
    /// Everything whose audience comes from this record ([`crate::audience::scope_of`] names it).
    #[must_use]
    pub fn children_of(scope: RecordRef) -> Vec<Self> {
        let mut all = vec![Self::Lookup(Lookup::NotesOf(scope))];
        if scope.kind == Kind::Order {
            let order = OrderId::from(scope.id);
            all.push(Self::Record(RecordRef::new(Kind::Conversation, ConversationId::of(order))));
            all.push(Self::Lookup(Lookup::MessagesOf(order)));
            all.push(Self::Lookup(Lookup::DesignsOf(order)));
        }
        all
    }
    /// Whether a change of a record from `before` to `after` changes what this key answers.
    #[must_use]
    pub fn meets(&self, before: Option<&AnyRecord>, after: Option<&AnyRecord>) -> bool {
        let concerns = |record: &AnyRecord| match self {
            Self::Record(r) => record.reference() == *r,
            Self::Lookup(l) => l.matches(record),
        };
        before.is_some_and(concerns) || after.is_some_and(concerns)
    }
}

/// A record as a rule reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Its revision; 1 for the first.
    pub rev: i64,
    /// What it says.
    pub record: Arc<AnyRecord>,
}

/// The answer to a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact<T> {
    /// It is this.
    Known(T),
    /// Nobody has looked yet.
    Needed,
    /// Here nobody can know.
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
enum Slot<T> {
    Known(T),
    Unknown,
}

/// The facts that were loaded, with everything that was decided since laid over them.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    records: HashMap<RecordRef, Slot<Option<Held>>>,
    lookups: HashMap<Lookup, Slot<BTreeSet<RecordRef>>>,
}

impl Facts {
    /// Takes in a record, or that there is none.
    pub fn learn(&mut self, r: RecordRef, held: Option<Held>) {
        self.records.insert(r, Slot::Known(held));
    }
    /// Takes in everything a lookup found. What was decided meanwhile stays.
    pub fn learn_lookup(&mut self, lookup: Lookup, found: Vec<Held>) {
        let mut refs = BTreeSet::new();
        for held in found {
            let r = held.record.reference();
            self.records.entry(r).or_insert(Slot::Known(Some(held)));
            refs.insert(r);
        }
        // A record that was decided on before this lookup was asked may have joined or left it.
        for (r, slot) in &self.records {
            if let Slot::Known(Some(held)) = slot {
                if lookup.matches(&held.record) {
                    refs.insert(*r)
                } else {
                    refs.remove(r)
                };
            }
        }
        self.lookups.insert(lookup, Slot::Known(refs));
    }
    /// Takes in that this cannot be known here.
    pub fn cannot_know(&mut self, key: Key) {
        match key {
            Key::Record(r) => drop(self.records.insert(r, Slot::Unknown)),
            Key::Lookup(l) => drop(self.lookups.insert(l, Slot::Unknown)),
        }
    }
    /// Whether somebody has looked already.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        match key {
            Key::Record(r) => self.records.contains_key(r),
            Key::Lookup(l) => self.lookups.contains_key(l),
        }
    }
    /// The record of this name, or that there is none.
    #[must_use]
    pub fn record(&self, r: RecordRef) -> Fact<Option<&Held>> {
        match self.records.get(&r) {
            Some(Slot::Known(held)) => Fact::Known(held.as_ref()),
            Some(Slot::Unknown) => Fact::Unknown,
            None => Fact::Needed,
        }
    }
    /// Everything a lookup finds, by id.
    #[must_use]
    pub fn lookup(&self, lookup: &Lookup) -> Fact<Vec<&Held>> {
        match self.lookups.get(lookup) {
            Some(Slot::Known(refs)) => Fact::Known(refs.iter().filter_map(|r| self.held(*r)).collect()),
            Some(Slot::Unknown) => Fact::Unknown,
            None => Fact::Needed,
        }
    }
    /// The record of this name, where it is known and there is one.
    #[must_use]
    pub fn held(&self, r: RecordRef) -> Option<&Held> {
        match self.records.get(&r) {
            Some(Slot::Known(held)) => held.as_ref(),
            _ => None,
        }
    }
    /// Lays what was decided over the facts, so that the next command is decided on it.
    pub fn apply(&mut self, writes: &[Write]) {
        for write in writes {
            let r = write.record.reference();
            for (lookup, slot) in &mut self.lookups {
                if let Slot::Known(refs) = slot {
                    if lookup.matches(&write.record) {
                        refs.insert(r)
                    } else {
                        refs.remove(&r)
                    };
                }
            }
            self.records.insert(r, Slot::Known(Some(Held { rev: write.rev(), record: Arc::clone(&write.record) })));
        }
    }
    /// Forgets a record, so that it is loaded anew; lookups that could find it are forgotten as well.
    pub fn forget(&mut self, r: RecordRef) {
        self.records.remove(&r);
        self.lookups.retain(|lookup, _| lookup.kind() != r.kind);
    }
}
