//! Time and chance, which come from the shell: engines run on simulated time in tests.

use async_trait::async_trait;
use domain::time::UtcMillis;

/// Time and chance of this computer.
#[async_trait]
pub trait Clock: Send + Sync + 'static {
    /// This computer's clock. It may be wrong by days, and jump.
    fn utc(&self) -> UtcMillis;
    /// Milliseconds on a clock that never jumps back. It may stand still while the computer sleeps.
    fn mono(&self) -> i64;
    /// Waits so many milliseconds of the monotonic clock.
    async fn sleep(&self, ms: i64);
    /// A random number from 0 up to, not including, 1: so that many desks do not come back at the same moment.
    fn jitter(&self) -> f64;
}
