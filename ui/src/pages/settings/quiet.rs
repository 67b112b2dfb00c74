//! Jam tenang: when notifications are held back. When it is quiet, the rulebook says and the desk keeps.

use dioxus::prelude::*;
use domain::{
    quiet::{QuietHours, Rest},
    words::Words,
};

use super::rows::{Choose, SetRow, Switch};
use crate::{
    components::{button::Button, choice::Check},
    shell::Shell,
    words::use_words,
};

/// How far apart the times are that can be chosen, in minutes.
const STEP: u16 = 30;

/// When nothing is told of.
#[component]
pub(super) fn QuietRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let quiet = (shell.preferences)().quiet;
    let zone = shell.zone().label();
    rsx! {
        NowRow {}
        SetRow { id: "set-quiet-on", title: t.text("set-quiet-on"), more: t.text("set-quiet-on-more"),
            Switch { id: "set-quiet-on", on: quiet.on, onswitch: move |on| shell.change_preferences(|p| p.quiet.on = on) }
        }
        SetRow { id: "set-quiet-from", title: t.text("set-quiet-from"), more: t.with("set-quiet-zone", &[("zone", zone.into())]),
            Time { id: "set-quiet-from", at: quiet.from, onchoose: move |at| shell.change_preferences(|p| p.quiet.from = at) }
        }
        SetRow { id: "set-quiet-to", title: t.text("set-quiet-to"), more: t.text(end_word(&quiet)),
            Time { id: "set-quiet-to", at: quiet.to, onchoose: move |at| shell.change_preferences(|p| p.quiet.to = at) }
        }
        fieldset { class: "set-row set-days",
            legend { class: "semi", {t.text("set-quiet-days")} }
            for (n , on) in quiet.days.into_iter().enumerate() {
                label { key: "{n}", class: "hstack hstack-1",
                    Check { checked: on, onswitch: move |on| shell.change_preferences(|p| p.quiet.days[n] = on) }
                    {day_name(&t, n)}
                }
            }
        }
    }
}

/// Quiet from now on for a while, and its end.
#[component]
fn NowRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (quiet, now, zone) = ((shell.preferences)().quiet, shell.clock.minute(), shell.zone());
    let is_quiet = quiet.is_quiet(now, zone);
    let until = quiet.until(now, zone).map(|at| t.with("set-quiet-now-until", &[("at", t.near_within(at, now, zone).into())]));
    let rest = move |rest: Rest| shell.change_preferences(|p| p.quiet.rest(rest, shell.clock.now(), zone));
    rsx! {
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-quiet-now")} }
                p { class: "t2 s12", {until.unwrap_or_else(|| t.text("set-quiet-now-more"))} }
            }
            div { class: "hstack hstack-1",
                Button { id: "set-quiet-now".to_owned(), text: t.text("do-quiet-hour"), onpress: move |()| rest(Rest::Hour) }
                Button { text: t.text("do-quiet-tomorrow"), onpress: move |()| rest(Rest::Tomorrow) }
                Button {
                    text: t.text("do-quiet-end"),
                    disabled: !is_quiet,
                    onpress: move |()| shell.change_preferences(|p| p.quiet.wake(shell.clock.now(), zone)),
                }
            }
        }
    }
}

/// The name of a weekday, Monday being the first.
fn day_name(words: &Words, n: usize) -> String {
    words.text(&format!("weekday-long-{}", n + 1))
}

/// Whether the end is on the day of the beginning.
const fn end_word(quiet: &QuietHours) -> &'static str {
    if quiet.to > quiet.from { "set-quiet-same-day" } else { "set-quiet-next-day" }
}

/// A time of the day, in half hours.
#[component]
fn Time(id: &'static str, at: u16, onchoose: EventHandler<u16>) -> Element {
    let times = times(at);
    let options: Vec<(String, String)> = times.iter().map(|at| (at.to_string(), clock(*at))).collect();
    rsx! {
        Choose {
            id,
            options,
            chosen: at.to_string(),
            onchoose: move |n: usize| {
                if let Some(at) = times.get(n) {
                    onchoose.call(*at);
                }
            },
        }
    }
}

/// The times that can be chosen, in minutes after midnight, and the one that was chosen by other means.
fn times(chosen: u16) -> Vec<u16> {
    let mut times: Vec<u16> = (0..24 * 60).step_by(usize::from(STEP)).collect();
    if let Err(place) = times.binary_search(&chosen) {
        times.insert(place, chosen);
    }
    times
}

/// `21:30`.
fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_hours_can_be_chosen_and_what_was_chosen_otherwise_stays() {
        let times: Vec<String> = times(21 * 60).into_iter().map(clock).collect();
        assert_eq!((times.len(), times[0].as_str(), times[42].as_str(), times[47].as_str()), (48, "00:00", "21:00", "23:30"));
        let odd = super::times(7 * 60 + 10);
        assert_eq!((odd.len(), clock(odd[15])), (49, "07:10".to_owned()));
    }

    #[test]
    fn an_end_at_or_before_the_beginning_is_on_the_next_day() {
        let end = |from, to| end_word(&QuietHours { from, to, ..QuietHours::default() });
        assert_eq!((end(720, 780), end(1260, 420), end(0, 0)), ("set-quiet-same-day", "set-quiet-next-day", "set-quiet-next-day"));
    }
}
