//! Obrolan: every conversation about an order, and the one that is open (ui.md, sections 3 and 4; ).

mod acts;
mod detail;
mod list;
mod paper;
mod state;

use dioxus::prelude::*;

use crate::{
    pages::{rows::Pane, talk::TALK},
    shell::Shell,
};

pub(crate) use detail::DetailPane;
#[cfg(feature = "mock")]
pub(crate) use list::Row;
pub(crate) use state::ConversationsState;

/// The id of the list.
pub(crate) const LIST: &str = "conversations-list";
/// The id of the detail.
pub(crate) const DETAIL: &str = TALK;

/// The screen.
#[component]
pub(crate) fn ConversationsPage() -> Element {
    let conversations = use_context::<ConversationsState>();
    let shell = use_context::<Shell>();
    use_hook(|| {
        conversations.let_in(true);
        conversations.drafts.read();
    });
    let narrow = (shell.narrow)();
    let pane = (conversations.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            DetailPane {}
        }
    }
}
