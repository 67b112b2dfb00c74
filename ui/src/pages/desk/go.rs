//! What G offers: the places and their letters, for a moment and a half.

use dioxus::prelude::*;

use crate::{
    actions::{REGISTRY, Scope},
    components::button::Kbd,
    shell::Shell,
    words::use_words,
};

/// The list.
#[component]
pub(super) fn Go() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let letters = shell.letters();
    let places = REGISTRY.iter().filter(|spec| spec.scope == Scope::AfterGo && spec.is_for(shell));
    rsx! {
        div { class: "go", role: "status", "aria-label": t.text("do-go"),
            for spec in places {
                span { key: "{spec.word}", class: "go-i",
                    if let [_, letter] = spec.way(&letters)[..] {
                        Kbd { keys: letter }
                    }
                    {spec.name_for(shell, &t)}
                }
            }
        }
    }
}
