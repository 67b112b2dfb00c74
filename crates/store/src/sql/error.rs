//! What the drivers say, in the words of the contract.

use sqlx::{Error, error::ErrorKind, migrate::MigrateError, postgres::PgDatabaseError, sqlite::SqliteError};

use crate::StoreError;

/// Result codes of SQLite after which the same may succeed later: busy, locked, out of memory, read-only, interrupted, I/O,
/// full, cannot open, protocol of locks.
const SQLITE_TEMPORARY: [u32; 9] = [5, 6, 7, 8, 9, 10, 13, 14, 15];
/// Classes and codes of PostgreSQL's SQLSTATE of the same meaning: connection, resources, operator intervention, system
/// error, rollback by the server; read-only, ended while idle, lock not available.
const POSTGRES_TEMPORARY: [&str; 8] = ["08", "53", "57", "58", "40", "25006", "25P03", "55P03"];

/// Turns an error of the driver into one that says whether trying again can help.
pub(crate) fn failed(error: Error) -> StoreError {
    match error {
        Error::Database(error) => {
            if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
                return postgres(error);
            }
            match error.try_downcast_ref::<SqliteError>() {
                Some(error) => sqlite(error),
                None => StoreError::Driver(error.to_string()),
            }
        }
        Error::Io(error) => StoreError::Unavailable(error.to_string()),
        error @ (Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed | Error::BeginFailed | Error::Tls(_)) => {
            StoreError::Unavailable(error.to_string())
        }
        Error::Migrate(error) => migration(*error),
        error => StoreError::Driver(error.to_string()),
    }
}

/// The same for errors while migrating.
pub(crate) fn migration(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => failed(error),
        MigrateError::VersionMissing(version) => StoreError::TooNew(format!("it has run migration {version}")),
        error => StoreError::Driver(error.to_string()),
    }
}

fn sqlite(error: &SqliteError) -> StoreError {
    use sqlx::error::DatabaseError as _;
    // The lowest byte of an extended code is the plain one.
    let code = error.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or(0) & 0xff;
    match code {
        19 => {
            let text = error.message();
            StoreError::Constraint(text.split_once(" failed: ").map_or(text, |(_, name)| name).to_owned())
        }
        code if SQLITE_TEMPORARY.contains(&code) => StoreError::Unavailable(error.to_string()),
        _ => StoreError::Driver(error.to_string()),
    }
}

fn postgres(error: &PgDatabaseError) -> StoreError {
    use sqlx::error::DatabaseError as _;
    let (code, kind) = (error.code(), error.kind());
    let text = || format!("{code}: {}", error.message());
    if kind != ErrorKind::Other {
        let name = error.constraint().or(error.column()).unwrap_or("unnamed");
        return StoreError::Constraint(name.to_owned());
    }
    // 22: a value that the column cannot hold, such as text with a NUL.
    if code.starts_with("22") || code.starts_with("23") {
        return StoreError::Constraint(text());
    }
    if POSTGRES_TEMPORARY.iter().any(|temporary| code.starts_with(temporary)) {
        return StoreError::Unavailable(text());
    }
    StoreError::Driver(text())
}
