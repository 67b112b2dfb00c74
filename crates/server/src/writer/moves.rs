//! What went from one state to another in a commit: counted and logged, by kind, state and id, and never by what the
//! record says of a person.

use domain::record::{AnyRecord, RecordRef};

use super::work::Work;

/// A record that went from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    record: RecordRef,
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
            (from != Some(to)).then(|| Move { record: *r, from: from.map(str::to_owned), to: to.to_owned() })
        };
        self.order.iter().filter_map(moved).collect()
    }
}

/// Counts and logs them, after the commit.
pub(super) fn report(moves: &[Move]) {
    for Move { record, from, to } in moves {
        metrics::counter!("meja_state_changes_total", "kind" => record.kind.wire(), "to" => to.clone()).increment(1);
        tracing::info!(target: "meja::state", %record, from, to, "a record changed its state");
    }
}
