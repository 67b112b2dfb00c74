//! Versions of a design and files on their way.

use dioxus::prelude::*;
use domain::records::DesignStatus;

use super::Case;
use crate::{
    components::upload::{DropZone, NotTaken, Part, Stage, TileActs, UploadTile},
    words::use_words,
};

#[component]
pub(super) fn Uploads() -> Element {
    let t = use_words();
    let part = |done| Part { done, total: 6_400_000 };
    let stages = [
        ("queued", Stage::Queued),
        ("uploading", Stage::Sending(part(4_100_000), Some(12_000))),
        ("paused", Stage::Paused(part(4_100_000))),
        ("offline", Stage::Offline(part(4_100_000))),
        ("refused", Stage::Refused(t.text("file-damaged"))),
        ("uploaded", Stage::There(DesignStatus::Uploaded.face())),
        ("submitted", Stage::There(DesignStatus::Submitted.face())),
        ("approved", Stage::There(DesignStatus::Approved.face())),
        ("revision", Stage::There(DesignStatus::RevisionRequested.face())),
        ("superseded", Stage::There(DesignStatus::SUPERSEDED)),
    ];
    let mut chosen = use_signal(|| 0);
    let mut bump = move || chosen += 1;
    let acts = TileActs {
        cancel: Some(EventHandler::new(|()| {})),
        pause: Some(EventHandler::new(|_| {})),
        settle: Some(EventHandler::new(|()| {})),
    };
    rsx! {
        for (caption , stage) in stages {
            Case { key: "{caption}", name: "UploadTile {caption}",
                UploadTile {
                    number: 3,
                    name: "kopi-senja-v3.png",
                    size: 6_400_000,
                    open: caption == "approved",
                    current: caption == "approved",
                    ours: caption == "submitted",
                    stage,
                    acts,
                }
            }
        }
        Case { name: "UploadTile cut",
            UploadTile {
                number: 12,
                name: "Kartu nama Hj. Nur\u{2019}aini Al-Farizi Kusumaningrum (revisi terakhir sekali) 2.pdf",
                size: 10_485_760,
                stage: Stage::There(DesignStatus::Uploaded.face()),
            }
        }
        Case { name: "UploadTile gone",
            UploadTile {
                number: 1,
                name: "panggung.png",
                size: 4_000_000,
                stage: Stage::There(DesignStatus::Submitted.face()),
                gone: (t.with("design-purged", &[("date", "24 Nov 2026".into()), ("name", "Dewi Anggraini".into())]), "Masa simpan habis.".to_owned()),
            }
        }
        Case { name: "NotTaken",
            NotTaken { name: "kopi-senja.psd", why: t.text("upload-help-kind"), ondismiss: move |()| bump() }
        }
        Case { name: "DropZone",
            DropZone { id: "gallery-drop", keys: Some("U"), onchoose: move |()| bump() }
            DropZone { id: "gallery-drop-over", over: true, keys: Some("U"), onchoose: move |()| bump() }
            DropZone { id: "gallery-drop-not", keys: Some("U"), why_not: t.text("refusal-not-open"), onchoose: move |()| bump() }
        }
    }
}
