//! Antrean kirim: what was given and not yet acknowledged, what was refused, and what becomes of it (M-12).

use domain::{
    decision::Details,
    id::CommandId,
    record::RecordRef,
    records::{Consultation, Order},
    status::CommandState,
    time::UtcMillis,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::inbox::VerdictState;

/// The list: what needs a decision, what is on its way, and what was finished today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxList {
    /// How many finished ones, at most 200.
    pub finished: u32,
}

/// One command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Its id.
    pub id: CommandId,
    /// Its receipt.
    pub receipt: String,
    /// `area.verb`.
    pub act: String,
    /// What the person gave, typed reasons included.
    pub args: Value,
    /// The record it is about.
    pub record: Option<RecordRef>,
    /// Whom or what it is about, in words: a client's name.
    pub title: String,
    /// Where it stands.
    pub state: CommandState,
    /// Whether the rulebook on this desk now says that the server will refuse it («akan ditolak»).
    pub will_be_refused: bool,
    /// When it was made.
    pub made_at: UtcMillis,
    /// When it was last sent.
    pub sent_at: Option<UtcMillis>,
    /// When it was finished.
    pub finished_at: Option<UtcMillis>,
    /// How often it was tried.
    pub tries: u32,
    /// For a held one: when it will be sent.
    pub held_until: Option<UtcMillis>,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxReply {
    /// What needs a decision, oldest first.
    pub decide: Vec<OutboxEntry>,
    /// What is on its way, newest first.
    pub running: Vec<OutboxEntry>,
    /// What was finished today, newest first.
    pub finished: Vec<OutboxEntry>,
    /// How many were finished today.
    pub finished_total: u32,
}

/// One command, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxDetail {
    /// Which.
    pub id: CommandId,
}

/// A record of which two versions are laid beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenRecord {
    /// A request.
    Consultation(Box<Consultation>),
    /// An order.
    Order(Box<Order>),
}

/// A record as the person saw it, or as the server has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenView {
    /// The request or the order, under the name of its kind.
    #[serde(flatten)]
    pub record: SeenRecord,
    /// Its revision.
    pub rev: i64,
    /// As of when.
    pub at: UtcMillis,
}

impl SeenView {
    /// The request, if it is one.
    #[must_use]
    pub const fn consultation(&self) -> Option<&Consultation> {
        match &self.record {
            SeenRecord::Consultation(it) => Some(it),
            SeenRecord::Order(_) => None,
        }
    }
    /// The order, if it is one.
    #[must_use]
    pub const fn order(&self) -> Option<&Order> {
        match &self.record {
            SeenRecord::Order(it) => Some(it),
            SeenRecord::Consultation(_) => None,
        }
    }
}

/// One command, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutboxDetailReply {
    /// The line of the list.
    pub entry: OutboxEntry,
    /// Why it was refused: the server's code.
    pub code: Option<String>,
    /// The same in the server's words.
    pub message: Option<String>,
    /// The requirement behind it.
    pub rule: Option<String>,
    /// Who, when, where it stands.
    pub details: Option<Box<Details>>,
    /// What the person saw when they pressed.
    pub seen: Option<SeenView>,
    /// What the server has.
    pub current: Option<SeenView>,
    /// For a blocked one: the command it waits for.
    pub waits_for: Option<OutboxEntry>,
    /// Whether it can be undone.
    pub can_undo: bool,
    /// For one that needs a decision: what the rulebook says of giving it again now, with the same arguments.
    pub again: Option<VerdictState>,
}

/// «Ekspor bukti»: writes out everything that is known of one command, for whoever has to decide about it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which.
    pub id: CommandId,
}

/// What becomes of a command that needs a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum SettleHow {
    /// «Tandai sudah ditangani»: it leaves the list; the file keeps it.
    Handled,
    /// «Buang»: what was typed is not wanted any more.
    Discard,
    /// «Kirim sebagai perintah baru»: under a new id, with these arguments; what waited for it follows.
    SendAgain {
        /// The arguments, edited or not.
        args: Value,
    },
}

/// Settles a command that needs a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settle {
    /// Which.
    pub id: CommandId,
    /// How.
    pub how: SettleHow,
}
