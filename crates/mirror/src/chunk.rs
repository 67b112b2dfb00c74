//! A part of the feed, read: what is between two places where a page may be cut off.

use domain::{
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    wire::{Gone, Line, Outcome, Put},
};
use std::sync::Arc;

use crate::columns::found_by;

/// A record as the feed brought it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its kind on the wire; kinds of newer servers are kept.
    pub kind: String,
    /// Its id.
    pub id: RecordId,
    /// Its revision.
    pub rev: i64,
    /// Its number in this person's feed.
    pub seq: i64,
    /// What it says, byte for byte.
    pub body: String,
    /// The same decoded; nothing for a kind of a newer server, or a body this program cannot read.
    pub record: Option<Arc<AnyRecord>>,
    /// What it can be found by: made where it is read, because whoever writes has enough to do.
    pub(crate) found_by: Option<String>,
}

impl Arrival {
    fn of(put: Put<'_>) -> Self {
        let body = put.body.get();
        let known: Option<Kind> = put.kind.parse().ok();
        let record = known.and_then(|kind| match AnyRecord::from_json(kind, body) {
            Ok(record) => Some(Arc::new(record)),
            Err(error) => {
                // Only where it happened is said: the body is personal.
                tracing::warn!(kind = %put.kind, id = %put.id, line = error.line(), column = error.column(), "a body this program cannot read is kept as it came");
                None
            }
        });
        let found_by = record.as_deref().and_then(found_by);
        Self { kind: put.kind.into_owned(), id: put.id, rev: put.rev, seq: put.seq, body: body.to_owned(), record, found_by }
    }
    /// The record, named, if this program knows its kind.
    #[must_use]
    pub fn reference(&self) -> Option<RecordRef> {
        self.kind.parse().ok().map(|kind: Kind| RecordRef { kind, id: self.id })
    }
}

/// A record that left this person's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Its kind on the wire.
    pub kind: String,
    /// Its id.
    pub id: RecordId,
    /// The number of the loss.
    pub seq: i64,
}

impl Loss {
    fn of(gone: Gone<'_>) -> Self {
        Self { kind: gone.kind.into_owned(), id: gone.id, seq: gone.seq }
    }
    /// The record, named, if this program knows its kind.
    #[must_use]
    pub fn reference(&self) -> Option<RecordRef> {
        self.kind.parse().ok().map(|kind: Kind| RecordRef { kind, id: self.id })
    }
}

/// A part of the feed.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// The records it brings, in its order.
    pub arrivals: Vec<Arrival>,
    /// The records it takes away.
    pub losses: Vec<Loss>,
    /// How commands of this person ended.
    pub outcomes: Vec<Outcome>,
    /// Whether it goes on with the answer of the part before it. Of the beginning ([`Place::Opening`], [`Place::Work`],
    /// [`Place::Head`]) the first part of each answer does not: what an answer that was cut off has left goes then.
    pub continues: bool,
}

impl Chunk {
    /// Takes in a line; marks and the end of a page are their reader's affair and change nothing.
    pub fn take(&mut self, line: Line<'_>) {
        match line {
            Line::Put(put) => self.arrivals.push(Arrival::of(put)),
            Line::Gone(gone) => self.losses.push(Loss::of(gone)),
            Line::Outcome(outcome) => self.outcomes.push(*outcome),
            Line::Mark(_) | Line::Page(_) => {}
        }
    }
    /// Takes in another part behind this one.
    pub fn append(&mut self, mut other: Self) {
        self.arrivals.append(&mut other.arrivals);
        self.losses.append(&mut other.losses);
        self.outcomes.append(&mut other.outcomes);
    }
    /// Whether it is the first part of a beginning.
    pub(crate) const fn begins(&self, place: &Place) -> bool {
        matches!(place, Place::Opening | Place::Work { .. } | Place::Head { .. }) && !self.continues
    }
    /// How many records it is about.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arrivals.len() + self.losses.len()
    }
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0 && self.outcomes.is_empty()
    }
}

/// Where in the feed a part of it stands, and where to go on from its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A part of everything open, on the way to [`Place::Work`]: it is shown, and counts for nothing until that has come.
    Opening,
    /// Everything open, at one head.
    Work {
        /// The head.
        cursor: String,
        /// Its number.
        seq: i64,
    },
    /// The head alone, where a line does not carry everything open in one answer: that comes with the walk then, as all else does.
    Head {
        /// The head.
        cursor: String,
        /// Its number.
        seq: i64,
    },
    /// Above what is here: a page, or a live event.
    Up {
        /// Where to go on.
        cursor: String,
        /// The number of its end, if the feed ends there: a page without more, or a live event.
        whole: Option<i64>,
    },
    /// The walk downwards.
    Down {
        /// Where this part begins. What the walk had brought before it may have gone again, with a transaction that failed: then the
        /// walk does not stand there, and the part is passed over.
        from: String,
        /// Where to go on; nothing when the beginning was reached.
        cursor: Option<String>,
    },
}
