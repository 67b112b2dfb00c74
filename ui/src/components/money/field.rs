//! The money field: whole rupiah, grouped while they are typed, with the amount in words below. How strokes are taken the rulebook
//! knows (`domain::amount`); what is here keeps text and caret of the browser's field in step with it.

use dioxus::prelude::*;
use domain::amount::{self, Typed};

use crate::{browser, components::field::Field, words::use_words};

/// A field for an amount. Its owner keeps the text and asks `domain::amount::read` what it says.
#[component]
pub(crate) fn MoneyField(
    id: &'static str,
    label: String,
    value: String,
    /// What stands below as long as nothing is typed.
    #[props(default)]
    hint: Option<String>,
    /// What is wrong with an amount that can be read: that it is more than there is, say.
    #[props(default)]
    error: Option<String>,
    #[props(default)] required: bool,
    #[props(default)] large: bool,
    oninput: EventHandler<String>,
) -> Element {
    let t = use_words();
    let read = amount::read(&value);
    let error = if read.is_err() { Some(t.text("amount-malformed")) } else { error };
    let hint = read.ok().flatten().map(|amount| t.spelled(amount)).or(hint);
    let invalid = error.is_some();
    let class = format!("input{}{}", if large { " input-lg" } else { "" }, if invalid { " is-bad" } else { "" });
    let described = (invalid || hint.is_some()).then(|| format!("{id}-hint"));
    let (before, left) = (value.clone(), value.clone());
    rsx! {
        Field { id, label, hint, error,
            div { class,
                span { class: "unit t3", "aria-hidden": "true", {amount::SIGN} }
                input {
                    id,
                    name: id,
                    class: "num",
                    r#type: "text",
                    inputmode: "numeric",
                    autocomplete: "off",
                    spellcheck: "false",
                    value,
                    "aria-required": required.then_some("true"),
                    "aria-invalid": invalid.then_some("true"),
                    "aria-describedby": described,
                    onkeydown: move |event| {
                        if event.key() == Key::Delete {
                            step_over_dot(id);
                        }
                    },
                    oninput: move |event| {
                        let after = event.value();
                        let caret = browser::caret(id).unwrap_or(after.chars().count());
                        let Typed { text, caret } = amount::typed(&before, &after, caret);
                        // At once and not with the next frame: the next stroke finds what this one made.
                        if text != after {
                            browser::put_text(id, &text, caret);
                        }
                        oninput.call(text);
                    },
                    onblur: move |_| {
                        let settled = amount::settled(&left);
                        if settled != left {
                            oninput.call(settled);
                        }
                    },
                }
            }
        }
    }
}

/// Delete takes the digit behind a dot: the dot itself would only come back.
fn step_over_dot(id: &str) {
    if let (Some(caret), Some(text)) = (browser::caret(id), browser::text_of(id))
        && text.chars().nth(caret) == Some('.')
        && amount::read(&text).is_ok()
    {
        browser::put_text(id, &text, caret + 1);
    }
}
