//! The real clock, and the system's randomness. Everything else gets them as an argument, so that tests own them.

use async_trait::async_trait;
use domain::time::UtcMillis;
use std::{sync::Arc, time::Duration};

use crate::{
    parts::Connect,
    ports::{Ids, random},
};

/// This computer's clock.
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

#[async_trait]
impl sync::Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the desk reads the wall clock")]
    fn utc(&self) -> UtcMillis {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        UtcMillis::from_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
    fn mono(&self) -> i64 {
        i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
    async fn sleep(&self, ms: i64) {
        tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0))).await;
    }
    fn jitter(&self) -> f64 {
        f64::from(u32::from_le_bytes(random(&SystemIds))) / (f64::from(u32::MAX) + 1.0)
    }
}

/// The system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Keys that can be guessed would be worse than no desk.
            tracing::error!(%error, "the system has no randomness");
            std::process::abort();
        }
    }
}

/// Servers over HTTP.
#[must_use]
pub fn over_http() -> Connect {
    Arc::new(|address| match sync::Http::new(address) {
        Ok(http) => Ok(Arc::new(http)),
        Err(error) => Err(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::Clock;

    #[test]
    fn new_ids_are_of_version_7_and_carry_their_moment() {
        let at = UtcMillis::from_ms(1_795_568_400_123);
        let id = domain::id::CommandId::from_uuid(SystemIds.uuid(at));
        assert_eq!(id.made_at(), at);
        assert!(id.to_string().parse::<domain::id::CommandId>().is_ok(), "the wire must accept what we make");
        assert_ne!(SystemIds.uuid(at), SystemIds.uuid(at));
    }

    #[tokio::test]
    async fn jitter_stays_below_one() {
        let clock = SystemClock::default();
        assert!((0..200).all(|_| (0.0..1.0).contains(&clock.jitter())));
    }
}
