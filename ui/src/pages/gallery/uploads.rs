//! Versions of a design and files on their way.

use dioxus::prelude::*;

use super::Case;
use crate::{
    components::upload::{DropZone, Part, Stage, UploadTile},
    words::use_words,
};

#[component]
pub(super) fn Uploads() -> Element {
    let t = use_words();
    let part = |done| Part { done, total: 6_400_000 };
    let stages = [
        ("queued", Stage::Queued),
        ("hashing", Stage::Hashing(part(2_100_000))),
        ("uploading", Stage::Sending(part(4_100_000), Some(12_000))),
        ("paused", Stage::Paused(part(4_100_000))),
        ("refused here", Stage::RefusedHere(t.text("upload-why-type"))),
        ("refused there", Stage::RefusedThere(t.text("upload-why-content"))),
        ("same", Stage::Same(2)),
        ("uploaded", Stage::Uploaded),
        ("current", Stage::Current),
        ("superseded", Stage::Superseded),
    ];
    let mut chosen = use_signal(|| 0);
    rsx! {
        for (caption , stage) in stages {
            Case { key: "{caption}", name: "UploadTile {caption}",
                UploadTile {
                    number: 3,
                    name: "kopi-senja-v3.png",
                    size: 6_400_000,
                    open: stage == Stage::Current,
                    stage,
                    oncancel: |()| {},
                    onresume: |()| {},
                }
            }
        }
        Case { name: "UploadTile cut",
            UploadTile { number: 12, name: "Kartu nama Hj. Nur\u{2019}aini Al-Farizi Kusumaningrum (revisi terakhir sekali) 2.pdf", size: 10_485_760, stage: Stage::Uploaded }
        }
        Case { name: "DropZone",
            DropZone { id: "gallery-drop", keys: "U", onchoose: move |()| chosen += 1 }
            DropZone { id: "gallery-drop-over", over: true, keys: "U", onchoose: move |()| chosen += 1 }
        }
    }
}
