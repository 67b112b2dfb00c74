//! What is sent next, and what became of it.
//!
//! Invariant: strangers never wait. “A command waits only for commands it names; a refusal stops what depends on it and nothing
//! else, and never a download.”

use domain::{id::CommandId, status::CommandState, time::UtcMillis, wire::Outcome};
use std::collections::HashSet;

use super::{Applied, Cabinet, Inner};
use crate::{error::Result, outbox::Entry};

/// Commands on their way: at most a hundred, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Which.
    pub ids: Vec<CommandId>,
    /// Of these, the ones that were never on their way before: if it is certain that they did not leave, they can be undone.
    pub first: Vec<CommandId>,
    /// The body of the request.
    pub body: String,
}

/// The most bytes of commands in one request; a single larger one goes alone.
const MOST_BYTES: usize = 512 * 1024;

impl Cabinet {
    /// Takes what is to be sent next, at most `most` commands and only these if `only` names some; notes the try before it is
    /// made. Nothing when nothing waits, or all of it waits for something else.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn next_batch(&self, most: usize, only: Option<&[CommandId]>, now: UtcMillis) -> Result<Option<Batch>> {
        let mut inner = self.lock(now).await?;
        let mut ids = inner.sendable(most, only);
        if ids.is_empty() {
            return Ok(None);
        }
        let mut frozen = inner.outbox.bytes(&ids)?;
        let fits = fitting(&frozen);
        ids.truncate(fits);
        frozen.truncate(fits);
        let fresh = |e: &&Entry| ids.contains(&e.id) && e.state == CommandState::Queued;
        let first = inner.outbox.live().iter().filter(fresh).map(|e| e.id).collect();
        inner.outbox.sending(&ids, &frozen, now).await?;
        inner.step("sending");
        let body = format!("{{\"commands\":[{}]}}", frozen.join(","));
        Ok(Some(Batch { ids, first, body }))
    }
    /// Whether something waits to be sent.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn has_to_send(&self, now: UtcMillis) -> Result<bool> {
        Ok(!self.lock(now).await?.sendable(1, None).is_empty())
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
        inner.mirror.begin().await?;
        inner.mirror.list_as_shown(&free).await?;
        inner.mirror.commit().await?;
        inner.stale = false;
        Ok(inner.report(Applied { commands: due, ..Applied::default() }, free))
    }
}

impl Inner {
    /// The commands that can go now, in their order: those that wait for nothing, or only for commands that go with them
    /// or are answered.
    fn sendable(&self, most: usize, only: Option<&[CommandId]>) -> Vec<CommandId> {
        let mut going: Vec<CommandId> = Vec::new();
        let mut staying: HashSet<CommandId> = HashSet::new();
        for entry in self.outbox.live() {
            let ready = matches!(entry.state, CommandState::Queued | CommandState::Sent) && entry.outcome.is_none();
            if !ready {
                if entry.state != CommandState::Applied {
                    staying.insert(entry.id);
                }
                continue;
            }
            let waits = entry.after.iter().any(|id| staying.contains(id));
            let wanted = only.is_none_or(|only| only.contains(&entry.id));
            if waits || !wanted || going.len() >= most {
                staying.insert(entry.id);
            } else {
                going.push(entry.id);
            }
        }
        going
    }
}

/// How many commands fit into one request: at least one, however large.
fn fitting(frozen: &[String]) -> usize {
    let mut size = 0;
    let fit = |bytes: &&String| {
        size += bytes.len();
        size <= MOST_BYTES
    };
    frozen.iter().take_while(fit).count().max(1)
}
