//! SQLite: one file, one writing connection, a few reading ones.
//!
//! Whoever writes takes the lock with `BEGIN IMMEDIATE`, in this process or another; readers have read-only connections, so
//! only a writer checkpoints. If the linked SQLite lies in the range of the WAL-reset bug (3.7.0 to 3.51.2, docs/adr/0002), one
//! connection serves everybody: a snapshot that is held then keeps the writer waiting.

mod engine;
mod log;
mod open;
#[cfg(test)]
mod tests;

pub use open::Options;

use async_trait::async_trait;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, SqlitePool, sqlite::SqliteConnectOptions};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Result, Snapshot, Store, StoreError, WriteTx,
    sql::{Principals, View, Writing, begin_epoch, failed},
};
use engine::{SqliteEngine, Tx};
use log::Log;

const DATA_VERSION: &str = "PRAGMA data_version";

/// A database in a file of SQLite.
#[derive(Debug)]
pub struct Sqlite {
    writer: SqlitePool,
    /// The same as `writer` where one connection serves everybody.
    readers: SqlitePool,
    /// What [`Store::moved`] looks with, and what it saw last.
    watch: Mutex<Watch>,
    principals: Arc<Principals>,
    log: Arc<Log>,
    /// How a copy is made beside the work; nothing where one connection serves everybody.
    aside: Option<SqliteConnectOptions>,
    poll: Duration,
}

#[derive(Debug, Default)]
struct Watch {
    connection: Option<SqliteConnection>,
    seen: Option<i64>,
}

impl Sqlite {
    /// Opens a database, making or migrating it where that is needed (a copy is made before, if there is anything to lose).
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer program has migrated it; otherwise what the driver says.
    pub async fn open(options: Options) -> Result<Self> {
        open::open(options).await
    }
    /// Whether reading and writing go on beside each other; otherwise one connection serves everybody.
    #[must_use]
    pub const fn reads_beside_writes(&self) -> bool {
        self.aside.is_some()
    }
    async fn data_version(&self, watch: &mut Watch) -> Result<i64> {
        let Some(aside) = &self.aside else {
            let mut shared = self.writer.acquire().await.map_err(failed)?;
            return sqlx::query_scalar(DATA_VERSION).fetch_one(&mut *shared).await.map_err(failed);
        };
        let connection = match watch.connection.take() {
            Some(connection) => watch.connection.insert(connection),
            None => watch.connection.insert(aside.connect().await.map_err(failed)?),
        };
        sqlx::query_scalar(DATA_VERSION).fetch_one(connection).await.map_err(failed)
    }
}

#[async_trait]
impl Store for Sqlite {
    async fn read(&self) -> Result<Box<dyn Snapshot>> {
        let inner = self.readers.begin().await.map_err(failed)?;
        Ok(Box::new(View::<SqliteEngine, ()>::open(Tx { inner, log: None }, Arc::clone(&self.principals)).await?))
    }
    async fn write(&self) -> Result<Box<dyn WriteTx>> {
        let inner = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        let log = Some(Arc::clone(&self.log));
        Ok(Box::new(View::<SqliteEngine, Writing>::lock(Tx { inner, log }, Arc::clone(&self.principals)).await?))
    }
    /// Looks at `data_version` until it is another one than at the last look; the very first look has nothing to compare with,
    /// and what came before it may be news. What this process wrote counts as well.
    async fn moved(&self) {
        loop {
            let mut watch = self.watch.lock().await;
            match self.data_version(&mut watch).await {
                Ok(version) if watch.seen == Some(version) => {}
                Ok(version) => {
                    watch.seen = Some(version);
                    return;
                }
                // Whoever asks for the head next hears what is wrong; until then nobody turns in circles.
                Err(_) => watch.seen = None,
            }
            drop(watch);
            tokio::time::sleep(self.poll).await;
        }
    }
    async fn ready(&self) -> Result<()> {
        self.read().await?;
        let tx = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        tx.rollback().await.map_err(failed)
    }
    async fn backup(&self, to: &Path) -> Result<()> {
        match &self.aside {
            Some(aside) => {
                let mut connection = aside.connect().await.map_err(failed)?;
                let copied = copy(&mut connection, to).await;
                connection.close().await.map_err(failed)?;
                copied
            }
            None => copy(&mut *self.writer.acquire().await.map_err(failed)?, to).await,
        }
    }
    async fn begin_epoch(&self, epoch: Uuid) -> Result<()> {
        let inner = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        begin_epoch::<SqliteEngine>(Tx { inner, log: None }, epoch).await
    }
    async fn close(&self) {
        if let Some(connection) = self.watch.lock().await.connection.take() {
            // It only reads: there is nothing to lose.
            let _ = connection.close().await;
        }
        self.log.at_the_end().await;
        self.readers.close().await;
        // The last one out makes the log part of the file.
        self.writer.close().await;
    }
}

/// Copies one moment to a file. It has its name only when it is whole and durable.
async fn copy(connection: &mut SqliteConnection, to: &Path) -> Result<()> {
    let partial = with_suffix(to, ".partial");
    remove(&partial)?;
    let name = partial.to_str().ok_or(StoreError::Unsupported("a path that is not Unicode"))?;
    sqlx::query("VACUUM INTO $1").bind(name).execute(connection).await.map_err(failed)?;
    let to = to.to_owned();
    tokio::task::spawn_blocking(move || {
        std::fs::File::open(&partial)?.sync_all()?;
        std::fs::rename(&partial, &to)?;
        to.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
    })
    .await
    .map_err(|e| StoreError::Driver(e.to_string()))?
    .map_err(|e: std::io::Error| StoreError::Unavailable(e.to_string()))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::Unavailable(error.to_string())),
        _ => Ok(()),
    }
}
