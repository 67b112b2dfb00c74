//! How long to wait before the next try.
//!
//! Invariant: no stampede. “The streams of all desks break together; they come back spread over so long that 500 desks arrive at
//! most 100 in a second, and none waits longer than 30 seconds.”

use std::time::Duration;

use crate::fault::Fault;

/// The first wait, in milliseconds; each further one is twice as long.
const FIRST: i64 = 500;
/// The longest wait of our own, in milliseconds.
const LONGEST: i64 = 60_000;
/// The longest wait a server can ask for, in milliseconds.
const LONGEST_ASKED: i64 = 3_600_000;
/// The waits of somebody in a crowd, in milliseconds: the least, and over how much they are spread. When a server ends, the
/// streams of all desks break at once; so spread, 500 of them arrive at most 100 in a second whenever it is back, and the last of
/// them within 30 seconds (issue 3, section 2).
const CROWD: [(i64, i64); 3] = [(250, 10_000), (8_000, 12_000), (10_000, 19_000)];

/// Tries that failed one after another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Backoff {
    failed: u32,
    crowd: bool,
}

impl Backoff {
    /// Of what all desks do at the same moment: following the feed.
    pub(crate) const fn in_a_crowd() -> Self {
        Self { failed: 0, crowd: true }
    }
    /// A try succeeded.
    pub(crate) const fn reset(&mut self) {
        self.failed = 0;
    }
    /// How long to wait after this fault, in milliseconds. `jitter` is from 0 up to 1; it spreads the desks of an office over
    /// half of the wait, so that a server that comes back is not met by all at once.
    pub(crate) fn next(&mut self, fault: Option<&Fault>, jitter: f64) -> i64 {
        let own = FIRST.checked_shl(self.failed.min(16)).unwrap_or(LONGEST).min(LONGEST);
        // A desk whose own disk fails is in no crowd.
        let (least, spread) = if self.crowd && fault.is_some() {
            CROWD[usize::try_from(self.failed).unwrap_or(usize::MAX).min(CROWD.len() - 1)]
        } else {
            (own / 2, own / 2)
        };
        self.failed = self.failed.saturating_add(1);
        let asked = fault.and_then(Fault::retry_after).map_or(0, asked);
        // What the server asks for is a minimum: the spread comes on top.
        let (least, spread) = if asked > 0 { (asked, (asked / 4).max(spread)) } else { (least, spread) };
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

    /// Chance that is always the same (SplitMix64).
    struct Dice(u64);
    impl Dice {
        #[expect(clippy::cast_precision_loss, reason = "a share of one")]
        fn jitter(&mut self) -> f64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    /// When, after a server that was away for so long is back, each of 500 desks is; in milliseconds, in order.
    fn arrivals(away: i64, seed: u64) -> Vec<i64> {
        let mut dice = Dice(seed);
        let mut all: Vec<i64> = (0..500)
            .map(|_| {
                let (mut backoff, mut at) = (Backoff::in_a_crowd(), 0);
                // The stream breaks; later tries are refused, until the server is there.
                let mut fault = Fault::Cut;
                loop {
                    at += backoff.next(Some(&fault), dice.jitter());
                    if at >= away {
                        return at - away;
                    }
                    fault = Fault::Unreachable;
                }
            })
            .collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn a_restart_with_500_desks_is_no_stampede() {
        for away in [0, 100, 1_000, 3_000, 5_000, 8_000, 15_000, 40_000, 120_000, 900_000] {
            for seed in 0..20 {
                let all = arrivals(away, seed);
                let most = all.iter().map(|at| all.iter().filter(|it| (*at..*at + 1_000).contains(*it)).count()).max();
                assert!(most <= Some(100), "away for {away} ms, seed {seed}: {most:?} arrive in one second");
                assert!(all.last() <= Some(&30_000), "away for {away} ms, seed {seed}: the last is back after {:?} ms", all.last());
            }
        }
    }

    #[test]
    fn a_full_disk_is_nobody_elses_affair() {
        assert_eq!(Backoff::in_a_crowd().next(None, 0.5), Backoff::default().next(None, 0.5));
    }

    #[test]
    fn what_the_server_asks_for_is_the_least() {
        assert_eq!(Backoff::default().next(Some(&asks(20)), 0.0), 20_000);
        assert_eq!(Backoff::default().next(Some(&asks(20)), 0.5), 22_500, "and not everybody at that very moment");
        assert_eq!(Backoff::default().next(Some(&asks(86_400)), 0.0), 3_600_000, "but no more than an hour");
    }
}
