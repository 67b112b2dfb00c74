//! «Hapus data lokal»: what is unsent is named and can be written out first; what is lost is said before it is.

use std::rc::Rc;

use bridge::{OutboxExport, OutboxList, OutboxReply, Wipe};
use dioxus::prelude::*;
use domain::{status::Tone, words::isolate};

use crate::{
    components::{
        button::{Button, Look},
        dialog::{CancelButton, Dialog, close},
        export::{Export, ExportNote, write_out},
        note::Note,
    },
    gateway::ask,
    pages::outbox::name_of,
    shell::{Shell, put, task},
    words::use_words,
};

/// So many commands are named; of more there are, how many.
const NAMED: usize = 5;
const ID: &str = "wipe";

/// The dialog. It asks what is unsent when it opens, and once more when it turns out to be more by now.
#[component]
pub(crate) fn WipeDialog() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let unsent = use_signal(|| None::<Rc<OutboxReply>>);
    let export = use_signal(Export::default);
    let busy = use_signal(|| false);
    use_hook(|| ask_unsent(shell, unsent));
    let told = unsent.read().as_ref().map(|reply| u32::try_from(reply.decide.len() + reply.running.len()).unwrap_or(u32::MAX));
    rsx! {
        Dialog {
            id: ID,
            class: "dialog-m",
            title: rsx! {
                {t.text("wipe-title")}
            },
            sub: rsx! {
                {t.text("wipe-sub")}
            },
            onclose: move |()| shell.close(),
            footer: rsx! {
                if told.is_some_and(|n| n > 0) {
                    Button {
                        text: t.text("do-export-unsent"),
                        icon: "download",
                        disabled: *export.read() == Export::Writing,
                        onpress: move |()| write_out(export, OutboxExport {}),
                    }
                }
                span { class: "grow" }
                CancelButton { id: ID, oncancel: move |()| shell.close() }
                Button {
                    id: "wipe-now".to_owned(),
                    text: t.text("do-wipe-now"),
                    look: Look::Danger,
                    disabled: told.is_none() || busy(),
                    onpress: move |()| wipe(shell, told.unwrap_or(0), unsent, busy),
                }
            },
            ul { class: "plain",
                li { {t.text("wipe-lost-copy")} }
                li { {t.text("wipe-lost-typed")} }
                li { {t.text("wipe-kept")} }
            }
            Unsent { unsent }
            ExportNote { export }
        }
    }
}

/// What is unsent, by name.
#[component]
fn Unsent(unsent: Signal<Option<Rc<OutboxReply>>>) -> Element {
    let t = use_words();
    let Some(reply) = unsent() else { return rsx! {} };
    let all = || reply.decide.iter().chain(&reply.running);
    let count = all().count();
    if count == 0 {
        return rsx! {
            p { class: "t2", id: "wipe-none", {t.text("wipe-nothing-unsent")} }
        };
    }
    let more = i64::try_from(count.saturating_sub(NAMED)).unwrap_or(0);
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse", class: "note-tall",
            div { class: "grow", id: "wipe-unsent",
                b { {t.count("wipe-unsent", i64::try_from(count).unwrap_or(i64::MAX))} }
                ul {
                    for it in all().take(NAMED) {
                        li { key: "{it.id}",
                            {name_of(&t, &it.act)}
                            if !it.title.is_empty() {
                                ": "
                                {isolate(&it.title)}
                            }
                        }
                    }
                    if more > 0 {
                        li { {t.count("wipe-unsent-more", more)} }
                    }
                }
            }
        }
    }
}

fn ask_unsent(shell: Shell, unsent: Signal<Option<Rc<OutboxReply>>>) {
    task(async move {
        match ask(OutboxList { finished: 0 }).await {
            Ok(reply) => put(unsent, Some(Rc::new(reply))),
            Err(error) => {
                shell.say(&shell.trouble(&error));
                // Without knowing what is unsent nobody can be told; the outbox is damaged then, and is mended by a start.
                put(unsent, None);
            }
        }
    });
}

/// Takes everything away; where more is unsent by now than was told, the person is told anew.
fn wipe(shell: Shell, told: u32, unsent: Signal<Option<Rc<OutboxReply>>>, busy: Signal<bool>) {
    put(busy, true);
    task(async move {
        match ask(Wipe { told }).await {
            Ok(reply) if reply.done => {
                close(ID);
                shell.close();
                shell.say(&shell.words().text("wiped"));
            }
            Ok(_) => {
                shell.say(&shell.words().text("wipe-more-now"));
                ask_unsent(shell, unsent);
            }
            Err(error) => shell.say(&shell.trouble(&error)),
        }
        put(busy, false);
    });
}
