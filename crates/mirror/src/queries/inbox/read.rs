//! Reading a part of a list.

use domain::{
    record::{AnyRecord, Kind},
    search::Wanted,
    time::UtcMillis,
    waiting::{Item, waits_for},
};
use sqlx::{QueryBuilder, Row};

use super::{
    ask::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View},
    counts::Borders,
    found::of_view,
    list::List,
};
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
    mirror::Stored,
    queries::{
        orders,
        part::{Listing as _, said_in},
    },
};

/// Beside those of [`Stored::of`].
const COLUMNS: &str = ", kind, open, due, rank, \
    CASE kind WHEN 10 THEN coalesce((SELECT place < 2 FROM talk WHERE talk.id = record.id), 0) ELSE open AND NOT looked END AS unseen";

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
        let mut found: Vec<i64> = Vec::new();
        for kind in ask.view.kinds() {
            found.extend(of_view(&self.found(*kind, &wanted).await?, ask.view).map(|it| it.row));
        }
        if found.is_empty() {
            return Ok(InboxPage { counts, offset: ask.wish().first(None, 0), version: self.version, ..InboxPage::default() });
        }
        self.listed(ask, Some(found), counts).await
    }
    /// A part of a list, or of those in it that were found.
    async fn listed(&mut self, ask: &InboxAsk, among: Option<Vec<i64>>, counts: Counts) -> Result<InboxPage> {
        let list = List { ask, among, now: self.now().ms(), later: self.later(ask.shown, ask.view.ways()) };
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
        let mut stored = Vec::with_capacity(rows.len());
        for row in &rows {
            // Only kinds of this program have a rank.
            let Some(kind) = Kind::of_code(row.try_get("kind")?) else { continue };
            let (open, rank, due): (bool, Option<i64>, Option<i64>) = (row.try_get("open")?, row.try_get("rank")?, row.try_get("due")?);
            let group = borders.group(open || rank.is_some(), rank.or(due).unwrap_or_default());
            let it = Stored::of(kind, row)?;
            let said = said_in(&it, row)?;
            stored.push((it, said, row.try_get("unseen")?, group));
        }
        let (marks, me) = (self.marks(), self.actor().id());
        let mut lines = Vec::with_capacity(stored.len());
        for (it, said, unseen, group) in stored {
            let record = it.record()?;
            let waits = waits_for(&record, me);
            let (ours, claim_ours) = if it.ours { is_ours(&record, said.as_ref()) } else { (false, false) };
            let mark = marks.get(&it.name).copied();
            lines.extend(Item::of(record).map(|item| InboxLine { item, waits, ours, claim_ours, mark, unseen, group }));
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
        let mut query = QueryBuilder::new("SELECT count(*) FILTER (WHERE rank <= ");
        query.push_bind(borders.now).push("), count(*) FILTER (WHERE rank > ").push_bind(borders.now).push(" AND rank < ");
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

/// Whether a record that is laid over stands otherwise than the server said; and whether its claim does.
fn is_ours(shown: &AnyRecord, said: Option<&AnyRecord>) -> (bool, bool) {
    match (shown, said) {
        (AnyRecord::Consultation(shown), Some(AnyRecord::Consultation(said))) => (said.status != shown.status, said.claim != shown.claim),
        (AnyRecord::Order(shown), Some(AnyRecord::Order(said))) => (orders::is_ours(shown, Some(said)), said.claim != shown.claim),
        (AnyRecord::Conversation(shown), Some(AnyRecord::Conversation(said))) => (said.messages != shown.messages, false),
        (AnyRecord::Consultation(_), _) => (true, true),
        _ => (true, false),
    }
}
