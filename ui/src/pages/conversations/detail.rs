//! The open conversation: whose it is, about which order, until when an answer is promised, and what was said.

use bridge::ConversationRow;
use dioxus::prelude::*;
use domain::record::{Kind, RecordRef};

use super::state::ConversationsState;
use crate::{
    acting::Acting,
    actions::Act,
    components::{
        badge::Badge,
        button::{Button, IconButton},
        due::DueAt,
        empty::NothingOpen,
    },
    pages::{rows::NotHere, talk::TalkPane},
    shell::Shell,
    words::use_words,
};

/// The pane.
#[component]
pub(crate) fn DetailPane() -> Element {
    let conversations = use_context::<ConversationsState>();
    let t = use_words();
    let Some(row) = conversations.row() else {
        return rsx! {
            NotHere {
                list: *conversations,
                label: t.text("conversation-label"),
                failed: t.text("talk-failed"),
                nothing: rsx! {
                    NothingOpen {}
                },
                Head {}
            }
        };
    };
    let it = row.conversation.clone();
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "detail-name", "data-keys": "detail", tabindex: "-1",
            Head { row: row.clone() }
            Stands { row }
            TalkPane { order: it.id.order(), name: it.client_name.to_string(), zone: it.client_zone }
        }
    }
}

/// Where the order stands, and until when the client was promised an answer.
#[component]
fn Stands(row: ConversationRow) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let said = |due| {
        if due < now {
            t.text("conversations-late")
        } else {
            t.with("conversations-reply-by", &[("at", t.near_within(due, now, zone).into())])
        }
    };
    rsx! {
        div { class: "sub",
            if let Some(status) = &row.status {
                Badge { face: status.face() }
            }
            if let (Some(since), Some(due)) = (row.conversation.waiting_since, row.conversation.due_at) {
                span { class: "push t2 s12", {said(due)} }
                DueAt { at: due, since }
            }
        }
    }
}

/// The header.
#[component]
fn Head(row: Option<ConversationRow>) -> Element {
    let conversations = use_context::<ConversationsState>();
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        header { class: "head",
            if (shell.narrow)() {
                IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = acting.run(Act::Back) }
            }
            if let Some(row) = row {
                h1 { id: "detail-name", class: "gives",
                    bdi { "{row.conversation.client_name}" }
                }
                span { class: "t3 cut num",
                    bdi { dir: "ltr", "{row.conversation.order_number}" }
                }
                IconButton { icon: "copy", label: t.text("do-copy"), onpress: move |()| conversations.copy() }
                span { class: "push" }
                Button {
                    text: t.text("open-client"),
                    icon: "person",
                    class: "btn-sm hide-s",
                    onpress: move |()| _ = acting.run(Act::OpenClient),
                }
                Button {
                    text: t.text("open-order"),
                    icon: "design",
                    class: "btn-sm",
                    onpress: move |()| acting.open(RecordRef::new(Kind::Order, row.conversation.id.order())),
                }
            }
        }
    }
}
