//! A question before what cannot be taken back: its title names the act and what it is done to, its text says what happens then.

use dioxus::prelude::*;

use super::{
    button::{Button, Look},
    dialog::{CancelButton, Dialog, close},
};

/// The question. Whoever draws it takes it away again in both answers; the focus is back where it was by then.
#[component]
pub(crate) fn Confirm(
    id: &'static str,
    title: String,
    #[props(default)] sub: Option<String>,
    text: String,
    /// The name of the button that does it.
    act: String,
    onconfirm: EventHandler<()>,
    oncancel: EventHandler<()>,
) -> Element {
    let yes = move || {
        close(id);
        onconfirm.call(());
    };
    rsx! {
        Dialog {
            id,
            class: "dialog-m",
            title: rsx! {
                {title}
            },
            sub: sub.map(|sub| rsx! {
                {sub}
            }),
            onclose: move |()| oncancel.call(()),
            onconfirm: move |()| yes(),
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id, oncancel }
                Button {
                    text: act,
                    look: Look::Danger,
                    keys: "Ctrl+Enter",
                    onpress: move |()| yes(),
                }
            },
            p { {text} }
        }
    }
}
