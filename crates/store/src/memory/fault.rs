//! What a test lets go wrong.

use std::{
    future::poll_fn,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

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
    /// When a transaction was committed, and nobody was told yet.
    Committed,
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
    /// The program ends there: whoever waits for the database waits for ever.
    Dies,
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
pub(super) struct Faults {
    due: Mutex<Vec<Fault>>,
    died: AtomicBool,
    /// What decides how often others have a turn at a point; nothing where nobody has.
    restless: Mutex<Option<u64>>,
}

impl Faults {
    pub(super) fn add(&self, fault: Fault) {
        lock(&self.due).push(fault);
    }
    /// Counts down the faults of this point, and gives the one that is due. The database stands at this number.
    pub(super) async fn meet(&self, at: Point, seq: i64) -> Option<FaultKind> {
        self.turns(at, seq).await;
        let mut faults = lock(&self.due);
        for fault in faults.iter_mut().filter(|f| f.at == at) {
            fault.nth = fault.nth.saturating_sub(1);
        }
        let due = faults.iter().position(|f| f.at == at && f.nth == 0)?;
        Some(faults.remove(due).kind)
    }
    /// The same, as an error; a lost answer is an unavailable database to whoever asked.
    pub(super) async fn check(&self, at: Point, seq: i64) -> Result<()> {
        match self.meet(at, seq).await {
            None => Ok(()),
            Some(FaultKind::Dies) => self.die().await,
            Some(kind) => Err(kind.into()),
        }
    }
    pub(super) async fn die<T>(&self) -> T {
        self.died.store(true, Ordering::Release);
        std::future::pending().await
    }
    /// Whether the program died, since this was last asked.
    pub(super) fn died(&self) -> bool {
        self.died.swap(false, Ordering::AcqRel)
    }
    pub(super) fn clear(&self) {
        lock(&self.due).clear();
    }
    /// From now on others have some turns at each point, as they have while a real database is asked.
    pub(super) fn be_restless(&self, seed: u64) {
        *lock(&self.restless) = Some(seed);
    }
    /// Lets others have their turns. How many depends on what is asked for and where the database stands, and not on who asked
    /// before: so it makes no difference in which order some are woken who wait for the same.
    async fn turns(&self, at: Point, seq: i64) {
        let seed = *lock(&self.restless);
        if let Some(seed) = seed {
            turns((seed, at as u8, seq)).await;
        }
    }
}

/// Lets others have some turns: how many depends on what is asked for, and on nothing that chance decides.
pub async fn turns(what: impl Hash) {
    let mut hash = DefaultHasher::new();
    what.hash(&mut hash);
    let mut left = hash.finish() % 4;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl From<FaultKind> for StoreError {
    fn from(kind: FaultKind) -> Self {
        match kind {
            FaultKind::Unavailable => Self::Unavailable("a fault was asked for".into()),
            FaultKind::Constraint => Self::Constraint("a fault was asked for".into()),
            FaultKind::Dies => Self::Unavailable("the program has died".into()),
            FaultKind::Lost => Self::Unavailable("the answer was lost, as asked for".into()),
        }
    }
}
