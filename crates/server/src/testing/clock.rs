//! Time that a test moves.

use domain::time::UtcMillis;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::shell::Clock;

/// A clock that stands still until a test puts it forward; or that runs with Tokio's time, which a test can stop.
#[derive(Debug)]
pub struct TestClock {
    runs_since: Option<tokio::time::Instant>,
    begin: UtcMillis,
    ahead: Mutex<Duration>,
}

impl Default for TestClock {
    /// Wednesday, 25 November 2026, 08:00 WIB.
    fn default() -> Self {
        Self::at(UtcMillis::from_ms(1_795_568_400_000))
    }
}

impl TestClock {
    /// A clock that stands at a moment.
    #[must_use]
    pub fn at(begin: UtcMillis) -> Self {
        Self { runs_since: None, begin, ahead: Mutex::default() }
    }
    /// The same, running with Tokio's time from now on.
    #[must_use]
    pub fn running(mut self) -> Self {
        self.runs_since = Some(tokio::time::Instant::now());
        self
    }
    /// Puts it forward.
    pub fn advance(&self, by: Duration) {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> UtcMillis {
        self.begin.plus(i64::try_from(self.monotonic().as_millis()).unwrap_or(i64::MAX))
    }
    fn monotonic(&self) -> Duration {
        let run = self.runs_since.map(|since| since.elapsed()).unwrap_or_default();
        run + *self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
