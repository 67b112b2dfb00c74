//! Two versions: beside each other, on two sides of an edge that moves, or one above the other.

use bridge::DesignView;
use dioxus::prelude::*;
use domain::id::DesignId;

use super::{
    DesignsState, SLIDER, STAGE,
    preview::{Fitted, use_has_picture},
    spoken,
    state::Mode,
};
use crate::{browser, components::choice::Select, words::use_words};

/// How far an arrow moves the slider, in percent (ui.md, «Preview / compare»).
const STEP: u8 = 5;

/// The ways to look.
#[component]
pub(super) fn Modes() -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let now = (designs.mode)();
    rsx! {
        div { class: "segs", role: "group", "aria-label": t.text("design-modes"),
            for (mode , word) in Mode::ALL {
                button {
                    key: "{word}",
                    id: word,
                    r#type: "button",
                    class: "seg",
                    "aria-pressed": (mode == now).to_string(),
                    onclick: move |_| designs.look(mode),
                    {t.text(word)}
                }
            }
        }
    }
}

/// Which one it is compared with.
#[component]
pub(super) fn Second(open: DesignId, other: DesignId) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let Some(reply) = designs.reply.read().clone() else { return rsx! {} };
    let others: Vec<&DesignView> = reply.versions.iter().filter(|view| view.design.id != open && view.design.purged.is_none()).collect();
    let ids: Vec<DesignId> = others.iter().map(|view| view.design.id).collect();
    rsx! {
        div { class: "canvas-c",
            label { class: "s12 t2", r#for: "design-second", {t.text("design-second")} }
            Select {
                id: "design-second",
                class: "select-sm",
                options: others.iter().map(|view| (view.design.id.to_string(), spoken(&t, view))).collect::<Vec<_>>(),
                chosen: other.to_string(),
                onchoose: move |n: usize| {
                    if let Some(id) = ids.get(n) {
                        designs.compare_with(*id);
                    }
                },
            }
        }
    }
}

/// The two. The other one is on the left, or below.
#[component]
pub(super) fn Compared(mode: Mode, view: DesignView, other: DesignView) -> Element {
    let t = use_words();
    if mode == Mode::Side {
        return rsx! {
            div { class: "canvas-2",
                for side in [other, view] {
                    figure { key: "{side.design.id}", class: "canvas-f",
                        div { class: "canvas-v",
                            Fitted { view: side.clone(), pins: true }
                        }
                        figcaption { class: "s12 t2", {spoken(&t, &side)} }
                    }
                }
            }
        };
    }
    rsx! {
        Laid { mode, view, other }
    }
}

/// Both in one place.
#[component]
fn Laid(mode: Mode, view: DesignView, other: DesignView) -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    let (above, below) = (use_has_picture(&view), use_has_picture(&other));
    let flat = [(above, &view), (below, &other)].into_iter().find(|(has, _)| *has == Some(false)).map(|(_, view)| spoken(&t, view));
    if let Some(version) = flat {
        return rsx! {
            p { class: "canvas-w t2", {t.with("design-no-compare", &[("version", version.into())])} }
        };
    }
    let at = (designs.slide)();
    let mut drag = move |event: &PointerEvent| {
        if let Some(share) = browser::share(STAGE, event.client_coordinates().x) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of one, in percent")]
            designs.slide.set((share * 100.0).round() as u8);
        }
    };
    let (left, right) = (spoken(&t, &other), spoken(&t, &view));
    rsx! {
        div {
            class: "canvas-s",
            id: STAGE,
            onpointerdown: move |event| {
                event.prevent_default();
                browser::focus(SLIDER);
                drag(&event);
            },
            onpointermove: move |event| {
                if event.held_buttons().contains(dioxus::html::input_data::MouseButton::Primary) {
                    drag(&event);
                }
            },
            div { class: "canvas-y",
                Fitted { view: other }
            }
            if mode == Mode::Swipe {
                div { class: "canvas-y", clip_path: "inset(0 0 0 {at}%)",
                    Fitted { view }
                }
                span { class: "canvas-k canvas-kl", "aria-hidden": "true", {left.clone()} }
                span { class: "canvas-k canvas-kr", "aria-hidden": "true", {right.clone()} }
            } else {
                div { class: "canvas-y", opacity: "{at}%",
                    Fitted { view }
                }
            }
            Slider { mode, at, left, right }
        }
    }
}

/// The slider: arrows by 5, a page by 25, ends by Home and End.
#[component]
fn Slider(mode: Mode, at: u8, left: String, right: String) -> Element {
    let mut designs = use_context::<DesignsState>();
    let t = use_words();
    let key = if mode == Mode::Swipe { "design-swipe" } else { "design-overlay" };
    let label = t.with(key, &[("left", left.into()), ("right", right.into())]);
    rsx! {
        div {
            class: if mode == Mode::Swipe { "swipe" } else { "swipe swipe-o" },
            id: SLIDER,
            role: "slider",
            tabindex: "0",
            left: "{at}%",
            "aria-label": label,
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": "{at}",
            "aria-valuetext": t.with("design-percent", &[("n", t.whole(i64::from(at)).into())]),
            onkeydown: move |event| {
                if let Some(to) = reached(&event.key(), at) {
                    event.prevent_default();
                    event.stop_propagation();
                    designs.slide.set(to);
                }
            },
            span { class: "swipe-k", "aria-hidden": "true" }
        }
    }
}

/// Where a key moves it.
fn reached(key: &Key, at: u8) -> Option<u8> {
    Some(match key {
        Key::ArrowRight | Key::ArrowUp => at.saturating_add(STEP).min(100),
        Key::ArrowLeft | Key::ArrowDown => at.saturating_sub(STEP),
        Key::PageUp => at.saturating_add(5 * STEP).min(100),
        Key::PageDown => at.saturating_sub(5 * STEP),
        Key::Home => 0,
        Key::End => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_move_by_five_and_stop_at_the_ends() {
        let keys =
            [(Key::ArrowRight, 50, 55), (Key::ArrowLeft, 3, 0), (Key::ArrowUp, 98, 100), (Key::PageDown, 50, 25), (Key::End, 5, 100)];
        for (key, at, to) in keys {
            assert_eq!(reached(&key, at), Some(to), "{key:?} from {at}");
        }
        assert_eq!(reached(&Key::Tab, 50), None);
    }
}
