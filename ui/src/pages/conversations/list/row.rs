//! One row: whose conversation it is and when something was last said; below them the order's number and what it was, until when
//! an answer is promised, and how many are unread.

use std::rc::Rc;

use bridge::ConversationRow;
use dioxus::prelude::*;
use domain::{
    records::{Conversation, Voice},
    words::{Words, isolate},
};

use crate::{
    components::{
        badge::{Mark, mark_of},
        due::DueAt,
        icon::Icon,
        list::{ListRow, RowAt},
    },
    pages::conversations::{ConversationsState, LIST},
    shell::Shell,
    words::{use_words, when},
};

/// What was said last, in one line, with who said it where that was the staff.
pub(in crate::pages::conversations) fn last(words: &Words, it: &Conversation, mine: bool) -> String {
    let said = isolate(&it.last_text.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
    let text = match it.last_files {
        Some(files) if it.last_text.is_empty() => words.count("talk-files", files),
        Some(files) => format!("{said} · {}", words.count("talk-files", files)),
        None => said,
    };
    match it.last_from {
        Voice::Staff if mine => words.with("conversation-last-mine", &[("text", text.into())]),
        Voice::Staff => {
            let first = it.last_by.name.as_str().split_whitespace().next().unwrap_or_default().to_owned();
            words.with("conversation-last-by", &[("name", isolate(&first).into()), ("text", text.into())])
        }
        _ => text,
    }
}

/// A row.
#[component]
pub(crate) fn Row(row: Rc<ConversationRow>, at: RowAt, total: u32, current: bool, reached: bool) -> Element {
    let conversations = use_context::<ConversationsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let it = &row.conversation;
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let mine = shell.me() == Some(it.last_by.id);
    let said = last(&t, it, mine);
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            reached: Some(reached),
            unseen: row.unread > 0,
            glyph: rsx! {
                Icon { name: "chat" }
                span { class: "sr", {t.text("kind-conversation")} ": " }
            },
            title: rsx! {
                bdi { "{it.client_name}" }
            },
            title_end: rsx! {
                time { class: "due", datetime: it.last_at.to_string(), title: t.moment(it.last_at, zone), {when(&t, it.last_at, now, zone)} }
            },
            summary: rsx! {
                bdi { class: "num", dir: "ltr", "{it.order_number}" }
                " · "
                if row.ours {
                    span { class: "num-ours", {said} }
                    span { class: "sr", " " {t.text("badge-ours")} }
                } else {
                    {said}
                }
            },
            summary_end: rsx! {
                State { row: row.clone() }
            },
            onopen: move |()| conversations.press_row(at.index),
        }
    }
}

/// What of it the server has not said, until when an answer is promised, and how many are unread.
#[component]
fn State(row: Rc<ConversationRow>) -> Element {
    let t = use_words();
    let it = &row.conversation;
    let mark = mark_of(row.mark, row.ours);
    rsx! {
        if let Some(mark) = mark {
            Mark { state: mark }
        }
        if let (Some(since), Some(due)) = (it.waiting_since, it.due_at) {
            span { class: "sr", {t.text("conversations-waiting")} " " }
            DueAt { at: due, since }
        }
        if row.unread > 0 {
            span { class: "dot dot-accent",
                span { class: "sr", {t.text("unread")} " " }
                {t.whole(i64::from(row.unread))}
            }
        }
    }
}
