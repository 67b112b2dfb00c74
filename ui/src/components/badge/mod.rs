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

/// The mark of a row whose most urgent command stands here, if it has one: refused before conflict before sent before queued. An act that is
/// only held has its dashed badge and the bar below; where nothing else in the row is `dashed` (put off, handed over), it has a mark too.
/// How old everything is says the banner, once (ui.md, section 4).
pub(crate) fn mark_of(state: Option<CommandState>, dashed: bool) -> Option<CommandState> {
    state.filter(|state| match state {
        CommandState::Held => !dashed,
        state => state.needs_decision() || matches!(state, CommandState::Queued | CommandState::Sent),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_seen_once() {
        assert_eq!(mark_of(Some(CommandState::Held), true), None);
        assert_eq!(mark_of(Some(CommandState::Held), false), Some(CommandState::Held));
        assert_eq!(mark_of(Some(CommandState::Queued), true), Some(CommandState::Queued));
        assert_eq!(mark_of(Some(CommandState::Applied), false), None);
        assert_eq!(mark_of(None, false), None);
    }
}
