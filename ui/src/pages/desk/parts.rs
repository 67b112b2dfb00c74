//! What several screens have in their panes: the banner of a broken line, a list that could not be read, the way to the sidebar
//! where there is no room for it.

use bridge::DeskError;
use dioxus::prelude::*;
use domain::{
    status::{Connection, Tone},
    words::Ago,
};

use crate::{
    browser,
    components::{
        button::{Button, IconButton},
        empty::Empty,
        note::Note,
    },
    pages::outbox::sync_now,
    shell::{Layer, Shell, error_word, task},
    words::use_words,
};

/// «Luring sejak 10:12. Isi per 10:12; mungkin sudah ada yang baru.»
#[component]
pub(crate) fn OfflineNote() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(status) = (shell.status)() else { return rsx! {} };
    let zone = shell.zone();
    let at = status.as_of.map(|at| t.clock(at, zone));
    let (title, text) = match (status.connection, at) {
        (Connection::Offline | Connection::Reconnecting, Some(at)) => {
            let since = status.offline_since.map(|since| t.near_within(since, shell.clock.minute(), zone)).unwrap_or_else(|| at.clone());
            (t.with("offline-since", &[("at", since.into())]), t.with("offline-text", &[("at", at.into())]))
        }
        (Connection::Offline | Connection::Reconnecting, None) => (t.text("offline-never"), t.text("offline-never-text")),
        (Connection::Paused, Some(at)) => (t.text("paused-title"), t.with("offline-text", &[("at", at.into())])),
        (Connection::CatchingUp, _) => {
            let left = status.remaining.map(|n| t.with("catching-up-left", &[("n", t.whole(i64::try_from(n).unwrap_or(0)).into())]));
            (t.text("catching-up-title"), left.unwrap_or_else(|| t.text("catching-up-text")))
        }
        _ => return rsx! {},
    };
    let tries = matches!(status.connection, Connection::Offline | Connection::Reconnecting);
    rsx! {
        Note { tone: Tone::Kunyit, icon: status.connection.face().glyph, class: "cal-note",
            span { class: "grow",
                b { {title} }
                " "
                {text}
            }
            if tries {
                Button { text: t.text("try"), class: "btn-sm", onpress: move |()| sync_now(shell) }
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
                    onpress: move |()| {
                        let code = code.clone();
                        task(async move {
                            let key = if browser::copy(&code).await { "copied-code" } else { "copy-failed" };
                            shell.say(&shell.words().with(key, &[("number", code.as_str().into())]));
                        });
                    },
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
