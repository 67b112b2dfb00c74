//! Antrean: every request, order and conversation that waits, in one order, and the one that is open (ui.md, section 6; pictures 01, 02,
//! 03, 13, 17; issue 5).

mod acts;
mod bulk;
mod detail;
mod dialogs;
mod list;
mod offers;
mod paper;
mod prediction;
mod state;

use dioxus::prelude::*;

use domain::record::Kind;

use crate::{
    pages::{conversations, orders, rows::Pane},
    shell::Shell,
};

pub(crate) use dialogs::{Dialogs, SnoozeBody};
#[cfg(feature = "mock")]
pub(crate) use list::Row;
pub(crate) use list::view_word;
pub(crate) use state::InboxState;

/// The id of the list.
pub(crate) const LIST: &str = "inbox-list";
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
        inbox.lay_open_again();
    });
    let narrow = (shell.narrow)();
    let pane = (inbox.pane)();
    rsx! {
        if !narrow || pane == Pane::List {
            list::ListPane {}
        }
        if !narrow || pane == Pane::Detail {
            Open {}
        }
    }
}

/// The detail of what is open, as its kind has it.
#[component]
fn Open() -> Element {
    let inbox = use_context::<InboxState>();
    let record = use_memo(move || inbox.opened.read().record);
    // What another act opened in Pesanan or Obrolan meanwhile is not what is open here.
    use_effect(move || {
        let elsewhere = match record().map(|record| record.kind) {
            Some(Kind::Order) => inbox.orders.opened.read().record != record(),
            Some(Kind::Conversation) => inbox.conversations.opened.read().record != record(),
            _ => false,
        };
        if elsewhere {
            inbox.lay_open_again();
        }
    });
    match record().map(|record| record.kind) {
        Some(Kind::Order) => rsx! {
            orders::DetailPane {}
        },
        Some(Kind::Conversation) => rsx! {
            conversations::DetailPane {}
        },
        _ => rsx! {
            detail::DetailPane {}
        },
    }
}
