//! Filing everything anew once, when the audience function has a new version.

use domain::{
    audience::{AUDIENCE_VERSION, audience, scope_of},
    facts::Key,
    id::RecordId,
    record::{Kind, RecordRef},
    role::Principal,
};
use std::collections::HashMap;
use store::{Batch, FeedWrite, Stored};

use super::{WriterTask, work::Work};

/// How many records are filed with one statement.
const STEP: u32 = 1_000;

impl WriterTask {
    /// Files every record whose audience is no longer the stored one, in one transaction, if the feed was filed by an older
    /// audience function.
    ///
    /// # Errors
    /// [`store::StoreError`]; nothing was changed then.
    pub(super) async fn refile(&self) -> store::Result<()> {
        let mut work = Work::begin(&*self.store, &self.shell).await?;
        if work.head().audience_version == AUDIENCE_VERSION {
            return Ok(());
        }
        tracing::info!(from = work.head().audience_version, to = AUDIENCE_VERSION, "filing all records anew");
        for kind in Kind::ALL {
            let mut after: Option<RecordId> = None;
            loop {
                let records = work.stored().records_of(*kind, after, STEP).await?;
                let Some(last) = records.last() else { break };
                after = Some(last.held.record.id());
                work.refile_step(&records).await?;
            }
        }
        work.batch.audience_version = Some(AUDIENCE_VERSION);
        // The number makes a link, so that the chain says when it happened.
        work.number();
        let committed = work.commit().await?;
        if let Some(head) = committed.head {
            self.bells.ring_head(head, None);
        }
        Ok(())
    }
}

impl Work {
    async fn refile_step(&mut self, records: &[Stored]) -> store::Result<()> {
        let refs: Vec<RecordRef> = records.iter().map(|stored| stored.held.record.reference()).collect();
        let mut before: HashMap<RecordRef, Vec<Principal>> = HashMap::new();
        for (r, principal) in self.stored().holders(&refs).await? {
            before.entry(r).or_default().push(principal);
        }
        self.need(records.iter().filter_map(|stored| scope_of(&stored.held.record)).map(Key::Record).collect()).await?;
        let mut feed: Vec<FeedWrite> = Vec::new();
        for Stored { held, .. } in records {
            let r = held.record.reference();
            let scope = scope_of(&held.record).and_then(|scope| self.facts.held(scope)).map(|held| &*held.record);
            let now = audience(&held.record, scope);
            let mut was = before.remove(&r).unwrap_or_default();
            was.sort();
            if was == now {
                continue;
            }
            let seq = self.number();
            let open = held.record.is_open();
            let row = |principal: &Principal, gone: bool| FeedWrite {
                principal: principal.clone(),
                record: r,
                seq,
                rev: held.rev,
                open: open && !gone,
                gone,
            };
            feed.extend(now.iter().map(|p| row(p, false)));
            feed.extend(was.iter().filter(|p| !now.contains(p)).map(|p| row(p, true)));
        }
        self.tx().flush(&Batch { feed, ..Batch::default() }).await
    }
}
