//! Both side by side, which of them stays, and what will be.

use bridge::{ClientCounts, ClientDetailReply};
use dioxus::prelude::*;
use domain::{
    id::ClientId,
    phone::Phone,
    records::Client,
    words::{Words, isolate},
};

use super::Both;
use crate::{components::choice::Radio, shell::Shell, words::use_words};

/// A line of the comparison: its words, and what stands in it of somebody.
type Line = (&'static str, fn(&Words, Shell, &Side) -> String);

/// One of the two.
#[derive(Clone, Debug, PartialEq)]
struct Side {
    client: Client,
    /// How much there is of them, once it was read.
    counts: Option<ClientCounts>,
}

const LINES: [Line; 8] = [
    ("field-phone", |_, _, it| it.client.phone.as_ref().map_or_else(none, Phone::spoken)),
    ("field-email", |_, _, it| it.client.email.as_ref().map_or_else(none, ToString::to_string)),
    ("client-account", |t, _, it| t.text(if it.client.user_id.is_some() { "client-account-own" } else { "client-account-none" })),
    ("client-merge-since", |t, shell, it| t.date(it.client.since().day(shell.zone()))),
    ("client-tale-requests", |_, _, it| count(it, |counts| counts.requests)),
    ("client-tale-orders", |_, _, it| count(it, |counts| counts.orders)),
    ("client-tale-talks", |_, _, it| count(it, |counts| counts.talks)),
    ("client-tale-notes", |_, _, it| count(it, |counts| counts.notes)),
];

fn none() -> String {
    "-".to_owned()
}
fn count(it: &Side, of: impl Fn(&ClientCounts) -> u32) -> String {
    it.counts.as_ref().map_or_else(String::new, |counts| of(counts).to_string())
}

/// The two, in the places in which they stay whoever is chosen: `first` is the one who was open.
#[component]
pub(super) fn Compare(first: Client, stays: Client, goes: Client, told: Option<Both>, chosen: Signal<Option<ClientId>>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let counts = |id: ClientId| {
        let all = told.as_ref().map(|(stays, goes)| [stays, goes]);
        all.and_then(|all| all.into_iter().find(|it| it.client.id == id).map(|it: &ClientDetailReply| it.counts))
    };
    let second = if stays.id == first.id { goes.clone() } else { stays.clone() };
    let sides = [first, second].map(|client| Side { counts: counts(client.id), client });
    let lines = LINES.map(|(word, of)| (word, sides.each_ref().map(|side| of(&t, shell, side))));
    rsx! {
        fieldset { class: "field",
            legend { class: "label", {t.text("client-merge-keep")} }
            table { class: "table table-w merge", id: told.is_some().then_some("client-merge-told"), "aria-label": t.text("client-merge-compared"),
                thead {
                    tr {
                        td {}
                        for side in sides.clone() {
                            th { key: "{side.client.id}", scope: "col",
                                Stays { stays: side.client.id == stays.id, client: side.client, chosen }
                            }
                        }
                    }
                }
                tbody {
                    for (word , [one , other]) in lines {
                        tr { key: "{word}",
                            th { scope: "row", class: "t2", {t.text(word)} }
                            td {
                                bdi { {one} }
                            }
                            td {
                                bdi { {other} }
                            }
                        }
                    }
                }
            }
        }
        WhatWillBe { stays, goes }
    }
}

/// Somebody's name, and whether it is they who stay.
#[component]
fn Stays(client: Client, stays: bool, mut chosen: Signal<Option<ClientId>>) -> Element {
    let id = client.id;
    rsx! {
        label { class: if stays { "opt is-on" } else { "opt" },
            Radio { name: "client-merge-keep", checked: stays, onchoose: move |()| chosen.set(Some(id)) }
            bdi { "{client.name}" }
        }
    }
}

/// What becomes of both, before anybody presses.
#[component]
fn WhatWillBe(stays: Client, goes: Client) -> Element {
    let t = use_words();
    let (kept, from) = (isolate(stays.name.as_str()), isolate(goes.name.as_str()));
    let said = |key: &str| t.with(key, &[("kept", kept.as_str().into()), ("from", from.as_str().into())]);
    rsx! {
        p { {said("client-merge-goes")} }
        if goes.user_id.is_some() && stays.user_id.is_none() {
            p { {said("client-merge-account")} }
        }
        p { {said("client-merge-left")} }
    }
}
