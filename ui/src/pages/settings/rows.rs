//! The rows of the settings: a name, what it does, and the control.

use dioxus::prelude::*;

pub(super) use crate::components::choice::Switch;
use crate::{components::choice::Select, shell::Shell, words::use_words};

/// A row.
#[component]
pub(super) fn SetRow(id: &'static str, title: String, more: String, children: Element) -> Element {
    rsx! {
        div { class: "set-row",
            div {
                label { class: "semi", r#for: id, {title} }
                p { class: "t2 s12", id: "{id}-more", {more} }
            }
            {children}
        }
    }
}

/// A choice of a few.
#[component]
pub(super) fn Choose(id: &'static str, options: Vec<(String, String)>, chosen: String, onchoose: EventHandler<usize>) -> Element {
    rsx! {
        Select { id, options, chosen, class: "set-select", described_by: format!("{id}-more"), onchoose }
    }
}

/// How many seconds an act can be held.
const HOLDS: [u8; 5] = [0, 5, 8, 15, 30];

/// How long an act can be undone.
#[component]
pub(super) fn HoldRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let chosen = (shell.preferences)().hold_seconds;
    let text = |seconds: u8| if seconds == 0 { t.text("hold-none") } else { t.count("hold-seconds", i64::from(seconds)) };
    rsx! {
        SetRow { id: "set-hold", title: t.text("set-hold"), more: t.text("set-hold-more"),
            Choose {
                id: "set-hold",
                options: HOLDS.iter().map(|s| (s.to_string(), text(*s))).collect::<Vec<_>>(),
                chosen: chosen.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.hold_seconds = HOLDS[n]),
            }
        }
    }
}
