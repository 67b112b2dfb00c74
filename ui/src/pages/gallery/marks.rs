//! What only tells: avatars, badges, deadlines, icons, banners, what stands where there is nothing.

use bridge::{DeskError, ErrorCode, Exported};
use dioxus::prelude::*;
use domain::{
    name::PersonName,
    records::{Consultation, ConsultationStatus, UserStatus},
    status::{CommandState, Connection, Face, Tone},
    time::{DAY, HOUR, MINUTE, Zone},
};

use super::Case;
use crate::{
    components::{
        avatar::{Avatar, Lease},
        badge::{Badge, Mark},
        button::Button,
        due::{Due, DueDay},
        empty::{Empty, NothingOpen, Skeleton},
        export::{Export, ExportNote},
        icon::{DRAWINGS, Icon, Logo},
        note::Note,
        qr::Qr,
    },
    mock,
    shell::Shell,
    words::use_words,
};

/// Every tone.
const TONES: [Tone; 6] = [Tone::Netral, Tone::Langit, Tone::Daun, Tone::Kunyit, Tone::Cabai, Tone::Manggis];

#[component]
pub(super) fn Avatars() -> Element {
    let names: Vec<PersonName> = mock::requests().into_iter().map(|it| it.client_name).take(16).collect();
    let me = names.first().cloned().into_iter();
    rsx! {
        for size in [20_u8, 24, 40, 64] {
            Case { key: "{size}", name: "av-{size}",
                for name in names.clone() {
                    Avatar { key: "{name}", name, size }
                }
            }
        }
        for (caption , lease) in [("av-lease", Lease::Acknowledged), ("av-lease is-ours", Lease::Ours)] {
            Case { key: "{caption}", name: caption,
                for name in me.clone() {
                    Avatar { key: "{name}", name, lease }
                }
            }
        }
    }
}

/// The face of everything that has a state.
fn faces() -> Vec<(&'static str, Vec<Face>)> {
    vec![
        ("ConsultationStatus", ConsultationStatus::KNOWN.iter().map(ConsultationStatus::face).collect()),
        ("UserStatus", UserStatus::KNOWN.iter().map(UserStatus::face).collect()),
        ("CommandState", CommandState::ALL.iter().map(|state| state.face()).collect()),
        ("Connection", Connection::ALL.iter().map(|state| state.face()).collect()),
    ]
}

#[component]
pub(super) fn Badges() -> Element {
    rsx! {
        for (of , faces) in faces() {
            for (look , ours , large) in [("", false, false), (" is-ours", true, false), (" badge-lg", false, true)] {
                Case { key: "{of}{look}", name: "{of}{look}",
                    for face in faces.clone() {
                        Badge { key: "{face.word}", face, ours, large }
                    }
                }
            }
        }
        Case { name: "mark",
            for state in CommandState::ALL.iter().copied() {
                Mark { key: "{state:?}", state }
            }
        }
    }
}

#[component]
pub(super) fn Dues() -> Element {
    let now = use_context::<Shell>().clock.minute();
    let Some(waiting) = mock::requests().into_iter().next() else { return rsx! {} };
    // Asked a day ago: soon is a quarter of what was given.
    let due = |left: i64| Consultation { created_at: now.plus(-DAY), due_at: now.plus(left), ..waiting.clone() };
    let answered = Consultation { status: ConsultationStatus::Accepted, decided_at: Some(now.plus(-HOUR)), ..waiting.clone() };
    let cases = [
        ("due-late", due(-18 * MINUTE)),
        ("due-soon", due(72 * MINUTE)),
        ("due", due(20 * HOUR)),
        ("due +1", due(DAY + HOUR)),
        ("due +3", due(3 * DAY)),
        ("due +9", due(9 * DAY)),
        ("decided_at", answered),
    ];
    rsx! {
        for (name , it) in cases {
            Case { key: "{name}", name,
                Due { it }
            }
        }
        for (n , (days , open)) in [(-2, true), (0, true), (1, true), (3, true), (20, true), (-4, false)].into_iter().enumerate() {
            Case { key: "day {n}", name: "DueDay {days}",
                DueDay { day: now.day(Zone::Wib).plus(days), since: now.plus(-12 * DAY), open }
            }
        }
    }
}

#[component]
pub(super) fn Empties() -> Element {
    let t = use_words();
    rsx! {
        Case { name: "Empty",
            Empty { icon: "inbox", title: t.text("inbox-empty"),
                p { {t.text("inbox-empty-text")} }
            }
        }
        Case { name: "Empty error",
            Empty { icon: "sy-refuse", title: t.text("inbox-failed"),
                p { {t.text("error-disk")} }
                Button { text: t.text("retry"), onpress: |()| () }
            }
        }
        Case { name: "NothingOpen", NothingOpen {} }
        Case { name: "Skeleton",
            div { class: "grow",
                Skeleton { rows: 3, label: t.text("loading") }
            }
        }
    }
}

#[component]
pub(super) fn Exports() -> Element {
    let file = |more| Export::Done(Exported { path: "/home/dewi/Unduhan/meja-2026-11-24.csv".into(), rows: 1_204, more }.into());
    let states = [
        ("Writing", "gallery-export-writing", use_signal(|| Export::Writing)),
        ("Done", "gallery-export-done", use_signal(|| file(false))),
        ("Done more", "gallery-export-more", use_signal(|| file(true))),
        ("Failed", "gallery-export-failed", use_signal(|| Export::Failed(DeskError::new(ErrorCode::Disk)))),
    ];
    rsx! {
        for (name , id , export) in states {
            Case { key: "{name}", name,
                div { class: "grow",
                    ExportNote { export, id }
                }
            }
        }
    }
}

#[component]
pub(super) fn Icons() -> Element {
    let sizes = [Some(12), Some(14), None, Some(20), Some(24)];
    rsx! {
        for size in sizes {
            Case { key: "{size:?}", name: size.map_or_else(|| "i".to_owned(), |size| format!("i-{size}")),
                for (name , _) in DRAWINGS {
                    Icon { key: "{name}", name, size }
                }
                // A name that this window does not know.
                Icon { name: "?", size }
            }
        }
        Case { name: "Logo",
            Logo {}
            Logo { large: true }
        }
    }
}

#[component]
pub(super) fn Notes() -> Element {
    let t = use_words();
    rsx! {
        for tone in TONES {
            Case { key: "{tone.token()}", name: "tone-{tone.token()}",
                Note { tone, icon: "sy-stale",
                    span {
                        b { {t.text("catching-up-title")} }
                        " "
                        {t.text("catching-up-text")}
                    }
                }
            }
        }
    }
}

#[component]
pub(super) fn Codes() -> Element {
    let t = use_words();
    rsx! {
        Case { name: "Qr",
            Qr { code: mock::picture(), label: t.text("factor-qr") }
        }
    }
}
