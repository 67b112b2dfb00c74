//! The files of a message, and those that go with what is being written. A picture stands for a picture; every other file has its kind.

use bridge::{FileView, ImageSize, MessageView, Transfer, TransferState};
use dioxus::prelude::*;
use domain::{
    file::MediaType,
    id::{CommandId, MessageId},
    records::Attachment,
    words::{Words, isolate},
};

use crate::{
    components::{
        button::{Button, IconButton, Look},
        icon::Icon,
    },
    pictures::{Of, Seen, use_picture},
    words::use_words,
};

/// What somebody wishes of a file of a message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FileWish {
    /// To look at it: the message, its place there, and what it is called.
    Look(MessageId, u32, String),
    /// To have it in the folder of downloads.
    Save(MessageId, u32),
    /// That the message is not sent, which this command says.
    Cancel(CommandId),
}

/// The files of a message.
#[component]
pub(super) fn Files(view: MessageView, onfile: Option<EventHandler<FileWish>>) -> Element {
    let t = use_words();
    let all: Vec<(u32, Attachment, FileView)> = (0_u32..)
        .zip(view.message.attachments.0.iter().cloned())
        .map(|(place, it)| (place, it, view.files.get(usize::try_from(place).unwrap_or(usize::MAX)).cloned().unwrap_or_default()))
        .collect();
    let moves = all.iter().any(|(_, _, state)| state.transfer.is_some());
    let command = view.command.filter(|_| moves);
    rsx! {
        ul { class: "msg-f",
            for (place , it , state) in all {
                File { key: "{place}", message: view.message.id, place, it, state, onfile }
            }
        }
        if let (Some(command), Some(onfile)) = (command, onfile) {
            Button {
                text: t.text("talk-file-cancel"),
                icon: "x",
                look: Look::Quiet,
                class: "btn-sm",
                onpress: move |()| onfile.call(FileWish::Cancel(command)),
            }
        }
    }
}

#[component]
fn File(message: MessageId, place: u32, it: Attachment, state: FileView, onfile: Option<EventHandler<FileWish>>) -> Element {
    let t = use_words();
    let name = it.name.to_string();
    let named = |key: &str| t.with(key, &[("name", isolate(&name).into())]);
    let size = t.size(u64::try_from(it.size).unwrap_or(0));
    let looked = name.clone();
    rsx! {
        li { class: "file-r",
            Thumb { message, place, media: it.media_type.clone(), here: state.here }
            div { class: "grow",
                p { class: "file-rn",
                    bdi { "{name}" }
                }
                p { class: "s12 t2 num",
                    {size}
                    if let Some(transfer) = &state.transfer {
                        " · "
                        {moving(&t, transfer)}
                    }
                }
                if let Some(transfer) = state.transfer.clone() {
                    progress { max: "{transfer.size.max(1)}", value: "{transfer.sent}", "aria-label": named("talk-file-sending") }
                }
            }
            if let Some(onfile) = onfile {
                if it.media_type.is_image() {
                    IconButton {
                        icon: "eye",
                        label: named("talk-file-look"),
                        onpress: move |()| onfile.call(FileWish::Look(message, place, looked.clone())),
                    }
                }
                IconButton { icon: "download", label: named("talk-file-save"), onpress: move |()| onfile.call(FileWish::Save(message, place)) }
            }
        }
    }
}

/// How the bytes of a file stand, in words.
fn moving(words: &Words, it: &Transfer) -> String {
    let key = match it.state {
        TransferState::Waiting => "upload-queued",
        TransferState::Sending => "upload-sending",
        TransferState::Paused => "upload-paused",
        TransferState::Offline => "upload-offline",
        TransferState::Refused => "upload-refused-there",
    };
    words.text(key)
}

#[component]
fn Thumb(message: MessageId, place: u32, media: MediaType, here: bool) -> Element {
    let kind = media.endings().first().copied().unwrap_or_default().to_uppercase();
    rsx! {
        span { class: "thumb", "aria-hidden": "true",
            if media.is_image() {
                Small { of: Of::File(message, place), kind, here }
            } else {
                span { class: "thumb-k", {kind} }
            }
        }
    }
}

/// A picture, as far as it is here.
#[component]
fn Small(of: Of, kind: String, here: bool) -> Element {
    match use_picture(of, ImageSize::Thumb, here) {
        Some(Seen::Here(picture)) => rsx! {
            img { src: picture.url.clone(), alt: "", draggable: "false" }
        },
        Some(Seen::None(_) | Seen::Failed(_)) => rsx! {
            span { class: "thumb-k", {kind} }
        },
        Some(Seen::Coming) | None => rsx! {
            Icon { name: "file" }
        },
    }
}

/// The files that go with what is being written, and what is said of those that were not taken.
#[component]
pub(crate) fn Chips(
    /// Their names and sizes.
    files: Vec<(String, u64)>,
    /// Whether some are being looked at.
    #[props(default)]
    checking: bool,
    /// Why others were not taken.
    #[props(default)]
    refused: Vec<String>,
    onremove: EventHandler<usize>,
    ondismiss: EventHandler<()>,
) -> Element {
    let t = use_words();
    rsx! {
        if !files.is_empty() {
            ul { class: "say-f", "aria-label": t.text("talk-files-with"),
                for (n , (name , size)) in files.into_iter().enumerate() {
                    li { key: "{n}", class: "file-c",
                        Icon { name: "file", size: 14 }
                        bdi { class: "file-rn", "{name}" }
                        span { class: "s12 t2 num", {t.size(size)} }
                        IconButton {
                            icon: "x",
                            label: t.with("talk-file-remove", &[("name", isolate(&name).into())]),
                            onpress: move |()| onremove.call(n),
                        }
                    }
                }
            }
        }
        if checking {
            p { class: "say-w s12 t2", {t.text("talk-file-checking")} }
        }
        if !refused.is_empty() {
            div { class: "say-w",
                for (n , why) in refused.into_iter().enumerate() {
                    p { key: "{n}", class: "s12 fg-cabai", {why} }
                }
                Button { text: t.text("close"), look: Look::Quiet, class: "btn-sm", onpress: move |()| ondismiss.call(()) }
            }
        }
    }
}
