//! What can become of a command that needs a decision: four choices, each with its key and its consequence.

use std::rc::Rc;

use bridge::{Evidence, OutboxDetailReply, VerdictState};
use dioxus::prelude::*;
use domain::id::CommandId;

use super::{acts::is_editable, state::OutboxState};
use crate::{
    actions::Act,
    components::{
        button::{ActKbd, Button, Look, shortcut},
        export::{Export, ExportNote, write_out},
        icon::Icon,
        toast::Undoing,
    },
    shell::Shell,
    words::{refusal, use_words},
};

/// The choices.
#[component]
pub(super) fn Choices(reply: Rc<OutboxDetailReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let why_not = match &reply.again {
        Some(VerdictState::Refused { code, details, .. }) => Some(refusal(&t, code, details, shell.clock.minute(), shell.zone())),
        _ => None,
    };
    rsx! {
        section { class: "sec", "aria-labelledby": "choices-title",
            h2 { class: "sec-h", id: "choices-title", {t.text("choices")} }
            div { class: "vstack",
                if is_editable(&reply.entry) {
                    Choice { act: Act::EditAgain, text: t.text("choice-edit"), more: t.text("choice-edit-more") }
                }
                Choice {
                    act: Act::SendAgain,
                    text: t.text("choice-again"),
                    more: why_not.clone().unwrap_or_else(|| t.text("choice-again-more")),
                    disabled: why_not.is_some(),
                }
                Choice { act: Act::Handled, text: t.text("choice-handled"), more: t.text("choice-handled-more") }
                Choice { act: Act::Discard, text: t.text("choice-discard"), more: t.text("choice-discard-more") }
            }
        }
    }
}

/// «Ekspor bukti», and where the file is.
#[component]
pub(super) fn EvidenceRow(id: CommandId) -> Element {
    let t = use_words();
    let export = use_signal(Export::default);
    rsx! {
        div { class: "hstack",
            Button {
                text: t.text("do-evidence"),
                look: Look::Quiet,
                icon: "download",
                disabled: *export.read() == Export::Writing,
                onpress: move |()| write_out(export, Evidence { id }),
            }
            span { class: "s12 t3", {t.text("evidence-more")} }
        }
        ExportNote { export }
    }
}

#[component]
fn Choice(act: Act, text: String, more: String, #[props(default)] disabled: bool) -> Element {
    let outbox = use_context::<OutboxState>();
    let undoing = use_context::<Undoing>();
    let spec = act.spec();
    rsx! {
        button {
            r#type: "button",
            id: spec.word,
            class: "card card-pad hstack hstack-3 choice",
            "aria-disabled": disabled.then_some("true"),
            "aria-keyshortcuts": shortcut(act, outbox.shell),
            onclick: move |_| {
                if !disabled {
                    outbox.run(act, undoing);
                }
            },
            Icon { name: spec.glyph }
            span { class: "grow",
                span { class: "semi", {text} }
                br {}
                span { class: "s12 t3", {more} }
            }
            ActKbd { act }
        }
    }
}
