//! What a test lets go wrong.

use std::sync::Mutex;

use super::lock;
use crate::{Result, StoreError};

/// Where something can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// When a snapshot is opened.
    Read,
    /// When a transaction is begun.
    Begin,
    /// When a batch is flushed.
    Flush,
    /// When a transaction is committed.
    Commit,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The database is not available.
    Unavailable,
    /// A constraint forbids it.
    Constraint,
    /// The answer is lost: at a commit everything is durable, and still the caller hears that the database is gone.
    Lost,
}

/// Something that goes wrong once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: Point,
    /// How many more times it is met until it fails; 1 is the next time.
    pub nth: u32,
    /// How.
    pub kind: FaultKind,
}

#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(super) fn add(&self, fault: Fault) {
        lock(&self.0).push(fault);
    }
    /// Counts down the faults of this point, and gives the one that is due.
    pub(super) fn meet(&self, at: Point) -> Option<FaultKind> {
        let mut faults = lock(&self.0);
        for fault in faults.iter_mut().filter(|f| f.at == at) {
            fault.nth = fault.nth.saturating_sub(1);
        }
        let due = faults.iter().position(|f| f.at == at && f.nth == 0)?;
        Some(faults.remove(due).kind)
    }
    /// The same, as an error; a lost answer is an unavailable database to whoever asked.
    pub(super) fn check(&self, at: Point) -> Result<()> {
        self.meet(at).map_or(Ok(()), |kind| Err(kind.into()))
    }
}

impl From<FaultKind> for StoreError {
    fn from(kind: FaultKind) -> Self {
        match kind {
            FaultKind::Unavailable => Self::Unavailable("a fault was asked for".into()),
            FaultKind::Constraint => Self::Constraint("a fault was asked for".into()),
            FaultKind::Lost => Self::Unavailable("the answer was lost, as asked for".into()),
        }
    }
}
