//! The third step: every row is tried by the rules. What would be made, what stands in the way, and who is known already.

use std::rc::Rc;

use bridge::ImportChecked;
use dioxus::prelude::*;
use domain::status::Tone;

use super::{
    StepHead, Trouble, lines,
    state::{At, ImportsState, Part, Tried},
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, Look},
        empty::Skeleton,
        icon::Icon,
        note::Note,
        tabs::Tabs,
    },
    words::{many, use_words},
};

/// The id of the heading.
pub(super) const HEAD: &str = "import-result";
/// The id of what the lists are shown in.
const PANEL: &str = "import-lines";
/// The lists, with the ids of their tabs and the keys of their names.
const PARTS: [(Part, &str, &str); 2] =
    [(Part::Problems, "import-tab-problems", "import-problems"), (Part::Twins, "import-tab-twins", "import-twins")];

/// The step.
#[component]
pub(super) fn ResultStep() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let tried = (imports.tried)();
    let trying = (imports.trying)();
    let why_not = imports.why_not_tried();
    let look = if tried.is_some() { Look::Plain } else { Look::Primary };
    rsx! {
        section { class: "card imp-s", "aria-labelledby": HEAD, "aria-busy": trying.then_some("true"),
            StepHead { n: 3, id: HEAD, title: t.text("import-step-result"),
                span { class: "push",
                    ActButton {
                        act: Act::ImportCheck,
                        text: t.text(if tried.is_some() { "import-check-again" } else { "do-import-check" }),
                        look,
                        class: "btn-sm",
                        why_not,
                        onpress: move |()| imports.check(),
                    }
                }
            }
            Trouble { at: At::Trial }
            match tried {
                Some(tried) => rsx! {
                    Outcome { tried }
                },
                None if trying => rsx! {
                    Skeleton { rows: 3, label: t.text("import-trying") }
                },
                None => rsx! {
                    p { class: "t2", {t.text("import-result-text")} }
                },
            }
        }
    }
}

/// What a trial said.
#[component]
fn Outcome(tried: Rc<Tried>) -> Element {
    let mut imports = use_context::<ImportsState>();
    let t = use_words();
    let said = &tried.said;
    let part = (imports.part)();
    let bad = said.rows.saturating_sub(said.good);
    let counts = vec![t.whole(i64::from(said.problems_total)), t.whole(i64::from(said.doubles_total).max(many(tried.twins.len())))];
    rsx! {
        Figures { said: said.clone() }
        if !said.complete {
            Note { tone: Tone::Kunyit, icon: "sy-stale", id: "import-incomplete",
                span { class: "grow", {t.text("import-incomplete")} }
            }
        }
        if bad == 0 && tried.twins.is_empty() {
            p { class: "imp-brings", id: "import-all-good",
                Icon { name: "sy-ok", size: 14 }
                span { {t.text("import-all-good")} }
            }
        } else {
            div { class: "imp-part",
                Tabs {
                    label: t.text("import-lists"),
                    tabs: PARTS.iter().map(|(_, id, word)| (*id, t.text(word))).collect::<Vec<_>>(),
                    counts,
                    chosen: PARTS.iter().position(|(it, ..)| *it == part).unwrap_or(0),
                    panel: PANEL,
                    lined: true,
                    onchoose: move |n: usize| {
                        if let Some((to, ..)) = PARTS.get(n) {
                            imports.part.set(*to);
                        }
                    },
                }
                div {
                    id: PANEL,
                    role: "tabpanel",
                    "aria-labelledby": PARTS.iter().find(|(it, ..)| *it == part).map(|(_, id, _)| *id),
                    match part {
                        Part::Problems => rsx! {
                            lines::Problems { tried: tried.clone() }
                        },
                        Part::Twins => rsx! {
                            lines::Twins { tried: tried.clone() }
                        },
                    }
                }
            }
        }
        if bad > 0 {
            div { class: "hstack wrap",
                Button {
                    id: "import-write-problems",
                    text: t.count("import-write-problems-n", i64::from(bad)),
                    class: "btn-sm",
                    icon: "download",
                    keys: Act::Export.key(imports.shell),
                    onpress: move |()| imports.write_problems(),
                }
                span { class: "t3 s12 grow", {t.text("import-write-problems-text")} }
            }
        }
    }
}

/// The four figures.
#[component]
fn Figures(said: ImportChecked) -> Element {
    let t = use_words();
    let bad = said.rows.saturating_sub(said.good);
    let figures = [
        ("import-new-clients", said.clients, t.text("import-new-clients-text")),
        ("import-new-orders", said.orders, t.text("import-new-orders-text")),
        ("import-known", said.doubles_total, t.text("import-known-text")),
        ("import-bad", bad, t.with("import-bad-of", &[("rows", t.count("import-rows-n", i64::from(said.rows)).into())])),
    ];
    rsx! {
        dl { class: "stats imp-stats",
            for (key , n , text) in figures {
                div { key: "{key}", class: "stat",
                    dt { {t.text(key)} }
                    dd {
                        b { class: if key == "import-bad" && n > 0 { "fg-cabai" }, {t.whole(i64::from(n))} }
                        span { {text} }
                    }
                }
            }
        }
    }
}
