//! A moment: a day, an hour and the zone in which both are meant, and below them the same moment for the client and in UTC. What is
//! typed is understood by the rulebook (`domain::daytime`); a day can also be chosen in a month, where holidays have their names.

use dioxus::prelude::*;
use domain::{
    daytime::{Typed, Unread},
    text::Invalid,
    time::{Day, UtcMillis, Zone},
    words::Words,
};

use super::{
    calendar::DayInput,
    choice::Select,
    field::{FieldFoot, TextInput},
};
use crate::{
    shell::Shell,
    words::{invalid, use_words},
};

/// A field for a moment. Its owner keeps what is typed and asks it what it says.
#[component]
pub(crate) fn WhenField(
    /// The ids of the day, the hour and the zone.
    ids: [&'static str; 3],
    label: String,
    value: Typed,
    /// The days that can be chosen, in the zone that is meant.
    least: Day,
    most: Day,
    /// The zone the client lives in.
    client: Zone,
    /// What is wrong with a moment that is understood: that somebody is busy then, say.
    #[props(default)]
    error: Option<String>,
    #[props(default)] required: bool,
    oninput: EventHandler<Typed>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let now = shell.clock.minute();
    let [day, hour, zone] = ids;
    let read = value.read(now);
    let at = read.ok().flatten();
    let meant = value.day_meant(now);
    let no_hour = lacks_hour(&value, now).then(|| t.text("snooze-no-hour"));
    let error = fault(&t, &value, now, (least, most)).or(error);
    let understood = at.map(|at| t.moment(at, value.zone)).or_else(|| meant.map(|day| t.date_long(day)));
    let (typed, in_hour, in_zone, left) = (value.clone(), value.clone(), value.clone(), value.clone());
    let words = t.clone();
    rsx! {
        fieldset {
            class: "field when",
            // What was understood is written out as soon as a part of the field is left.
            onfocusout: move |_| {
                let settled = left.settled(shell.clock.now(), &words);
                if settled != left {
                    oninput.call(settled);
                }
            },
            legend { class: "label", {label} }
            div { class: "hstack top wrap",
                label { class: "sr", r#for: day, {t.text("when-day")} }
                DayInput {
                    id: day,
                    value: value.day.clone(),
                    chosen: meant,
                    today: now.day(value.zone),
                    least,
                    most,
                    invalid: error.is_some(),
                    required,
                    placeholder: t.text("day-placeholder"),
                    oninput: move |day| oninput.call(Typed { day, ..typed.clone() }),
                }
                label { class: "sr", r#for: hour, {t.text("hour")} }
                span { class: "hour-in",
                    TextInput {
                        id: hour,
                        value: value.hour.clone(),
                        inputmode: "numeric",
                        placeholder: "00:00",
                        invalid: no_hour.is_some(),
                        oninput: move |hour| oninput.call(Typed { hour, ..in_hour.clone() }),
                    }
                }
                ZonePart { id: zone, zone: value.zone, onchoose: move |zone| oninput.call(Typed { zone, ..in_zone.clone() }) }
            }
            FieldFoot { id: day, hint: Some(understood.unwrap_or_else(|| t.text("when-hint"))), error }
            if no_hour.is_some() {
                FieldFoot { id: hour, hint: None, error: no_hour.clone() }
            }
            if let Some(at) = at {
                Elsewhere { at, client }
            }
        }
    }
}

/// Whether the hour that is typed is none. One that nobody has begun to type is not wrong yet: whoever sends it asks for it.
fn lacks_hour(typed: &Typed, now: UtcMillis) -> bool {
    typed.read(now) == Err(Unread::Hour) && !typed.hour.trim().is_empty()
}

/// What is wrong with the day that is typed.
fn fault(words: &Words, typed: &Typed, now: UtcMillis, (least, most): (Day, Day)) -> Option<String> {
    if typed.read(now) == Err(Unread::Day) {
        return Some(words.text("day-unknown"));
    }
    let outside = |day: &Day| !(least..=most).contains(day);
    typed.day_meant(now).filter(outside).map(|_| invalid(words, Invalid::OutOfRange))
}

/// In which zone both are meant.
#[component]
fn ZonePart(id: &'static str, zone: Zone, onchoose: EventHandler<Zone>) -> Element {
    let t = use_words();
    rsx! {
        label { class: "sr", r#for: id, {t.text("field-zone")} }
        Select {
            id,
            class: "zone-in",
            options: Zone::ALL.iter().map(|zone| (zone.label().to_owned(), zone.label().to_owned())).collect::<Vec<_>>(),
            chosen: zone.label(),
            onchoose: move |n: usize| onchoose.call(Zone::ALL[n]),
        }
    }
}

/// The same moment where the client is, and in UTC.
#[component]
fn Elsewhere(at: UtcMillis, client: Zone) -> Element {
    let t = use_words();
    rsx! {
        ul { class: "hint",
            li { {t.with("when-client", &[("at", t.moment(at, client).into())])} }
            li { {t.moment_utc(at)} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn what_is_wrong_is_said_of_the_part_that_is() {
        let words = Words::new(Lang::Id);
        let now: UtcMillis = "2026-11-24T03:42:00Z".parse().unwrap();
        let day = |text: &str| text.parse::<Day>().unwrap();
        let typed = |day: &str, hour: &str| Typed { day: day.to_owned(), hour: hour.to_owned(), zone: Zone::Wit };
        let says = |day_text: &str, hour: &str| {
            let typed = typed(day_text, hour);
            fault(&words, &typed, now, (day("2026-11-24"), day("2026-12-24"))).unwrap_or_default()
        };
        assert!(says("kapan", "14").starts_with("Tanggalnya"), "{}", says("kapan", "14"));
        assert_eq!(says("besok", "25"), "", "the day is right");
        assert!(lacks_hour(&typed("besok", "25"), now), "and the hour is not");
        for right in [("besok", "14"), ("besok 14", "25"), ("besok", ""), ("", "25"), ("kapan", "25")] {
            assert!(!lacks_hour(&typed(right.0, right.1), now), "{right:?}");
        }
        assert_eq!((says("", ""), says("", "14"), says("besok", "")), Default::default(), "nothing is wrong with what is not typed yet");
        assert_eq!(says("24 Des 2026 23:59", ""), "", "the last minute of the last day");
        for outside in [("25 Des 2026", ""), ("25 Des 2026", "0"), ("23 Nov 2026", "14")] {
            assert_eq!(says(outside.0, outside.1), "Di luar batas yang diizinkan.", "{outside:?}");
        }
    }
}
