//! A day: typed as people type days, or chosen in a month. What was understood stands below the field.

use dioxus::prelude::*;
use domain::{calendar::Holiday, time::Day};

use super::{button::IconButton, field::TextInput};
use crate::{browser, words::use_words};

/// A field for a day, with a month to choose from.
#[component]
pub(crate) fn DayInput(
    id: &'static str,
    value: String,
    /// The day that was understood.
    chosen: Option<Day>,
    today: Day,
    least: Day,
    most: Day,
    oninput: EventHandler<String>,
    #[props(default)] invalid: bool,
    #[props(default)] placeholder: String,
    #[props(default)] required: bool,
) -> Element {
    let t = use_words();
    let mut open = use_signal(|| false);
    let words = t.clone();
    rsx! {
        div { class: "day-in",
            TextInput {
                id,
                value,
                oninput,
                invalid,
                described: true,
                placeholder,
                required,
                IconButton {
                    icon: "calendar",
                    label: t.text("calendar-open"),
                    expanded: open(),
                    popup: "dialog",
                    onpress: move |()| open.toggle(),
                }
            }
            if open() {
                Month {
                    id,
                    chosen: chosen.unwrap_or(today),
                    today,
                    least,
                    most,
                    onchoose: move |day: Day| {
                        open.set(false);
                        browser::focus(id);
                        oninput.call(words.date(day));
                    },
                    onclose: move |()| {
                        open.set(false);
                        browser::focus(id);
                    },
                }
            }
        }
    }
}

/// The first day of the week that a month's grid begins with: Monday.
fn first_cell(month: Day) -> Day {
    let first = Day::from_date(month.date().first_of_month());
    first.plus(-i64::from(first.date().weekday().to_monday_zero_offset()))
}

/// Where a key leads from a day.
fn step(day: Day, key: &Key) -> Option<Day> {
    let weekday = i64::from(day.date().weekday().to_monday_zero_offset());
    Some(match key {
        Key::ArrowLeft => day.plus(-1),
        Key::ArrowRight => day.plus(1),
        Key::ArrowUp => day.plus(-7),
        Key::ArrowDown => day.plus(7),
        Key::Home => day.plus(-weekday),
        Key::End => day.plus(6 - weekday),
        Key::PageUp => month_away(day, -1),
        Key::PageDown => month_away(day, 1),
        _ => return None,
    })
}

/// The same day of a month near by; the last one where there is none.
fn month_away(day: Day, months: i32) -> Day {
    let first = day.date().first_of_month();
    let there = if months < 0 { Day::from_date(first).plus(-1) } else { Day::from_date(day.date().last_of_month()).plus(1) };
    let last = there.date().days_in_month();
    Day::from_date(there.date().first_of_month()).plus(i64::from(day.date().day().min(last)) - 1)
}

/// One month to choose from: arrows move by days and weeks, PageUp and PageDown by months, Enter chooses, Escape closes.
#[component]
fn Month(
    id: &'static str,
    chosen: Day,
    today: Day,
    least: Day,
    most: Day,
    onchoose: EventHandler<Day>,
    onclose: EventHandler<()>,
) -> Element {
    let t = use_words();
    let mut at = use_signal(|| chosen.clamp(least, most));
    let holidays = use_hook(Holiday::bundled);
    use_effect(move || {
        browser::focus(&format!("{id}-{}", at()));
    });
    let shown = at().date();
    let weeks = (0..6).map(|week| (0..7).map(|n| first_cell(at()).plus(week * 7 + n)).collect::<Vec<Day>>());
    let weeks: Vec<Vec<Day>> = weeks.filter(|week| week.iter().any(|d| d.date().month() == shown.month())).collect();
    let title = format!("{} {}", t.text(&format!("month-{}", shown.month())), shown.year());
    rsx! {
        div {
            class: "month",
            role: "dialog",
            "aria-label": t.text("calendar-title"),
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    event.prevent_default();
                    event.stop_propagation();
                    onclose.call(());
                } else if let Some(to) = step(at(), &event.key()) {
                    event.prevent_default();
                    event.stop_propagation();
                    at.set(to.clamp(least, most));
                }
            },
            div { class: "month-h",
                IconButton { icon: "left", label: t.text("calendar-previous"), onpress: move |()| at.set(month_away(at(), -1).clamp(least, most)) }
                span { class: "semi", "aria-live": "polite", {title.clone()} }
                IconButton { icon: "right", label: t.text("calendar-next"), onpress: move |()| at.set(month_away(at(), 1).clamp(least, most)) }
            }
            div { class: "mini", role: "grid", "aria-label": title,
                div { class: "mini-r", role: "row",
                    for n in 1..=7 {
                        span { key: "{n}", role: "columnheader", "aria-label": t.text(&format!("weekday-long-{n}")), {t.text(&format!("weekday-short-{n}"))} }
                    }
                }
                for week in weeks {
                    div { key: "{week[0]}", class: "mini-r", role: "row",
                        for day in week {
                            {
                                let holiday = holidays.iter().find(|h| h.date == day).map(|h| h.name.clone());
                                let able = (least..=most).contains(&day);
                                rsx! {
                                    DayCell {
                                        key: "{day}",
                                        id: "{id}-{day}",
                                        day,
                                        out: day.date().month() != shown.month(),
                                        now: day == today,
                                        chosen: day == chosen,
                                        reached: day == at(),
                                        able,
                                        holiday,
                                        onchoose,
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn DayCell(
    id: String,
    day: Day,
    out: bool,
    now: bool,
    chosen: bool,
    reached: bool,
    able: bool,
    holiday: Option<String>,
    onchoose: EventHandler<Day>,
) -> Element {
    let t = use_words();
    let marks = [(out, " out"), (now, " td"), (holiday.is_some(), " hol"), (chosen, " is-on")];
    let class: String = ["mini-d"].into_iter().chain(marks.iter().filter(|(on, _)| *on).map(|(_, class)| *class)).collect();
    let label = match &holiday {
        Some(name) => format!("{}, {name}", t.date_long(day)),
        None => t.date_long(day),
    };
    rsx! {
        div { role: "gridcell", "aria-selected": chosen.to_string(),
            button {
                id,
                r#type: "button",
                class,
                tabindex: if reached { "0" } else { "-1" },
                "aria-label": label,
                title: holiday,
                "aria-current": now.then_some("date"),
                "aria-disabled": (!able).then_some("true"),
                onclick: move |_| {
                    if able {
                        onchoose.call(day);
                    }
                },
                "{day.date().day()}"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_grid_begins_on_the_monday_before_the_month() {
        assert_eq!(first_cell(day("2026-11-24")).to_string(), "2026-10-26");
        assert_eq!(first_cell(day("2027-02-10")).to_string(), "2027-02-01");
    }

    #[test]
    fn keys_move_by_days_weeks_and_months() {
        let from = day("2026-01-31");
        let to = |key| step(from, &key).map(|d| d.to_string());
        assert_eq!(to(Key::ArrowRight), Some("2026-02-01".to_owned()));
        assert_eq!(to(Key::ArrowUp), Some("2026-01-24".to_owned()));
        assert_eq!(to(Key::PageDown), Some("2026-02-28".to_owned()), "there is no 31 February");
        assert_eq!(to(Key::PageUp), Some("2025-12-31".to_owned()));
        assert_eq!(to(Key::Home), Some("2026-01-26".to_owned()));
        assert_eq!(to(Key::Tab), None);
    }
}
