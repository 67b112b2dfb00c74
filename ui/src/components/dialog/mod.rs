//! Dialogs: the browser's own `<dialog>`, which keeps the focus inside, makes the rest inert and gives the focus back.

use dioxus::prelude::*;

use super::button::{Button, Look};
use crate::{browser, words::use_words};

/// A dialog that is open as long as it is drawn. `onclose` is called for Escape, and by whoever closes it from inside with
/// [`close`]; what was typed is its owner's to keep.
#[component]
pub(crate) fn Dialog(
    id: &'static str,
    title: Element,
    #[props(default)] sub: Option<Element>,
    #[props(default)] class: &'static str,
    onclose: EventHandler<()>,
    /// Whether what is typed here is nowhere else: then the first Escape says so, and only the second one throws it away.
    #[props(default)]
    guarded: bool,
    /// Control and Enter.
    #[props(default)]
    onconfirm: Option<EventHandler<()>>,
    /// Any other key, before the browser has it.
    #[props(default)]
    onkey: Option<EventHandler<KeyboardEvent>>,
    children: Element,
    footer: Option<Element>,
) -> Element {
    use_effect(move || browser::show_dialog(id));
    let (mut typed, mut warned) = (use_signal(|| false), use_signal(|| false));
    let t = use_words();
    let described = sub.is_some().then(|| format!("{id}-sub"));
    rsx! {
        dialog {
            id,
            class: "dialog {class}",
            "aria-labelledby": "{id}-title",
            "aria-describedby": described,
            oncancel: move |event| {
                // Escape in a date's calendar closes the calendar alone, and so on: only our own cancel closes us.
                event.prevent_default();
                event.stop_propagation();
                close(id);
                onclose.call(());
            },
            oninput: move |_| {
                typed.set(true);
                // Drawn anew only where something is said.
                if warned() {
                    warned.set(false);
                }
            },
            onkeydown: move |event| {
                if event.key() == Key::Escape {
                    // It closes this, and nothing that stands around it.
                    event.stop_propagation();
                    if guarded && typed() && !warned() {
                        event.prevent_default();
                        warned.set(true);
                    }
                }
                let confirm = event.key() == Key::Enter && (event.modifiers().ctrl() || event.modifiers().meta());
                if let Some(onconfirm) = onconfirm.filter(|_| confirm) {
                    event.prevent_default();
                    onconfirm.call(());
                } else if let Some(onkey) = onkey {
                    onkey.call(event);
                }
            },
            div { class: "dialog-h",
                h2 { id: "{id}-title", {title} }
                if let Some(sub) = sub {
                    p { class: "t2", id: "{id}-sub", {sub} }
                }
            }
            div { class: "dialog-b", {children} }
            if guarded {
                div { class: "dialog-w", role: "alert",
                    if warned() {
                        {t.text("dialog-typed")}
                    }
                }
            }
            if let Some(footer) = footer {
                div { class: "dialog-f", {footer} }
            }
        }
    }
}

/// «Batal», in a dialog's foot: closes it, as Escape does.
#[component]
pub(crate) fn CancelButton(id: &'static str, oncancel: EventHandler<()>) -> Element {
    let t = use_words();
    rsx! {
        Button {
            text: t.text("cancel"),
            look: Look::Quiet,
            keys: "Escape",
            onpress: move |()| {
                close(id);
                oncancel.call(());
            },
        }
    }
}

/// Closes a dialog in the browser, which gives the focus back, before it is no longer drawn.
pub(crate) fn close(id: &str) {
    browser::close_dialog(id);
}
