//! «Buang …»: what was typed is not sent any more, so that nobody's words go by one key.

use bridge::{OutboxEntry, SettleHow};
use dioxus::prelude::*;
use domain::words::isolate;

use super::{list::name_of, state::OutboxState};
use crate::{components::confirm::Confirm, shell::Shell, words::use_words};

/// The question.
#[component]
pub(crate) fn DiscardDialog(entry: OutboxEntry) -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        Confirm {
            id: "discard",
            title: t.with("discard-title", &[("act", name_of(&t, &entry.act).into())]),
            sub: (!entry.title.is_empty()).then(|| isolate(&entry.title)),
            text: t.text("discard-text"),
            act: t.text("do-discard"),
            onconfirm: move |()| {
                shell.close();
                outbox.settle(entry.id, SettleHow::Discard, "settled-discarded");
            },
            oncancel: move |()| shell.close(),
        }
    }
}
