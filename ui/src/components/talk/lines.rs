//! What stands in a conversation from top to bottom, and where it is scrolled to. Plain functions.

use bridge::MessageView;
use domain::{
    records::Voice,
    time::{Day, UtcMillis, Zone},
    words::Words,
};

/// What stands in the log, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// A day begins.
    Day(Day),
    /// What follows is unread.
    Unread,
    /// A message, by its place; whether the one before it is of the same person on the same day.
    Said(usize, bool),
}

/// The lines of these messages, days being those of a zone; the first one of others above `unread_after` has the line before it.
pub(super) fn lines(messages: &[MessageView], unread_after: Option<i64>, zone: Zone) -> Vec<Line> {
    let mut all = Vec::new();
    let (mut day, mut by, mut unread) = (None, None, unread_after);
    for (n, view) in messages.iter().enumerate() {
        let it = &view.message;
        let on = it.created_at.day(zone);
        let begins = day.replace(on) != Some(on);
        if begins {
            all.push(Line::Day(on));
        }
        let is_first = !view.mine && unread.is_some_and(|after| it.number > after);
        if is_first {
            unread = None;
            all.push(Line::Unread);
        }
        let same = by.replace(it.author.id) == Some(it.author.id);
        all.push(Line::Said(n, same && !begins && !is_first));
    }
    all
}

/// Whether there is something of others that was not read when the person came.
pub(super) fn has_unread(messages: &[MessageView], unread_after: Option<i64>) -> bool {
    unread_after.is_some_and(|after| messages.iter().any(|view| !view.mine && view.message.number > after))
}

/// The last message of the staff that the client has read.
pub(super) fn read_by_client(messages: &[MessageView], client_read: i64) -> Option<usize> {
    messages.iter().rposition(|view| view.message.from == Voice::Staff && view.state.is_none() && view.message.number <= client_read)
}

/// A day as a line says it.
pub(super) fn day_word(words: &Words, day: Day, now: UtcMillis, zone: Zone) -> String {
    let today = now.day(zone);
    match day {
        _ if day == today => words.text("today"),
        _ if day == today.plus(-1) => words.text("yesterday"),
        _ => words.date_long(day),
    }
}

/// What was seen of the log before it was drawn anew.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(super) struct Seen {
    pub(super) top: i32,
    pub(super) extent: i32,
    pub(super) at_end: bool,
    /// The numbers of the first and the last message, and how many did not pass.
    pub(super) first: Option<i64>,
    pub(super) last: Option<i64>,
    pub(super) stranded: usize,
}

/// Where a log is scrolled to that was drawn anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    Stay,
    End,
    Unread,
    /// So far from the top.
    Top(i32),
}

/// Where to: at first to what is unread, else to the end; later to the end for whoever was there or has just said something, and
/// nowhere for whoever reads further up.
pub(super) fn to(before: Option<Seen>, now: &Seen, unread: bool, mine_last: bool) -> To {
    match before {
        None if unread => To::Unread,
        None => To::End,
        Some(seen) if seen.at_end || (mine_last && now.last != seen.last) || now.stranded > seen.stranded => To::End,
        Some(seen) if now.first != seen.first => To::Top(seen.top + now.extent - seen.extent),
        Some(_) => To::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const CLIENT: &str = "019abf6b-9d3c-7000-8000-000000000001";
    const ME: &str = "019abf6b-9d3c-7000-8000-000000000002";

    fn said(number: i64, by: &str, at: &str) -> MessageView {
        let id = format!("019abf6b-9d3c-7000-8000-0000000001{number:02}");
        serde_json::from_value(json!({
            "message": {
                "id": id, "order_id": CLIENT, "number": number, "from": if by == CLIENT { "client" } else { "staff" },
                "author": { "id": by, "name": "Rani" }, "text": "Halo", "created_at": at,
            },
            "mine": by == ME, "state": null, "command": null,
        }))
        .unwrap()
    }
    fn talk() -> Vec<MessageView> {
        vec![
            said(1, CLIENT, "2026-11-23T16:00:00Z"),
            said(2, CLIENT, "2026-11-23T16:30:00Z"),
            said(3, ME, "2026-11-23T17:30:00Z"),
            said(4, CLIENT, "2026-11-23T18:00:00Z"),
        ]
    }
    fn day(text: &str) -> Line {
        Line::Day(text.parse().unwrap())
    }

    #[test]
    fn days_are_those_of_the_person_and_a_name_stands_once_in_a_run() {
        let wib = vec![
            day("2026-11-23"),
            Line::Said(0, false),
            Line::Said(1, true),
            day("2026-11-24"),
            Line::Said(2, false),
            Line::Said(3, false),
        ];
        assert_eq!(lines(&talk(), None, Zone::Wib), wib);
        let wit = vec![day("2026-11-24"), Line::Said(0, false), Line::Said(1, true), Line::Said(2, false), Line::Said(3, false)];
        assert_eq!(lines(&talk(), None, Zone::Wit), wit, "in the east the day has begun");
    }

    #[test]
    fn the_line_stands_before_the_first_unread_of_others() {
        let at = |after| lines(&talk(), Some(after), Zone::Wit).iter().position(|line| *line == Line::Unread);
        assert_eq!((at(1), at(2), at(4)), (Some(2), Some(4), None), "nobody's own message is unread");
        assert_eq!(at(0), Some(1), "below its day");
    }

    #[test]
    fn the_client_has_read_up_to_the_last_answer_they_had() {
        let answers = [said(1, ME, "2026-11-23T16:00:00Z"), said(2, CLIENT, "2026-11-23T16:01:00Z"), said(3, ME, "2026-11-23T16:02:00Z")];
        assert_eq!(read_by_client(&answers, 2), Some(0), "their own is nothing they have read");
        assert_eq!((read_by_client(&answers, 3), read_by_client(&answers, 0)), (Some(2), None));
    }

    #[test]
    fn nothing_moves_under_the_eyes() {
        let seen = Seen { top: 400, extent: 1_000, at_end: false, first: Some(51), last: Some(100), stranded: 0 };
        let now = |first, last, stranded| Seen { extent: 1_600, first: Some(first), last: Some(last), stranded, ..Seen::default() };
        assert_eq!(to(None, &now(51, 100, 0), true, false), To::Unread);
        assert_eq!(to(None, &now(51, 100, 0), false, false), To::End);
        assert_eq!(to(Some(seen), &now(51, 101, 0), false, false), To::Stay, "a client wrote");
        assert_eq!(to(Some(seen), &now(1, 100, 0), false, true), To::Top(1_000), "older ones came above");
        assert_eq!(to(Some(seen), &now(51, 101, 0), false, true), To::End, "what one says oneself is seen");
        assert_eq!(to(Some(Seen { at_end: true, ..seen }), &now(51, 101, 0), false, false), To::End);
        assert_eq!(to(Some(seen), &now(51, 100, 1), false, false), To::End, "what was refused is seen");
    }
}
