//! The shortcut sheet: what this screen and this role allow, with a field to find one.

use dioxus::prelude::*;

use crate::{
    actions::{REGISTRY, Scope, Spec, aria},
    browser,
    components::{
        button::{Button, Kbd, Look},
        dialog::{Dialog, close},
        field::TextInput,
    },
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
    let place = (shell.place)();
    let wanted = text.read().trim().to_lowercase();
    let all: Vec<(Spec, String)> = REGISTRY
        .iter()
        .filter(|spec| spec.is_on(place) && spec.is_for(shell))
        .map(|spec| (*spec, t.text(spec.word_for(shell))))
        .filter(|(_, name)| name.to_lowercase().contains(&wanted))
        .collect();
    let none = all.is_empty();
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
                span { class: "act-why grow", {t.text("sheet-foot")} }
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
            if none {
                p { class: "t3", role: "status", {t.text("sheet-none")} }
            }
        }
    }
}

#[component]
fn Keys(spec: Spec) -> Element {
    let t = use_words();
    let after_go = spec.scope == Scope::AfterGo;
    rsx! {
        for (n , keys) in spec.keys.iter().copied().enumerate() {
            span { key: "{keys}", class: "hstack hstack-1",
                if n > 0 {
                    span { class: "t3 s11", {t.text("or")} }
                }
                if after_go && !keys.starts_with("Ctrl") {
                    Kbd { keys: "G" }
                }
                Kbd { keys }
                span { class: "sr",
                    if after_go && !keys.starts_with("Ctrl") {
                        "G, "
                    }
                    {aria(keys, browser::is_mac())}
                }
            }
        }
    }
}
