//! Antrean: every request that waits, and the one that is open (ui.md, section 6; pictures 01, 02, 03, 13, 17).

mod acts;
mod bulk;
mod chosen;
mod detail;
mod dialogs;
mod list;
mod offers;
mod prediction;
mod state;

use dioxus::prelude::*;

use crate::{pages::rows::Pane, shell::Shell};

pub(crate) use dialogs::{Dialogs, SnoozeBody};
#[cfg(feature = "mock")]
pub(crate) use list::Row;
pub(crate) use list::view_word;
pub(crate) use state::InboxState;

/// The id of the list.
pub(crate) const LIST: &str = "inbox-list";
/// The id of the bar that stands above the list while something is chosen.
pub(crate) const BATCH: &str = "batch";
/// The id of the detail.
pub(crate) const DETAIL: &str = "inbox-detail";

/// The screen.
#[component]
pub(crate) fn InboxPage() -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    use_hook(|| {
        inbox.let_in(true);
        inbox.drafts.read();
    });
    let narrow = (shell.narrow)();
    let pane = (inbox.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            detail::DetailPane {}
        }
    }
}
