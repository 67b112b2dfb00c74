//! Buttons. One that gives a command takes its name, glyph and key from the list of acts; one that cannot be pressed now stays
//! in reach and says why.

use dioxus::prelude::*;

use super::icon::Icon;
use crate::{
    actions::{Act, aria, label},
    browser,
    shell::Shell,
    words::use_words,
};

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Look {
    /// An edge.
    #[default]
    Plain,
    /// The one that is meant.
    Primary,
    /// What cannot be taken back.
    Danger,
    /// Without an edge.
    Quiet,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "btn",
            Self::Primary => "btn btn-pri",
            Self::Danger => "btn btn-bad",
            Self::Quiet => "btn btn-quiet",
        }
    }
}

/// The caps of a key, for the eye alone: assistive technology reads `aria-keyshortcuts`.
#[component]
pub(crate) fn Kbd(keys: &'static str) -> Element {
    rsx! {
        for cap in label(keys, browser::is_mac()) {
            kbd { key: "{cap}", class: "kbd", "aria-hidden": "true", "{cap}" }
        }
    }
}

/// The caps of the key that an act has now; nothing where it has none.
#[component]
pub(crate) fn ActKbd(act: Act) -> Element {
    let shell = use_context::<Shell>();
    rsx! {
        if let Some(keys) = act.key(shell) {
            Kbd { keys }
        }
    }
}

/// The key that an act has now, as assistive technology reads it.
pub(crate) fn shortcut(act: Act, shell: Shell) -> Option<String> {
    act.key(shell).map(|keys| aria(keys, browser::is_mac()))
}

/// A button.
#[component]
pub(crate) fn Button(
    text: String,
    onpress: EventHandler<()>,
    #[props(default)] id: Option<String>,
    #[props(default)] look: Look,
    #[props(default)] icon: Option<&'static str>,
    #[props(default)] keys: Option<&'static str>,
    #[props(default)] class: &'static str,
    #[props(default)] submit: bool,
    #[props(default)] disabled: bool,
    /// What it is called where its text alone does not say enough: it begins with the text.
    #[props(default)]
    label: Option<String>,
    /// The element that says why it cannot be pressed.
    #[props(default)]
    described_by: Option<String>,
    #[props(default)] tabindex: Option<i32>,
    #[props(default)] popup: Option<&'static str>,
    #[props(default)] expanded: Option<bool>,
) -> Element {
    rsx! {
        button {
            id,
            r#type: if submit { "submit" } else { "button" },
            class: "{look.class()} {class}",
            "aria-label": label,
            "aria-disabled": disabled.then_some("true"),
            "aria-describedby": described_by,
            "aria-keyshortcuts": keys.map(|keys| aria(keys, browser::is_mac())),
            "aria-haspopup": popup,
            "aria-expanded": expanded.map(|e| e.to_string()),
            tabindex,
            onclick: move |event| {
                // A submit button speaks through its form.
                if disabled {
                    event.prevent_default();
                } else if !submit {
                    onpress.call(());
                }
            },
            if let Some(name) = icon {
                Icon { name }
            }
            span { {text} }
            if let Some(keys) = keys {
                Kbd { keys }
            }
        }
    }
}

/// A button that is an icon alone, as headers have them, with its name as label and tip.
#[component]
pub(crate) fn IconButton(
    icon: &'static str,
    label: String,
    onpress: EventHandler<()>,
    #[props(default)] id: Option<String>,
    #[props(default)] class: &'static str,
    #[props(default)] pressed: Option<bool>,
    #[props(default)] expanded: Option<bool>,
    #[props(default)] popup: Option<&'static str>,
    #[props(default)] disabled: bool,
) -> Element {
    rsx! {
        button {
            id,
            r#type: "button",
            class: "btn btn-quiet btn-ic {class}",
            "aria-label": label.clone(),
            title: label,
            "aria-pressed": pressed.map(|p| p.to_string()),
            "aria-expanded": expanded.map(|e| e.to_string()),
            "aria-haspopup": popup,
            "aria-disabled": disabled.then_some("true"),
            onclick: move |_| {
                if !disabled {
                    onpress.call(());
                }
            },
            Icon { name: icon }
        }
    }
}

/// The button of an act.
#[component]
pub(crate) fn ActButton(
    act: Act,
    onpress: EventHandler<()>,
    #[props(default)] look: Look,
    /// Another name than the act's own.
    #[props(default)]
    text: Option<String>,
    #[props(default)] class: &'static str,
    /// Why it cannot be done now.
    #[props(default)]
    why_not: Option<String>,
    #[props(default)] tabindex: Option<i32>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let spec = act.spec();
    let id = act_id(act);
    let why_id = format!("{id}-why");
    rsx! {
        Button {
            id: id.clone(),
            text: text.unwrap_or_else(|| t.text(spec.word)),
            look,
            icon: (!spec.glyph.is_empty()).then_some(spec.glyph),
            keys: act.key(shell),
            class,
            disabled: why_not.is_some(),
            described_by: why_not.is_some().then(|| why_id.clone()),
            tabindex,
            onpress,
        }
        if let Some(why) = why_not {
            span { id: why_id, class: "sr", {why} }
        }
    }
}

/// The id of the button of an act.
pub(crate) fn act_id(act: Act) -> String {
    act.spec().word.to_owned()
}
