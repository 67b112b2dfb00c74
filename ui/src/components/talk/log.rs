//! The messages of a conversation, oldest first: under the days they were written on, with a line before the first unread one.
//! Nothing moves under the eyes: whoever reads further up stays there when something is said, and when older messages come.

use std::rc::Rc;

use bridge::TalkReply;
use dioxus::prelude::*;
use domain::{id::CommandId, time::Zone};

use super::{
    Older,
    bubble::{Bubble, StrandedBubble},
    files::FileWish,
    lines::{Line, Seen, To, day_word, has_unread, lines, read_by_client, to},
};
use crate::{
    browser,
    components::{
        button::{Button, Look},
        icon::Icon,
    },
    shell::Shell,
    words::use_words,
};

/// How near the end counts as the end, in pixels.
const NEAR: i32 = 32;
/// The line before the first unread message.
const UNREAD: &str = "talk-unread";

/// The log. What it shows is `talk`; it says when its end comes into sight or leaves it.
#[component]
pub(crate) fn Log(
    id: &'static str,
    label: String,
    talk: Rc<TalkReply>,
    /// The zone the client lives in.
    client_zone: Zone,
    older: Older,
    /// What of it the person had read when they came: what follows is unread.
    unread_after: Option<i64>,
    onolder: EventHandler<()>,
    onend: EventHandler<bool>,
    onsettle: EventHandler<CommandId>,
    /// What is wished of a file.
    #[props(default)]
    onfile: Option<EventHandler<FileWish>>,
    /// What stands below the messages.
    children: Element,
) -> Element {
    let mut seen = use_signal(|| None::<Seen>);
    let unread = has_unread(&talk.messages, unread_after);
    let (first, last) = (talk.messages.first(), talk.messages.last());
    let ends = (first.map(|view| view.message.number), last.map(|view| view.message.number), talk.stranded.len());
    let mine_last = last.is_some_and(|view| view.mine);
    let look = move || look_at(id, seen, onend);
    use_effect(use_reactive((&ends,), move |((first, last, stranded),)| {
        let before = *seen.peek();
        let now = Seen { extent: browser::extent(id), first, last, stranded, ..Seen::default() };
        scroll(id, to(before, &now, unread, mine_last));
        seen.set(Some(Seen { top: 0, at_end: false, ..now }));
        look();
    }));
    let below = seen.read().is_some_and(|seen| !seen.at_end);
    rsx! {
        div { class: "log-w",
            div {
                id,
                class: "scroll log",
                role: "log",
                "aria-label": label,
                "aria-busy": (older == Older::Coming).then_some("true"),
                tabindex: "0",
                onscroll: move |_| {
                    look();
                    if seen.peek().is_some_and(|seen| seen.top < NEAR) {
                        onolder.call(());
                    }
                },
                // The box below grows and shrinks: whoever was at the end stays there.
                onresize: move |_| {
                    if seen.peek().is_some_and(|seen| seen.at_end) {
                        browser::scroll_to(id, browser::extent(id));
                    }
                    look();
                },
                if talk.more || older == Older::Failed {
                    Earlier { older, onolder }
                }
                Lines { talk: talk.clone(), client_zone, unread_after, onfile }
                for it in talk.stranded.clone() {
                    StrandedBubble { key: "{it.id}", onsettle: move |()| onsettle.call(it.command), it }
                }
                {children}
            }
            if below {
                ToEnd {
                    onpress: move |()| {
                        browser::scroll_to(id, browser::extent(id));
                        browser::focus(id);
                        look();
                    },
                }
            }
        }
    }
}

/// Notes what of the log is in sight, and says whether its end is.
fn look_at(id: &str, mut seen: Signal<Option<Seen>>, onend: EventHandler<bool>) {
    let Some(view) = browser::viewport(id) else { return };
    let extent = browser::extent(id);
    let at_end = view.top + view.height + NEAR >= extent;
    let (first, last, stranded) = seen.peek().map_or_else(Default::default, |seen| (seen.first, seen.last, seen.stranded));
    seen.set(Some(Seen { top: view.top, extent, at_end, first, last, stranded }));
    onend.call(at_end);
}

/// Scrolls a log that was drawn anew.
fn scroll(id: &str, to: To) {
    match to {
        To::Stay => {}
        To::End => browser::scroll_to(id, browser::extent(id)),
        To::Unread => browser::scroll_to_child(id, UNREAD),
        To::Top(top) => browser::scroll_to(id, top),
    }
}

/// The messages under their days.
#[component]
fn Lines(talk: Rc<TalkReply>, client_zone: Zone, unread_after: Option<i64>, onfile: Option<EventHandler<FileWish>>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let zone = shell.zone();
    let read = talk.conversation.as_ref().and_then(|head| read_by_client(&talk.messages, head.client_read));
    rsx! {
        for line in lines(&talk.messages, unread_after, zone) {
            match line {
                Line::Day(day) => rsx! {
                    p { key: "{day}", class: "log-day",
                        span { {day_word(&t, day, shell.clock.minute(), zone)} }
                    }
                },
                Line::Unread => rsx! {
                    p { key: "{UNREAD}", class: "log-new", id: UNREAD,
                        span { {t.text("talk-unread")} }
                    }
                },
                Line::Said(n, follows) => rsx! {
                    Bubble {
                        key: "{talk.messages[n].message.id}",
                        view: talk.messages[n].clone(),
                        client_zone,
                        follows,
                        read: read == Some(n),
                        onfile,
                    }
                },
            }
        }
    }
}

/// The way to what was said last, for whoever reads further up.
#[component]
fn ToEnd(onpress: EventHandler<()>) -> Element {
    let t = use_words();
    rsx! {
        button { r#type: "button", class: "btn btn-sm log-end", onclick: move |_| onpress.call(()),
            Icon { name: "down", size: 14 }
            span { {t.text("talk-to-end")} }
        }
    }
}

/// The way to older messages, or why there are none here.
#[component]
fn Earlier(older: Older, onolder: EventHandler<()>) -> Element {
    let t = use_words();
    let said = match older {
        Older::Elsewhere => Some("talk-older-elsewhere"),
        Older::Failed => Some("talk-older-failed"),
        Older::Unasked | Older::Coming => None,
    };
    rsx! {
        div { class: "log-older",
            if let Some(said) = said {
                span { class: "t3 s12", {t.text(said)} }
            }
            Button {
                text: t.text(if older == Older::Coming { "loading" } else { "talk-older" }),
                icon: "up",
                look: Look::Quiet,
                class: "btn-sm",
                disabled: older == Older::Coming,
                onpress: move |()| onolder.call(()),
            }
        }
    }
}
