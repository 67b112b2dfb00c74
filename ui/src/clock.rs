//! The server's clock, as the desk estimates it. What is shown never uses the machine's own, which may be wrong by a day.

use dioxus::prelude::*;
use domain::time::{MINUTE, SECOND, UtcMillis};

use crate::browser;

/// A clock that components read. What reads a minute is drawn again once a minute, what reads a second once a second.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Clock {
    /// What is added to the clock that nobody sets.
    offset: Signal<i64>,
    second: Signal<UtcMillis>,
    minute: Signal<UtcMillis>,
}

impl Clock {
    /// A clock that is set by the desk's first answer.
    pub(crate) fn new() -> Self {
        let begun = UtcMillis::from_ms(browser::wall_ms());
        let clock = Self { offset: Signal::new(0), second: Signal::new(begun), minute: Signal::new(begun) };
        clock.set(begun);
        clock
    }
    fn monotonic() -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
        let ms = browser::monotonic_ms() as i64;
        ms
    }
    /// Sets the clock by what the desk says.
    pub(crate) fn set(mut self, now: UtcMillis) {
        self.offset.set(now.ms() - Self::monotonic());
        self.tick();
    }
    /// Now, for an act; components that shall follow it read [`Self::second`] or [`Self::minute`].
    pub(crate) fn now(self) -> UtcMillis {
        UtcMillis::from_ms(*self.offset.peek() + Self::monotonic())
    }
    /// Now, by the second.
    pub(crate) fn second(self) -> UtcMillis {
        *self.second.read()
    }
    /// Now, by the minute.
    pub(crate) fn minute(self) -> UtcMillis {
        *self.minute.read()
    }
    /// Moves the hands.
    pub(crate) fn tick(mut self) {
        let now = self.now();
        let second = UtcMillis::from_ms(now.ms() - now.ms().rem_euclid(SECOND));
        if *self.second.peek() != second {
            self.second.set(second);
        }
        let minute = UtcMillis::from_ms(now.ms() - now.ms().rem_euclid(MINUTE));
        if *self.minute.peek() != minute {
            self.minute.set(minute);
        }
    }
    /// Moves the hands as long as the window lives: at the turn of every second, so that all of them move together.
    pub(crate) async fn run(self) {
        loop {
            let rest = SECOND - self.now().ms().rem_euclid(SECOND);
            browser::sleep(i32::try_from(rest).unwrap_or(1_000).max(20)).await;
            self.tick();
        }
    }
}
