//! Bahasa & zona, and Tampilan: in which language and zone a person reads, and how everything looks.

use bridge::{Contrast, Density, Motion, Theme};
use dioxus::prelude::*;
use domain::time::Zone;

use super::rows::{Choose, SetRow, Switch};
use crate::{
    shell::Shell,
    words::{LANGUAGES, use_words},
};

/// How large texts can be, in percent.
const TEXTS: [u8; 5] = [90, 100, 110, 120, 130];
const THEMES: [(Theme, &str); 3] = [(Theme::System, "theme-system"), (Theme::Light, "theme-light"), (Theme::Dark, "theme-dark")];
const DENSITIES: [(Density, &str); 2] = [(Density::Roomy, "density-roomy"), (Density::Compact, "density-compact")];

/// Language and zone.
#[component]
pub(super) fn TongueRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let p = (shell.preferences)();
    let name = |zone: Zone| t.with("zone-name", &[("zone", zone.label().into()), ("city", zone.city().into())]);
    // The first one is none of one's own.
    let zones: Vec<Option<Zone>> = [None].into_iter().chain(Zone::ALL.map(Some)).collect();
    let options = zones.iter().map(|zone| match zone {
        None => (String::new(), t.with("zone-organisation", &[("zone", shell.org_zone().label().into())])),
        Some(zone) => (zone.label().to_owned(), name(*zone)),
    });
    rsx! {
        SetRow { id: "set-lang", title: t.text("set-lang"), more: t.text("set-lang-more"),
            Choose {
                id: "set-lang",
                options: LANGUAGES.iter().map(|(lang, name)| (lang.tag().to_owned(), (*name).to_owned())).collect::<Vec<_>>(),
                chosen: p.lang.tag().to_owned(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.lang = LANGUAGES[n].0),
            }
        }
        SetRow { id: "set-zone", title: t.text("set-zone"), more: t.text("set-zone-more"),
            Choose {
                id: "set-zone",
                options: options.collect::<Vec<_>>(),
                chosen: p.zone.map(|zone| zone.label().to_owned()).unwrap_or_default(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.zone = zones.get(n).copied().flatten()),
            }
        }
    }
}

/// How everything looks.
#[component]
pub(super) fn LookRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let p = (shell.preferences)();
    rsx! {
        SetRow { id: "set-theme", title: t.text("set-theme"), more: t.text("set-theme-more"),
            Choose {
                id: "set-theme",
                options: THEMES.iter().map(|(_, word)| ((*word).to_owned(), t.text(word))).collect::<Vec<_>>(),
                chosen: THEMES.iter().find(|(theme, _)| *theme == p.theme).map(|(_, word)| (*word).to_owned()).unwrap_or_default(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.theme = THEMES[n].0),
            }
        }
        SetRow { id: "set-contrast", title: t.text("set-contrast"), more: t.text("set-contrast-more"),
            Switch {
                id: "set-contrast",
                on: p.contrast == Contrast::High,
                onswitch: move |on| shell.change_preferences(|p| p.contrast = if on { Contrast::High } else { Contrast::System }),
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
        SetRow { id: "set-motion", title: t.text("set-motion"), more: t.text("set-motion-more"),
            Switch {
                id: "set-motion",
                on: p.motion == Motion::Reduced,
                onswitch: move |on| shell.change_preferences(|p| p.motion = if on { Motion::Reduced } else { Motion::System }),
            }
        }
        SetRow { id: "set-density", title: t.text("set-density"), more: t.text("set-density-more"),
            Choose {
                id: "set-density",
                options: DENSITIES.iter().map(|(_, word)| ((*word).to_owned(), t.text(word))).collect::<Vec<_>>(),
                chosen: DENSITIES.iter().find(|(it, _)| *it == p.density).map(|(_, word)| (*word).to_owned()).unwrap_or_default(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.density = DENSITIES[n].0),
            }
        }
    }
}
