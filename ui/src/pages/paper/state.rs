//! What lies on paper, and what a screen has for it.

use std::rc::Rc;

use bridge::OrderDetailReply;
use dioxus::prelude::*;
use domain::time::UtcMillis;

use super::sheet::Sheet;
use crate::{
    acting::Acting,
    pages::rows::Pane,
    shell::{Place, Shell, put},
};

/// What is printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Printed {
    /// A list, or a report.
    Sheet(Rc<Sheet>),
    /// One order.
    Worksheet(Rc<OrderDetailReply>),
}

/// A thing that is printed, and when it was laid on paper.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paper {
    pub(super) what: Printed,
    pub(super) at: UtcMillis,
}

/// The paper.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Printing {
    shell: Shell,
    /// What is printed, or was last.
    pub(super) paper: Signal<Option<Paper>>,
}

impl Printing {
    /// Nothing yet.
    pub(crate) fn new(shell: Shell) -> Self {
        Self { shell, paper: Signal::new(None) }
    }
    /// Forgets everything of whoever sat here.
    pub(crate) fn leave(mut self) {
        self.paper.set(None);
    }
    /// Lays it on paper: the page is printed as soon as it is drawn.
    pub(super) fn lay(self, what: Printed) {
        put(self.paper, Some(Paper { what, at: self.shell.clock.now() }));
    }
}

/// What the open screen has for paper.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sheets(pub(super) Acting);

impl Sheets {
    /// The order that is open, whole, if one is.
    pub(super) fn worksheet(self) -> Option<Rc<OrderDetailReply>> {
        (self.0.detail() == Place::Orders).then(|| self.0.orders.opened.read().reply.clone()).flatten()
    }
    /// Whoever reads one order means it; whoever stands in the list means the list.
    pub(super) fn means_list(self) -> bool {
        let pane = match *self.0.shell.place.peek() {
            Place::Inbox => self.0.inbox.pane,
            _ => self.0.orders.pane,
        };
        self.worksheet().is_none() || *pane.peek() == Pane::List
    }
    /// What the list holds as it is sifted, in words.
    pub(super) fn listed(self) -> String {
        let Self(it) = self;
        match *it.shell.place.peek() {
            Place::Inbox => it.inbox.listed(),
            Place::Conversations => it.conversations.listed(),
            Place::Clients => it.clients.listed(),
            Place::Outbox => it.outbox.listed(),
            Place::Report => it.report.listed(),
            Place::Audit => it.audit.listed(),
            _ => it.orders.listed(),
        }
    }
}
