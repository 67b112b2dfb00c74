//! Reading records by name.

use domain::{
    facts::Held,
    record::{AnyRecord, Kind, RecordRef},
};
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};
use std::sync::Arc;

use super::{Mirror, gone, rows::blob};
use crate::error::{Error, Result};

/// A record as it stands in a table.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// Which.
    pub(crate) name: RecordRef,
    /// Its revision.
    pub(crate) rev: i64,
    /// The number of the server's last word about it; 0 where there is none.
    pub(crate) seq: i64,
    /// Whether something of ours is laid over it.
    pub(crate) ours: bool,
    /// What it says.
    pub(crate) body: String,
}

impl Stored {
    /// Reads a row with the columns `id, rev, seq, ours, body` of this kind.
    pub(crate) fn of(kind: Kind, row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            name: RecordRef { kind, id: gone::id(row.try_get("id")?)? },
            rev: row.try_get("rev")?,
            seq: row.try_get("seq")?,
            ours: row.try_get("ours")?,
            body: row.try_get("body")?,
        })
    }
    /// The record.
    pub(crate) fn record(&self) -> Result<AnyRecord> {
        decode(self.name, &self.body)
    }
    /// The record as a rule reads it.
    pub(crate) fn held(&self) -> Result<Held> {
        Ok(Held { rev: self.rev, record: Arc::new(self.record()?) })
    }
}

/// Reads a body from a table.
pub(crate) fn decode(name: RecordRef, body: &str) -> Result<AnyRecord> {
    AnyRecord::from_json(name.kind, body).map_err(|_| Error::Inconsistent { table: "record", column: "body", id: name.to_string() })
}

impl Mirror {
    /// A record as it is shown.
    pub(crate) async fn lookup(&mut self, name: RecordRef) -> Result<Option<Stored>> {
        Ok(self.records(&[name]).await?.pop())
    }
    /// Records as they are shown, in the order of their names; those that are not here are left out.
    pub(crate) async fn records(&mut self, names: &[RecordRef]) -> Result<Vec<Stored>> {
        let mut all = Vec::with_capacity(names.len());
        for mut query in by_name("SELECT kind, id, rev, seq, ours, body FROM record", names) {
            for row in self.file.all(query.build()).await? {
                all.push(Stored::of(kind_of(&row)?, &row)?);
            }
        }
        all.sort_by_key(|stored| stored.name);
        Ok(all)
    }
    /// The records of a statement with the columns of [`Stored::of`].
    pub(crate) async fn fetch(&mut self, kind: Kind, query: QueryBuilder<Sqlite>) -> Result<Vec<Stored>> {
        let rows = self.fetch_rows(query).await?;
        rows.iter().map(|row| Ok(Stored::of(kind, row)?)).collect()
    }
    /// The rows of a statement.
    pub(crate) async fn fetch_rows(&mut self, mut query: QueryBuilder<Sqlite>) -> Result<Vec<SqliteRow>> {
        self.file.all(query.build()).await
    }
    /// The one row of a statement.
    pub(crate) async fn fetch_row(&mut self, mut query: QueryBuilder<Sqlite>) -> Result<SqliteRow> {
        self.file.one(query.build()).await
    }
}

/// The most ids that one statement names; the most variables of one are 32,766.
const NAMED: usize = 1_000;

/// Statements that read these records, each of all kinds at once.
pub(super) fn by_name(select: &'static str, names: &[RecordRef]) -> Vec<QueryBuilder<Sqlite>> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    let statement = |part: &[RecordRef]| {
        let mut query = QueryBuilder::new("");
        for (n, of_kind) in part.chunk_by(|a, b| a.kind == b.kind).enumerate() {
            query.push(if n > 0 { " UNION ALL " } else { "" }).push(select);
            query.push(" WHERE kind = ").push_bind(i64::from(of_kind[0].kind.code())).push(" AND id IN (");
            let mut list = query.separated(", ");
            for name in of_kind {
                list.push_bind(blob(name.id));
            }
            query.push(")");
        }
        query
    };
    names.chunks(NAMED).map(statement).collect()
}

/// The kind of a row that says it by number.
pub(super) fn kind_of(row: &SqliteRow) -> sqlx::Result<Kind> {
    Kind::of_code(row.try_get("kind")?).ok_or_else(|| sqlx::Error::Decode("a kind without a record".into()))
}
