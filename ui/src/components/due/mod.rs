//! A deadline: how long until it, amber when a quarter is left, a triangle and red when it has passed.

use dioxus::prelude::*;
use domain::records::{Consultation, ConsultationStatus};

use super::icon::Icon;
use crate::{
    shell::Shell,
    words::{Nearness, due, nearness, use_words},
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
    let near = nearness(&it, now);
    let class = match near {
        Nearness::Far => "due",
        Nearness::Soon => "due due-soon",
        Nearness::Late => "due due-late",
    };
    let text = due(&t, it.due_at, now, zone);
    rsx! {
        time { class, datetime: it.due_at.to_string(), title: t.with("due-tip", &[("at", t.moment(it.due_at, zone).into())]),
            if near == Nearness::Late {
                Icon { name: "st-fail", size: 12 }
                span { class: "sr", {t.text("due-late")} " " }
            }
            {text}
        }
    }
}
