//! What is kept of the last program that broke off: read, copied, written out or thrown away, by whoever sits here.

use bridge::{Crash, CrashHow, CrashReport};
use dioxus::prelude::*;
use domain::status::Tone;

use crate::{
    components::{
        button::{Button, Look},
        export::{Export, ExportNote},
        note::Note,
    },
    gateway::ask,
    shell::{Shell, put, task},
    words::{use_words, when},
};

/// «Meja terhenti sendiri …», until it was written out or thrown away.
#[component]
pub(super) fn CrashNote() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let export = use_signal(Export::default);
    let Some(CrashReport { at, text }) = (shell.crash)() else {
        return rsx! {
            ExportNote { export }
        };
    };
    let settle = move |how| {
        task(async move {
            match ask(Crash { how }).await {
                Ok(reply) => {
                    put(shell.crash, reply.report);
                    put(export, reply.saved.map_or(Export::None, |file| Export::Done(file.into())));
                }
                Err(error) => put(export, Export::Failed(error)),
            }
        });
    };
    let copied = text.clone();
    let copy = move |()| {
        shell.copy(copied.clone(), "crash-copied", "crash-not-copied");
    };
    rsx! {
        Note { tone: Tone::Kunyit, icon: "sy-refuse", id: "crash", class: "cal-note note-tall",
            div { class: "grow vstack",
                span {
                    b { {t.with("crash-title", &[("at", when(&t, at, shell.clock.minute(), shell.zone()).into())])} }
                    " "
                    {t.text("crash-text")}
                }
                details {
                    summary { {t.text("crash-show")} }
                    pre { class: "mono s12", role: "region", tabindex: "0", "aria-label": t.text("crash-show"), {text} }
                }
                div { class: "hstack",
                    Button { text: t.text("crash-copy"), class: "btn-sm", icon: "copy", onpress: copy }
                    Button { text: t.text("crash-save"), class: "btn-sm", icon: "download", onpress: move |()| settle(CrashHow::Save) }
                    Button { text: t.text("crash-discard"), look: Look::Quiet, class: "btn-sm", onpress: move |()| settle(CrashHow::Discard) }
                }
            }
        }
        ExportNote { export }
    }
}
