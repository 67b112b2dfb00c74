//! What stands in place of the list's header while something is chosen: how many, and the acts that can be done to all of them
//! at once, as the list of acts has them. And what came of the last such act, where not all of it went.

use dioxus::prelude::*;
use domain::status::Tone;

use crate::{
    actions::{Act, REGISTRY, Spec},
    components::{
        button::{ActKbd, Button, IconButton, Look},
        note::Note,
    },
    giving::Giving,
    pages::inbox::{BATCH, InboxState},
    shell::Shell,
    words::{Rich, use_words},
};

/// The bar.
#[component]
pub(super) fn Batch(count: usize) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let busy = (inbox.giving_many)();
    let acts: Vec<Spec> = REGISTRY.iter().filter(|spec| spec.act.is_for_many() && spec.is_for(shell)).copied().collect();
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
                            inbox.clear_chosen();
                            inbox.take_focus();
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
                        onpress: move |()| _ = inbox.run(spec.act, giving),
                    }
                }
            }
        }
    }
}

/// Whom the last act on many could not be done for.
#[component]
pub(super) fn OutcomeNote() -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let mut outcome = inbox.outcome;
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
