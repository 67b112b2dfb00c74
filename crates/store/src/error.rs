//! What a database can answer besides yes.

/// A result of this crate.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why something was not read or written. Every one says whether trying again can help.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is busy, full, read-only or gone: nothing was written, try again later (503).
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A constraint of the schema forbids it (its name, where the engine says it): trying again will not help.
    #[error("constraint {0}")]
    Constraint(String),
    /// A write did not find the revision it was decided on: the lock is broken.
    #[error("{record} is no longer at revision {rev}")]
    Overtaken {
        /// The record.
        record: String,
        /// The revision that was expected.
        rev: i64,
    },
    /// A row that cannot be read: a fault of ours.
    #[error("inconsistent row: table {table}, column {column}, id {id}: {why}")]
    Inconsistent {
        /// Its table.
        table: String,
        /// The column that does not decode.
        column: String,
        /// Its id.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The database was written by a newer program.
    #[error("the database is newer than this program: {0}")]
    TooNew(String),
    /// The engine cannot do it (a copy to a file, on PostgreSQL).
    #[error("not possible with this engine: {0}")]
    Unsupported(&'static str),
    /// Anything else that the driver says.
    #[error("database: {0}")]
    Driver(String),
}

impl StoreError {
    /// Whether the same may succeed later.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}
