//! The undo bar: one at a time, the newest. It counts down what the desk holds, stays while somebody may want it, and never
//! carries an error (ui.md, sections 1 and 5).

mod undoing;

use dioxus::prelude::*;

use super::button::{ActKbd, shortcut};
use crate::{actions::Act, browser, shell::Shell, words::use_words};

use undoing::Held;
pub(crate) use undoing::Undoing;

/// The circumference of the ring.
const RING: f64 = 44.0;

/// The bar, where something is held.
#[component]
pub(crate) fn UndoBar() -> Element {
    let mut undoing = use_context::<Undoing>();
    let shell = use_context::<Shell>();
    let mut wanted = use_signal(|| false);
    let mut now = use_signal(browser::monotonic_ms);
    let running = use_memo(move || undoing.held.read().as_ref().map(|held| held.ids.clone()));
    // The ring moves ten times a second, only while something is held; where nothing shall move, the seconds alone do.
    use_effect(move || {
        if running().is_none() {
            return;
        }
        let step = if shell.is_still() { 250 } else { 100 };
        // Not a task of the window: the bar's own signals go with the page that it stands on.
        spawn(async move {
            while undoing.held.peek().as_ref().map(|held| held.ids.clone()) == running() {
                now.set(browser::monotonic_ms());
                let over = undoing.held.peek().as_ref().is_none_or(|held| held.until <= *now.peek());
                if over && !*wanted.peek() && browser::window_has_focus() && !browser::focus_is_within("undo-bar") {
                    undoing.held.set(None);
                    break;
                }
                browser::sleep(step).await;
            }
        });
    });
    let held = undoing.held.read().clone();
    rsx! {
        div { class: "toast-at",
            div {
                id: "undo-bar",
                class: held.is_some().then_some("toast"),
                role: "status",
                onmouseenter: move |_| wanted.set(true),
                onmouseleave: move |_| wanted.set(false),
                if let Some(held) = held.clone() {
                    Offer { held, now: now() }
                }
            }
        }
    }
}

/// What was done, for how long it can be taken back, and the button that does so.
#[component]
fn Offer(held: Held, now: f64) -> Element {
    let undoing = use_context::<Undoing>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let left = (held.until - now).max(0.0);
    let sent = left <= 0.0;
    let seconds = (left / 1_000.0).ceil();
    let arc = RING * left / f64::from(held.held.max(1));
    rsx! {
        if !shell.is_still() && !sent {
            svg { class: "ring", view_box: "0 0 18 18", "aria-hidden": "true",
                circle { class: "bg", cx: "9", cy: "9", r: "7" }
                circle { cx: "9", cy: "9", r: "7", stroke_dasharray: "{arc:.1} {RING}" }
            }
        }
        span { class: "toast-t",
            "{held.text} · "
            // The seconds change without being read out each time: the sentence was said when it came.
            span { "aria-hidden": "true",
                if sent {
                    {t.text("undo-sent")}
                } else if shell.is_offline() {
                    {t.text("undo-later")}
                } else {
                    {t.with("undo-in", &[("n", format!("{seconds:.0}").into())])}
                }
            }
        }
        button {
            r#type: "button",
            class: "btn btn-sm",
            "aria-keyshortcuts": shortcut(Act::Undo, shell),
            // Whoever wants the bar to stay keeps its button in reach, and is not offered what is over.
            "aria-disabled": sent.then_some("true"),
            // A pointer leaves the focus where somebody was at work: the button is gone a moment later.
            onmousedown: move |event| event.prevent_default(),
            onclick: move |_| {
                if !sent {
                    if browser::focus_is_within("undo-bar") {
                        browser::focus("pane-detail");
                    }
                    undoing.undo_newest();
                }
            },
            span { {t.text("do-undo")} }
            ActKbd { act: Act::Undo }
        }
    }
}
