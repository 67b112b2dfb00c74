//! What was found when the files were opened, until somebody has seen it: behind a lock nobody sees it.

use bridge::{DeskError, Recovered, RecoveredReply, Salvaged};
use mirror::Opened;
use std::sync::{MutexGuard, PoisonError};

use crate::desk::{Desk, Inner};

impl Desk {
    /// What was found when this session's files were opened, until somebody has seen it.
    ///
    /// # Errors
    /// `no_session` while nobody is at work.
    pub async fn recovered(&self, query: Recovered) -> Result<RecoveredReply, DeskError> {
        let _work = self.inner.work().await?;
        let mut recovered = self.inner.recovered();
        if query.seen {
            *recovered = RecoveredReply::default();
        }
        Ok(recovered.clone())
    }
}

impl Inner {
    fn recovered(&self) -> MutexGuard<'_, RecoveredReply> {
        self.recovered.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// The files were opened, both or the outbox alone.
    pub(crate) fn found(&self, opened: Opened) {
        let mut recovered = self.recovered();
        recovered.held.extend(opened.recovered);
        if let Some(mirror::Salvage { commands, commands_from_copies: from_copies, whole, .. }) = opened.salvage {
            tracing::error!(commands, from_copies, whole, "the outbox was damaged and read as far as it could be");
            recovered.salvaged = Some(Salvaged { commands, from_copies, whole });
        }
    }
    /// Somebody logs in: what was found in another account's files is nothing for them.
    pub(crate) fn forget_found(&self) {
        *self.recovered() = RecoveredReply::default();
    }
}
