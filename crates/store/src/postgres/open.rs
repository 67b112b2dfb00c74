//! Opening a database: the settings of the sessions, the look for a pooler, the migrations.

use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection,
    migrate::Migrate as _,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

use super::{Postgres, engine::arguments};
use crate::{
    Result, StoreError,
    sql::{BEGIN, Dialect, Principals, beginning, failed, migration, migrator, newer},
};

/// Name and text of every migration, oldest first.
pub(super) const MIGRATIONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/postgres.rs"));

/// How many statements a session keeps prepared: all of ours.
const STATEMENTS: usize = 256;
/// How long a session may stand in a transaction without doing anything, before the server ends it.
const IDLE_IN_TRANSACTION: &str = "2s";
/// How long the server waits for a client that does not answer, before it takes it for gone.
const TCP_USER_TIMEOUT: &str = "10s";

/// How a database of PostgreSQL is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it is.
    pub url: Secret,
    /// The history that begins with it, if it is new.
    pub epoch: Uuid,
    /// How long a writer waits for its turn.
    pub lock_timeout: Duration,
    /// How often [`crate::Store::moved`] returns although nobody notified.
    pub look: Duration,
    /// How many sessions read beside the one that writes.
    pub readers: u32,
}

/// A URL, which may hold a password: it is not printed.
#[derive(Clone)]
pub struct Secret(String);

impl From<String> for Secret {
    fn from(url: String) -> Self {
        Self(url)
    }
}
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Options {
    /// The usual settings.
    #[must_use]
    pub fn new(url: impl Into<String>, epoch: Uuid) -> Self {
        let (lock_timeout, look) = (Duration::from_secs(5), Duration::from_secs(1));
        Self { url: Secret(url.into()), epoch, lock_timeout, look, readers: 8 }
    }
    /// Settings that every session has. Statements are never logged: they are full of people's data.
    fn session(&self) -> Result<PgConnectOptions> {
        let options: PgConnectOptions = self.url.0.parse().map_err(failed)?;
        Ok(options.application_name("meja").statement_cache_capacity(STATEMENTS).disable_statement_logging())
    }
    fn writing(&self) -> Result<PgConnectOptions> {
        let lock_timeout = self.lock_timeout.as_millis().to_string();
        Ok(self.session()?.options([
            ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION),
            ("lock_timeout", &lock_timeout),
            ("tcp_user_timeout", TCP_USER_TIMEOUT),
            // What was answered must be durable, whatever the server's default is.
            ("synchronous_commit", "on"),
        ]))
    }
}

pub(super) async fn open(options: Options) -> Result<Postgres> {
    refuse_pooler(&options).await?;
    let mut first = options.session()?.connect().await.map_err(failed)?;
    migrate(&mut first, &options).await?;
    first.close().await.map_err(failed)?;
    let pool = || PgPoolOptions::new().acquire_timeout(options.lock_timeout);
    Ok(Postgres {
        writer: pool().max_connections(1).connect_lazy_with(options.writing()?),
        readers: pool().max_connections(options.readers).connect_lazy_with(options.session()?),
        ears: pool().max_connections(1).idle_timeout(None).max_lifetime(None).connect_lazy_with(options.session()?),
        listener: tokio::sync::Mutex::default(),
        principals: Arc::new(Principals::default()),
        look: options.look,
    })
}

/// A pooler that gives every transaction another session breaks LISTEN, prepared statements and session settings in ways
/// that show late. Two connections tell: each must keep a session of its own.
async fn refuse_pooler(options: &Options) -> Result<()> {
    async fn session(connection: &mut PgConnection) -> Result<i32> {
        // Without arguments nothing is prepared, so that a pooler that cannot prepare gets as far as the answer.
        sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await.and_then(|row| sqlx::Row::try_get(&row, 0)).map_err(failed)
    }
    let plain = options.session()?;
    let (mut one, mut other) = (plain.connect().await.map_err(failed)?, plain.connect().await.map_err(failed)?);
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        ones.push(session(&mut one).await?);
        others.push(session(&mut other).await?);
    }
    one.close().await.map_err(failed)?;
    other.close().await.map_err(failed)?;
    if own_sessions(&ones, &others) {
        Ok(())
    } else {
        Err(StoreError::Unsupported("a pooler in transaction mode; connect directly, or use session mode"))
    }
}

/// Whether two connections had a session each, and kept it.
fn own_sessions(ones: &[i32], others: &[i32]) -> bool {
    let kept = |sessions: &[i32]| sessions.windows(2).all(|pair| pair[0] == pair[1]);
    kept(ones) && kept(others) && ones.first() != others.first()
}

/// Migrates under an advisory lock: an instance that starts meanwhile waits.
async fn migrate(connection: &mut PgConnection, options: &Options) -> Result<()> {
    let migrator = migrator(MIGRATIONS);
    connection.lock().await.map_err(migration)?;
    let applied = applied(connection).await?;
    if let Some(error) = newer(&applied, &migrator) {
        return Err(error);
    }
    // The migrator takes the same lock once more, which one session may.
    migrator.run_direct(None, connection, false).await.map_err(migration)?;
    sqlx::query_with(BEGIN.of(Dialect::Postgres), arguments(beginning(options.epoch))?).execute(&mut *connection).await.map_err(failed)?;
    connection.unlock().await.map_err(migration)
}

/// The migrations that were run; none for an empty database.
async fn applied(connection: &mut PgConnection) -> Result<Vec<i64>> {
    let migrated = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
    if !migrated.fetch_one(&mut *connection).await.map_err(failed)? {
        return Ok(Vec::new());
    }
    sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await.map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::own_sessions;

    #[test]
    fn connections_that_share_or_change_their_session_go_through_a_pooler() {
        assert!(own_sessions(&[7, 7], &[8, 8]));
        assert!(!own_sessions(&[7, 7], &[7, 7]), "both were given the same idle session");
        assert!(!own_sessions(&[7, 8], &[8, 7]), "sessions go round");
    }
}
