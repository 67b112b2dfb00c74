//! The requests that a text finds.

use domain::{record::Kind, search::Wanted};

use super::{
    ask::{Counts, Groups, InboxAsk, InboxPage, View},
    counts::Borders,
    list::List,
};
use crate::{
    cabinet::Inner,
    error::Result,
    mirror::Found,
    queries::{
        found::AllFound,
        part::{FoundPart, newest_part},
    },
};

impl Inner {
    /// A part of the answered requests that a text finds, newest first.
    pub(super) async fn answered_found(&mut self, ask: &InboxAsk, wanted: &Wanted, counts: Counts) -> Result<InboxPage> {
        let later = self.later(ask.shown, ask.view.ways());
        let found = self.found(Kind::Consultation, wanted).await?;
        let FoundPart { rows, offset, at, total, newer } = newest_part(|| of_view(&found, ask.view), &later, ask.wish());
        let groups = Groups { done: total, ..Groups::default() };
        let page = InboxPage { offset, at, total, groups, counts, newer, version: self.version, ..InboxPage::default() };
        if rows.is_empty() {
            return Ok(page);
        }
        let list = List { ask, among: Some(rows), now: self.now().ms(), later: Vec::new() };
        let rows = self.rows(&list, 0, Borders::at(self.now(), ask.zone)).await?;
        Ok(InboxPage { rows, ..page })
    }
}

/// What was found of a list. Whose hands it is in and what is put off is not asked here.
pub(super) fn of_view<'a>(found: &'a AllFound<'_>, view: View) -> impl Iterator<Item = &'a Found> {
    let stands_there = move |it: &&Found| it.open == view.is_open() && view.state().is_none_or(|state| state == found.state_of(it));
    found.all().filter(stands_there)
}
