//! Antrean kirim: what was given and not yet acknowledged, what was refused, and what becomes of it (M-12; picture 08).

mod acts;
mod again;
mod choices;
mod compare;
mod detail;
mod discard;
mod list;
mod offers;
mod paper;
mod state;
mod sync;

use dioxus::prelude::*;

use crate::{pages::rows::Pane, shell::Shell};

pub(crate) use acts::sync_now;
pub(crate) use again::Again;
pub(crate) use discard::DiscardDialog;
pub(crate) use list::name_of;
pub(crate) use state::{OutboxState, Tab};

/// The id of the list.
pub(crate) const LIST: &str = "outbox-list";
/// The id of what the tabs choose.
const PANEL: &str = "outbox-panel";
/// The id of the detail.
pub(crate) const DETAIL: &str = "outbox-detail";

/// The screen.
#[component]
pub(crate) fn OutboxPage() -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    use_hook(|| outbox.read_list(true));
    let narrow = (shell.narrow)();
    let pane = (outbox.pane)();
    if (outbox.tab)() == Tab::Sync {
        return rsx! {
            sync::SyncPane {}
        };
    }
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            detail::DetailPane {}
        }
    }
}
