//! The words on screen. Texts come from the catalogues; what is here turns records and moments into the arguments they take.

use std::rc::Rc;

use dioxus::prelude::*;
use domain::{
    decision::{Code, Details},
    record::Kind,
    records::NotificationKind,
    role::Role,
    text::Invalid,
    time::{DAY, Day, UtcMillis, Zone},
    waiting::{Waits, Why},
    words::{Ago, Lang, Words, isolate},
};

use crate::shell::Shell;

/// The languages, called by their own names, so that nobody is lost in one they cannot read.
pub(crate) const LANGUAGES: [(Lang, &str); 2] = [(Lang::Id, "Bahasa Indonesia"), (Lang::En, "English")];

/// The catalogue of the person's language; whoever asks is drawn again when the language changes.
pub(crate) fn use_words() -> Rc<Words> {
    use_context::<Shell>().words()
}

/// How many there are, for the catalogue.
pub(crate) fn many(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The parts of a text, and whether each is strong: `**…**` is, except inside a name that is set apart, where stars are stars.
fn strong_parts(text: &str) -> Vec<(bool, String)> {
    let mut parts = vec![(false, String::new())];
    let (mut apart, mut rest) = (false, text);
    while let Some(sign) = rest.chars().next() {
        if !apart && rest.starts_with("**") {
            parts.push((parts.len() % 2 == 1, String::new()));
            rest = &rest[2..];
            continue;
        }
        apart = sign == '\u{2068}' || (apart && sign != '\u{2069}');
        if let Some((_, part)) = parts.last_mut() {
            part.push(sign);
        }
        rest = &rest[sign.len_utf8()..];
    }
    parts
}

/// A text of the catalogue in which `**…**` is set strong.
#[component]
pub(crate) fn Rich(text: String) -> Element {
    rsx! {
        for (n , (strong , part)) in strong_parts(&text).into_iter().enumerate() {
            if strong {
                b { key: "{n}", "{part}" }
            } else {
                Fragment { key: "{n}", "{part}" }
            }
        }
    }
}

/// The key of an act's words: `act-consultation-accept`.
pub(crate) fn act_word(act: &str) -> String {
    format!("act-{}", act.replace(['.', '_'], "-"))
}

/// A role in words.
pub(crate) fn role_word(words: &Words, role: &Role) -> String {
    match role {
        Role::Unknown(_) => words.text("role-unknown"),
        known => words.text(&format!("role-{}", known.wire())),
    }
}

/// A wire name in words, with the word for unknown ones where this program has none.
pub(crate) fn wire_word(words: &Words, group: &str, wire: &str) -> String {
    let key = format!("{group}-{}", wire.replace('_', "-"));
    if words.has(&key) { words.text(&key) } else { words.text(&format!("{group}-unknown")) }
}

/// How near a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearness {
    /// There is time.
    Far,
    /// A quarter of the time that was given is left, or less.
    Soon,
    /// It has passed.
    Late,
}

/// How near a deadline is that was set at this moment.
pub(crate) const fn nearness(due_at: UtcMillis, set_at: UtcMillis, now: UtcMillis) -> Nearness {
    let (left, given) = (due_at.since(now), due_at.since(set_at));
    if left <= 0 {
        Nearness::Late
    } else if left.saturating_mul(4) <= given {
        Nearness::Soon
    } else {
        Nearness::Far
    }
}

/// A deadline as a list shows it: a span within 24 hours, a weekday within a week, then the date.
pub(crate) fn due(words: &Words, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
    let left = at.since(now);
    let day = at.day(zone);
    if left.abs() < DAY {
        words.span(Ago(left))
    } else if day == now.day(zone).plus(1) {
        words.text("due-tomorrow")
    } else if (0..6 * DAY).contains(&left) {
        words.text(&format!("weekday-long-{}", day.date().weekday().to_monday_one_offset()))
    } else if left < 0 {
        words.span(Ago(left))
    } else {
        words.date_short(day)
    }
}

/// A day by which something is wanted, as a list shows it: how long ago it was where it is still to be done, today, tomorrow, else
/// the day. The day is one of WIB.
pub(crate) fn due_day(words: &Words, day: Day, open: bool, now: UtcMillis) -> String {
    let (today, end) = (now.day(Zone::Wib), day.plus(1).at(0, 0, Zone::Wib));
    match day {
        _ if open && day < today => words.span(Ago(end.since(now))),
        _ if open && day == today => words.text("due-today"),
        _ if open && day == today.plus(1) => words.text("due-tomorrow"),
        _ => {
            let month = words.text(&format!("month-{}", day.date().month()));
            words.with("due-day", &[("day", i64::from(day.date().day()).to_string().into()), ("month", month.into())])
        }
    }
}

/// Why something ranks where it does in Antrean: «menunggu jawaban 2 j», «tenggat desain besok», «Perlu dibalas».
pub(crate) fn why(words: &Words, waits: &Waits, now: UtcMillis) -> String {
    let day = match waits.why {
        Why::Deadline { day } if day < now.day(Zone::Wib) => words.date_short(day),
        Why::Deadline { day } => due_day(words, day, true, now),
        _ => String::new(),
    };
    let since = words.span(Ago(now.since(waits.since).max(0)));
    words.with(waits.why.word(), &[("since", since.into()), ("day", day.into())])
}

/// What a client reads of it: always in Bahasa Indonesia, whatever language the staff reads.
pub(crate) fn client_reads(kind: &NotificationKind) -> String {
    for_clients(|words| wire_word(words, "notification", kind.wire()))
}

/// Says something in the words that clients read.
pub(crate) fn for_clients<T>(say: impl FnOnce(&Words) -> T) -> T {
    thread_local! {
        static SAID: Words = Words::new(Lang::Id);
    }
    SAID.with(say)
}

/// Since when somebody is a client: «Klien sejak Mar 2025».
pub(crate) fn client_since(words: &Words, day: Day) -> String {
    let month = words.text(&format!("month-{}", day.date().month()));
    words.with("client-since", &[("at", format!("{month} {}", day.date().year()).into())])
}

/// A moment of the past as a timeline shows it: the hour today, else the day and the hour.
pub(crate) fn when(words: &Words, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
    let day = at.day(zone);
    if day == now.day(zone) { words.clock(at, zone) } else { format!("{}, {}", words.date_short(day), words.clock(at, zone)) }
}

/// What is wrong with a value, in words.
pub(crate) fn invalid(words: &Words, why: Invalid) -> String {
    let key = format!("invalid-{}", why.code().replace('_', "-"));
    words.with(&key, &[("bound", why.bound().map(|n| n.to_string()).unwrap_or_default().into())])
}

/// A refusal in words: the rule, and then who stands in the way, who may, and when it will be possible (ui.md, principle 8).
pub(crate) fn refusal(words: &Words, code: &str, details: &Details, now: UtcMillis, zone: Zone) -> String {
    if let Some(text) = by_setting(words, details, now, zone) {
        return text;
    }
    let mut text = vec![words.text(&Code::of_wire(code).word())];
    if let (Some(field), Some(why)) = (&details.field, &details.invalid) {
        let why = wire_word_with_bound(words, why, details.bound);
        text = vec![words.with("refusal-field", &[("field", field_word(words, field).into()), ("why", why.into())])];
    }
    let by = details.by.as_ref().map(|p| isolate(p.name.as_str()));
    let at = details.at.map(|at| words.near_within(at, now, zone));
    let status = details.status.as_deref().map(|s| state_word(words, s));
    match (by, at, status) {
        (Some(by), Some(at), Some(status)) => {
            text.push(words.with("refusal-decided", &[("status", status.into()), ("by", by.into()), ("at", at.into())]));
        }
        (Some(by), _, _) => match details.until {
            Some(until) => {
                let until = words.near_within(until, now, zone);
                text.push(words.with("refusal-held-by", &[("by", by.into()), ("until", until.into())]));
            }
            None => text.push(words.with("refusal-by", &[("by", by.into())])),
        },
        (None, Some(at), Some(status)) => {
            text.push(words.with("refusal-decided-unnamed", &[("status", status.into()), ("at", at.into())]));
        }
        _ => {}
    }
    if !details.roles.is_empty() {
        text.push(words.with("refusal-roles", &[("roles", staff_roles(words, details).into())]));
    }
    if let (Some(name), true) = (&details.number, code == Code::Merged.wire()) {
        text.push(words.with("refusal-merged-into", &[("name", isolate(name).into())]));
    } else if let Some(number) = &details.number {
        text.push(words.with("refusal-number", &[("number", isolate(number).into())]));
    }
    text.join(" ")
}

/// Those of the staff who may.
fn staff_roles(words: &Words, details: &Details) -> String {
    let who: Vec<String> = details.roles.iter().filter(|r| r.is_staff()).map(|r| role_word(words, r)).collect();
    who.join(", ")
}

/// A refusal that a setting of the organisation brings: it may be set otherwise, so that is said in the place of the rule.
fn by_setting(words: &Words, details: &Details, now: UtcMillis, zone: Zone) -> Option<String> {
    let key = format!("refusal-setting-{}", details.setting.as_ref()?.wire().replace(['.', '_'], "-"));
    let until = details.until.map(|until| words.near_within(until, now, zone)).unwrap_or_default();
    let bound = details.bound.map(|bound| words.whole(i64::try_from(bound).unwrap_or(i64::MAX))).unwrap_or_default();
    let args = [("roles", staff_roles(words, details).into()), ("until", until.into()), ("bound", bound.into())];
    words.has(&key).then(|| words.with(&key, &args))
}

/// Where a record stands, by the wire name alone: the kinds of records have names of their own for their states, but for those that
/// mean the same.
fn state_word(words: &Words, wire: &str) -> String {
    let groups = ["status-consultation", "status-order", "status-product", "status-design"];
    let group = groups.into_iter().find(|group| words.has(&format!("{group}-{}", wire.replace('_', "-"))));
    wire_word(words, group.unwrap_or(groups[0]), wire)
}

/// The group of the words for a field that says where a record of this kind stands; nothing where it says something else.
pub(crate) fn state_group(kind: Kind, field: &str) -> Option<&'static str> {
    match (kind, field) {
        (Kind::Order, "status") => Some("status-order"),
        (Kind::Order, "product_status") => Some("status-product"),
        (Kind::Order, "design_type") => Some("design"),
        (Kind::Design, "status") => Some("status-design"),
        (_, "status") => Some("status-consultation"),
        _ => None,
    }
}

fn wire_word_with_bound(words: &Words, why: &str, bound: Option<u64>) -> String {
    let key = format!("invalid-{}", why.replace('_', "-"));
    let key = if words.has(&key) { key } else { "invalid-malformed".to_owned() };
    words.with(&key, &[("bound", bound.map(|n| n.to_string()).unwrap_or_default().into())])
}

/// What a field is called; by its own name where it has no word.
pub(crate) fn field_word(words: &Words, field: &str) -> String {
    let key = format!("field-{}", field.replace(['_', '.'], "-"));
    if words.has(&key) { words.text(&key) } else { field.to_owned() }
}

/// A kind of record in words.
pub(crate) fn kind_word(words: &Words, kind: Kind) -> String {
    words.text(&kind.word())
}

/// The glyph of a kind of record.
pub(crate) const fn kind_glyph(kind: Kind) -> &'static str {
    match kind {
        Kind::Consultation => "consult",
        Kind::Client => "person",
        Kind::Note => "chat",
        Kind::Notification => "bell",
        Kind::User => "expert",
        Kind::Setting => "gear",
        Kind::Order | Kind::Design => "design",
        Kind::Conversation | Kind::Message | Kind::ReadMark | Kind::QuickReply => "chat",
        Kind::Counter => "chart",
        Kind::File | Kind::ImportPart => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{role::Person, words::Lang};
    use rstest::rstest;

    fn at(text: &str) -> UtcMillis {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("2026-11-24T04:54:00Z", "1 j 11 m")]
    #[case("2026-11-24T03:24:00Z", "18 mnt")]
    #[case("2026-11-25T09:00:00Z", "besok")]
    #[case("2026-11-27T09:00:00Z", "Jumat")]
    #[case("2026-12-04T09:00:00Z", "Jum, 4 Des")]
    #[case("2026-11-20T09:00:00Z", "3 hari")]
    fn deadlines_as_a_list_shows_them(#[case] due_at: &str, #[case] expected: &str) {
        assert_eq!(due(&Words::new(Lang::Id), at(due_at), at("2026-11-24T03:42:07Z"), Zone::Wib), expected);
    }

    #[rstest]
    #[case("2026-11-22", true, "1 hari")]
    #[case("2026-11-23", true, "10 j 42 m")]
    #[case("2026-11-24", true, "hari ini")]
    #[case("2026-11-25", true, "besok")]
    #[case("2026-12-02", true, "2 Des")]
    #[case("2026-11-20", false, "20 Nov")]
    fn days_by_which_something_is_wanted(#[case] day: &str, #[case] open: bool, #[case] expected: &str) {
        assert_eq!(due_day(&Words::new(Lang::Id), day.parse().unwrap(), open, at("2026-11-24T03:42:07Z")), expected);
    }

    #[test]
    fn a_refusal_says_who_holds_it_and_until_when() {
        let words = Words::new(Lang::Id);
        let by = Some(Person { id: domain::role::Actor::system().id(), name: domain::name::PersonName::of_program("Hendra Wijaya") });
        let details = Details { by, until: Some(at("2026-11-24T03:54:00Z")), ..Details::default() };
        let text = refusal(&words, Code::ClaimedByOther.wire(), &details, at("2026-11-24T03:42:00Z"), Zone::Wib);
        assert_eq!(text.replace(['\u{2068}', '\u{2069}'], ""), "Sedang dipegang orang lain. Hendra Wijaya, sampai hari ini, 10:54 WIB.");
    }

    /// Every file of the window's source.
    fn sources(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![std::fs::read_to_string(path).unwrap()] }).collect()
    }

    #[test]
    fn every_text_that_the_window_asks_for_is_in_the_catalogue() {
        let words = Words::new(Lang::Id);
        let all = sources(&std::path::Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("src"));
        let mut asked = 0;
        for call in [".text(\"", ".with(\"", ".count(\""] {
            for source in &all {
                for key in source.split(call).skip(1).filter_map(|rest| rest.split('"').next()).filter(|key| !key.is_empty()) {
                    asked += 1;
                    assert!(words.has(key), "there is no text «{key}»");
                }
            }
        }
        assert!(asked > 200, "only {asked} texts were found");
    }

    #[rstest]
    #[case("Terima: **Diterima**.", &["Diterima"])]
    #[case("**Ditolak** oleh \u{2068}a**b**c\u{2069}, **tadi**", &["Ditolak", "tadi"])]
    #[case("**", &[""])]
    fn stars_in_a_name_make_nothing_strong(#[case] text: &str, #[case] strong: &[&str]) {
        let parts = strong_parts(text);
        assert_eq!(parts.iter().filter(|(is, _)| *is).map(|(_, part)| part.as_str()).collect::<Vec<_>>(), strong);
    }

    #[test]
    fn a_code_of_a_newer_program_still_has_words() {
        let text = refusal(&Words::new(Lang::En), "moon_phase", &Details::default(), at("2026-11-24T03:42:00Z"), Zone::Wib);
        assert!(!text.contains("moon_phase") && !text.is_empty());
    }
}
