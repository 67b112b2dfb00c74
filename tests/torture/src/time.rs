//! Simulated time: one for the world, and for each computer a wall clock that may be set wrong.

use async_trait::async_trait;
use domain::time::UtcMillis;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::oneshot;

use crate::dice::Dice;

/// When every world begins: Wednesday, 25 November 2026, 08:00 WIB.
pub(crate) const BEGIN: i64 = 1_795_568_400_000;

/// The world's time, in milliseconds since its beginning, and who sleeps.
#[derive(Debug, Default)]
pub(crate) struct Time {
    now: AtomicI64,
    sleepers: Mutex<Sleepers>,
}

#[derive(Debug, Default)]
struct Sleepers {
    count: u64,
    until: BTreeMap<(i64, u64), oneshot::Sender<()>>,
}

impl Time {
    pub(crate) fn now(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }
    /// Lets time pass, for everything: sleepers are woken one by one.
    pub(crate) async fn go_to(&self, ms: i64) {
        let by = ms - self.now();
        if by > 0 {
            self.now.store(ms, Ordering::Relaxed);
            tokio::time::advance(Duration::from_millis(u64::try_from(by).unwrap_or(0))).await;
        }
    }
    /// When the first of those who sleep is to be woken.
    pub(crate) fn next(&self) -> Option<i64> {
        let mut sleepers = self.sleepers.lock().unwrap();
        while let Some((at, gone)) = sleepers.until.first_key_value().map(|(key, wake)| (*key, wake.is_closed())) {
            if !gone {
                return Some(at.0);
            }
            sleepers.until.remove(&at);
        }
        None
    }
    /// Wakes the first of them.
    pub(crate) fn wake(&self) {
        let first = self.sleepers.lock().unwrap().until.pop_first();
        if let Some((_, wake)) = first {
            let _ = wake.send(());
        }
    }
    async fn sleep(&self, ms: i64) {
        if ms <= 0 {
            return tokio::task::yield_now().await;
        }
        let (wake, woken) = oneshot::channel();
        {
            let mut sleepers = self.sleepers.lock().unwrap();
            sleepers.count += 1;
            let key = (self.now() + ms, sleepers.count);
            sleepers.until.insert(key, wake);
        }
        let _ = woken.await;
    }
}

/// The clock of a desk's computer.
#[derive(Debug)]
pub(crate) struct DeskClock {
    time: Arc<Time>,
    wall: AtomicI64,
    dice: Mutex<Dice>,
}

impl DeskClock {
    pub(crate) const fn new(time: Arc<Time>, dice: Dice) -> Self {
        Self { time, wall: AtomicI64::new(0), dice: Mutex::new(dice) }
    }
    /// Sets the wall clock forward or back.
    pub(crate) fn set_by(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::Relaxed);
    }
}

#[async_trait]
impl sync::Clock for DeskClock {
    fn utc(&self) -> UtcMillis {
        UtcMillis::from_ms(BEGIN + self.time.now() + self.wall.load(Ordering::Relaxed))
    }
    fn mono(&self) -> i64 {
        self.time.now()
    }
    async fn sleep(&self, ms: i64) {
        self.time.sleep(ms).await;
    }
    fn jitter(&self) -> f64 {
        let thousandths = u32::try_from(self.dice.lock().unwrap().below(1_000)).unwrap_or(0);
        f64::from(thousandths) / 1_000.0
    }
}

/// The server's clock.
#[derive(Debug)]
pub(crate) struct HouseClock {
    time: Arc<Time>,
    wall: AtomicI64,
}

impl HouseClock {
    pub(crate) const fn new(time: Arc<Time>) -> Self {
        Self { time, wall: AtomicI64::new(0) }
    }
    /// Sets the wall clock forward or back.
    pub(crate) fn set_by(&self, ms: i64) {
        self.wall.fetch_add(ms, Ordering::Relaxed);
    }
}

impl server::shell::Clock for HouseClock {
    fn now(&self) -> UtcMillis {
        UtcMillis::from_ms(BEGIN + self.time.now() + self.wall.load(Ordering::Relaxed))
    }
    fn monotonic(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.time.now()).unwrap_or(0))
    }
}
