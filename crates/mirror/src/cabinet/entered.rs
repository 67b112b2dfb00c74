//! When records came into their lists: what came after a person let a list in is counted and left out (ui.md, principle 10).

use domain::{
    id::UserId,
    record::{AnyRecord, RecordRef},
    records::{Consultation, Order},
    role::Person,
    waiting::waits_for,
};
use std::collections::HashMap;

/// The most turns of records that are remembered.
const REMEMBERED: usize = 10_000;

/// What brings a record into a list in which it did not stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    /// It came, or came back; or it was deleted, and stands among those now.
    Came,
    /// It stands in another state, or is put off, or is so no longer.
    Stands,
    /// It was given to this person, or taken from them.
    Given,
    /// It is of another sort.
    Sort,
    /// It waits for this person now, and did not before; or it waited, and was put off or given to somebody, or is so no longer.
    Waits,
}

/// At which version of the lists records turned last, in each way.
#[derive(Debug, Default)]
pub(crate) struct Entered {
    turns: HashMap<(RecordRef, Turn), u64>,
    /// Versions below this one are too old to know.
    floor: u64,
}

impl Entered {
    /// Notes what a record that came from the feed means for the lists of this version.
    pub(super) fn note(&mut self, before: Option<&AnyRecord>, after: &AnyRecord, me: UserId, version: u64) {
        for turn in turns(before, after, me) {
            self.turns.insert((after.reference(), turn), version);
        }
    }
    /// Forgets the older half once there are too many.
    pub(super) fn trim(&mut self) {
        if self.turns.len() > REMEMBERED {
            let mut versions: Vec<u64> = self.turns.values().copied().collect();
            versions.sort_unstable();
            self.floor = versions[versions.len() / 2];
            let floor = self.floor;
            self.turns.retain(|_, version| *version > floor);
        }
    }
    /// Forgets everything: whatever was let in up to this version is too old to know.
    pub(super) fn begin_anew(&mut self, version: u64) {
        self.turns.clear();
        self.floor = version;
    }
    /// What turned in one of these ways after this version.
    pub(crate) fn later(&self, shown: Option<u64>, ways: &[Turn]) -> Vec<RecordRef> {
        let Some(shown) = shown.filter(|shown| *shown >= self.floor) else { return Vec::new() };
        let turned = self.turns.iter().filter(|((_, turn), version)| **version > shown && ways.contains(turn));
        let mut names: Vec<RecordRef> = turned.map(|((name, _), _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// In which ways a record turned.
fn turns(before: Option<&AnyRecord>, after: &AnyRecord, me: UserId) -> Vec<Turn> {
    let begins_to_wait = before.is_none_or(|before| waits_for(before, me).is_none()) && waits_for(after, me).is_some();
    let mut all = match (before, after) {
        (Some(AnyRecord::Consultation(before)), AnyRecord::Consultation(after)) => request_turns(before, after, me),
        (Some(AnyRecord::Order(before)), AnyRecord::Order(after)) => order_turns(before, after, me),
        (_, AnyRecord::Consultation(_) | AnyRecord::Order(_)) => vec![Turn::Came],
        _ => Vec::new(),
    };
    if begins_to_wait {
        all.push(Turn::Waits);
    }
    all
}

fn request_turns(before: &Consultation, after: &Consultation, me: UserId) -> Vec<Turn> {
    let stands = before.status != after.status || before.snooze != after.snooze;
    let given = is(before.assignee.as_ref(), me) != is(after.assignee.as_ref(), me);
    those([(stands, Turn::Stands), (given, Turn::Given), (stands || given, Turn::Waits)])
}

fn order_turns(before: &Order, after: &Order, me: UserId) -> Vec<Turn> {
    let given = is(before.assignee.as_ref(), me) != is(after.assignee.as_ref(), me);
    those([
        (before.deleted.is_some() != after.deleted.is_some(), Turn::Came),
        (before.status != after.status, Turn::Stands),
        (given, Turn::Given),
        (before.design_type != after.design_type, Turn::Sort),
        (before.snooze != after.snooze, Turn::Waits),
    ])
}

fn is(person: Option<&Person>, me: UserId) -> bool {
    person.is_some_and(|person| person.id == me)
}

fn those<const N: usize>(all: [(bool, Turn); N]) -> Vec<Turn> {
    all.into_iter().filter_map(|(so, turn)| so.then_some(turn)).collect()
}
