//! What the two SQL engines have in common, as one small port: statements with arguments go in, rows come out. All reading
//! and writing is written once over it.

use std::{borrow::Cow, future::Future};
use uuid::Uuid;

use super::bulk::Bulk;
use crate::Result;

/// Which SQL is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite's.
    Sqlite,
    /// PostgreSQL's.
    Postgres,
}

/// A statement, as each engine is to read it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// The same text for both.
    pub(crate) const fn same(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
    /// A text for each, where the dialects differ.
    pub(crate) const fn each(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }
    /// The text for one engine.
    pub(crate) const fn of(self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// What a column or an argument holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A UUID.
    Id,
    /// A whole number or a moment.
    Int,
    /// Yes or no.
    Flag,
    /// Text, or JSON as text.
    Text,
    /// A hash or a salt.
    Bytes,
}

/// An argument of a statement.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Id(Option<Uuid>),
    Int(Option<i64>),
    Flag(Option<bool>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    /// A list: an array in PostgreSQL, JSON (ids in hexadecimal) in SQLite.
    Ids(Vec<Uuid>),
    Ints(Vec<i64>),
    Texts(Vec<String>),
}

macro_rules! args {
    ($($variant:ident: $($ty:ty => |$value:ident| $made:expr),*;)*) => {$($(
        impl From<$ty> for Arg { fn from($value: $ty) -> Self { Self::$variant(Some($made)) } }
        impl From<Option<$ty>> for Arg { fn from(value: Option<$ty>) -> Self { Self::$variant(value.map(|$value| $made)) } }
    )*)*};
}
args! {
    Id: Uuid => |id| id, domain::id::UserId => |id| id.uuid(), domain::id::DeviceId => |id| id.uuid(), domain::id::CommandId => |id| id.uuid(),
        domain::id::RecordId => |id| id.uuid();
    Int: i64 => |n| n, domain::time::UtcMillis => |at| at.ms(), domain::record::Kind => |kind| i64::from(kind.code());
    Flag: bool => |flag| flag;
    Text: String => |text| text, &str => |text| text.to_owned();
    Bytes: [u8; 16] => |bytes| bytes.to_vec(), [u8; 32] => |bytes| bytes.to_vec();
}

/// What is wrong with a cell.
pub(crate) type Bad = Cow<'static, str>;
/// A cell, or what is wrong with it.
pub(crate) type CellResult<T> = std::result::Result<T, Bad>;

/// The cells of a row, by place.
pub(crate) trait Cells {
    /// A whole number.
    fn int(&self, at: usize) -> CellResult<Option<i64>>;
    /// Yes or no.
    fn flag(&self, at: usize) -> CellResult<Option<bool>>;
    /// Text.
    fn text(&self, at: usize) -> CellResult<Option<&str>>;
    /// Bytes; a UUID is sixteen of them.
    fn bytes(&self, at: usize) -> CellResult<Option<&[u8]>>;
    /// The name of the column.
    fn name(&self, at: usize) -> &str;
    /// A UUID.
    fn id(&self, at: usize) -> CellResult<Option<Uuid>> {
        self.bytes(at)?.map(|bytes| Uuid::from_slice(bytes).map_err(|_| Bad::Borrowed("not 16 bytes"))).transpose()
    }
}

/// An SQL engine.
pub(crate) trait Engine: Send + Sync + 'static {
    /// Its rows.
    type Row: Cells;
    /// A transaction that was begun on it; dropping it rolls back.
    type Tx: Send + 'static;
    /// Its SQL.
    const DIALECT: Dialect;

    /// Runs a statement and reads every row it gives.
    fn each<F>(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>, read: F) -> impl Future<Output = Result<()>> + Send
    where
        F: FnMut(&Self::Row) -> Result<()> + Send;
    /// Runs a statement and says how many rows it changed.
    fn execute(tx: &mut Self::Tx, sql: &'static str, args: Vec<Arg>) -> impl Future<Output = Result<u64>> + Send;
    /// Runs a statement over many rows, in as few goes as the engine allows, and says how many rows it changed.
    fn bulk(tx: &mut Self::Tx, bulk: &'static Bulk, rows: Vec<Arg>) -> impl Future<Output = Result<u64>> + Send;
    /// Makes everything durable; `wake` also tells the other instances, and `erased` says that what was overwritten must be gone where the
    /// engine can bring that about.
    fn commit(tx: Self::Tx, wake: bool, erased: bool) -> impl Future<Output = Result<()>> + Send;
}
