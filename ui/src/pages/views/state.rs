//! Which views there are, opening one, and keeping them.

use bridge::{DeskError, InboxFilter, KeepViews, SavedView, SavedViews, SessionState};
use dioxus::prelude::*;
use domain::{
    text::Invalid,
    views::{MOST, ViewProblem, check},
    words::{Words, isolate},
};

use crate::{
    gateway::ask,
    pages::inbox::{InboxState, view_word},
    shell::{Place, Shell, task},
    words::invalid,
};

/// Saved views.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ViewsState {
    pub(crate) shell: Shell,
    pub(crate) inbox: InboxState,
}

impl ViewsState {
    /// Reads them.
    pub(crate) fn read(self) {
        task(async move {
            match ask(SavedViews {}).await {
                Ok(views) => self.take(views),
                Err(error) => self.shell.say(&self.shell.trouble(&error)),
            }
        });
    }
    /// Forgets them: what somebody looks for may name people.
    pub(crate) fn leave(mut self) {
        self.shell.views.set(Vec::new());
    }
    /// Opens one, counted from 1: Antrean shows its list and its search.
    pub(crate) fn open(self, n: u8) {
        let Some(view) = self.shell.views.peek().get(usize::from(n).wrapping_sub(1)).cloned() else { return };
        self.shell.go(Place::Inbox);
        self.inbox.sift(view.filter);
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

/// What a view shows: «Menunggu · «rani»».
pub(crate) fn summary(words: &Words, filter: &InboxFilter) -> String {
    let list = words.text(view_word(filter.view));
    if filter.text.is_empty() {
        return list;
    }
    words.with("view-summary", &[("list", list.into()), ("text", isolate(&filter.text).into())])
}

/// What is wrong with views as they would be kept: which of them, where it is one, and why, in words.
pub(super) fn problem(words: &Words, views: &[SavedView]) -> Option<(Option<usize>, String)> {
    let said = |at: usize, why: Invalid| (Some(at), invalid(words, why));
    match check(views.iter().map(|view| (view.name.as_str(), view.filter.text.as_str()))).err()? {
        ViewProblem::TooMany => Some((None, words.count("views-too-many", i64::try_from(MOST).unwrap_or(i64::MAX)))),
        ViewProblem::Taken(at) => Some((Some(at), words.text("view-taken"))),
        ViewProblem::Name(at, why) => Some(said(at, why)),
        ViewProblem::Search(at, why) => Some((Some(at), words.with("view-search-wrong", &[("why", invalid(words, why).into())]))),
    }
}
