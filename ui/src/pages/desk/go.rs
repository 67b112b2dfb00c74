//! What G offers: the places and their letters, for a moment and a half.

use dioxus::prelude::*;

use crate::{
    actions::{REGISTRY, Scope},
    components::button::Kbd,
    shell::Shell,
    words::use_words,
};

/// The letter of a place: the key that is one character.
fn letter(keys: &'static [&'static str]) -> Option<&'static str> {
    keys.iter().find(|key| key.chars().count() == 1).copied()
}

/// The list.
#[component]
pub(super) fn Go() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let places = REGISTRY.iter().filter(|spec| spec.scope == Scope::AfterGo && spec.is_for(shell));
    rsx! {
        div { class: "go", role: "status", "aria-label": t.text("do-go"),
            for spec in places {
                span { key: "{spec.word}", class: "go-i",
                    if let Some(key) = letter(spec.keys) {
                        Kbd { keys: key }
                    }
                    {t.text(spec.word_for(shell))}
                }
            }
        }
    }
}
