//! Rincian: what was ordered, by whom, by when and for how much; what the staff keeps in mind with it, and its notes.

use bridge::DeskError;
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{note, order},
    records::{Order, OrderStatus},
};

use crate::{
    actions::Act,
    components::button::{ActButton, Look},
    giving::Giving,
    pages::{
        orders::{DETAIL, OrdersState, list::Number, state::reference},
        rows::{ClientLine, HandFacts, Notes},
    },
    shell::Shell,
    words::{use_words, wire_word},
};

/// The facts, the admin's note, the notes.
#[component]
pub(super) fn Facts(it: Order) -> Element {
    let orders = use_context::<OrdersState>();
    let notes = orders.opened.read().reply.as_ref().map(|reply| reply.notes.clone());
    // Until all of it is here the box stands there already: nothing jumps.
    let may = notes.is_none() || orders.verdict(note::Add::NAME).is_some();
    rsx! {
        Wanted { it: it.clone() }
        WhoseItIs { it: it.clone() }
        StaffNote { it: it.clone() }
        Notes {
            about: reference(it.id),
            notes: notes.unwrap_or_default(),
            may,
            act: Act::Note,
            detail: DETAIL,
            onrefused: move |error: DeskError| orders.refused(&error),
        }
    }
}

/// What was ordered.
#[component]
fn Wanted(it: Order) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let none = || "-".to_owned();
    rsx! {
        dl { class: "facts",
            if !it.has_real_number() {
                dt { {t.text("order-number")} }
                dd { class: "span",
                    Number { number: it.number.clone(), real: false }
                    span { class: "t3", "aria-hidden": "true", " · " {t.text("order-number-provisional")} }
                }
            }
            dt { {t.text("order-kind")} }
            dd { class: "semi", {t.text(it.design_type.word())} }
            dt { {t.text("order-deadline")} }
            dd { class: "num", {it.deadline.map_or_else(none, |day| t.date_long(day))} }
            dt { {t.text("order-budget")} }
            dd { class: "num", {it.budget.map_or_else(none, |amount| amount.to_string())} }
            dt { {t.text("fact-source")} }
            dd { {wire_word(&t, "source", it.source.wire())} }
            dt { {t.text("order-description")} }
            dd { class: "span long",
                bdi { "{it.description}" }
            }
            dt { {t.text("order-needs")} }
            dd { class: "span long",
                if let Some(needs) = &it.needs {
                    bdi { "{needs}" }
                } else {
                    "-"
                }
            }
            dt { {t.text("order-made")} }
            dd { class: "num", {t.near(it.created_at, now, zone)} }
            dt { {t.text("fact-assignee")} }
            dd {
                if let Some(person) = &it.assignee {
                    bdi { "{person.name}" }
                } else {
                    "-"
                }
            }
            HandFacts { claim: it.claimed_at(now).cloned(), snooze: it.snoozed_at(now).cloned() }
            if it.status == OrderStatus::Pending && it.deleted.is_none() {
                dt { {t.text("order-due")} }
                dd { class: "span num", {t.near(it.due_at, now, zone)} }
            }
            if let Some(reason) = &it.reason {
                dt { {t.text("fact-reason")} }
                dd { class: "span long",
                    bdi { "{reason}" }
                }
            }
        }
    }
}

/// Whose order it is, and the way to them.
#[component]
fn WhoseItIs(it: Order) -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let known = orders.opened.read().reply.as_ref().map(|reply| (reply.client.clone(), reply.client_orders));
    rsx! {
        section { class: "sec", "aria-labelledby": "order-client",
            h2 { class: "sec-h", id: "order-client", {t.text("client")} }
            div { class: "hstack wrap",
                div { class: "grow",
                    p { class: "semi",
                        bdi { "{it.client_name}" }
                        span { class: "t3", " · {it.client_zone.label()}" }
                    }
                    if let Some((client, count)) = known {
                        ClientLine { client, counted: t.count("client-orders", i64::from(count)) }
                    } else {
                        p { class: "t2", " " }
                    }
                }
            }
        }
    }
}

/// What the staff keeps in mind with it; the client does not read it.
#[component]
fn StaffNote(it: Order) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    rsx! {
        section { class: "sec", "aria-labelledby": "order-staff-note",
            div { class: "sec-top",
                h2 { class: "sec-h grow", id: "order-staff-note",
                    {t.text("order-staff-note")}
                    span { class: "n", {t.text("notes-who")} }
                }
                if shell.may(order::SetNote::NAME) {
                    ActButton {
                        act: Act::OrderNote,
                        text: t.text(if it.staff_note.is_some() { "order-note-edit" } else { "order-note-write" }),
                        look: Look::Quiet,
                        class: "btn-sm",
                        why_not: orders.why_not(order::SetNote::NAME),
                        onpress: move |()| _ = orders.run(Act::OrderNote, giving),
                    }
                }
            }
            if let Some(text) = &it.staff_note {
                p { class: "quote long",
                    bdi { "{text}" }
                }
            } else {
                p { class: "t3", {t.text("order-staff-note-none")} }
            }
        }
    }
}
