//! One act on everything that is chosen in Antrean. What it is none for, an order among requests, is told with the others that it
//! could not be done for.

use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::{consultation, item, order},
    records::Consultation,
    time::UtcMillis,
    waiting::Item,
};

use super::state::{InboxState, reference};
use crate::{
    actions::Act,
    browser,
    giving::Giving,
    pages::{orders, rows::Part},
    shell::Layer,
};

impl InboxState {
    /// Does an act to everything that is chosen; whether it is one that can be done so.
    pub(super) fn run_chosen(self, act: Act, giving: Giving) -> bool {
        let layer = match act {
            Act::Accept if self.shell.may(consultation::Accept::NAME) => {
                self.give_chosen(giving, consultation::Accept::NAME, |it| consultation::Accept { id: it.id, message: None }.into());
                return true;
            }
            Act::Reject if self.shell.may(consultation::Reject::NAME) => Layer::RejectChosen,
            act => match orders::layer_for_many(act, self.shell) {
                Some(layer) => layer,
                None => return false,
            },
        };
        if !*self.giving_many.peek() {
            self.shell.open(layer);
        }
        true
    }
    /// Rejects everything that is chosen for one reason.
    pub(super) fn reject_chosen(self, giving: Giving, reason: String) {
        self.give_chosen(giving, consultation::Reject::NAME, move |it| consultation::Reject { id: it.id, reason: reason.clone() }.into());
    }
    /// Puts off everything that is chosen until one moment, but for conversations.
    pub(super) fn snooze_chosen(self, giving: Giving, until: UtcMillis) {
        let talks = self.shell.words().text("bulk-not-conversations");
        let make = |row: &bridge::InboxRow| match &row.item {
            Item::Consultation(it) => Ok(item::SnoozeItem { record: reference(it.id), until }.into()),
            Item::Order(it) => Ok(order::SnoozeOrder { id: it.id, until }.into()),
            Item::Conversation(_) => Err(talks.clone()),
        };
        self.give_each(giving, "bulk-snooze".to_owned(), make);
    }
    /// Gives a command for each request, and says of the others that it is none for them.
    fn give_chosen(self, giving: Giving, command: &'static str, make: impl Fn(&Consultation) -> Command) {
        let other = self.shell.words().text("bulk-only-requests");
        let make = |row: &bridge::InboxRow| row.item.consultation().map(&make).ok_or_else(|| other.clone());
        self.give_each(giving, format!("bulk-{}", command.replace(['.', '_'], "-")), make);
    }
    /// Gives a command for each of those that are chosen, or says why there is none for it.
    fn give_each(mut self, giving: Giving, key: String, make: impl Fn(&bridge::InboxRow) -> Result<Command, String>) {
        let part =
            |row: &bridge::InboxRow| Part { record: row.item.record(), name: row.item.client_name().to_string(), command: make(row) };
        let parts = self.chosen.peek().all().iter().map(|row| part(row)).collect();
        // No row has been decided by this stroke: a second one so soon is not meant for whatever is open.
        if self.give_all(giving, parts, move |words, n| words.count(&key, n)) {
            self.last_verdict.set(Some((browser::monotonic_ms(), None)));
        }
    }
}
