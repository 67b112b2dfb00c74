//! Impor: clients and orders from a file (issue 5, «Import»; ). Everything stands on one page: the file, what its columns
//! hold, what would become of its rows, and the imports of the last days. Nothing changes before the last button is pressed.

mod acts;
mod ask;
mod begin;
mod columns;
mod file;
mod lines;
mod past;
mod result;
mod stage;
mod state;
mod taking;
mod trying;

use dioxus::prelude::*;

use crate::{
    components::{empty::Empty, export::ExportNote, icon::Icon, note::Note},
    pages::desk::{DrawerButton, Notes},
    shell::{Layer, Shell},
    words::use_words,
};
use domain::status::Tone;
use state::At;

pub(crate) use state::ImportsState;

/// The id of what scrolls.
const BODY: &str = "import-body";

/// The screen.
#[component]
pub(crate) fn ImportsPage() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    use_hook(|| imports.enter());
    if !imports.may() {
        return rsx! {
            NotForThem {}
        };
    }
    let taken = imports.taken.read().is_some();
    rsx! {
        section { class: "pane", id: "pane-detail", "aria-label": t.text("place-import"), "data-keys": "detail", tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-import")} }
                span { class: "t3 s12 cut hide-s", {t.text("import-sub")} }
            }
            Notes {}
            ExportNote { export: imports.export }
            div { class: "scroll", id: BODY,
                div { class: "pad imp",
                    file::FileStep {}
                    if taken {
                        columns::ColumnsStep {}
                        result::ResultStep {}
                        begin::BeginStep {}
                    }
                    past::Past {}
                }
            }
            if (imports.held)() {
                div { class: "drop-over", id: "drop-over",
                    p { class: "drop-over-t",
                        Icon { name: "import", size: 24 }
                        span { {t.text("import-drop-over")} }
                    }
                }
            }
        }
    }
}

/// Whoever may not import any more while the screen is open.
#[component]
fn NotForThem() -> Element {
    let t = use_words();
    rsx! {
        section { class: "pane", id: "pane-detail", "aria-label": t.text("place-import"), tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {t.text("place-import")} }
            }
            Empty { icon: "lock", title: t.text("import-not-yours"),
                p { {t.text("import-not-yours-text")} }
            }
        }
    }
}

/// The heading of a step: its number, and its name, which has the focus when the step before it is done.
#[component]
fn StepHead(n: u8, id: &'static str, title: String, children: Element) -> Element {
    rsx! {
        header { class: "imp-h",
            span { class: "imp-n", "aria-hidden": "true", "{n}" }
            h2 { class: "sec-h", id, tabindex: "-1", {title} }
            {children}
        }
    }
}

/// What the desk could not do at this step.
#[component]
fn Trouble(at: At) -> Element {
    let imports = use_context::<ImportsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let error = imports.trouble.read().clone().filter(|(where_at, _)| *where_at == at).map(|(_, error)| error);
    rsx! {
        if let Some(error) = error {
            Note { tone: Tone::Cabai, icon: "sy-refuse", id: "import-trouble",
                span { class: "grow",
                    b { {t.text("refused-here")} }
                    " "
                    {shell.trouble(&error)}
                }
            }
        }
    }
}

/// What lies above the screen.
#[component]
pub(crate) fn ImportDialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::StopImport(id)) => rsx! {
            ask::Stop { key: "{id}", id }
        },
        Some(Layer::UndoImport(id)) => rsx! {
            ask::Undo { key: "{id}", id }
        },
        _ => rsx! {},
    }
}
