//! The line to the server, of an open desk and of a locked one.

use bridge::{DeskError, ErrorCode, Pause, Status, SyncNow, SyncStatus};
use domain::quiet::Rest;
use sync::Handle;

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
        self.engine().await?.sync_now();
        Ok(())
    }
    /// Stops sending and receiving, or goes on.
    ///
    /// # Errors
    /// `no_session`.
    pub async fn pause(&self, query: Pause) -> Result<(), DeskError> {
        self.inner.pause(&query).await
    }
    /// Holds notifications back from now on for as long as this, or not any more: the tray's wish. What was held is told of at the end.
    ///
    /// # Errors
    /// `no_session`, `disk`.
    pub async fn be_quiet(&self, rest: Option<Rest>) -> Result<(), DeskError> {
        self.inner.be_quiet(rest).await
    }
    async fn engine(&self) -> Result<Handle, DeskError> {
        self.inner.engine().await.ok_or_else(|| DeskError::new(ErrorCode::NoSession))
    }
}
