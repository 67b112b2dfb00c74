//! Taking this desk's acts off and laying them on again.
//!
//! Invariant: laid on top is derived. “A command is laid on top exactly if it has no outcome yet, or was applied above the whole
//! position. That is never stored.”

use domain::{id::CommandId, record::RecordRef, status::CommandState};

use super::{Inner, laid::Judge};
use crate::{error::Result, mirror::Position, outbox::Entry};

/// Whether a command is laid on top of a mirror that stands here.
pub(super) fn is_laid(entry: &Entry, position: &Position) -> bool {
    match entry.state {
        CommandState::Held | CommandState::Queued | CommandState::Sent => true,
        CommandState::Applied if domain::planted::planted("lay_off_early") => false,
        CommandState::Applied => entry.is_above(position.generation, position.whole),
        _ => false,
    }
}

impl Inner {
    /// The commands that belong on top of the mirror as it stands, in their order.
    pub(crate) fn to_lay(&self) -> Vec<CommandId> {
        self.outbox.live().iter().filter(|e| is_laid(e, self.mirror.position())).map(|e| e.id).collect()
    }
    /// Whether other commands are on top than belong there.
    pub(super) fn is_outdated(&self) -> bool {
        !self.to_lay().iter().eq(self.laid.iter().map(|l| &l.id))
    }
    /// Takes everything off and lays it on again, in a transaction of its own. Returns what may look otherwise now.
    pub(super) async fn rebase(&mut self) -> Result<Vec<RecordRef>> {
        self.mirror.begin().await?;
        let mut touched = self.mirror.restore_all().await?;
        touched.extend(self.lay_all().await?);
        self.mirror.commit().await?;
        self.step("rebase");
        touched.sort();
        touched.dedup();
        self.changed(&touched);
        Ok(touched)
    }
    /// Runs all commands that belong on top, in their order, over what the server said. The caller has a transaction open and
    /// has restored everything.
    pub(super) async fn lay_all(&mut self) -> Result<Vec<RecordRef>> {
        let Self { outbox, mirror, actor, now, fresh, .. } = self;
        let position = mirror.position().clone();
        let entries: Vec<&Entry> = outbox.live().iter().filter(|e| is_laid(e, &position)).collect();
        let mut judge = Judge::new(mirror, actor, *now, fresh);
        let laid = judge.run(&entries).await?;
        let (shown, mut read) = judge.end();
        mirror.lay_over(&shown, &mut read).await?;
        self.laid = laid;
        Ok(shown.into_keys().collect())
    }
}
