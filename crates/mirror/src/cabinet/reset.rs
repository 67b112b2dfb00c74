//! Beginning again: a reset, a mirror that was found to be wrong, and the daily check that finds it.

use domain::{id::CommandId, time::UtcMillis, wire::KnownAnswer};

use super::{Applied, Cabinet, Inner, MIRROR, NEXT};
use crate::{
    chunk::{Chunk, Place},
    error::Result,
    file::{remove, rename},
    mirror::{Mirror, Tally},
};

/// How many rows the check reads before others may have the files.
const TALLIED: u32 = 4_000;

/// What the server's memory of this desk's commands changed.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What looks otherwise now.
    pub applied: Applied,
    /// Commands the server does not know any more: a person decides.
    pub forgotten: Vec<CommandId>,
}

impl Cabinet {
    /// Begins a new mirror, of a new history. The one that is shown stays until the new one has the open records; with
    /// `drop_old` (this person's rights changed) it goes at once. The outbox stays as it is.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn begin_anew(&self, drop_old: bool, now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock(now).await?;
        inner.begin_anew(drop_old).await
    }
    /// The commands of the last 30 days that a server may know: what it is asked about after a reset.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn to_ask(&self, now: UtcMillis) -> Result<Vec<CommandId>> {
        let mut inner = self.lock(now).await?;
        inner.outbox.tried_lately(now).await
    }
    /// Notes that all of them were asked about, in the history that is being fed: so that a program that ends in between
    /// asks again when it starts.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn asked(&self, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock(now).await?;
        let generation = inner.next.as_ref().unwrap_or(&inner.mirror).position().generation;
        inner.outbox.set_asked_in(generation).await
    }
    /// Takes in which commands the server knows: known ones keep their answers, in this history; those it had done and
    /// does not know any more wait for a person. One that was never answered is sent again as it would have been: nothing
    /// that was done is done again by itself.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn known(&self, answer: &KnownAnswer, now: UtcMillis) -> Result<Known> {
        let mut inner = self.lock(now).await?;
        let history = inner.history();
        inner.stale = true;
        let (ended, forgotten) = inner.outbox.known(answer, history, now).await?;
        if !ended.is_empty() {
            inner.step("outbox");
        }
        let touched = if inner.is_outdated() { inner.rebase().await? } else { Vec::new() };
        inner.stale = false;
        let applied = inner.report(Applied { commands: ended, ..Applied::default() }, touched);
        Ok(Known { applied, forgotten })
    }
    /// Compares count and sum with the server's, which were read where this mirror stands. `None` when the mirror moved on
    /// meanwhile, or has not come far enough: then another page is asked.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn check(&self, theirs: Tally, at_cursor: &str, now: UtcMillis) -> Result<Option<bool>> {
        let mut tally = Tally::default();
        let mut from = Some(0);
        let mut version = None;
        while let Some(row) = from {
            let mut inner = self.lock(now).await?;
            let position = inner.mirror.position();
            let here = position.is_whole() && position.live.as_deref() == Some(at_cursor) && inner.next.is_none();
            if !here || *version.get_or_insert(inner.version) != inner.version {
                return Ok(None);
            }
            from = inner.mirror.tally(&mut tally, row, TALLIED).await?;
        }
        let mut inner = self.lock(now).await?;
        inner.mirror.checked(now.ms()).await?;
        Ok(Some(tally == theirs))
    }
}

impl Inner {
    async fn begin_anew(&mut self, drop_old: bool) -> Result<Applied> {
        let last = self.outbox.generation().await?.max(self.mirror.position().generation) + 1;
        self.outbox.set_generation(last).await?;
        if let Some(abandoned) = self.next.take() {
            abandoned.close().await?;
        }
        let beside = self.folder.join(NEXT);
        remove(&beside)?;
        let next = Mirror::open(&beside, &self.mirror_key, self.actor.id(), last).await?;
        if drop_old {
            return self.swap(next).await;
        }
        self.next = Some(next);
        Ok(Applied { version: self.version, ..Applied::default() })
    }
    /// The first page of a new history: it is laid into the mirror beside, which takes the old one's place.
    pub(super) async fn apply_beside(&mut self, chunk: Chunk, place: Place) -> Result<Applied> {
        let Some(mut next) = self.next.take() else { return Ok(Applied::default()) };
        let commands = self.outcomes(&chunk.outcomes, next.position().generation).await?;
        next.remember_looked(&self.outbox.looked().await?);
        let is_opening = place == Place::Opening;
        next.begin().await?;
        if chunk.begins(&place) {
            next.empty().await?;
        }
        next.advance(&place, !is_opening).await?;
        next.take_in(chunk).await?;
        next.commit().await?;
        if is_opening {
            self.next = Some(next);
            return Ok(Applied { commands, version: self.version, ..Applied::default() });
        }
        let mut applied = self.swap(next).await?;
        applied.commands.extend(commands);
        Ok(applied)
    }
    /// Puts a mirror in the place of the one that is shown.
    async fn swap(&mut self, next: Mirror) -> Result<Applied> {
        next.close().await?;
        self.stale = true;
        let path = self.folder.join(MIRROR);
        // The handle on the old file must go before the file does; a mirror in memory stands in for a moment. Nothing is awaited
        // between here and the new name: whoever abandons this leaves either the old file or the new one, and no handle on it.
        let stand_in = Mirror::stand_in(self.actor.id()).await?;
        drop(std::mem::replace(&mut self.mirror, stand_in));
        rename(&self.folder.join(NEXT), &path)?;
        self.mirror = Mirror::open(&path, &self.mirror_key, self.actor.id(), 0).await?;
        self.step("swap");
        self.entered.begin_anew(self.version);
        self.recover().await?;
        self.version += 1;
        Ok(Applied { any: true, version: self.version, ..Applied::default() })
    }
}
