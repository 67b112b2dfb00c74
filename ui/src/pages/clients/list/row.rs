//! One row: who it is and when something last happened; below them how they are reached, and what is still to be done for them.

use std::rc::Rc;

use bridge::ClientRow;
use dioxus::prelude::*;
use domain::{phone::Phone, records::Client};

use crate::{
    components::{
        badge::mark_of,
        icon::Icon,
        list::{ListRow, RowAt},
    },
    pages::{
        clients::{ClientsState, LIST},
        rows::MarkAt,
    },
    shell::Shell,
    words::{use_words, when},
};

/// How somebody is reached, in one line.
fn reached_by(it: &Client) -> Vec<String> {
    let ways = [it.phone.as_ref().map(Phone::spoken), it.email.as_ref().map(ToString::to_string)];
    ways.into_iter().flatten().collect()
}

/// A row.
#[component]
pub(crate) fn Row(row: Rc<ClientRow>, at: RowAt, total: u32, current: bool, reached: bool) -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let it = &row.client;
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let ways = reached_by(it);
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            reached: Some(reached),
            done: it.erased_at.is_some(),
            glyph: rsx! {
                Icon { name: "person" }
                span { class: "sr", {t.text("kind-client")} ": " }
            },
            title: rsx! {
                bdi { "{it.name}" }
            },
            title_end: rsx! {
                span { class: "sr", {t.text("clients-last")} " " }
                time { class: "due", datetime: row.last.to_string(), title: t.moment(row.last, zone), {when(&t, row.last, now, zone)} }
            },
            summary: rsx! {
                if ways.is_empty() {
                    "-"
                }
                for (n , way) in ways.into_iter().enumerate() {
                    if n > 0 {
                        " · "
                    }
                    bdi { class: "num", dir: "ltr", {way} }
                }
            },
            summary_end: rsx! {
                State { row: row.clone() }
            },
            onopen: move |()| clients.press_row(at.index),
        }
    }
}

/// What of it the server has not said, and what is still to be done.
#[component]
fn State(row: Rc<ClientRow>) -> Element {
    let t = use_words();
    let mark = mark_of(row.mark, row.ours);
    rsx! {
        if let Some(mark) = mark {
            MarkAt { state: mark, command: row.command }
        }
        if row.requests > 0 {
            span { class: "s12 fg-kunyit", {t.count("clients-open-requests", i64::from(row.requests))} }
        }
        if row.orders > 0 {
            span { class: "s12 t2", {t.count("clients-open-orders", i64::from(row.orders))} }
        }
    }
}
