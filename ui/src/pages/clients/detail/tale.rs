//! What happened with a client, newest first: requests, orders, what was said and made, notes. Each line opens its record.

use bridge::{ClientCounts, ClientTale, ClientTaleReply, DeskError, TaleLine, TalePart, Told};
use dioxus::prelude::*;
use domain::{
    id::ClientId,
    record::{Kind, RecordRef},
    status::Face,
    words::{Words, isolate},
};

use crate::{
    acting::Acting,
    components::{
        badge::Badge,
        button::Button,
        empty::{Empty, Skeleton},
        icon::Icon,
        tabs::Tabs,
    },
    gateway::ask,
    pages::{clients::ClientsState, desk::Failed},
    shell::Shell,
    words::{use_words, when},
};

/// How many lines come at a time.
const STEP: u32 = 50;
/// The most that the desk gives at once.
const MOST: u32 = 200;
/// The id of what the parts are shown in.
const PANEL: &str = "client-tale";

/// The parts, each with the id of its tab and the key of its name.
const PARTS: [(TalePart, &str, &str); 6] = [
    (TalePart::All, "client-tab-all", "client-tale-all"),
    (TalePart::Requests, "client-tab-requests", "client-tale-requests"),
    (TalePart::Orders, "client-tab-orders", "client-tale-orders"),
    (TalePart::Talks, "client-tab-talks", "client-tale-talks"),
    (TalePart::Files, "client-tab-files", "client-tale-files"),
    (TalePart::Notes, "client-tab-notes", "client-tale-notes"),
];

/// How many there are of each part.
const fn counted(counts: ClientCounts) -> [u32; 6] {
    let ClientCounts { requests, orders, talks, files, notes, .. } = counts;
    [requests + orders + talks + files + notes, requests, orders, talks, files, notes]
}

/// The first so many lines.
async fn read(client: ClientId, part: TalePart, upto: u32) -> Result<ClientTaleReply, DeskError> {
    let mut all = ask(ClientTale { client, part, offset: 0, limit: upto.min(MOST) }).await?;
    while let Ok(offset @ 1..) = u32::try_from(all.lines.len())
        && offset < upto.min(all.total)
    {
        let more = ask(ClientTale { client, part, offset, limit: (upto - offset).min(MOST) }).await?;
        if more.lines.is_empty() {
            break;
        }
        all.lines.extend(more.lines);
    }
    Ok(all)
}

/// The part of the detail.
#[component]
pub(super) fn WhatHappened(client: ClientId) -> Element {
    let mut clients = use_context::<ClientsState>();
    let t = use_words();
    let mut upto = use_signal(|| STEP);
    let part = (clients.part)();
    let mut told = use_resource(move || async move {
        // What happened may be another thing by now.
        let _ = (clients.news)();
        read(client, (clients.part)(), upto()).await
    });
    let counts = clients.opened.read().reply.as_ref().map(|reply| counted(reply.counts));
    let counts = counts.map(|counts| counts.map(|n| t.whole(i64::from(n))).to_vec()).unwrap_or_default();
    let chosen = PARTS.iter().position(|(other, ..)| *other == part).unwrap_or(0);
    rsx! {
        section { class: "sec", "aria-labelledby": "client-tale-title",
            h2 { class: "sec-h", id: "client-tale-title", {t.text("client-tale")} }
            Tabs {
                label: t.text("client-tale-parts"),
                tabs: PARTS.iter().map(|(_, id, word)| (*id, t.text(word))).collect::<Vec<_>>(),
                counts,
                chosen,
                panel: PANEL,
                onchoose: move |n: usize| {
                    if let Some((part, ..)) = PARTS.get(n) {
                        upto.set(STEP);
                        clients.part.set(*part);
                    }
                },
            }
            div { id: PANEL, role: "tabpanel", "aria-labelledby": PARTS[chosen].1,
                match &*told.read() {
                    None => rsx! {
                        Skeleton { rows: 3, label: t.text("loading") }
                    },
                    Some(Err(error)) => rsx! {
                        Failed { error: error.clone(), title: t.text("client-tale-failed"), onretry: move |()| told.restart() }
                    },
                    Some(Ok(reply)) if reply.lines.is_empty() => rsx! {
                        Empty { icon: "clock", title: t.text("client-tale-none") }
                    },
                    Some(Ok(reply)) => rsx! {
                        ol { class: "tl",
                            for line in reply.lines.clone() {
                                Line { key: "{key(&line)}", line }
                            }
                        }
                        if u32::try_from(reply.lines.len()).is_ok_and(|here| here < reply.total) {
                            Button { text: t.text("client-tale-more"), class: "btn-sm", onpress: move |()| upto += STEP }
                        }
                    },
                }
            }
        }
    }
}

/// The name of a line among the lines.
fn key(line: &TaleLine) -> String {
    match &line.told {
        Told::Note { note } => note.note.id.to_string(),
        Told::File { design } => design.id.to_string(),
        Told::Talk { talk } => format!("talk-{}", talk.id),
        Told::Order { order } => order.id.to_string(),
        Told::Request { request } => request.id.to_string(),
    }
}

/// How a line is drawn.
struct Drawn {
    glyph: &'static str,
    /// What it is, which leads to its record.
    name: String,
    /// What is said of it, in words of a person.
    said: Option<String>,
    face: Option<Face>,
    opens: RecordRef,
    ours: bool,
}

fn drawn(t: &Words, told: &Told) -> Drawn {
    let named = |key: &str, number: &str| t.with(key, &[("number", isolate(number).into())]);
    match told {
        Told::Request { request: it } => Drawn {
            glyph: "consult",
            name: named("client-tale-request", &it.number),
            said: it.topic.as_ref().map(ToString::to_string),
            face: Some(it.status.face()),
            opens: RecordRef::new(Kind::Consultation, it.id),
            ours: false,
        },
        Told::Order { order: it } => Drawn {
            glyph: it.design_type.glyph(),
            name: named("client-tale-order", &it.number),
            said: Some(t.text(it.design_type.word())),
            face: Some(it.status.face()),
            opens: RecordRef::new(Kind::Order, it.id),
            ours: !it.has_real_number(),
        },
        Told::Talk { talk: it } => Drawn {
            glyph: "chat",
            name: named("client-tale-talk", &it.order_number),
            said: Some(it.last_text.to_string()),
            face: None,
            opens: RecordRef::new(Kind::Conversation, it.id),
            ours: false,
        },
        Told::File { design: it } => {
            let version = t.whole(it.version);
            let name = t.with("client-tale-file", &[("version", version.into()), ("number", isolate(&it.order_number).into())]);
            let opens = RecordRef::new(Kind::Order, it.order_id);
            Drawn { glyph: "file", name, said: Some(it.name.to_string()), face: Some(it.status.face()), opens, ours: false }
        }
        Told::Note { note: view } => Drawn {
            glyph: "bookmark",
            name: t.with("client-tale-note", &[("name", isolate(view.note.author.name.as_str()).into())]),
            said: Some(view.note.text.to_string()),
            face: None,
            opens: view.note.record,
            ours: view.ours,
        },
    }
}

#[component]
fn Line(line: TaleLine) -> Element {
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let Drawn { glyph, name, said, face, opens, ours } = drawn(&t, &line.told);
    rsx! {
        li { class: if ours { "tl-i is-ours" } else { "tl-i" },
            span { class: "tl-n",
                Icon { name: glyph, size: 12 }
            }
            span {
                // A note about the client themselves leads nowhere: it is here.
                if opens.kind == Kind::Client {
                    b { {name} }
                } else {
                    button { r#type: "button", class: "linkish", onclick: move |_| acting.open(opens), {name} }
                }
                if let Some(face) = face {
                    " "
                    Badge { face }
                }
                if let Some(said) = said {
                    span { class: "t2 long",
                        " "
                        bdi { {said} }
                    }
                }
                if ours {
                    span { class: "sr", " " {t.text("badge-ours")} }
                }
            }
            time { datetime: line.at.to_string(), title: t.moment(line.at, zone), {when(&t, line.at, now, zone)} }
        }
    }
}
