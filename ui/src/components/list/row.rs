//! A row of a list in which one is open at a time, and where the list says so many are chosen.

use dioxus::prelude::*;

use super::{RowAt, row_id};
use crate::words::use_words;

/// How a row is chosen by the mouse for an act on many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// By its glyph, which is where a check goes.
    Glyph,
    /// By Control, which opens it too.
    Row,
    /// By Shift: all from the row at the cursor to this one.
    Run,
}

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
    /// Whether it is chosen, in a list of which many can be.
    #[props(default)]
    chosen: Option<bool>,
    glyph: Element,
    title: Element,
    title_end: Element,
    summary: Element,
    summary_end: Element,
    onopen: EventHandler<()>,
    /// In a list of which many can be chosen.
    onpick: Option<EventHandler<Pick>>,
) -> Element {
    let t = use_words();
    let class = format!("row{}{}", if unseen { " is-new" } else { "" }, if done { " is-done" } else { "" });
    rsx! {
        div {
            id: row_id(list, at.index),
            class,
            role: "option",
            top: "{at.top}px",
            "aria-selected": chosen.unwrap_or(current).to_string(),
            "aria-current": current.then_some("true"),
            "aria-setsize": total,
            "aria-posinset": at.index + 1,
            tabindex: if reached.unwrap_or(current) { "0" } else { "-1" },
            onclick: move |event| {
                let held = event.modifiers();
                match onpick {
                    Some(pick) if held.shift() => pick.call(Pick::Run),
                    Some(pick) if held.ctrl() || held.meta() => pick.call(Pick::Row),
                    _ => onopen.call(()),
                }
            },
            span {
                class: "k",
                onclick: move |event| {
                    if let Some(pick) = onpick {
                        event.stop_propagation();
                        pick.call(Pick::Glyph);
                    }
                },
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
