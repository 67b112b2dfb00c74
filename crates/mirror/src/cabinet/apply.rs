//! Laying a part of the feed into the files.

use domain::{
    id::CommandId,
    record::{AnyRecord, Kind, RecordRef},
    time::UtcMillis,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{Cabinet, Inner, meets::Rests};
use crate::{
    chunk::{Arrival, Chunk, Place},
    error::Result,
};

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// The records that may look otherwise now. Above [`Self::NAMED`] of them they are not named.
    pub changed: Vec<RecordRef>,
    /// Whether anything may look otherwise now.
    pub any: bool,
    /// The commands whose state changed.
    pub commands: Vec<CommandId>,
    /// Records that came into being above the first head, as they came: what notifications are made from.
    pub fresh: Vec<Arc<AnyRecord>>,
    /// Records that were there and changed, as they came: behind the lock all of them, since nobody can read them there; at an open desk
    /// those that a client has decided on.
    pub moved: Vec<Arc<AnyRecord>>,
    /// The version of the lists.
    pub version: u64,
    /// Whether nothing was taken in, because the walk does not stand where the part begins.
    pub passed_over: bool,
}

impl Applied {
    /// Above so many records a change is not named record by record.
    pub const NAMED: usize = 200;
}

impl Cabinet {
    /// Lays a part of the feed into the files: its outcomes into the outbox, then rows, positions and what is laid on top into
    /// the mirror, in one transaction.
    ///
    /// # Errors
    /// [`crate::Error`]; the same part can be given again.
    pub async fn apply(&self, chunk: Chunk, place: Place, now: UtcMillis) -> Result<Applied> {
        let mut inner = self.lock(now).await?;
        if inner.next.is_some() {
            return inner.apply_beside(chunk, place).await;
        }
        inner.apply(chunk, place).await
    }
}

impl Inner {
    pub(super) async fn apply(&mut self, chunk: Chunk, place: Place) -> Result<Applied> {
        if let Place::Down { from, .. } = &place
            && self.mirror.position().walk.as_ref() != Some(from)
        {
            return Ok(Applied { version: self.version, passed_over: true, ..Applied::default() });
        }
        let mut applied = Applied::default();
        let (generation, _) = self.history();
        let late = if domain::planted::planted("mirror_before_outbox") { Some(chunk.outcomes.clone()) } else { None };
        if late.is_none() {
            applied.commands = self.outcomes(&chunk.outcomes, generation).await?;
        }
        self.stale = true;
        let before = self.before(&chunk, &place).await?;
        let rests = Rests::of(&self.laid);
        let meets = rests.are_met(&chunk, &before);
        applied.fresh = self.newcomers(&chunk, &place, &before);
        applied.moved = self.decided(&chunk, &place, &before);
        let mut touched = self.touched(&chunk, &place, &before);
        self.mirror.begin().await?;
        let was_walked = self.mirror.position().walked;
        let advance = match place {
            Place::Opening => false,
            Place::Up { .. } => !chunk.is_empty(),
            Place::Work { .. } | Place::Head { .. } | Place::Down { .. } => true,
        };
        let begins = chunk.begins(&place) && !self.mirror.position().has_begun();
        let mut has_emptied = false;
        if begins {
            touched.extend(self.mirror.restore_all().await?);
            has_emptied = self.mirror.empty().await?;
        }
        let walked = self.mirror.advance(&place, advance).await?;
        if domain::planted::planted("position_first") {
            self.mirror.commit().await?;
            self.mirror.begin().await?;
        }
        // A walk that has ended lets lookups answer «there is none», which commands may have missed; so do the open records.
        let learns = (!was_walked && walked) || matches!(place, Place::Work { .. });
        let meets = meets && !domain::planted::planted("pages_unmet");
        let relay = meets || begins || self.is_outdated() || (learns && !self.laid.is_empty());
        if relay {
            touched.extend(self.mirror.restore_all().await?);
        }
        let rows = chunk.len();
        self.mirror.take_in(chunk).await?;
        if relay {
            touched.extend(self.lay_all().await?);
        }
        // What the walk brings can be had again; everything else is in the file when this returns.
        match place {
            Place::Down { cursor: Some(_), .. } => self.mirror.commit_later(rows).await?,
            _ => self.mirror.commit().await?,
        }
        self.step("mirror");
        if !self.mirror.keeping().is_empty() && (walked || touched.iter().any(|name| name.kind == Kind::Order)) {
            self.settle_keeping().await?;
        }
        if let Some(late) = late {
            applied.commands = self.outcomes(&late, generation).await?;
        }
        let (generation, whole) = self.history();
        self.outbox.retire(generation, whole);
        self.stale = false;
        let mut applied = self.report(applied, touched);
        if has_emptied {
            // What went is not named.
            applied.changed.clear();
            self.counted = None;
        }
        Ok(applied)
    }
    /// Notes outcomes in the outbox, and what follows for commands that build on those that were not done.
    pub(super) async fn outcomes(&mut self, outcomes: &[domain::wire::Outcome], generation: i64) -> Result<Vec<CommandId>> {
        let ended = self.outbox.answers(outcomes, generation, self.now).await?;
        if !ended.is_empty() {
            self.step("outbox");
        }
        Ok(ended)
    }
    /// What the server had said of the chunk's records, where somebody asks for it.
    async fn before(&mut self, chunk: &Chunk, place: &Place) -> Result<HashMap<RecordRef, AnyRecord>> {
        let up = matches!(place, Place::Up { .. });
        if !up && !Rests::of(&self.laid).ask_for_before() {
            return Ok(HashMap::new());
        }
        let arrivals = chunk.arrivals.iter().filter_map(Arrival::reference);
        let names: Vec<RecordRef> = arrivals.chain(chunk.losses.iter().filter_map(|l| l.reference())).collect();
        self.mirror.server_states(&names).await
    }
    /// Records that came into being above the first head. What was merely not walked over yet is none.
    fn newcomers(&self, chunk: &Chunk, place: &Place, before: &HashMap<RecordRef, AnyRecord>) -> Vec<Arc<AnyRecord>> {
        let Place::Up { .. } = place else { return Vec::new() };
        let position = self.mirror.position();
        let is_new = |a: &&Arrival| {
            let above = position.head.is_some_and(|head| a.seq > head);
            let held = a.reference().is_some_and(|name| before.contains_key(&name));
            above && !held && (a.rev == 1 || position.complete())
        };
        chunk.arrivals.iter().filter(is_new).filter_map(|a| a.record.clone()).collect()
    }
    /// Versions that were here and stand otherwise now, above the first head.
    fn decided(&self, chunk: &Chunk, place: &Place, before: &HashMap<RecordRef, AnyRecord>) -> Vec<Arc<AnyRecord>> {
        let Place::Up { .. } = place else { return Vec::new() };
        let head = self.mirror.position().head;
        let moved = |a: &&Arrival| {
            let (Some(AnyRecord::Design(after)), above) = (a.record.as_deref(), head.is_some_and(|head| a.seq > head)) else {
                return false;
            };
            let was = a.reference().and_then(|name| before.get(&name));
            above && matches!(was, Some(AnyRecord::Design(was)) if was.status != after.status)
        };
        chunk.arrivals.iter().filter(moved).filter_map(|a| a.record.clone()).collect()
    }
    /// The records of a chunk; and of those that the feed brought into a list, since when they stand there.
    fn touched(&mut self, chunk: &Chunk, place: &Place, before: &HashMap<RecordRef, AnyRecord>) -> Vec<RecordRef> {
        if matches!(place, Place::Up { .. }) {
            let next = self.version + 1;
            // What this desk did itself stands in the lists already, where the person put it.
            let ours: HashSet<RecordRef> = self.laid.iter().flat_map(|it| it.wrote.iter().copied()).collect();
            let arrived = chunk.arrivals.iter().filter_map(|arrival| arrival.record.as_deref());
            for after in arrived.filter(|after| !ours.contains(&after.reference())) {
                self.entered.note(before.get(&after.reference()), after, self.actor.id(), next);
            }
            self.entered.trim();
        }
        let arrivals = chunk.arrivals.iter().filter_map(Arrival::reference);
        arrivals.chain(chunk.losses.iter().filter_map(|l| l.reference())).collect()
    }
    pub(super) fn report(&mut self, mut applied: Applied, mut touched: Vec<RecordRef>) -> Applied {
        touched.sort();
        touched.dedup();
        self.changed(&touched);
        applied.any = !touched.is_empty();
        applied.changed = if touched.len() > Applied::NAMED { Vec::new() } else { touched };
        applied.version = self.version;
        applied
    }
}
