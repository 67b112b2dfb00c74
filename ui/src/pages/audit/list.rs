//! The list of acts, a group for each day.

use std::{ops::Range, rc::Rc};

use bridge::AuditRow;
use dioxus::prelude::*;
use domain::role::Actor;

use super::{
    LIST,
    notes::{ChainMark, TrailNotes, unanswered},
    state::{Asked, AuditState},
    trail::act_name,
};
use crate::{
    actions::Act,
    components::{
        button::{ActButton, Button, IconButton},
        empty::{Empty, Skeleton},
        icon::Icon,
        list::{DataList, ListRow, RowAt},
        timeline::glyph,
    },
    pages::{
        desk::{DrawerButton, Failed, Notes},
        paper::PrintButton,
        rows::Pane,
    },
    shell::Shell,
    words::use_words,
};

/// So many rows before the last one older acts are asked for.
const AHEAD: u32 = 20;

/// The name of whoever acted.
pub(super) fn actor_name(shell: Shell, row: &AuditRow) -> String {
    let words = shell.words();
    let id = row.entry.actor.id;
    if shell.me() == Some(id) {
        words.text("you")
    } else if id == Actor::system().id() {
        words.text("audit-system")
    } else {
        row.actor.clone().unwrap_or_else(|| words.text("audit-nobody"))
    }
}

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let asked = (audit.asked)();
    let trail = audit.trail.read();
    let (count, fault, at) = (trail.count(), trail.fault.clone(), trail.at);
    drop(trail);
    let title = t.text(shell.place_word(crate::shell::Place::Audit));
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": title.clone(), "data-keys": "list", tabindex: "-1",
            header { class: "head",
                DrawerButton {}
                h1 { {title.clone()} }
                span { class: "push hstack",
                    if asked != Asked::Nothing {
                        IconButton { icon: "x", label: t.text("audit-stop"), onpress: move |()| _ = audit.run(Act::Back) }
                    }
                    PrintButton { class: "hide-m" }
                    IconButton { icon: "download", label: t.text("do-export"), onpress: move |()| _ = audit.run(Act::Export) }
                    ActButton { act: Act::Filter, class: "btn-sm", text: t.text("audit-filter"), onpress: move |()| _ = audit.run(Act::Filter) }
                }
            }
            Notes {}
            ChainMark {}
            TrailNotes {}
            if count > 0 {
                Rows {}
                Older {}
            } else if asked == Asked::Newest {
                Skeleton { rows: 6, label: t.text("loading") }
            } else if let (Some(error), None) = (fault, at) {
                if error.code == bridge::ErrorCode::Unreachable {
                    Empty { icon: "sy-off", title: unanswered(shell, &error),
                        Button { text: t.text("try"), class: "btn-sm", icon: "refresh", onpress: move |()| audit.read() }
                    }
                } else if error.code == bridge::ErrorCode::Refused {
                    Empty { icon: "lock", title: t.text("audit-failed"),
                        p { {unanswered(shell, &error)} }
                    }
                } else {
                    Failed { error, title: t.text("audit-failed"), onretry: move |()| audit.read() }
                }
            } else {
                Nothing {}
            }
        }
    }
}

#[component]
fn Nothing() -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    let (title, text) = if *audit.filter.read() == bridge::AuditFilter::default() {
        ("audit-empty", "audit-empty-text")
    } else {
        ("audit-empty-found", "audit-empty-found-text")
    };
    rsx! {
        Empty { icon: "audit", title: t.text(title),
            p { {t.text(text)} }
        }
    }
}

/// What is below the last row: how many are loaded, that older ones are coming, or that they did not come.
#[component]
fn Older() -> Element {
    let audit = use_context::<AuditState>();
    let t = use_words();
    let asked = (audit.asked)();
    let n = i64::from(audit.trail.read().count());
    rsx! {
        div { class: "sub", role: "status",
            span { class: "s12 t3 grow",
                if asked == Asked::Older {
                    {t.text("audit-more")}
                } else if (audit.stuck)() {
                    {t.text("audit-more-failed")}
                } else {
                    {t.count("audit-loaded", n)}
                }
            }
            if (audit.stuck)() {
                Button { text: t.text("retry"), class: "btn-sm", onpress: move |()| audit.older() }
            }
        }
    }
}

#[component]
fn Rows() -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let trail = audit.trail;
    let layout = use_memo(move || trail.read().layout(shell.zone()));
    let total = layout().rows();
    let header = use_callback(move |n: usize| rsx! { Header { n } });
    let row = use_callback(move |at: RowAt| match trail.read().get(at.index) {
        Some(entry) => rsx! {
            Row { key: "{entry.entry.number}", row: entry, at, total, current: (audit.cursor)() == at.index }
        },
        // Beside rows with keys everything has one.
        None => rsx! {
            Fragment { key: "gone-{at.index}", "" }
        },
    });
    rsx! {
        DataList {
            id: LIST,
            label: t.text("audit-label"),
            layout: layout(),
            cursor: Some((audit.cursor)()),
            focus: audit.focus,
            busy: (audit.asked)() != Asked::Nothing,
            header,
            row,
            onview: move |seen: Range<u32>| {
                if seen.end + AHEAD >= audit.trail.peek().count() && !*audit.stuck.peek() {
                    audit.older();
                }
            },
        }
    }
}

#[component]
fn Header(n: usize) -> Element {
    let audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some((day, count)) = audit.trail.read().days(shell.zone()).get(n).copied() else { return rsx! {} };
    rsx! {
        span { {t.date_long(day)} }
        span { class: "n", {t.whole(i64::from(count))} }
    }
}

#[component]
fn Row(row: Rc<AuditRow>, at: RowAt, total: u32, current: bool) -> Element {
    let mut audit = use_context::<AuditState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let entry = &row.entry;
    let about: Vec<&str> = row.about.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let summary =
        [act_name(&t, &entry.act)].into_iter().chain(about.first().map(|text| (*text).to_owned())).collect::<Vec<_>>().join(" · ");
    rsx! {
        ListRow {
            list: LIST,
            at,
            total,
            current,
            glyph: rsx! {
                Icon { name: glyph(&entry.act) }
            },
            title: rsx! {
                bdi { {actor_name(shell, &row)} }
            },
            title_end: rsx! {
                time { class: "due", datetime: entry.at.to_string(), title: t.moment(entry.at, shell.zone()), {t.clock_seconds(entry.at, shell.zone())} }
            },
            summary: rsx! {
                bdi { {summary} }
            },
            summary_end: rsx! {
                span { class: "s12 t3 num", "#{t.whole(entry.number)}" }
            },
            onopen: move |()| {
                audit.move_to(at.index);
                if (shell.narrow)() {
                    audit.pane.set(Pane::Detail);
                }
            },
        }
    }
}
