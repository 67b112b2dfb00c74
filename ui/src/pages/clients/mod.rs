//! Klien: every client, and the one that is open with everything that is here of theirs («Klien 360»; ui.md, section 6; R-017).

mod acts;
mod detail;
mod edit;
mod erase;
mod list;
mod merge;
mod paper;
mod state;

use dioxus::prelude::*;

use crate::{
    pages::rows::Pane,
    shell::{Layer, Shell},
};

pub(crate) use state::ClientsState;

/// The id of the list.
pub(crate) const LIST: &str = "clients-list";
/// The id of the detail.
pub(crate) const DETAIL: &str = "clients-detail";

/// The screen.
#[component]
pub(crate) fn ClientsPage() -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    use_hook(|| {
        clients.let_in(true);
        clients.drafts.read();
    });
    let narrow = (shell.narrow)();
    let pane = (clients.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            detail::DetailPane {}
        }
    }
}

/// What lies above the screen.
#[component]
pub(crate) fn ClientDialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::EditClient(record)) => rsx! {
            edit::EditClient { key: "{record}", record }
        },
        Some(Layer::MergeClient(record)) => rsx! {
            merge::MergeClient { key: "{record}", record }
        },
        Some(Layer::EraseClient(record)) => rsx! {
            erase::EraseClient { key: "{record}", record }
        },
        _ => rsx! {},
    }
}
