//! Forms and their fields: a label, a control, and below it a hint or what is wrong.

use dioxus::prelude::*;

use super::icon::Icon;
use crate::words::use_words;

/// What is filled in and sent. Enter in a field sends it, and what is wrong is said by its owner, not by the browser.
#[component]
pub(crate) fn Form(
    #[props(default)] class: &'static str,
    /// The element that names it.
    #[props(default)]
    labelled_by: Option<&'static str>,
    onsubmit: EventHandler<()>,
    #[props(default)] onescape: Option<EventHandler<()>>,
    children: Element,
) -> Element {
    rsx! {
        form {
            class,
            novalidate: true,
            "aria-labelledby": labelled_by,
            onsubmit: move |event| {
                event.prevent_default();
                onsubmit.call(());
            },
            onkeydown: move |event| {
                if let Some(onescape) = onescape.filter(|_| event.key() == Key::Escape) {
                    event.stop_propagation();
                    onescape.call(());
                }
            },
            {children}
        }
    }
}

/// Why nothing came of it, where no field is to blame.
#[component]
pub(crate) fn FormError(text: String, #[props(default)] id: Option<&'static str>) -> Element {
    rsx! {
        p { class: "err", role: "alert", id,
            Icon { name: "sy-refuse", size: 14 }
            span { {text} }
        }
    }
}

/// What stands around a control: its label above, a hint or an error below. The control names them by `{id}-hint`.
#[component]
pub(crate) fn Field(
    id: &'static str,
    label: String,
    #[props(default)] aside: Option<Element>,
    #[props(default)] hint: Option<String>,
    #[props(default)] error: Option<String>,
    children: Element,
) -> Element {
    rsx! {
        div { class: "field",
            div { class: "label",
                label { r#for: id, {label} }
            }
            {children}
            // It stands beside the label, and Tab comes to the control first.
            if let Some(aside) = aside {
                div { class: "label label-aside", {aside} }
            }
            FieldFoot { id, hint, error }
        }
    }
}

/// What stands below a control.
#[component]
pub(crate) fn FieldFoot(#[props(into)] id: String, hint: Option<String>, error: Option<String>) -> Element {
    rsx! {
        if let Some(error) = error {
            p { class: "err", id: "{id}-hint",
                Icon { name: "sy-refuse", size: 14 }
                span { {error} }
            }
        } else if let Some(hint) = hint {
            p { class: "hint", id: "{id}-hint", {hint} }
        }
    }
}

/// A line that is typed.
#[component]
pub(crate) fn TextInput(
    id: &'static str,
    value: String,
    oninput: EventHandler<String>,
    #[props(default = "text")] kind: &'static str,
    #[props(default)] large: bool,
    #[props(default)] invalid: bool,
    #[props(default)] described: bool,
    #[props(default = "off")] autocomplete: &'static str,
    #[props(default)] placeholder: String,
    #[props(default)] onblur: Option<EventHandler<()>>,
    #[props(default)] inputmode: Option<&'static str>,
    #[props(default)] required: bool,
    children: Element,
) -> Element {
    let class = format!("input{}{}", if large { " input-lg" } else { "" }, if invalid { " is-bad" } else { "" });
    rsx! {
        div { class,
            input {
                id,
                name: id,
                r#type: kind,
                value,
                autocomplete,
                inputmode,
                placeholder,
                spellcheck: "false",
                autocapitalize: "off",
                "aria-required": required.then_some("true"),
                "aria-invalid": invalid.then_some("true"),
                "aria-describedby": (described || invalid).then(|| format!("{id}-hint")),
                oninput: move |event| oninput.call(event.value()),
                onblur: move |_| {
                    if let Some(onblur) = onblur {
                        onblur.call(());
                    }
                },
            }
            {children}
        }
    }
}

/// A text of several lines, with how much of it is used.
#[component]
pub(crate) fn LongText(
    id: &'static str,
    label: String,
    value: String,
    /// How many characters it may have.
    most: usize,
    rows: u32,
    #[props(default)] error: Option<String>,
    #[props(default)] required: bool,
    oninput: EventHandler<String>,
) -> Element {
    let t = use_words();
    let length = value.chars().count();
    rsx! {
        div { class: "field",
            div { class: "label",
                label { r#for: id, {label} }
                if !required {
                    span { class: "t3", {t.text("optional")} }
                }
                span { class: "push t3 num", "{length} / {most}" }
            }
            textarea {
                class: if error.is_some() { "input is-bad" } else { "input" },
                id,
                rows: "{rows}",
                value,
                "aria-required": required.then_some("true"),
                "aria-invalid": error.is_some().then_some("true"),
                "aria-describedby": error.is_some().then(|| format!("{id}-hint")),
                oninput: move |event| oninput.call(event.value()),
            }
            FieldFoot { id, hint: None, error: error.clone() }
        }
    }
}

/// A password, with a button that shows it.
#[component]
pub(crate) fn PasswordInput(
    id: &'static str,
    value: String,
    oninput: EventHandler<String>,
    show_label: String,
    #[props(default = "current-password")] autocomplete: &'static str,
    #[props(default)] invalid: bool,
    #[props(default)] described: bool,
    #[props(default)] placeholder: String,
) -> Element {
    let mut shown = use_signal(|| false);
    let kind = if shown() { "text" } else { "password" };
    rsx! {
        TextInput {
            id,
            value,
            oninput,
            kind,
            large: true,
            invalid,
            described,
            autocomplete,
            placeholder,
            button {
                r#type: "button",
                class: "btn btn-quiet btn-ic",
                "aria-label": show_label.clone(),
                title: show_label,
                "aria-pressed": shown().to_string(),
                "aria-controls": id,
                onclick: move |_| shown.toggle(),
                Icon { name: "eye" }
            }
        }
    }
}
