//! The header of the detail: what it is, its number, who holds it, where it stands in the list, and what else can be done.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{consultation, item},
    record::Kind,
    records::Consultation,
};

use crate::{
    acting::Acting,
    actions::Act,
    components::{
        button::{Button, IconButton, Look},
        icon::Icon,
    },
    giving::Giving,
    pages::{
        inbox::InboxState,
        rows::{MoreActs, Pager},
    },
    shell::Shell,
    words::{kind_glyph, use_words},
};

/// The acts of the menu, each with its command.
const MORE: [(Act, &str); 7] = [
    (Act::Wake, item::Wake::NAME),
    (Act::Assign, item::Assign::NAME),
    (Act::Cancel, consultation::Cancel::NAME),
    (Act::OpenClient, ""),
    (Act::Whatsapp, ""),
    (Act::Mail, ""),
    (Act::Copy, ""),
];

/// The header.
#[component]
pub(super) fn Head(it: Option<Consultation>) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let narrow = (shell.narrow)();
    let (cursor, total) = ((inbox.cursor)(), inbox.list.read().total());
    let run = move |act| _ = inbox.run_one(act, giving);
    rsx! {
        header { class: "head",
            if narrow {
                IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| run(Act::Back) }
            }
            if let Some(it) = it {
                span { class: "t3 hide-s",
                    Icon { name: kind_glyph(Kind::Consultation) }
                }
                span { class: "t2 med hide-m", {t.text("kind-consultation-free")} }
                span { class: "t3 num cut", dir: "ltr",
                    bdi { "#{it.number}" }
                }
                IconButton { icon: "copy", label: t.text("do-copy"), onpress: move |()| run(Act::Copy) }
                span { class: "push" }
                ClaimButton {}
                Pager { at: cursor.listed.then_some(cursor.at), total, onstep: move |by| inbox.step(by) }
                More {}
            }
        }
    }
}

/// «Pegang» or «Lepas».
#[component]
fn ClaimButton() -> Element {
    let inbox = use_context::<InboxState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let command = inbox.claim_command();
    if !inbox.shell.may(command) {
        return rsx! {};
    }
    let word = if command == item::Release::NAME { "do-release" } else { "do-claim" };
    let why_not = inbox.why_not(command);
    rsx! {
        Button {
            id: "claim",
            text: t.text(word),
            icon: "hand",
            keys: Act::Claim.key(inbox.shell),
            look: Look::Quiet,
            class: "btn-sm",
            disabled: why_not.is_some(),
            described_by: why_not.is_some().then(|| "claim-why".to_owned()),
            onpress: move |()| _ = inbox.run_one(Act::Claim, giving),
        }
        if let Some(why) = why_not {
            span { class: "sr", id: "claim-why", {why} }
        }
    }
}

/// What else can be done.
#[component]
fn More() -> Element {
    let inbox = use_context::<InboxState>();
    let giving = use_context::<Giving>();
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let mut open = use_signal(|| false);
    let offered = |(act, command): &&(Act, &str)| match act {
        Act::Whatsapp | Act::Mail => inbox.reaches(*act),
        Act::OpenClient => act.spec().is_for(shell),
        Act::Wake => inbox.is_put_off() && shell.may(command),
        _ => command.is_empty() || shell.may(command),
    };
    let acts: Vec<_> = MORE.iter().filter(offered).map(|(act, command)| (*act, inbox.why_not(command))).collect();
    rsx! {
        MoreActs {
            id: "detail-more",
            menu: "detail-menu",
            acts,
            open: open(),
            onopen: move |to| open.set(to),
            onact: move |act| _ = if act == Act::OpenClient { acting.run(act) } else { inbox.run_one(act, giving) },
        }
    }
}
