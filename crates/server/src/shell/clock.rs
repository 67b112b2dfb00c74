//! Time.

use domain::time::UtcMillis;
use std::time::Duration;

/// Where time comes from.
pub trait Clock: Send + Sync + 'static {
    /// Now, by the wall: it may jump.
    fn now(&self) -> UtcMillis;
    /// Time that only runs forward, since some moment.
    fn monotonic(&self) -> Duration;
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    // Tokio's instant is the system's, and simulated where a test has stopped Tokio's time.
    start: tokio::time::Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: tokio::time::Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the server reads the wall clock")]
    fn now(&self) -> UtcMillis {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        UtcMillis::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }
}
