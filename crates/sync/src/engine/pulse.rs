//! A slow beat: the state of the line ages, a computer that slept is noticed, and the outbox is looked at.

use super::core::Core;

/// How often, in milliseconds.
const BEAT: i64 = 5_000;
/// A clock that went so much further than the other one was set, or its computer slept, in milliseconds.
const JUMP: i64 = 10_000;

impl Core {
    /// Beats for as long as the engine lives.
    pub(super) async fn pulse(&self) -> std::convert::Infallible {
        loop {
            let (utc, mono) = (self.clock.utc(), self.clock.mono());
            self.clock.sleep(BEAT).await;
            let (by_wall, by_mono) = (self.clock.utc().since(utc), self.clock.mono() - mono);
            // The monotonic clock stands still during sleep on some systems and runs on others.
            let slept = by_mono > BEAT + JUMP || by_wall - by_mono > JUMP;
            let set_back = by_mono - by_wall > JUMP;
            if set_back {
                self.link.set_offset(self.link.offset_ms().saturating_add(by_mono - by_wall));
            }
            if slept || set_back {
                tracing::info!(by_wall, by_mono, "the clock jumped; the server is asked again");
                self.link.wish.send_modify(|wish| wish.over += 1);
            }
            // Invariant: work left is got on with. “A desk with work left and a network always gets on with it: whoever gives says so,
            // and every beat looks.” Of what comes back when a file is mended, or is given by somebody who fails behind it, nobody says so.
            self.link.wish.send_modify(|wish| wish.given += 1);
            self.show();
        }
    }
}
