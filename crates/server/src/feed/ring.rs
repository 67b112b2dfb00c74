//! The recent changes, read once for everybody, each line serialised once. Streams take from here what concerns them; whoever
//! is too far behind reads pages.

use bytes::Bytes;
use domain::{id::UserId, record::RecordRef, role::Principal};
use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::watch;

use super::cursor::Place;
use crate::accounts::Session;

/// How much the ring holds at most, in bytes.
const MOST: usize = 4 << 20;

/// For whom a line is.
#[derive(Clone, Debug)]
pub(super) enum For {
    /// A put: for those who hold the record.
    Put { record: RecordRef, held: Arc<[Principal]> },
    /// A gone: for those who lost the record at this number, and hold it in no other way. Invariant: gone means gone.
    Gone { record: RecordRef, lost: Vec<Principal>, held: Arc<[Principal]> },
    /// An outcome: for whoever gave the command.
    Outcome(UserId),
}

/// One line of a change.
#[derive(Clone, Debug)]
pub(super) struct RingLine {
    pub(super) seq: i64,
    pub(super) whom: For,
    /// The line as it stands in the feed.
    pub(super) text: Bytes,
    /// What the record says; for streams that show it in another form.
    pub(super) body: Bytes,
}

impl RingLine {
    /// Whether this person reads it.
    pub(super) fn concerns(&self, user: UserId, principals: &[Principal]) -> bool {
        let any = |of: &[Principal]| of.iter().any(|p| principals.contains(p));
        match &self.whom {
            For::Put { held, .. } => any(held),
            For::Gone { lost, held, .. } => any(lost) && (!any(held) || domain::planted::planted("gone_unchecked")),
            For::Outcome(whose) => *whose == user,
        }
    }
    /// The record it is about.
    pub(super) fn record(&self) -> Option<RecordRef> {
        match &self.whom {
            For::Put { record, .. } | For::Gone { record, .. } => Some(*record),
            For::Outcome(_) => None,
        }
    }
    /// The kind of the record that it puts.
    pub(super) fn put(&self) -> Option<RecordRef> {
        match &self.whom {
            For::Put { record, .. } => Some(*record),
            For::Gone { .. } | For::Outcome(_) => None,
        }
    }
}

/// Everything that one range of numbers changed.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) place: Place,
    pub(super) lines: Vec<RingLine>,
    bytes: usize,
}

#[derive(Debug)]
struct Inner {
    /// The place before the first event.
    base: Place,
    events: VecDeque<Arc<Event>>,
    bytes: usize,
    /// Rises with every history that begins: positions of another one are looked up again.
    history: u64,
}

/// The ring.
#[derive(Debug)]
pub struct Ring {
    inner: RwLock<Inner>,
    moved: watch::Sender<i64>,
}

/// What happened since a number.
#[derive(Clone, Debug)]
pub(super) enum Since {
    /// These events, up to a place.
    Events(Vec<Arc<Event>>, Place),
    /// The ring does not reach so far back, or not yet so far.
    Elsewhere,
}

impl Ring {
    /// A ring that begins here.
    #[must_use]
    pub fn new(base: Place) -> Self {
        let inner = Inner { base, events: VecDeque::new(), bytes: 0, history: 0 };
        Self { inner: RwLock::new(inner), moved: watch::Sender::new(base.seq) }
    }
    /// Rings when something was added.
    #[must_use]
    pub fn moved(&self) -> watch::Receiver<i64> {
        self.moved.subscribe()
    }
    /// The place it runs to.
    #[must_use]
    pub fn head(&self) -> Place {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        inner.events.back().map_or(inner.base, |event| event.place)
    }
    /// How many histories have begun since the process started.
    #[must_use]
    pub fn history(&self) -> u64 {
        self.inner.read().unwrap_or_else(PoisonError::into_inner).history
    }
    /// Whether something above a number concerns this person, or may.
    #[must_use]
    pub fn has_news(&self, session: &Session, seq: i64) -> bool {
        match self.since(seq) {
            Since::Elsewhere => seq < self.head().seq,
            Since::Events(events, _) => {
                let mut lines = events.iter().flat_map(|event| &event.lines).filter(|line| line.seq > seq);
                lines.any(|line| line.concerns(session.id(), &session.principals))
            }
        }
    }
    /// What happened above a number.
    pub(super) fn since(&self, seq: i64) -> Since {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        let head = inner.events.back().map_or(inner.base, |event| event.place);
        if seq < inner.base.seq || seq > head.seq {
            return Since::Elsewhere;
        }
        let newest = inner.events.iter().rev().take_while(|event| event.place.seq > seq);
        let mut events: Vec<Arc<Event>> = newest.cloned().collect();
        events.reverse();
        Since::Events(events, head)
    }

    pub(super) fn push(&self, place: Place, lines: Vec<RingLine>) {
        let bytes = lines.iter().map(|line| line.text.len()).sum();
        {
            let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
            inner.events.push_back(Arc::new(Event { place, lines, bytes }));
            inner.bytes += bytes;
            while inner.bytes > MOST {
                let Some(first) = inner.events.pop_front() else { break };
                inner.bytes -= first.bytes;
                inner.base = first.place;
            }
        }
        self.moved.send_replace(place.seq);
    }
    /// Begins anew at a place: too much happened at once, or another history began.
    pub(super) fn restart(&self, base: Place, another_history: bool) {
        {
            let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
            let history = inner.history + u64::from(another_history);
            *inner = Inner { base, events: VecDeque::new(), bytes: 0, history };
        }
        self.moved.send_replace(base.seq);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn place(seq: i64) -> Place {
        Place { epoch: Uuid::nil(), seq, chain: [0; 32] }
    }
    fn line(seq: i64, bytes: usize) -> RingLine {
        let whom = For::Outcome(UserId::from_uuid(Uuid::nil()));
        RingLine { seq, whom, text: vec![b'x'; bytes].into(), body: Bytes::new() }
    }
    fn seqs(since: Since) -> Option<Vec<i64>> {
        match since {
            Since::Events(events, _) => Some(events.iter().map(|e| e.place.seq).collect()),
            Since::Elsewhere => None,
        }
    }

    #[test]
    fn whoever_is_within_the_ring_gets_what_they_lack() {
        let ring = Ring::new(place(10));
        ring.push(place(12), vec![line(11, 5), line(12, 5)]);
        ring.push(place(15), vec![line(15, 5)]);
        assert_eq!(seqs(ring.since(9)), None, "older than the ring");
        assert_eq!(seqs(ring.since(10)), Some(vec![12, 15]));
        assert_eq!(seqs(ring.since(11)), Some(vec![12, 15]), "in the middle of an event");
        assert_eq!(seqs(ring.since(12)), Some(vec![15]));
        assert_eq!(seqs(ring.since(15)), Some(vec![]));
        assert_eq!(seqs(ring.since(16)), None, "not published yet");
    }

    #[test]
    fn its_memory_has_a_bound() {
        let ring = Ring::new(place(0));
        for n in 1..=10 {
            ring.push(place(n), vec![line(n, MOST / 4)]);
        }
        assert_eq!(seqs(ring.since(6)), Some(vec![7, 8, 9, 10]));
        assert_eq!(seqs(ring.since(5)), None);
        ring.push(place(11), vec![line(11, MOST + 1)]);
        assert_eq!((seqs(ring.since(10)), ring.head().seq), (None, 11), "one that is too large leaves an empty ring behind it");
        assert_eq!(seqs(ring.since(11)), Some(vec![]));
    }
}
