//! One row: the glyph of its kind, whose it is, its deadline; below them what it is about and why it stands where it does, its state,
//! and what is not as the server says (picture 01).

use std::rc::Rc;

use bridge::InboxRow;
use dioxus::prelude::*;
use domain::{
    records::{Consultation, ConsultationStatus},
    status::Face,
    waiting::{Item, Why},
    words::{Words, isolate},
};

use crate::{
    components::{
        badge::{Badge, mark_of},
        due::{Due, DueAt, DueDay},
        icon::Icon,
        list::{ListRow, RowAt},
    },
    pages::{
        inbox::{InboxState, LIST},
        orders::Number,
        rows::{InHands, MarkAt},
    },
    shell::Shell,
    words::{kind_glyph, use_words, why},
};

/// What a request is about, in a line: the day that is asked for, and the topic.
pub(in crate::pages::inbox) fn wish(words: &Words, it: &Consultation) -> String {
    let day = words.date_short(it.requested_date);
    let wish = words.with("row-wish", &[("day", day.into())]);
    match &it.topic {
        Some(topic) => format!("{wish} · {topic}"),
        None => wish,
    }
}

/// Whether nothing remains to be done with it.
fn is_done(row: &InboxRow) -> bool {
    !row.ours
        && match &row.item {
            Item::Consultation(it) => it.status != ConsultationStatus::Waiting,
            Item::Order(it) => !it.is_open(),
            Item::Conversation(_) => false,
        }
}

/// A row.
#[component]
pub(crate) fn Row(row: Rc<InboxRow>, at: RowAt, total: u32, current: bool, chosen: bool, reached: bool) -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let kind = row.item.record().kind;
    let glyph = if chosen { "check" } else { kind_glyph(kind) };
    let word = match &row.item {
        Item::Consultation(_) => "kind-consultation",
        Item::Order(_) => "kind-order",
        Item::Conversation(_) => "kind-conversation",
    };
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            reached: Some(reached),
            unseen: row.unseen,
            done: is_done(&row),
            chosen: Some(chosen),
            glyph: rsx! {
                Icon { name: glyph }
                span { class: "sr", {t.text(word)} ": " }
            },
            title: rsx! {
                bdi { "{row.item.client_name()}" }
            },
            title_end: rsx! {
                Until { row: row.clone() }
            },
            summary: rsx! {
                Summary { row: row.clone() }
            },
            summary_end: rsx! {
                State { row: row.clone() }
            },
            onopen: move |()| inbox.press_row(at.index),
            onpick: move |how| inbox.pick(at.index, how),
        }
    }
}

/// Until when it is promised; of an answered request, when it was answered.
#[component]
fn Until(row: Rc<InboxRow>) -> Element {
    match (row.waits, &row.item) {
        (_, Item::Consultation(it)) => rsx! {
            Due { it: (**it).clone() }
        },
        (Some(waits), _) => match waits.why {
            Why::Deadline { day } => rsx! {
                DueDay { day, since: waits.since, open: true }
            },
            _ => rsx! {
                DueAt { at: waits.due, since: waits.since }
            },
        },
        (None, _) => rsx! {},
    }
}

/// What it is about, and why it stands where it does: first where that tells what is to be done, last where nothing but the time does.
/// Of a request and a conversation the badge says it.
#[component]
fn Summary(row: Rc<InboxRow>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let reason = row.waits.map(|waits| why(&t, &waits, shell.clock.minute()));
    match &row.item {
        Item::Consultation(it) => {
            let wish = wish(&t, it);
            rsx! {
                if let Some(reason) = reason {
                    span { class: "sr", "{reason}, " }
                }
                bdi { {wish} }
            }
        }
        Item::Order(it) => {
            let kind = t.text(it.design_type.word());
            let is_new = row.waits.is_some_and(|waits| waits.why == Why::TakeUp);
            let (first, last) = if is_new { (None, reason) } else { (reason, None) };
            rsx! {
                if let Some(reason) = first {
                    "{reason} · "
                }
                Number { number: it.number.clone(), real: it.has_real_number() }
                " · {kind}"
                if let Some(reason) = last {
                    " · {reason}"
                }
            }
        }
        Item::Conversation(it) => {
            let said = it.last_text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            rsx! {
                "{isolate(&said)} · "
                bdi { class: "num", dir: "ltr", "{it.order_number}" }
            }
        }
    }
}

/// Where it stands, what of it the server has not said, and in whose hands it is.
#[component]
fn State(row: Rc<InboxRow>) -> Element {
    let shell = use_context::<Shell>();
    let now = shell.clock.minute();
    let mark = mark_of(row.mark, row.ours || row.claim_ours);
    let face = match &row.item {
        Item::Consultation(it) => Some(it.status.face()),
        Item::Order(it) => Some(it.status.face()),
        // What waits for a reply looks like what waits for an answer.
        Item::Conversation(_) => row.waits.map(|waits| Face { word: waits.why.word(), ..ConsultationStatus::Waiting.face() }),
    };
    let claim = match &row.item {
        Item::Consultation(it) => it.claimed_at(now).cloned(),
        Item::Order(it) => it.claimed_at(now).cloned(),
        Item::Conversation(_) => None,
    };
    let given = row.item.order().and_then(|it| it.assignee.clone());
    rsx! {
        if let Some(face) = face {
            Badge { face, ours: row.ours }
        }
        if let Some(mark) = mark {
            MarkAt { state: mark, command: row.command }
        }
        InHands { claim, ours: row.claim_ours, given }
    }
}
