//! Files on their way to the server, out of the whole cabinet.

use domain::{file::Sha256, id::CommandId, record::RecordRef, time::UtcMillis};

use super::Cabinet;
use crate::{
    error::Result,
    outbox::{Entry, Staged},
};

impl Cabinet {
    /// The file that is to be sent next: the oldest that a command waits for and nobody paused.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn next_transfer(&self, now: UtcMillis) -> Result<Option<Staged>> {
        Ok(self.lock(now).await?.outbox.next_transfer())
    }
    /// At most `most` bytes of a file, from this one on; none where they are not here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staged_bytes(&self, sha256: &Sha256, from: u64, most: usize, now: UtcMillis) -> Result<Vec<u8>> {
        self.lock(now).await?.outbox.staged_bytes(sha256, from, most).await
    }
    /// Notes the server's name of an upload, how many bytes it has for certain, and whether it has the file.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn note_transfer(&self, sha256: &Sha256, upload: Option<&str>, sent: u64, done: bool, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock(now).await?;
        inner.outbox.note_transfer(sha256, upload, sent, done).await?;
        inner.step("transfer");
        Ok(())
    }
    /// The commands that wait for this file and are not held.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn waiting_for(&self, sha256: &Sha256, now: UtcMillis) -> Result<Vec<CommandId>> {
        Ok(self.lock(now).await?.outbox.waiting_for(sha256))
    }
    /// Notes that a person wants the sending of a file to rest, or to go on.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn pause_transfer(&self, sha256: &Sha256, paused: bool, now: UtcMillis) -> Result<()> {
        self.lock(now).await?.outbox.pause_transfer(sha256, paused).await
    }
    /// The files that are here and wait to be sent, each with every command that is not finished and waits for it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staged(&self, now: UtcMillis) -> Result<Vec<(Staged, Vec<Entry>)>> {
        let inner = self.lock(now).await?;
        let waiting = |sha256: Sha256| {
            let open = inner.outbox.live().iter().filter(|e| e.is_open());
            open.filter(|e| e.awaits().contains(&sha256)).cloned().collect()
        };
        Ok(inner.outbox.staged().iter().map(|it| (it.clone(), waiting(it.sha256))).collect())
    }
    /// The file that is here and that a record is made with, and the command that makes it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn staged_for(&self, record: RecordRef, now: UtcMillis) -> Result<Option<(Staged, Entry)>> {
        let all = self.staged(now).await?;
        let mut pairs = all.into_iter().flat_map(|(it, waiting)| waiting.into_iter().map(move |entry| (it.clone(), entry)));
        Ok(pairs.find(|(_, entry)| entry.subject == Some(record)))
    }
}
