//! Reading records by name.

use domain::{
    facts::Held,
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
};
use sqlx::{QueryBuilder, Row, Sqlite, sqlite::SqliteRow};
use std::{collections::BTreeMap, sync::Arc};

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
        for (kind, ids) in by_kind(names) {
            // The most variables of a statement are 32,766.
            for part in ids.chunks(1_000) {
                let mut query = QueryBuilder::<Sqlite>::new("SELECT id, rev, seq, ours, body FROM record WHERE kind = ");
                query.push_bind(i64::from(kind.code())).push(" AND id IN (");
                let mut list = query.separated(", ");
                for id in part {
                    list.push_bind(blob(*id));
                }
                query.push(") ORDER BY id");
                let rows = self.file.all(query.build()).await?;
                for row in rows {
                    all.push(Stored::of(kind, &row)?);
                }
            }
        }
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

/// Ids by kind, each once and in order.
pub(super) fn by_kind(names: &[RecordRef]) -> BTreeMap<Kind, Vec<RecordId>> {
    let mut all: BTreeMap<Kind, Vec<RecordId>> = BTreeMap::new();
    for name in names {
        all.entry(name.kind).or_default().push(name.id);
    }
    for ids in all.values_mut() {
        ids.sort();
        ids.dedup();
    }
    all
}
