//! The first step: a file is chosen or let fall, or a table to fill in is written. Once one is at hand, what it is.

use std::rc::Rc;

use bridge::{ImportFile, ImportTaken, SheetFormat};
use dioxus::prelude::*;
use domain::status::Tone;

use super::{
    StepHead, Trouble,
    state::{At, ImportsState},
    taking::{most_megabytes, not_read, why_not_read},
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, IconButton, Look, shortcut},
        choice::Select,
        icon::Icon,
        note::Note,
    },
    words::{many, use_words},
};

/// The id of the button that asks for a file.
pub(super) const PICK: &str = "do-import-pick";
/// The id of the list of sheets.
pub(super) const SHEETS: &str = "import-sheet";

/// The step.
#[component]
pub(super) fn FileStep() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let file = imports.taken.read().as_ref().map(|taken| taken.file.clone());
    rsx! {
        section { class: "card imp-s", "aria-labelledby": "import-file",
            StepHead { n: 1, id: "import-file", title: t.text("import-step-file") }
            if let Some(file) = file {
                AtHand { file }
            } else {
                Choose {}
            }
            Refused {}
            Trouble { at: At::File }
        }
    }
}

/// Nothing is at hand: the place where files are let fall, and the tables to fill in.
#[component]
fn Choose() -> Element {
    let imports = use_context::<ImportsState>();
    let shell = imports.shell;
    let t = use_words();
    let limits = t.with(
        "import-limits",
        &[
            ("rows", t.whole(i64::from(ImportTaken::ROWS)).into()),
            ("columns", t.whole(i64::from(ImportTaken::COLUMNS)).into()),
            ("mb", most_megabytes().into()),
        ],
    );
    rsx! {
        button {
            r#type: "button",
            class: if (imports.held)() { "imp-drop is-over" } else { "imp-drop" },
            id: PICK,
            "aria-describedby": "import-limits",
            "aria-keyshortcuts": shortcut(Act::ImportPick, shell),
            "aria-busy": (imports.reading)().then_some("true"),
            onclick: move |_| imports.pick(),
            Icon { name: "import", size: 24 }
            span { class: "vstack imp-drop-t",
                span { class: "semi", {t.text(if (imports.reading)() { "import-reading" } else { "import-drop" })} }
                span { class: "t2 s12", id: "import-limits", {limits} }
            }
            crate::components::button::ActKbd { act: Act::ImportPick }
        }
        p { class: "t2", {t.text("import-intro")} }
        div { class: "hstack wrap",
            span { class: "t2 s12", {t.text("import-template-lead")} }
            Button {
                text: t.text("import-template-xlsx"),
                class: "btn-sm",
                icon: "download",
                onpress: move |()| imports.write_template(SheetFormat::Xlsx),
            }
            Button {
                text: t.text("import-template-csv"),
                class: "btn-sm",
                icon: "download",
                onpress: move |()| imports.write_template(SheetFormat::Csv),
            }
        }
    }
}

/// The file at hand.
#[component]
fn AtHand(file: Rc<ImportFile>) -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let size = [t.count("import-rows-n", i64::from(file.rows)), t.count("import-columns-n", many(file.columns.len()))].join(" · ");
    let sheets: Vec<(String, String)> = file.sheets.iter().map(|name| (name.clone(), name.clone())).collect();
    let names = file.sheets.clone();
    rsx! {
        div { class: "imp-file",
            Icon { name: "file", size: 20 }
            div { class: "grow",
                p { class: "semi long",
                    bdi { "{file.name}" }
                }
                p { class: "t2 s12", {size} }
            }
            if sheets.len() > 1 {
                label { class: "hstack imp-sheet",
                    span { class: "t2 s12", {t.text("import-sheet")} }
                    // What the browser shows is what is at hand, also after a sheet that was not read.
                    for round in [(imports.sheets_refused)()] {
                        Select {
                            key: "{round}",
                            id: SHEETS,
                            options: sheets.clone(),
                            chosen: file.sheet.clone().unwrap_or_default(),
                            onchoose: {
                                let names = names.clone();
                                move |n: usize| {
                                    if let Some(name) = names.get(n) {
                                        imports.choose_sheet(name.clone());
                                    }
                                }
                            },
                        }
                    }
                }
            }
            span { class: "hstack",
                ActButton { act: Act::ImportPick, text: t.text("import-other"), class: "btn-sm", onpress: move |()| imports.pick() }
                Button { text: t.text("import-drop-file"), look: Look::Quiet, class: "btn-sm", onpress: move |()| imports.drop_file() }
            }
        }
    }
}

/// The file that was not read, and what helps.
#[component]
fn Refused() -> Element {
    let mut imports = use_context::<ImportsState>();
    let t = use_words();
    let Some((name, why)) = (imports.refused)() else { return rsx! {} };
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse", id: "import-refused",
            span { class: "grow",
                b { {not_read(&t, &name)} }
                " "
                {why_not_read(&t, &why)}
            }
            IconButton { icon: "x", label: t.text("close"), onpress: move |()| imports.refused.set(None) }
        }
    }
}
