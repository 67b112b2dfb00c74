//! What stands where there is nothing: why, since when, and what can be done. And the shape of what is still coming.

use dioxus::prelude::*;

use super::{button::Kbd, icon::Icon};
use crate::words::use_words;

/// Nothing here, and why.
#[component]
pub(crate) fn Empty(icon: &'static str, title: String, #[props(default)] centred: bool, children: Element) -> Element {
    rsx! {
        div { class: if centred { "empty empty-c" } else { "empty" },
            Icon { name: icon, size: 24 }
            h2 { {title} }
            {children}
        }
    }
}

/// No row is open beside a list, and how one is opened.
#[component]
pub(crate) fn NothingOpen() -> Element {
    let t = use_words();
    rsx! {
        Empty { icon: "keyboard", title: t.text("detail-nothing"), centred: true,
            p { class: "hstack",
                Kbd { keys: "J" }
                Kbd { keys: "K" }
                {t.text("hint-move")}
            }
        }
    }
}

/// Rows that are still coming. It shows itself only after a moment (the styles wait 150 ms), because most come sooner.
#[component]
pub(crate) fn Skeleton(rows: u32, label: String) -> Element {
    rsx! {
        div { class: "skeleton", role: "status", "aria-label": label,
            for n in 0..rows {
                div { key: "{n}", class: "skeleton-row", "aria-hidden": "true",
                    span { class: "sk sk-a" }
                    span { class: "sk sk-b" }
                }
            }
        }
    }
}
