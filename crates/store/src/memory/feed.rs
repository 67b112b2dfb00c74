//! The feed, read off its definition: first what a set of principals holds, record by record, then the cut.

use domain::{record::RecordRef, role::Principal, wire::check_term};
use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use crate::{Check, FeedRow, FeedWrite, Published};

impl State {
    /// Invariant: gone means gone; newest only. What these principals hold of every record that was ever filed for one of them.
    fn held(&self, principals: &[Principal]) -> BTreeMap<RecordRef, FeedWrite> {
        let mut held: BTreeMap<RecordRef, FeedWrite> = BTreeMap::new();
        for row in self.feed.values().filter(|row| principals.contains(&row.principal)) {
            let best = held.entry(row.record).or_insert_with(|| row.clone());
            if (!row.gone, row.seq) > (!best.gone, best.seq) {
                *best = row.clone();
            }
        }
        held
    }

    pub(super) fn feed_up(&self, principals: &[Principal], after: i64, upto: i64, limit: u32) -> Vec<FeedRow> {
        let mut rows: Vec<FeedRow> = self.held(principals).values().filter(|r| after < r.seq && r.seq <= upto).map(row_of).collect();
        rows.sort_by_key(|row| (row.seq, row.record));
        if let Some(last) = nth(&rows, limit) {
            let end = self.commit_end(last);
            rows.retain(|row| row.seq <= end);
        }
        rows
    }

    pub(super) fn feed_down(&self, principals: &[Principal], before: i64, limit: u32) -> Vec<FeedRow> {
        let mut rows: Vec<FeedRow> = self.held(principals).values().filter(|r| !r.gone && r.seq <= before).map(row_of).collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.seq), row.record));
        if let Some(last) = nth(&rows, limit) {
            let begin = self.commit_before(last);
            rows.retain(|row| row.seq > begin);
        }
        rows
    }

    pub(super) fn feed_open(&self, principals: &[Principal], after: i64, limit: u32) -> Vec<FeedRow> {
        let held = self.held(principals);
        let mut rows: Vec<FeedRow> = held.values().filter(|r| r.open && !r.gone && r.seq > after).map(row_of).collect();
        rows.sort_by_key(|row| (row.seq, row.record));
        rows.truncate(limit.max(1).try_into().unwrap_or(usize::MAX));
        rows
    }

    pub(super) fn feed_beside(&self, principals: &[Principal], records: &[RecordRef]) -> Vec<FeedRow> {
        let held = self.held(principals);
        let mut wanted = BTreeSet::new();
        for stored in records.iter().filter_map(|r| self.records.get(r)) {
            wanted.extend(stored.held.record.names());
        }
        for stored in self.records.values() {
            if let domain::record::AnyRecord::Note(note) = stored.held.record.as_ref()
                && records.contains(&note.record)
            {
                wanted.insert(stored.held.record.reference());
            }
        }
        wanted.retain(|r| !records.contains(r));
        let mut rows: Vec<FeedRow> = wanted.iter().filter_map(|r| held.get(r)).filter(|r| !r.gone).map(row_of).collect();
        rows.sort_by_key(|row| (row.seq, row.record));
        rows
    }

    pub(super) fn feed_check(&self, principals: &[Principal]) -> Check {
        let mut check = Check { count: 0, sum: 0 };
        for row in self.held(principals).values().filter(|r| !r.gone) {
            check.count += 1;
            check.sum = check.sum.wrapping_add(check_term(row.record.kind.wire(), row.record.id, row.rev));
        }
        check
    }

    pub(super) fn published(&self, after: i64, upto: i64) -> Vec<Published> {
        let filed = self.feed.values().filter(|row| after < row.seq && row.seq <= upto);
        let mut all: Vec<Published> = filed.map(|row| Published { principal: row.principal.clone(), row: row_of(row) }).collect();
        all.sort_by(|a, b| (a.row.seq, a.row.record, &a.principal).cmp(&(b.row.seq, b.row.record, &b.principal)));
        all
    }

    pub(super) fn commit_end(&self, number: i64) -> i64 {
        if number <= 0 { number } else { self.ends.range(number..).next().map_or(number, |(end, _)| *end) }
    }

    pub(super) fn commit_before(&self, number: i64) -> i64 {
        self.ends.range(..number).next_back().map_or(0, |(end, _)| *end)
    }
}

fn row_of(row: &FeedWrite) -> FeedRow {
    FeedRow { seq: row.seq, record: row.record, rev: row.rev, gone: row.gone }
}

/// The number of the row with which a page of this limit is full, if there are so many.
fn nth(rows: &[FeedRow], limit: u32) -> Option<i64> {
    let last = usize::try_from(limit.max(1)).unwrap_or(usize::MAX) - 1;
    rows.get(last).map(|row| row.seq)
}
