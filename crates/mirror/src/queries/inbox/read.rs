//! Reading a part of a list.

use domain::{id::RecordId, record::Kind, records::Consultation, search::Wanted, time::UtcMillis};
use sqlx::{QueryBuilder, Row};
use std::collections::HashMap;

use super::{
    ask::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View},
    counts::Borders,
    found::of_view,
    list::List,
};
use crate::{
    cabinet::{Cabinet, Inner, Turn},
    error::Result,
    mirror::Stored,
    queries::part::{Listing as _, of},
};

/// Beside those of [`Stored::of`].
const COLUMNS: &str = ", looked, open, due";

impl Cabinet {
    /// A part of a list.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn inbox(&self, ask: &InboxAsk, now: UtcMillis) -> Result<InboxPage> {
        self.lock(now).await?.inbox(ask).await
    }
}

impl Inner {
    async fn inbox(&mut self, ask: &InboxAsk) -> Result<InboxPage> {
        let counts = self.counts(ask.zone).await?;
        let wanted = Wanted::new(&ask.text);
        if wanted.is_empty() {
            return self.listed(ask, None, counts).await;
        }
        if !ask.view.is_open() {
            return self.answered_found(ask, &wanted, counts).await;
        }
        let found: Vec<i64> = of_view(&self.found(Kind::Consultation, &wanted).await?, ask.view).map(|it| it.row).collect();
        if found.is_empty() {
            return Ok(InboxPage { counts, offset: ask.wish().first(None, 0), version: self.version, ..InboxPage::default() });
        }
        self.listed(ask, Some(found), counts).await
    }
    /// A part of a list, or of those in it that were found.
    async fn listed(&mut self, ask: &InboxAsk, among: Option<Vec<i64>>, counts: Counts) -> Result<InboxPage> {
        let list = List { ask, among, now: self.now().ms(), later: self.later(ask.shown, Turn::ALL) };
        let borders = Borders::at(self.now(), ask.zone);
        let groups = self.groups(&list, borders, &counts).await?;
        let newer = self.newer(&list).await?;
        let total = groups.late + groups.today + groups.next + groups.done;
        let at = match ask.around {
            Some(name) => self.place(&list, name).await?,
            None => None,
        };
        let offset = ask.wish().first(at, total);
        let rows = self.rows(&list, offset, borders).await?;
        Ok(InboxPage { rows, offset, at, total, groups, counts, newer, version: self.version })
    }
    pub(super) async fn rows(&mut self, list: &List<'_>, offset: u32, borders: Borders) -> Result<Vec<InboxLine>> {
        let rows = self.part(list, COLUMNS, list.ask.limit, offset).await?;
        let stored: Vec<(Stored, bool, bool, i64)> = rows
            .iter()
            .map(|row| Ok((Stored::of(Kind::Consultation, row)?, row.try_get("looked")?, row.try_get("open")?, row.try_get("due")?)))
            .collect::<sqlx::Result<_>>()?;
        let server: HashMap<RecordId, Consultation> = self.said_of(stored.iter().map(|(it, ..)| it)).await?;
        let marks = self.marks();
        let mut lines = Vec::with_capacity(stored.len());
        for (it, looked, open, due) in stored {
            let consultation: Consultation = of(&it)?;
            let said = server.get(&it.name.id);
            lines.push(InboxLine {
                ours: it.ours && said.is_none_or(|s| s.status != consultation.status),
                claim_ours: it.ours && said.is_none_or(|s| s.claim != consultation.claim),
                mark: marks.get(&it.name).copied(),
                unseen: !looked && open,
                group: borders.group(open, due),
                consultation,
            });
        }
        Ok(lines)
    }
    /// How many rows of a list stand in each group.
    async fn groups(&mut self, list: &List<'_>, borders: Borders, counts: &Counts) -> Result<Groups> {
        let plain = list.among.is_none() && list.later.is_empty();
        if plain && list.ask.view == View::Waiting {
            let next = counts.waiting - counts.late - counts.today;
            return Ok(Groups { late: counts.late, today: counts.today, next, done: 0 });
        }
        if !list.ask.view.is_open() {
            return Ok(Groups { done: self.answered(list, plain).await?, ..Groups::default() });
        }
        let mut query = QueryBuilder::new("SELECT count(*) FILTER (WHERE due <= ");
        query.push_bind(borders.now).push("), count(*) FILTER (WHERE due > ").push_bind(borders.now).push(" AND due < ");
        query.push_bind(borders.tomorrow).push("), count(*)");
        list.conditions(&mut query, false);
        let row = self.mirror.fetch_row(query).await?;
        let (late, today, all): (u32, u32, u32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        Ok(Groups { late, today, next: all - late - today, done: 0 })
    }
    /// How many rows a list of answered ones has.
    async fn answered(&mut self, list: &List<'_>, plain: bool) -> Result<u32> {
        if plain {
            let mut query = QueryBuilder::new("SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 3 AND state ");
            match list.ask.view.state() {
                Some(state) => query.push("= ").push_bind(state),
                None => query.push("<> 'waiting'"),
            };
            return self.count(query).await;
        }
        self.count_of(list).await
    }
}
