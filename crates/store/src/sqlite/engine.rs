//! SQLite behind the port of [`crate::sql`].

use futures_util::TryStreamExt as _;
use sqlx::sqlite::{SqliteArguments, SqliteRow, SqliteValueRef};
use sqlx::{Arguments as _, Decode, Row as _, Sqlite as Driver, Transaction, TypeInfo as _, ValueRef as _};
use std::fmt::Write as _;
use std::sync::Arc;
use uuid::Uuid;

use super::log::Log;
use crate::{
    Result, StoreError,
    sql::{Arg, Bad, Bulk, CellResult, Cells, Dialect, Engine, SIZES, failed},
};

/// The engine.
pub(crate) enum SqliteEngine {}

impl Engine for SqliteEngine {
    type Row = SqliteRow;
    type Tx = Tx;
    const DIALECT: Dialect = Dialect::Sqlite;

    async fn each<F>(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>, mut read: F) -> Result<()>
    where
        F: FnMut(&SqliteRow) -> Result<()> + Send,
    {
        let mut rows = sqlx::query_with(sql, arguments(args)?).fetch(&mut *tx.inner);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            read(&row)?;
        }
        Ok(())
    }
    async fn execute(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>) -> Result<u64> {
        let done = sqlx::query_with(sql, arguments(args)?).execute(&mut *tx.inner).await;
        done.map(|done| done.rows_affected()).map_err(failed)
    }
    /// As many rows at a time as the largest statement takes that is not larger than what is left.
    async fn bulk(tx: &mut Self::Tx, bulk: &'static Bulk, rows: Vec<Arg>) -> Result<u64> {
        let width = bulk.types.len();
        let (mut left, mut rows, mut changed) = (rows.len() / width, rows.into_iter(), 0);
        for (size, text) in SIZES.into_iter().zip(&bulk.sqlite) {
            while left >= size {
                changed += Self::execute(tx, text, rows.by_ref().take(size * width).collect()).await?;
                left -= size;
            }
        }
        Ok(changed)
    }
    /// A second process sees the new `data_version` by itself, so nobody has to be woken.
    ///
    /// What was erased is gone from the pages of the file (`secure_delete`), and stands in those that the log still has.
    async fn commit(tx: Self::Tx, _wake: bool, erased: bool) -> Result<()> {
        tx.inner.commit().await.map_err(failed)?;
        if let Some(log) = tx.log {
            log.after_commit(erased).await;
        }
        Ok(())
    }
}

/// A transaction, and the log it writes to, if it writes.
pub(crate) struct Tx {
    pub(super) inner: Transaction<'static, Driver>,
    pub(super) log: Option<Arc<Log>>,
}

/// Binds arguments.
pub(crate) fn arguments(args: Vec<Arg>) -> Result<SqliteArguments> {
    let mut bound = SqliteArguments::default();
    bound.reserve(args.len(), 0);
    for arg in args {
        let done = match arg {
            Arg::Id(id) => bound.add(id.map(|id| id.as_bytes().to_vec())),
            Arg::Int(n) => bound.add(n),
            Arg::Flag(flag) => bound.add(flag),
            Arg::Text(text) => bound.add(text),
            Arg::Bytes(bytes) => bound.add(bytes),
            Arg::Ids(ids) => bound.add(hexadecimal(&ids)),
            Arg::Ints(ns) => bound.add(list(&ns)?),
            Arg::Texts(texts) => bound.add(list(&texts)?),
        };
        done.map_err(|e| StoreError::Driver(e.to_string()))?;
    }
    Ok(bound)
}

fn list<T: serde::Serialize>(values: &[T]) -> Result<String> {
    serde_json::to_string(values).map_err(|e| StoreError::Driver(e.to_string()))
}

/// JSON has no bytes, so ids go as `["019abf6b…", …]` and come out by `unhex`.
fn hexadecimal(ids: &[Uuid]) -> String {
    let mut json = String::with_capacity(ids.len() * 35 + 2);
    json.push('[');
    for (at, id) in ids.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(json, "{}\"{}\"", if at == 0 { "" } else { "," }, id.simple());
    }
    json.push(']');
    json
}

/// The value of a cell that must be of this storage class, or nothing.
fn value<'r>(row: &'r SqliteRow, at: usize, class: &str) -> CellResult<Option<SqliteValueRef<'r>>> {
    let value = row.try_get_raw(at).map_err(|e| Bad::Owned(e.to_string()))?;
    // Of a missing value the driver tells the type of the column.
    if value.is_null() {
        return Ok(None);
    }
    if value.type_info().name() == class {
        Ok(Some(value))
    } else {
        Err(Bad::Owned(format!("{} where {class} was expected", value.type_info().name())))
    }
}

fn decoded<'r, T: Decode<'r, Driver>>(value: Option<SqliteValueRef<'r>>) -> CellResult<Option<T>> {
    value.map(|value| T::decode(value).map_err(|e| Bad::Owned(e.to_string()))).transpose()
}

impl Cells for SqliteRow {
    fn int(&self, at: usize) -> CellResult<Option<i64>> {
        decoded(value(self, at, "INTEGER")?)
    }
    fn flag(&self, at: usize) -> CellResult<Option<bool>> {
        match self.int(at)? {
            None => Ok(None),
            Some(n @ (0 | 1)) => Ok(Some(n == 1)),
            Some(_) => Err(Bad::Borrowed("neither 0 nor 1")),
        }
    }
    fn text(&self, at: usize) -> CellResult<Option<&str>> {
        decoded(value(self, at, "TEXT")?)
    }
    fn bytes(&self, at: usize) -> CellResult<Option<&[u8]>> {
        decoded(value(self, at, "BLOB")?)
    }
    fn name(&self, at: usize) -> &str {
        sqlx::Row::columns(self).get(at).map_or("", |column| sqlx::Column::name(column))
    }
}
