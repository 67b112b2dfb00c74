//! Status badges and sync marks: glyph, word, tone, never colour alone. A dashed edge means that only this computer says so.

use dioxus::prelude::*;
use domain::status::{CommandState, Face};

use super::icon::Icon;
use crate::words::use_words;

/// A status.
#[component]
pub(crate) fn Badge(face: Face, #[props(default)] ours: bool, #[props(default)] large: bool) -> Element {
    let t = use_words();
    let class = format!("badge tone-{}{}{}", face.tone.token(), if ours { " is-ours" } else { "" }, if large { " badge-lg" } else { "" });
    rsx! {
        span { class,
            Icon { name: face.glyph, size: 14 }
            {t.text(face.word)}
            if ours {
                span { class: "sr", " " {t.text("badge-ours")} }
            }
        }
    }
}

/// The mark of a row whose most urgent command stands here, if it has one. An act that is only held has its dashed badge and the bar below;
/// refused before conflict before sent before queued. How old everything is says the banner, once (ui.md, section 4).
pub(crate) fn mark_of(state: Option<CommandState>) -> Option<CommandState> {
    state.filter(|state| state.needs_decision() || matches!(state, CommandState::Queued | CommandState::Sent))
}

/// A sync mark: glyph and word, no pill.
#[component]
pub(crate) fn Mark(state: CommandState) -> Element {
    let t = use_words();
    let face = state.face();
    rsx! {
        span { class: "mark fg-{face.tone.token()}",
            Icon { name: face.glyph, size: 14 }
            {t.text(face.word)}
        }
    }
}
