//! What a person decides: to take an act back, or what becomes of one that was not done.

use domain::{
    command::{ARGS_VERSION, Act as _, Command, Given as Order},
    commands::{message, notification},
    decision::Refusal,
    id::CommandId,
    status::CommandState,
    time::UtcMillis,
};
use serde_json::Value;
use std::collections::HashMap;

use super::{Applied, Cabinet, Inner, laid::Verdict};
use crate::{
    error::Result,
    mirror::Loader,
    outbox::{Entry, New, Settled},
};

/// Whether an act could be taken back.
#[derive(Clone, Debug)]
pub enum TakenBack {
    /// It never happened.
    Done(Box<Entry>, Applied),
    /// It has left this desk, or something builds on it.
    TooLate,
    /// There is no such act.
    NotFound,
}

/// Whether a command that needed a decision was given again.
#[derive(Clone, Debug)]
pub enum SentAgain {
    /// It is in the outbox under a new id, and so is what waited for it.
    Done(Applied),
    /// The rulebook refuses it as it is now; nothing was done.
    Refused(Refusal),
    /// There is no such command, or it needs no decision.
    NotFound,
}

impl Cabinet {
    /// Takes back an act that has not left this desk: this one, or the newest that can be.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn take_back(&self, id: Option<CommandId>, now: UtcMillis) -> Result<TakenBack> {
        let mut inner = self.lock(now).await?;
        // That something was read is no act that anybody means to undo.
        let only_reads = |e: &&Entry| [notification::Read::NAME, message::MarkRead::NAME].contains(&e.name.as_str());
        let acts = inner.outbox.live().iter().rev().filter(|e| !only_reads(e));
        let newest = acts.map(|e| e.id).find(|id| inner.can_undo(*id));
        let Some(entry) = id.or(newest).and_then(|id| inner.outbox.live_entry(id)).cloned() else { return Ok(TakenBack::NotFound) };
        if !inner.can_undo(entry.id) {
            return Ok(TakenBack::TooLate);
        }
        inner.outbox.take_out(&[entry.id]).await?;
        inner.holds.remove(&entry.id);
        inner.stale = true;
        inner.step("taken back");
        let touched = inner.rebase().await?;
        inner.stale = false;
        let applied = inner.report(Applied { commands: vec![entry.id], ..Applied::default() }, touched);
        Ok(TakenBack::Done(Box::new(entry), applied))
    }
    /// Takes back an act of which nothing has left this desk, although others build on it: they go to a person. One that already
    /// waits for a person is discarded.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn call_off(&self, id: CommandId, now: UtcMillis) -> Result<TakenBack> {
        let mut inner = self.lock(now).await?;
        let Some(entry) = inner.outbox.live_entry(id).cloned() else { return Ok(TakenBack::NotFound) };
        let followers = inner.followers(id, CommandState::is_waiting);
        match entry.state {
            state if state.needs_decision() => inner.outbox.settle(id, Settled::Discarded, None, now).await?,
            CommandState::Held | CommandState::Queued => {
                let ids: Vec<CommandId> = followers.iter().map(|e| e.id).collect();
                inner.outbox.call_off(id, &ids).await?;
            }
            _ => return Ok(TakenBack::TooLate),
        }
        let gone: Vec<CommandId> = std::iter::once(id).chain(followers.iter().map(|e| e.id)).collect();
        inner.holds.retain(|held, _| !gone.contains(held));
        inner.stale = true;
        inner.step("called off");
        let touched = inner.rebase().await?;
        inner.stale = false;
        let applied = inner.report(Applied { commands: gone, ..Applied::default() }, touched);
        Ok(TakenBack::Done(Box::new(entry), applied))
    }
    /// Notes that a person has handled, or discarded, a command that needed a decision. Whether there was one.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn settle(&self, id: CommandId, how: Settled, now: UtcMillis) -> Result<bool> {
        let mut inner = self.lock(now).await?;
        if !inner.outbox.live_entry(id).is_some_and(|e| e.state.needs_decision()) {
            return Ok(false);
        }
        inner.outbox.settle(id, how, None, now).await?;
        Ok(true)
    }
    /// Gives a command that needed a decision again, under a new id and with these arguments; what waited for it follows
    /// under new ids. `ids` makes them.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn send_again(
        &self,
        id: CommandId,
        args: Value,
        ids: &mut (dyn FnMut() -> CommandId + Send),
        now: UtcMillis,
    ) -> Result<SentAgain> {
        let mut inner = self.lock(now).await?;
        inner.send_again(id, args, ids).await
    }
}

impl Inner {
    async fn send_again(&mut self, id: CommandId, args: Value, ids: &mut (dyn FnMut() -> CommandId + Send)) -> Result<SentAgain> {
        let Some(entry) = self.outbox.live_entry(id).filter(|e| e.state.needs_decision()).cloned() else { return Ok(SentAgain::NotFound) };
        let new_id = ids();
        let command = match Command::parse(&entry.name, &args) {
            Ok(command) => command,
            Err(bad) => return Ok(SentAgain::Refused(bad.refusal())),
        };
        if let Some(Verdict::Refused(refusal)) = self.probe(&[Order { id: new_id, command }]).await?.pop() {
            return Ok(SentAgain::Refused(refusal));
        }
        let mut renamed = HashMap::from([(id, new_id)]);
        let followers: Vec<Entry> = self.followers(id, |state| state == CommandState::Blocked);
        for follower in &followers {
            renamed.insert(follower.id, ids());
        }
        let mut again = vec![(entry.id, self.again(&entry, args, &renamed).await?)];
        for follower in followers {
            again.push((follower.id, self.again(&follower, follower.args.clone(), &renamed).await?));
        }
        self.stale = true;
        // The server may have let the file go that it was given: it is asked from the beginning what it has.
        for sha256 in entry.awaits() {
            if self.outbox.staged_file(&sha256).is_some() {
                self.outbox.note_transfer(&sha256, None, 0, false).await?;
            }
        }
        let commands = again.iter().flat_map(|(old, new)| [*old, new.id]).collect();
        self.outbox.replace(again, self.now).await?;
        self.step("sent again");
        let touched = self.rebase().await?;
        self.stale = false;
        Ok(SentAgain::Done(self.report(Applied { commands, ..Applied::default() }, touched)))
    }
    /// What stands so and builds on a command, by whatever steps, in its order.
    fn followers(&self, id: CommandId, stands: fn(CommandState) -> bool) -> Vec<Entry> {
        let mut of = vec![id];
        let mut all = Vec::new();
        for entry in self.outbox.live().iter().filter(|e| stands(e.state) && e.id != id) {
            if entry.after.iter().any(|a| of.contains(a)) {
                of.push(entry.id);
                all.push(entry.clone());
            }
        }
        all
    }
    /// A command under its new id: it builds on the new ids of what it built on, and on nothing that was not done; and the
    /// person has now seen what stands.
    async fn again(&mut self, entry: &Entry, args: Value, renamed: &HashMap<CommandId, CommandId>) -> Result<New> {
        let names: Vec<_> = entry.seen.iter().map(|s| s.reference()).collect();
        let (seen, saw) = self.seen(&names, self.now, &mut Loader::default()).await?;
        let mut after = Vec::new();
        for id in &entry.after {
            match renamed.get(id) {
                Some(new) => after.push(*new),
                None if self.outbox.lookup(*id).await?.is_some_and(|e| e.state == CommandState::Applied || e.state.is_waiting()) => {
                    after.push(*id)
                }
                None => {}
            }
        }
        Ok(New {
            id: renamed.get(&entry.id).copied().unwrap_or(entry.id),
            author: entry.author,
            v: ARGS_VERSION,
            name: entry.name.clone(),
            args,
            subject: entry.subject,
            title: entry.title.clone(),
            made_at: self.now,
            after,
            seen,
            saw,
            makes: entry.makes.clone(),
            held: false,
        })
    }
}
