//! The line to the server.

use bridge::{DeskError, Pause, Status, SyncNow, SyncStatus};

use crate::desk::Desk;

impl Desk {
    /// How it stands.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub async fn status(&self, _: Status) -> Result<SyncStatus, DeskError> {
        self.inner.status_now().await
    }
    /// Sends what waits, held commands too, and asks for what is new, at once.
    ///
    /// # Errors
    /// `no_session`.
    pub async fn sync_now(&self, _: SyncNow) -> Result<(), DeskError> {
        self.inner.work().await?.engine.sync_now();
        Ok(())
    }
    /// Stops sending and receiving, or goes on.
    ///
    /// # Errors
    /// `no_session`.
    pub async fn pause(&self, query: Pause) -> Result<(), DeskError> {
        self.inner.work().await?.engine.pause(query.paused);
        Ok(())
    }
}
