//! The detail of a request: header, title, facts, what the client added, notes, history, and the acts at the foot.

mod bar;
mod head;

use bridge::DeskError;
use dioxus::prelude::*;
use domain::{command::Act as _, commands::note, records::Consultation};

use super::{
    DETAIL,
    state::{InboxState, reference},
};
use crate::{
    actions::Act,
    components::{
        avatar::Avatar,
        badge::Badge,
        button::Kbd,
        empty::Empty,
        timeline::{Timeline, nodes},
        toast::UndoBar,
    },
    pages::rows::{ClientLine, HandFacts, NotHere, Notes},
    shell::Shell,
    words::{use_words, wire_word},
};

/// The pane.
#[component]
pub(super) fn DetailPane() -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let notes = inbox.opened.read().reply.as_ref().map(|reply| reply.notes.clone());
    let Some(it) = inbox.request() else {
        return rsx! {
            NotHere {
                list: *inbox,
                label: t.text("detail-label"),
                failed: t.text("detail-failed"),
                nothing: rsx! {
                    Nothing {}
                },
                head::Head {}
            }
        };
    };
    // Until all of it is here the box stands there already: nothing jumps.
    let may = notes.is_none() || inbox.verdict(note::Add::NAME).is_some();
    let notes = notes.unwrap_or_default();
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "detail-name", "data-keys": "detail", tabindex: "-1",
            head::Head { it: it.clone() }
            div { class: "scroll pad", id: DETAIL, role: "region", "aria-label": t.text("detail-body"), tabindex: "0",
                Title { it: it.clone() }
                Facts { it: it.clone() }
                if let Some(note) = &it.note {
                    p { class: "quote sec",
                        "“"
                        bdi { "{note}" }
                        "”"
                    }
                }
                Notes {
                    about: reference(it.id),
                    notes,
                    may,
                    act: Act::Note,
                    detail: DETAIL,
                    onrefused: move |error: DeskError| inbox.refused(&error),
                }
                History { it: it.clone() }
            }
            UndoBar {}
            bar::Bar { it }
        }
    }
}

#[component]
fn Nothing() -> Element {
    let t = use_words();
    rsx! {
        Empty { icon: "keyboard", title: t.text("detail-nothing"), centred: true,
            p { class: "hstack wrap",
                span { class: "hstack hstack-1",
                    Kbd { keys: "J" }
                    Kbd { keys: "K" }
                    {t.text("hint-move")}
                }
                span { class: "hstack hstack-1",
                    Kbd { keys: "/" }
                    {t.text("hint-search")}
                }
                span { class: "hstack hstack-1",
                    Kbd { keys: "?" }
                    {t.text("hint-keys")}
                }
            }
        }
    }
}

/// Whose request it is, and what is known of them.
#[component]
fn Title(it: Consultation) -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let opened = inbox.opened.read();
    let ours = opened.reply.as_ref().map_or_else(|| opened.row.as_ref().is_some_and(|row| row.ours), |reply| reply.ours);
    let known = opened.reply.as_ref().map(|reply| (reply.client.clone(), reply.client_requests));
    rsx! {
        div { class: "title",
            Avatar { name: it.client_name.clone(), size: 40 }
            div { class: "grow",
                h1 { id: "detail-name",
                    bdi { "{it.client_name}" }
                }
                if let Some((client, requests)) = known {
                    ClientLine { client, counted: t.count("client-requests", i64::from(requests)) }
                } else {
                    p { class: "t2", " " }
                }
            }
            Badge { face: it.status.face(), ours, large: true }
        }
    }
}

/// What was asked.
#[component]
fn Facts(it: Consultation) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    rsx! {
        dl { class: "facts sec",
            dt { {t.text("fact-date")} }
            dd { class: "semi", {t.date_long(it.requested_date)} }
            dt { {t.text("fact-zone")} }
            dd { "{it.client_zone.label()} · {it.client_zone.city()}" }
            dt { {t.text("fact-topic")} }
            dd { class: "span",
                if let Some(topic) = &it.topic {
                    bdi { "{topic}" }
                } else {
                    "-"
                }
            }
            dt { {t.text("fact-asked")} }
            dd { class: "num", {t.near(it.created_at, now, zone)} }
            dt { {t.text("fact-source")} }
            dd { {wire_word(&t, "source", it.source.wire())} }
            if it.status == domain::records::ConsultationStatus::Waiting {
                dt { {t.text("fact-due")} }
                dd { class: "span num", {t.near(it.due_at, now, zone)} }
            }
            if let Some(person) = &it.assignee {
                dt { {t.text("fact-assignee")} }
                dd { class: "span",
                    bdi { "{person.name}" }
                }
            }
            HandFacts { claim: it.claimed_at(now).cloned(), snooze: it.snoozed_at(now).cloned() }
            if let Some(reason) = &it.reason {
                dt { {t.text("fact-reason")} }
                dd { class: "span",
                    bdi { "{reason}" }
                }
            }
        }
    }
}

#[component]
fn History(it: Consultation) -> Element {
    let inbox = use_context::<InboxState>();
    let t = use_words();
    let opened = inbox.opened.read();
    // Until all of it is here nothing is known of what the server has; a history that blinked from dashed to solid would lie.
    let nodes = match &opened.reply {
        Some(reply) => nodes(&reply.consultation.history, reply.server.as_deref().map(|it| &it.history), reply.rev),
        None => nodes(&it.history, None, 1),
    };
    rsx! {
        section { class: "sec", "aria-labelledby": "history-title",
            h2 { class: "sec-h", id: "history-title", {t.text("history")} }
            Timeline { nodes, due_at: Some(it.due_at) }
        }
    }
}
