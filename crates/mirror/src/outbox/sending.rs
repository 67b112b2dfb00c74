//! What is sent next, and what its answers change: all that the outbox can say of it alone.
//!
//! Invariant: strangers never wait. “A command waits only for commands it names; a refusal stops what depends on it and nothing
//! else, and never a download.”

use domain::{
    id::CommandId,
    status::CommandState,
    time::UtcMillis,
    wire::{KnownAnswer, Outcome},
};
use std::collections::HashSet;

use super::{Entry, Outbox};
use crate::{error::Result, queries::Tallies};

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

impl Outbox {
    /// Takes what is to be sent next, at most `most` commands and only these if `only` names some; notes the try before it is
    /// made. Nothing when nothing waits, or all of it waits for something else.
    pub(crate) async fn next_batch(&mut self, most: usize, only: Option<&[CommandId]>, now: UtcMillis) -> Result<Option<Batch>> {
        let mut ids = self.sendable(most, only);
        if ids.is_empty() {
            return Ok(None);
        }
        let mut frozen = self.bytes(&ids)?;
        let fits = fitting(&frozen);
        ids.truncate(fits);
        frozen.truncate(fits);
        let fresh = |e: &&Entry| ids.contains(&e.id) && e.state == CommandState::Queued;
        let first = self.live().iter().filter(fresh).map(|e| e.id).collect();
        if !domain::planted::planted("unnoted_try") {
            self.sending(&ids, &frozen, now).await?;
        }
        if domain::planted::planted("bytes_cleared_early") {
            self.let_files_go().await?;
        }
        let body = format!("{{\"commands\":[{}]}}", frozen.join(","));
        Ok(Some(Batch { ids, first, body }))
    }
    /// The commands that can go now, in their order: those that wait for nothing, or only for commands that go with them
    /// or are answered. One that waits for bytes stays, and what builds on it; strangers go before it.
    pub(crate) fn sendable(&self, most: usize, only: Option<&[CommandId]>) -> Vec<CommandId> {
        let mut going: Vec<CommandId> = Vec::new();
        let mut staying: HashSet<CommandId> = HashSet::new();
        for entry in self.live() {
            let ready = matches!(entry.state, CommandState::Queued | CommandState::Sent) && entry.outcome.is_none();
            if !ready {
                if entry.state != CommandState::Applied {
                    staying.insert(entry.id);
                }
                continue;
            }
            let waits = entry.after.iter().any(|id| staying.contains(id)) || self.waits_for_bytes(entry);
            let wanted = only.is_none_or(|only| only.contains(&entry.id));
            if waits || !wanted || going.len() >= most {
                staying.insert(entry.id);
            } else {
                going.push(entry.id);
            }
        }
        going
    }
    /// Notes answers, and what follows for commands that build on those that were not done. Returns the commands whose state or
    /// number changed.
    pub(crate) async fn answers(&mut self, outcomes: &[Outcome], generation: i64, now: UtcMillis) -> Result<Vec<CommandId>> {
        let mut ended = self.end(outcomes, generation, now).await?;
        ended.extend(self.block_dependents().await?);
        self.let_files_go().await?;
        Ok(ended)
    }
    /// Notes which commands a server knows. Returns those that ended, and those that were done and are known no more: they wait
    /// for a person. What builds on them is blocked.
    pub(crate) async fn known(
        &mut self,
        answer: &KnownAnswer,
        (generation, whole): (i64, Option<i64>),
        now: UtcMillis,
    ) -> Result<(Vec<CommandId>, Vec<CommandId>)> {
        let mut ended = self.answers(&answer.outcomes, generation, now).await?;
        let mut forgotten = Vec::new();
        for id in &answer.unknown {
            if self.lookup(*id).await?.is_some_and(|e| e.state == CommandState::Applied) {
                forgotten.push(*id);
            }
        }
        self.forgotten(&forgotten, generation, whole).await?;
        ended.extend(&forgotten);
        ended.extend(self.block_dependents().await?);
        Ok((ended, forgotten))
    }
    /// Blocks what builds, by whatever steps, on a command that was not done. Returns what was blocked.
    pub(super) async fn block_dependents(&mut self) -> Result<Vec<CommandId>> {
        let mut failed: HashSet<CommandId> = self.live().iter().filter(|e| e.state.needs_decision()).map(|e| e.id).collect();
        let mut blocked = Vec::new();
        // Commands stand in their order, and build only on earlier ones: one pass finds all.
        for entry in self.live().iter().filter(|e| e.state.is_waiting() && e.outcome.is_none()) {
            if entry.after.iter().any(|id| failed.contains(id)) {
                failed.insert(entry.id);
                blocked.push(entry.id);
            }
        }
        if domain::planted::planted("dependents_wait") {
            return Ok(Vec::new());
        }
        self.block(&blocked).await?;
        Ok(blocked)
    }
    /// How many commands wait, and how many need a decision. How many records are here is the mirror's affair.
    pub(crate) fn tallies(&self) -> Tallies {
        let count = |is: fn(CommandState) -> bool| u32::try_from(self.live().iter().filter(|e| is(e.state)).count()).unwrap_or(u32::MAX);
        let (queued, conflicts) = (count(CommandState::is_waiting), count(|s| s == CommandState::Conflict));
        Tallies { queued, refused: count(CommandState::needs_decision) - conflicts, conflicts, records: 0 }
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
