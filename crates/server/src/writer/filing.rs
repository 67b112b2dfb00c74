//! Whose feeds a record stands in. Invariants: newest only; scope moves its children (docs/sync.md).

use domain::{
    audience::{audience, inherited, scope_of},
    facts::{Fact, Held, Key},
    record::{AnyRecord, RecordRef},
    role::Principal,
};
use std::sync::Arc;
use store::FeedWrite;

use super::work::Work;

/// A record that stands in feeds anew: what it is, how it was, how it is.
struct Filed {
    record: Arc<AnyRecord>,
    rev: i64,
    seq: i64,
    before: Vec<Principal>,
    after: Vec<Principal>,
}

impl Filed {
    /// Its rows: in the feeds of everybody who may know of it now, and as gone where somebody may no longer.
    fn rows(&self) -> impl Iterator<Item = FeedWrite> + '_ {
        let record = self.record.reference();
        let open = self.record.is_open();
        let row = move |principal: &Principal, gone: bool| FeedWrite {
            principal: principal.clone(),
            record,
            seq: self.seq,
            rev: self.rev,
            open: open && !gone,
            gone,
        };
        let lost = self.before.iter().filter(|p| !self.after.contains(p) && !domain::planted::planted("gone_not_filed"));
        self.after.iter().map(move |p| row(p, false)).chain(lost.map(move |p| row(p, true)))
    }
}

impl Work {
    /// Files every record that was written, and the children of scopes whose audience changed.
    pub(super) async fn file(&mut self) -> store::Result<()> {
        let scopes: Vec<Key> = self.written.values().filter_map(|it| scope_of(&it.record)).map(Key::Record).collect();
        self.need(scopes).await?;
        let children = self.moved_children().await?;
        let written: Vec<Filed> = self.order.iter().filter_map(|r| self.filed(*r)).collect();
        for filed in written.into_iter().chain(children) {
            self.write_feed(filed.rows());
            self.filed.insert(filed.record.reference(), filed.record);
        }
        Ok(())
    }

    fn filed(&self, r: RecordRef) -> Option<Filed> {
        let it = self.written.get(&r)?;
        let before = it.before.as_ref().map(|held| audience(&held.record, self.scope_before(&held.record))).unwrap_or_default();
        let after = audience(&it.record, self.scope_after(&it.record));
        Some(Filed { record: Arc::clone(&it.record), rev: it.rev, seq: it.seq, before, after })
    }
    /// The scope of a record as it stood when this transaction began.
    fn scope_before(&self, record: &AnyRecord) -> Option<&AnyRecord> {
        let scope = scope_of(record)?;
        match self.written.get(&scope) {
            Some(it) => it.before.as_ref().map(|held| &*held.record),
            None => self.facts.held(scope).map(|held| &*held.record),
        }
    }
    /// The scope of a record as this transaction leaves it.
    fn scope_after(&self, record: &AnyRecord) -> Option<&AnyRecord> {
        self.facts.held(scope_of(record)?).map(|held| &*held.record)
    }

    /// What a key finds, but for what this transaction writes itself.
    fn unwritten(&self, key: &Key) -> Vec<Held> {
        let found = match key {
            Key::Record(r) => self.facts.held(*r).into_iter().collect(),
            Key::Lookup(lookup) => match self.facts.lookup(lookup) {
                Fact::Known(found) => found,
                Fact::Needed | Fact::Unknown => Vec::new(),
            },
        };
        found.into_iter().filter(|held| !self.written.contains_key(&held.record.reference())).cloned().collect()
    }

    /// The children, not written themselves, of scopes whose audience changed; each takes a number of its own.
    async fn moved_children(&mut self) -> store::Result<Vec<Filed>> {
        let changed = |r: &&RecordRef| {
            let written = self.written.get(r);
            written.is_some_and(|it| it.before.as_ref().is_some_and(|held| inherited(&held.record) != inherited(&it.record)))
        };
        let mut scopes: Vec<RecordRef> = self.order.iter().filter(changed).copied().collect();
        if domain::planted::planted("children_stay") {
            scopes.clear();
        }
        let keys: Vec<Key> = scopes.into_iter().flat_map(Key::children_of).collect();
        self.need(keys.clone()).await?;
        let mut all = Vec::new();
        for key in keys {
            for Held { rev, record } in self.unwritten(&key) {
                let before = audience(&record, self.scope_before(&record));
                let after = audience(&record, self.scope_after(&record));
                if before != after {
                    let seq = self.number();
                    all.push(Filed { record, rev, seq, before, after });
                }
            }
        }
        Ok(all)
    }
}
