//! The requests that a text finds: by what stands in them, and by the telephone number of their client.

use domain::{id::RecordId, record::Kind, search::Wanted};
use sqlx::{QueryBuilder, Row};
use std::collections::HashSet;

use super::{
    ask::{Counts, Groups, InboxAsk, InboxPage, View},
    counts::Borders,
    list::List,
    read::first,
};
use crate::{
    cabinet::Inner,
    error::Result,
    mirror::{Finder, Found, id_of},
    queries::{first_by, newest_first},
};

/// The clients whose requests are shown for a number at most: one that fits more of them is not typed to its end.
const CLIENTS: usize = 200;

impl Inner {
    /// What a text finds, in no order.
    pub(super) async fn found(&mut self, wanted: &Wanted) -> Result<AllFound<'_>> {
        let theirs = self.of_numbers(wanted).await?;
        Ok(AllFound { finder: self.mirror.find_text(Kind::Consultation, wanted).await?, theirs })
    }
    /// The requests of clients who have the number that is typed.
    async fn of_numbers(&mut self, wanted: &Wanted) -> Result<HashSet<RecordId>> {
        if !wanted.is_number() {
            return Ok(HashSet::new());
        }
        let finder = self.mirror.find_text(Kind::Client, wanted).await?;
        let clients: Vec<RecordId> = finder.found(Kind::Client).take(CLIENTS).map(|it| it.id).collect();
        if clients.is_empty() {
            return Ok(HashSet::new());
        }
        let mut query = QueryBuilder::new("SELECT id FROM record INDEXED BY record_client WHERE kind = 3 AND about IN (");
        let mut ids = query.separated(", ");
        for client in clients {
            ids.push_bind(client.uuid().as_bytes().to_vec());
        }
        query.push(")");
        let rows = self.mirror.fetch_rows(query).await?;
        rows.iter().map(|row| Ok(id_of(row.try_get("id")?)?)).collect()
    }
    /// A part of the answered requests that a text finds, newest first. They may be very many: they are ordered and counted where
    /// they were found, and only what is shown is read.
    pub(super) async fn answered_found(&mut self, ask: &InboxAsk, wanted: &Wanted, counts: Counts) -> Result<InboxPage> {
        let later: HashSet<RecordId> = self.later(ask.shown).into_iter().collect();
        let found = self.found(wanted).await?;
        let shown = || found.of(ask.view).filter(|it| !later.contains(&it.id));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let total = count(shown().count());
        let newer = count(found.of(ask.view).count()) - total;
        if total == 0 {
            return Ok(InboxPage { counts, newer, offset: first(ask, None, 0), version: self.version, ..InboxPage::default() });
        }
        let around = ask.around.and_then(|name| shown().find(|it| it.id == name.id));
        let at = around.map(|around| count(shown().filter(|it| newest_first(it, around).is_lt()).count()));
        let offset = first(ask, at, total);
        let upto = (offset as usize).saturating_add(ask.limit as usize);
        let among = first_by(shown(), upto, |a, b| newest_first(a, b)).into_iter().skip(offset as usize).map(|it| it.row).collect();
        let list = List { ask, among: Some(among), now: self.now().ms(), later: Vec::new() };
        let rows = self.rows(&list, 0, Borders::at(self.now(), ask.zone)).await?;
        let groups = Groups { done: total, ..Groups::default() };
        Ok(InboxPage { rows, offset, at, total, groups, counts, newer, version: self.version })
    }
}

/// The requests that a text finds: by what stands in them, and these of clients who have the number that is typed.
pub(super) struct AllFound<'a> {
    finder: &'a Finder,
    theirs: HashSet<RecordId>,
}

impl AllFound<'_> {
    /// Those of a list. Whose hands they are in and what is put off is not asked here.
    pub(super) fn of(&self, view: View) -> impl Iterator<Item = &Found> {
        let by_text = self.finder.found(Kind::Consultation).filter(|it| !self.theirs.contains(&it.id));
        let by_number = self.theirs.iter().filter_map(|id| self.finder.get(Kind::Consultation, *id));
        let stands_there =
            move |it: &&Found| it.open == view.is_open() && view.state().is_none_or(|state| state == self.finder.state_of(it));
        by_text.chain(by_number).filter(stands_there)
    }
}
