//! What can go wrong with the desk's files. What is expected (an act that can no longer be undone) is a value, not an error.

use std::path::PathBuf;

/// The result of work on a file.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a file could not be opened, read or written. Nothing in it names a person or a key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The SQLite that was linked into the program has no cipher: it would write in plain text.
    #[error("this program was built without a cipher; it refuses to keep records in plain text")]
    NoCipher,
    /// The file was written by a newer program.
    #[error("{} was written by a newer program (version {found}, this one knows {known})", file.display())]
    TooNew {
        /// Which file.
        file: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The key does not open the file, or its first page is damaged: the cipher cannot tell these apart.
    #[error("{} cannot be opened with this key", file.display())]
    WrongKey {
        /// Which file.
        file: PathBuf,
    },
    /// Another program has the file open.
    #[error("{} is in use by another program", file.display())]
    InUse {
        /// Which file.
        file: PathBuf,
    },
    /// The file is not what it should be: it cannot be read to its end.
    #[error("{} is damaged", file.display())]
    Damaged {
        /// Which file.
        file: PathBuf,
    },
    /// The file was closed.
    #[error("{} was closed", file.display())]
    Closed {
        /// Which file.
        file: PathBuf,
    },
    /// The disk is full, or the file cannot be written.
    #[error("the disk is full or cannot be written")]
    Disk,
    /// A row does not say what it should (house rule: never skipped, never a panic).
    #[error("inconsistent row in {table}.{column} ({id})")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        id: String,
    },
    /// Anything else that SQLite says.
    #[error("database: {0}")]
    Sql(#[source] sqlx::Error),
    /// The file system refused.
    #[error("file system: {0}")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// Whether trying again later can help without anybody doing anything.
    #[must_use]
    pub const fn retry(&self) -> bool {
        matches!(self, Self::InUse { .. } | Self::Disk | Self::Io(_))
    }
    /// Whether the file must be set aside and made anew.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::WrongKey { .. } | Self::Inconsistent { .. })
    }
    /// What an error of SQLite on this file means.
    pub(crate) fn of(error: sqlx::Error, file: &std::path::Path) -> Self {
        if let sqlx::Error::ColumnDecode { index, .. } = &error {
            return Self::Inconsistent { table: "row", column: "value", id: index.clone() };
        }
        let code = match &error {
            sqlx::Error::Database(e) => e.code().and_then(|c| c.parse::<i32>().ok()).unwrap_or(0),
            _ => 0,
        };
        let file = file.to_owned();
        match code & 0xff {
            libsqlite3_sys::SQLITE_NOTADB => Self::WrongKey { file },
            libsqlite3_sys::SQLITE_BUSY | libsqlite3_sys::SQLITE_LOCKED => Self::InUse { file },
            libsqlite3_sys::SQLITE_CORRUPT => Self::Damaged { file },
            libsqlite3_sys::SQLITE_FULL | libsqlite3_sys::SQLITE_READONLY | libsqlite3_sys::SQLITE_CANTOPEN => Self::Disk,
            libsqlite3_sys::SQLITE_IOERR => Self::Disk,
            _ => Self::Sql(error),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::of(error, std::path::Path::new("the file"))
    }
}
