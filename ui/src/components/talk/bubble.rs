//! A message: what it says, who said it when, and where it is on its way.

use bridge::{MessageView, Stranded};
use dioxus::prelude::*;
use domain::{
    records::Voice,
    status::CommandState,
    time::{UtcMillis, Zone},
    words::isolate,
};

use super::{
    files::{FileWish, Files},
    links::{Part, parts},
};
use crate::{
    components::{
        badge::Mark,
        button::{Button, IconButton},
        icon::Icon,
    },
    shell::Shell,
    words::use_words,
};

/// One message.
#[component]
pub(super) fn Bubble(
    view: MessageView,
    /// The zone the client lives in.
    client_zone: Zone,
    /// Whether the message before it is of the same person: their name stands once.
    follows: bool,
    /// Whether the client has read it, and nothing after it.
    read: bool,
    /// What is wished of a file of it.
    onfile: Option<EventHandler<FileWish>>,
) -> Element {
    let t = use_words();
    let it = &view.message;
    let staff = it.from == Voice::Staff;
    let ours = view.state.is_some();
    let by = if view.mine { t.text("talk-me") } else { isolate(it.author.name.as_str()) };
    let named = staff && !view.mine && !follows;
    rsx! {
        div { class: if staff { "msg msg-own" } else { "msg" },
            if named {
                p { class: "msg-by", "aria-hidden": "true",
                    bdi { "{it.author.name}" }
                }
            }
            div { class: if ours { "msg-b is-ours" } else { "msg-b" },
                span { class: "sr", {t.with("talk-says", &[("name", by.into())])} " " }
                if !it.text.is_empty() || it.attachments.0.is_empty() {
                    Said { text: it.text.as_str().to_owned() }
                }
                if !it.attachments.0.is_empty() {
                    Files { view: view.clone(), onfile }
                }
            }
            p { class: "msg-t",
                match view.state {
                    Some(state) => rsx! {
                        Mark { state: state }
                        if matches!(state, CommandState::Queued | CommandState::Held) {
                            span { "· " {t.text("talk-queued")} }
                        }
                    },
                    None => rsx! {
                        if staff {
                            Icon { name: "check", size: 12 }
                        }
                        At { at: it.created_at, client_zone }
                    },
                }
                if read {
                    span { class: "msg-read", "· " {t.text("talk-read")} }
                }
            }
        }
    }
}

/// When it was said: in the person's zone, and beside it in the client's, where that has another clock.
#[component]
fn At(at: UtcMillis, client_zone: Zone) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    let same = t.clock(at, zone) == t.clock(at, client_zone);
    rsx! {
        time { datetime: at.to_string(), title: t.moment(at, zone),
            if same {
                {t.clock(at, zone)}
            } else {
                {t.time(at, zone)}
                " · "
                {t.time(at, client_zone)}
            }
        }
    }
}

/// A text as somebody wrote it. Addresses can be copied; nothing opens by a press.
#[component]
fn Said(text: String) -> Element {
    rsx! {
        bdi { class: "msg-x",
            for (n , part) in parts(&text).into_iter().enumerate() {
                match part {
                    Part::Plain(text) => rsx! {
                        Fragment { key: "{n}", "{text}" }
                    },
                    Part::Link(scheme, host, rest) => rsx! {
                        Link { key: "{n}", scheme, host, rest }
                    },
                }
            }
        }
    }
}

/// An address: its host stands out, so that nobody takes it for another one.
#[component]
fn Link(scheme: String, host: String, rest: String) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let label = t.with("talk-copy-link", &[("host", isolate(&host).into())]);
    let whole = format!("{scheme}{host}{rest}");
    rsx! {
        bdi { class: "url", dir: "ltr",
            "{scheme}"
            b { "{host}" }
            "{rest}"
        }
        IconButton {
            icon: "copy",
            label,
            class: "url-copy",
            onpress: move |()| shell.copy(whole.clone(), "talk-link-copied", "talk-link-not-copied"),
        }
    }
}

/// A message that the server did not take, or that waits for one: whoever wrote it decides.
#[component]
pub(super) fn StrandedBubble(it: Stranded, onsettle: EventHandler<()>) -> Element {
    let t = use_words();
    let why = it.code.as_ref().map(|code| t.text(&domain::decision::Code::of_wire(code).word()));
    rsx! {
        div { class: "msg msg-own",
            div { class: "msg-b is-stranded",
                span { class: "sr", {t.with("talk-says", &[("name", t.text("talk-me").into())])} " " }
                Said { text: it.text.clone() }
                for (n , name) in it.files.iter().enumerate() {
                    p { key: "{n}", class: "msg-fn",
                        Icon { name: "clip", size: 14 }
                        bdi { "{name}" }
                    }
                }
            }
            p { class: "msg-t",
                Mark { state: it.state }
                if let Some(why) = why {
                    span { class: "fg-cabai", "· " {why} }
                }
            }
            Button { text: t.text("talk-settle"), class: "btn-sm", onpress: move |()| onsettle.call(()) }
        }
    }
}
