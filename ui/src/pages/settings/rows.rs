//! The rows of the settings: a name, what it does, and the control.

use bridge::{Contrast, Motion, Theme};
use dioxus::prelude::*;

use crate::{
    components::icon::Icon,
    shell::Shell,
    words::{LANGUAGES, use_words},
};

/// How many seconds an act can be held.
const HOLDS: [u8; 5] = [0, 5, 8, 15, 30];

/// How large texts can be, in percent.
const TEXTS: [u8; 5] = [90, 100, 110, 120, 130];
/// After how many minutes a desk can lock itself.
const LOCKS: [u8; 5] = [1, 5, 10, 30, 0];

/// A row.
#[component]
pub(super) fn SetRow(id: &'static str, title: String, more: String, children: Element) -> Element {
    rsx! {
        div { class: "set-row",
            div {
                label { class: "semi", r#for: id, {title} }
                p { class: "t2 s12", id: "{id}-more", {more} }
            }
            {children}
        }
    }
}

/// A choice of a few.
#[component]
pub(super) fn Choose(id: &'static str, options: Vec<(String, String)>, chosen: String, onchoose: EventHandler<usize>) -> Element {
    let values: Vec<String> = options.iter().map(|(value, _)| value.clone()).collect();
    rsx! {
        span { class: "selectw set-select",
            select {
                class: "input",
                id,
                "aria-describedby": "{id}-more",
                onchange: move |event| {
                    if let Some(n) = values.iter().position(|value| *value == event.value()) {
                        onchoose.call(n);
                    }
                },
                for (value , text) in options {
                    option { key: "{value}", value: value.clone(), selected: value == chosen, {text} }
                }
            }
            Icon { name: "down", size: 14 }
        }
    }
}

/// A yes or no.
#[component]
pub(super) fn Switch(id: &'static str, on: bool, onswitch: EventHandler<bool>) -> Element {
    rsx! {
        input {
            class: "switch",
            id,
            r#type: "checkbox",
            role: "switch",
            checked: on,
            "aria-describedby": "{id}-more",
            onchange: move |event| onswitch.call(event.checked()),
        }
    }
}

/// Language and looks.
#[component]
pub(super) fn LookRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let p = (shell.preferences)();
    let themes = [(Theme::System, "theme-system"), (Theme::Light, "theme-light"), (Theme::Dark, "theme-dark")];
    let theme_key = |theme: Theme| format!("{theme:?}");
    rsx! {
        SetRow { id: "set-lang", title: t.text("set-lang"), more: t.text("set-lang-more"),
            Choose {
                id: "set-lang",
                options: LANGUAGES.iter().map(|(lang, name)| (lang.tag().to_owned(), (*name).to_owned())).collect::<Vec<_>>(),
                chosen: p.lang.tag().to_owned(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.lang = LANGUAGES[n].0),
            }
        }
        SetRow { id: "set-theme", title: t.text("set-theme"), more: t.text("set-theme-more"),
            Choose {
                id: "set-theme",
                options: themes.iter().map(|(theme, word)| (theme_key(*theme), t.text(word))).collect::<Vec<_>>(),
                chosen: theme_key(p.theme),
                onchoose: move |n: usize| shell.change_preferences(|p| p.theme = themes[n].0),
            }
        }
        SetRow { id: "set-text", title: t.text("set-text"), more: t.text("set-text-more"),
            Choose {
                id: "set-text",
                options: TEXTS.iter().map(|n| (n.to_string(), t.with("percent", &[("n", n.to_string().into())]))).collect::<Vec<_>>(),
                chosen: p.text_percent.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.text_percent = TEXTS[n]),
            }
        }
        SetRow { id: "set-contrast", title: t.text("set-contrast"), more: t.text("set-contrast-more"),
            Switch {
                id: "set-contrast",
                on: p.contrast == Contrast::High,
                onswitch: move |on| shell.change_preferences(|p| p.contrast = if on { Contrast::High } else { Contrast::System }),
            }
        }
        SetRow { id: "set-motion", title: t.text("set-motion"), more: t.text("set-motion-more"),
            Switch {
                id: "set-motion",
                on: p.motion == Motion::Reduced,
                onswitch: move |on| shell.change_preferences(|p| p.motion = if on { Motion::Reduced } else { Motion::System }),
            }
        }
    }
}

/// Undoing.
#[component]
pub(super) fn WorkRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let p = (shell.preferences)();
    let hold_text = |seconds: u8| if seconds == 0 { t.text("hold-none") } else { t.count("hold-seconds", i64::from(seconds)) };
    rsx! {
        SetRow { id: "set-hold", title: t.text("set-hold"), more: t.text("set-hold-more"),
            Choose {
                id: "set-hold",
                options: HOLDS.iter().map(|s| (s.to_string(), hold_text(*s))).collect::<Vec<_>>(),
                chosen: p.hold_seconds.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.hold_seconds = HOLDS[n]),
            }
        }
    }
}

/// When the desk locks itself.
#[component]
pub(super) fn LockRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let chosen = (shell.preferences)().lock_after;
    let text = |minutes: u8| if minutes == 0 { t.text("lock-never") } else { t.count("lock-minutes", i64::from(minutes)) };
    rsx! {
        SetRow { id: "set-lock-after", title: t.text("set-lock-after"), more: t.text("set-lock-after-more"),
            Choose {
                id: "set-lock-after",
                options: LOCKS.iter().map(|m| (m.to_string(), text(*m))).collect::<Vec<_>>(),
                chosen: chosen.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.lock_after = LOCKS[n]),
            }
        }
    }
}
