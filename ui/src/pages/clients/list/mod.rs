//! The list of Klien: header, order, search, and the rows.

mod head;
mod row;

use bridge::ClientFilter;
use dioxus::prelude::*;
use domain::words::isolate;

use super::{LIST, state::ClientsState};
use crate::{
    acting::Acting,
    actions::Act,
    components::{
        button::Button,
        empty::Empty,
        list::{Coming, DataList, RowAt},
        toast::UndoBar,
    },
    pages::{
        desk::Notes,
        rows::{ListBody, NewRows, Recorded as _},
    },
    shell::{Place, Shell},
    words::use_words,
};

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let newer = use_memo(move || clients.list.read().newer);
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-clients"), "data-keys": "list", tabindex: "-1",
            head::Head {}
            Notes {}
            NewRows { newer: newer(), onletin: move |()| clients.let_in(true) }
            div { class: "panel", id: head::PANEL, role: "tabpanel", "aria-labelledby": head::tab(clients.filter.read().sort),
                ListBody { list: *clients, failed: t.text("clients-failed"), nothing: rsx! { Nothing {} }, Rows {} }
            }
            // Elsewhere it stands in the detail, which is not seen here.
            if (shell.narrow)() {
                UndoBar {}
            }
        }
    }
}

#[component]
fn Rows() -> Element {
    let clients = use_context::<ClientsState>();
    let t = use_words();
    let list = clients.list;
    let layout = use_memo(move || list.read().layout());
    let cursor = (clients.cursor)();
    let total = layout().rows();
    let header = use_callback(|_: usize| rsx! {});
    let row = use_callback(move |at: RowAt| {
        let Some(row) = list.read().rows.get(at.index) else {
            return rsx! { Coming { key: "coming-{at.index}", top: at.top } };
        };
        let cursor = (clients.cursor)();
        let current = cursor.record == Some(row.record());
        rsx! {
            row::Row { key: "{row.client.id}", row, at, total, current, reached: cursor.at == at.index }
        }
    });
    rsx! {
        DataList {
            id: LIST,
            label: t.with("clients-label", &[("n", t.whole(i64::from(total)).into())]),
            layout: layout(),
            cursor: Some(cursor.at),
            focus: clients.focus,
            header,
            row,
            onview: move |drawn| clients.see(drawn),
        }
    }
}

/// Nothing in the list: because nobody was found, or because there is nobody yet.
#[component]
fn Nothing() -> Element {
    let clients = use_context::<ClientsState>();
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let ClientFilter { text, .. } = (clients.filter)();
    if !text.trim().is_empty() {
        return rsx! {
            Empty { icon: "search", title: t.text("inbox-not-found"),
                p { {t.with("clients-not-found-text", &[("text", isolate(text.trim()).into())])} }
                Button { text: t.text("inbox-search-clear"), class: "btn-sm", onpress: move |()| clients.end_search() }
            }
        };
    }
    let title = match shell.older_than(domain::time::MINUTE) {
        Some(at) => t.with("clients-empty-as-of", &[("at", t.clock(at, shell.zone()).into())]),
        None => t.text("clients-empty"),
    };
    rsx! {
        Empty { icon: "person", title,
            p { {t.text("clients-empty-text")} }
            if shell.has(Place::Import) {
                Button { text: t.text("import-open"), class: "btn-sm", icon: "import", onpress: move |()| _ = acting.run(Act::GoImport) }
            }
        }
    }
}
