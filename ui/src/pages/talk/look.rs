//! A picture that was sent with a message, as large as there is room.

use bridge::{ImageSize, NoImage};
use dioxus::prelude::*;
use domain::words::isolate;

use super::{TalkState, files::LookedAt};
use crate::{
    components::{
        button::{Button, Look},
        dialog::{Dialog, close},
        talk::FileWish,
    },
    pictures::{Of, Seen, use_picture},
    words::use_words,
};

/// The id of the dialog.
const LOOK: &str = "talk-look";

/// The dialog.
#[component]
pub(super) fn Looked(it: LookedAt) -> Element {
    let mut talk = use_context::<TalkState>();
    let t = use_words();
    let (message, place) = (it.message, it.place);
    let seen = use_picture(Of::File(message, place), ImageSize::Full, true);
    let alt = t.with("talk-file-picture", &[("name", isolate(&it.name).into())]);
    rsx! {
        Dialog {
            id: LOOK,
            class: "dialog-look",
            title: rsx! {
                bdi { "{it.name}" }
            },
            onclose: move |()| talk.looked_at.set(None),
            footer: rsx! {
                Button { text: t.with("talk-file-save", &[("name", isolate(&it.name).into())]), icon: "download", onpress: move |()| talk.wish(FileWish::Save(message, place)) }
                Button {
                    text: t.text("close"),
                    look: Look::Quiet,
                    keys: "Escape",
                    onpress: move |()| {
                        close(LOOK);
                        talk.looked_at.set(None);
                    },
                }
            },
            match seen {
                Some(Seen::Here(picture)) => rsx! {
                    img { class: "look", src: picture.url.clone(), alt, draggable: "false" }
                },
                Some(Seen::None(NoImage::Offline)) => rsx! {
                    p { class: "t2", {t.text("talk-file-offline")} }
                },
                Some(Seen::None(_) | Seen::Failed(_)) => rsx! {
                    p { class: "t2", {t.text("talk-file-no-picture")} }
                },
                Some(Seen::Coming) | None => rsx! {
                    p { class: "t2", role: "status", {t.text("loading")} }
                },
            }
        }
    }
}
