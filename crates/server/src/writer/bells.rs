//! Who is told that something was written: publishers, jobs, and whoever holds a session.

use domain::{
    id::{DeviceId, UserId},
    record::{AnyRecord, RecordRef},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{FeedWrite, Head, Link, OutcomeWrite};
use tokio::sync::{Notify, broadcast, watch};

/// How many commits wait for the publisher; what comes beyond them is read.
const MOST_BROUGHT: usize = 64;

/// What a commit brought into feeds: word for word what now stands in the database, so that nobody has to read it again.
#[derive(Clone, Debug)]
pub(crate) struct Brought {
    /// Where the history stood before it.
    pub(crate) before: Head,
    /// Where it ends.
    pub(crate) link: Link,
    pub(crate) feed: Vec<FeedWrite>,
    /// Each record that was filed, as it stands now.
    pub(crate) records: HashMap<RecordRef, Arc<AnyRecord>>,
    pub(crate) outcomes: Vec<OutcomeWrite>,
}

/// What happened to accounts, for whoever remembers sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountNews {
    /// Everything remembered of this person counts no longer: name, roles or status changed, or sessions ended.
    User(UserId),
    /// This device was ended.
    Device(DeviceId),
}

/// The bells that the writer rings after a commit. What they say is haste; the database is truth.
#[derive(Debug)]
pub struct Bells {
    head: watch::Sender<i64>,
    brought: Mutex<VecDeque<Brought>>,
    jobs: Notify,
    accounts: broadcast::Sender<AccountNews>,
    account_changes: AtomicU64,
}

impl Default for Bells {
    fn default() -> Self {
        Self {
            head: watch::Sender::new(0),
            brought: Mutex::default(),
            jobs: Notify::new(),
            accounts: broadcast::Sender::new(1_024),
            account_changes: AtomicU64::new(0),
        }
    }
}

impl Bells {
    /// The last number that this process has committed.
    #[must_use]
    pub fn head(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }
    /// Waits until there may be a new job.
    pub async fn job(&self) {
        self.jobs.notified().await;
    }
    /// How often anything happened to accounts: what was read of them at another count is no longer believed.
    #[must_use]
    pub fn account_changes(&self) -> u64 {
        self.account_changes.load(Ordering::Acquire)
    }
    /// What happens to accounts from now on.
    #[must_use]
    pub fn accounts(&self) -> broadcast::Receiver<AccountNews> {
        self.accounts.subscribe()
    }
    pub(super) fn ring_head(&self, head: i64, brought: Option<Brought>) {
        {
            let mut waiting = self.brought.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend(brought);
            while waiting.len() > MOST_BROUGHT {
                waiting.pop_front();
            }
        }
        self.head.send_replace(head);
    }
    /// What this process has committed and nobody has published, in its order; some of it may be missing.
    pub(crate) fn brought(&self) -> VecDeque<Brought> {
        std::mem::take(&mut *self.brought.lock().unwrap_or_else(PoisonError::into_inner))
    }
    pub(super) fn ring_jobs(&self) {
        self.jobs.notify_one();
    }
    /// Says that something happened to an account: the writer after a commit, the publisher when another process did it.
    pub(crate) fn ring_accounts(&self, news: AccountNews) {
        self.account_changes.fetch_add(1, Ordering::AcqRel);
        // Nobody may be listening.
        let _ = self.accounts.send(news);
    }
}
