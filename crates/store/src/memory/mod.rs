//! The engine in memory: the oracle. What it answers is read off the contract in the plainest way there is, and the engines
//! with SQL must answer the same. Its transactions are real (dropping one rolls back), its snapshots are real (they share
//! structure with the present and never see a later commit), and it has one writer at a time. It must never contain a
//! shortcut that an SQL engine could not afford: what it allows, the others must allow.

mod erase;
mod fault;
mod feed;
mod flush;
mod read;
mod state;
#[cfg(test)]
mod tests;

pub use fault::{Fault, FaultKind, Point, turns};

use async_trait::async_trait;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, OwnedMutexGuard};
use uuid::Uuid;

use crate::{Result, Snapshot, Store, StoreError, WriteTx};
use fault::Faults;
use state::State;

/// How long [`Store::write`] waits for its turn.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// A database in memory, as one instance sees it. [`Memory::instance`] gives a second view of the same one.
#[derive(Debug)]
pub struct Memory {
    database: Arc<Database>,
    moved: Arc<Notify>,
    closed: AtomicBool,
    lock_timeout: Duration,
}

#[derive(Debug)]
struct Database {
    state: Mutex<State>,
    writer: Arc<tokio::sync::Mutex<()>>,
    faults: Faults,
    /// Every state since this was asked for.
    history: Mutex<Option<Vec<Saved>>>,
    instances: Mutex<Vec<Arc<Notify>>>,
}

impl Database {
    async fn meets(&self, at: Point) -> Result<()> {
        let seq = lock(&self.state).head.seq;
        self.faults.check(at, seq).await
    }
}

impl Memory {
    /// An empty database whose history has this epoch.
    #[must_use]
    pub fn new(epoch: Uuid) -> Self {
        Self::of(&Saved(State::new(epoch)))
    }
    /// A database of its own that begins as this one was saved.
    #[must_use]
    pub fn of(saved: &Saved) -> Self {
        let database = Database {
            state: Mutex::new(saved.0.clone()),
            writer: Arc::default(),
            faults: Faults::default(),
            history: Mutex::default(),
            instances: Mutex::default(),
        };
        Self::on(Arc::new(database), LOCK_TIMEOUT)
    }
    /// Another instance on the same database: what one writes, the other hears of by [`Store::moved`].
    #[must_use]
    pub fn instance(&self) -> Self {
        Self::on(Arc::clone(&self.database), self.lock_timeout)
    }
    /// The same, but waiting only so long for its turn to write.
    #[must_use]
    pub const fn with_lock_timeout(mut self, timeout: Duration) -> Self {
        self.lock_timeout = timeout;
        self
    }
    /// The database as it stands: as a backup, or for comparing later.
    #[must_use]
    pub fn save(&self) -> Saved {
        Saved(lock(&self.database.state).clone())
    }
    /// Puts a saved state in the place of the present one, as a restore does, under a new epoch.
    pub fn restore(&self, saved: &Saved, epoch: Uuid) {
        let mut state = saved.0.clone();
        state.head.epoch = epoch;
        *lock(&self.database.state) = state;
    }
    /// Keeps every state from now on: they share structure, so a state costs as much as what is new in it. Gives those since
    /// this was last asked.
    pub fn history(&self) -> Vec<Saved> {
        lock(&self.database.history).replace(Vec::new()).unwrap_or_default()
    }
    /// Everything that stands in it, as text: for tests that look for what must not be there.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn dump(&self) -> String {
        format!("{:?}", lock(&self.database.state))
    }
    /// Whether a fault ended the program since this was last asked.
    #[must_use]
    pub fn died(&self) -> bool {
        self.database.faults.died()
    }
    /// Forgets the faults that were asked for.
    pub fn mend(&self) {
        self.database.faults.clear();
    }
    /// Lets something go wrong, once.
    pub fn fail(&self, fault: Fault) {
        self.database.faults.add(fault);
    }
    /// Lets others have some turns wherever a real database would keep somebody waiting, as this seed decides.
    pub fn be_restless(&self, seed: u64) {
        self.database.faults.be_restless(seed);
    }
    fn on(database: Arc<Database>, lock_timeout: Duration) -> Self {
        let moved = Arc::new(Notify::new());
        lock(&database.instances).push(Arc::clone(&moved));
        Self { database, moved, closed: AtomicBool::new(false), lock_timeout }
    }
    fn open(&self) -> Result<()> {
        if self.closed.load(Ordering::Acquire) { Err(StoreError::Unavailable("closed".into())) } else { Ok(()) }
    }
}

/// A state of a database. Cheap to clone.
#[derive(Clone)]
pub struct Saved(State);

impl Saved {
    /// Where it stands.
    #[must_use]
    pub const fn head(&self) -> &crate::Head {
        &self.0.head
    }
    /// What reads it.
    #[must_use]
    pub fn snapshot(&self) -> impl Snapshot + use<> {
        View { state: self.0.clone(), extra: () }
    }
}

impl std::fmt::Debug for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Saved").field("seq", &self.0.head.seq).finish_non_exhaustive()
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        lock(&self.database.instances).retain(|other| !Arc::ptr_eq(other, &self.moved));
    }
}

/// Nothing that holds one of these locks can panic halfway through a change, so what a poisoned one guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What reads: a state that nobody changes. `W` is what a writer has besides.
struct View<W> {
    state: State,
    extra: W,
}

/// What only the writer has.
struct Writing {
    database: Arc<Database>,
    _turn: OwnedMutexGuard<()>,
    spoiled: bool,
}

#[async_trait]
impl Store for Memory {
    async fn read(&self) -> Result<Box<dyn Snapshot>> {
        self.open()?;
        self.database.meets(Point::Read).await?;
        Ok(Box::new(View { state: lock(&self.database.state).clone(), extra: () }))
    }
    async fn write(&self) -> Result<Box<dyn WriteTx>> {
        self.open()?;
        self.database.meets(Point::Begin).await?;
        let turn = tokio::time::timeout(self.lock_timeout, Arc::clone(&self.database.writer).lock_owned());
        let turn = turn.await.map_err(|_| StoreError::Unavailable("another transaction holds the number row".into()))?;
        let extra = Writing { database: Arc::clone(&self.database), _turn: turn, spoiled: false };
        Ok(Box::new(View { state: lock(&self.database.state).clone(), extra }))
    }
    async fn begin_epoch(&self, epoch: Uuid) -> Result<()> {
        self.open()?;
        let _turn = self.database.writer.lock().await;
        lock(&self.database.state).head.epoch = epoch;
        Ok(())
    }
    async fn moved(&self) {
        self.moved.notified().await;
    }
    async fn ready(&self) -> Result<()> {
        self.open()
    }
    async fn backup(&self, _to: &Path) -> Result<()> {
        Err(StoreError::Unsupported("a copy of a database in memory"))
    }
    async fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}

impl Writing {
    /// Invariant: no late number. The state is replaced as a whole while the turn is held, so a reader sees all of a commit or nothing.
    async fn commit(self, state: State) -> Result<()> {
        if self.spoiled {
            return Err(StoreError::Driver("a flush of this transaction failed".into()));
        }
        let seq = state.head.seq;
        let lost = match self.database.faults.meet(Point::Commit, seq).await {
            Some(FaultKind::Lost) => Err(FaultKind::Lost.into()),
            Some(FaultKind::Dies) => return self.database.faults.die().await,
            Some(kind) => return Err(kind.into()),
            None => Ok(()),
        };
        if let Some(history) = &mut *lock(&self.database.history) {
            history.push(Saved(state.clone()));
        }
        *lock(&self.database.state) = state;
        self.database.faults.check(Point::Committed, seq).await?;
        for instance in lock(&self.database.instances).iter() {
            instance.notify_one();
        }
        lost
    }
}
