//! The menu of what else can be done with the open record.

use dioxus::prelude::*;

use crate::{
    actions::{Act, Spec},
    browser,
    components::{
        button::IconButton,
        menu::{Item, Menu},
    },
    shell::Shell,
    words::use_words,
};

/// The button and its menu. Whoever chose an act, or closed the menu, has the focus on the button again.
#[component]
pub(crate) fn MoreActs(
    /// The id of the button.
    id: &'static str,
    /// The id of the menu.
    menu: &'static str,
    /// The acts that are offered, each with why it cannot be done now.
    acts: Vec<(Act, Option<String>)>,
    /// What acts are called here that are not called so everywhere.
    #[props(default)]
    words: Vec<(Act, &'static str)>,
    open: bool,
    /// It is opened, or closed.
    onopen: EventHandler<bool>,
    onact: EventHandler<Act>,
) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let item = |(act, why_not): &(Act, Option<String>)| {
        let Spec { word, glyph, .. } = act.spec();
        let word = words.iter().find(|(other, _)| other == act).map_or(word, |(_, word)| *word);
        Item { text: t.text(word), icon: glyph, keys: act.key(shell), checked: None, why_not: why_not.clone() }
    };
    let items: Vec<Item> = acts.iter().map(item).collect();
    rsx! {
        span { class: "menu-at",
            IconButton { id, icon: "more", label: t.text("more"), popup: "menu", expanded: open, onpress: move |()| onopen.call(!open) }
            if open {
                Menu {
                    id: menu,
                    label: t.text("more"),
                    items,
                    class: "menu-end",
                    onchoose: move |n: usize| {
                        onopen.call(false);
                        browser::focus(id);
                        if let Some((act, _)) = acts.get(n) {
                            onact.call(*act);
                        }
                    },
                    onclose: move |back: bool| {
                        onopen.call(false);
                        if back {
                            browser::focus(id);
                        }
                    },
                }
            }
        }
    }
}
