//! What was found, in its parts.

use dioxus::prelude::*;

use super::{
    DIALOG, FIELD, LIST, nth,
    ranking::{Group, Hit, Typed},
    spoken,
    state::PaletteState,
};
use crate::{
    acting::Acting,
    browser,
    components::{button::Kbd, icon::Icon},
    words::use_words,
};

/// The list; where there is nothing in it, why.
#[component]
pub(super) fn List(groups: Memo<Vec<Group>>) -> Element {
    let palette = use_context::<PaletteState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let chosen = acting.chosen() > 0;
    let groups = groups.read();
    let reached = palette.reached(&groups).and_then(|n| nth(&groups, n)).cloned();
    let at = reached.as_ref().map(|hit| hit.entry.id.clone()).unwrap_or_default();
    rsx! {
        if groups.is_empty() {
            Nothing {}
        } else {
            div {
                id: LIST,
                class: "pal-l",
                role: "listbox",
                "aria-label": t.text("palette-hits"),
                "aria-busy": palette.is_waiting().then_some("true"),
                // The field keeps the focus while an entry is pressed.
                onmousedown: |event| event.prevent_default(),
                for group in groups.iter().cloned() {
                    div { key: "{group.section:?}", role: "group", "aria-labelledby": "{DIALOG}-{group.section:?}",
                        div { class: "pal-g", role: "presentation", id: "{DIALOG}-{group.section:?}", {t.text(group.section.word(acting.detail(), chosen))} }
                        for hit in group.hits {
                            Line { key: "{hit.entry.id}", reached: hit.entry.id == at, hit }
                        }
                    }
                }
            }
        }
        // VoiceOver does not follow the cursor of a field in this webview: there it is said (ui.md, section 5).
        if browser::is_mac() {
            div { class: "sr", role: "status", "aria-live": "polite",
                if let Some(hit) = reached {
                    {hit.entry.label}
                }
            }
        }
    }
}

/// Nothing was found, or nothing is there yet.
#[component]
fn Nothing() -> Element {
    let palette = use_context::<PaletteState>();
    let t = use_words();
    let typed = Typed::new(&palette.text.read());
    let failed = palette.records.read().error.is_some();
    rsx! {
        p { class: "pal-none", role: "status",
            if palette.is_waiting() {
                span { class: "skeleton", {t.text("palette-asking")} }
            } else if failed {
                " "
            } else if typed.text.is_empty() {
                {t.text("client-find-hint")}
            } else {
                {t.text("inbox-not-found")}
            }
        }
    }
}

/// An entry.
#[component]
fn Line(hit: Hit, reached: bool) -> Element {
    let palette = use_context::<PaletteState>();
    let acting = use_context::<Acting>();
    let Hit { entry, at, by, .. } = hit;
    let (chosen, label) = (entry.clone(), entry.label.clone());
    // What it was found by is shown, unless it stands there anyway.
    let by = by.filter(|(by, _)| !entry.aside.contains(by.as_str()));
    rsx! {
        div {
            id: "{entry.id}",
            class: "pal-o",
            role: "option",
            "aria-selected": reached.to_string(),
            "aria-disabled": entry.why_not.is_some().then_some("true"),
            "aria-keyshortcuts": spoken(&entry.keys),
            onclick: move |_| {
                palette.move_to(&chosen);
                palette.choose(&chosen, acting);
                browser::focus(FIELD);
            },
            Icon { name: entry.glyph }
            span { class: "grow cut",
                bdi {
                    Marked { text: label, at }
                }
                if let Some((text, at)) = by {
                    span { class: "t3 pal-by",
                        " "
                        bdi {
                            Marked { text, at }
                        }
                    }
                }
                if !entry.aside.is_empty() {
                    span { class: "t3 num pal-by",
                        " "
                        bdi { "{entry.aside}" }
                    }
                }
            }
            if let Some(why) = &entry.why_not {
                span { class: "pal-why s12", "{why}" }
            } else {
                span { class: "hstack hstack-1",
                    for keys in entry.keys.iter().copied() {
                        Kbd { key: "{keys}", keys }
                    }
                }
            }
        }
    }
}

/// A text with some of its characters set apart.
#[component]
fn Marked(text: String, at: Vec<usize>) -> Element {
    rsx! {
        for (n , (found , part)) in parts(&text, &at).into_iter().enumerate() {
            if found {
                mark { key: "{n}", "{part}" }
            } else {
                Fragment { key: "{n}", "{part}" }
            }
        }
    }
}

/// A text in parts that were found and parts that were not.
fn parts(text: &str, at: &[usize]) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (n, c) in text.chars().enumerate() {
        let found = at.binary_search(&n).is_ok();
        match parts.last_mut().filter(|(last, _)| *last == found) {
            Some((_, part)) => part.push(c),
            None => parts.push((found, c.to_string())),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_set_apart_in_runs() {
        let own = |parts: &[(bool, &str)]| parts.iter().map(|(found, part)| (*found, (*part).to_owned())).collect::<Vec<_>>();
        assert_eq!(parts("Batal", &[2, 3]), own(&[(false, "Ba"), (true, "ta"), (false, "l")]));
        assert_eq!(parts("É", &[0]), own(&[(true, "É")]));
        assert_eq!(parts("", &[]), []);
    }
}
