//! What a person had before them when they pressed, and what became of it since.

use domain::{
    audience::{may_see, scope_of},
    facts::Key,
    id::CommandId,
    record::RecordRef,
    role::Actor,
    wire::overtaken,
};
use std::collections::HashMap;

use super::{Item, work::Work};

impl Work {
    /// The seen records that somebody else has moved on since, as far as this person may know of them now: what they may not
    /// see must not be hinted at by a conflict.
    pub(super) async fn overtaken(&mut self, actor: &Actor, item: &Item) -> store::Result<Vec<RecordRef>> {
        if item.seen.is_empty() {
            return Ok(Vec::new());
        }
        self.need(item.seen.iter().map(|seen| Key::Record(seen.reference())).collect()).await?;
        let scopes = item.seen.iter().filter_map(|seen| self.facts.held(seen.reference())).filter_map(|held| scope_of(&held.record));
        self.need(scopes.map(Key::Record).collect()).await?;
        let writers = self.writers(item).await?;
        let own = |r: RecordRef, rev: i64| writers.get(&(r, rev)).is_some_and(|by| item.after.contains(by));
        let moved = overtaken(&item.seen, &self.facts, own);
        Ok(moved.into_iter().filter(|r| self.may_see(actor, *r)).collect())
    }

    fn may_see(&self, actor: &Actor, r: RecordRef) -> bool {
        self.facts.held(r).is_some_and(|held| {
            let scope = scope_of(&held.record).and_then(|scope| self.facts.held(scope));
            may_see(actor, &held.record, scope.map(|held| &*held.record))
        })
    }

    /// Which commands wrote the revisions after the seen ones: only asked where somebody builds on own acts.
    async fn writers(&mut self, item: &Item) -> store::Result<HashMap<(RecordRef, i64), CommandId>> {
        let mut writers = HashMap::new();
        if item.after.is_empty() {
            return Ok(writers);
        }
        for seen in &item.seen {
            let r = seen.reference();
            let Some(now) = self.facts.held(r).map(|held| held.rev).filter(|now| *now > seen.rev) else { continue };
            // Only revisions that commands named in `after` could have written are of interest, and they are few.
            let from = seen.rev.saturating_add(1).max(now - i64::try_from(item.after.len()).unwrap_or(i64::MAX));
            let stored = self.stored().written_by(r, from, now).await?;
            writers.extend(stored.into_iter().map(|(rev, by)| ((r, rev), by)));
            let here = self.wrote.iter().filter(|((record, _), _)| *record == r).map(|(key, by)| (*key, *by));
            writers.extend(here.collect::<Vec<_>>());
        }
        Ok(writers)
    }
}
