//! A row of a list in which one is open at a time.

use dioxus::prelude::*;

use super::{RowAt, row_id};

/// Two lines, each with something at its right end. Whoever presses it opens it.
#[component]
pub(crate) fn ListRow(
    list: &'static str,
    at: RowAt,
    /// How many rows the list has.
    total: u32,
    /// Whether it is the open one.
    current: bool,
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
    rsx! {
        div {
            id: row_id(list, at.index),
            class: if done { "row is-done" } else { "row" },
            role: "option",
            top: "{at.top}px",
            "aria-selected": current.to_string(),
            "aria-current": current.then_some("true"),
            "aria-setsize": total,
            "aria-posinset": at.index + 1,
            tabindex: if current { "0" } else { "-1" },
            onclick: move |_| onopen.call(()),
            span { class: "k", {glyph} }
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
