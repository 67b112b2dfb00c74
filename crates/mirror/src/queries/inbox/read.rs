//! Reading a part of a list.

use domain::{
    id::RecordId,
    record::{Kind, RecordRef},
    records::Consultation,
    search::Wanted,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row, sqlite::Sqlite};

use super::{
    ask::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View},
    counts::Borders,
    list::List,
};
use crate::{
    cabinet::{Cabinet, Inner},
    error::{Error, Result},
    mirror::Stored,
};

const COLUMNS: &str = "SELECT id, rev, seq, ours, body, looked, open, due";

impl Cabinet {
    /// A part of a list.
    ///
    /// # Errors
    /// [`Error`].
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
        let found: Vec<i64> = self.found(&wanted).await?.of(ask.view).map(|it| it.row).collect();
        if found.is_empty() {
            return Ok(InboxPage { counts, offset: first(ask, None, 0), version: self.version, ..InboxPage::default() });
        }
        self.listed(ask, Some(found), counts).await
    }
    /// A part of a list, or of those in it that were found.
    async fn listed(&mut self, ask: &InboxAsk, among: Option<Vec<i64>>, counts: Counts) -> Result<InboxPage> {
        let list = List { ask, among, now: self.now().ms(), later: self.later(ask.shown) };
        let borders = Borders::at(self.now(), ask.zone);
        let groups = self.groups(&list, borders, &counts).await?;
        let newer = self.newer(&list).await?;
        let total = groups.late + groups.today + groups.next + groups.done;
        let at = match ask.around {
            Some(name) => self.place(&list, name).await?,
            None => None,
        };
        let offset = first(ask, at, total);
        let rows = self.rows(&list, offset, borders).await?;
        Ok(InboxPage { rows, offset, at, total, groups, counts, newer, version: self.version })
    }
    /// Ids of what came into a list after this version.
    pub(super) fn later(&self, shown: Option<u64>) -> Vec<RecordId> {
        match shown {
            Some(shown) if shown >= self.floor => self.entered.iter().filter(|(_, v)| **v > shown).map(|(id, _)| *id).collect(),
            _ => Vec::new(),
        }
    }
    pub(super) async fn rows(&mut self, list: &List<'_>, offset: u32, borders: Borders) -> Result<Vec<InboxLine>> {
        let mut query = QueryBuilder::new(COLUMNS);
        list.conditions(&mut query, false);
        list.order(&mut query);
        query.push(" LIMIT ").push_bind(list.ask.limit).push(" OFFSET ").push_bind(offset);
        let rows = self.mirror.fetch_rows(query).await?;
        let stored: Vec<(Stored, bool, bool, i64)> = rows
            .iter()
            .map(|row| Ok((Stored::of(Kind::Consultation, row)?, row.try_get("looked")?, row.try_get("open")?, row.try_get("due")?)))
            .collect::<sqlx::Result<_>>()?;
        let ours: Vec<RecordRef> = stored.iter().filter(|(s, ..)| s.ours).map(|(s, ..)| s.name).collect();
        let server = self.mirror.server_states(&ours).await?;
        let marks = self.marks();
        let mut lines = Vec::with_capacity(stored.len());
        for (it, looked, open, due) in stored {
            let consultation = consultation(&it)?;
            let said = server.get(&it.name).and_then(|r| match r {
                domain::record::AnyRecord::Consultation(said) => Some(said),
                _ => None,
            });
            let mark = marks.get(&it.name.id).copied();
            lines.push(InboxLine {
                ours: it.ours && said.is_none_or(|s| s.status != consultation.status),
                claim_ours: it.ours && said.is_none_or(|s| s.claim != consultation.claim),
                mark,
                unseen: !looked && open,
                group: borders.group(open, due),
                consultation,
            });
        }
        Ok(lines)
    }
    /// Where a row stands in a list, if the list has it.
    async fn place(&mut self, list: &List<'_>, name: RecordRef) -> Result<Option<u32>> {
        let mut query = QueryBuilder::new("SELECT due, at");
        list.conditions(&mut query, false);
        query.push(" AND id = ").push_bind(name.id.uuid().as_bytes().to_vec());
        let Some(row) = self.mirror.fetch_rows(query).await?.pop() else { return Ok(None) };
        let (due, at): (i64, i64) = (row.try_get("due")?, row.try_get("at")?);
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, false);
        if list.ask.view.is_open() {
            query.push(" AND (due, at, id) < (").push_bind(due).push(", ");
        } else {
            query.push(" AND (at, id) > (");
        }
        query.push_bind(at).push(", ").push_bind(name.id.uuid().as_bytes().to_vec()).push(")");
        self.count(query).await.map(Some)
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
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, false);
        self.count(query).await
    }
    /// How many rows of a list came after the version that was let in.
    async fn newer(&mut self, list: &List<'_>) -> Result<u32> {
        if list.later.is_empty() {
            return Ok(0);
        }
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, true);
        self.count(query).await
    }
    async fn count(&mut self, query: QueryBuilder<Sqlite>) -> Result<u32> {
        let n: i64 = self.mirror.fetch_row(query).await?.try_get(0)?;
        Ok(u32::try_from(n).unwrap_or(u32::MAX))
    }
}

/// Where the part of a list begins that is asked for: where `around` stands in its middle, if the list has it.
pub(super) fn first(ask: &InboxAsk, at: Option<u32>, total: u32) -> u32 {
    at.map_or(ask.offset, |at| at.saturating_sub(ask.limit / 2).min(total.saturating_sub(ask.limit)))
}

pub(super) fn consultation(stored: &Stored) -> Result<Consultation> {
    match stored.record()? {
        domain::record::AnyRecord::Consultation(it) => Ok(it),
        _ => Err(Error::Inconsistent { table: "record", column: "kind", id: stored.name.to_string() }),
    }
}
