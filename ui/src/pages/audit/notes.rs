//! What stands above the list: whether the chain holds, why the server did not answer, what is looked for, what was written out.

use bridge::{DeskError, ErrorCode};
use dioxus::prelude::*;
use domain::{
    status::Tone,
    wire::{AuditBreak, AuditProof},
    words::Words,
};

use super::{
    state::{AuditState, Chain},
    trail::filter_text,
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, Look},
        export::ExportNote,
        icon::Icon,
        note::Note,
    },
    shell::Shell,
    words::use_words,
};

/// What does not hold, in words.
fn why(words: &Words, broken: Option<&AuditBreak>) -> String {
    let Some(broken) = broken else { return words.text("audit-why-unknown") };
    let said = words.text(match broken.why.as_str() {
        "gap" => "audit-why-gap",
        "link" => "audit-why-link",
        "value" => "audit-why-value",
        "head" => "audit-why-head",
        "unreadable" => "audit-why-unreadable",
        // What a newer server finds has no words here yet.
        _ => "audit-why-unknown",
    });
    match broken.link {
        Some(link) => format!("{said} ({})", words.with("audit-at-link", &[("n", words.whole(link).into())])),
        None => said,
    }
}

/// The chain, above the list: «utuh sampai #48.211».
#[component]
pub(super) fn ChainMark() -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    if !audit.reads_all() {
        return rsx! {};
    }
    let (tone, icon, text) = match &*audit.chain.read() {
        Chain::Proved(proof) if proof.holds => (Tone::Daun, "audit", t.with("audit-whole", &[("n", t.whole(proof.until).into())])),
        Chain::Proved(_) => (Tone::Cabai, "sy-refuse", t.text("audit-broken-title")),
        Chain::Checking => (Tone::Netral, "audit", t.text("audit-checking")),
        Chain::Unknown | Chain::Failed(_) => (Tone::Netral, "audit", t.text("audit-unchecked")),
    };
    rsx! {
        div { class: "sub",
            span { class: "mark fg-{tone.token()} grow", id: "audit-chain",
                Icon { name: icon, size: 14 }
                {text}
            }
            ActButton { act: Act::CheckChain, class: "btn-sm", look: Look::Quiet, onpress: move |()| audit.check(true) }
        }
    }
}

/// Everything above the list.
#[component]
pub(super) fn TrailNotes() -> Element {
    let audit = use_context::<AuditState>();
    let broken = match &*audit.chain.read() {
        Chain::Proved(proof) if !proof.holds => Some(proof.clone()),
        _ => None,
    };
    rsx! {
        if let Some(proof) = broken {
            Broken { proof }
        }
        Unanswered {}
        Filtered {}
        ExportNote { export: audit.export }
    }
}

/// The chain does not hold: nothing is louder on this screen.
#[component]
fn Broken(proof: AuditProof) -> Element {
    let t = use_words();
    let said = [("n", t.whole(proof.until).into()), ("why", why(&t, proof.broken.as_ref()).into())];
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse", class: "cal-note", id: "audit-broken",
            span { class: "grow",
                b { {t.text("audit-broken-title")} }
                " "
                {t.with("audit-broken-text", &said)}
            }
        }
    }
}

/// Why the server did not answer, in words.
pub(super) fn unanswered(shell: Shell, error: &DeskError) -> String {
    match error.code {
        ErrorCode::Unreachable => shell.words().text("audit-offline"),
        _ => shell.trouble(error),
    }
}

/// The server did not answer, and what was loaded last is still shown.
#[component]
fn Unanswered() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let trail = audit.trail.read();
    let (Some(error), Some(at)) = (&trail.fault, trail.at) else { return rsx! {} };
    rsx! {
        Note { tone: Tone::Kunyit, icon: "sy-off", class: "cal-note",
            span { class: "grow",
                b { {unanswered(shell, error)} }
                " "
                {t.with("audit-offline-kept", &[("at", t.time(at, shell.zone()).into())])}
            }
            Button { text: t.text("try"), class: "btn-sm", onpress: move |()| audit.read() }
        }
    }
}

/// What is looked for, and the way out of it.
#[component]
fn Filtered() -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    let filter = audit.filter.read();
    let name = filter.actor.and_then(|id| audit.name_of(id));
    let Some(text) = filter_text(&t, &filter, name) else { return rsx! {} };
    rsx! {
        div { class: "sub", id: "audit-filtered",
            span { class: "s12 t2 grow cut",
                bdi { {t.with("audit-filter-on", &[("what", text.into())])} }
            }
            Button {
                text: t.text("audit-filter-clear"),
                look: Look::Quiet,
                class: "btn-sm",
                icon: "x",
                onpress: move |()| audit.look_for(bridge::AuditFilter::default()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn a_break_says_what_and_where() {
        let words = Words::new(Lang::Id);
        let broken = |why: &str, link| AuditBreak { why: why.into(), link, command: None };
        assert_eq!(why(&words, Some(&broken("value", Some(1_204)))), "ada nilai yang diubah (mata rantai 1.204)");
        assert_eq!(why(&words, Some(&broken("head", None))), "ujung rantai tidak di tempatnya");
        assert_eq!(why(&words, Some(&broken("moon", None))), "ada yang tidak cocok");
        assert_eq!(why(&words, None), "ada yang tidak cocok");
    }
}
