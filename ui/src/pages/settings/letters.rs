//! Pintasan: keys of one letter can be switched off, and each can be another letter (WCAG 2.1.4; ui.md, section 7). What a letter
//! may be, the rulebook says.

use dioxus::prelude::*;
use domain::letters::{LetterProblem, Lettered, Letters};

use super::rows::{SetRow, Switch};
use crate::{
    actions::{Act, REGISTRY, Spec},
    browser,
    components::{
        button::{ActKbd, Button, IconButton, Look},
        icon::Icon,
    },
    shell::{Place, Shell},
    words::use_words,
};

/// The name of the act that the table of letters calls so.
fn name_of(act: &str, words: &domain::words::Words) -> String {
    REGISTRY.iter().find(|spec| spec.name() == act).map_or_else(String::new, |spec| words.text(spec.word))
}

/// Why a letter cannot be an act's, in words.
fn problem_text(problem: &LetterProblem, words: &domain::words::Words) -> String {
    match problem {
        LetterProblem::UnknownAct(_) | LetterProblem::NotALetter(_) => words.text("letter-not"),
        LetterProblem::Kept(letter) => words.with("letter-kept", &[("letter", letter.to_string().into())]),
        LetterProblem::Taken { letter, by } => {
            words.with("letter-taken", &[("letter", letter.to_string().into()), ("act", name_of(by, words).into())])
        }
    }
}

/// The switch, and every act with its letter.
#[component]
pub(super) fn LetterRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let letters = shell.letters();
    let acts = REGISTRY.iter().filter(|spec| spec.is_for(shell)).filter_map(|spec| Some((spec.act, spec.lettered()?)));
    rsx! {
        SetRow { id: "set-letters", title: t.text("set-letters"), more: t.text("set-letters-more"),
            Switch { id: "set-letters", on: letters.on, onswitch: move |on| shell.change_preferences(|p| p.letters.on = on) }
        }
        if letters.on {
            ul { class: "set-keys", "aria-label": t.text("letters-list"),
                for (act , line) in acts {
                    li { key: "{line.act}", class: "set-key",
                        span { class: "grow",
                            span { class: "med", {t.text(act.spec().word)} }
                            span { class: "t3 s12", " " {where_it_is(line, &t)} }
                        }
                        LetterKey { act, at: "set" }
                    }
                }
            }
            if !letters.own.is_empty() {
                Button {
                    text: t.text("letters-reset"),
                    look: Look::Quiet,
                    icon: "undo",
                    onpress: move |()| shell.change_preferences(|p| p.letters.own.clear()),
                }
            }
        }
    }
}

/// «Antrean, Antrean kirim»: the screens that have an act.
fn where_it_is(line: &Lettered, words: &domain::words::Words) -> String {
    let screens: Vec<String> =
        Place::ALL.iter().filter(|place| line.screens.contains(&place.wire())).map(|place| words.text(place.word())).collect();
    if screens.is_empty() { words.text("sheet-everywhere") } else { screens.join(", ") }
}

/// The key of an act, and the way to another one: a button, then a field for one letter. `at` tells two lists apart.
#[component]
pub(crate) fn LetterKey(act: Act, at: &'static str) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    // Nothing until somebody has wanted another key.
    let mut typing = use_signal(|| None::<bool>);
    let spec = act.spec();
    let name = t.text(spec.word);
    let id = format!("{at}-key-{}", spec.name());
    let back = id.clone();
    use_effect(move || {
        if typing() == Some(false) {
            browser::focus(&back);
        }
    });
    if spec.lettered().is_none() || !shell.letters().on {
        return rsx! {};
    }
    rsx! {
        if typing() == Some(true) {
            OneLetter { spec, id, onclose: move |()| typing.set(Some(false)) }
        } else {
            ActKbd { act }
            span { class: "sr", {t.with("letter-now", &[("letter", act.key(shell).unwrap_or_default().into())])} }
            IconButton {
                id,
                icon: "keyboard",
                label: t.with("letter-change", &[("act", name.into())]),
                onpress: move |()| typing.set(Some(true)),
            }
        }
    }
}

/// The field: the letter that is typed holds at once, or the reason why it cannot stands below.
#[component]
fn OneLetter(spec: Spec, id: String, onclose: EventHandler<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut typed = use_signal(String::new);
    let mut problem = use_signal(|| None::<LetterProblem>);
    let field = format!("{id}-letter");
    let focused = field.clone();
    use_effect(move || _ = browser::focus(&focused));
    let choose = move |letter: char| {
        let changed: Result<Letters, LetterProblem> = shell.preferences.peek().letters.give(spec.name(), letter);
        match changed {
            Ok(letters) => {
                let words = shell.words();
                let said = [("act", words.text(spec.word).into()), ("letter", letter.to_ascii_uppercase().to_string().into())];
                shell.say(&words.with("letter-done", &said));
                shell.change_preferences(|p| p.letters = letters);
                onclose.call(());
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    let mut choose_typed = choose;
    let mut choose_first = choose;
    let first = spec.lettered().filter(|line| shell.letters().own.contains_key(line.act)).map(|line| line.key);
    rsx! {
        div { class: "vstack letter",
            div { class: "hstack hstack-1",
                label { class: "sr", r#for: field.clone(), {t.with("letter-for", &[("act", t.text(spec.word).into())])} }
                div { class: if problem.read().is_some() { "input is-bad" } else { "input" },
                    input {
                        id: field.clone(),
                        r#type: "text",
                        value: typed,
                        autocomplete: "off",
                        autocapitalize: "off",
                        spellcheck: "false",
                        "aria-invalid": problem.read().is_some().then_some("true"),
                        "aria-describedby": "{field}-hint",
                        oninput: move |event| {
                            // The last one that was typed is meant: after a refusal the next letter takes its place.
                            let last = event.value().chars().last();
                            typed.set(last.map(String::from).unwrap_or_default());
                            if let Some(letter) = last {
                                choose_typed(letter);
                            }
                        },
                        onkeydown: move |event| {
                            // Only the field closes: what lies below it is the next layer.
                            if event.key() == Key::Escape {
                                event.prevent_default();
                                event.stop_propagation();
                                onclose.call(());
                            }
                        },
                    }
                }
                if let Some(first) = first {
                    Button {
                        text: t.with("letter-first", &[("letter", first.to_string().into())]),
                        look: Look::Quiet,
                        class: "btn-sm",
                        onpress: move |()| choose_first(first),
                    }
                }
                Button { text: t.text("cancel"), look: Look::Quiet, class: "btn-sm", onpress: move |()| onclose.call(()) }
            }
            p { id: "{field}-hint", class: if problem.read().is_some() { "err" } else { "hint" }, role: "status",
                if let Some(why) = &*problem.read() {
                    Icon { name: "sy-refuse", size: 14 }
                    span { {problem_text(why, &t)} }
                } else {
                    {t.text("letter-hint")}
                }
            }
        }
    }
}
