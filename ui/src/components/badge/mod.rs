//! Status badges and sync marks: glyph, word, tone, never colour alone. A dashed edge means that only this computer says so.

use dioxus::prelude::*;
use domain::{
    status::{CommandState, Face, Tone},
    time::UtcMillis,
    words::Ago,
};

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

/// What is not as the server says, of a row or a command. The most urgent state is shown (ui.md, section 4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RowMark {
    /// A command stands here.
    Command(CommandState),
    /// Nothing was confirmed for so long.
    Stale(i64),
}

/// The mark of a row whose most urgent command stands here, if it has one; `ours` when the state it is shown in is. An act that is only held has its dashed badge and the bar below; refused before conflict
/// before stale before sent before queued.
pub(crate) fn mark_of(state: Option<CommandState>, ours: bool, as_of: Option<UtcMillis>, now: UtcMillis) -> Option<RowMark> {
    let stale = as_of.map(|as_of| RowMark::Stale(now.since(as_of)));
    match state {
        Some(state) if state.needs_decision() => Some(RowMark::Command(state)),
        Some(state @ (CommandState::Queued | CommandState::Sent)) => Some(stale.filter(|_| !ours).unwrap_or(RowMark::Command(state))),
        _ => stale,
    }
}

/// A sync mark: glyph and word, no pill.
#[component]
pub(crate) fn Mark(mark: RowMark) -> Element {
    let t = use_words();
    let (face, text) = match mark {
        RowMark::Command(state) => (state.face(), t.text(state.face().word)),
        RowMark::Stale(age) => {
            let face = Face { tone: Tone::Kunyit, glyph: "sy-stale", word: "mark-stale" };
            (face, t.with("mark-stale", &[("age", t.span(Ago(age)).into())]))
        }
    };
    rsx! {
        span { class: "mark fg-{face.tone.token()}",
            Icon { name: face.glyph, size: 14 }
            {text}
        }
    }
}
