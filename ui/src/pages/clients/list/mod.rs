//! The list of Klien: header, order, search, and the rows.

mod head;
mod row;

pub(super) use head::word;

use bridge::ClientFilter;
use dioxus::prelude::*;
use domain::words::isolate;

use super::state::{AllClients, ClientsState};
use crate::{
    acting::Acting,
    actions::Act,
    components::{button::Button, empty::Empty, toast::UndoBar},
    pages::{
        desk::Notes,
        rows::{ListBody, NewRows, Placed, PlainRows},
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
    let row = use_callback(|Placed { row, at, total, current, reached }: Placed<AllClients>| {
        rsx! {
            row::Row { key: "{row.client.id}", row, at, total, current, reached }
        }
    });
    rsx! {
        PlainRows { list: *clients, label: "clients-label", row }
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
