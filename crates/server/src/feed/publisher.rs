//! Follows the head, and gets each new range once for everybody: from the writer beside it, which knows what it has just committed, or
//! from the database, where another process wrote or something is missing.

use domain::{
    record::{Kind, RecordRef},
    role::Principal,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use store::{Head, KnownCommand, OutcomeWrite, Snapshot, Store};

use super::{
    cursor::Place,
    line::Lines,
    ring::{For, Ring, RingLine},
};
use crate::writer::{AccountNews, Bells, Brought};

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
        let ring = Arc::new(Ring::new(place(&head)));
        Ok((Arc::clone(&ring), Self { store, bells, ring }))
    }
    /// Publishes until it is dropped.
    pub async fn run(self) {
        let (mut own, mut moved) = (self.bells.head(), true);
        loop {
            let head = *own.borrow_and_update();
            let whole = self.take_over(head);
            if (moved || !whole)
                && let Err(error) = self.publish().await
            {
                tracing::warn!(%error, "changes could not be published, trying again");
                moved = true;
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                continue;
            }
            moved = tokio::select! {
                biased;
                changed = own.changed() => if changed.is_ok() { false } else { return },
                () = self.store.moved() => true,
            };
        }
    }

    /// Publishes what the writer of this process has brought, as far as it follows what was published. Whether that was everything up to
    /// this number.
    fn take_over(&self, head: i64) -> bool {
        for brought in self.bells.brought() {
            let after = Place { epoch: brought.before.epoch, seq: brought.link.last, chain: brought.link.hash };
            if place(&brought.before) != self.ring.head() || after.seq - brought.before.seq > MOST {
                continue;
            }
            // What cannot be written as text is read from the database, which says what is wrong with it.
            let Ok(lines) = brought_lines(brought) else { continue };
            self.tell_of_accounts(&lines);
            self.ring.push(after, lines);
        }
        self.ring.head().seq >= head
    }

    async fn publish(&self) -> store::Result<()> {
        let mut snapshot = self.store.read().await?;
        let (head, last) = (snapshot.head().await?, self.ring.head());
        let place = place(&head);
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

/// Where a head stands.
const fn place(head: &Head) -> Place {
    Place { epoch: head.epoch, seq: head.seq, chain: head.chain }
}

impl Filed {
    /// Takes in a row of one of its feeds.
    fn take(&mut self, principal: Principal, seq: i64, gone: bool) {
        if gone {
            self.lost.entry(seq).or_default().push(principal);
        } else {
            self.seq = self.seq.max(seq);
            self.held.push(principal);
        }
    }
}

/// Every line of a range as it was read, in the order of numbers.
async fn read(snapshot: &mut dyn Snapshot, after: i64, upto: i64) -> store::Result<Vec<RingLine>> {
    let mut filed: HashMap<RecordRef, Filed> = HashMap::new();
    for row in snapshot.published(after, upto).await? {
        filed.entry(row.row.record).or_default().take(row.principal, row.row.seq, row.row.gone);
    }
    let refs: Vec<RecordRef> = filed.iter().filter(|(_, filed)| !filed.held.is_empty()).map(|(r, _)| *r).collect();
    let bodies = snapshot.bodies(&refs).await?.into_iter().map(|body| (body.record, (body.rev, body.json))).collect();
    let outcomes = snapshot.all_outcomes(after, upto).await?;
    Ok(lines(filed, bodies, &outcomes))
}

/// Every line of a commit as it was written, in the order of numbers.
fn brought_lines(brought: Brought) -> serde_json::Result<Vec<RingLine>> {
    let Brought { feed, records, outcomes, .. } = brought;
    let (mut filed, mut bodies): (HashMap<RecordRef, Filed>, HashMap<RecordRef, (i64, String)>) = (HashMap::new(), HashMap::new());
    for row in feed {
        if !row.gone
            && !bodies.contains_key(&row.record)
            && let Some(record) = records.get(&row.record)
        {
            bodies.insert(row.record, (row.rev, record.to_json()?));
        }
        filed.entry(row.record).or_default().take(row.principal, row.seq, row.gone);
    }
    let outcomes: Vec<KnownCommand> = outcomes.into_iter().map(|OutcomeWrite(known)| known).collect();
    Ok(lines(filed, bodies, &outcomes))
}

/// The lines, in the order of numbers: a put for those who hold a record, a gone for those who lost it, an outcome for whoever gave the command.
fn lines(filed: HashMap<RecordRef, Filed>, mut bodies: HashMap<RecordRef, (i64, String)>, outcomes: &[KnownCommand]) -> Vec<RingLine> {
    let mut lines = Vec::with_capacity(filed.len() + outcomes.len());
    let mut buffer = Lines::default();
    for (record, Filed { seq, held, lost }) in filed {
        let held: Arc<[Principal]> = held.into();
        if let Some((rev, json)) = bodies.remove(&record) {
            buffer.put(record.kind, record.id, rev, seq, &json);
            let whom = For::Put { record, held: Arc::clone(&held) };
            lines.push(RingLine { seq, whom, text: buffer.take(0), body: json.into() });
        }
        for (seq, lost) in lost {
            buffer.gone(record.kind, record.id, seq);
            let whom = For::Gone { record, lost, held: Arc::clone(&held) };
            lines.push(RingLine { seq, whom, text: buffer.take(0), body: bytes::Bytes::new() });
        }
    }
    for known in outcomes {
        buffer.outcome(known);
        lines.push(RingLine { seq: known.seq, whom: For::Outcome(known.user), text: buffer.take(0), body: bytes::Bytes::new() });
    }
    lines.sort_by_key(|line| line.seq);
    lines
}

#[cfg(test)]
impl PublisherTask {
    /// Publishes what the writer has brought, and nothing that was read. What the ring says above a number, and for whom.
    pub(crate) fn taken_over(&self, after: i64, head: i64) -> Vec<String> {
        assert!(self.take_over(head), "something of what was committed was not brought");
        self.said(after)
    }
    /// Publishes what stands in the database. What the ring says above a number, and for whom.
    pub(crate) async fn read_again(&self, after: i64) -> Vec<String> {
        self.publish().await.unwrap();
        self.said(after)
    }
    fn said(&self, after: i64) -> Vec<String> {
        let super::ring::Since::Events(events, place) = self.ring.since(after) else { panic!("the ring begins behind {after}") };
        let sorted = |of: &[Principal]| {
            let mut of: Vec<String> = of.iter().map(|principal| format!("{principal:?}")).collect();
            of.sort();
            of.join(" ")
        };
        let line = |line: &RingLine| {
            let whom = match &line.whom {
                For::Put { record, held } => format!("{record} for {}", sorted(held)),
                For::Gone { record, lost, held } => format!("{record} gone for {}, held by {}", sorted(lost), sorted(held)),
                For::Outcome(user) => format!("for {user}"),
            };
            format!("{} {whom}: {} {}", line.seq, String::from_utf8_lossy(&line.text), String::from_utf8_lossy(&line.body))
        };
        events.iter().flat_map(|event| event.lines.iter().map(line)).chain([format!("{place:?}")]).collect()
    }
}
