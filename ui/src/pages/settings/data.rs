//! Sinkron & data lokal: how long an act is held, what is kept on this computer, whether it can be read, and the way to take it away.

use std::rc::Rc;

use bridge::{LocalStateReply, Preferences};
use dioxus::prelude::*;

use super::{
    kept::KeptOrderRows,
    rows::{Choose, HoldRow, SetRow},
};
use crate::{
    components::{
        button::{Button, Look},
        empty::Skeleton,
    },
    pages::{
        desk::Failed,
        local::{CheckRow, aged, file_word, use_local},
        rows::Load,
    },
    shell::{Layer, Shell},
    words::use_words,
};

/// The section.
#[component]
pub(super) fn DataRows() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let local = use_local();
    rsx! {
        HoldRow {}
        KeptRow {}
        KeptOrderRows {}
        match ((local.load)(), (local.reply)()) {
            (Load::Failed(error), _) => rsx! {
                Failed { error, title: t.text("local-failed"), onretry: move |()| local.read() }
            },
            (_, None) => rsx! {
                Skeleton { rows: 4, label: t.text("loading") }
            },
            (_, Some(reply)) => rsx! {
                Files { reply }
                CheckRow { local }
            },
        }
        div { class: "set-row",
            div {
                p { class: "semi", {t.text("set-wipe")} }
                p { class: "t2 s12", {t.text("set-wipe-more")} }
            }
            Button {
                id: "set-wipe".to_owned(),
                text: t.text("do-wipe"),
                icon: "trash",
                look: Look::Danger,
                onpress: move |()| shell.open(Layer::Wipe),
            }
        }
    }
}

/// How much of pictures and files is kept.
#[component]
fn KeptRow() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let chosen = (shell.preferences)().kept_mb;
    let text = |mb: u32| t.with("kept-mb", &[("n", t.whole(i64::from(mb)).into())]);
    rsx! {
        SetRow { id: "set-kept", title: t.text("set-kept"), more: t.text("set-kept-more"),
            Choose {
                id: "set-kept",
                options: Preferences::KEPT.iter().map(|mb| (mb.to_string(), text(*mb))).collect::<Vec<_>>(),
                chosen: chosen.to_string(),
                onchoose: move |n: usize| shell.change_preferences(|p| p.kept_mb = Preferences::KEPT[n]),
            }
        }
    }
}

/// The files by what they are for, with size and age.
#[component]
fn Files(reply: Rc<LocalStateReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let bytes: u64 = reply.files.iter().map(|it| it.bytes).sum();
    rsx! {
        table { class: "table table-c", id: "local-files",
            caption { class: "sr", {t.text("local-files")} }
            thead {
                tr {
                    th { scope: "col", {t.text("local-file")} }
                    th { scope: "col", class: "num", {t.text("local-size")} }
                    th { scope: "col", {t.text("local-changed")} }
                }
            }
            tbody {
                for it in reply.files.iter() {
                    tr { key: "{it.kind:?}",
                        th { scope: "row", {t.text(file_word(it.kind))} }
                        td { class: "money", {t.size(it.bytes)} }
                        td { class: "t2", {it.changed_at.map_or_else(|| t.text("none"), |at| aged(&t, at, now, zone))} }
                    }
                }
            }
            tfoot {
                tr {
                    th { scope: "row", {t.text("local-all")} }
                    td { class: "money", {t.size(bytes)} }
                    td {}
                }
            }
        }
    }
}
