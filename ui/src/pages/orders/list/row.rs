//! One row: the glyph of what is to be designed, whose it is, by when; below them its number and kind, its state, what is not as the
//! server says, and to whom it was given.

use std::rc::Rc;

use bridge::OrderRow;
use dioxus::prelude::*;
use domain::records::Order;

use crate::{
    components::{
        badge::{Badge, mark_of},
        due::DueDay,
        icon::Icon,
        list::{ListRow, RowAt},
    },
    pages::{
        orders::{KeptMark, LIST, OrdersState},
        rows::{InHands, MarkAt},
    },
    shell::Shell,
    words::use_words,
};

/// A row.
#[component]
pub(crate) fn Row(row: Rc<OrderRow>, at: RowAt, total: u32, current: bool, chosen: bool, reached: bool) -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let it = &row.order;
    let kind = t.text(it.design_type.word());
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            reached: Some(reached),
            unseen: row.unseen,
            done: !it.is_open() && !row.ours,
            chosen: Some(chosen),
            glyph: rsx! {
                Icon { name: if chosen { "check" } else { it.design_type.glyph() } }
                span { class: "sr", {t.text("kind-order")} ": " }
            },
            title: rsx! {
                bdi { "{it.client_name}" }
            },
            title_end: rsx! {
                if let Some(day) = it.deadline {
                    DueDay { day, since: it.created_at, open: it.is_open() }
                }
            },
            summary: rsx! {
                Number { number: it.number.clone(), real: it.has_real_number() }
                " · {kind}"
            },
            summary_end: rsx! {
                State { row: row.clone() }
            },
            onopen: move |()| orders.press_row(at.index),
            onpick: move |how| orders.pick(at.index, how),
        }
    }
}

/// What people call an order; one that the server has not counted yet is ours alone.
#[component]
pub(crate) fn Number(number: String, real: bool) -> Element {
    let t = use_words();
    rsx! {
        if real {
            bdi { class: "num", dir: "ltr", "{number}" }
        } else {
            span { class: "num num-ours", title: t.text("order-number-tip"),
                bdi { dir: "ltr", "{number}" }
                span { class: "sr", " (" {t.text("order-number-provisional")} ")" }
            }
        }
    }
}

/// Where the order stands, what of it the server has not said, and to whom it was given.
#[component]
fn State(row: Rc<OrderRow>) -> Element {
    let shell = use_context::<Shell>();
    let now = shell.clock.minute();
    let mark = mark_of(row.mark, row.ours || row.claim_ours);
    let it: &Order = &row.order;
    rsx! {
        if row.kept {
            KeptMark {}
        }
        Badge { face: it.status.face(), ours: row.ours }
        if let Some(mark) = mark {
            MarkAt { state: mark, command: row.command }
        }
        InHands { claim: it.claimed_at(now).cloned(), ours: row.claim_ours, given: it.assignee.clone() }
    }
}
