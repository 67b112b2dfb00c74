//! How long to wait before the next try.

use std::time::Duration;

use crate::fault::Fault;

/// The first wait, in milliseconds; each further one is twice as long.
const FIRST: i64 = 500;
/// The longest wait of our own, in milliseconds.
const LONGEST: i64 = 60_000;
/// The longest wait a server can ask for, in milliseconds.
const LONGEST_ASKED: i64 = 3_600_000;

/// Tries that failed one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Backoff {
    failed: u32,
}

impl Backoff {
    /// A try succeeded.
    pub(crate) const fn reset(&mut self) {
        self.failed = 0;
    }
    /// How long to wait after this fault, in milliseconds. `jitter` is from 0 up to 1; it spreads the desks of an office over
    /// half of the wait, so that a server that comes back is not met by all at once.
    pub(crate) fn next(&mut self, fault: Option<&Fault>, jitter: f64) -> i64 {
        let own = FIRST.checked_shl(self.failed.min(16)).unwrap_or(LONGEST).min(LONGEST);
        self.failed = self.failed.saturating_add(1);
        let asked = fault.and_then(Fault::retry_after).map_or(0, asked);
        // What the server asks for is a minimum: the spread comes on top.
        let (least, spread) = if asked > 0 { (asked, (asked / 4).max(own / 2)) } else { (own / 2, own / 2) };
        least + part(spread, jitter)
    }
}

/// Milliseconds that a server asks to wait, as far as they are believed: nobody can send a desk away for years.
pub(crate) fn asked(wait: Duration) -> i64 {
    millis(wait).min(LONGEST_ASKED)
}

/// Milliseconds of a duration.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// A part of a span of milliseconds.
pub(crate) fn part(ms: i64, share: f64) -> i64 {
    // A wait is at most an hour of milliseconds: exact in a float, and whole again.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most an hour of milliseconds")]
    let part = (ms as f64 * share.clamp(0.0, 1.0)) as i64;
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(seconds: u64) -> Fault {
        let retry_after = Some(Duration::from_secs(seconds));
        Fault::Problem { status: 503, code: "unavailable".into(), detail: String::new(), errors: Vec::new(), retry_after }
    }

    #[test]
    fn each_wait_is_longer_up_to_a_minute_and_spread_over_half() {
        let mut backoff = Backoff::default();
        let waits: Vec<i64> = (0..10).map(|_| backoff.next(Some(&Fault::Cut), 0.0)).collect();
        assert_eq!(waits, [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        assert_eq!(backoff.next(Some(&Fault::Cut), 0.999_999), 59_999);
        backoff.reset();
        assert_eq!(backoff.next(None, 0.0), 250);
    }

    #[test]
    fn what_the_server_asks_for_is_the_least() {
        assert_eq!(Backoff::default().next(Some(&asks(20)), 0.0), 20_000);
        assert_eq!(Backoff::default().next(Some(&asks(20)), 0.5), 22_500, "and not everybody at that very moment");
        assert_eq!(Backoff::default().next(Some(&asks(86_400)), 0.0), 3_600_000, "but no more than an hour");
    }
}
