//! The box in which something is said: Enter sends, Shift and Enter begin a new line, and it grows with what is typed.

use dioxus::prelude::*;
use domain::text::ChatText;

use crate::{
    actions::Act,
    browser,
    components::{
        button::{Button, IconButton, Kbd, Look, shortcut},
        field::FieldFoot,
        icon::Icon,
    },
    shell::Shell,
    words::use_words,
};

/// The id of the box.
pub(crate) const TEXT: &str = "talk-text";
/// The id of the button that offers the order's versions.
pub(crate) const VERSIONS: &str = "talk-versions";
/// From how many characters on it says how many there may be.
const COUNTED: usize = ChatText::MOST - ChatText::MOST / 10;

/// What a key in the box means, beside typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    Send,
    Leave,
    Pick,
    Last,
}

/// What a key means. In an empty box a slash looks for a text, and an arrow up fetches back what was said last.
fn stroke(key: &Key, held: Modifiers, empty: bool) -> Option<Stroke> {
    match key {
        Key::Enter if !held.shift() && !held.alt() => Some(Stroke::Send),
        Key::Escape if held.is_empty() => Some(Stroke::Leave),
        Key::Character(sign) if sign == "/" && empty && !held.ctrl() && !held.alt() && !held.meta() => Some(Stroke::Pick),
        Key::ArrowUp if empty && held.is_empty() => Some(Stroke::Last),
        _ => None,
    }
}

/// The box.
#[component]
pub(crate) fn Composer(
    text: String,
    /// Whose conversation it is, for its label.
    name: String,
    /// Why nothing can be said now: the box can still be reached, and says so.
    why_not: Option<String>,
    /// What is wrong with what is typed.
    wrong: Option<String>,
    /// What is to be looked after before it is sent.
    hint: Option<String>,
    /// The list of texts, where it is open.
    picker: Option<Element>,
    /// What goes with it, above what is typed.
    #[props(default)]
    with: Option<Element>,
    /// The list of versions, where it is open.
    #[props(default)]
    versions: Option<Element>,
    /// Asks for files; nothing where none can go with it.
    #[props(default)]
    onattach: Option<EventHandler<()>>,
    /// Offers versions.
    #[props(default)]
    onversions: Option<EventHandler<()>>,
    oninput: EventHandler<String>,
    onsend: EventHandler<()>,
    onleave: EventHandler<()>,
    onpick: EventHandler<()>,
    onlast: EventHandler<()>,
) -> Element {
    let t = use_words();
    let able = why_not.is_none();
    rsx! {
        div { class: "say",
            if let Some(picker) = picker {
                {picker}
            }
            if let Some(why) = &why_not {
                p { class: "say-why", id: "talk-why",
                    Icon { name: "lock", size: 14 }
                    span { {why.clone()} }
                }
            }
            div { class: if wrong.is_some() { "say-b is-bad" } else { "say-b" },
                if let Some(with) = with {
                    {with}
                }
                label { class: "sr", r#for: TEXT, {t.with("talk-label", &[("name", name.into())])} }
                Typed {
                    text: text.clone(),
                    able,
                    wrong: wrong.is_some(),
                    described: if able { (wrong.is_some() || hint.is_some()).then_some("talk-text-hint") } else { Some("talk-why") },
                    oninput,
                    onstroke: move |stroke| match stroke {
                        Stroke::Send => onsend.call(()),
                        Stroke::Leave => onleave.call(()),
                        Stroke::Pick if able => onpick.call(()),
                        Stroke::Last if able => onlast.call(()),
                        Stroke::Pick | Stroke::Last => {}
                    },
                }
                Tools { able, length: text.chars().count(), versions, onsend, onpick, onattach, onversions }
            }
            FieldFoot { id: TEXT, hint, error: wrong.clone() }
        }
    }
}

/// What is typed. A copy that is not seen says how high the box must be; the styles keep it at six lines.
#[component]
fn Typed(
    text: String,
    able: bool,
    wrong: bool,
    described: Option<&'static str>,
    oninput: EventHandler<String>,
    onstroke: EventHandler<Stroke>,
) -> Element {
    let t = use_words();
    let shown = text.clone();
    rsx! {
        div { class: "say-grow", "data-text": "{shown}",
            textarea {
                id: TEXT,
                rows: "1",
                value: text,
                placeholder: if able { t.text("talk-hint") } else { String::new() },
                readonly: !able,
                "aria-disabled": (!able).then_some("true"),
                "aria-invalid": wrong.then_some("true"),
                "aria-describedby": described,
                oninput: move |event| oninput.call(event.value()),
                onkeydown: move |event| {
                    if event.is_composing() {
                        return;
                    }
                    let empty = browser::text_in(TEXT).is_none_or(|text| text.is_empty());
                    let Some(stroke) = stroke(&event.key(), event.modifiers(), empty) else { return };
                    event.prevent_default();
                    if stroke == Stroke::Leave {
                        event.stop_propagation();
                    }
                    onstroke.call(stroke);
                },
            }
        }
    }
}

/// What stands below what is typed.
#[component]
fn Tools(
    able: bool,
    length: usize,
    versions: Option<Element>,
    onsend: EventHandler<()>,
    onpick: EventHandler<()>,
    onattach: Option<EventHandler<()>>,
    onversions: Option<EventHandler<()>>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let label = t.text("do-quick-reply");
    let described = (!able).then(|| "talk-why".to_owned());
    rsx! {
        div { class: "say-do",
            span { "aria-keyshortcuts": shortcut(Act::QuickReply, shell),
                IconButton { id: "talk-quick", icon: "bolt", label, popup: "listbox", disabled: !able, onpress: move |()| onpick.call(()) }
            }
            if let Some(onattach) = onattach {
                span { "aria-keyshortcuts": shortcut(Act::Attach, shell),
                    IconButton { id: "talk-attach", icon: "clip", label: t.text("do-attach"), disabled: !able, onpress: move |()| onattach.call(()) }
                }
            }
            if let Some(onversions) = onversions {
                span { class: "say-v",
                    IconButton { id: VERSIONS, icon: "design", label: t.text("talk-versions"), popup: "menu", disabled: !able, onpress: move |()| onversions.call(()) }
                    if let Some(versions) = versions {
                        {versions}
                    }
                }
            }
            if length > COUNTED {
                span { class: "t3 s12 num", "{length} / {ChatText::MOST}" }
            }
            span { class: "push hstack hstack-1 t3 s12 hide-s", "aria-hidden": "true",
                Kbd { keys: "Shift+Enter" }
                {t.text("talk-new-line")}
            }
            Button {
                id: "talk-send",
                text: t.text("talk-send"),
                icon: "outbox",
                look: Look::Primary,
                class: "btn-sm",
                keys: "Enter",
                disabled: !able,
                described_by: described,
                onpress: move |()| onsend.call(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_sends_and_an_empty_box_has_keys_of_its_own() {
        let none = Modifiers::empty();
        let slash = Key::Character("/".to_owned());
        assert_eq!(stroke(&Key::Enter, none, false), Some(Stroke::Send));
        assert_eq!(stroke(&Key::Enter, Modifiers::SHIFT, false), None, "a new line");
        assert_eq!((stroke(&slash, none, true), stroke(&slash, none, false)), (Some(Stroke::Pick), None));
        assert_eq!(stroke(&slash, Modifiers::SHIFT, true), Some(Stroke::Pick), "some keyboards have it above a figure");
        assert_eq!((stroke(&Key::ArrowUp, none, true), stroke(&Key::ArrowUp, none, false)), (Some(Stroke::Last), None));
        assert_eq!(stroke(&Key::Escape, none, false), Some(Stroke::Leave));
    }
}
