//! What went from one state to another in a commit: counted and logged, by kind, state, id and number, with the
//! place it came from as a hash, and never by what the record says of a person.

use domain::record::{AnyRecord, RecordRef};

use super::work::Work;
use crate::origin::Origin;

/// A record that went from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    record: RecordRef,
    /// What people call it by.
    number: Option<String>,
    origin: Option<Origin>,
    /// Nothing for a new record.
    from: Option<String>,
    to: String,
}

impl Work {
    /// Everything that this transaction brings into another state than it stood in.
    pub(super) fn moves(&self) -> Vec<Move> {
        let moved = |r: &RecordRef| {
            let written = self.written.get(r)?;
            let from = written.before.as_ref().and_then(|held| AnyRecord::state(&held.record));
            let to = written.record.state()?;
            let number = written.record.number().map(str::to_owned);
            let moved = || Move { record: *r, number, origin: written.origin, from: from.map(str::to_owned), to: to.to_owned() };
            (from != Some(to)).then(moved)
        };
        self.order.iter().filter_map(moved).collect()
    }
}

/// Counts and logs them, after the commit.
pub(super) fn report(moves: &[Move]) {
    for Move { record, number, origin, from, to } in moves {
        metrics::counter!("meja_state_changes_total", "kind" => record.kind.wire(), "to" => to.clone()).increment(1);
        let ip_hash = origin.map(tracing::field::display);
        tracing::info!(target: "meja::state", %record, number, from, to, ip_hash, "a record changed its state");
    }
}
