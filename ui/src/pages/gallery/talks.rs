//! A conversation and the box to answer in. Only one box can be on a page, for it has a name of its own: its other states are in
//! the pictures of the screens.

use std::rc::Rc;

use dioxus::prelude::*;
use domain::{records::Placeholder, time::Zone, words::isolate};

use super::Case;
use crate::{
    components::talk::{Composer, Log, Older, Picker, gaps},
    mock,
    words::use_words,
};

#[component]
pub(super) fn Talks() -> Element {
    let t = use_words();
    let name = t.text("sample-name-1");
    let Some(talk) = mock::talk() else { return rsx! {} };
    let unread_after = Some(talk.read);
    let elsewhere = Rc::new(bridge::TalkReply { messages: talk.messages[..1].to_vec(), stranded: Vec::new(), more: true, ..talk.clone() });
    rsx! {
        Case { name: "Log",
            div { class: "pane card grow talk", height: "640px",
                Log {
                    id: "gallery-log",
                    label: t.with("talk-log", &[("name", isolate(&name).into())]),
                    talk: Rc::new(talk),
                    client_zone: Zone::Wit,
                    older: Older::Unasked,
                    unread_after,
                    onolder: |()| (),
                    onend: |_| (),
                    onsettle: |_| (),
                }
            }
        }
        for (n , older) in [Older::Coming, Older::Elsewhere, Older::Failed].into_iter().enumerate() {
            Case { key: "{older:?}", name: "Older::{older:?}",
                div { class: "pane card grow talk", height: "200px",
                    Log {
                        id: ["gallery-log-1", "gallery-log-2", "gallery-log-3"][n],
                        label: t.with("talk-log", &[("name", format!("{older:?}").into())]),
                        talk: elsewhere.clone(),
                        client_zone: Zone::Wib,
                        older,
                        unread_after: None,
                        onolder: |()| (),
                        onend: |_| (),
                        onsettle: |_| (),
                    }
                }
            }
        }
        Case { name: "Composer", Answering {} }
    }
}

/// The box below a list of quick replies, with a gap that stayed open.
#[component]
fn Answering() -> Element {
    let t = use_words();
    let mut text = use_signal(|| t.text("talk-empty-text"));
    let mut picking = use_signal(|| false);
    let words = use_words();
    let hint = words.with("talk-gaps", &[("gaps", gaps(&words, &[Placeholder::Budget]).into())]);
    let picker = picking().then(|| {
        rsx! {
            Picker {
                replies: Some(mock::quick_replies()),
                failed: None,
                onchoose: move |n: usize| {
                    if let Some(reply) = mock::quick_replies().get(n) {
                        text.set(reply.filled.clone().unwrap_or_default());
                    }
                    picking.set(false);
                },
                onclose: move |_| picking.set(false),
                onslash: move |()| picking.set(false),
            }
        }
    });
    rsx! {
        div { class: "card grow",
            Composer {
                text: text(),
                name: words.text("sample-name-1"),
                why_not: None,
                wrong: None,
                hint: Some(hint),
                picker,
                oninput: move |value| text.set(value),
                onsend: move |()| text.set(String::new()),
                onleave: |()| (),
                onpick: move |()| picking.set(true),
                onlast: |()| (),
            }
        }
    }
}
