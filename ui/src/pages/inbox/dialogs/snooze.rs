//! «Tunda»: until when nobody wants to see a request or an order, at most fourteen days.

use std::rc::Rc;

use dioxus::prelude::*;
use domain::{
    command::Command,
    commands::{
        item::{self, SNOOZE_MOST},
        order,
    },
    daytime,
    id::OrderId,
    record::{AnyRecord, Kind, RecordRef},
    records::Order,
    time::{DAY, Day, HOUR, MINUTE, UtcMillis, Zone},
    waiting::waits_for,
    words::isolate,
};

use crate::{
    components::{
        button::{Button, Kbd},
        calendar::DayInput,
        dialog::{CancelButton, Dialog, close},
        field::{Field, TextInput},
    },
    giving::Giving,
    pages::inbox::{InboxState, state::reference},
    shell::{Place, Shell, put, task},
    words::use_words,
};

/// A time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SnoozePick {
    /// The key of its name.
    word: &'static str,
    /// Until then.
    until: UtcMillis,
}

/// The hour at which a day's work begins, for «besok» and «Senin».
const MORNING: i8 = 8;
/// The hour of «sore ini».
const AFTERNOON: i8 = 15;

/// What is offered at this moment: nothing that is past, nothing twice.
fn picks(now: UtcMillis, zone: Zone) -> Vec<SnoozePick> {
    let today = now.day(zone);
    let monday = (1..=7).map(|n| today.plus(n)).find(|d| d.date().weekday().to_monday_one_offset() == 1).unwrap_or(today);
    let all = [
        SnoozePick { word: "snooze-hour", until: now.plus(HOUR - now.ms().rem_euclid(MINUTE)) },
        SnoozePick { word: "snooze-afternoon", until: today.at(AFTERNOON, 0, zone) },
        SnoozePick { word: "snooze-tomorrow", until: today.plus(1).at(MORNING, 0, zone) },
        SnoozePick { word: "snooze-monday", until: monday.at(MORNING, 0, zone) },
    ];
    let mut offered: Vec<SnoozePick> = Vec::new();
    for pick in all {
        let late = pick.word == "snooze-afternoon" && pick.until.since(now) < HOUR;
        if pick.until > now && !late && offered.iter().all(|o| o.until != pick.until) {
            offered.push(pick);
        }
    }
    offered
}

/// What is wrong with an hour.
const NO_HOUR: &str = "snooze-no-hour";

/// The moment that a day and an hour name, if somebody may put something off until then; else what is wrong, as a key.
fn chosen(day: Option<Day>, hour: &str, now: UtcMillis, zone: Zone) -> Result<UtcMillis, &'static str> {
    let day = day.ok_or("snooze-no-day")?;
    let (hour, minute) = daytime::hour(hour).ok_or(NO_HOUR)?;
    let until = day.at(hour, minute, zone);
    match until.since(now) {
        left if left <= 0 => Err("refusal-date-in-past"),
        left if left > SNOOZE_MOST => Err("snooze-too-far"),
        _ => Ok(until),
    }
}

/// The times to choose from.
#[component]
pub(crate) fn SnoozeBody(due_at: UtcMillis, onpick: EventHandler<UtcMillis>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.now(), shell.zone());
    let today = now.day(zone);
    let mut day_text = use_signal(String::new);
    let mut hour_text = use_signal(|| "08:00".to_owned());
    let mut tried = use_signal(|| false);
    let typed = day_text.read().clone();
    // «besok 14» in the first field is a day and an hour.
    let both = daytime::moment(&typed, today);
    let day = both.map(|(day, _, _)| day).or_else(|| daytime::day(&typed, today));
    let hour = both.map_or_else(|| hour_text.read().clone(), |(_, hour, minute)| format!("{hour:02}:{minute:02}"));
    let result = chosen(day, &hour, now, zone);
    let wrong = result.as_ref().err().copied().filter(|_| tried() || (day.is_some() && !typed.is_empty()));
    let hour_wrong = wrong.filter(|key| *key == NO_HOUR);
    let hint = result.as_ref().ok().map(|until| t.moment(*until, zone));
    rsx! {
        div { class: "opts", role: "group", "aria-label": t.text("snooze-picks"),
            for (n , pick) in picks(now, zone).into_iter().enumerate() {
                button {
                    key: "{pick.word}",
                    r#type: "button",
                    class: "opt opt-b",
                    onclick: move |_| onpick.call(pick.until),
                    span { {t.text(pick.word)} }
                    span { class: if pick.until > due_at { "push s12 fg-kunyit num" } else { "push s12 t3 num" },
                        {t.near(pick.until, now, zone)}
                        if pick.until > due_at {
                            " · "
                            {t.text("snooze-past-due")}
                        }
                    }
                    Kbd { keys: ["1", "2", "3", "4"][n.min(3)] }
                }
            }
        }
        form {
            class: "snooze-own",
            onsubmit: move |event| {
                event.prevent_default();
                match result {
                    Ok(until) => onpick.call(until),
                    Err(_) => tried.set(true),
                }
            },
            Field { id: "snooze-day", label: t.text("snooze-own"), hint: hint.or_else(|| Some(t.text("day-hint"))), error: wrong.map(|key| t.text(key)),
                div { class: "hstack top",
                    DayInput {
                        id: "snooze-day",
                        value: typed,
                        chosen: day,
                        today,
                        least: today,
                        most: now.plus(SNOOZE_MOST - DAY).day(zone).plus(1),
                        invalid: wrong.is_some() && hour_wrong.is_none(),
                        placeholder: t.text("day-placeholder"),
                        oninput: move |text| day_text.set(text),
                    }
                    span { class: "snooze-hour",
                        TextInput {
                            id: "snooze-time",
                            value: hour,
                            inputmode: "numeric",
                            invalid: hour_wrong.is_some(),
                            oninput: move |text| hour_text.set(text),
                        }
                    }
                    label { class: "sr", r#for: "snooze-time", {t.text("hour")} }
                    if let Some(key) = hour_wrong {
                        span { class: "sr", id: "snooze-time-hint", {t.text(key)} }
                    }
                    span { class: "snooze-zone t3", {zone.label()} }
                    Button { text: t.text("do-snooze-until"), submit: true, onpress: |()| {} }
                }
            }
        }
    }
}

/// What is put off: whose it is, by when it is due, and the words for the dialog.
struct Whose {
    name: String,
    due_at: UtcMillis,
    title: &'static str,
    done: &'static str,
}

fn whose(inbox: InboxState, record: RecordRef) -> Option<Whose> {
    match record.kind {
        Kind::Order => {
            let it = inbox.orders.order().filter(|it| RecordRef::new(Kind::Order, it.id) == record)?;
            let name = it.client_name.to_string();
            Some(Whose { due_at: due_of(inbox.shell, &it), name, title: "snooze-order-title", done: "done-order-snooze" })
        }
        _ => {
            let it = inbox.request().filter(|it| reference(it.id) == record)?;
            Some(Whose { name: it.client_name.to_string(), due_at: it.due_at, title: "snooze-title", done: "done-item-snooze" })
        }
    }
}

/// By when an order is promised; in the far future where nothing is promised now.
pub(super) fn due_of(shell: Shell, it: &Order) -> UtcMillis {
    let me = shell.me();
    let waits = me.and_then(|me| waits_for(&AnyRecord::Order(it.clone()), me));
    waits.map_or(UtcMillis::from_ms(i64::MAX), |waits| waits.due)
}

/// The command that puts a record off.
pub(super) fn put_off(record: RecordRef, until: UtcMillis) -> Command {
    match record.kind {
        Kind::Order => order::SnoozeOrder { id: OrderId::from(record.id), until }.into(),
        _ => item::SnoozeItem { record, until }.into(),
    }
}

/// «Tunda permintaan …», «Tunda pesanan …».
#[component]
pub(super) fn Snooze(record: RecordRef) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let error = use_signal(|| None::<String>);
    let it = use_hook(|| whose(inbox, record).map(Rc::new));
    let Some(it) = it else { return rsx! {} };
    let done = t.with(it.done, &[("name", isolate(&it.name).into())]);
    let pick = use_callback(move |until: UtcMillis| {
        let done = done.clone();
        task(async move {
            match giving.give(put_off(record, until), vec![record], done).await {
                Ok(_) => {
                    close("snooze");
                    shell.close();
                    if *shell.place.peek() == Place::Inbox {
                        inbox.go_on();
                    }
                }
                Err(failure) => put(error, Some(shell.trouble(&failure))),
            }
        });
    });
    rsx! {
        SnoozeDialog {
            title: t.with(it.title, &[("name", isolate(&it.name).into())]),
            due_at: it.due_at,
            error: error(),
            onpick: pick,
        }
    }
}

/// A dialog for a time, for one or for many.
#[component]
pub(super) fn SnoozeDialog(title: String, due_at: UtcMillis, error: Option<String>, onpick: EventHandler<UtcMillis>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Dialog {
            id: "snooze",
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: rsx! {
                {t.text("snooze-sub")}
            },
            onclose: move |()| shell.close(),
            onkey: move |event: KeyboardEvent| {
                let figure = match event.code() {
                    Code::Digit1 | Code::Numpad1 => 0,
                    Code::Digit2 | Code::Numpad2 => 1,
                    Code::Digit3 | Code::Numpad3 => 2,
                    Code::Digit4 | Code::Numpad4 => 3,
                    _ => return,
                };
                let typing = crate::browser::focus_is_within("snooze-day") || crate::browser::focus_is_within("snooze-time");
                if event.modifiers().alt() || (event.modifiers().is_empty() && !typing) {
                    event.prevent_default();
                    if let Some(pick_at) = picks(shell.clock.now(), shell.zone()).get(figure) {
                        onpick.call(pick_at.until);
                    }
                }
            },
            footer: rsx! {
                span { class: "act-why grow", {t.text("snooze-everybody")} }
                CancelButton { id: "snooze", oncancel: move |()| shell.close() }
            },
            if let Some(error) = error {
                p { class: "err", role: "alert", {error} }
            }
            SnoozeBody { due_at, onpick }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UtcMillis {
        text.parse().unwrap()
    }
    fn offered(now: &str) -> Vec<(&'static str, String)> {
        picks(at(now), Zone::Wib).into_iter().map(|p| (p.word, p.until.to_string())).collect()
    }

    #[test]
    fn on_a_tuesday_morning_four_times_are_offered() {
        let words: Vec<&str> = offered("2026-11-24T03:42:07Z").iter().map(|(word, _)| *word).collect();
        assert_eq!(words, ["snooze-hour", "snooze-afternoon", "snooze-tomorrow", "snooze-monday"]);
        assert_eq!(offered("2026-11-24T03:42:07Z")[2].1, "2026-11-25T01:00:00.000Z", "tomorrow at 08:00 WIB");
    }

    #[test]
    fn nothing_is_offered_that_is_past_or_twice() {
        let words: Vec<&str> = offered("2026-11-29T10:00:00Z").iter().map(|(word, _)| *word).collect();
        assert_eq!(words, ["snooze-hour", "snooze-tomorrow"], "on a Sunday evening tomorrow is Monday");
    }

    #[test]
    fn a_typed_time_is_within_fourteen_days() {
        let now = at("2026-11-24T03:42:00Z");
        let on = |day: &str, hour| chosen(day.parse().ok(), hour, now, Zone::Wib);
        assert_eq!(on("2026-11-26", "09.30"), Ok(at("2026-11-26T02:30:00Z")));
        assert_eq!(on("2026-11-24", "08:00"), Err("refusal-date-in-past"));
        assert_eq!(on("2026-12-08", "10:42"), Ok(at("2026-12-08T03:42:00Z")));
        assert_eq!(on("2026-12-08", "10:43"), Err("snooze-too-far"));
        assert_eq!(on("2026-11-26", "25"), Err("snooze-no-hour"));
        assert_eq!(chosen(None, "08:00", now, Zone::Wib), Err("snooze-no-day"));
    }
}
