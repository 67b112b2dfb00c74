//! The shortcut sheet: what this screen and this role allow, with a field to find one.

use dioxus::prelude::*;

use crate::{
    acting::Acting,
    actions::{Act, REGISTRY, Scope, Spec, aria},
    browser,
    components::{
        button::{Button, Kbd, Look},
        dialog::{Dialog, close},
        field::TextInput,
    },
    pages::settings::LetterKey,
    shell::Shell,
    words::use_words,
};

/// A part of the sheet: the key of its name, and what belongs to it.
type Part = (&'static str, fn(&Spec) -> bool);

const PARTS: [Part; 3] = [
    ("sheet-here", |spec| matches!(spec.scope, Scope::On(_))),
    ("sheet-everywhere", |spec| spec.scope == Scope::Everywhere),
    ("sheet-go", |spec| spec.scope == Scope::AfterGo),
];

/// The sheet.
#[component]
pub(super) fn Sheet() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut text = use_signal(String::new);
    let screen = use_context::<Acting>().screen();
    let place = screen.place;
    let wanted = text.read().trim().to_lowercase();
    let all: Vec<(Spec, String)> = REGISTRY
        .iter()
        .filter(|spec| spec.is_on(screen) && spec.is_for(shell))
        .map(|spec| (*spec, spec.name_for(shell, &t)))
        .filter(|(_, name)| name.to_lowercase().contains(&wanted))
        .collect();
    let none = all.is_empty();
    let letters = shell.letters();
    rsx! {
        Dialog {
            id: "sheet",
            class: "sheet",
            title: rsx! {
                {t.text("keys")}
            },
            sub: rsx! {
                {t.with("sheet-sub", &[("place", t.text(place.word()).into())])}
            },
            onclose: move |()| shell.close(),
            footer: rsx! {
                span { class: "act-why grow", {t.text(if letters.on { "sheet-foot" } else { "sheet-off" })} }
                Button {
                    text: t.text("close"),
                    look: Look::Quiet,
                    keys: "Escape",
                    onpress: move |()| {
                        close("sheet");
                        shell.close();
                    },
                }
            },
            label { class: "sr", r#for: "sheet-find", {t.text("sheet-find")} }
            TextInput { id: "sheet-find", value: text(), placeholder: t.text("sheet-find"), oninput: move |value| text.set(value) }
            div { class: "sheet-c",
                for (word , belongs) in PARTS {
                    {
                        let part: Vec<(Spec, String)> = all.iter().filter(|(spec, _)| belongs(spec)).cloned().collect();
                        rsx! {
                            if !part.is_empty() {
                                section { key: "{word}", "aria-labelledby": word,
                                    h3 { class: "sec-h", id: word, {t.text(word)} }
                                    dl { class: "sheet-l",
                                        for (spec , name) in part {
                                            div { key: "{spec.word}", class: "sheet-i",
                                                dt { {name} }
                                                dd {
                                                    if letters.on && spec.lettered().is_some() {
                                                        LetterKey { act: spec.act, at: "sheet" }
                                                    } else {
                                                        Keys { spec }
                                                    }
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            if none {
                p { class: "t3", role: "status", {t.text("sheet-none")} }
            }
        }
    }
}

/// The keys of an act that nobody changes; with the letters switched off those that are left.
#[component]
fn Keys(spec: Spec) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let letters = shell.letters();
    let go = Act::Go.spec().keys(&letters).first().copied().filter(|_| spec.scope == Scope::AfterGo);
    rsx! {
        for (n , keys) in spec.keys(&letters).into_iter().enumerate() {
            span { key: "{keys}", class: "hstack hstack-1",
                if n > 0 {
                    span { class: "t3 s11", {t.text("or")} }
                }
                if let Some(go) = go.filter(|_| !keys.starts_with("Ctrl")) {
                    Kbd { keys: go }
                    span { class: "sr", "{go}, " }
                }
                Kbd { keys }
                span { class: "sr", {aria(keys, browser::is_mac())} }
            }
        }
    }
}
