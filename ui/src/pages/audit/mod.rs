//! Jejak audit: who did what, when and why, and whether the chain that proves it holds. Admins read everybody's acts, everybody
//! else their own.

mod acts;
mod detail;
mod filter;
mod list;
mod notes;
mod paper;
mod state;
mod trail;
mod values;

use dioxus::prelude::*;
use domain::status::Connection;

use crate::{pages::rows::Pane, shell::Shell};

pub(crate) use filter::FilterDialog;
pub(crate) use state::AuditState;

/// The id of the list.
pub(crate) const LIST: &str = "audit-list";
/// The id of the detail.
pub(crate) const DETAIL: &str = "audit-detail";

/// The screen.
#[component]
pub(crate) fn AuditPage() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    use_hook(|| audit.open());
    let connection = use_memo(move || shell.status.read().as_ref().map(|status| status.connection));
    use_effect(move || {
        if connection() == Some(Connection::Online) {
            audit.reconnected();
        }
    });
    let narrow = (shell.narrow)();
    let pane = (audit.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            detail::DetailPane {}
        }
    }
}
