//! Time that stands still until a test moves it.

use async_trait::async_trait;
use domain::time::UtcMillis;
use std::{
    ops::RangeInclusive,
    sync::{
        Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use sync::Clock;
use tokio::sync::{oneshot, watch};

use crate::records::NOW;

struct Sleeper {
    until: i64,
    asked: i64,
    wake: oneshot::Sender<()>,
}

/// A clock in the hands of a test.
pub struct Manual {
    mono: AtomicI64,
    /// This computer's clock, as it is set: its difference from the monotonic one.
    wall: AtomicI64,
    sleepers: Mutex<Vec<Sleeper>>,
    slept: watch::Sender<u64>,
}

impl Default for Manual {
    fn default() -> Self {
        let (mono, wall) = (AtomicI64::new(1_000), AtomicI64::new(NOW.ms() - 1_000));
        Self { mono, wall, sleepers: Mutex::default(), slept: watch::Sender::default() }
    }
}

impl Manual {
    /// Lets time pass; whoever slept until then wakes, in order.
    pub fn advance(&self, ms: i64) {
        let now = self.mono.fetch_add(ms, Ordering::SeqCst) + ms;
        let mut sleepers = self.sleepers.lock().unwrap();
        sleepers.sort_by_key(|s| s.until);
        for due in std::mem::take(&mut *sleepers) {
            if due.until <= now {
                let _ = due.wake.send(());
            } else {
                sleepers.push(due);
            }
        }
    }
    /// Sets this computer's clock forward or back; the monotonic one does not hear of it.
    pub fn set_wall(&self, by: i64) {
        self.wall.fetch_add(by, Ordering::SeqCst);
    }
    /// How long until the first of those who sleep wakes.
    pub fn next(&self) -> Option<i64> {
        let now = self.mono();
        let mut sleepers = self.sleepers.lock().unwrap();
        sleepers.retain(|s| !s.wake.is_closed());
        sleepers.iter().map(|s| s.until - now).min()
    }
    /// Waits until somebody sleeps for about so long; how long exactly.
    pub async fn sleeper(&self, about: RangeInclusive<i64>) -> i64 {
        self.sleepers(about, 1).await
    }
    /// Waits until so many sleep for about so long; how long one of them does.
    pub async fn sleepers(&self, about: RangeInclusive<i64>, count: usize) -> i64 {
        let mut slept = self.slept.subscribe();
        let found = async {
            loop {
                slept.borrow_and_update();
                if let Some(asked) = self.find(&about, count) {
                    return asked;
                }
                slept.changed().await.unwrap();
            }
        };
        let asked = tokio::time::timeout(Duration::from_secs(20), found).await;
        asked.unwrap_or_else(|_| panic!("nobody sleeps for {about:?}, but for {:?}", self.all()))
    }
    fn find(&self, about: &RangeInclusive<i64>, count: usize) -> Option<i64> {
        let mut sleepers = self.sleepers.lock().unwrap();
        sleepers.retain(|s| !s.wake.is_closed());
        sleepers.iter().map(|s| s.asked).filter(|asked| about.contains(asked)).nth(count - 1)
    }
    fn all(&self) -> Vec<i64> {
        self.sleepers.lock().unwrap().iter().filter(|s| !s.wake.is_closed()).map(|s| s.asked).collect()
    }
    /// Lets exactly those waits pass.
    pub async fn pass(&self, about: RangeInclusive<i64>) -> i64 {
        let asked = self.sleeper(about).await;
        self.advance(asked);
        asked
    }
}

#[async_trait]
impl Clock for Manual {
    fn utc(&self) -> UtcMillis {
        UtcMillis::from_ms(self.mono() + self.wall.load(Ordering::SeqCst))
    }
    fn mono(&self) -> i64 {
        self.mono.load(Ordering::SeqCst)
    }
    async fn sleep(&self, ms: i64) {
        if ms <= 0 {
            return tokio::task::yield_now().await;
        }
        let (wake, woken) = oneshot::channel();
        self.sleepers.lock().unwrap().push(Sleeper { until: self.mono() + ms, asked: ms, wake });
        self.slept.send_modify(|n| *n += 1);
        let _ = woken.await;
    }
    fn jitter(&self) -> f64 {
        0.5
    }
}
