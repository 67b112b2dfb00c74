//! Pemberitahuan: the list, and where the cursor is.

use bridge::Notifications;
use dioxus::prelude::*;
use domain::{
    commands::notification,
    id::NotificationId,
    record::{Kind, RecordRef},
    records::Notification,
};

use crate::{
    actions::Act,
    browser,
    components::list::row_id,
    gateway::ask,
    giving::Giving,
    pages::rows::Load,
    shell::{Shell, task},
};

/// How many are read.
const MOST: u32 = 200;

/// The list as it is loaded.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Listed {
    /// Whether it is here.
    pub(crate) load: Load,
    /// Newest first.
    pub(crate) items: Vec<Notification>,
    /// How many were not read.
    pub(crate) unread: u32,
}

/// Pemberitahuan.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct NoticesState {
    shell: Shell,
    /// The list.
    pub(crate) list: Signal<Listed>,
    /// The row that Tab reaches.
    pub(crate) at: Signal<usize>,
}

impl NoticesState {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, list: Signal::default(), at: Signal::new(0) }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.list.set(Listed::default());
        self.at.set(0);
    }
    /// These records changed; all of them may have when there are none.
    pub(crate) fn hear(self, records: &[RecordRef]) {
        if records.is_empty() || records.iter().any(|record| record.kind == Kind::Notification) {
            self.read();
        }
    }
    /// Reads the list.
    pub(crate) fn read(mut self) {
        task(async move {
            let load = match ask(Notifications { limit: MOST }).await {
                Ok(reply) => Listed { load: Load::Here, items: reply.items, unread: reply.unread },
                Err(error) => Listed { load: Load::Failed(error), ..Listed::default() },
            };
            if *self.list.peek() != load {
                self.list.set(load);
            }
        });
    }
    /// Some of them were read.
    pub(crate) fn mark(self, ids: Vec<NotificationId>, giving: Giving) {
        task(async move {
            match giving.give_quietly(notification::Read { ids }.into(), Vec::new()).await {
                Ok(_) => self.read(),
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
        });
    }
    /// All of them were read.
    pub(crate) fn read_all(self, giving: Giving) {
        let unread = self.list.peek().items.iter().filter(|n| n.read_at.is_none()).map(|n| n.id).collect();
        self.mark(unread, giving);
    }
    /// Does an act of this screen; whether it is one.
    pub(crate) fn run(self, act: Act) -> bool {
        let last = self.list.peek().items.len().saturating_sub(1);
        let at = *self.at.peek();
        // From elsewhere the first stroke leads to the row that Tab reaches, and not past it.
        let inside = browser::focus_is_within(super::LIST);
        let to = match act {
            Act::Next | Act::Previous if !inside => at.min(last),
            Act::Next => (at + 1).min(last),
            Act::Previous => at.saturating_sub(1),
            Act::First => 0,
            Act::Last => last,
            _ => return false,
        };
        let id = row_id(super::LIST, u32::try_from(to).unwrap_or(0));
        browser::focus(&id);
        browser::show(&id);
        true
    }
}
