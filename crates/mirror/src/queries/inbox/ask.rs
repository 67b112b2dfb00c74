//! What is asked of Antrean and the lists of answered requests, and what the answer has.

use domain::{
    id::CommandId,
    record::{Kind, RecordRef},
    status::CommandState,
    time::Zone,
    waiting::{Item, Waits},
};

use crate::{cabinet::Turn, queries::part::Wish};

/// The lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Waiting, and not put off.
    #[default]
    Waiting,
    /// Of these, the requests.
    Requests,
    /// The orders.
    Orders,
    /// The conversations.
    Conversations,
    /// Waiting, and in this person's hands or given to them.
    Mine,
    /// Waiting, and put off.
    Snoozed,
    /// Answered or called off.
    Answered,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Called off.
    Cancelled,
}

impl View {
    pub(super) const fn is_open(self) -> bool {
        !matches!(self, Self::Answered | Self::Accepted | Self::Rejected | Self::Cancelled)
    }
    /// The kinds of records that stand in it.
    pub(super) const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Waiting | Self::Mine | Self::Snoozed => &[Kind::Consultation, Kind::Order, Kind::Conversation],
            Self::Orders => &[Kind::Order],
            Self::Conversations => &[Kind::Conversation],
            Self::Requests | Self::Answered | Self::Accepted | Self::Rejected | Self::Cancelled => &[Kind::Consultation],
        }
    }
    /// What brings a record into it.
    pub(super) const fn ways(self) -> &'static [Turn] {
        if self.is_open() { &[Turn::Waits] } else { &[Turn::Came, Turn::Stands, Turn::Given] }
    }
    pub(super) const fn state(self) -> Option<&'static str> {
        match self {
            Self::Accepted => Some("accepted"),
            Self::Rejected => Some("rejected"),
            Self::Cancelled => Some("cancelled"),
            _ => None,
        }
    }
}

/// Which part of which list.
#[derive(Clone, Debug, Default)]
pub struct InboxAsk {
    /// The list.
    pub view: View,
    /// Only those that are found by this.
    pub text: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
    /// A row that must be among them.
    pub around: Option<RecordRef>,
    /// The version of the list that was let in: what entered later is left out and counted.
    pub shown: Option<u64>,
    /// The zone whose days count: what «today» is.
    pub zone: Zone,
}

impl InboxAsk {
    pub(super) const fn wish(&self) -> Wish {
        Wish { offset: self.offset, limit: self.limit, around: self.around }
    }
}

/// How many rows are late, due today, due later, and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Groups {
    /// Past their deadline.
    pub late: u32,
    /// Due today.
    pub today: u32,
    /// Due later.
    pub next: u32,
    /// Answered or called off.
    pub done: u32,
}

/// How many there are of each, whatever the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Waiting and not put off.
    pub waiting: u32,
    /// Of these, past their deadline.
    pub late: u32,
    /// Of these, due today.
    pub today: u32,
    /// Of these, the requests that were not looked at yet.
    pub unseen: u32,
    /// Of these, the requests.
    pub requests: u32,
    /// The orders.
    pub orders: u32,
    /// The conversations.
    pub conversations: u32,
    /// In this person's hands or given to them.
    pub mine: u32,
    /// Put off.
    pub snoozed: u32,
    /// Unread notifications of this person.
    pub notifications: u32,
    /// Orders that nobody has taken up, and this person has not looked at.
    pub new_orders: u32,
    /// Conversations in which there is something that this person has not read.
    pub unread: u32,
}

/// One row.
#[derive(Clone, Debug)]
pub struct InboxLine {
    /// The record as it is shown.
    pub item: Item,
    /// Why it ranks where it does; nothing where it is answered.
    pub waits: Option<Waits>,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// Whether the claim that is shown, or its absence, is ours alone.
    pub claim_ours: bool,
    /// Its most urgent open command.
    pub mark: Option<(CommandState, CommandId)>,
    /// Whether this person has not looked at it yet; of a conversation, whether something in it is unread.
    pub unseen: bool,
    /// Whether it is past its deadline (0), due today (1), due later (2) or answered (3).
    pub group: u8,
}

/// A part of a list.
#[derive(Clone, Debug, Default)]
pub struct InboxPage {
    /// The rows.
    pub rows: Vec<InboxLine>,
    /// Where the first one stands.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many in each group.
    pub groups: Groups,
    /// How many of each there are.
    pub counts: Counts,
    /// How many rows are left out because they came later.
    pub newer: u32,
    /// The version of the list.
    pub version: u64,
}
