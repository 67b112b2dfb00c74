//! Tabs: one stop for Tab, arrows, Home and End within; what is reached is chosen at once, because everything is local.

use dioxus::prelude::*;

use crate::browser;

/// A row of tabs over the panel of this id. Each has an id and a name.
#[component]
pub(crate) fn Tabs(
    label: String,
    tabs: Vec<(&'static str, String)>,
    /// How many there are in each, in words, where that is said: as many as there are tabs, or none at all.
    #[props(default)]
    counts: Vec<String>,
    chosen: usize,
    panel: &'static str,
    /// Whether the chosen one is underlined, as parts of one record are, and not filled, as lists to choose from.
    #[props(default)]
    lined: bool,
    onchoose: EventHandler<usize>,
) -> Element {
    let ids: Vec<&'static str> = tabs.iter().map(|(id, _)| *id).collect();
    let moved = move |event: KeyboardEvent| {
        if let Some(to) = reached(&event.key(), chosen, ids.len()) {
            event.prevent_default();
            // The list below has these keys too.
            event.stop_propagation();
            browser::focus(ids[to]);
            onchoose.call(to);
        }
    };
    rsx! {
        div { class: if lined { "tabs" } else { "sub" }, role: "tablist", "aria-label": label, onkeydown: moved,
            for (n , (id , name)) in tabs.into_iter().enumerate() {
                button {
                    key: "{id}",
                    id,
                    r#type: "button",
                    class: if lined { "tab" } else { "seg" },
                    role: "tab",
                    "aria-selected": (n == chosen).to_string(),
                    "aria-controls": panel,
                    tabindex: if n == chosen { "0" } else { "-1" },
                    onclick: move |_| onchoose.call(n),
                    {name}
                    if let Some(count) = counts.get(n).filter(|count| !count.is_empty()) {
                        span { class: "n", {count.clone()} }
                    }
                }
            }
        }
    }
}

/// Which tab a key leads to; they go round.
fn reached(key: &Key, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        Key::ArrowRight => (at + 1) % count,
        Key::ArrowLeft => (at + last) % count,
        Key::Home => 0,
        Key::End => last,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_home_and_end_lead_to_the_ends() {
        let at = |key, at| reached(&key, at, 3);
        assert_eq!((at(Key::ArrowRight, 2), at(Key::ArrowLeft, 0), at(Key::ArrowRight, 0)), (Some(0), Some(2), Some(1)));
        assert_eq!((at(Key::Home, 2), at(Key::End, 0), at(Key::ArrowDown, 0)), (Some(0), Some(2), None));
        assert_eq!(reached(&Key::End, 0, 0), None);
    }
}
