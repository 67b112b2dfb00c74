//! The list of texts for answering quickly: looked through by a few letters, read before it is taken, and put into the box. It
//! never sends anything.

use bridge::QuickReplyView;
use dioxus::prelude::*;
use domain::{records::Placeholder, search::Wanted, words::Words};

use crate::{
    browser,
    components::{button::Kbd, icon::Icon},
    words::use_words,
};

const FIELD: &str = "talk-pick";
const LIST: &str = "talk-pick-list";
const PREVIEW: &str = "talk-pick-preview";

/// The texts that have what is typed in them.
fn found(replies: &[QuickReplyView], typed: &str) -> Vec<usize> {
    let wanted = Wanted::new(typed);
    let has = |reply: &QuickReplyView| wanted.is_in_texts(&[&reply.title, &reply.text]);
    replies.iter().enumerate().filter(|(_, reply)| has(reply)).map(|(n, _)| n).collect()
}

/// What stayed open in a text, by the names of the gaps: «anggaran, tenggat».
pub(crate) fn gaps(words: &Words, open: &[Placeholder]) -> String {
    let mut names: Vec<String> = Vec::new();
    for gap in open {
        let name = words.text(gap_word(gap));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The key of what a gap stands for.
pub(crate) const fn gap_word(gap: &Placeholder) -> &'static str {
    match gap {
        Placeholder::Client => "gap-client",
        Placeholder::Order => "gap-order",
        Placeholder::Deadline => "gap-deadline",
        Placeholder::Budget => "gap-budget",
        Placeholder::Status => "gap-status",
        Placeholder::Me => "gap-me",
        Placeholder::Today => "gap-today",
        Placeholder::Unknown(_) => "gap-unknown",
    }
}

/// The list, open as long as it is drawn. `onclose` says whether the focus belongs back in the box.
#[component]
pub(crate) fn Picker(
    /// The texts; nothing while they are coming.
    replies: Option<Vec<QuickReplyView>>,
    /// Why they could not be read.
    failed: Option<String>,
    onchoose: EventHandler<usize>,
    onclose: EventHandler<bool>,
    /// A second slash: the sign itself was meant.
    onslash: EventHandler<()>,
) -> Element {
    let t = use_words();
    let (typed, at) = (use_signal(String::new), use_signal(|| 0_usize));
    let all = replies.clone().unwrap_or_default();
    let hits = found(&all, &typed.read());
    let reached = at().min(hits.len().saturating_sub(1));
    let here = hits.get(reached).copied();
    rsx! {
        div {
            class: "pick",
            id: "talk-picker",
            role: "group",
            "aria-label": t.text("do-quick-reply"),
            onfocusout: move |_| {
                // It ends with the list: one that is gone has nobody to tell.
                spawn(async move {
                    browser::sleep(0).await;
                    if !browser::focus_is_within("talk-picker") && browser::window_has_focus() {
                        onclose.call(false);
                    }
                });
            },
            Look { typed, at, count: hits.len(), here, onchoose, onclose, onslash }
            if let Some(failed) = failed {
                p { class: "err pick-none", role: "alert", {failed} }
            } else if replies.is_none() {
                p { class: "t3 pick-none", role: "status", {t.text("loading")} }
            } else if all.is_empty() {
                p { class: "t2 pick-none", role: "status", {t.text("pick-empty")} }
            } else if hits.is_empty() {
                p { class: "t2 pick-none", role: "status", {t.text("inbox-not-found")} }
            } else {
                Options { all, hits, here, onchoose }
            }
        }
    }
}

/// The field in which a text is looked for; its keys move in the list and choose from it.
#[component]
fn Look(
    typed: Signal<String>,
    at: Signal<usize>,
    /// How many were found.
    count: usize,
    /// The one at the cursor.
    here: Option<usize>,
    onchoose: EventHandler<usize>,
    onclose: EventHandler<bool>,
    onslash: EventHandler<()>,
) -> Element {
    let t = use_words();
    let (mut typed, mut at) = (typed, at);
    use_effect(|| _ = browser::focus(FIELD));
    use_effect(use_reactive((&here,), |(here,)| {
        if let Some(n) = here {
            browser::show(&option_id(n));
        }
    }));
    let pressed = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let last = count.saturating_sub(1);
        let reached = at.peek().min(last);
        match event.key() {
            Key::ArrowDown => at.set(if reached == last { 0 } else { reached + 1 }),
            Key::ArrowUp => at.set(if reached == 0 { last } else { reached - 1 }),
            Key::Enter => {
                if let Some(n) = here {
                    onchoose.call(n);
                }
            }
            Key::Escape => {
                event.stop_propagation();
                onclose.call(true);
            }
            Key::Character(sign) if sign == "/" && event.modifiers().is_empty() && typed.peek().is_empty() => onslash.call(()),
            _ => return,
        }
        event.prevent_default();
    };
    rsx! {
        div { class: "pick-in",
            Icon { name: "bolt", size: 14 }
            input {
                id: FIELD,
                r#type: "text",
                role: "combobox",
                autocomplete: "off",
                spellcheck: "false",
                value: typed,
                placeholder: t.text("pick-hint"),
                "aria-label": t.text("pick-label"),
                "aria-autocomplete": "list",
                "aria-expanded": here.is_some().to_string(),
                "aria-controls": here.is_some().then_some(LIST),
                "aria-activedescendant": here.map(option_id),
                "aria-describedby": here.is_some().then_some(PREVIEW),
                oninput: move |event| {
                    typed.set(event.value());
                    at.set(0);
                },
                onkeydown: pressed,
            }
            Kbd { keys: "Escape" }
        }
    }
}

/// What was found, and what the one at the cursor would put into the box.
#[component]
fn Options(all: Vec<QuickReplyView>, hits: Vec<usize>, here: Option<usize>, onchoose: EventHandler<usize>) -> Element {
    let t = use_words();
    rsx! {
        div { class: "pick-l", id: LIST, role: "listbox", "aria-label": t.text("do-quick-reply"),
            for n in hits {
                div {
                    key: "{all[n].id}",
                    id: option_id(n),
                    class: "pal-o",
                    role: "option",
                    "aria-selected": (Some(n) == here).to_string(),
                    // A press must not take the focus out of the list before it is heard.
                    onmousedown: |event| event.prevent_default(),
                    onclick: move |_| onchoose.call(n),
                    span { class: "med cut",
                        bdi { "{all[n].title}" }
                    }
                    span { class: "t3 s12 cut grow",
                        bdi { "{all[n].text}" }
                    }
                }
            }
        }
        if let Some(reply) = here.and_then(|n| all.get(n)) {
            Preview { reply: reply.clone() }
        }
    }
}

fn option_id(n: usize) -> String {
    format!("talk-pick-{n}")
}

/// What would stand in the box.
#[component]
fn Preview(reply: QuickReplyView) -> Element {
    let t = use_words();
    let open = gaps(&t, &reply.open);
    rsx! {
        div { class: "pick-p", id: PREVIEW,
            bdi { class: "msg-x", {reply.filled.unwrap_or(reply.text)} }
            if !open.is_empty() {
                p { class: "hint", {t.with("pick-open", &[("gaps", open.into())])} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn reply(n: u8, title: &str, text: &str) -> QuickReplyView {
        let id = format!("019abf6b-9d3c-7000-8000-0000000000{n:02}").parse().unwrap();
        QuickReplyView { id, title: title.into(), text: text.into(), filled: None, open: Vec::new(), ours: false }
    }

    #[test]
    fn a_text_is_found_by_its_title_and_by_what_it_says() {
        let all = [reply(1, "Salam pembuka", "Halo {klien}"), reply(2, "Tanya anggaran", "Boleh kami tahu?")];
        assert_eq!(found(&all, ""), [0, 1]);
        assert_eq!((found(&all, "SALAM"), found(&all, "tahu"), found(&all, "zzz")), (vec![0], vec![1], vec![]));
    }

    #[test]
    fn a_gap_that_stayed_open_twice_is_named_once() {
        let open = [Placeholder::Budget, Placeholder::Deadline, Placeholder::Budget];
        assert_eq!(gaps(&Words::new(Lang::Id), &open), "anggaran, tenggat");
    }
}
