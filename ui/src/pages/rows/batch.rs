//! The head of a list in which many can be chosen: while something is, how many and the acts that can be done to all of it at once
//! stand in place of its header, as the list of acts has them. Below it, what came of the last such act, where not all of it went.

use dioxus::prelude::*;
use domain::status::Tone;

use super::{ListState, Listing};
use crate::{
    acting::Acting,
    actions::{Act, REGISTRY, Spec},
    components::{
        button::{ActKbd, Button, IconButton, Look},
        note::Note,
    },
    shell::Shell,
    words::{Rich, many, use_words},
};

/// The id of the bar that stands above a list while something is chosen.
pub(super) const BATCH: &str = "batch";

/// The head.
#[component]
pub(crate) fn Batch<L: Listing>(
    list: ListState<L>,
    /// The header.
    children: Element,
) -> Element {
    let chosen = use_memo(move || !list.chosen.read().is_empty());
    rsx! {
        if chosen() {
            Bar { list }
        }
        // It stays as it is meanwhile: a search that is open does not begin anew.
        div { hidden: chosen(), {children} }
        OutcomeNote { list }
    }
}

/// The bar.
#[component]
fn Bar<L: Listing>(list: ListState<L>) -> Element {
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let screen = acting.screen();
    let count = list.chosen.read().count();
    let busy = (list.giving_many)();
    let is_offered = |spec: &&Spec| spec.act.is_for_many() && spec.is_on(screen) && spec.is_for(shell);
    // What changes nothing stands apart from what is decided: there is no room for it in the same line.
    let (apart, acts): (Vec<Spec>, Vec<Spec>) = REGISTRY.iter().filter(is_offered).partition(|spec| spec.act == Act::Export);
    rsx! {
        div { id: BATCH, class: "batch",
            header { class: "head",
                h1 { {t.count("chosen", many(count))} }
                span { class: "push hstack hstack-1",
                    for spec in apart {
                        IconButton {
                            key: "{spec.word}",
                            id: "{BATCH}-{spec.word}",
                            icon: spec.glyph,
                            label: t.text(spec.word),
                            popup: "dialog",
                            onpress: move |()| _ = acting.run(spec.act),
                        }
                    }
                    ActKbd { act: Act::Back }
                    IconButton {
                        icon: "x",
                        label: t.text("chosen-clear"),
                        onpress: move |()| {
                            list.clear_chosen();
                            list.take_focus();
                        },
                    }
                }
            }
            div { class: "sub", role: "group", "aria-label": t.text("chosen-acts"), "aria-busy": busy.then_some("true"),
                for spec in acts {
                    Button {
                        key: "{spec.word}",
                        id: "{BATCH}-{spec.word}",
                        text: t.text(spec.word),
                        icon: spec.glyph,
                        keys: spec.act.key(shell),
                        look: if spec.act == Act::Accept { Look::Primary } else { Look::Plain },
                        class: "btn-sm",
                        disabled: busy,
                        onpress: move |()| _ = acting.run(spec.act),
                    }
                }
            }
        }
    }
}

/// Whom the last act on many could not be done for.
#[component]
fn OutcomeNote<L: Listing>(list: ListState<L>) -> Element {
    let t = use_words();
    let mut outcome = list.outcome;
    let Some(told) = outcome() else { return rsx! {} };
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse", id: "outcome", class: "cal-note note-tall",
            div { class: "grow",
                b { {told.title} }
                for (n , reason) in told.reasons.into_iter().enumerate() {
                    p { key: "{n}", Rich { text: reason } }
                }
            }
            IconButton { icon: "x", label: t.text("close"), onpress: move |()| { outcome.set(None); list.take_focus(); } }
        }
    }
}
