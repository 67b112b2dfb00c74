//! Whether a part of the feed meets what this desk's waiting commands rested on.
//!
//! Invariant: a page meets, all go back. “If a page meets anything a waiting command read, missed or wrote, all copies go back,
//! the page goes in, and all waiting commands run again in order.”

use domain::{
    facts::{Key, Lookup},
    record::{AnyRecord, RecordRef},
};
use std::collections::{HashMap, HashSet};

use super::laid::Laid;
use crate::chunk::Chunk;

/// Everything the commands on top read, missed or wrote.
pub(super) struct Rests {
    records: HashSet<RecordRef>,
    lookups: HashSet<Lookup>,
}

impl Rests {
    pub(super) fn of(laid: &[Laid]) -> Self {
        let mut rests = Self { records: HashSet::new(), lookups: HashSet::new() };
        for it in laid {
            rests.records.extend(&it.wrote);
            for key in &it.keys {
                match key {
                    Key::Record(name) => drop(rests.records.insert(*name)),
                    Key::Lookup(lookup) => drop(rests.lookups.insert(lookup.clone())),
                }
            }
        }
        rests
    }
    /// Whether it must be known what stood there before, to tell whether a chunk meets them.
    pub(super) fn ask_for_before(&self) -> bool {
        !self.lookups.is_empty()
    }
    /// Whether this part of the feed changes any of it. `before` is what the server had said of the chunk's records.
    pub(super) fn are_met(&self, chunk: &Chunk, before: &HashMap<RecordRef, AnyRecord>) -> bool {
        let named = chunk.arrivals.iter().filter_map(|a| a.reference()).chain(chunk.losses.iter().filter_map(|l| l.reference()));
        if named.into_iter().any(|name| self.records.contains(&name)) {
            return true;
        }
        let changes = chunk.arrivals.iter().filter_map(|a| Some((before.get(&a.reference()?), a.record.as_deref())));
        let losses = chunk.losses.iter().filter_map(|l| Some((before.get(&l.reference()?), None)));
        changes.chain(losses).any(|(before, after)| self.lookups.iter().any(|l| meets(l, before, after)))
    }
}

/// [`Key::meets`] without making a key of the lookup.
fn meets(lookup: &Lookup, before: Option<&AnyRecord>, after: Option<&AnyRecord>) -> bool {
    before.is_some_and(|r| lookup.matches(r)) || after.is_some_and(|r| lookup.matches(r))
}
