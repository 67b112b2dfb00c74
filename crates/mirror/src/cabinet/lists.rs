//! What the small lists and the screens need of the outbox.

use domain::{id::CommandId, record::RecordRef, status::CommandState, time::UtcMillis};
use std::collections::HashMap;

use super::{
    Cabinet, Inner,
    laid::{Laid, Verdict},
};
use crate::{error::Result, outbox::Entry};

/// A command that is not finished, as lists show it.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The command.
    pub entry: Entry,
    /// When its hold ends, by the monotonic clock.
    pub held_until: Option<i64>,
    /// Whether the rulebook on this desk says that the server will refuse it. Only said of what is one moment of the server, whole.
    pub will_be_refused: bool,
    /// Whether it can be taken back.
    pub can_undo: bool,
}

impl Inner {
    /// A command as lists show it.
    pub(crate) fn pending(&self, entry: &Entry) -> Pending {
        let refused = |l: &Laid| l.id == entry.id && matches!(l.verdict, Verdict::Refused(_));
        let said = entry.outcome.is_none() && self.mirror.position().is_whole();
        Pending {
            entry: entry.clone(),
            held_until: self.holds.get(&entry.id).copied(),
            will_be_refused: said && self.laid.iter().any(refused),
            can_undo: self.can_undo(entry.id),
        }
    }
    /// The commands about a record that are not finished.
    pub(crate) fn about(&self, name: RecordRef) -> Vec<Pending> {
        let wrote = |e: &Entry| self.laid.iter().any(|l| l.id == e.id && l.wrote.contains(&name));
        let open = self.outbox.live().iter().filter(|e| e.is_open());
        open.filter(|e| e.subject == Some(name) || wrote(e)).map(|e| self.pending(e)).collect()
    }
    /// The most urgent open command of each record (ui.md, section 4).
    pub(crate) fn marks(&self) -> HashMap<RecordRef, (CommandState, CommandId)> {
        let mut marks: HashMap<RecordRef, (CommandState, CommandId)> = HashMap::new();
        for entry in self.outbox.live().iter().filter(|e| e.is_open()) {
            let wrote = self.laid.iter().filter(|l| l.id == entry.id).flat_map(|l| l.wrote.iter());
            for name in entry.subject.iter().chain(wrote) {
                let mark = marks.entry(*name).or_insert((entry.state, entry.id));
                if urgency(entry.state) > urgency(mark.0) {
                    *mark = (entry.state, entry.id);
                }
            }
        }
        marks
    }
}

/// Refused before blocked before conflict before what is on its way.
pub(crate) const fn urgency(state: CommandState) -> u8 {
    match state {
        CommandState::Refused => 7,
        CommandState::Blocked => 6,
        CommandState::Unknown => 5,
        CommandState::Conflict => 4,
        CommandState::Sent => 3,
        CommandState::Queued => 2,
        CommandState::Held => 1,
        CommandState::Applied | CommandState::Settled => 0,
    }
}

impl Cabinet {
    /// Keeps a text a person began; an empty one is forgotten.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn set_draft(&self, key: &str, text: &str, now: UtcMillis) -> Result<()> {
        self.lock(now).await?.outbox.set_draft(key, text, now).await
    }
    /// The texts a person began, the newest first, 500 at most, each under its name.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn drafts(&self, now: UtcMillis) -> Result<Vec<(String, String)>> {
        self.lock(now).await?.outbox.drafts().await
    }
    /// Marks something as told, before it is told. Whether it had not been.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn mark_told(&self, key: &str, now: UtcMillis) -> Result<bool> {
        self.lock(now).await?.outbox.mark_told(key, now).await
    }
    /// Marks a record as looked at. Whether it had not been.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn mark_looked(&self, record: RecordRef, now: UtcMillis) -> Result<bool> {
        let mut inner = self.lock(now).await?;
        let new = inner.outbox.mark_looked(record, now).await?;
        if new {
            inner.mirror.look_at(record).await?;
            inner.version += 1;
        }
        Ok(new)
    }
    /// The version of the lists: it rises whenever they may look otherwise.
    pub async fn version(&self) -> u64 {
        self.inner.lock().await.version
    }
    /// Keeps a single value beside the commands; `None` forgets it.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn set_value(&self, key: &str, value: Option<&str>) -> Result<()> {
        self.mended().await?.outbox.set_value(key, value).await
    }
    /// A single value.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn value(&self, key: &str) -> Result<Option<String>> {
        self.mended().await?.outbox.value(key).await
    }
    /// Makes a rolling copy of the outbox, and forgets what need not be remembered any longer. Once a day is often enough.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn keep_copy(&self, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock(now).await?;
        inner.outbox.purge(now).await?;
        inner.outbox.keep_copy().await
    }
    /// Gives back to the disk what files that were sent have left empty in the outbox, if that is much. Asking costs nothing.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn give_back(&self, now: UtcMillis) -> Result<()> {
        self.lock(now).await?.outbox.give_back().await
    }
}
