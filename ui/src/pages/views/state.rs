//! Which views there are, opening one, and keeping them.

use bridge::{DeskError, KeepViews, SavedView, SavedViews, SessionState, ViewFilter};
use dioxus::prelude::*;
use domain::{
    text::Invalid,
    views::{MOST, ViewProblem, check},
    words::{Words, isolate},
};

use crate::{
    gateway::ask,
    pages::{
        inbox::{InboxState, view_word},
        orders::{OrdersState, sifted_by},
    },
    shell::{Place, Shell, task},
    words::{invalid, many},
};

/// Saved views.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ViewsState {
    pub(crate) shell: Shell,
    pub(crate) inbox: InboxState,
    pub(crate) orders: OrdersState,
}

impl ViewsState {
    /// Reads them.
    pub(crate) fn read(self) {
        task(async move {
            match ask(SavedViews {}).await {
                Ok(views) => self.take(views),
                Err(error) => self.shell.tell(&self.shell.trouble(&error)),
            }
        });
    }
    /// Forgets them: what somebody looks for may name people.
    pub(crate) fn leave(mut self) {
        self.shell.views.set(Vec::new());
    }
    /// The list that is shown now, as it would be saved: of orders on their screen, else of Antrean.
    pub(super) fn shown(self) -> ViewFilter {
        if *self.shell.place.read() == Place::Orders {
            ViewFilter::Orders { orders: self.orders.filter.read().clone() }
        } else {
            ViewFilter::Inbox(self.inbox.filter.read().clone())
        }
    }
    /// Opens one, counted from 1: its screen shows its list and its search.
    pub(crate) fn open(self, n: u8) {
        let Some(view) = self.shell.views.peek().get(usize::from(n).wrapping_sub(1)).cloned() else { return };
        let place = place_of(&view.filter);
        if !self.shell.has(place) {
            return;
        }
        self.shell.go(place);
        match view.filter {
            ViewFilter::Orders { orders } => self.orders.sift(orders),
            ViewFilter::Inbox(inbox) => self.inbox.sift(inbox),
        }
        self.shell.say(&isolate(&view.name));
    }
    /// Keeps these, and no others.
    pub(super) async fn keep(self, views: Vec<SavedView>) -> Result<(), DeskError> {
        self.take(ask(KeepViews { views }).await?);
        Ok(())
    }
    /// What comes when somebody has left meanwhile is nobody's.
    fn take(mut self, views: Vec<SavedView>) {
        if matches!(&*self.shell.session.peek(), Some(SessionState::Open { .. })) {
            self.shell.views.set(views);
        }
    }
}

/// The screen that a view is of.
pub(super) const fn place_of(filter: &ViewFilter) -> Place {
    match filter {
        ViewFilter::Orders { .. } => Place::Orders,
        ViewFilter::Inbox(_) => Place::Inbox,
    }
}

/// What a view shows: «Menunggu · «rani»», «Pesanan desain, Ditinjau, Logo».
pub(crate) fn summary(words: &Words, filter: &ViewFilter) -> String {
    let list = match filter {
        ViewFilter::Inbox(inbox) => words.text(view_word(inbox.view)),
        ViewFilter::Orders { orders } => [vec![words.text("place-orders")], sifted_by(words, orders)].concat().join(", "),
    };
    if filter.text().is_empty() {
        return list;
    }
    words.with("view-summary", &[("list", list.into()), ("text", isolate(filter.text()).into())])
}

/// What is wrong with views as they would be kept: which of them, where it is one, and why, in words.
pub(super) fn problem(words: &Words, views: &[SavedView]) -> Option<(Option<usize>, String)> {
    let said = |at: usize, why: Invalid| (Some(at), invalid(words, why));
    match check(views.iter().map(|view| (view.name.as_str(), view.filter.text()))).err()? {
        ViewProblem::TooMany => Some((None, words.count("views-too-many", many(MOST)))),
        ViewProblem::Taken(at) => Some((Some(at), words.text("view-taken"))),
        ViewProblem::Name(at, why) => Some(said(at, why)),
        ViewProblem::Search(at, why) => Some((Some(at), words.with("view-search-wrong", &[("why", invalid(words, why).into())]))),
    }
}
