//! PostgreSQL behind the port of [`crate::sql`].

use futures_util::TryStreamExt as _;
use sqlx::{
    Arguments as _, Postgres as Driver, Row as _, Transaction, ValueRef as _,
    postgres::{PgArguments, PgRow, PgValueFormat},
};

use super::CHANNEL;
use crate::{
    Result, StoreError,
    sql::{Arg, Bad, Bulk, CellResult, Cells, Dialect, Engine, Type, failed},
};

/// The engine.
pub(crate) enum PostgresEngine {}

impl Engine for PostgresEngine {
    type Row = PgRow;
    type Tx = Transaction<'static, Driver>;
    const DIALECT: Dialect = Dialect::Postgres;

    async fn each<F>(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>, mut read: F) -> Result<()>
    where
        F: FnMut(&PgRow) -> Result<()> + Send,
    {
        let mut rows = sqlx::query_with(sql, arguments(args)?).fetch(&mut **tx);
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            read(&row)?;
        }
        Ok(())
    }
    async fn execute(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>) -> Result<u64> {
        let done = sqlx::query_with(sql, arguments(args)?).execute(&mut **tx).await;
        done.map(|done| done.rows_affected()).map_err(failed)
    }
    /// All rows at once: a list for each column.
    async fn bulk(tx: &mut Self::Tx, bulk: &'static Bulk, rows: Vec<Arg>) -> Result<u64> {
        let mut columns: Vec<List> = bulk.types.iter().map(|ty| List::new(*ty)).collect();
        for (at, cell) in rows.into_iter().enumerate() {
            if let Some(column) = columns.get_mut(at % bulk.types.len()) {
                column.push(cell)?;
            }
        }
        let mut bound = PgArguments::default();
        for column in columns {
            column.bind(&mut bound)?;
        }
        let done = sqlx::query_with(bulk.postgres.as_str(), bound).execute(&mut **tx).await;
        done.map(|done| done.rows_affected()).map_err(failed)
    }
    /// Whoever listens hears of it with the commit, and not before.
    ///
    /// What was overwritten stays in the table's pages until a vacuum; that is the cluster's to do (docs/running.md).
    async fn commit(mut tx: Self::Tx, wake: bool, _erased: bool) -> Result<()> {
        if wake {
            sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(&mut *tx).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }
}

/// The cells of one column.
enum List {
    Id(Vec<Option<uuid::Uuid>>),
    Int(Vec<Option<i64>>),
    Flag(Vec<Option<bool>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl List {
    const fn new(ty: Type) -> Self {
        match ty {
            Type::Id => Self::Id(Vec::new()),
            Type::Int => Self::Int(Vec::new()),
            Type::Flag => Self::Flag(Vec::new()),
            Type::Text => Self::Text(Vec::new()),
            Type::Bytes => Self::Bytes(Vec::new()),
        }
    }
    fn push(&mut self, cell: Arg) -> Result<()> {
        match (self, cell) {
            (Self::Id(list), Arg::Id(cell)) => list.push(cell),
            (Self::Int(list), Arg::Int(cell)) => list.push(cell),
            (Self::Flag(list), Arg::Flag(cell)) => list.push(cell),
            (Self::Text(list), Arg::Text(cell)) => list.push(cell),
            (Self::Bytes(list), Arg::Bytes(cell)) => list.push(cell),
            _ => return Err(StoreError::Driver("a cell of another type than its column".into())),
        }
        Ok(())
    }
    fn bind(self, bound: &mut PgArguments) -> Result<()> {
        let done = match self {
            Self::Id(list) => bound.add(list),
            Self::Int(list) => bound.add(list),
            Self::Flag(list) => bound.add(list),
            Self::Text(list) => bound.add(list),
            Self::Bytes(list) => bound.add(list),
        };
        done.map_err(|e| StoreError::Driver(e.to_string()))
    }
}

/// Binds arguments.
pub(crate) fn arguments(args: Vec<Arg>) -> Result<PgArguments> {
    let mut bound = PgArguments::default();
    for arg in args {
        let done = match arg {
            Arg::Id(id) => bound.add(id),
            Arg::Int(n) => bound.add(n),
            Arg::Flag(flag) => bound.add(flag),
            Arg::Text(text) => bound.add(text),
            Arg::Bytes(bytes) => bound.add(bytes),
            Arg::Ids(ids) => bound.add(ids),
            Arg::Ints(ns) => bound.add(ns),
            Arg::Texts(texts) => bound.add(texts),
        };
        done.map_err(|e| StoreError::Driver(e.to_string()))?;
    }
    Ok(bound)
}

/// The bytes of a cell. Statements with arguments answer in the binary format, and all of ours have some or none at all.
fn raw(row: &PgRow, at: usize) -> CellResult<Option<&[u8]>> {
    let value = row.try_get_raw(at).map_err(|e| Bad::Owned(e.to_string()))?;
    if value.is_null() {
        return Ok(None);
    }
    if value.format() != PgValueFormat::Binary {
        return Err(Bad::Borrowed("not in binary format"));
    }
    value.as_bytes().map(Some).map_err(|e| Bad::Owned(e.to_string()))
}

impl Cells for PgRow {
    fn int(&self, at: usize) -> CellResult<Option<i64>> {
        let wrong = Bad::Borrowed("not a whole number");
        let Some(bytes) = raw(self, at)? else { return Ok(None) };
        let n = match bytes.len() {
            2 => bytes.try_into().map(i16::from_be_bytes).map(i64::from),
            4 => bytes.try_into().map(i32::from_be_bytes).map(i64::from),
            _ => bytes.try_into().map(i64::from_be_bytes),
        };
        n.map(Some).map_err(|_| wrong)
    }
    fn flag(&self, at: usize) -> CellResult<Option<bool>> {
        match raw(self, at)? {
            None => Ok(None),
            Some([byte @ (0 | 1)]) => Ok(Some(*byte == 1)),
            Some(_) => Err(Bad::Borrowed("neither true nor false")),
        }
    }
    fn text(&self, at: usize) -> CellResult<Option<&str>> {
        raw(self, at)?.map(|bytes| std::str::from_utf8(bytes).map_err(|e| Bad::Owned(e.to_string()))).transpose()
    }
    fn bytes(&self, at: usize) -> CellResult<Option<&[u8]>> {
        raw(self, at)
    }
    fn name(&self, at: usize) -> &str {
        sqlx::Row::columns(self).get(at).map_or("", sqlx::Column::name)
    }
}
