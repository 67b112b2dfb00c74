//! A deadline: how long until it, amber when a quarter is left, a triangle and red when it has passed.

use dioxus::prelude::*;
use domain::{
    records::{Consultation, ConsultationStatus},
    time::{Day, UtcMillis, Zone},
};

use super::icon::Icon;
use crate::{
    shell::Shell,
    words::{Nearness, due, due_day, nearness, use_words},
};

/// The deadline of a waiting request; for an answered one, when it was answered.
#[component]
pub(crate) fn Due(it: Consultation) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    if it.status != ConsultationStatus::Waiting {
        let at = it.decided_at.unwrap_or(it.updated_at);
        return rsx! {
            time { class: "due", datetime: at.to_string(), title: t.moment(at, zone), {crate::words::when(&t, at, now, zone)} }
        };
    }
    rsx! {
        DueAt { at: it.due_at, since: it.created_at }
    }
}

/// A moment until which something is to be done.
#[component]
pub(crate) fn DueAt(
    at: UtcMillis,
    /// Since when it is known.
    since: UtcMillis,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let near = nearness(at, since, now);
    let text = due(&t, at, now, zone);
    rsx! {
        time { class: class(near), datetime: at.to_string(), title: t.with("due-tip", &[("at", t.moment(at, zone).into())]),
            if near == Nearness::Late {
                Icon { name: "st-fail", size: 12 }
                span { class: "sr", {t.text("due-late")} " " }
            }
            {text}
        }
    }
}

/// How near it is, drawn.
const fn class(near: Nearness) -> &'static str {
    match near {
        Nearness::Far => "due",
        Nearness::Soon => "due due-soon",
        Nearness::Late => "due due-late",
    }
}

/// A day by which something is wanted: it ends when the day does, in WIB. Where nothing is to be done any more it is merely
/// the day.
#[component]
pub(crate) fn DueDay(
    day: Day,
    /// Since when it is known.
    since: UtcMillis,
    open: bool,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let now = shell.clock.minute();
    let end = day.plus(1).at(0, 0, Zone::Wib);
    let near = if open { nearness(end, since, now) } else { Nearness::Far };
    rsx! {
        time { class: class(near), datetime: day.to_string(), title: t.with("due-tip", &[("at", t.date_long(day).into())]),
            if near == Nearness::Late {
                Icon { name: "st-fail", size: 12 }
                span { class: "sr", {t.text("due-late")} " " }
            }
            {due_day(&t, day, open, now)}
        }
    }
}
