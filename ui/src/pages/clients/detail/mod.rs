//! Klien 360: who somebody is, how they are reached, and everything that happened with them.

mod facts;
mod tale;

use bridge::{DeskError, NoteView};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{client, note},
    records::Client,
};

use super::{
    DETAIL,
    state::{ClientsState, reference},
};
use crate::{
    actions::Act,
    components::{avatar::Avatar, badge::Mark, button::IconButton, empty::NothingOpen, export::ExportNote, toast::UndoBar},
    pages::rows::{Foot, FootAct, MoreActs, NotHere, Notes, Pager, reaches, refusals},
    shell::Shell,
    words::{client_since, use_words},
};

/// The pane.
#[component]
pub(super) fn DetailPane() -> Element {
    let clients = use_context::<ClientsState>();
    let t = use_words();
    let notes = clients.opened.read().reply.as_ref().map(|reply| reply.notes.clone());
    let Some(it) = clients.client() else {
        return rsx! {
            NotHere {
                list: *clients,
                label: t.text("client-detail-label"),
                failed: t.text("client-detail-failed"),
                nothing: rsx! {
                    NothingOpen {}
                },
                Head {}
            }
        };
    };
    // Until all of it is here the box stands there already: nothing jumps.
    let may = notes.is_none() || clients.verdict(note::Add::NAME).is_some();
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "detail-name", "data-keys": "detail", tabindex: "-1",
            Head { it: it.clone() }
            div { class: "scroll pad", id: DETAIL, role: "region", "aria-label": t.text("client-detail-label"), tabindex: "0",
                // Only what stands in a list is told apart by its key: with another client all of it begins anew, so that
                // nobody reads under one name what happened with another.
                for it in [it.clone()] {
                    Whole { key: "{it.id}", it, notes: notes.clone().unwrap_or_default(), may }
                }
            }
            UndoBar {}
            Bar { it }
        }
    }
}

/// Everything about one client.
#[component]
fn Whole(it: Client, notes: Vec<NoteView>, may: bool) -> Element {
    let clients = use_context::<ClientsState>();
    rsx! {
        Title { it: it.clone() }
        ExportNote { export: clients.export }
        facts::Alike {}
        facts::Facts { it: it.clone() }
        Notes {
            about: reference(it.id),
            notes,
            may,
            act: Act::Note,
            detail: DETAIL,
            onrefused: move |error: DeskError| clients.refused(&error),
        }
        tale::WhatHappened { client: it.id }
    }
}

/// The header.
#[component]
fn Head(it: Option<Client>) -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let (cursor, total) = ((clients.cursor)(), clients.list.read().total());
    let pending = clients.opened.read().reply.as_ref().and_then(|reply| reply.pending.iter().map(|act| act.state).next());
    rsx! {
        header { class: "head",
            if (shell.narrow)() {
                IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = clients.run(Act::Back) }
            }
            if it.is_some() {
                span { class: "t2 med", {t.text("kind-client")} }
                if let Some(state) = pending {
                    Mark { state: state }
                }
                span { class: "push" }
                Pager { at: cursor.listed.then_some(cursor.at), total, onstep: move |by| clients.step(by) }
                More {}
            }
        }
    }
}

/// Who it is.
#[component]
fn Title(it: Client) -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let counts = clients.opened.read().reply.as_ref().map(|reply| reply.counts);
    let mut parts = vec![client_since(&t, it.since().day(shell.zone()))];
    if let Some(counts) = counts {
        parts.push(t.count("client-requests", i64::from(counts.requests)));
        parts.push(t.count("client-orders", i64::from(counts.orders)));
    }
    rsx! {
        div { class: "title",
            Avatar { name: it.name.clone(), size: 40 }
            div { class: "grow",
                h1 { id: "detail-name",
                    bdi { "{it.name}" }
                }
                p { class: "t2",
                    if it.erased_at.is_some() {
                        {t.text("client-erased")}
                    } else {
                        {parts.join(" · ")}
                    }
                }
            }
        }
    }
}

/// The foot: why something cannot be done, and the acts.
#[component]
fn Bar(it: Client) -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let edit = Some(client::Edit::NAME).filter(|edit| shell.may(edit));
    let verdicts: Vec<_> = edit.and_then(|edit| Some((edit, clients.verdict(edit)?))).into_iter().collect();
    let said = refusals(&t, &verdicts, shell.clock.minute(), shell.zone());
    let plain = |act| FootAct { act, primary: false, why_not: None, text: None };
    let edit = edit.map(|edit| FootAct { why_not: clients.why_not(edit), ..plain(Act::EditClient) });
    let ways = [Act::Mail, Act::Whatsapp].into_iter().filter(|act| reaches(*act, Some(&it)) && act.spec().is_for(shell)).map(plain);
    let acts: Vec<FootAct> = edit.into_iter().chain(ways).collect();
    rsx! {
        Foot { said, acts, onact: move |act| _ = clients.run(act) }
    }
}

/// The acts of the menu.
const MORE: [Act; 7] = [Act::EditClient, Act::MergeClient, Act::Whatsapp, Act::Mail, Act::Copy, Act::ExportClient, Act::EraseClient];

/// What else can be done.
#[component]
fn More() -> Element {
    let clients = use_context::<ClientsState>();
    let shell = use_context::<Shell>();
    let mut open = use_signal(|| false);
    let offered = MORE.iter().filter(|act| act.spec().is_for(shell));
    let acts: Vec<_> = offered.filter_map(|act| Some((*act, clients.offer(*act)?.why_not))).collect();
    rsx! {
        MoreActs {
            id: "client-more",
            menu: "client-menu",
            acts,
            open: open(),
            onopen: move |to| open.set(to),
            onact: move |act| _ = clients.run(act),
        }
    }
}
