//! What stands in place of a list's header while something is chosen: how many, and the acts that can be done to all of it at once,
//! as the list of acts has them. And what came of the last such act, where not all of it went.

use dioxus::prelude::*;
use domain::status::Tone;

use super::{ListState, Listing};
use crate::{
    actions::{Act, REGISTRY, Screen, Spec},
    components::{
        button::{ActKbd, Button, IconButton, Look},
        note::Note,
    },
    shell::Shell,
    words::{Rich, use_words},
};

/// The id of the bar that stands above a list while something is chosen.
pub(crate) const BATCH: &str = "batch";

/// The bar.
#[component]
pub(crate) fn Batch<L: Listing>(
    list: ListState<L>,
    /// Which acts there are.
    screen: Screen,
    onact: EventHandler<Act>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let count = list.chosen.read().count();
    let busy = (list.giving_many)();
    let is_offered = |spec: &&Spec| spec.act.is_for_many() && spec.is_on(screen) && spec.is_for(shell);
    let acts: Vec<Spec> = REGISTRY.iter().filter(is_offered).copied().collect();
    rsx! {
        div { id: BATCH, class: "batch",
            header { class: "head",
                h1 { {t.count("chosen", i64::try_from(count).unwrap_or(i64::MAX))} }
                span { class: "push hstack hstack-1",
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
                        onpress: move |()| onact.call(spec.act),
                    }
                }
            }
        }
    }
}

/// Whom the last act on many could not be done for.
#[component]
pub(crate) fn OutcomeNote<L: Listing>(list: ListState<L>) -> Element {
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
            IconButton { icon: "x", label: t.text("close"), onpress: move |()| outcome.set(None) }
        }
    }
}
