//! The list of commands.

use std::rc::Rc;

use bridge::OutboxEntry;
use dioxus::prelude::*;
use domain::{
    status::{CommandState, Connection},
    text::clean_line,
    time::{UtcMillis, Zone},
    words::Words,
};

use super::{
    LIST, PANEL,
    acts::sync_now,
    state::{OutboxState, Part, Tab},
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, IconButton},
        empty::{Empty, Skeleton},
        icon::Icon,
        list::{DataList, ListRow, RowAt},
        tabs::Tabs,
    },
    pages::{
        desk::{DrawerButton, Failed, Notes},
        paper::PrintButton,
        rows::{Load, Pane},
    },
    shell::{Shell, focus_drawn},
    words::{use_words, when, wire_word},
};

/// The name of a command: «Terima permintaan».
pub(crate) fn name_of(words: &Words, act: &str) -> String {
    wire_word(words, "give", &act.replace('.', "-"))
}

/// The glyph of a command.
pub(super) fn glyph_of(act: &str) -> &'static str {
    match act {
        "consultation.accept" => "check",
        "consultation.reject" => "x",
        "consultation.cancel" => "st-cancel",
        "consultation.request" => "consult",
        "item.claim" | "item.release" | "order.claim" | "order.release" => "hand",
        "item.snooze" | "item.wake" | "order.snooze" | "order.wake" => "clock",
        "item.assign" => "right",
        "order.create" => "plus",
        "order.edit" | "order.restore" => "design",
        "order.set_status" | "order.set_product_status" => "updown",
        "order.set_note" => "bookmark",
        "order.assign" => "right",
        "order.delete" => "trash",
        "note.add" | "message.send" => "chat",
        "conversation.read" => "check",
        "quick_reply.save" | "quick_reply.remove" => "bolt",
        "client.create" | "client.edit" | "client.merge" => "person",
        "notification.read" => "bell",
        "user.invite" | "user.edit" => "expert",
        "user.set_status" => "st-cancel",
        "user.send_link" => "mail",
        "device.revoke" => "monitor",
        _ => "st-draft",
    }
}

/// The second line: whom it is about, and what was typed or chosen.
pub(super) fn summary(words: &Words, entry: &OutboxEntry, now: UtcMillis, zone: Zone) -> String {
    let typed = ["reason", "text"].iter().find_map(|field| entry.args.get(field)?.as_str()).map(clean_line);
    let until = entry.args.get("until").and_then(|until| until.as_str()?.parse::<UtcMillis>().ok());
    let until = until.map(|at| words.with("until", &[("at", words.near_within(at, now, zone).into())]));
    let parts = [Some(entry.title.clone()).filter(|t| !t.is_empty()), until.or(typed)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    let list = outbox.list.read();
    let (load, rows) = (list.load.clone(), list.layout().rows());
    drop(list);
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-outbox"), "data-keys": "list", tabindex: "-1",
            Head {}
            Tabbed { tab: Tab::Commands }
            div { class: "panel", id: PANEL, role: "tabpanel", "aria-labelledby": Tab::Commands.id(),
                Notes {}
                match load {
                    Load::Failed(error) => rsx! {
                        Failed { error, title: t.text("outbox-failed"), onretry: move |()| outbox.read_list(true) }
                    },
                    Load::Coming => rsx! {
                        Skeleton { rows: 5, label: t.text("loading") }
                    },
                    Load::Here if rows == 0 => rsx! {
                        Nothing {}
                    },
                    Load::Here => rsx! {
                        Rows {}
                    },
                }
            }
        }
    }
}

/// The name of the screen, how much is not finished, and the ways to pause and to send.
#[component]
pub(super) fn Head() -> Element {
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let list = outbox.list.read();
    let (load, open) = (list.load.clone(), list.open());
    drop(list);
    let paused = shell.status.read().as_ref().is_some_and(|status| status.connection == Connection::Paused);
    let icon = if paused { "play" } else { "pause" };
    rsx! {
        header { class: "head",
            DrawerButton {}
            h1 { {t.text("place-outbox")} }
            if load == Load::Here {
                span { class: "t3 num", {t.whole(i64::try_from(open).unwrap_or(0))} }
            }
            span { class: "push hstack",
                if (outbox.tab)() == Tab::Commands && load == Load::Here {
                    PrintButton { class: "hide-m" }
                }
                IconButton {
                    icon,
                    label: t.text(if paused { "do-resume" } else { "do-pause" }),
                    onpress: move |()| outbox.pause(),
                }
                ActButton { act: Act::SyncNow, class: "btn-sm", text: t.text("do-send-now"), onpress: move |()| sync_now(shell) }
            }
        }
    }
}

/// The tabs.
#[component]
pub(super) fn Tabbed(tab: Tab) -> Element {
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    rsx! {
        Tabs {
            label: t.text("outbox-tabs"),
            tabs: Tab::ALL.iter().map(|tab| (tab.id(), t.text(tab.id()))).collect::<Vec<_>>(),
            chosen: usize::from(tab == Tab::Sync),
            panel: PANEL,
            onchoose: move |n: usize| {
                outbox.show(Tab::ALL[n]);
                // The screen is drawn anew around it.
                focus_drawn(Tab::ALL[n].id());
            },
        }
    }
}

#[component]
fn Nothing() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let as_of = shell.status.read().as_ref().and_then(|status| status.as_of);
    rsx! {
        Empty { icon: "sy-ok", title: t.text("outbox-empty"),
            if let Some(at) = as_of {
                p { {t.with("outbox-empty-text", &[("at", t.clock(at, shell.zone()).into())])} }
            }
        }
    }
}

#[component]
fn Rows() -> Element {
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    let list = outbox.list;
    let layout = use_memo(move || list.read().layout());
    let (at, _) = (outbox.cursor)();
    let total = layout().rows();
    let header = use_callback(move |n: usize| rsx! { Header { n } });
    let row = use_callback(move |at: RowAt| match list.read().get(at.index) {
        Some(entry) => rsx! {
            Row { key: "{entry.id}", entry, at, total, current: (outbox.cursor)().0 == at.index }
        },
        // Beside rows with keys everything has one.
        None => rsx! {
            Fragment { key: "gone-{at.index}", "" }
        },
    });
    rsx! {
        DataList {
            id: LIST,
            label: t.text("outbox-label"),
            layout: layout(),
            cursor: Some(at),
            focus: outbox.focus,
            header,
            row,
            onview: |_| {},
        }
    }
}

/// The key of the name of a part.
pub(super) const fn part_word(part: Part) -> &'static str {
    match part {
        Part::Decide => "part-decide",
        Part::Running => "part-running",
        Part::Finished => "part-finished",
    }
}

#[component]
fn Header(n: usize) -> Element {
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    let list = outbox.list.read();
    let Some((part, _)) = list.parts().get(n).copied() else { return rsx! {} };
    rsx! {
        span { {t.text(part_word(part))} }
        span { class: "n", {t.whole(i64::from(list.total(part)))} }
        if part == Part::Finished {
            span { class: "push n hide-m", {t.text("part-finished-kept")} }
        }
    }
}

#[component]
fn Row(entry: Rc<OutboxEntry>, at: RowAt, total: u32, current: bool) -> Element {
    let mut outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            done: matches!(entry.state, CommandState::Applied | CommandState::Settled),
            glyph: rsx! {
                Icon { name: glyph_of(&entry.act) }
            },
            title: rsx! {
                {name_of(&t, &entry.act)}
            },
            title_end: rsx! {
                time { class: "due", datetime: entry.made_at.to_string(), {when(&t, entry.made_at, now, zone)} }
            },
            summary: rsx! {
                bdi { {summary(&t, &entry, now, zone)} }
            },
            summary_end: rsx! {
                State { entry: entry.clone() }
            },
            onopen: move |()| {
                outbox.move_to(at.index);
                if (shell.narrow)() {
                    outbox.pane.set(Pane::Detail);
                }
            },
        }
    }
}

/// Where a command stands, in words: a held one counts down, an acknowledged one says when.
pub(super) fn state_of(words: &Words, entry: &OutboxEntry, now: UtcMillis, zone: Zone) -> String {
    match (entry.state, entry.held_until, entry.finished_at) {
        (CommandState::Held, Some(until), _) => words.count("undo-in-long", until.since(now).max(0) / 1_000),
        (CommandState::Applied, _, Some(at)) => words.with("applied-at", &[("at", words.clock(at, zone).into())]),
        _ if is_lost(entry) => words.text("will-be-refused"),
        _ => words.text(entry.state.face().word),
    }
}

/// Whether it waits for a server that will refuse it.
fn is_lost(entry: &OutboxEntry) -> bool {
    entry.will_be_refused && entry.state.is_waiting()
}

/// Where a command stands.
#[component]
pub(super) fn State(entry: Rc<OutboxEntry>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let face = entry.state.face();
    // Only what is held changes by the second.
    let now = if entry.state == CommandState::Held { shell.clock.second() } else { shell.clock.minute() };
    let text = state_of(&t, &entry, now, shell.zone());
    let tone = if is_lost(&entry) { "cabai" } else { face.tone.token() };
    rsx! {
        span { class: "mark fg-{tone}",
            Icon { name: face.glyph, size: 14 }
            {text}
        }
    }
}
