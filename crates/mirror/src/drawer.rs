//! The outbox alone, while the mirror is locked.
//!
//! Invariant: a locked desk sends and says no names. “The outbox opens by its own key; while the mirror is locked no query of it
//! can be asked, nothing is read into it, and a notification has a kind and a count.”
//!
//! What waits is sent and its answers are kept, exactly as out of a [`crate::Cabinet`]; of the feed only outcomes are taken in,
//! and what is new is handed on and forgotten. The outbox is ahead of the mirror then, as it is between the two commits of
//! every page: the next opening of both derives what is laid on top from where the mirror stands.

use domain::{
    file::Sha256,
    id::CommandId,
    time::UtcMillis,
    wire::{KnownAnswer, Outcome},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::{Mutex, MutexGuard};

use crate::{
    cabinet::{Applied, Known, Opened, Stand, Steps},
    chunk::{Arrival, Chunk, Place},
    error::{Error, Result},
    key::Key,
    outbox::{Batch, Entry, Outbox, Staged},
    queries::Tallies,
};

/// The outbox of one account, without its mirror. Cheap to clone; one of them, or one [`crate::Cabinet`], exists for a folder.
#[derive(Clone)]
pub struct Drawer {
    inner: Arc<Mutex<Inner>>,
}

impl std::fmt::Debug for Drawer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Drawer { .. }")
    }
}

struct Inner {
    outbox: Outbox,
    /// The history that was begun last.
    generation: i64,
    /// Up to where the feed was heard since this was opened.
    live: Option<String>,
    /// Whether what is remembered may differ from the file.
    stale: bool,
    steps: Option<Steps>,
}

impl Drawer {
    /// Opens the outbox in this folder, or makes it. What was held is queued: locking ends holds.
    ///
    /// # Errors
    /// As [`Error`] says: no cipher, a newer program's file, a wrong key, another owner, each its own.
    pub async fn open(folder: &Path, key: &Key, now: UtcMillis, steps: Option<Steps>) -> Result<(Self, Opened)> {
        std::fs::create_dir_all(folder)?;
        let (outbox, found) = Outbox::open(folder, key, now).await?;
        let mut inner = Inner { outbox, generation: 0, live: None, stale: true, steps };
        inner.mend().await?;
        let opened = Opened { recovered: found.recovered, salvage: found.salvage, mirror_damaged: false };
        Ok((Self { inner: Arc::new(Mutex::new(inner)) }, opened))
    }
    /// Where the feed was heard up to. There is no mirror that could be walked or checked.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn stand(&self) -> Result<Stand> {
        let mut inner = self.lock().await?;
        let asked = inner.outbox.asked_in().await? >= inner.generation;
        Ok(Stand { live: inner.live.clone(), walked: true, asked, ..Stand::default() })
    }
    /// Takes in the outcomes of a part of the feed, and hands on what is new, records of the first revision, and what changed.
    ///
    /// # Errors
    /// [`Error`]; the same part can be given again.
    pub async fn apply(&self, chunk: Chunk, place: Place, now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock().await?;
        let commands = inner.answers(&chunk.outcomes, now).await?;
        if let Place::Up { cursor, .. } | Place::Head { cursor, .. } = place {
            inner.live = Some(cursor);
        }
        let (fresh, moved): (Vec<_>, Vec<_>) = chunk.arrivals.into_iter().partition(|a| a.rev == 1);
        let records = |arrivals: Vec<Arrival>| arrivals.into_iter().filter_map(|a| a.record).collect();
        Ok(Applied { commands, fresh: records(fresh), moved: records(moved), ..Applied::default() })
    }
    /// Notes that the server is in another history: nothing of it is compared with what the mirror holds.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn begin_anew(&self) -> Result<Applied> {
        let mut inner = self.lock().await?;
        inner.stale = true;
        let next = inner.generation + 1;
        inner.outbox.set_generation(next).await?;
        inner.live = None;
        inner.mend().await?;
        Ok(Applied::default())
    }
    /// As [`crate::Cabinet::to_ask`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn to_ask(&self, now: UtcMillis) -> Result<Vec<CommandId>> {
        self.lock().await?.outbox.tried_lately(now).await
    }
    /// As [`crate::Cabinet::known`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn known(&self, answer: &KnownAnswer, now: UtcMillis) -> Result<Known> {
        let mut inner = self.lock().await?;
        inner.stale = true;
        let history = inner.history();
        let (commands, forgotten) = inner.outbox.known(answer, history, now).await?;
        inner.stale = false;
        inner.step("outbox");
        Ok(Known { applied: Applied { commands, ..Applied::default() }, forgotten })
    }
    /// As [`crate::Cabinet::asked`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn asked(&self) -> Result<()> {
        let mut inner = self.lock().await?;
        let generation = inner.generation;
        inner.outbox.set_asked_in(generation).await
    }
    /// As [`crate::Cabinet::has_to_send`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn has_to_send(&self) -> Result<bool> {
        Ok(!self.lock().await?.outbox.sendable(1, None).is_empty())
    }
    /// As [`crate::Cabinet::next_batch`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn next_batch(&self, most: usize, only: Option<&[CommandId]>, now: UtcMillis) -> Result<Option<Batch>> {
        let mut inner = self.lock().await?;
        let batch = inner.outbox.next_batch(most, only, now).await?;
        if batch.is_some() {
            inner.step("sending");
        }
        Ok(batch)
    }
    /// As [`crate::Cabinet::unsent`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn unsent(&self, ids: &[CommandId]) -> Result<()> {
        self.lock().await?.outbox.unsent(ids).await
    }
    /// As [`crate::Cabinet::answered`]; what was applied is laid on top when the mirror is opened again.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn answered(&self, outcomes: &[Outcome], now: UtcMillis) -> Result<Applied> {
        let commands = self.lock().await?.answers(outcomes, now).await?;
        Ok(Applied { commands, ..Applied::default() })
    }
    /// As [`crate::Cabinet::next_transfer`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn next_transfer(&self) -> Result<Option<Staged>> {
        Ok(self.lock().await?.outbox.next_transfer())
    }
    /// As [`crate::Cabinet::staged_bytes`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn staged_bytes(&self, sha256: &Sha256, from: u64, most: usize) -> Result<Vec<u8>> {
        self.lock().await?.outbox.staged_bytes(sha256, from, most).await
    }
    /// As [`crate::Cabinet::note_transfer`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn note_transfer(&self, sha256: &Sha256, upload: Option<&str>, sent: u64, done: bool) -> Result<()> {
        let mut inner = self.lock().await?;
        inner.outbox.note_transfer(sha256, upload, sent, done).await?;
        inner.step("transfer");
        Ok(())
    }
    /// As [`crate::Cabinet::waiting_for`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn waiting_for(&self, sha256: &Sha256) -> Result<Vec<CommandId>> {
        Ok(self.lock().await?.outbox.waiting_for(sha256))
    }
    /// How many commands wait, and how many need a decision; no records are here.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn tallies(&self) -> Result<Tallies> {
        Ok(self.lock().await?.outbox.tallies())
    }
    /// One command, whole.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn command(&self, id: CommandId) -> Result<Option<Entry>> {
        self.lock().await?.outbox.lookup(id).await
    }
    /// As [`crate::Cabinet::mark_told`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn mark_told(&self, key: &str, now: UtcMillis) -> Result<bool> {
        self.lock().await?.outbox.mark_told(key, now).await
    }
    /// As [`crate::Cabinet::keep_none`].
    ///
    /// # Errors
    /// [`Error`].
    pub async fn keep_none(&self, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock().await?;
        for order in inner.outbox.keeping().await? {
            inner.outbox.set_keeping(order, false, now).await?;
        }
        Ok(())
    }
    /// Closes the file after what runs is finished.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn close(self) -> Result<()> {
        let inner = Arc::try_unwrap(self.inner).map_err(|_| Error::InUse { file: PathBuf::from("outbox.db") })?.into_inner();
        inner.outbox.close().await
    }
    /// The one lock. What was abandoned half-way is mended first.
    async fn lock(&self) -> Result<MutexGuard<'_, Inner>> {
        let mut inner = self.inner.lock().await;
        if inner.stale || inner.outbox.is_unfinished() {
            inner.mend().await?;
        }
        Ok(inner)
    }
}

impl Inner {
    /// Reads the file again.
    async fn mend(&mut self) -> Result<()> {
        self.stale = true;
        self.generation = self.outbox.generation().await?;
        let (generation, whole) = self.history();
        self.outbox.mend(generation, whole).await?;
        self.stale = false;
        Ok(())
    }
    /// What answers are noted with. Where the mirror stands is not known here, and nothing is laid on top: of what was applied
    /// nothing need be remembered.
    const fn history(&self) -> (i64, Option<i64>) {
        (self.generation, Some(i64::MAX))
    }
    async fn answers(&mut self, outcomes: &[Outcome], now: UtcMillis) -> Result<Vec<CommandId>> {
        let (generation, whole) = self.history();
        let commands = self.outbox.answers(outcomes, generation, now).await?;
        self.outbox.retire(generation, whole);
        if !commands.is_empty() {
            self.step("outbox");
        }
        Ok(commands)
    }
    fn step(&self, name: &'static str) {
        if let Some(steps) = &self.steps {
            steps(name);
        }
    }
}
