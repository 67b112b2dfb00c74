//! «Tautan tidak bisa dibuka»: a link from outside opens nothing, and why.

use bridge::LinkProblem;
use dioxus::prelude::*;

use crate::{
    components::{
        button::{Button, Look},
        dialog::{Dialog, close},
    },
    shell::Shell,
    words::use_words,
};

const ID: &str = "bad-link";

/// The key of the sentence that says why.
const fn reason(why: LinkProblem) -> &'static str {
    match why {
        LinkProblem::Unreadable => "link-unreadable",
        LinkProblem::NoScreen => "link-no-screen",
        LinkProblem::NotHere => "link-not-here",
    }
}

/// Says it. The link itself is not shown: whoever wrote it may have wanted just that.
#[component]
pub(crate) fn LinkDialog(why: LinkProblem) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {t.text("link-title")}
            },
            onclose: move |()| shell.close(),
            footer: rsx! {
                span { class: "grow" }
                Button {
                    text: t.text("close"),
                    look: Look::Primary,
                    keys: "Escape",
                    onpress: move |()| {
                        close(ID);
                        shell.close();
                    },
                }
            },
            p { {t.text(reason(why))} }
            p { class: "t2", {t.text("link-safe")} }
        }
    }
}
