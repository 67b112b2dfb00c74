//! Antrean: every request that waits, and the one that is open (ui.md, section 6; pictures 01, 02, 03, 13, 17).

mod acts;
mod bulk;
mod chosen;
mod detail;
mod dialogs;
mod draft;
mod list;
mod offers;
mod prediction;
mod state;
mod window;

use dioxus::prelude::*;

use crate::shell::Shell;

pub(crate) use dialogs::{Dialogs, ReasonDialog, Reasons, SnoozeBody};
pub(crate) use list::view_word;
#[cfg(feature = "mock")]
pub(crate) use list::{Coming, Row};
pub(crate) use state::{InboxState, Load, Pane, record_of};

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
        inbox.read_drafts();
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
