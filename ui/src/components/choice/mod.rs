//! Choices: the browser's own switch, check, radio and select, dressed. What they are called stands beside them in a label.

use dioxus::prelude::*;

use super::icon::Icon;

/// A yes or no that holds at once. It is described by the element `{id}-more`.
#[component]
pub(crate) fn Switch(id: &'static str, on: bool, onswitch: EventHandler<bool>) -> Element {
    rsx! {
        input {
            class: "switch",
            id,
            r#type: "checkbox",
            role: "switch",
            checked: on,
            "aria-describedby": "{id}-more",
            onchange: move |event| onswitch.call(event.checked()),
        }
    }
}

/// A yes or no in a form, inside its label; in a table, where there is none, it has one of its own.
#[component]
pub(crate) fn Check(
    checked: bool,
    onswitch: EventHandler<bool>,
    #[props(default)] id: Option<String>,
    #[props(default)] label: Option<String>,
    #[props(default)] described_by: Option<String>,
    #[props(default)] disabled: bool,
) -> Element {
    rsx! {
        input {
            class: "check",
            r#type: "checkbox",
            id,
            "aria-label": label,
            "aria-describedby": described_by,
            disabled,
            checked,
            onchange: move |event| onswitch.call(event.checked()),
        }
    }
}

/// One of several, inside its label; those of one `name` belong together, and arrows move among them.
#[component]
pub(crate) fn Radio(name: &'static str, checked: bool, onchoose: EventHandler<()>) -> Element {
    rsx! {
        input { class: "radio", r#type: "radio", name, checked, onchange: move |_| onchoose.call(()) }
    }
}

/// One of a list. Each option has a value and a name; `onchoose` says which one it was, counted from 0.
#[component]
pub(crate) fn Select(
    #[props(into)] id: String,
    options: Vec<(String, String)>,
    /// The value of the chosen one.
    chosen: String,
    onchoose: EventHandler<usize>,
    #[props(default)] class: &'static str,
    #[props(default)] described_by: Option<String>,
) -> Element {
    let values: Vec<String> = options.iter().map(|(value, _)| value.clone()).collect();
    rsx! {
        span { class: "selectw {class}",
            select {
                class: "input",
                id,
                "aria-describedby": described_by,
                onchange: move |event| {
                    if let Some(n) = values.iter().position(|value| *value == event.value()) {
                        onchoose.call(n);
                    }
                },
                for (value , text) in options {
                    option { key: "{value}", value: value.clone(), selected: value == chosen, {text} }
                }
            }
            Icon { name: "down", size: 14 }
        }
    }
}
