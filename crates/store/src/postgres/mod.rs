//! PostgreSQL: several instances on one database.
//!
//! Whoever writes locks the number row first, so numbers come out in the order of commits over all instances. Sessions that
//! write end by themselves when an instance freezes in the middle of a transaction, so that it cannot stop the others.

mod engine;
mod open;

pub use open::Options;

use async_trait::async_trait;
use sqlx::{PgPool, postgres::PgListener};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    Result, Snapshot, Store, StoreError, WriteTx,
    sql::{Principals, View, Writing, begin_epoch, failed},
};
use engine::PostgresEngine;

/// What a commit notifies.
const CHANNEL: &str = "meja_head";

/// A database of PostgreSQL, as one instance sees it.
#[derive(Debug)]
pub struct Postgres {
    writer: PgPool,
    readers: PgPool,
    /// A pool of one, directly to the server: LISTEN does not go through a pooler.
    ears: PgPool,
    listener: Mutex<Option<PgListener>>,
    principals: Arc<Principals>,
    look: Duration,
}

impl Postgres {
    /// Opens a database, migrating it where that is needed.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] when a newer program has migrated it; [`StoreError::Unsupported`] through a pooler that gives every
    /// transaction another session; otherwise what the driver says.
    pub async fn open(options: Options) -> Result<Self> {
        open::open(options).await
    }
    /// Waits for a notification; giving up the wait loses none. A listener that fails is made anew.
    async fn notified(&self) -> Result<()> {
        let mut listener = self.listener.lock().await;
        let ears = match listener.as_mut() {
            Some(ears) => ears,
            None => {
                let mut ears = PgListener::connect_with(&self.ears).await.map_err(failed)?;
                ears.listen(CHANNEL).await.map_err(failed)?;
                listener.insert(ears)
            }
        };
        let heard = ears.try_recv().await.map_err(failed);
        if heard.is_err() {
            *listener = None;
        }
        heard.map(drop)
    }
}

#[async_trait]
impl Store for Postgres {
    async fn read(&self) -> Result<Box<dyn Snapshot>> {
        let tx = self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(failed)?;
        Ok(Box::new(View::<PostgresEngine, ()>::open(tx, Arc::clone(&self.principals)).await?))
    }
    /// The isolation is read committed: what is read after the number row was locked is what was committed before.
    async fn write(&self) -> Result<Box<dyn WriteTx>> {
        let tx = self.writer.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await.map_err(failed)?;
        Ok(Box::new(View::<PostgresEngine, Writing>::lock(tx, Arc::clone(&self.principals)).await?))
    }
    /// Returns when somebody notified, and after a second at the latest: notifications are haste, the head is the truth.
    async fn moved(&self) {
        if let Ok(Err(_)) = tokio::time::timeout(self.look, self.notified()).await {
            // Whoever asks for the head next hears what is wrong; until then nobody turns in circles.
            tokio::time::sleep(self.look).await;
        }
    }
    async fn ready(&self) -> Result<()> {
        self.read().await?;
        let recovering = sqlx::query_scalar("SELECT pg_is_in_recovery()").fetch_one(&self.writer).await.map_err(failed)?;
        if recovering { Err(StoreError::Unavailable("the database is a standby".into())) } else { Ok(()) }
    }
    async fn backup(&self, _to: &Path) -> Result<()> {
        Err(StoreError::Unsupported("a copy of a PostgreSQL database to a file; use pg_dump"))
    }
    async fn begin_epoch(&self, epoch: Uuid) -> Result<()> {
        let tx = self.writer.begin().await.map_err(failed)?;
        begin_epoch::<PostgresEngine>(tx, epoch).await
    }
    async fn close(&self) {
        drop(self.listener.lock().await.take());
        self.ears.close().await;
        self.readers.close().await;
        self.writer.close().await;
    }
}
