//! One act on every chosen order: each is a command of its own, which the rulebook judges for itself. Orders are chosen in
//! their own list, and in Antrean among what else waits.

use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::order,
    record::RecordRef,
    records::Order,
    time::UtcMillis,
    words::Words,
};

use super::state::{OrdersState, reference};
use crate::{
    actions::Act,
    giving::Giving,
    pages::{inbox::InboxState, rows::Part},
    shell::{Layer, Place, Shell},
};

/// What is asked before an act is done to all chosen orders; nothing where it is none of those, or this person may never do it.
pub(crate) fn layer_for_many(act: Act, shell: Shell) -> Option<Layer> {
    match act {
        Act::OrderStatus if shell.may(order::SetStatus::NAME) => Some(Layer::OrdersStatus),
        Act::Snooze if shell.may(order::SnoozeOrder::NAME) => Some(Layer::SnoozeChosen),
        Act::OrderAssign if shell.may(order::Assign::NAME) => Some(Layer::AssignOrders),
        Act::Export => Some(Layer::Export),
        _ => None,
    }
}

impl OrdersState {
    /// The orders that are chosen in this list, in its order.
    pub(crate) fn chosen_here(self) -> Vec<Order> {
        self.chosen.peek().all().iter().map(|row| row.order.clone()).collect()
    }
    /// Puts all of them off until one moment.
    pub(crate) fn snooze_chosen(self, giving: Giving, until: UtcMillis) {
        let part = |it: &Order| Part {
            record: reference(it.id),
            name: it.client_name.to_string(),
            command: Ok(order::SnoozeOrder { id: it.id, until }.into()),
        };
        let parts = self.chosen_here().iter().map(part).collect();
        self.give_all(giving, parts, |words, n| words.count("bulk-snooze", n));
    }
    /// Does an act to everything that is chosen; whether it is one that can be done so.
    pub(super) fn run_chosen(self, act: Act) -> bool {
        let Some(layer) = layer_for_many(act, self.shell) else { return false };
        if !*self.giving_many.peek() {
            self.shell.open(layer);
        }
        true
    }
}

/// Where orders are chosen: in their own list, or in Antrean.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Choice {
    orders: OrdersState,
    inbox: InboxState,
}

impl Choice {
    /// Of the screen that is open.
    pub(super) fn here() -> Self {
        Self { orders: use_context::<OrdersState>(), inbox: use_context::<InboxState>() }
    }
    fn is_in_inbox(self) -> bool {
        *self.orders.shell.place.peek() == Place::Inbox
    }
    /// The orders, in the order of the list.
    pub(super) fn all(self) -> Vec<Order> {
        if self.is_in_inbox() {
            return self.inbox.chosen_orders();
        }
        self.orders.chosen_here()
    }
    /// What is chosen beside them, by whose it is: none of the acts on orders is for it.
    fn others(self) -> Vec<(RecordRef, String)> {
        if !self.is_in_inbox() {
            return Vec::new();
        }
        let all = self.inbox.chosen.peek().all();
        let others = all.iter().filter(|row| row.item.order().is_none());
        others.map(|row| (row.item.record(), row.item.client_name().to_string())).collect()
    }
    /// Gives a command for each, and tells what came of it.
    pub(super) fn give(self, giving: Giving, make: impl Fn(&Order) -> Command, done: impl Fn(&Words, i64) -> String + 'static) {
        let why = self.orders.shell.words().text("bulk-only-orders");
        let part = |it: &Order| Part { record: reference(it.id), name: it.client_name.to_string(), command: Ok(make(it)) };
        let other = |(record, name)| Part { record, name, command: Err(why.clone()) };
        let parts = self.all().iter().map(part).chain(self.others().into_iter().map(other)).collect();
        if self.is_in_inbox() {
            self.inbox.give_all(giving, parts, done);
        } else {
            self.orders.give_all(giving, parts, done);
        }
    }
}
