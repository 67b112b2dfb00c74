//! What is known of the line to the server.
//!
//! Invariant: freshness is acknowledged. “The time on screen is that of the last acknowledged sync, never that of a socket.”

use domain::{status::Connection, time::UtcMillis};

/// A sync is fresh for so long, in milliseconds.
const FRESH: i64 = 60_000;
/// After so long without acknowledgement a broken line is called offline, in milliseconds.
const GIVEN_UP: i64 = 30_000;

/// Everything that [`LineState::stuck`] may say; the words are in the catalogue (`stuck-…`).
pub const STUCK: [&str; 6] = ["captive-portal", "tls", "tls-date", "tls-name", "not-meja", "disk"];

/// What the status bar is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineState {
    /// How the line stands.
    pub connection: Connection,
    /// As of when what is shown is true, by the server's clock: the last acknowledged sync.
    pub as_of: Option<UtcMillis>,
    /// Since when there was no acknowledged sync; nothing while the line is well.
    pub offline_since: Option<UtcMillis>,
    /// Whether everything this person may see is here, or history is still coming. A locked desk has no more to come.
    pub complete: bool,
    /// Why nothing moves, where a person can do something: one of [`STUCK`].
    pub stuck: Option<&'static str>,
    /// What is added to this computer's clock to have the server's, in milliseconds.
    pub offset_ms: i64,
}

/// What the engine knows, from which the state follows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) paused: bool,
    /// Whether the desk is locked: nothing is shown, and what was shown does not grow fresher.
    pub(crate) locked: bool,
    pub(crate) revoked: bool,
    pub(crate) complete: bool,
    /// Whether pages are being read to reach the head.
    pub(crate) behind: bool,
    /// The last acknowledged sync, by the server's clock and by the monotonic one.
    pub(crate) as_of: Option<UtcMillis>,
    acknowledged: Option<i64>,
    /// When the first of the failed tries since the last acknowledgement failed.
    failing: Option<(UtcMillis, i64)>,
    /// Whether the last failure was that no server answered.
    pub(crate) no_network: bool,
    stuck: Option<&'static str>,
    pub(crate) offset_ms: i64,
}

impl Line {
    /// What is shown was true at this moment.
    pub(crate) const fn acknowledge(&mut self, now: UtcMillis, mono: i64) {
        if !self.locked {
            self.as_of = Some(now);
        }
        self.acknowledged = Some(mono);
        (self.failing, self.stuck, self.behind) = (None, None, false);
    }
    /// A try failed.
    pub(crate) fn fail(&mut self, stuck: Option<&'static str>, no_network: bool, now: UtcMillis, mono: i64) {
        self.failing.get_or_insert((now, mono));
        self.no_network = no_network;
        self.stuck = stuck;
    }
    /// How it stands at this moment.
    pub(crate) fn state(&self, mono: i64) -> LineState {
        let fresh = self.acknowledged.is_some_and(|at| mono - at <= FRESH);
        let connection = match self.failing {
            _ if self.revoked => Connection::Revoked,
            _ if self.locked => Connection::Locked,
            _ if self.paused => Connection::Paused,
            Some((_, at)) if mono - self.acknowledged.unwrap_or(at) >= GIVEN_UP => Connection::Offline,
            Some(_) => Connection::Reconnecting,
            None if self.behind || !fresh => Connection::CatchingUp,
            None => Connection::Online,
        };
        let well = match connection {
            Connection::Locked => self.failing.is_none(),
            other => matches!(other, Connection::Online | Connection::CatchingUp),
        };
        LineState {
            connection,
            as_of: self.as_of,
            offline_since: if well { None } else { self.as_of.or(self.failing.map(|(at, _)| at)) },
            complete: self.complete,
            stuck: self.stuck,
            offset_ms: self.offset_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::{MINUTE, SECOND};

    const NOW: UtcMillis = UtcMillis::from_ms(1_795_568_400_000);

    #[test]
    fn every_reason_why_nothing_moves_has_words() {
        use crate::{Distrust, Fault};
        use domain::words::{Lang, Words};
        for lang in Lang::ALL {
            let words = Words::new(lang);
            assert!(STUCK.iter().all(|code| words.has(&format!("stuck-{code}"))), "{lang:?}");
        }
        let distrusted = [Distrust::Issuer, Distrust::Date, Distrust::Name].map(Fault::Tls);
        let told = [Fault::Captive, Fault::NotMeja, Fault::Unreachable, Fault::Cut, Fault::TooSlow];
        assert!(told.iter().chain(&distrusted).filter_map(Fault::stuck).all(|code| STUCK.contains(&code)));
    }

    #[test]
    fn the_state_follows_from_what_was_acknowledged_and_when() {
        let mut line = Line { behind: true, ..Line::default() };
        assert_eq!(line.state(0).connection, Connection::CatchingUp, "nothing has come yet");
        line.acknowledge(NOW, 0);
        assert_eq!((line.state(MINUTE).connection, line.state(MINUTE).as_of), (Connection::Online, Some(NOW)));
        assert_eq!(line.state(MINUTE + 1).connection, Connection::CatchingUp, "an open socket acknowledges nothing");
        line.fail(Some("tls"), true, NOW.plus(5 * SECOND), 5 * SECOND);
        line.fail(None, true, NOW.plus(20 * SECOND), 20 * SECOND);
        assert_eq!(line.state(29 * SECOND).connection, Connection::Reconnecting);
        let offline = line.state(30 * SECOND);
        assert_eq!((offline.connection, offline.offline_since, offline.stuck), (Connection::Offline, Some(NOW), None));
        line.acknowledge(NOW.plus(MINUTE), MINUTE);
        assert_eq!((line.state(MINUTE).connection, line.state(MINUTE).offline_since), (Connection::Online, None));
    }

    #[test]
    fn what_a_person_or_the_server_decided_stands_above_the_line() {
        let mut line = Line { paused: true, ..Line::default() };
        line.acknowledge(NOW, 0);
        assert_eq!(line.state(0).connection, Connection::Paused);
        line.locked = true;
        assert_eq!(line.state(0).connection, Connection::Locked);
        line.revoked = true;
        assert_eq!(line.state(0).connection, Connection::Revoked);
    }

    #[test]
    fn a_locked_desk_does_not_grow_fresher() {
        let mut line = Line { locked: true, as_of: Some(NOW), ..Line::default() };
        line.fail(Some("tls"), true, NOW.plus(SECOND), SECOND);
        assert_eq!((line.state(SECOND).stuck, line.state(SECOND).offline_since), (Some("tls"), Some(NOW)));
        line.acknowledge(NOW.plus(MINUTE), MINUTE);
        let state = line.state(MINUTE);
        assert_eq!((state.connection, state.as_of, state.stuck), (Connection::Locked, Some(NOW), None));
        assert_eq!(state.offline_since, None, "and it is not offline for that");
    }
}
