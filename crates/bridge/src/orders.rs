//! Pesanan desain: the list of orders, and everything about one (R-072…R-076, M-06).

use domain::{
    id::{CommandId, OrderId},
    record::RecordRef,
    records::{Client, DesignType, Order, OrderStatus},
    status::CommandState,
};
use serde::{Deserialize, Serialize};

use crate::{
    inbox::{NoteView, PendingAct, Verdict, VerdictState},
    kept::KeptFiles,
};

/// Which orders a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFilter {
    /// Only those that stand here.
    pub status: Option<OrderStatus>,
    /// Only those of this kind.
    pub design_type: Option<DesignType>,
    /// Only those that were given to this person.
    pub mine: bool,
    /// The deleted ones instead of the others; only an admin's desk has any.
    pub deleted: bool,
    /// Only those whose number, description, needs or client's name has this in it; blank means all.
    pub text: String,
}

/// A part of the list of orders, newest first.
///
/// Nothing moves under the cursor (ui.md, principle 10): as in [`crate::Inbox`], what came later than `shown` is counted and left
/// out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// Which.
    pub filter: OrderFilter,
    /// The first row that is wanted. Not read when `around` names a row that the list has.
    pub offset: u32,
    /// How many, at most 200.
    pub limit: u32,
    /// A row that must be among the answer, in its middle where it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<RecordRef>,
    /// The version of the list that the person last let in; nothing means that everything is let in now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<u64>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderRow {
    /// The order as it is shown: with what this desk has done and the server has not yet said.
    pub order: Order,
    /// Whether the state it is shown in is ours alone (a dashed edge).
    pub ours: bool,
    /// Whether the claim that is shown, or its absence, is ours alone (a dashed ring).
    pub claim_ours: bool,
    /// The most urgent state of a command about it; nothing when all is acknowledged.
    pub mark: Option<CommandState>,
    /// That command.
    pub command: Option<CommandId>,
    /// Whether this person has not looked at it yet.
    pub unseen: bool,
    /// Whether this person keeps its files on this computer.
    pub kept: bool,
}

/// How many orders there are, whatever the filter; deleted ones are counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrderCounts {
    /// Nobody has taken them up yet.
    pub pending: u32,
    /// They will be made.
    pub approved: u32,
    /// Somebody works on them.
    pub in_progress: u32,
    /// The client looks at them.
    pub review: u32,
    /// Done.
    pub completed: u32,
    /// Called off.
    pub cancelled: u32,
    /// Deleted.
    pub deleted: u32,
}

impl OrderCounts {
    /// All that are not deleted.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.pending + self.approved + self.in_progress + self.review + self.completed + self.cancelled
    }
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrdersReply {
    /// The rows from `offset` on.
    pub rows: Vec<OrderRow>,
    /// Where the first of them stands in the list.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has, without those that are left out.
    pub total: u32,
    /// How many there are of each, whatever the filter.
    pub counts: OrderCounts,
    /// How many rows are left out because they came after the version that was let in.
    pub newer: u32,
    /// The newest version of the list: events name a newer one when it changed.
    pub version: u64,
}

/// As what a table is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetFormat {
    /// Comma-separated values, UTF-8 with its mark (RFC 4180).
    #[default]
    Csv,
    /// A workbook (Office Open XML).
    Xlsx,
}

impl SheetFormat {
    /// How names of such files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Writes the list of orders as it is sifted to a file in the folder for downloads; the answer is [`crate::Exported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrdersExport {
    /// Which.
    pub filter: OrderFilter,
    /// Of these only those that somebody chose; all where nothing is.
    #[serde(default)]
    pub only: Vec<OrderId>,
    /// As what.
    pub format: SheetFormat,
}

/// Everything about one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    /// Which.
    pub record: RecordRef,
}

/// A state that an order, or its product, can be moved to, and what the rulebook says of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The state, by its wire name.
    pub to: String,
    /// Whether it can be done.
    pub verdict: VerdictState,
    /// Whether a reason must be given.
    pub needs_reason: bool,
}

/// Everything about one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderDetailReply {
    /// The order as it is shown.
    pub order: Order,
    /// Its revision as the server last said it; 0 when the server has not seen it.
    pub rev: i64,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// What the server last said, where that differs.
    pub server: Option<Box<Order>>,
    /// The client, where this person may see them.
    pub client: Option<Client>,
    /// How many orders of this client the desk holds, this one included; deleted ones are not counted.
    pub client_orders: u32,
    /// Notes, oldest first.
    pub notes: Vec<NoteView>,
    /// What can be done, but for the steps.
    pub verdicts: Vec<Verdict>,
    /// Every state of M-06 but the one it stands in, in the table's order.
    pub steps: Vec<Step>,
    /// The same for the product.
    pub product_steps: Vec<Step>,
    /// What was done and is not finished.
    pub pending: Vec<PendingAct>,
    /// How far its files are, where this person keeps them on this computer.
    pub kept: Option<KeptFiles>,
}
