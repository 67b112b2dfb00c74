//! Judging this desk's own commands over the mirror, one after another.

use domain::{
    audience::may_see,
    command::{Given, decide},
    decision::{Changes, Decision, Refusal},
    facts::{Facts, Held, Key, Lookup},
    id::{CommandId, RecordId},
    record::{Kind, RecordRef},
    role::Actor,
    status::CommandState,
    time::UtcMillis,
};
use std::collections::{HashMap, HashSet};

use crate::{
    error::Result,
    mirror::{Loader, Mirror, Shown},
    outbox::Entry,
};

/// What the rulebook on this desk says of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It can be done, and is shown as done.
    Applied,
    /// This desk lacks facts: the server decides.
    ServerDecides,
    /// It cannot be done.
    Refused(Refusal),
}

/// A command that is laid on top, with everything its judgement rested on.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    pub(crate) id: CommandId,
    pub(crate) verdict: Verdict,
    /// What it read, and what it missed.
    pub(crate) keys: Vec<Key>,
    /// What it wrote.
    pub(crate) wrote: Vec<RecordRef>,
    /// Of that, what was not there before.
    pub(crate) makes: Vec<RecordRef>,
}

impl Laid {
    /// What it may have changed: what it wrote, and where only the server can judge it, whatever it names.
    pub(crate) fn touched(&self) -> impl Iterator<Item = RecordRef> {
        let named = if self.verdict == Verdict::ServerDecides { records(&self.keys) } else { Vec::new() };
        self.wrote.iter().copied().chain(named)
    }
}

/// Judges commands over one state of a mirror, each over what those before it left.
pub(crate) struct Judge<'a> {
    mirror: &'a mut Mirror,
    actor: &'a Actor,
    now: UtcMillis,
    loader: Loader,
    fresh: &'a HashSet<RecordId>,
    /// What the commands leave, by record.
    shown: HashMap<RecordRef, Shown>,
    /// Records that a held command wrote: they keep their places in the lists.
    held: HashSet<RecordRef>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(mirror: &'a mut Mirror, actor: &'a Actor, now: UtcMillis, fresh: &'a HashSet<RecordId>) -> Self {
        Self { mirror, actor, now, loader: Loader::default(), fresh, shown: HashMap::new(), held: HashSet::new() }
    }
    /// What the commands leave, and what was read for them.
    pub(crate) fn end(self) -> (HashMap<RecordRef, Shown>, Loader) {
        (self.shown, self.loader)
    }
    /// Judges these commands in their order. What they surely need is read at once.
    pub(crate) async fn run(&mut self, entries: &[&Entry]) -> Result<Vec<Laid>> {
        let keys: Vec<Key> = entries.iter().filter_map(|e| e.given().ok()).flat_map(|given| given.command.keys()).collect();
        self.loader.prefetch(self.mirror, &records(&keys)).await?;
        let mut all = Vec::new();
        for entry in entries {
            self.loader.made_here.extend(&entry.makes);
            all.push(self.lay(entry).await?);
        }
        Ok(all)
    }
    async fn lay(&mut self, entry: &Entry) -> Result<Laid> {
        let held = entry.state == CommandState::Held;
        match entry.given() {
            Ok(given) => self.judge(&given, held).await,
            // A command of another program, or with arguments this one cannot read: it is sent as it is.
            Err(_) => {
                let wrote = entry.subject.into_iter().collect();
                Ok(Laid { id: entry.id, verdict: Verdict::ServerDecides, keys: Vec::new(), wrote, makes: Vec::new() })
            }
        }
    }
    /// What the rulebook says of one command; it leaves nothing.
    pub(crate) async fn probe(&mut self, given: &Given) -> Result<Verdict> {
        Ok(match self.decide(given).await?.0 {
            Decision::Apply(_) => Verdict::Applied,
            Decision::Refuse(refusal) => Verdict::Refused(refusal),
            Decision::Need(_) | Decision::Unknown(_) => Verdict::ServerDecides,
        })
    }
    /// Judges one command, and lays what it writes over the rest.
    pub(crate) async fn judge(&mut self, given: &Given, held: bool) -> Result<Laid> {
        let (decision, keys) = self.decide(given).await?;
        let nothing = |verdict, wrote| Laid { id: given.id, verdict, keys: keys.clone(), wrote, makes: Vec::new() };
        Ok(match decision {
            Decision::Apply(mut changes) => {
                // What tells somebody else of it stands at no desk of this person.
                changes.writes.retain(|w| w.record.kind() != Kind::Notification || may_see(self.actor, &w.record, None));
                let wrote: Vec<RecordRef> = changes.writes.iter().map(|w| w.record.reference()).collect();
                let makes = changes.writes.iter().filter(|w| w.base.is_none()).map(|w| w.record.reference()).collect();
                self.take(changes, held);
                Laid { id: given.id, verdict: Verdict::Applied, keys, wrote, makes }
            }
            Decision::Refuse(refusal) => nothing(Verdict::Refused(refusal), Vec::new()),
            // What it would write is not known; that it is about its subject is.
            Decision::Need(_) | Decision::Unknown(_) => nothing(Verdict::ServerDecides, given.command.subject().into_iter().collect()),
        })
    }
    /// Asks the rulebook, and brings it the facts it wants.
    async fn decide(&mut self, given: &Given) -> Result<(Decision, Vec<Key>)> {
        let mut facts = Facts::default();
        let mut keys = Vec::new();
        let mut wanted = given.command.keys();
        self.loader.prefetch(self.mirror, &records(&wanted)).await?;
        loop {
            let mut learnt = false;
            for key in wanted {
                if !facts.has(&key) {
                    self.learn(&mut facts, &key).await?;
                    keys.push(key);
                    learnt = true;
                }
            }
            match decide(&facts, self.actor, self.now, given) {
                Decision::Need(more) if learnt || keys.is_empty() => wanted = more,
                decision => return Ok((decision, keys)),
            }
        }
    }
    async fn learn(&mut self, facts: &mut Facts, key: &Key) -> Result<()> {
        match key {
            Key::Record(name) => match self.record(*name).await? {
                Some(held) => facts.learn(*name, held),
                None => facts.cannot_know(key.clone()),
            },
            Key::Lookup(lookup) => match self.lookup(lookup).await? {
                Some(found) => facts.learn_lookup(lookup.clone(), found),
                None => facts.cannot_know(key.clone()),
            },
        }
        Ok(())
    }
    async fn record(&mut self, name: RecordRef) -> Result<Option<Option<Held>>> {
        if let Some(shown) = self.shown.get(&name) {
            return Ok(Some(Some(Held { rev: shown.rev, record: shown.record.clone() })));
        }
        if self.fresh.contains(&name.id) {
            self.loader.made_here.insert(name);
        }
        self.loader.record(self.mirror, name).await
    }
    async fn lookup(&mut self, lookup: &Lookup) -> Result<Option<Vec<Held>>> {
        let Some(mut found) = self.loader.lookup(self.mirror, &self.actor.roles, lookup).await? else { return Ok(None) };
        found.retain(|held| !self.shown.contains_key(&held.record.reference()));
        let ours = self.shown.values().filter(|s| lookup.matches(&s.record));
        found.extend(ours.map(|s| Held { rev: s.rev, record: s.record.clone() }));
        Ok(Some(found))
    }
    fn take(&mut self, changes: Changes, held: bool) {
        for write in changes.writes {
            let name = write.record.reference();
            let rev = write.rev();
            // Once a held act has touched a record, its place waits for the hold to end, whatever follows.
            let keeps = (held || self.held.contains(&name)) && write.base.is_some();
            if keeps {
                self.held.insert(name);
            }
            let earlier = self.shown.get(&name).map(|s| s.listed.clone());
            let before = if keeps { earlier.or_else(|| self.loader.known(name)) } else { None };
            let listed = before.unwrap_or_else(|| write.record.clone());
            self.shown.insert(name, Shown { rev, record: write.record, listed });
        }
    }
}

/// The records among what a rule wants to know.
fn records(keys: &[Key]) -> Vec<RecordRef> {
    keys.iter().filter_map(|key| if let Key::Record(name) = key { Some(*name) } else { None }).collect()
}
