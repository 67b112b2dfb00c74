//! What must hold of a desk whenever it rests, also in the middle of everything.

use domain::{id::CommandId, status::CommandState, time::UtcMillis};
use mirror::{
    Cabinet,
    trouble::{Beliefs, Contents},
};
use store::Snapshot;

use crate::{
    desk::Mode,
    plan::DESKS,
    wire::Op,
    world::{Ev, World},
};

impl World {
    /// Looks at every desk that runs; at the whole mirror of one of them, each in its turn.
    pub(crate) async fn desks_are_true(&mut self) {
        self.looks += 1;
        for n in 0..DESKS {
            let reads = self.looks % DESKS == n;
            // A desk whose disk fails just now believes nothing.
            if self.desks[n].mode != Mode::Up || self.desks[n].has_died() || self.desks[n].fails() {
                continue;
            }
            let now = self.desks[n].now();
            let seen = self.of_desk(n, async move |cabinet| {
                let asked = cabinet.stand().await.ok()?.asked;
                let contents = if reads { cabinet.contents(now).await.ok()? } else { Contents::default() };
                let beliefs = cabinet.beliefs(now).await.ok()?;
                let stranded = stranded(&cabinet, &beliefs, now).await?;
                Some((asked, beliefs, stranded, contents))
            });
            let Some((asked, beliefs, stranded, contents)) = seen.await else { continue };
            if let Some(id) = stranded {
                self.fault(format!("desk {n}: command {id} waits, and something it builds on was not done"));
            }
            if let Err(why) = self.bytes_are_kept(n, reads, &beliefs).await {
                self.fault(format!("desk {n}: {why}"));
            }
            let holds = match self.is_true(n, asked, &beliefs).await {
                Ok(()) => self.is_its_moment(n, contents).await,
                wrong => wrong,
            };
            if let Err(why) = holds {
                self.fault(format!("desk {n}: {why}"));
            }
        }
    }
    async fn is_true(&mut self, n: usize, asked: bool, beliefs: &Beliefs) -> Result<(), String> {
        let Beliefs { generation, whole, live, laid, commands } = beliefs;
        // No history is begun twice. (Within one, a mark that changed nothing is only remembered, and read again after a start.)
        let last = &mut self.desks[n].generation;
        if *last > *generation {
            return Err(format!("its mirror went from history {last} back to {generation}"));
        }
        *last = *generation;
        // A command is laid on top exactly if it has no answer yet, or was applied above the whole position.
        let belongs = |state: CommandState, seq: Option<i64>, history: Option<i64>| match state {
            CommandState::Held | CommandState::Queued | CommandState::Sent => true,
            CommandState::Applied => history == Some(*generation) && seq.is_some_and(|seq| whole.is_none_or(|whole| seq > whole)),
            _ => false,
        };
        let should: Vec<CommandId> =
            commands.iter().filter(|(_, state, seq, history)| belongs(*state, *seq, *history)).map(|it| it.0).collect();
        if should != *laid {
            return Err(format!("{laid:?} are laid on top, {should:?} belong there"));
        }
        // What a page brought of a command's end is in the outbox before the page is in the mirror.
        let epoch = self.present.head().epoch.simple().to_string();
        if !asked || live.as_deref().and_then(|cursor| cursor.split('~').nth(1)) != Some(epoch.as_str()) {
            return Ok(());
        }
        let waiting: Vec<CommandId> = commands.iter().filter(|it| it.1.is_waiting()).map(|it| it.0).collect();
        let known = self.present.snapshot().known(&waiting).await.unwrap_or_default();
        match known.iter().find(|known| whole.is_some_and(|whole| known.seq <= whole)) {
            Some(known) => Err(format!("command {} waits, and its end {} lies within the mirror ({whole:?})", known.id, known.seq)),
            None => Ok(()),
        }
    }
    /// After a restore: which commands were done, as their desks know, and are done no more. They must not be done again by
    /// themselves. What is still under way in a request of before is done by it, and nobody could tell it from a new one.
    pub(crate) async fn note_lost(&mut self) {
        let under_way = self.commands_under_way();
        for n in 0..DESKS {
            let acts: Vec<CommandId> = self.desks[n].acts.iter().filter(|act| !act.withdrawn).map(|act| act.id).collect();
            let now = self.desks[n].now();
            let ids = acts.clone();
            let states = self.of_desk(n, async move |cabinet| {
                let mut applied = Vec::new();
                for id in ids {
                    let state = cabinet.command(id, now).await.ok()?.map(|pending| pending.entry.state);
                    applied.extend((state == Some(CommandState::Applied)).then_some(id));
                }
                Some(applied)
            });
            let applied = states.await.unwrap_or_default();
            let known = self.present.snapshot().known(&applied).await.unwrap_or_default();
            let lost = applied.into_iter().filter(|id| !known.iter().any(|known| known.id == *id));
            self.lost.extend(lost.filter(|id| !under_way.contains(&id.to_string())));
        }
    }
    /// What stands in requests that have left their desk and not come to the server.
    fn commands_under_way(&self) -> String {
        let letters = self.net.letters();
        let asked = self.queue.values().filter_map(|ev| if let Ev::Arrive(n, _) = ev { letters.exchanges.get(n) } else { None });
        asked.filter(|it| it.request.op == Op::Commands).map(|it| String::from_utf8_lossy(&it.request.body).into_owned()).collect()
    }
}

/// A command that waits though something it builds on was not done.
async fn stranded(cabinet: &Cabinet, beliefs: &Beliefs, now: UtcMillis) -> Option<Option<CommandId>> {
    let undone: Vec<CommandId> = beliefs.commands.iter().filter(|it| it.1.needs_decision()).map(|it| it.0).collect();
    if undone.is_empty() {
        return Some(None);
    }
    for (id, ..) in beliefs.commands.iter().filter(|it| it.1.is_waiting()) {
        let pending = cabinet.command(*id, now).await.ok()??;
        if pending.entry.after.iter().any(|after| undone.contains(after)) {
            return Some(Some(*id));
        }
    }
    Some(None)
}
