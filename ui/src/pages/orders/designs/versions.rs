//! The column of versions: newest first, files on their way among them, what became none, and the place where files are let fall.

use std::rc::Rc;

use bridge::{DesignView, DesignsReply, Transfer, TransferState};
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::design,
    records::Order,
    status::CommandState,
    time::{SECOND, UtcMillis, Zone},
    words::{Words, isolate},
};

use super::{
    DesignsState,
    acts::LIST,
    adding::ZONE,
    face,
    preview::Thumb,
    purge::gone,
    refusal::{not_sent, not_taken},
    tile_id,
};
use crate::{
    actions::Act,
    components::{
        icon::Icon,
        upload::{DropZone, NotTaken, Part, Stage, TileActs, UploadTile},
    },
    pages::{orders::kept::KeptBar, outbox::OutboxState, rows::MarkAt},
    shell::Place,
    words::{due_day, use_words},
};

/// The column.
#[component]
pub(super) fn Versions(reply: Rc<DesignsReply>, it: Order, onact: EventHandler<Act>) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    let (shell, order) = (designs.shell, it.id);
    let open = designs.open_one().map(|view| view.design.id);
    let moved = move |event: KeyboardEvent| {
        let by = match event.key() {
            Key::ArrowDown => 1,
            Key::ArrowUp => -1,
            Key::Home => i64::MIN / 2,
            Key::End => i64::MAX / 2,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        designs.step(by);
    };
    let adds = reply.upload.is_some() && shell.may(design::Upload::NAME);
    rsx! {
        section { class: "designs-r", "aria-labelledby": "versions-title",
            h2 { class: "designs-h", id: "versions-title",
                {t.text("designs")}
                span { class: "t3", {t.text("designs-kept")} }
            }
            KeptBar { it, onact }
            if !reply.versions.is_empty() {
                ul { class: "vers", id: LIST, onkeydown: moved,
                    for view in reply.versions.iter().cloned() {
                        li { key: "{view.design.id}",
                            Version { open: Some(view.design.id) == open, view }
                        }
                    }
                }
            }
            Waiting { reply }
            for (number , it) in designs.not_taken.read().iter().cloned() {
                NotTaken {
                    key: "{number}",
                    why: not_taken(&t, &it, shell.clock.minute(), shell.zone()),
                    name: it.name,
                    ondismiss: move |()| designs.dismiss(number),
                }
            }
            if (designs.checking)() {
                p { class: "t2 s12 hstack", role: "status",
                    Icon { name: "search", size: 14 }
                    {t.text("designs-checking")}
                }
            }
            if adds {
                DropZone {
                    id: ZONE,
                    over: (designs.held)() > 0,
                    keys: Act::DesignUpload.key(shell),
                    why_not: designs.why_not_added(order),
                    onchoose: move |()| onact.call(Act::DesignUpload),
                }
            }
        }
    }
}

/// Files wait for the line.
#[component]
fn Waiting(reply: Rc<DesignsReply>) -> Element {
    let t = use_words();
    let waits = |view: &DesignView| view.transfer.as_ref().is_some_and(|transfer| transfer.state == TransferState::Offline);
    rsx! {
        if reply.versions.iter().any(waits) {
            p { class: "log-off",
                Icon { name: "sy-off", size: 14 }
                span { {t.text("designs-offline")} }
            }
        }
    }
}

/// One version.
#[component]
fn Version(view: DesignView, open: bool) -> Element {
    let designs = use_context::<DesignsState>();
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    let shell = designs.shell;
    let (design, command, id) = (view.design.id, view.command, tile_id(&view));
    let why = not_sent(&t, view.transfer.as_ref().and_then(|transfer| transfer.refused.as_deref()));
    let stage = stage_of(&view, why);
    let at = came_at(&t, view.design.created_at, shell.clock.minute(), shell.zone());
    let is_there = matches!(stage, Stage::There(_));
    let mark = view.mark.filter(|state| is_there && *state != CommandState::Held).map(|state| {
        rsx! {
            MarkAt { state: state, command }
        }
    });
    let thumb = rsx! {
        Thumb { view: view.clone() }
    };
    let settle = command.map(|command| {
        EventHandler::new(move |()| {
            outbox.open(command);
            shell.go(Place::Outbox);
        })
    });
    rsx! {
        UploadTile {
            number: view.design.version,
            name: view.design.name.to_string(),
            size: u64::try_from(view.design.size).unwrap_or(0),
            stage,
            open,
            current: view.current,
            kept: view.kept,
            ours: view.ours,
            at: is_there.then_some(at),
            gone: gone(&t, shell, &view),
            thumb,
            mark,
            id,
            onopen: move |()| designs.choose(design),
            acts: TileActs {
                cancel: Some(EventHandler::new(move |()| designs.cancel(design))),
                pause: Some(EventHandler::new(move |paused| designs.pause(design, paused))),
                settle,
            },
        }
    }
}

/// When it came: the hour today, else «22 Nov 15:40».
fn came_at(words: &Words, at: UtcMillis, now: UtcMillis, zone: Zone) -> String {
    let (day, hour) = (at.day(zone), words.clock(at, zone));
    if day == now.day(zone) { hour } else { format!("{} {hour}", due_day(words, day, false, now)) }
}

fn stage_of(view: &DesignView, why: String) -> Stage {
    let Some(Transfer { state, sent, size, left, .. }) = view.transfer else { return Stage::There(face(view)) };
    let part = Part { done: sent, total: size };
    match state {
        TransferState::Waiting => Stage::Queued,
        TransferState::Sending => Stage::Sending(part, left.map(|seconds| i64::from(seconds) * SECOND)),
        TransferState::Paused => Stage::Paused(part),
        TransferState::Offline => Stage::Offline(part),
        TransferState::Refused => Stage::Refused(why),
    }
}

/// What lies over an open order while files are held above the window.
#[component]
pub(crate) fn DropOver(name: String) -> Element {
    let designs = use_context::<DesignsState>();
    let t = use_words();
    rsx! {
        if (designs.held)() > 0 {
            div { class: "drop-over", id: "drop-over",
                p { class: "drop-over-t",
                    Icon { name: "sy-send", size: 24 }
                    span { {t.with("design-drop-over", &[("name", isolate(&name).into())])} }
                }
            }
        }
    }
}
