//! Opening a file: the settings of the connections, the migrations, and the copy before them.

use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use uuid::Uuid;

use super::{Sqlite, copy, engine::arguments, log::Log, with_suffix};
use crate::{
    LEAST_READERS, Result,
    sql::{BEGIN, Dialect, Principals, beginning, failed, migration, migrator, newer},
};

/// Name and text of every migration, oldest first.
pub(super) const MIGRATIONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/sqlite.rs"));

/// How many statements a connection keeps prepared: all of ours.
const STATEMENTS: usize = 256;
/// How many rows may wait between the thread of a connection and whoever reads them.
const ROWS: usize = 512;
/// The versions of SQLite in which two connections can spoil a file (docs/adr/0002).
const WAL_RESET_BUG: std::ops::RangeInclusive<(u32, u32, u32)> = (3, 7, 0)..=(3, 51, 2);

/// How a database in a file is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file.
    pub path: PathBuf,
    /// The history that begins with it, if it is new.
    pub epoch: Uuid,
    /// How long a writer waits for its turn.
    pub lock_timeout: Duration,
    /// How often [`crate::Store::moved`] looks for what another process wrote.
    pub poll: Duration,
    /// How many connections read beside the one that writes: at least [`LEAST_READERS`].
    pub readers: u32,
}

impl Options {
    /// The usual settings.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, epoch: Uuid) -> Self {
        Self { path: path.into(), epoch, lock_timeout: Duration::from_secs(5), poll: Duration::from_millis(250), readers: LEAST_READERS }
    }
    /// Settings that every connection has. Statements are never logged: they are full of people's data.
    fn connection(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .busy_timeout(self.lock_timeout)
            .foreign_keys(true)
            .statement_cache_capacity(STATEMENTS)
            .row_buffer_size(ROWS)
            .disable_statement_logging()
    }
    fn writing(&self) -> SqliteConnectOptions {
        let durable = self.connection().create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        // What is erased must be gone from the file, too.
        durable.pragma("secure_delete", "ON").pragma("cache_size", "-4096").pragma("journal_size_limit", "67108864")
    }
    fn reading(&self) -> SqliteConnectOptions {
        self.connection().read_only(true).pragma("cache_size", "-2048")
    }
}

pub(super) async fn open(options: Options) -> Result<Sqlite> {
    let mut first = options.writing().connect().await.map_err(failed)?;
    migrate(&mut first, &options).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut first).await.map_err(failed)?;
    first.close().await.map_err(failed)?;

    // Nobody inherits another's transaction. On a full disk SQLite ends one by itself and the driver does not notice;
    // such a connection could never begin another, so it is let go.
    let free = |connection: &mut SqliteConnection| !connection.is_in_transaction();
    let pool = || {
        let pool = SqlitePoolOptions::new().acquire_timeout(options.lock_timeout).test_before_acquire(false);
        pool.before_acquire(move |connection, _| Box::pin(std::future::ready(Ok(free(connection)))))
    };
    let kept = || pool().idle_timeout(None).max_lifetime(None);
    let writer = kept().min_connections(1).max_connections(1).connect_with(options.writing()).await.map_err(failed)?;
    let beside = !WAL_RESET_BUG.contains(&parsed(&version));
    let readers = if beside { kept().max_connections(options.readers).connect_lazy_with(options.reading()) } else { writer.clone() };
    let log = Arc::new(Log::new(writer.clone(), options.lock_timeout));
    Ok(Sqlite {
        writer,
        readers,
        watch: tokio::sync::Mutex::default(),
        principals: Arc::new(Principals::default()),
        log,
        aside: beside.then(|| options.reading()),
        poll: options.poll,
    })
}

/// `3.51.3` as numbers.
fn parsed(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

/// Migrates under the writer's lock, all of it in one transaction: a second process that opens the file waits, and a power
/// cut leaves it as it was.
async fn migrate(connection: &mut SqliteConnection, options: &Options) -> Result<()> {
    let migrator = migrator(MIGRATIONS);
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let applied = applied(&mut tx).await?;
    if let Some(error) = newer(&applied, &migrator) {
        return Err(error);
    }
    let next = migrator.iter().find(|migration| !applied.contains(&migration.version));
    if let Some(next) = next {
        if !applied.is_empty() {
            let mut aside = options.reading().connect().await.map_err(failed)?;
            copy(&mut aside, &with_suffix(&options.path, &format!(".before-{}", next.version))).await?;
            aside.close().await.map_err(failed)?;
        }
        migrator.run_direct(None, &mut *tx, false).await.map_err(migration)?;
        sqlx::query_with(BEGIN.of(Dialect::Sqlite), arguments(beginning(options.epoch))?).execute(&mut *tx).await.map_err(failed)?;
    }
    tx.commit().await.map_err(failed)
}

/// The migrations that were run; none for an empty file.
async fn applied(connection: &mut SqliteConnection) -> Result<Vec<i64>> {
    let migrated = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'");
    if migrated.fetch_one(&mut *connection).await.map_err(failed).map(|found: i64| found == 0)? {
        return Ok(Vec::new());
    }
    sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await.map_err(failed)
}
