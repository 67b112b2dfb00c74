//! The palette: every act of the screen and every record by a few letters, wholly by keyboard (ui.md, section 5; picture 09).
//! The focus stays in the field; the entry at the cursor is named to assistive technology (`aria-activedescendant`).

mod entries;
mod list;
mod ranking;
mod state;

use dioxus::prelude::*;

pub(crate) use state::PaletteState;

use crate::{
    acting::Acting,
    actions::aria,
    browser,
    components::{
        button::{Button, Kbd},
        icon::Icon,
    },
    shell::{Place, Shell},
    words::{many, use_words},
};
use ranking::{Group, Hit};

const DIALOG: &str = "palette";
const FIELD: &str = "palette-text";
const LIST: &str = "palette-list";
/// How many entries a page has.
const PAGE: usize = 8;

/// The palette, open as long as it is drawn.
#[component]
pub(crate) fn Palette() -> Element {
    let palette = use_context::<PaletteState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    use_effect(|| {
        browser::show_dialog(DIALOG);
        browser::focus(FIELD);
    });
    let acts = use_memo(move || palette.acts(acting));
    let groups = use_memo(move || palette.groups(&acts.read()));
    // Whoever pressed Enter before the desk had answered gets the first thing that is meant.
    use_effect(move || {
        if !palette.is_waiting() && (palette.hurried)() {
            let mut hurried = palette.hurried;
            hurried.set(false);
            let first = nth(&groups.peek(), 0).map(|hit| hit.entry.clone());
            if let Some(entry) = first {
                palette.choose(&entry, acting);
            }
        }
    });
    rsx! {
        dialog {
            id: DIALOG,
            class: "dialog pal",
            "aria-label": t.text("palette"),
            oncancel: move |event| {
                event.prevent_default();
                event.stop_propagation();
                palette.leave();
            },
            // A press beside it closes it; one inside does not come this far.
            onclick: move |_| palette.leave(),
            div { class: "pal-w", onclick: |event| event.stop_propagation(),
                Field { groups }
                list::List { groups }
                Foot { groups }
            }
        }
    }
}

/// The field, behind what the acts would be done to.
#[component]
fn Field(groups: Memo<Vec<Group>>) -> Element {
    let palette = use_context::<PaletteState>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let groups = groups.read();
    let reached = palette.reached(&groups).and_then(|n| nth(&groups, n)).map(|hit| hit.entry.id.clone());
    let shown = reached.clone();
    use_effect(use_reactive((&shown,), |(shown,)| {
        if let Some(id) = shown {
            browser::show(&id);
        }
    }));
    rsx! {
        div { class: "pal-in",
            About {}
            input {
                id: FIELD,
                r#type: "text",
                role: "combobox",
                autocomplete: "off",
                spellcheck: "false",
                autocapitalize: "off",
                value: palette.text,
                placeholder: t.text("palette-hint"),
                "aria-label": t.text("palette-label"),
                "aria-expanded": reached.is_some().to_string(),
                "aria-controls": reached.is_some().then_some(LIST),
                "aria-autocomplete": "list",
                "aria-activedescendant": reached,
                oninput: move |event| palette.write(event.value()),
                onkeydown: move |event| key(palette, acting, &event),
            }
            Kbd { keys: "Escape" }
        }
    }
}

/// The record that is open, or how many are chosen: the acts would be done to that.
#[component]
fn About() -> Element {
    let acting = use_context::<Acting>();
    let Acting { inbox, orders, conversations, clients, outbox, staff, .. } = acting;
    let t = use_words();
    let chosen = acting.chosen();
    let about = match acting.detail() {
        _ if chosen > 0 => Some(("check", t.count("chosen", many(chosen)))),
        Place::Inbox => inbox.request().map(|it| ("consult", it.client_name.to_string())),
        Place::Orders => orders.order().map(|it| (it.design_type.glyph(), it.client_name.to_string())),
        Place::Conversations => conversations.row().map(|row| ("chat", row.conversation.client_name.to_string())),
        Place::Clients => clients.client().map(|it| ("person", it.name.to_string())),
        Place::Outbox => outbox.opened.read().as_ref().map(|reply| ("outbox", reply.entry.title.clone())),
        Place::Staff => staff.opened().map(|row| ("expert", row.user.name.to_string())),
        Place::Import | Place::Notices | Place::Report | Place::Audit | Place::Settings => None,
    };
    rsx! {
        if let Some((glyph, name)) = about.filter(|(_, name)| !name.is_empty()) {
            span { class: "pal-ctx",
                Icon { name: glyph, size: 14 }
                bdi { class: "cut", "{name}" }
            }
        }
    }
}

/// The entry at this place of the whole list.
fn nth(groups: &[Group], n: usize) -> Option<&Hit> {
    groups.iter().flat_map(|group| &group.hits).nth(n)
}

/// Keys move in the list and choose from it; whatever else is typed belongs to the field.
fn key(palette: PaletteState, acting: Acting, event: &KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    let groups = palette.groups(&palette.acts(acting));
    let count: usize = groups.iter().map(|group| group.hits.len()).sum();
    let at = palette.reached(&groups).unwrap_or(0);
    let last = count.saturating_sub(1);
    let held = event.modifiers();
    let to = match event.key() {
        Key::Character(k) if k.eq_ignore_ascii_case("k") && (held.ctrl() || held.meta()) => {
            event.prevent_default();
            return palette.leave();
        }
        Key::Enter => {
            event.prevent_default();
            return enter(palette, acting, &groups, at);
        }
        _ if !held.is_empty() => return,
        Key::ArrowDown => (at + 1) % count.max(1),
        Key::ArrowUp => (at + last) % count.max(1),
        Key::Home => 0,
        Key::End => last,
        Key::PageDown => (at + PAGE).min(last),
        Key::PageUp => at.saturating_sub(PAGE),
        _ => return,
    };
    event.prevent_default();
    if let Some(hit) = nth(&groups, to) {
        palette.move_to(&hit.entry);
    }
}

/// Chooses what is at the cursor. Where that may be chance and the desk has not answered, its answer is waited for: nobody who
/// types a name and Enter means an act that happens to have its letters.
fn enter(palette: PaletteState, acting: Acting, groups: &[Group], at: usize) {
    let hit = nth(groups, at);
    let meant = palette.is_moved() || hit.is_some_and(|hit| hit.strong);
    if palette.is_waiting() && !meant {
        let mut hurried = palette.hurried;
        hurried.set(true);
    } else if let Some(hit) = hit {
        palette.choose(&hit.entry, acting);
    }
}

/// What keys do, and how many entries there are; what the desk could not do.
#[component]
fn Foot(groups: Memo<Vec<Group>>) -> Element {
    let palette = use_context::<PaletteState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let count: usize = groups.read().iter().map(|group| group.hits.len()).sum();
    let waiting = palette.is_waiting();
    let error = palette.records.read().error.clone();
    let hints = [(&[">"][..], "palette-only-acts"), (&["#"], "palette-only-numbers"), (&["@"], "palette-only-clients")];
    rsx! {
        if let Some(error) = error {
            div { class: "pal-s", role: "alert",
                Icon { name: "sy-refuse", size: 14 }
                span { class: "grow",
                    b { {t.text("palette-failed")} }
                    " "
                    {shell.trouble(&error)}
                }
                Button { text: t.text("retry"), class: "btn-sm", onpress: move |()| palette.retry() }
            }
        }
        div { class: "pal-f",
            span { class: "hstack hstack-1",
                Kbd { keys: "ArrowUp" }
                Kbd { keys: "ArrowDown" }
                {t.text("palette-move")}
            }
            span { class: "hstack hstack-1",
                Kbd { keys: "Enter" }
                {t.text("palette-run")}
            }
            for (keys , word) in hints {
                span { key: "{word}", class: "hstack hstack-1 hide-s",
                    Kbd { keys: keys[0] }
                    {t.text(word)}
                }
            }
            span { class: "push num", role: "status",
                if waiting {
                    {t.text("palette-asking")}
                } else if count > 0 {
                    {t.count("palette-count", i64::try_from(count).unwrap_or(0))}
                }
            }
        }
    }
}

/// A key for assistive technology, chords after one another parted by a space.
fn spoken(keys: &[&'static str]) -> Option<String> {
    let all: Vec<String> = keys.iter().map(|key| aria(key, browser::is_mac())).collect();
    // Keys that are pressed one after another are no shortcut that the attribute can say.
    (all.len() == 1).then(|| all.concat())
}
