//! What is asked of the list of orders, and what the answer has.

use domain::{
    id::CommandId,
    record::RecordRef,
    records::{DesignType, Order, OrderStatus},
    status::CommandState,
};

use crate::{cabinet::Turn, columns::OrderPlace, queries::part::Wish};

/// Which part of which list.
#[derive(Clone, Debug, Default)]
pub struct OrderAsk {
    /// Only those that stand here.
    pub status: Option<OrderStatus>,
    /// Only those of this kind.
    pub design_type: Option<DesignType>,
    /// Only those that were given to this person.
    pub mine: bool,
    /// The deleted ones instead of the others.
    pub deleted: bool,
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
}

impl OrderAsk {
    pub(super) const fn wish(&self) -> Wish {
        Wish { offset: self.offset, limit: self.limit, around: self.around }
    }
    /// Whether what stands here is in the list.
    pub(super) fn has(&self, place: OrderPlace<'_>) -> bool {
        place.deleted == self.deleted
            && self.status.as_ref().is_none_or(|status| status.wire() == place.status)
            && self.design_type.as_ref().is_none_or(|kind| kind.wire() == place.design_type)
    }
    /// What brings an order into this list: one that only moved on stays where all states are shown.
    pub(super) fn ways(&self) -> Vec<Turn> {
        let chosen = [(self.status.is_some(), Turn::Stands), (self.design_type.is_some(), Turn::Sort), (self.mine, Turn::Given)];
        [Turn::Came].into_iter().chain(chosen.into_iter().filter_map(|(so, turn)| so.then_some(turn))).collect()
    }
}

/// How many there are, whatever the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
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
    /// Deleted, whatever their state.
    pub deleted: u32,
}

/// One row.
#[derive(Clone, Debug)]
pub struct OrderLine {
    /// The order as it is shown.
    pub order: Order,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// Whether the claim that is shown, or its absence, is ours alone.
    pub claim_ours: bool,
    /// Its most urgent open command.
    pub mark: Option<(CommandState, CommandId)>,
    /// Whether this person has not looked at it yet.
    pub unseen: bool,
    /// Whether this person keeps its files on this computer.
    pub kept: bool,
}

/// A part of the list.
#[derive(Clone, Debug, Default)]
pub struct OrderPage {
    /// The rows.
    pub rows: Vec<OrderLine>,
    /// Where the first one stands.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many there are of each.
    pub counts: OrderCounts,
    /// How many rows are left out because they came later.
    pub newer: u32,
    /// The version of the list.
    pub version: u64,
}
