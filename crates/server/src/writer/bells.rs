//! Who is told that something was written: publishers, jobs, and whoever holds a session.

use domain::id::{DeviceId, UserId};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Notify, broadcast, watch};

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
    jobs: Notify,
    accounts: broadcast::Sender<AccountNews>,
    account_changes: AtomicU64,
}

impl Default for Bells {
    fn default() -> Self {
        Self {
            head: watch::Sender::new(0),
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
    pub(super) fn ring_head(&self, head: i64) {
        self.head.send_replace(head);
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
