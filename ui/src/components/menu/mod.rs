//! A menu below its button: arrows move, Enter chooses, Escape and a loss of focus close it.

use dioxus::prelude::*;

use super::{button::Kbd, icon::Icon};
use crate::browser;

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Item {
    /// What it says.
    pub(crate) text: String,
    /// Its glyph; empty for none.
    pub(crate) icon: &'static str,
    /// Its key outside the menu.
    pub(crate) keys: Option<&'static str>,
    /// For a choice: whether it is the chosen one.
    pub(crate) checked: Option<bool>,
    /// Why it cannot be chosen now.
    pub(crate) why_not: Option<String>,
}

/// A menu that is open as long as it is drawn. `onclose` says whether the focus belongs back on the button.
#[component]
pub(crate) fn Menu(
    id: &'static str,
    label: String,
    items: Vec<Item>,
    onchoose: EventHandler<usize>,
    onclose: EventHandler<bool>,
    #[props(default)] class: &'static str,
) -> Element {
    let chosen = items.iter().position(|item| item.checked == Some(true)).unwrap_or(0);
    let mut at = use_signal(|| chosen);
    use_effect(move || {
        browser::focus(&format!("{id}-{}", at()));
    });
    let count = items.len().max(1);
    rsx! {
        div {
            id,
            class: "menu {class}",
            role: "menu",
            "aria-label": label,
            onkeydown: move |event| {
                let to = match event.key() {
                    Key::ArrowDown => (at() + 1) % count,
                    Key::ArrowUp => (at() + count - 1) % count,
                    Key::Home => 0,
                    Key::End => count - 1,
                    Key::Escape | Key::Tab => {
                        onclose.call(event.key() == Key::Escape);
                        if event.key() == Key::Escape {
                            event.prevent_default();
                        }
                        return event.stop_propagation();
                    }
                    _ => return,
                };
                event.prevent_default();
                event.stop_propagation();
                at.set(to);
            },
            onfocusout: move |_| {
                // It ends with the menu: a menu that is gone has nobody to tell.
                spawn(async move {
                    // The focus is nowhere while it moves from one line to the next.
                    browser::sleep(0).await;
                    if !browser::focus_is_within(id) {
                        onclose.call(false);
                    }
                });
            },
            for (n , item) in items.into_iter().enumerate() {
                Line { key: "{n}", id: "{id}-{n}", item, reached: n == at(), onpress: move |()| onchoose.call(n) }
            }
        }
    }
}

#[component]
fn Line(id: String, item: Item, reached: bool, onpress: EventHandler<()>) -> Element {
    let able = item.why_not.is_none();
    rsx! {
        button {
            id,
            r#type: "button",
            class: "menu-i",
            role: if item.checked.is_some() { "menuitemradio" } else { "menuitem" },
            "aria-checked": item.checked.map(|c| c.to_string()),
            "aria-disabled": (!able).then_some("true"),
            tabindex: if reached { "0" } else { "-1" },
            onclick: move |_| {
                if able {
                    onpress.call(());
                }
            },
            if item.checked.is_some() {
                span { class: "menu-c",
                    if item.checked == Some(true) {
                        Icon { name: "check", size: 14 }
                    }
                }
            } else if !item.icon.is_empty() {
                Icon { name: item.icon }
            }
            span { class: "grow",
                "{item.text}"
                if let Some(why) = &item.why_not {
                    span { class: "menu-why", "{why}" }
                }
            }
            if let Some(keys) = item.keys {
                Kbd { keys }
            }
        }
    }
}
