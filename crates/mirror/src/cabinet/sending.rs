//! Sending out of the whole cabinet: what the outbox says of it, and what the mirror shows of it.

use domain::{id::CommandId, record::RecordRef, time::UtcMillis, wire::Outcome};
use std::collections::HashSet;

use super::{Applied, Cabinet, Inner};
use crate::{error::Result, outbox::Batch};

impl Cabinet {
    /// Takes what is to be sent next, at most `most` commands and only these if `only` names some; notes the try before it is
    /// made. Nothing when nothing waits, or all of it waits for something else.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn next_batch(&self, most: usize, only: Option<&[CommandId]>, now: UtcMillis) -> Result<Option<Batch>> {
        let mut inner = self.lock(now).await?;
        let batch = inner.outbox.next_batch(most, only, now).await?;
        if batch.is_some() {
            inner.step("sending");
        }
        Ok(batch)
    }
    /// Whether something waits to be sent.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn has_to_send(&self, now: UtcMillis) -> Result<bool> {
        Ok(!self.lock(now).await?.outbox.sendable(1, None).is_empty())
    }
    /// Notes that these surely did not leave this desk: they wait again, and can be undone.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn unsent(&self, ids: &[CommandId], now: UtcMillis) -> Result<()> {
        self.lock(now).await?.outbox.unsent(ids).await
    }
    /// Takes in the answers to a batch. What was applied stays laid on top until the feed has brought it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn answered(&self, outcomes: &[Outcome], now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock(now).await?;
        let (generation, whole) = inner.history();
        let commands = inner.outcomes(outcomes, generation).await?;
        let touched = if inner.is_outdated() { inner.rebase().await? } else { Vec::new() };
        inner.outbox.retire(generation, whole);
        Ok(inner.report(Applied { commands, ..Applied::default() }, touched))
    }
    /// When the next hold ends, by the monotonic clock, in milliseconds.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn next_hold(&self, now: UtcMillis) -> Result<Option<i64>> {
        Ok(self.lock(now).await?.holds.values().copied().min())
    }
    /// Lets held commands go: those whose hold has ended by the monotonic clock, or all of them when the window is hidden,
    /// the desk locked, or the program ended. Returns which went.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn release_holds(&self, mono: Option<i64>, now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock(now).await?;
        let is_over = |ends: i64| mono.is_none_or(|mono| ends <= mono);
        let due: Vec<CommandId> = inner.holds.iter().filter(|(_, ends)| is_over(**ends)).map(|(id, _)| *id).collect();
        if due.is_empty() {
            return Ok(Applied { version: inner.version, ..Applied::default() });
        }
        inner.outbox.release(&due).await?;
        inner.holds.retain(|id, _| !due.contains(id));
        inner.stale = true;
        let wrote: Vec<_> = inner.laid.iter().filter(|l| due.contains(&l.id)).flat_map(|l| l.wrote.clone()).collect();
        let still: HashSet<_> = inner.laid.iter().filter(|l| inner.holds.contains_key(&l.id)).flat_map(|l| &l.wrote).collect();
        let free: Vec<_> = wrote.into_iter().filter(|name| !still.contains(name)).collect();
        // They go from here on, whatever becomes of the mirror: what cannot be shown now is shown by the next rebase.
        match inner.list_as_shown(&free).await {
            Ok(()) => inner.stale = false,
            Err(error) => tracing::error!(%error, "holds have ended and could not be shown yet"),
        }
        Ok(inner.report(Applied { commands: due, ..Applied::default() }, free))
    }
}

impl Inner {
    async fn list_as_shown(&mut self, names: &[RecordRef]) -> Result<()> {
        self.mirror.begin().await?;
        self.mirror.list_as_shown(names).await?;
        self.mirror.commit().await
    }
}
