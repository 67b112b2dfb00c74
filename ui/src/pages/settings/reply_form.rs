//! A text for answering quickly, as it is written: its title, what it says with its gaps, and what a client would read.

use dioxus::prelude::*;
use domain::{
    commands::quick_reply,
    id::QuickReplyId,
    money::Rupiah,
    records::{Filled, Filling, OrderStatus, Placeholder, ReplyText},
    text::{ChatText, Invalid, ReplyTitle},
    time::{UtcMillis, Zone},
    words::{Words, isolate},
};

use super::replies::RepliesState;
use crate::{
    browser,
    components::{
        button::{Button, Look},
        confirm::Confirm,
        dialog::{CancelButton, Dialog, close},
        field::{Field, FormError, LongText, TextInput},
        talk::gap_word,
    },
    gateway::new_id,
    shell::{Layer, Shell, put, select_drawn, task},
    words::{invalid, use_words},
};

/// The gaps that can be put in, in the order in which they stand beside the text.
const GAPS: [Placeholder; 7] = [
    Placeholder::Client,
    Placeholder::Order,
    Placeholder::Status,
    Placeholder::Deadline,
    Placeholder::Budget,
    Placeholder::Me,
    Placeholder::Today,
];

const DIALOG: &str = "reply";
const TITLE: &str = "reply-name";
const TEXT: &str = "reply-words";

/// What is above the settings, of the quick replies.
#[component]
pub(crate) fn ReplyDialogs() -> Element {
    let shell = use_context::<Shell>();
    match (shell.layer)() {
        Some(Layer::EditReply(id)) => rsx! {
            Edit { id }
        },
        Some(Layer::DropReply(id)) => rsx! {
            Drop { id }
        },
        _ => rsx! {},
    }
}

/// What is wrong with a text, in words.
fn wrong(words: &Words, why: Invalid) -> String {
    if why == Invalid::Unknown { words.text("reply-unknown-gap") } else { invalid(words, why) }
}

/// What would be read, for an order that does not exist.
fn example(words: &Words, text: &str, me: String, now: UtcMillis) -> Option<Filled> {
    let today = now.day(Zone::Wib);
    let filling = Filling {
        client: Some(words.text("sample-name-1")),
        order: Some("ORD-202611-0042".to_owned()),
        deadline: Some(today.plus(7)),
        budget: Some(Rupiah(2_500_000)),
        status: Some(OrderStatus::InProgress.face()),
        me: Some(me),
        today: Some(today),
    };
    ReplyText::new(text).ok().map(|text| text.fill(&filling, words))
}

/// One that is written or changed.
#[component]
fn Edit(id: Option<QuickReplyId>) -> Element {
    let replies = use_context::<RepliesState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let known = use_hook(|| id.and_then(|id| replies.get(id)));
    let mut title = use_signal(|| known.as_ref().map(|reply| reply.title.clone()).unwrap_or_default());
    let mut text = use_signal(|| known.as_ref().map(|reply| reply.text.clone()).unwrap_or_default());
    let mut tried = use_signal(|| false);
    let error = use_signal(|| None::<String>);
    let wrongs = move || (ReplyTitle::new(&title.read()).err(), ReplyText::new(&text.read()).err());
    let send = use_callback(move |()| {
        tried.set(true);
        match wrongs() {
            (Some(_), _) => _ = browser::focus(TITLE),
            (None, Some(_)) => _ = browser::focus(TEXT),
            (None, None) => save(replies, id, title.peek().clone(), text.peek().clone(), error),
        }
    });
    let (bad_title, bad_text) = wrongs();
    // What is merely not typed yet is only said once somebody tried to save it.
    let said = |why: Option<Invalid>| why.filter(|why| tried() || *why != Invalid::Required).map(|why| wrong(&t, why));
    let (title_error, text_error) = (said(bad_title), said(bad_text));
    rsx! {
        Dialog {
            id: DIALOG,
            guarded: true,
            class: "dialog-m",
            title: rsx! {
                {t.text(if id.is_some() { "reply-edit-title" } else { "reply-new-title" })}
            },
            sub: rsx! {
                {t.text("reply-sub")}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: DIALOG, oncancel: move |()| shell.close() }
                Button { text: t.text("reply-save"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            div { class: "vstack",
                Field { id: TITLE, label: t.text("reply-title"), error: title_error.clone(),
                    TextInput {
                        id: TITLE,
                        value: title(),
                        invalid: title_error.is_some(),
                        required: true,
                        oninput: move |value| title.set(value),
                    }
                }
                LongText {
                    id: TEXT,
                    label: t.text("reply-text"),
                    value: text(),
                    most: ChatText::MOST,
                    rows: 5,
                    error: text_error,
                    required: true,
                    oninput: move |value| text.set(value),
                }
                Gaps { text }
                Example { text }
                if let Some(error) = error() {
                    FormError { text: error }
                }
            }
        }
    }
}

fn save(replies: RepliesState, id: Option<QuickReplyId>, title: String, text: String, error: Signal<Option<String>>) {
    let shell = replies.shell;
    task(async move {
        let made = match id {
            Some(id) => Ok(id),
            None => new_id().await,
        };
        let said = shell.words().with("reply-saved", &[("title", isolate(&title).into())]);
        let given = match made {
            Ok(id) => replies.give(quick_reply::Save { id, title, text }.into(), said).await,
            Err(failure) => Err(failure),
        };
        match given {
            Ok(()) => {
                close(DIALOG);
                shell.close();
            }
            Err(failure) => put(error, Some(shell.trouble(&failure))),
        }
    });
}

/// The gaps, each a button that puts it where the text is written.
#[component]
fn Gaps(text: Signal<String>) -> Element {
    let t = use_words();
    rsx! {
        div { class: "hstack wrap", role: "group", "aria-label": t.text("reply-gaps"),
            span { class: "t2 s12", {t.text("reply-gaps")} }
            for gap in GAPS {
                button {
                    key: "{gap.wire()}",
                    r#type: "button",
                    class: "btn btn-sm",
                    "aria-label": t.with("reply-put-gap", &[("gap", t.text(gap_word(&gap)).into())]),
                    onclick: {
                        let name = gap.wire().to_owned();
                        move |_| put_in(text, &format!("{{{name}}}"))
                    },
                    {t.text(gap_word(&gap))}
                }
            }
        }
    }
}

/// Puts a gap in the place of what is selected in the text, else where its caret is; the writing goes on behind it.
fn put_in(mut text: Signal<String>, gap: &str) {
    let units: Vec<u16> = text.peek().encode_utf16().collect();
    let (from, to) = browser::selection_in(TEXT).unwrap_or((units.len(), units.len()));
    let (from, to) = (from.min(units.len()), to.min(units.len()));
    let whole = [&units[..from], &gap.encode_utf16().collect::<Vec<u16>>()[..], &units[to..]].concat();
    text.set(String::from_utf16_lossy(&whole));
    let caret = from + gap.len();
    select_drawn(TEXT, caret, caret);
}

/// What a client would read.
#[component]
fn Example(text: Signal<String>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let me = shell.user().map(|user| user.name).unwrap_or_default();
    let filled = example(&t, &text.read(), me, shell.clock.minute());
    rsx! {
        if let Some(filled) = filled {
            div {
                p { class: "label", {t.text("reply-example")} }
                p { class: "quote long",
                    bdi { {filled.text} }
                }
            }
        }
    }
}

/// One that is taken away.
#[component]
fn Drop(id: QuickReplyId) -> Element {
    let replies = use_context::<RepliesState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let known = use_hook(|| replies.get(id));
    let Some(reply) = known else { return rsx! {} };
    let title = isolate(&reply.title);
    let removed = title.clone();
    rsx! {
        Confirm {
            id: "reply-drop",
            title: t.with("reply-drop-title", &[("title", title.into())]),
            text: t.text("reply-drop-text"),
            act: t.text("reply-drop-act"),
            onconfirm: move |()| {
                shell.close();
                let said = shell.words().with("reply-removed", &[("title", removed.clone().into())]);
                task(async move {
                    if let Err(error) = replies.give(quick_reply::Remove { id }.into(), said).await {
                        shell.say(&shell.trouble(&error));
                    }
                });
                // The button that led here goes with its text.
                browser::focus("set-reply-new");
            },
            oncancel: move |()| shell.close(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn every_gap_can_be_put_in_and_is_filled_in_the_example() {
        let words = Words::new(Lang::Id);
        let text = GAPS.map(|gap| format!("{{{}}}", gap.wire())).join(" ");
        let filled = example(&words, &text, "Dewi".to_owned(), "2026-11-24T03:42:00Z".parse().unwrap()).unwrap();
        assert_eq!(filled.open, Vec::new(), "{}", filled.text);
        assert_eq!(GAPS.len(), Placeholder::KNOWN.len(), "none is missing");
        assert_eq!(example(&words, "{kliem}", String::new(), "2026-11-24T03:42:00Z".parse().unwrap()), None);
    }
}
