//! One row: glyph, name, deadline; below them a summary, the state, and what is not as the server says.

use std::rc::Rc;

use bridge::InboxRow;
use dioxus::prelude::*;
use domain::{
    records::{Consultation, ConsultationStatus},
    words::{Words, isolate},
};

use crate::{
    components::{
        avatar::{Avatar, Lease},
        badge::{Badge, mark_of},
        due::Due,
        icon::Icon,
        list::row_id,
    },
    pages::{
        inbox::{InboxState, LIST},
        rows::{MarkAt, Pane},
    },
    shell::Shell,
    words::{STALE, use_words},
};

/// What stands in a row's second line: the day that is asked for, and what it is about.
fn summary(words: &Words, it: &Consultation) -> String {
    let day = words.date_short(it.requested_date);
    let wish = words.with("row-wish", &[("day", day.into())]);
    match &it.topic {
        Some(topic) => format!("{wish} · {topic}"),
        None => wish,
    }
}

/// A row.
#[component]
pub(crate) fn Row(row: Rc<InboxRow>, index: u32, top: i32, total: u32, current: bool, chosen: bool, reached: bool) -> Element {
    let mut inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let it = &row.consultation;
    let done = it.status != ConsultationStatus::Waiting && !row.ours;
    let class = format!("row{}{}", if row.unseen { " is-new" } else { "" }, if done { " is-done" } else { "" });
    let glyph = if chosen { "check" } else { "consult" };
    rsx! {
        div {
            id: row_id(LIST, index),
            class,
            role: "option",
            top: "{top}px",
            "aria-selected": chosen.to_string(),
            "aria-current": current.then_some("true"),
            "aria-setsize": total,
            "aria-posinset": index + 1,
            tabindex: if reached { "0" } else { "-1" },
            onclick: move |event| {
                let held = event.modifiers();
                if held.shift() {
                    return inbox.extend_to(index);
                }
                inbox.move_to(index);
                if held.ctrl() || held.meta() {
                    inbox.choose(index);
                    return inbox.take_focus();
                }
                if (shell.narrow)() {
                    inbox.pane.set(Pane::Detail);
                }
            },
            // The glyph is where a check goes, and where the mouse puts it.
            span {
                class: "k",
                onclick: move |event| {
                    event.stop_propagation();
                    inbox.choose(index);
                },
                Icon { name: glyph }
                span { class: "sr",
                    if row.unseen {
                        {t.text("row-unseen")}
                        " "
                    }
                    {t.text("kind-consultation")}
                    ": "
                }
            }
            div { class: "ln",
                div { class: "l1",
                    span { class: "ttl cut",
                        bdi { "{it.client_name}" }
                    }
                }
                div { class: "l1 r",
                    Due { it: it.clone() }
                }
            }
            div { class: "ln",
                div { class: "l2",
                    span { class: "sum cut",
                        bdi { {summary(&t, it)} }
                    }
                }
                State { row: row.clone() }
            }
        }
    }
}

/// Where the request stands, what of it the server has not said, and in whose hands it is.
#[component]
fn State(row: Rc<InboxRow>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let now = shell.clock.minute();
    let mark = mark_of(row.mark, row.ours, shell.older_than(STALE), now);
    let claim = row.consultation.claimed_at(now);
    let lease = if row.claim_ours { Lease::Ours } else { Lease::Acknowledged };
    rsx! {
        div { class: "l2 r",
            Badge { face: row.consultation.status.face(), ours: row.ours }
            if let Some(mark) = mark {
                MarkAt { mark, command: row.command }
            }
            if let Some(claim) = claim {
                Avatar { name: claim.by.name.clone(), lease }
                span { class: "sr", {t.with("row-held-by", &[("name", isolate(claim.by.name.as_str()).into())])} }
            }
        }
    }
}
