//! The log beside the file. What was erased must not stand in it: pages as they were before stay there until others are written
//! over them, which may be never.

use sqlx::{Row as _, SqlitePool};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// The log of a file, for whoever writes.
#[derive(Debug)]
pub(crate) struct Log {
    writer: SqlitePool,
    /// Whether something was erased since the log was last emptied.
    unclean: AtomicBool,
    /// How long a writer waits for its turn.
    patience: Duration,
}

impl Log {
    pub(super) const fn new(writer: SqlitePool, patience: Duration) -> Self {
        Self { writer, unclean: AtomicBool::new(false), patience }
    }
    /// Empties it if something was erased, in this commit or before. Where somebody reads from it, it is the next commit's turn: nobody
    /// waits for a reader.
    pub(super) async fn after_commit(&self, erased: bool) {
        if erased {
            self.unclean.store(true, Ordering::Release);
        }
        if self.unclean.load(Ordering::Acquire) {
            self.empty(Duration::ZERO).await;
        }
    }
    /// The last chance of this process: waits for readers as long as a writer waits for its turn.
    pub(super) async fn at_the_end(&self) {
        if self.unclean.load(Ordering::Acquire) {
            self.empty(self.patience).await;
        }
    }
    /// Everything that was written is durable already: what goes wrong here is no reason to say otherwise.
    async fn empty(&self, wait: Duration) {
        let Ok(mut connection) = self.writer.acquire().await else { return };
        let patience = |time: Duration| sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {}", time.as_millis()));
        if sqlx::query(patience(wait)).execute(&mut *connection).await.is_err() {
            return;
        }
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        let whole = emptied.and_then(|row| row.try_get::<i64, _>(0)).is_ok_and(|busy| busy == 0);
        // A connection that would wait for nobody any more is not given back.
        if sqlx::query(patience(self.patience)).execute(&mut *connection).await.is_err() {
            drop(connection.detach());
        }
        if whole {
            self.unclean.store(false, Ordering::Release);
        }
    }
}
