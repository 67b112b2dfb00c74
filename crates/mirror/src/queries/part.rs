//! Reading a part of a list: which rows, in which order, where one of them stands, and what came later and is left out. Every list of
//! the window is read so.

use domain::{
    id::RecordId,
    record::{AnyRecord, Kind, Record, RecordRef},
    search::Wanted,
};
use sqlx::{
    QueryBuilder, Row,
    sqlite::{Sqlite, SqliteRow},
};
use std::collections::{HashMap, HashSet};

use super::{first_by, newest_first};
use crate::{
    cabinet::{Inner, Turn},
    error::{Error, Result},
    mirror::{Found, Stored, decode},
};

/// A list: which rows, in which order.
pub(super) trait Listing {
    /// From where, and which rows stand in it: `FROM … WHERE …`.
    fn rows(&self, query: &mut QueryBuilder<Sqlite>);
    /// What came after the version that was let in.
    fn later(&self) -> &[RecordRef];
    /// Whether the newest row comes first; else the one that is due first.
    fn is_newest_first(&self) -> bool;
    /// From where, and which rows the list has; or, with `only_later`, which of them came after the version that was let in.
    fn conditions(&self, query: &mut QueryBuilder<Sqlite>, only_later: bool) {
        self.rows(query);
        if !self.later().is_empty() {
            // By kind and id: a conversation has the id of its order.
            query.push(if only_later { " AND (kind, id) IN (" } else { " AND (kind, id) NOT IN (" });
            query.push_values(self.later(), |mut row, name| {
                row.push_bind(i64::from(name.kind.code())).push_bind(name.id.uuid().as_bytes().to_vec());
            });
            query.push(")");
        }
    }
    /// The columns of its order: until when something is promised, and by which moment those that are promised for the same one stand.
    fn ranks_by(&self) -> [&'static str; 2] {
        ["due", "at"]
    }
    fn order(&self, query: &mut QueryBuilder<Sqlite>) {
        let [due, at] = self.ranks_by();
        query.push(if self.is_newest_first() {
            format!(" ORDER BY {at} DESC, id DESC")
        } else {
            format!(" ORDER BY {due}, {at}, id, kind")
        });
    }
}

/// Only these rows, by their numbers. However many there are, they are one argument.
pub(super) fn push_among(query: &mut QueryBuilder<Sqlite>, among: &[i64]) {
    let rows = serde_json::Value::from(among).to_string();
    query.push(" AND n IN (SELECT value FROM json_each(").push_bind(rows).push("))");
}

/// Which part is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) offset: u32,
    pub(super) limit: u32,
    pub(super) around: Option<RecordRef>,
}

impl Wish {
    /// Where the part begins: where `around` stands in its middle, if the list has it.
    pub(super) fn first(&self, at: Option<u32>, total: u32) -> u32 {
        at.map_or(self.offset, |at| at.saturating_sub(self.limit / 2).min(total.saturating_sub(self.limit)))
    }
}

/// A part of what a text finds, newest first.
#[derive(Debug, Default)]
pub(super) struct FoundPart {
    /// The numbers of its rows, in no order.
    pub(super) rows: Vec<i64>,
    pub(super) offset: u32,
    pub(super) at: Option<u32>,
    pub(super) total: u32,
    pub(super) newer: u32,
}

/// A part of a list whose order stands in the file alone.
#[derive(Debug, Default)]
pub(super) struct OrderedPart {
    /// The numbers of its rows, in their order.
    pub(super) rows: Vec<i64>,
    pub(super) offset: u32,
    pub(super) at: Option<u32>,
    pub(super) total: u32,
}

/// A part of what was found, newest first. That may be very much: it is ordered and counted where it was found, and only what is shown
/// is read.
pub(super) fn newest_part<'a, I>(found: impl Fn() -> I, later: &[RecordRef], wish: Wish) -> FoundPart
where
    I: Iterator<Item = &'a Found>,
{
    let later: HashSet<RecordId> = later.iter().map(|name| name.id).collect();
    let shown = || found().filter(|it| !later.contains(&it.id));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let total = count(shown().count());
    let newer = count(found().count()) - total;
    let around = wish.around.and_then(|name| shown().find(|it| it.id == name.id));
    let at = around.map(|around| count(shown().filter(|it| newest_first(it, around).is_lt()).count()));
    let offset = wish.first(at, total);
    let upto = (offset as usize).saturating_add(wish.limit as usize);
    let rows = first_by(shown(), upto, |a, b| newest_first(a, b)).into_iter().skip(offset as usize).map(|it| it.row).collect();
    FoundPart { rows, offset, at, total, newer }
}

/// What the server last said of a row over which something of ours is laid. It comes with the row: to the file's thread and back for it
/// alone is dearer.
const SAID: &str = "CASE WHEN ours THEN (SELECT body FROM undo WHERE undo.kind = record.kind AND undo.id = record.id) END AS said";

/// What the server last said of such a row, in a part of a list; nothing where the record is not the server's yet.
pub(super) fn said_in(stored: &Stored, row: &SqliteRow) -> sqlx::Result<Option<AnyRecord>> {
    let body: Option<&str> = row.try_get("said")?;
    Ok(body.and_then(|body| decode(stored.name, body).ok()))
}

/// The record of a row.
pub(crate) fn of<R: Record>(stored: &Stored) -> Result<R> {
    let record = stored.record()?;
    R::of(&record).cloned().ok_or_else(|| Error::Inconsistent { table: "record", column: "kind", id: stored.name.to_string() })
}

impl Inner {
    /// What came into a list, in one of these ways, after this version.
    pub(super) fn later(&self, shown: Option<u64>, ways: &[Turn]) -> Vec<RecordRef> {
        self.entered.later(shown, ways)
    }
    /// Where a row stands in a list, if the list has it.
    pub(super) async fn place(&mut self, list: &impl Listing, name: RecordRef) -> Result<Option<u32>> {
        let id = || name.id.uuid().as_bytes().to_vec();
        let [by, then] = list.ranks_by();
        let mut query =
            QueryBuilder::new(format!("SELECT {by} AS due, {then} AS at FROM record WHERE {by} IS NOT NULL AND {then} IS NOT NULL"));
        query.push(" AND kind = ").push_bind(i64::from(name.kind.code())).push(" AND id = ").push_bind(id());
        let Some(row) = self.mirror.fetch_rows(query).await?.pop() else { return Ok(None) };
        let (due, at): (i64, i64) = (row.try_get("due")?, row.try_get("at")?);
        // Whether the list has it is looked up where its order puts it.
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, false);
        query.push(format!(" AND {by} = ")).push_bind(due).push(format!(" AND {then} = ")).push_bind(at);
        query.push(" AND id = ").push_bind(id()).push(" AND kind = ").push_bind(i64::from(name.kind.code()));
        if self.count(query).await? == 0 {
            return Ok(None);
        }
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, false);
        if list.is_newest_first() {
            query.push(format!(" AND ({then}, id) > (")).push_bind(at).push(", ").push_bind(id()).push(")");
        } else {
            query.push(format!(" AND ({by}, {then}, id, kind) < (")).push_bind(due).push(", ").push_bind(at).push(", ");
            query.push_bind(id()).push(", ").push_bind(i64::from(name.kind.code())).push(")");
        }
        self.count(query).await.map(Some)
    }
    /// How many rows a list has.
    pub(super) async fn count_of(&mut self, list: &impl Listing) -> Result<u32> {
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, false);
        self.count(query).await
    }
    /// How many rows of a list came after the version that was let in.
    pub(super) async fn newer(&mut self, list: &impl Listing) -> Result<u32> {
        if list.later().is_empty() {
            return Ok(0);
        }
        let mut query = QueryBuilder::new("SELECT count(*)");
        list.conditions(&mut query, true);
        self.count(query).await
    }
    /// A number that a statement counts.
    pub(super) async fn count(&mut self, query: QueryBuilder<Sqlite>) -> Result<u32> {
        let n: i64 = self.mirror.fetch_row(query).await?.try_get(0)?;
        Ok(u32::try_from(n).unwrap_or(u32::MAX))
    }
    /// A part of a list: its rows with these columns beside those of [`Stored::of`] and [`said_in`].
    pub(super) async fn part(&mut self, list: &impl Listing, columns: &'static str, limit: u32, offset: u32) -> Result<Vec<SqliteRow>> {
        let mut query = QueryBuilder::new("SELECT id, rev, seq, ours, body, ");
        query.push(SAID).push(columns);
        list.conditions(&mut query, false);
        list.order(&mut query);
        query.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        self.mirror.fetch_rows(query).await
    }
    /// A part of those that a text finds in a list of this name whose order stands in the file alone. That may be very many: `numbers`
    /// reads the order as one text of numbers, it is kept until something is written, and what is not found is left out here.
    pub(super) async fn found_in_order(
        &mut self,
        kind: Kind,
        (list, numbers): (&'static str, QueryBuilder<Sqlite>),
        wanted: &Wanted,
        wish: Wish,
    ) -> Result<OrderedPart> {
        let finder = self.mirror.find_text(kind, wanted).await?;
        if finder.found(kind).next().is_none() {
            return Ok(OrderedPart { offset: wish.first(None, 0), ..OrderedPart::default() });
        }
        let around = wish.around.and_then(|name| finder.get(kind, name.id)).map(|it| it.row);
        let kept = finder.in_order(kind, list);
        let shown = match kept {
            Some(shown) => shown,
            None => {
                let row = self.mirror.fetch_row(numbers).await?;
                let all: &str = row.try_get::<Option<&str>, _>(0)?.unwrap_or_default();
                self.mirror.keep_order(kind, list, all.split(' ').filter_map(|n| n.parse().ok()));
                self.mirror.find_text(kind, wanted).await?.in_order(kind, list).unwrap_or_default()
            }
        };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let at = around.and_then(|row| shown.iter().position(|n| *n == row)).map(count);
        let total = count(shown.len());
        let offset = wish.first(at, total);
        let rows = shown.into_iter().skip(offset as usize).take(wish.limit as usize).collect();
        Ok(OrderedPart { rows, offset, at, total })
    }
    /// What the server last said of those of these rows over which something of ours is laid.
    pub(crate) async fn said_of<R: Record>(&mut self, rows: impl Iterator<Item = &Stored>) -> Result<HashMap<RecordId, R>> {
        let ours: Vec<RecordRef> = rows.filter(|it| it.ours).map(|it| it.name).collect();
        let server = self.mirror.said(&ours).await?;
        Ok(server.into_iter().filter_map(|(name, record)| R::of(&record).map(|said| (name.id, said.clone()))).collect())
    }
}

/// A mirror without a record, which knows how statements are gone about; its folder goes with it.
#[cfg(test)]
pub(super) struct Planner {
    mirror: crate::mirror::Mirror,
    _folder: tempfile::TempDir,
}

#[cfg(test)]
impl Planner {
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (path, key) = (folder.path().join("m.db"), crate::key::Key::new([3; 32]));
        let me = domain::id::UserId::from_uuid(uuid::Uuid::nil());
        Self { mirror: crate::mirror::Mirror::open(&path, &key, me, 1).await.unwrap(), _folder: folder }
    }
    /// How the engine goes about a statement, a step a line.
    pub(super) async fn plan(&mut self, of: &QueryBuilder<Sqlite>) -> String {
        let query = QueryBuilder::new(format!("EXPLAIN QUERY PLAN {}", of.sql().as_str()));
        let rows = self.mirror.fetch_rows(query).await.unwrap();
        rows.iter().map(|row| row.try_get::<String, _>("detail").unwrap()).collect::<Vec<_>>().join("\n")
    }
}
