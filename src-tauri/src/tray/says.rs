//! What the tray says: its icon, its tooltip and the words of its lines, from how things stand.

use bridge::SyncStatus;
use domain::{status::Connection, time::UtcMillis, words::Words};
use std::borrow::Cow;

use crate::news::{Seat, Stand};

pub(super) const PLAIN: &[u8] = include_bytes!("../../../icons/tray-plain.png");
const DOT: &[u8] = include_bytes!("../../../icons/tray-dot.png");
const ALERT: &[u8] = include_bytes!("../../../icons/tray-alert.png");
const OFFLINE: &[u8] = include_bytes!("../../../icons/tray-offline.png");
const MOON: &[u8] = include_bytes!("../../../icons/tray-moon.png");
const LOCK: &[u8] = include_bytes!("../../../icons/tray-lock.png");

fn number(n: u32) -> Cow<'static, str> {
    n.to_string().into()
}

pub(super) fn tooltip(stand: &Stand, words: &Words) -> String {
    let Some(s) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return words.text("window-title") };
    let counts = [("waiting", number(s.waiting)), ("late", number(s.late))];
    match s.as_of {
        Some(at) => {
            let [waiting, late] = counts;
            words.with("tray-tooltip", &[waiting, late, ("at", words.clock(at, stand.zone).into())])
        }
        None => words.with("tray-tooltip-never", &counts),
    }
}

/// The line, in the words of the status bar, and as of when what is shown is true.
pub(super) fn line(stand: &Stand, words: &Words) -> String {
    let Some(status) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return words.text("tray-logged-out") };
    let connection = if stand.seat == Seat::Locked { Connection::Locked } else { status.connection };
    let connection = words.text(connection.face().word).into();
    match status.as_of {
        Some(at) => words.with("tray-line", &[("connection", connection), ("at", words.near(at, status.now, stand.zone).into())]),
        None => words.with("tray-line-never", &[("connection", connection)]),
    }
}

pub(super) fn inbox(status: Option<&SyncStatus>, words: &Words) -> String {
    let (waiting, late) = status.map_or((0, 0), |s| (s.waiting, s.late));
    let key = if late > 0 { "tray-inbox-late" } else { "tray-inbox" };
    words.with(key, &[("waiting", number(waiting)), ("late", number(late))])
}

pub(super) fn outbox(status: Option<&SyncStatus>, words: &Words) -> String {
    let (queued, decide) = status.map_or((0, 0), |s| (s.queued, s.refused + s.conflicts));
    if decide == 0 && queued > 0 { words.count("tray-outbox-queued", queued.into()) } else { words.count("tray-outbox", decide.into()) }
}

/// «Keluar, 3 belum terkirim…»: the dots say that it asks.
pub(super) fn quit(stand: &Stand, words: &Words) -> String {
    match stand.unsent() {
        0 => words.text("tray-quit"),
        unsent => words.count("tray-quit-unsent", unsent.into()),
    }
}

/// Whether a person has stopped sending and receiving.
pub(super) fn is_paused(stand: &Stand) -> bool {
    stand.status.as_ref().is_some_and(|status| status.connection == Connection::Paused)
}

/// «Jeda sinkron», and until when it is paused.
pub(super) fn pause(stand: &Stand, words: &Words) -> String {
    let until = stand.status.as_ref().and_then(|status| status.paused_until);
    until_when(stand, words, ["tray-pause", "tray-pause-until"], until.filter(|_| is_paused(stand)))
}

/// «Jam tenang», and until when it is quiet.
pub(super) fn quiet(stand: &Stand, words: &Words) -> String {
    let until = stand.status.as_ref().and_then(|status| status.quiet_until);
    until_when(stand, words, ["tray-quiet", "tray-quiet-until"], until)
}

fn until_when(stand: &Stand, words: &Words, [plain, with_end]: [&str; 2], until: Option<UtcMillis>) -> String {
    match (until, &stand.status) {
        (Some(at), Some(status)) => words.with(with_end, &[("at", words.near_within(at, status.now, stand.zone).into())]),
        _ => words.text(plain),
    }
}

/// What needs a decision comes before quiet, and quiet before what was not looked at; a line that is down or paused before all of
/// them: then none may be true. A lock comes before everything.
pub(super) fn picture(stand: &Stand) -> &'static [u8] {
    let Some(status) = stand.status.as_ref().filter(|_| stand.seat != Seat::Empty) else { return PLAIN };
    if stand.seat == Seat::Locked {
        LOCK
    } else if matches!(status.connection, Connection::Offline | Connection::Paused | Connection::Revoked) {
        OFFLINE
    } else if status.refused + status.conflicts > 0 {
        ALERT
    } else if status.quiet {
        MOON
    } else if status.unread > 0 {
        DOT
    } else {
        PLAIN
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::{
        time::{UtcMillis, Zone},
        words::Lang,
    };

    pub(crate) fn status(connection: Connection, unread: u32, refused: u32) -> SyncStatus {
        SyncStatus { complete: true, refused, unread, ..SyncStatus::idle(connection, UtcMillis::from_ms(0)) }
    }
    fn stand(seat: Seat, status: SyncStatus) -> Stand {
        Stand { seat, status: Some(status), zone: Zone::Wib }
    }

    #[test]
    fn the_icon_shows_the_most_urgent() {
        let seen = |status| picture(&stand(Seat::Taken, status));
        assert_eq!(seen(status(Connection::Online, 0, 0)), PLAIN);
        assert_eq!(seen(status(Connection::Online, 2, 0)), DOT);
        assert_eq!(seen(status(Connection::Online, 2, 1)), ALERT);
        let quiet = |status| SyncStatus { quiet: true, ..status };
        assert_eq!(seen(quiet(status(Connection::Online, 2, 0))), MOON, "whoever wants quiet is not beckoned");
        assert_eq!(seen(quiet(status(Connection::Online, 2, 1))), ALERT);
        assert_eq!(seen(quiet(status(Connection::Offline, 2, 1))), OFFLINE);
        assert_eq!(seen(status(Connection::Paused, 2, 1)), OFFLINE);
        assert_eq!(picture(&stand(Seat::Locked, status(Connection::Online, 2, 1))), LOCK);
        assert_eq!(picture(&stand(Seat::Empty, status(Connection::Offline, 0, 0))), PLAIN, "nobody expects a line");
        assert_eq!(picture(&Stand::new()), PLAIN);
    }

    #[test]
    fn every_word_of_the_tray_is_in_both_catalogues() {
        let now = SyncStatus { late: 1, queued: 2, as_of: Some(UtcMillis::from_ms(0)), ..status(Connection::Online, 2, 0) };
        for lang in Lang::ALL {
            let words = Words::new(lang);
            for seat in [Seat::Taken, Seat::Locked, Seat::Empty] {
                let stand = stand(seat, now.clone());
                let status = stand.status.as_ref();
                let said = [
                    tooltip(&stand, &words),
                    line(&stand, &words),
                    inbox(status, &words),
                    outbox(status, &words),
                    pause(&stand, &words),
                    quiet(&stand, &words),
                    quit(&stand, &words),
                ];
                assert!(said.iter().all(|text| !text.contains("tray-") && !text.contains('{')), "{lang:?}: {said:?}");
            }
            let keys = [
                "tray-open",
                "tray-palette",
                "tray-sync",
                "tray-hour",
                "tray-tomorrow",
                "tray-pause-end",
                "tray-quiet-end",
                "tray-lock",
                "tray-settings",
                "tray-quit",
                "window-title",
            ];
            assert!(keys.iter().all(|key| words.has(key)), "{lang:?}");
        }
        let queued = SyncStatus { queued: 3, ..status(Connection::Offline, 0, 0) };
        let words = Words::new(Lang::Id);
        assert_eq!(outbox(Some(&queued), &words), "Antrean kirim: 3 antre");
        assert_eq!(quit(&stand(Seat::Locked, queued.clone()), &words), "Keluar, 3 belum terkirim…");
        assert_eq!(outbox(Some(&SyncStatus { refused: 1, ..queued }), &words), "Perlu keputusan: 1", "what waits for a person comes first");
    }

    #[test]
    fn a_pause_and_a_quiet_time_say_when_they_end() {
        let words = Words::new(Lang::Id);
        let at = |text: &str| text.parse::<UtcMillis>().expect("a time");
        let now = SyncStatus { now: at("2026-11-27T03:00:00Z"), ..status(Connection::Paused, 0, 0) };
        let now = SyncStatus { paused_until: Some(at("2026-11-27T04:00:00Z")), ..now };
        let both = stand(Seat::Taken, SyncStatus { quiet: true, quiet_until: Some(at("2026-11-28T00:00:00Z")), ..now.clone() });
        assert_eq!(pause(&both, &words), "Jeda sinkron (sampai hari ini, 11:00 WIB)");
        assert_eq!(quiet(&both, &words), "Jam tenang (sampai besok, 07:00 WIB)");
        let neither = stand(Seat::Taken, status(Connection::Online, 0, 0));
        assert_eq!((pause(&neither, &words), quiet(&neither, &words)), ("Jeda sinkron".to_owned(), "Jam tenang".to_owned()));
        assert!(is_paused(&both) && !is_paused(&neither));
    }

    #[test]
    fn the_tooltip_says_what_waits_and_how_old_that_is() {
        let words = Words::new(Lang::Id);
        let now = SyncStatus {
            waiting: 13,
            late: 2,
            as_of: Some("2026-11-27T03:42:00Z".parse().expect("a time")),
            ..status(Connection::Online, 0, 0)
        };
        assert_eq!(tooltip(&stand(Seat::Taken, now), &words), "Meja: 13 menunggu, 2 lewat tenggat, data per 10:42");
    }

    #[test]
    fn a_locked_desk_and_an_empty_one_say_so() {
        let words = Words::new(Lang::Id);
        let now = SyncStatus { as_of: Some(UtcMillis::from_ms(0)), ..status(Connection::Online, 0, 0) };
        assert!(line(&stand(Seat::Locked, now.clone()), &words).starts_with("Terkunci, data per "));
        assert_eq!(line(&stand(Seat::Empty, now), &words), "Belum masuk");
    }
}
