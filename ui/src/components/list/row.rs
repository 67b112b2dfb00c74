//! A row of a list in which one is open at a time.

use dioxus::prelude::*;

use super::{RowAt, row_id};
use crate::words::use_words;

/// Two lines, each with something at its right end. Whoever presses it opens it.
#[component]
pub(crate) fn ListRow(
    list: &'static str,
    at: RowAt,
    /// How many rows the list has.
    total: u32,
    /// Whether it is the open one.
    current: bool,
    /// Whether Tab comes to it; where nothing is said, to the open one.
    #[props(default)]
    reached: Option<bool>,
    /// Whether nobody has looked at it yet.
    #[props(default)]
    unseen: bool,
    /// Whether nothing remains to be done with it.
    #[props(default)]
    done: bool,
    glyph: Element,
    title: Element,
    title_end: Element,
    summary: Element,
    summary_end: Element,
    onopen: EventHandler<()>,
) -> Element {
    let t = use_words();
    let class = format!("row{}{}", if unseen { " is-new" } else { "" }, if done { " is-done" } else { "" });
    rsx! {
        div {
            id: row_id(list, at.index),
            class,
            role: "option",
            top: "{at.top}px",
            "aria-selected": current.to_string(),
            "aria-current": current.then_some("true"),
            "aria-setsize": total,
            "aria-posinset": at.index + 1,
            tabindex: if reached.unwrap_or(current) { "0" } else { "-1" },
            onclick: move |_| onopen.call(()),
            span { class: "k",
                if unseen {
                    span { class: "sr", {t.text("row-unseen")} " " }
                }
                {glyph}
            }
            div { class: "ln",
                div { class: "l1",
                    span { class: "ttl cut", {title} }
                }
                div { class: "l1 r", {title_end} }
            }
            div { class: "ln",
                div { class: "l2",
                    span { class: "sum cut", {summary} }
                }
                div { class: "l2 r", {summary_end} }
            }
        }
    }
}

/// A row that is not here yet.
#[component]
pub(crate) fn Coming(top: i32) -> Element {
    rsx! {
        div { class: "row row-coming", role: "presentation", top: "{top}px", "aria-hidden": "true",
            span { class: "sk sk-a" }
            span { class: "sk sk-c" }
        }
    }
}
