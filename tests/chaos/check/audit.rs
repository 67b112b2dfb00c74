//! Numbers and revisions have no gap and no repeat, and replaying the audit gives the rows. That the chain itself holds is said by the
//! server's own `audit verify`, which runs beside this.

use domain::{audit::Diff, record::RecordRef};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

use super::Truth;

pub(super) fn look(truth: &Truth, wrong: &mut Vec<String>) {
    numbers(truth, wrong);
    let (mut done, mut revs) = (BTreeSet::new(), BTreeMap::<RecordRef, i64>::new());
    let mut fields = BTreeMap::<RecordRef, Map<String, Value>>::new();
    for row in truth.links.iter().flat_map(|link| &link.entries) {
        if !done.insert(row.entry.command) {
            wrong.push(format!("command {} took effect twice", row.entry.command));
        }
        // What an act was only about has no revision of it.
        for ((record, rev, _), value) in row.entry.values.iter().zip(&row.values).filter(|((_, rev, _), _)| *rev > 0) {
            let before = revs.insert(*record, *rev).unwrap_or(0);
            if *rev != before + 1 {
                wrong.push(format!("{record} went from revision {before} to {rev}"));
            }
            if let Some(diff) = value.as_ref().and_then(|(_, text)| serde_json::from_str::<Diff>(text).ok()) {
                diff.replay(fields.entry(*record).or_default());
            }
        }
    }
    for (name, held) in &truth.records {
        if revs.get(name) != Some(&held.rev) {
            wrong.push(format!("{name} stands in revision {}, the audit in {:?}", held.rev, revs.get(name)));
        }
        let replayed = fields.remove(name).map(Value::Object);
        if replayed != held.record.to_value().ok() {
            wrong.push(format!("replaying the audit of {name} gives {replayed:?}"));
        }
    }
    for known in truth.commands.values() {
        if known.applied != done.contains(&known.id) {
            wrong.push(format!("command {}: answered as done: {}; in the audit: {}", known.id, known.applied, !known.applied));
        }
    }
}

/// Links rise without a gap, every number was given out once, and none lies above the head.
fn numbers(truth: &Truth, wrong: &mut Vec<String>) {
    let mut last = 0;
    for (link, n) in truth.links.iter().zip(1..) {
        if link.n != n || link.last <= last {
            wrong.push(format!("link {} ends at {} behind link {} at {last}", link.n, link.last, n - 1));
        }
        last = link.last;
    }
    if last != truth.head {
        wrong.push(format!("the last link ends at {last}, the head is {}", truth.head));
    }
    let mut taken = BTreeSet::new();
    let seqs = truth.records.values().map(|held| held.seq).chain(truth.commands.values().map(|known| known.seq));
    for seq in seqs {
        if !taken.insert(seq) || seq > truth.head || seq < 1 {
            wrong.push(format!("number {seq} was given out twice, or lies above the head {}", truth.head));
        }
    }
}
