//! The code of the second factor, after e-mail and password.

use dioxus::prelude::*;
use domain::{status::Tone, words::isolate};

use super::login::Entry;
use crate::{
    components::{
        button::{Button, Look},
        field::{Field, TextInput},
        note::Note,
    },
    words::use_words,
};

/// The id of the field.
pub(super) const FIELD: &str = "login-code";

/// The form.
#[component]
pub(super) fn CodeForm(entry: Entry) -> Element {
    let t = use_words();
    let mut code = entry.code;
    let missing = entry.missing(code);
    rsx! {
        form {
            class: "vstack gate-s",
            novalidate: true,
            onsubmit: move |event| {
                event.prevent_default();
                entry.enter();
            },
            div {
                h1 { class: "h1", {t.text("login-code-title")} }
                p { class: "t2",
                    {t.text("login-code-sub")}
                    " "
                    {isolate(entry.email.read().trim())}
                    " "
                    button { r#type: "button", class: "linkish s12", onclick: move |_| entry.begin_anew(), {t.text("login-code-back")} }
                }
            }
            if let Some(text) = (entry.wrong)() {
                Note { tone: Tone::Cabai, icon: "sy-refuse", id: "login-wrong",
                    span { {text} }
                }
            }
            Field { id: FIELD, label: t.text("login-code"), hint: t.text("login-code-hint"), error: missing.clone(),
                TextInput {
                    id: FIELD,
                    value: code(),
                    large: true,
                    autocomplete: "one-time-code",
                    described: true,
                    invalid: missing.is_some(),
                    oninput: move |text| code.set(text),
                }
            }
            Button {
                text: t.text(if (entry.busy)() { "login-busy" } else { "do-login" }),
                look: Look::Primary,
                class: "btn-lg btn-full",
                keys: "Enter",
                submit: true,
                onpress: |()| {},
            }
        }
    }
}
