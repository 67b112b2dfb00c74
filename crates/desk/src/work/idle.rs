//! The lock that comes by itself: when nobody was at the window for as long as the person has set.

use domain::time::{MINUTE, UtcMillis};
use std::sync::{Arc, PoisonError};
use sync::Clock;

use crate::{
    desk::{Desk, Inner},
    session::Phase,
};

/// When somebody was last at the window, by both clocks: the monotonic one stands still while a computer sleeps, and this
/// computer's own can be set back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Presence {
    mono: i64,
    wall: UtcMillis,
}

impl Presence {
    /// Somebody is here.
    pub(crate) fn now(clock: &dyn Clock) -> Self {
        Self { mono: clock.mono(), wall: clock.utc() }
    }
    /// For how long nobody was, in milliseconds: what the clock that moved further says.
    fn idle(self, now: Self) -> i64 {
        (now.mono - self.mono).max(now.wall.since(self.wall))
    }
}

/// Whether a desk that nobody was at for so many milliseconds locks itself after so many minutes; never after 0.
const fn is_over(idle: i64, minutes: u8) -> bool {
    minutes > 0 && idle >= minutes as i64 * MINUTE
}

impl Inner {
    /// Somebody is at the window.
    pub(crate) fn somebody_is_here(&self) {
        *self.presence.lock().unwrap_or_else(PoisonError::into_inner) = Presence::now(&*self.parts.clock);
    }
    /// Whether somebody left their desk open for longer than they have set.
    async fn is_left(&self) -> bool {
        let last = *self.presence.lock().unwrap_or_else(PoisonError::into_inner);
        let over = is_over(last.idle(Presence::now(&*self.parts.clock)), self.preferences().lock_after);
        over && matches!(&*self.phase.read().await, Phase::Open(_))
    }
}

/// Locks a desk that was left; whether it does. It ends whoever looks after the account, so it goes on in a task of its own.
pub(super) async fn lock_if_left(inner: &Arc<Inner>) -> bool {
    let left = inner.is_left().await;
    if left {
        let desk = Desk { inner: Arc::clone(inner) };
        tokio::spawn(async move { desk.lock().await });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, i64::MAX, false)]
    #[case(1, 59_999, false)]
    #[case(1, 60_000, true)]
    #[case(30, 29 * MINUTE, false)]
    #[case(30, 30 * MINUTE, true)]
    fn a_desk_locks_after_its_minutes_and_never_after_none(#[case] minutes: u8, #[case] idle: i64, #[case] over: bool) {
        assert_eq!(is_over(idle, minutes), over);
    }

    #[test]
    fn a_computer_that_slept_was_left_too_and_a_clock_set_back_hides_nothing() {
        let at = |mono, wall| Presence { mono, wall: UtcMillis::from_ms(wall) };
        assert_eq!(at(0, 0).idle(at(1_000, 3_600_000)), 3_600_000);
        assert_eq!(at(0, 0).idle(at(60_000, -3_600_000)), 60_000);
    }
}
