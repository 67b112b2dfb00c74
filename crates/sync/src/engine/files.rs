//! The desk's files as an engine uses them. Everything it does is the same with the outbox alone; only the mirror's part is
//! missing: nothing is read into it, nothing is walked or checked, and the feed is heard from its head on.

use domain::{
    file::Sha256,
    id::CommandId,
    time::UtcMillis,
    wire::{KnownAnswer, Outcome},
};
use mirror::{Applied, Batch, Cabinet, Chunk, Drawer, Known, Place, Result, Staged, Stand, Tally};

use crate::transport::Ask;

/// What an engine works on.
#[derive(Clone, Debug)]
pub enum Files {
    /// Both files.
    Both(Cabinet),
    /// The outbox alone, while the desk is locked: what waits is sent, and the feed only wakes. What is told of it is how
    /// commands ended, and records of the first revision, which are kept nowhere.
    Outbox(Drawer),
}

/// Asks whichever there is.
macro_rules! either {
    ($files:expr, |$both:ident| $of_both:expr, |$outbox:ident| $of_outbox:expr) => {
        match $files {
            Files::Both($both) => $of_both.await,
            Files::Outbox($outbox) => $of_outbox.await,
        }
    };
}

impl Files {
    /// Whether there is no mirror.
    pub(super) const fn is_locked(&self) -> bool {
        matches!(self, Self::Outbox(_))
    }
    /// What is asked of the feed first.
    pub(super) const fn first(&self) -> Ask {
        if self.is_locked() { Ask::Head } else { Ask::Work }
    }
    pub(super) async fn stand(&self) -> Result<Stand> {
        either!(self, |it| it.stand(), |it| it.stand())
    }
    pub(super) async fn apply(&self, chunk: Chunk, place: Place, now: UtcMillis) -> Result<Applied> {
        either!(self, |it| it.apply(chunk, place, now), |it| it.apply(chunk, place, now))
    }
    pub(super) async fn begin_anew(&self, drop_old: bool, now: UtcMillis) -> Result<Applied> {
        either!(self, |it| it.begin_anew(drop_old, now), |it| it.begin_anew())
    }
    pub(super) async fn to_ask(&self, now: UtcMillis) -> Result<Vec<CommandId>> {
        either!(self, |it| it.to_ask(now), |it| it.to_ask(now))
    }
    pub(super) async fn known(&self, answer: &KnownAnswer, now: UtcMillis) -> Result<Known> {
        either!(self, |it| it.known(answer, now), |it| it.known(answer, now))
    }
    pub(super) async fn asked(&self, now: UtcMillis) -> Result<()> {
        either!(self, |it| it.asked(now), |it| it.asked())
    }
    /// Without a mirror there is nothing to compare.
    pub(super) async fn check(&self, theirs: Tally, at_cursor: &str, now: UtcMillis) -> Result<Option<bool>> {
        either!(self, |it| it.check(theirs, at_cursor, now), |_it| async { Ok(None) })
    }
    pub(super) async fn has_to_send(&self, now: UtcMillis) -> Result<bool> {
        either!(self, |it| it.has_to_send(now), |it| it.has_to_send())
    }
    pub(super) async fn next_batch(&self, most: usize, only: Option<&[CommandId]>, now: UtcMillis) -> Result<Option<Batch>> {
        either!(self, |it| it.next_batch(most, only, now), |it| it.next_batch(most, only, now))
    }
    pub(super) async fn unsent(&self, ids: &[CommandId], now: UtcMillis) -> Result<()> {
        either!(self, |it| it.unsent(ids, now), |it| it.unsent(ids))
    }
    pub(super) async fn answered(&self, outcomes: &[Outcome], now: UtcMillis) -> Result<Applied> {
        either!(self, |it| it.answered(outcomes, now), |it| it.answered(outcomes, now))
    }
    pub(super) async fn next_transfer(&self, now: UtcMillis) -> Result<Option<Staged>> {
        either!(self, |it| it.next_transfer(now), |it| it.next_transfer())
    }
    pub(super) async fn staged_bytes(&self, sha256: &Sha256, from: u64, most: usize, now: UtcMillis) -> Result<Vec<u8>> {
        either!(self, |it| it.staged_bytes(sha256, from, most, now), |it| it.staged_bytes(sha256, from, most))
    }
    pub(super) async fn note_transfer(&self, sha256: &Sha256, upload: Option<&str>, sent: u64, done: bool, now: UtcMillis) -> Result<()> {
        either!(self, |it| it.note_transfer(sha256, upload, sent, done, now), |it| it.note_transfer(sha256, upload, sent, done))
    }
    pub(super) async fn waiting_for(&self, sha256: &Sha256, now: UtcMillis) -> Result<Vec<CommandId>> {
        either!(self, |it| it.waiting_for(sha256, now), |it| it.waiting_for(sha256))
    }
    /// A locked desk holds nothing.
    pub(super) async fn next_hold(&self, now: UtcMillis) -> Result<Option<i64>> {
        either!(self, |it| it.next_hold(now), |_it| async { Ok(None) })
    }
    pub(super) async fn release_holds(&self, mono: Option<i64>, now: UtcMillis) -> Result<Applied> {
        either!(self, |it| it.release_holds(mono, now), |_it| async { Ok(Applied::default()) })
    }
}
