//! What lies above a page, each opened by its button.

use bridge::{Prediction, Submitted};
use dioxus::prelude::*;
use domain::id::CommandId;

use super::Case;
use crate::{
    browser,
    components::{
        button::{Button, Look},
        confirm::Confirm,
        dialog::{CancelButton, Dialog, close},
        menu::{Item, Menu},
        toast::Undoing,
    },
    words::use_words,
};

/// For how long the gallery's act can be taken back, in milliseconds: as long as the longest that a person can choose.
const HELD: u32 = 30_000;

#[component]
pub(super) fn Confirms() -> Element {
    let t = use_words();
    let mut open = use_signal(|| false);
    rsx! {
        Case { name: "Confirm",
            Button { id: "gallery-confirm-open", text: t.text("set-wipe"), onpress: move |()| open.set(true) }
            if open() {
                Confirm {
                    id: "sample-confirm",
                    title: t.text("set-wipe"),
                    text: t.text("error-disk"),
                    act: t.text("do-discard"),
                    onconfirm: move |()| open.set(false),
                    oncancel: move |()| open.set(false),
                }
            }
        }
    }
}

#[component]
pub(super) fn Dialogs() -> Element {
    let t = use_words();
    let mut open = use_signal(|| false);
    let shut = move || {
        close("sample-dialog");
        open.set(false);
    };
    let mut confirm = shut;
    rsx! {
        Case { name: "Dialog",
            Button { id: "gallery-dialog-open", text: t.text("note-label"), onpress: move |()| open.set(true) }
            if open() {
                Dialog {
                    id: "sample-dialog",
                    title: rsx! {
                        {t.text("note-label")}
                    },
                    sub: rsx! {
                        {t.text("notes-who")}
                    },
                    onclose: move |()| open.set(false),
                    onconfirm: move |()| confirm(),
                    footer: rsx! {
                        span { class: "grow" }
                        CancelButton { id: "sample-dialog", oncancel: move |()| open.set(false) }
                        Button {
                            text: t.text("do-note-save"),
                            look: Look::Primary,
                            keys: "Ctrl+Enter",
                            onpress: {
                                let mut shut = shut;
                                move |()| shut()
                            },
                        }
                    },
                    p { {t.text("note-hint")} }
                }
            }
        }
    }
}

#[component]
pub(super) fn Menus() -> Element {
    let t = use_words();
    let mut open = use_signal(|| false);
    let mut chosen = use_signal(|| 1_usize);
    let choice = |n: usize, key: &str| Item { text: t.text(key), checked: Some(chosen() == n), ..Item::default() };
    let items = vec![
        choice(0, "view-waiting"),
        choice(1, "view-mine"),
        Item { text: t.text("do-copy"), icon: "copy", keys: Some("Y"), ..Item::default() },
        Item { text: t.text("do-sync"), icon: "refresh", why_not: Some(t.text("error-no-session")), ..Item::default() },
    ];
    rsx! {
        Case { name: "Menu",
            div { class: "menu-at",
                Button { id: "gallery-menu-open", text: t.text("inbox-views"), icon: "down", onpress: move |()| open.toggle() }
                if open() {
                    Menu {
                        id: "sample-menu",
                        label: t.text("inbox-views"),
                        items,
                        onchoose: move |n| {
                            chosen.set(n);
                            open.set(false);
                            browser::focus("gallery-menu-open");
                        },
                        onclose: move |back: bool| {
                            open.set(false);
                            if back {
                                browser::focus("gallery-menu-open");
                            }
                        },
                    }
                }
            }
        }
    }
}

#[component]
pub(super) fn Toasts() -> Element {
    let undoing = use_context::<Undoing>();
    let t = use_words();
    let text = t.text("note-added");
    rsx! {
        Case { name: "UndoBar",
            Button {
                id: "gallery-toast-open",
                text: t.text("do-note-save"),
                onpress: move |()| {
                    // A command that no desk knows: taking it back finds nothing, and says so.
                    let id = CommandId::from_uuid(uuid::Uuid::nil());
                    undoing.offer(&Submitted { id, receipt: String::new(), prediction: Prediction::Applied, held_ms: Some(HELD) }, text.clone());
                },
            }
        }
    }
}
