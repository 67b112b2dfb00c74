//! What several screens have in their panes: the banners of a broken line and of what was recovered, a list that could not be
//! read, the way to the sidebar where there is no room for it.

use bridge::{DeskError, RecoveredReply};
use dioxus::prelude::*;
use domain::{
    status::{Connection, Tone},
    words::Ago,
};

use super::{crash::CrashNote, welcome::WelcomeNote};
use crate::{
    browser,
    components::{
        button::{Button, IconButton, Look},
        empty::Empty,
        note::Note,
    },
    pages::outbox::{OutboxState, sync_now},
    shell::{Layer, Place, Shell, error_word},
    words::{many, use_words, when},
};

/// What stands above a list: how the line is, where it is not well, and what was found when the files were opened.
#[component]
pub(crate) fn Notes() -> Element {
    rsx! {
        OfflineNote {}
        RecoveredNote {}
        CrashNote {}
        WelcomeNote {}
    }
}

/// What was found when the files were opened: decisions that were held, and what was saved of a damaged outbox.
#[component]
fn RecoveredNote() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let RecoveredReply { held, salvaged } = (shell.recovered)();
    let count = |key, n: u64| t.count(key, i64::try_from(n).unwrap_or(i64::MAX));
    let (tone, title, said) = match salvaged {
        Some(salvaged) => {
            let copies = (salvaged.from_copies > 0).then(|| count("recovered-copies", salvaged.from_copies));
            let lost = t.text(if salvaged.whole { "recovered-whole" } else { "recovered-part" });
            let said: Vec<String> = [Some(count("recovered-saved", salvaged.commands)), copies, Some(lost)].into_iter().flatten().collect();
            (if salvaged.whole { Tone::Kunyit } else { Tone::Cabai }, Some(t.text("recovered-title")), said.join(" "))
        }
        None if held.is_empty() => return rsx! {},
        None => (Tone::Langit, None, t.count("recovered-held", many(held.len()))),
    };
    let elsewhere = (shell.place)() != Place::Outbox;
    rsx! {
        Note { tone, icon: "outbox", id: "recovered", class: "cal-note note-tall",
            div { class: "grow vstack",
                span {
                    if let Some(title) = title {
                        b { {title} }
                        " "
                    }
                    {said}
                }
                div { class: "hstack",
                    Button { text: t.text("do-seen"), class: "btn-sm", onpress: move |()| shell.ask_recovered(true) }
                    if elsewhere {
                        Button { text: t.text("open-outbox"), look: Look::Quiet, class: "btn-sm", onpress: move |()| shell.go(Place::Outbox) }
                    }
                }
            }
        }
    }
}

/// «Luring sejak 10:12. Isi per 10:12; mungkin sudah ada yang baru.»
#[component]
fn OfflineNote() -> Element {
    let shell = use_context::<Shell>();
    let outbox = use_context::<OutboxState>();
    let t = use_words();
    let Some(status) = (shell.status)() else { return rsx! {} };
    let zone = shell.zone();
    let at = status.as_of.map(|at| t.clock(at, zone));
    let (title, text) = match (status.connection, at) {
        (Connection::Offline | Connection::Reconnecting, Some(at)) => {
            let since = status.offline_since.map(|since| when(&t, since, shell.clock.minute(), zone)).unwrap_or_else(|| at.clone());
            (t.with("offline-since", &[("at", since.into())]), t.with("offline-text", &[("at", at.into())]))
        }
        (Connection::Offline | Connection::Reconnecting, None) => (t.text("offline-never"), t.text("offline-never-text")),
        (Connection::Paused, Some(at)) => {
            let until = status.paused_until.map(|until| t.near_within(until, shell.clock.minute(), zone));
            let title = until.map_or_else(|| t.text("paused-title"), |until| t.with("paused-until", &[("at", until.into())]));
            (title, t.with("offline-text", &[("at", at.into())]))
        }
        (Connection::CatchingUp, _) => {
            // How much is still to come no server says; how much is here the desk knows.
            let here = t.whole(i64::try_from(status.records).unwrap_or(0));
            let text = if status.complete { t.text("catching-up-text") } else { t.with("catching-up-so-far", &[("n", here.into())]) };
            (t.text("catching-up-title"), text)
        }
        _ => return rsx! {},
    };
    // What a person can do about it comes before how old everything is. A code that only a newer desk knows is passed over.
    let stuck = status.stuck.as_ref().map(|code| format!("stuck-{code}")).filter(|key| t.has(key)).map(|key| t.text(&key));
    let tries = matches!(status.connection, Connection::Offline | Connection::Reconnecting);
    rsx! {
        Note { tone: Tone::Kunyit, icon: status.connection.face().glyph, class: "cal-note",
            span { class: "grow",
                b { {title} }
                " "
                if let Some(stuck) = stuck {
                    {stuck}
                    " "
                }
                {text}
            }
            if tries {
                Button { text: t.text("try"), class: "btn-sm", onpress: move |()| sync_now(shell) }
            } else if status.connection == Connection::Paused {
                Button {
                    text: t.text("do-resume"),
                    class: "btn-sm",
                    onpress: move |()| {
                        // It goes away once it is done.
                        browser::focus_first_in("pane-list");
                        outbox.pause();
                    },
                }
            }
        }
    }
}

/// What could not be read: what failed, what is safe, one thing to do, and a code to copy.
#[component]
pub(crate) fn Failed(error: DeskError, title: String, onretry: EventHandler<()>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let code = format!("{:?}: {}", error.code, error.diagnosis);
    rsx! {
        Empty { icon: "sy-refuse", title,
            p { {t.text(error_word(&error))} }
            p { class: "t3", {t.text("failed-safe")} }
            div { class: "hstack",
                Button { text: t.text("retry"), class: "btn-sm", icon: "refresh", onpress: onretry }
                Button {
                    text: t.text("copy-code"),
                    class: "btn-sm",
                    icon: "copy",
                    onpress: move |()| shell.copy(code.clone(), "copied-code", "copy-failed"),
                }
            }
        }
    }
}

/// The way to the sidebar, where there is no room for it.
#[component]
pub(crate) fn DrawerButton() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    rsx! {
        IconButton { icon: "menu", label: t.text("open-menu"), class: "only-s", popup: "dialog", onpress: move |()| shell.open(Layer::Drawer) }
    }
}

/// How old what is shown is: nothing within a minute, then the age.
pub(crate) fn age(words: &domain::words::Words, ms: i64) -> Option<String> {
    (ms > domain::time::MINUTE).then(|| words.with("ago", &[("span", words.span(Ago(ms)).into())]))
}
