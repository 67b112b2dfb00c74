//! The tab Sinkronisasi: how far the copy here goes, how old it is, how large, when it was proved; and in one sentence why it is not
//! in step, where it is not.

use std::rc::Rc;

use bridge::{LocalFileKind, LocalStateReply, SyncStatus};
use dioxus::prelude::*;
use domain::{
    status::{Connection, Tone},
    time::{UtcMillis, Zone},
    words::Words,
};

use super::{
    PANEL,
    list::{Head, Tabbed},
    state::Tab,
};
use crate::{
    components::{empty::Skeleton, note::Note},
    pages::{
        desk::Failed,
        local::{CheckRow, aged, kind_name, use_local},
        rows::Load,
    },
    shell::Shell,
    words::{use_words, when},
};

/// Why everything here is not in step with the server, or that it is: what a person can do something about comes first.
fn why(words: &Words, status: &SyncStatus, now: UtcMillis, zone: Zone) -> (Tone, String) {
    let stuck = status.stuck.as_ref().map(|code| format!("stuck-{code}")).filter(|key| words.has(key));
    let waiting = i64::from(status.queued);
    let decide = i64::from(status.refused + status.conflicts);
    let since = status.offline_since.map(|at| when(words, at, now, zone));
    let here = || words.whole(i64::try_from(status.records).unwrap_or(i64::MAX));
    match (status.connection, stuck) {
        (Connection::Paused, _) => (Tone::Kunyit, words.count("why-paused", waiting)),
        (_, Some(key)) => (Tone::Cabai, words.text(&key)),
        (Connection::Offline | Connection::Reconnecting, None) => match since {
            Some(at) => (Tone::Kunyit, words.with("why-offline", &[("at", at.into())])),
            None => (Tone::Kunyit, words.text("why-never")),
        },
        (Connection::CatchingUp, None) if !status.complete => (Tone::Langit, words.with("why-history", &[("n", here().into())])),
        (Connection::CatchingUp, None) => (Tone::Langit, words.text("why-catching-up")),
        (_, None) if decide > 0 => (Tone::Kunyit, words.count("why-decide", decide)),
        (_, None) if waiting > 0 => (Tone::Langit, words.count("why-sending", waiting)),
        (_, None) if !status.complete => (Tone::Langit, words.with("why-history", &[("n", here().into())])),
        (_, None) => (Tone::Daun, words.text("why-not-at-all")),
    }
}

/// The pane.
#[component]
pub(super) fn SyncPane() -> Element {
    let t = use_words();
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-outbox"), tabindex: "-1",
            Head {}
            Tabbed { tab: Tab::Sync }
            div { class: "scroll pad", id: PANEL, role: "tabpanel", "aria-labelledby": Tab::Sync.id(), tabindex: "0",
                div { class: "set vstack vstack-4",
                    Why {}
                    Stand {}
                }
            }
        }
    }
}

#[component]
fn Why() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(status) = (shell.status)() else { return rsx! {} };
    let (tone, text) = why(&t, &status, shell.clock.minute(), shell.zone());
    rsx! {
        Note { tone, icon: status.connection.face().glyph, id: "sync-why",
            span { {text} }
        }
    }
}

#[component]
fn Stand() -> Element {
    let t = use_words();
    let local = use_local();
    match ((local.load)(), (local.reply)()) {
        (Load::Failed(error), _) => rsx! {
            Failed { error, title: t.text("local-failed"), onretry: move |()| local.read() }
        },
        (_, None) => rsx! {
            Skeleton { rows: 5, label: t.text("loading") }
        },
        (_, Some(reply)) => rsx! {
            Facts { reply: reply.clone() }
            Kinds { reply }
            CheckRow { local }
        },
    }
}

/// Position, age and size.
#[component]
fn Facts(reply: Rc<LocalStateReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    let as_of = shell.status.read().as_ref().and_then(|status| status.as_of);
    let size = |kind| reply.files.iter().filter(|it| it.kind == kind).map(|it| it.bytes).sum::<u64>();
    let lines = [
        ("sync-position", reply.position.map_or_else(|| t.text("none"), |n| format!("#{}", t.whole(n)))),
        ("sync-as-of", as_of.map_or_else(|| t.text("none"), |at| aged(&t, at, now, zone))),
        ("sync-history", t.text(if reply.complete { "about-complete" } else { "about-incomplete" })),
        ("file-mirror", t.size(size(LocalFileKind::Mirror))),
        ("file-outbox", t.size(size(LocalFileKind::Outbox))),
    ];
    rsx! {
        dl { class: "facts", id: "sync-facts",
            for (word , value) in lines {
                dt { key: "{word}", {t.text(word)} }
                dd { class: "num", {value} }
            }
        }
    }
}

/// The records of each kind, and how old the newest is.
#[component]
fn Kinds(reply: Rc<LocalStateReply>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let (now, zone) = (shell.clock.minute(), shell.zone());
    rsx! {
        table { class: "table table-c", id: "sync-kinds",
            caption { class: "sr", {t.text("sync-kinds")} }
            thead {
                tr {
                    th { scope: "col", {t.text("sync-kind")} }
                    th { scope: "col", class: "num", {t.text("sync-records")} }
                    th { scope: "col", {t.text("sync-newest")} }
                }
            }
            tbody {
                for it in reply.kinds.iter() {
                    tr { key: "{it.kind}",
                        th { scope: "row", {kind_name(&t, &it.kind)} }
                        td { class: "money", {t.whole(i64::try_from(it.records).unwrap_or(i64::MAX))} }
                        td { class: "t2", {it.newest.map_or_else(|| t.text("none"), |at| aged(&t, at, now, zone))} }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn said(change: impl Fn(&mut SyncStatus)) -> (Tone, String) {
        let now: UtcMillis = "2026-11-24T03:42:07Z".parse().unwrap();
        let mut status = SyncStatus { as_of: Some(now), complete: true, records: 1_204, ..SyncStatus::idle(Connection::Online, now) };
        change(&mut status);
        let (tone, text) = why(&Words::new(Lang::Id), &status, now, Zone::Wib);
        (tone, text.replace(['\u{2068}', '\u{2069}'], ""))
    }

    #[test]
    fn what_a_person_can_do_something_about_is_said_first() {
        assert_eq!(said(|_| ()), (Tone::Daun, "Semua di komputer ini sama dengan server.".to_owned()));
        let (tone, text) = said(|s| (s.connection, s.queued) = (Connection::Paused, 3));
        assert_eq!((tone, text.as_str()), (Tone::Kunyit, "Anda menjeda sinkron; 3 perintah menunggu sampai dilanjutkan."));
        let offline = |s: &mut SyncStatus| (s.connection, s.offline_since) = (Connection::Offline, Some(s.now.plus(-30 * 60_000)));
        assert_eq!(said(offline).1, "Server tidak terjangkau sejak 10:12. Meja terus mencoba sendiri.");
        let stuck = |s: &mut SyncStatus| (s.connection, s.stuck) = (Connection::Offline, Some("tls".to_owned()));
        assert_eq!(said(stuck), (Tone::Cabai, Words::new(Lang::Id).text("stuck-tls")));
        let unknown = |s: &mut SyncStatus| s.stuck = Some("of-a-newer-desk".to_owned());
        assert_eq!(said(unknown).0, Tone::Daun, "a code without words is passed over");
    }

    #[test]
    fn then_what_is_still_on_its_way() {
        let history = |s: &mut SyncStatus| (s.connection, s.complete) = (Connection::CatchingUp, false);
        assert_eq!(said(history).1, "Riwayat lama masih dimuat; 1.204 rekaman sudah di sini.");
        assert_eq!(said(|s| (s.queued, s.conflicts) = (2, 1)).1, "1 perintah menunggu keputusan Anda; sisanya sinkron.");
        assert_eq!(said(|s| s.queued = 2).1, "2 perintah sedang menuju server.");
    }
}
