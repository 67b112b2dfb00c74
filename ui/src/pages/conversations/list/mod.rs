//! The list of Obrolan: header, which part of it, search, and the rows.

mod head;
mod row;

#[cfg(feature = "mock")]
pub(crate) use row::Row;
pub(super) use {head::word, row::last};

use bridge::{ConversationFilter, ConversationPart};
use dioxus::prelude::*;
use domain::words::isolate;

use super::state::{AllConversations, ConversationsState};
use crate::{
    components::{button::Button, empty::Empty, toast::UndoBar},
    pages::{
        desk::Notes,
        rows::{ListBody, NewRows, Placed, PlainRows},
    },
    shell::Shell,
    words::use_words,
};

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let conversations = use_context::<ConversationsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let newer = use_memo(move || conversations.list.read().newer);
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-conversations"), "data-keys": "list", tabindex: "-1",
            head::Head {}
            Notes {}
            NewRows { newer: newer(), onletin: move |()| conversations.let_in(true) }
            div { class: "panel", id: head::PANEL, role: "tabpanel", "aria-labelledby": head::tab(conversations.filter.read().part), Body {} }
            // Elsewhere it stands in the detail, which is not seen here.
            if (shell.narrow)() {
                UndoBar {}
            }
        }
    }
}

#[component]
fn Body() -> Element {
    let conversations = use_context::<ConversationsState>();
    let t = use_words();
    rsx! {
        ListBody { list: *conversations, failed: t.text("conversations-failed"), nothing: rsx! { Nothing {} }, Rows {} }
    }
}

#[component]
fn Rows() -> Element {
    let conversations = use_context::<ConversationsState>();
    let row = use_callback(|Placed { row, at, total, current, reached }: Placed<AllConversations>| {
        rsx! {
            row::Row { key: "{row.conversation.id}", row, at, total, current, reached }
        }
    });
    rsx! {
        PlainRows { list: *conversations, label: "conversations-label", row }
    }
}

/// Nothing in the list: because nothing was found, because of the part that is shown, or because nobody has written yet.
#[component]
fn Nothing() -> Element {
    let conversations = use_context::<ConversationsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let filter = (conversations.filter)();
    if !filter.text.trim().is_empty() {
        return rsx! {
            Empty { icon: "search", title: t.text("inbox-not-found"),
                p { {t.with("conversations-not-found-text", &[("text", isolate(filter.text.trim()).into())])} }
                Button { text: t.text("inbox-search-clear"), class: "btn-sm", onpress: move |()| conversations.end_search() }
            }
        };
    }
    if filter.part != ConversationPart::All {
        let title = if filter.part == ConversationPart::Unread { "conversations-none-unread" } else { "conversations-none-waiting" };
        return rsx! {
            Empty { icon: "check", title: t.text(title),
                Button {
                    text: t.text("orders-show-all"),
                    class: "btn-sm",
                    onpress: move |()| conversations.show_other(|shown| *shown = ConversationFilter::default()),
                }
            }
        };
    }
    let title = match shell.older_than(domain::time::MINUTE) {
        Some(at) => t.with("conversations-empty-as-of", &[("at", t.clock(at, shell.zone()).into())]),
        None => t.text("conversations-empty"),
    };
    rsx! {
        Empty { icon: "chat", title,
            p { {t.text("conversations-empty-text")} }
        }
    }
}
