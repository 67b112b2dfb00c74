//! The code of the second factor, after e-mail and password.

use dioxus::prelude::*;
use domain::words::isolate;

use super::login::{Enter, Entry, Wrong};
use crate::{
    components::field::{Field, Form, TextInput},
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
        Form {
            class: "vstack gate-s",
            onsubmit: move |()| entry.enter(),
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
            Wrong { entry }
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
            Enter { entry }
        }
    }
}
