//! «Hapus data lokal»: everything of an account leaves this computer, keys first.

use bridge::{DeskError, SessionState, Wipe, WipeReply};
use std::{fs, io};

use super::{Left, Phase, close::LAST_TRY};
use crate::{
    account::Entry,
    desk::Desk,
    error::{file_error, io_error},
    queries::{is_aside, siblings},
};

impl Desk {
    /// Takes away everything of this account from this computer, and logs the device out. Held commands go first. If more would be
    /// lost than the person was told, nothing is done. Keys go before files: what cannot be removed is unreadable all the same.
    ///
    /// # Errors
    /// `no_session` when nobody is at work; `disk` when files stay behind, whose keys are gone.
    pub async fn wipe(&self, query: Wipe) -> Result<WipeReply, DeskError> {
        let _gate = self.inner.gate.lock().await;
        let (engine, entry) = {
            let work = self.inner.work().await?;
            (work.engine.clone(), work.entry().clone())
        };
        engine.flush(LAST_TRY).await;
        let unsent = {
            let work = self.inner.work().await?;
            let tallies = work.cabinet.tallies(work.now()).await.map_err(file_error)?;
            tallies.queued + tallies.refused + tallies.conflicts
        };
        if unsent > query.told {
            return Ok(WipeReply { unsent, done: false });
        }
        let Some(left) = self.close_work(Phase::Closed).await else { return Ok(WipeReply { unsent, done: false }) };
        self.inner.withdraw_all();
        let removed = self.remove_account(left, &entry).await;
        let _: SessionState = self.inner.go(Phase::Out(self.somebody_else())).await;
        removed.map_err(|error| io_error(&error))?;
        Ok(WipeReply { unsent, done: true })
    }
    /// Ends the device, and removes keys, secret and files.
    async fn remove_account(&self, left: Left, entry: &Entry) -> io::Result<()> {
        left.tell_server().await;
        let keys = entry.remove_keys();
        if let Err(error) = self.inner.parts.vault.delete(&entry.name).await {
            // What it would open has no wrapped keys any more.
            tracing::warn!(%error, "the keyring keeps a secret that opens nothing");
        }
        self.inner.folder.forget_account()?;
        self.inner.forget_found();
        keys?;
        fs::remove_dir_all(entry.path())?;
        siblings(entry.path()).filter(|path| is_aside(path, &entry.name)).try_for_each(fs::remove_dir_all)
    }
}
