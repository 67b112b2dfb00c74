//! What is printed: a list as it is sifted, the figures of a report, or the worksheet of one order («lembar kerja»). It stands beside the
//! screen and is seen on paper alone. A dashed edge is ours on paper too (ui.md, principle 2).
//!
//! How to add a list: say in a `paper.rs` of its page what it puts on paper ([`Sheet`]), and read it in `read.rs`.

mod dialog;
mod read;
mod sheet;
mod state;

pub(crate) use dialog::PrintDialog;
pub(crate) use sheet::{Column, Line, Sheet, Table, Width, counted, left, listed, moment_of};
pub(crate) use state::Printing;

use std::rc::Rc;

use dioxus::prelude::*;

use self::state::{Paper, Printed};
use super::orders::Worksheet;
use crate::{
    browser,
    components::button::IconButton,
    shell::{Layer, Shell},
    words::use_words,
};

/// «Cetak», in the head of a list.
#[component]
pub(crate) fn PrintButton(#[props(default)] class: &'static str) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        IconButton { icon: "print", label: t.text("do-print"), class, popup: "dialog", onpress: move |()| shell.open(Layer::Print) }
    }
}

/// The paper, if something was printed since somebody sat down here. What was printed last stays: a window system may ask for the
/// page again while its dialog is open.
#[component]
pub(crate) fn PaperPage() -> Element {
    let printing = use_context::<Printing>();
    let shell = use_context::<Shell>();
    let t = use_words();
    use_effect(move || {
        if printing.paper.read().is_some() {
            browser::print();
        }
    });
    let paper = printing.paper.read();
    let Some(Paper { what, at }) = &*paper else { return rsx! {} };
    let printed = t.with("print-at", &[("at", t.moment(*at, shell.zone()).into())]);
    rsx! {
        section { class: "paper", id: "paper", "aria-hidden": "true",
            match what {
                Printed::Sheet(it) => rsx! {
                    sheet::SheetPage { it: it.clone(), printed }
                },
                Printed::Worksheet(reply) => rsx! {
                    Worksheet { reply: Rc::clone(reply) }
                    p { class: "paper-foot", {printed} }
                },
            }
        }
    }
}
