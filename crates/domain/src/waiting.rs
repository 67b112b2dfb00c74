//! What waits for the staff, until when, and why: the order of Antrean (issue 5; R-017, M-01, M-06, M-07, R-079).
//!
//! Three kinds of work stand in it beside each other: requests, orders and conversations. Whether one waits, and by which moment it
//! is ranked, is said here alone; the mirror keeps the answer beside the record, and the window puts it into words.
//!
//! How to add a kind: an arm in [`waits_for`] and in [`Item`], a reason in [`Why`], and its words `why-…` in both languages.

use serde::{Deserialize, Serialize};

use crate::{
    id::UserId,
    name::PersonName,
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, ConsultationStatus, Conversation, HistoryEntry, Order, OrderStatus},
    role::Person,
    status::Face,
    time::{DAY, Day, UtcMillis, Zone},
};

/// How long what a client decided on a design may wait, in milliseconds. No source promises a time for it; a day is what the house
/// means to keep, and an earlier deadline of the order stands above it.
pub const DECISION: i64 = DAY;

/// For what somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// A client asked for a consultation and has no answer (M-01).
    Answer,
    /// A client wrote and has no answer.
    Reply,
    /// Nobody has taken an order up (M-06).
    TakeUp,
    /// A client wants a version changed (M-07).
    Revise,
    /// A client approved a version: what is left is to complete the order (M-07).
    Complete,
    /// An order is being made, and is wanted by this day.
    Deadline {
        /// The day, which ends when it does in WIB.
        day: Day,
    },
}

impl Why {
    /// The key of its words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answer => "why-answer",
            Self::Reply => "why-reply",
            Self::TakeUp => "why-take-up",
            Self::Revise => "why-revise",
            Self::Complete => "why-complete",
            Self::Deadline { .. } => "why-deadline",
        }
    }
}

/// That something waits. The earliest `due` comes first, ties by who waits longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// Until when it is promised.
    pub due: UtcMillis,
    /// Since when it waits.
    pub since: UtcMillis,
    /// For what.
    pub why: Why,
}

/// Whether a record waits for this person of the staff, and how it ranks; nothing where it does not. Who may know of the record at all
/// is not asked here ([`crate::audience`]), nor whether it was put off.
#[must_use]
pub fn waits_for(record: &AnyRecord, me: UserId) -> Option<Waits> {
    match record {
        AnyRecord::Consultation(it) => request(it),
        AnyRecord::Order(it) => order(it, me),
        AnyRecord::Conversation(it) => conversation(it),
        _ => None,
    }
}

fn request(it: &Consultation) -> Option<Waits> {
    let waits = it.status == ConsultationStatus::Waiting;
    waits.then_some(Waits { due: it.due_at, since: it.created_at, why: Why::Answer })
}

fn conversation(it: &Conversation) -> Option<Waits> {
    Some(Waits { due: it.due_at?, since: it.waiting_since?, why: Why::Reply })
}

/// A new order waits for everybody who works on orders. One that is being made waits for whom it was given to, or for everybody where
/// it was given to nobody: for what its client decided, else for its deadline. In review it waits for its client, not for the staff;
/// and what nobody was promised has no rank.
fn order(it: &Order, me: UserId) -> Option<Waits> {
    if !it.is_open() {
        return None;
    }
    if it.status == OrderStatus::Pending {
        return Some(Waits { due: it.due_at, since: it.created_at, why: Why::TakeUp });
    }
    if it.assignee.as_ref().is_some_and(|person| person.id != me) {
        return None;
    }
    let decided = |at: UtcMillis, why| {
        let due = at.plus(DECISION);
        Waits { due: it.deadline.map_or(due, |day| end_of(day).min(due)), since: at, why }
    };
    match last_word(it) {
        Some(line) if line.act == "design.approve" => Some(decided(line.at, Why::Complete)),
        Some(line) if line.act == "design.request_revision" => Some(decided(line.at, Why::Revise)),
        _ if it.status == OrderStatus::Review => None,
        _ => it.deadline.map(|day| Waits { due: end_of(day), since: it.status_at, why: Why::Deadline { day } }),
    }
}

/// The last minute of a day in WIB, in which deadlines are meant.
fn end_of(day: Day) -> UtcMillis {
    day.at(23, 59, Zone::Wib)
}

/// What was decided last about what is made: by the client, or by the staff who moved the order or showed another version.
fn last_word(it: &Order) -> Option<&HistoryEntry> {
    const DECISIVE: [&str; 4] = ["design.approve", "design.request_revision", "design.submit", "order.set_status"];
    it.history.0.iter().rev().find(|line| DECISIVE.contains(&line.act.as_str()))
}

/// A record of a kind that can wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "record", rename_all = "snake_case")]
pub enum Item {
    /// A request.
    Consultation(Box<Consultation>),
    /// An order.
    Order(Box<Order>),
    /// A conversation about an order.
    Conversation(Box<Conversation>),
}

impl Item {
    /// The record, if its kind can wait.
    #[must_use]
    pub fn of(record: AnyRecord) -> Option<Self> {
        match record {
            AnyRecord::Consultation(it) => Some(Self::Consultation(Box::new(it))),
            AnyRecord::Order(it) => Some(Self::Order(Box::new(it))),
            AnyRecord::Conversation(it) => Some(Self::Conversation(Box::new(it))),
            _ => None,
        }
    }
    /// Which record.
    #[must_use]
    pub fn record(&self) -> RecordRef {
        match self {
            Self::Consultation(it) => RecordRef::new(Kind::Consultation, it.id),
            Self::Order(it) => RecordRef::new(Kind::Order, it.id),
            Self::Conversation(it) => RecordRef::new(Kind::Conversation, it.id),
        }
    }
    /// Whose it is.
    #[must_use]
    pub const fn client_name(&self) -> &PersonName {
        match self {
            Self::Consultation(it) => &it.client_name,
            Self::Order(it) => &it.client_name,
            Self::Conversation(it) => &it.client_name,
        }
    }
    /// Its number; of a conversation, that of its order.
    #[must_use]
    pub fn number(&self) -> &str {
        match self {
            Self::Consultation(it) => &it.number,
            Self::Order(it) => &it.number,
            Self::Conversation(it) => &it.order_number,
        }
    }
    /// Who works on it at this moment, and to whom it was given where that is somebody else.
    pub fn hands(&self, now: UtcMillis) -> impl Iterator<Item = &Person> {
        let (claim, given) = match self {
            Self::Consultation(it) => (it.claimed_at(now), it.assignee.as_ref()),
            Self::Order(it) => (it.claimed_at(now), it.assignee.as_ref()),
            Self::Conversation(_) => (None, None),
        };
        let holder = claim.map(|claim| &claim.by);
        let given = given.filter(move |person| holder.is_none_or(|holder| holder.id != person.id));
        holder.into_iter().chain(given)
    }
    /// Where it stands: its status; of a conversation, for what it waits.
    #[must_use]
    pub fn face(&self, waits: Option<&Waits>) -> Option<Face> {
        match self {
            Self::Consultation(it) => Some(it.status.face()),
            Self::Order(it) => Some(it.status.face()),
            Self::Conversation(_) => waits.map(|waits| Face { word: waits.why.word(), ..ConsultationStatus::Waiting.face() }),
        }
    }
    /// The request, if it is one.
    #[must_use]
    pub fn consultation(&self) -> Option<&Consultation> {
        if let Self::Consultation(it) = self { Some(it) } else { None }
    }
    /// The order, if it is one.
    #[must_use]
    pub fn order(&self) -> Option<&Order> {
        if let Self::Order(it) = self { Some(it) } else { None }
    }
    /// The conversation, if it is one.
    #[must_use]
    pub fn conversation(&self) -> Option<&Conversation> {
        if let Self::Conversation(it) = self { Some(it) } else { None }
    }
}
