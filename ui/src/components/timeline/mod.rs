//! A record's history: one node for each act, dashed as long as only this computer knows of it.

use dioxus::prelude::*;
use domain::{
    records::{History, HistoryEntry, OrderStatus, ProductStatus},
    time::UtcMillis,
    words::Words,
};

use super::icon::Icon;
use crate::{
    shell::Shell,
    words::{use_words, when, wire_word},
};

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What happened.
    pub(crate) entry: HistoryEntry,
    /// Whether the server does not know of it yet.
    pub(crate) ours: bool,
}

/// The nodes of a record: its history, in which what the server has not said is ours.
pub(crate) fn nodes(shown: &History, server: Option<&History>, rev: i64) -> Vec<Node> {
    let known = |entry: &HistoryEntry| rev > 0 && server.is_none_or(|history| history.0.contains(entry));
    shown.0.iter().map(|entry| Node { entry: entry.clone(), ours: !known(entry) }).collect()
}

/// The glyph of an act.
pub(crate) fn glyph(act: &str) -> &'static str {
    match act {
        "consultation.request" => "inbox",
        "consultation.accept" => "st-ok",
        "consultation.reject" => "st-no",
        "consultation.cancel" => "st-cancel",
        "item.claim" | "item.release" | "order.claim" | "order.release" => "hand",
        "item.snooze" | "item.wake" | "order.snooze" | "order.wake" => "clock",
        "item.assign" => "right",
        "order.create" | "order.restore" => "design",
        "order.edit" => "st-draft",
        "order.set_status" | "order.set_product_status" => "updown",
        "order.set_note" => "bookmark",
        "order.assign" => "right",
        "order.delete" => "trash",
        "note.add" => "chat",
        "notification.read" => "bell",
        "setting.set" => "gear",
        act if act.starts_with("client.") => "person",
        act if act.starts_with("user.") || act.starts_with("device.") || act.starts_with("account.") => "expert",
        _ => "st-draft",
    }
}

/// The word of the state that an act reached, if it moved a record.
fn reached(words: &Words, entry: &HistoryEntry) -> Option<String> {
    let to = entry.to.as_deref()?;
    let of_product = entry.act == "order.set_product_status";
    let face = if of_product { ProductStatus::of_wire(to).face() } else { OrderStatus::of_wire(to).face() };
    Some(words.with("did-to", &[("status", words.text(face.word).into())]))
}

/// A history.
#[component]
pub(crate) fn Timeline(
    nodes: Vec<Node>,
    /// By when a request is to be answered, which its first act says.
    #[props(default)]
    due_at: Option<UtcMillis>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let me = shell.me();
    rsx! {
        ol { class: "tl",
            for (n , node) in nodes.into_iter().enumerate() {
                li { key: "{n}", class: if node.ours { "tl-i is-ours" } else { "tl-i" },
                    span { class: "tl-n",
                        Icon { name: glyph(&node.entry.act), size: 12 }
                    }
                    span {
                        b {
                            if me == Some(node.entry.by.id) {
                                {t.text("you")}
                            } else {
                                bdi { "{node.entry.by.name}" }
                            }
                        }
                        " "
                        {wire_word(&t, "did", &node.entry.act.replace('.', "-"))}
                        if let Some(at) = due_at.filter(|_| node.entry.act == "consultation.request") {
                            {t.with("did-due", &[("at", t.time(at, zone).into())])}
                        }
                        if let Some(to) = reached(&t, &node.entry) {
                            {to}
                        }
                        if let Some(reason) = &node.entry.reason {
                            ": “"
                            bdi { "{reason}" }
                            "”"
                        }
                        if node.ours {
                            span { class: "sr", " " {t.text("badge-ours")} }
                        }
                    }
                    time { datetime: node.entry.at.to_string(), title: t.moment(node.entry.at, zone), {when(&t, node.entry.at, now, zone)} }
                }
            }
        }
    }
}
