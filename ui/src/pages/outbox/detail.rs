//! One command, whole: its receipt, where it stands, why it was refused, and what can become of it.

use std::rc::Rc;

use bridge::{OutboxDetailReply, OutboxEntry};
use dioxus::prelude::*;
use domain::{
    status::{CommandState, Tone},
    words::isolate,
};

use super::{
    DETAIL,
    acts::sync_now,
    choices::{Choices, EvidenceRow},
    compare::Compare,
    list::{State, name_of},
    state::OutboxState,
};
use crate::{
    acting::Acting,
    actions::Act,
    components::{
        button::{ActButton, Button, IconButton, Look},
        empty::{NothingOpen, Skeleton},
        icon::Icon,
        note::Note,
        toast::{UndoBar, Undoing},
    },
    shell::{Place, Shell},
    words::{refusal, use_words},
};

/// The pane.
#[component]
pub(super) fn DetailPane() -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let undoing = use_context::<Undoing>();
    let t = use_words();
    let opened = (outbox.opened)();
    let chosen = (outbox.cursor)().1.is_some();
    let narrow = (shell.narrow)();
    let back = rsx! {
        if narrow {
            IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = outbox.run(Act::Back, undoing) }
        }
    };
    let Some(reply) = opened else {
        return rsx! {
            section { class: "pane", id: "pane-detail", "aria-label": t.text("outbox-detail-label"), "data-keys": "detail", tabindex: "-1",
                header { class: "head", {back} }
                if chosen {
                    Skeleton { rows: 4, label: t.text("loading") }
                } else {
                    NothingOpen {}
                }
                UndoBar {}
            }
        };
    };
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "command-name", "data-keys": "detail", tabindex: "-1",
            header { class: "head",
                {back}
                State { entry: Rc::new(reply.entry.clone()) }
                span { class: "t3", {t.text("receipt")} }
                span { class: "receipt", "{reply.entry.receipt}" }
                IconButton { icon: "copy", label: t.text("copy-receipt"), onpress: move |()| _ = outbox.run(Act::Copy, undoing) }
                Times { entry: reply.entry.clone() }
            }
            div { class: "scroll pad", id: DETAIL, role: "region", "aria-label": t.text("outbox-detail-label"), tabindex: "0",
                Body { reply: reply.clone() }
            }
            UndoBar {}
            Foot { reply }
        }
    }
}

/// «dibuat 10:31:04 · dikirim 10:31:05 · percobaan 1».
#[component]
fn Times(entry: OutboxEntry) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    let mut parts = vec![t.with("made-at", &[("at", t.clock_seconds(entry.made_at, zone).into())])];
    parts.extend(entry.sent_at.map(|at| t.with("sent-at", &[("at", t.clock_seconds(at, zone).into())])));
    if entry.tries > 0 {
        parts.push(t.count("tries", i64::from(entry.tries)));
    }
    rsx! {
        span { class: "push t3 s12 num cut", {parts.join(" · ")} }
    }
}

/// The key of the title for a state.
const fn title_word(state: CommandState) -> &'static str {
    match state {
        CommandState::Held => "command-title-held",
        CommandState::Queued => "command-title-queued",
        CommandState::Sent => "command-title-sent",
        CommandState::Applied => "command-title-applied",
        CommandState::Refused => "command-title-refused",
        CommandState::Conflict => "command-title-conflict",
        CommandState::Blocked => "command-title-blocked",
        CommandState::Unknown => "command-title-unknown",
        CommandState::Settled => "command-title-settled",
    }
}

#[component]
fn Body(reply: Rc<OutboxDetailReply>) -> Element {
    let acting = use_context::<Acting>();
    let t = use_words();
    let entry = &reply.entry;
    let about = entry.record.and_then(|record| Some((record, Place::of(record.kind)?)));
    let typed = ["reason", "text", "note"].iter().find_map(|field| entry.args.get(field)?.as_str()).map(str::to_owned);
    let name = isolate(&entry.title);
    let effect = if entry.state.needs_decision() { "command-nothing-changed" } else { "command-about" };
    rsx! {
        h1 { class: "h1", id: "command-name", {t.with(title_word(entry.state), &[("act", name_of(&t, &entry.act).into())])} }
        p { class: "t2 s14 sec-t",
            {t.with(effect, &[("name", name.into())])}
            if let Some((record, place)) = about {
                " "
                a {
                    href: "#",
                    onclick: move |event| {
                        event.prevent_default();
                        acting.open(record);
                    },
                    {t.text(place.open_word())}
                }
            }
        }
        Why { reply: reply.clone() }
        if let Some(typed) = typed {
            section { class: "sec",
                h2 { class: "sec-h", {t.text("typed")} }
                p { class: "quote",
                    bdi { {typed} }
                }
            }
        }
        Compare { reply: reply.clone() }
        if reply.entry.state.needs_decision() {
            // What was seen, what the server has and its reason: of these it is the evidence.
            EvidenceRow { id: reply.entry.id }
            Choices { reply: reply.clone() }
        }
    }
}

/// Why it stands where it stands.
#[component]
fn Why(reply: Rc<OutboxDetailReply>) -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    if let Some(cause) = &reply.waits_for {
        let id = cause.id;
        let text = t.with("blocked-by", &[("act", name_of(&t, &cause.act).into()), ("name", isolate(&cause.title).into())]);
        return rsx! {
            Note { tone: Tone::Cabai, icon: "sy-refuse", class: "sec",
                span { class: "grow", {text} }
                Button { text: t.text("blocked-open"), class: "btn-sm", onpress: move |()| outbox.open(id) }
            }
        };
    }
    if let Some(code) = &reply.code {
        let details = reply.details.as_deref().cloned().unwrap_or_default();
        let (tone, icon) = match reply.entry.state {
            CommandState::Conflict => (Tone::Manggis, "sy-conflict"),
            _ => (Tone::Cabai, "sy-refuse"),
        };
        return rsx! {
            Note { tone, icon, class: "sec",
                span { class: "grow",
                    b { {t.text("server-reason")} }
                    " "
                    {refusal(&t, code, &details, now, zone)}
                }
                span { class: "mono s12", "{code}" }
            }
        };
    }
    if reply.entry.state == CommandState::Unknown {
        return rsx! {
            Note { tone: Tone::Manggis, icon: "sy-stale", class: "sec",
                span { {t.text("unknown-why")} }
            }
        };
    }
    if reply.entry.will_be_refused && reply.entry.state.is_waiting() {
        return rsx! {
            Note { tone: Tone::Kunyit, icon: "sy-stale", class: "sec",
                span { {t.text("will-be-refused-why")} }
            }
        };
    }
    rsx! {}
}

#[component]
fn Foot(reply: Rc<OutboxDetailReply>) -> Element {
    let undoing = use_context::<Undoing>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let id = reply.entry.id;
    let refused = (shell.refused)();
    rsx! {
        footer { class: "act",
            if let Some(error) = refused {
                span { class: "err grow", role: "alert",
                    Icon { name: "sy-refuse", size: 14 }
                    {shell.trouble(&error)}
                }
            } else {
                span { class: "act-why grow",
                    if reply.entry.state.is_waiting() {
                        {t.text(if reply.can_undo { "outbox-foot-undo" } else { "outbox-foot-sent" })}
                    } else {
                        {t.text("outbox-foot")}
                    }
                }
            }
            if reply.can_undo {
                ActButton { act: Act::TakeBack, class: "btn-sm", onpress: move |()| undoing.undo(Some(id)) }
            }
            if reply.entry.state == CommandState::Held {
                Button { text: t.text("do-send-now"), class: "btn-sm", look: Look::Plain, icon: "refresh", onpress: move |()| sync_now(shell) }
            }
        }
    }
}
