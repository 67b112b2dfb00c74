//! Follows the head, and reads each new range once for everybody.

use domain::{
    record::{Kind, RecordRef},
    role::Principal,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use store::{Snapshot, Store};

use super::{
    cursor::Place,
    line::Lines,
    ring::{For, Ring, RingLine},
};
use crate::writer::{AccountNews, Bells};

/// Ranges of more numbers are not published line by line: whoever is behind them reads pages.
const MOST: i64 = 5_000;

/// The publisher's work, to be spawned once.
pub struct PublisherTask {
    store: Arc<dyn Store>,
    bells: Arc<Bells>,
    ring: Arc<Ring>,
}

impl std::fmt::Debug for PublisherTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublisherTask { .. }")
    }
}

impl PublisherTask {
    /// A publisher that begins at the head.
    ///
    /// # Errors
    /// [`store::StoreError`].
    pub async fn new(store: Arc<dyn Store>, bells: Arc<Bells>) -> store::Result<(Arc<Ring>, Self)> {
        let head = store.read().await?.head().await?;
        let ring = Arc::new(Ring::new(Place { epoch: head.epoch, seq: head.seq, chain: head.chain }));
        Ok((Arc::clone(&ring), Self { store, bells, ring }))
    }
    /// Publishes until it is dropped.
    pub async fn run(self) {
        let mut own = self.bells.head();
        loop {
            if let Err(error) = self.publish().await {
                tracing::warn!(%error, "changes could not be published, trying again");
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                continue;
            }
            tokio::select! {
                biased;
                changed = own.changed() => if changed.is_err() { return },
                () = self.store.moved() => {}
            }
        }
    }

    async fn publish(&self) -> store::Result<()> {
        let mut snapshot = self.store.read().await?;
        let (head, last) = (snapshot.head().await?, self.ring.head());
        let place = Place { epoch: head.epoch, seq: head.seq, chain: head.chain };
        if place == last {
            return Ok(());
        }
        let same_history = place.epoch == last.epoch && snapshot.link_hash(last.seq).await? == Some(last.chain);
        if !same_history || place.seq - last.seq > MOST {
            self.ring.restart(place, !same_history);
            return Ok(());
        }
        let lines = read(&mut *snapshot, last.seq, place.seq).await?;
        self.tell_of_accounts(&lines);
        self.ring.push(place, lines);
        Ok(())
    }

    /// What another process did to an account is known here by its record.
    fn tell_of_accounts(&self, lines: &[RingLine]) {
        for line in lines {
            if let Some(RecordRef { kind: Kind::User, id }) = line.put() {
                self.bells.ring_accounts(AccountNews::User(id.into()));
            }
        }
    }
}

/// The rows of one record in a range.
#[derive(Default)]
struct Filed {
    /// The number of its puts: those who hold it have one and the same, because a filing writes all of them.
    seq: i64,
    held: Vec<Principal>,
    /// Who lost it, and at which number.
    lost: BTreeMap<i64, Vec<Principal>>,
}

/// Every line of a range, in the order of numbers.
async fn read(snapshot: &mut dyn Snapshot, after: i64, upto: i64) -> store::Result<Vec<RingLine>> {
    let mut records: HashMap<RecordRef, Filed> = HashMap::new();
    for row in snapshot.published(after, upto).await? {
        let filed = records.entry(row.row.record).or_default();
        if row.row.gone {
            filed.lost.entry(row.row.seq).or_default().push(row.principal);
        } else {
            filed.seq = filed.seq.max(row.row.seq);
            filed.held.push(row.principal);
        }
    }
    let refs: Vec<RecordRef> = records.iter().filter(|(_, filed)| !filed.held.is_empty()).map(|(r, _)| *r).collect();
    let mut bodies: HashMap<RecordRef, store::Body> = snapshot.bodies(&refs).await?.into_iter().map(|body| (body.record, body)).collect();
    let mut lines = Vec::with_capacity(records.len());
    let mut buffer = Lines::default();
    for (record, Filed { seq, held, lost }) in records {
        let held: Arc<[Principal]> = held.into();
        if let Some(body) = bodies.remove(&record) {
            buffer.put(record.kind, record.id, body.rev, seq, &body.json);
            let whom = For::Put { record, held: Arc::clone(&held) };
            lines.push(RingLine { seq, whom, text: buffer.take(0), body: body.json.into() });
        }
        for (seq, lost) in lost {
            buffer.gone(record.kind, record.id, seq);
            let whom = For::Gone { record, lost, held: Arc::clone(&held) };
            lines.push(RingLine { seq, whom, text: buffer.take(0), body: bytes::Bytes::new() });
        }
    }
    for known in snapshot.all_outcomes(after, upto).await? {
        buffer.outcome(&known);
        let whom = For::Outcome(known.user);
        lines.push(RingLine { seq: known.seq, whom, text: buffer.take(0), body: bytes::Bytes::new() });
    }
    lines.sort_by_key(|line| line.seq);
    Ok(lines)
}
