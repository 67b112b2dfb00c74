//! The requests that a text finds: by what stands in them, and by the telephone number of their client.

use domain::{id::RecordId, record::Kind, search::Wanted};
use sqlx::{QueryBuilder, Row};
use std::{cmp::Reverse, collections::HashSet};

use super::{
    ask::{Counts, Groups, InboxAsk, InboxPage, View},
    counts::Borders,
    list::List,
    read::first,
};
use crate::{
    cabinet::Inner,
    error::Result,
    mirror::{Found, id_of},
};

/// The clients whose requests are shown for a number at most: one that fits more of them is not typed to its end.
const CLIENTS: usize = 200;

impl Inner {
    /// The requests of a list that a text finds, in no order. Whose hands they are in and what is put off is not asked here.
    pub(super) async fn found(&mut self, view: View, wanted: &Wanted) -> Result<Vec<Found>> {
        let theirs = self.of_numbers(wanted).await?;
        let finder = self.mirror.finder().await?;
        let mut found = finder.find(Kind::Consultation, wanted).to_vec();
        if !theirs.is_empty() {
            found.retain(|it| !theirs.contains(&it.id));
            found.extend(finder.those(Kind::Consultation, &theirs));
        }
        found.retain(|it| it.open == view.is_open() && view.state().is_none_or(|state| state == finder.state_of(it)));
        Ok(found)
    }
    /// The requests of clients who have the number that is typed.
    async fn of_numbers(&mut self, wanted: &Wanted) -> Result<HashSet<RecordId>> {
        if !wanted.is_number() {
            return Ok(HashSet::new());
        }
        let clients = self.mirror.finder().await?.find(Kind::Client, wanted).to_vec();
        if clients.is_empty() {
            return Ok(HashSet::new());
        }
        let mut query = QueryBuilder::new("SELECT id FROM record INDEXED BY record_client WHERE kind = 3 AND about IN (");
        let mut ids = query.separated(", ");
        for client in clients.iter().take(CLIENTS) {
            ids.push_bind(client.id.uuid().as_bytes().to_vec());
        }
        query.push(")");
        let rows = self.mirror.fetch_rows(query).await?;
        rows.iter().map(|row| Ok(id_of(row.try_get("id")?)?)).collect()
    }
    /// A part of the answered requests that were found, newest first. They may be very many: they are ordered and counted where
    /// they were found, and only what is shown is read.
    pub(super) async fn answered_found(&mut self, ask: &InboxAsk, mut found: Vec<Found>, counts: Counts) -> Result<InboxPage> {
        let later: HashSet<RecordId> = self.later(ask.shown).into_iter().collect();
        let all = found.len();
        found.retain(|it| !later.contains(&it.id));
        let newer = all - found.len();
        found.sort_unstable_by_key(|it| Reverse((it.at, it.id)));
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let at = ask.around.and_then(|name| found.iter().position(|it| it.id == name.id)).map(count);
        let total = count(found.len());
        let offset = first(ask, at, total);
        let shown = found.into_iter().skip(offset as usize).take(ask.limit as usize).map(|it| it.id).collect();
        let list = List { ask, among: Some(shown), now: self.now().ms(), later: Vec::new() };
        let rows = self.rows(&list, 0, Borders::at(self.now(), ask.zone)).await?;
        let groups = Groups { done: total, ..Groups::default() };
        Ok(InboxPage { rows, offset, at, total, groups, counts, newer: count(newer), version: self.version })
    }
}
