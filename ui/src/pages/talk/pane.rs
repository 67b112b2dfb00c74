//! The conversation as it is drawn, in whatever state it is.

use std::rc::Rc;

use bridge::TalkReply;
use dioxus::prelude::*;
use domain::{id::OrderId, time::Zone, words::isolate};

use super::{LOG, TALK, TalkState, look::Looked};
use crate::{
    browser,
    components::{
        empty::{Empty, Skeleton},
        export::ExportNote,
        icon::Icon,
        menu::{Item, Menu},
        talk::{Chips, Composer, Log, Picker, TEXT, gaps},
        toast::UndoBar,
    },
    pages::{desk::Failed, outbox::OutboxState, rows::Load},
    shell::{Place, Shell},
    words::use_words,
};

/// The conversation about an order. Whoever draws it says whose it is and where they live, which is known before the first message.
#[component]
pub(crate) fn TalkPane(order: OrderId, name: String, zone: Zone) -> Element {
    let mut talk = use_context::<TalkState>();
    let t = use_words();
    use_hook(|| talk.show(true));
    use_drop(move || talk.show(false));
    use_effect(use_reactive((&order,), move |(order,)| {
        if !talk.is_open(order) {
            talk.open(order);
        }
    }));
    use_effect(use_reactive((&order,), move |(order,)| talk.restore(order)));
    // The box takes the focus when it is there: not before the conversation is.
    use_effect(move || {
        if (talk.wants_focus)() && (talk.load)() == Load::Here && browser::focus(TEXT) {
            talk.wants_focus.set(false);
        }
    });
    let load = if talk.is_of(order) { (talk.load)() } else { Load::Coming };
    let reply = talk.talk.read().clone().filter(|_| load != Load::Coming);
    rsx! {
        section { class: "talk", id: TALK, tabindex: "-1", "aria-label": t.with("talk-with", &[("name", isolate(&name).into())]),
            match (load, reply) {
                (Load::Failed(error), _) => rsx! {
                    Failed { error, title: t.text("talk-failed"), onretry: move |()| talk.read() }
                    UndoBar {}
                },
                (_, Some(reply)) => rsx! {
                    for (reply , name) in [(reply, name.clone())] {
                        Said { key: "{order}", reply, name, zone }
                    }
                    // Above the box: nobody who sends is to press what lies over it.
                    UndoBar {}
                    Answer { name: name.clone() }
                },
                _ => rsx! {
                    Skeleton { rows: 5, label: t.text("loading") }
                    UndoBar {}
                },
            }
        }
    }
}

/// What was said.
#[component]
fn Said(reply: Rc<TalkReply>, name: String, zone: Zone) -> Element {
    let talk = use_context::<TalkState>();
    let outbox = use_context::<OutboxState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let nothing = reply.messages.is_empty() && reply.stranded.is_empty();
    let able = talk.why_not().is_none();
    rsx! {
        Log {
            id: LOG,
            label: t.with("talk-log", &[("name", isolate(&name).into())]),
            client_zone: reply.conversation.as_ref().map_or(zone, |head| head.client_zone),
            talk: reply,
            older: (talk.older)(),
            unread_after: (talk.unread_after)(),
            onolder: move |()| talk.read_older(),
            onend: move |at_end| talk.see_end(at_end),
            onfile: move |wish| talk.wish(wish),
            onsettle: move |command| {
                outbox.open(command);
                shell.go(Place::Outbox);
            },
            if nothing {
                Empty { icon: "chat", title: t.text("talk-empty"),
                    if able {
                        p { {t.text("talk-empty-text")} }
                    }
                }
            }
            LineDown {}
        }
        ExportNote { export: talk.export, id: "talk-export" }
        if let Some(it) = (talk.looked_at)() {
            Looked { it }
        }
    }
}

/// The line is down: what is said waits.
#[component]
fn LineDown() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let down = use_memo(move || shell.is_offline());
    rsx! {
        if down() {
            p { class: "log-off",
                Icon { name: "sy-off", size: 14 }
                span { {t.text("talk-offline")} }
            }
        }
    }
}

/// The box, and above it the list of quick replies.
#[component]
fn Answer(name: String) -> Element {
    let talk = use_context::<TalkState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let open = talk.open_gaps.read().clone();
    let hint = (!open.is_empty()).then(|| t.with("talk-gaps", &[("gaps", gaps(&t, &open).into())]));
    let picker = (talk.picking)().map(|picking| {
        let (replies, failed) = match picking {
            Some(Ok(replies)) => (Some(replies), None),
            Some(Err(error)) => (None, Some(shell.trouble(&error))),
            None => (None, None),
        };
        rsx! {
            Picker {
                replies,
                failed,
                onchoose: move |n| talk.choose(n),
                onclose: move |back| talk.end_pick(back),
                onslash: move |()| talk.write_slash(),
            }
        }
    });
    let with = rsx! {
        With {}
    };
    let versions = (talk.versions)().map(|all| {
        // Where there are none, the list says so.
        let none = all.is_empty().then(|| Item {
            text: t.text("talk-versions"),
            icon: "design",
            why_not: Some(t.text("talk-no-versions")),
            ..Item::default()
        });
        let items = all.iter().map(|view| Item {
            text: t
                .with("talk-version", &[("n", t.whole(view.design.version).into()), ("name", isolate(view.design.name.as_str()).into())]),
            icon: "design",
            why_not: talk.why_not_version(view),
            ..Item::default()
        });
        rsx! {
            Menu {
                id: "talk-version-list",
                label: t.text("talk-versions"),
                items: items.chain(none).collect::<Vec<_>>(),
                onchoose: move |n| talk.attach_version(n),
                onclose: move |back| talk.end_versions(back),
                class: "menu-up",
            }
        }
    });
    rsx! {
        Composer {
            text: (talk.text)(),
            with,
            versions,
            onattach: move |()| talk.attach(),
            onversions: move |()| talk.offer_versions(),
            name: isolate(&name),
            why_not: talk.why_not(),
            wrong: (talk.wrong)(),
            hint,
            picker,
            oninput: move |text| talk.write(text),
            onsend: move |()| talk.send(),
            onleave: move |()| talk.leave_box(),
            onpick: move |()| talk.pick(),
            onlast: move |()| talk.fetch_last(),
        }
    }
}

/// The files that go with what is typed, or are held above it.
#[component]
fn With() -> Element {
    let talk = use_context::<TalkState>();
    let t = use_words();
    let order = (talk.order)();
    let chips = order.map(|order| talk.chips(order)).unwrap_or_default();
    let files: Vec<(String, u64)> = chips.iter().map(|chip| (chip.name.clone(), chip.size)).collect();
    rsx! {
        if (talk.held)() > 0 {
            p { class: "say-w", {t.text("talk-drop-over")} }
        }
        Chips {
            files,
            checking: (talk.checking)(),
            refused: (talk.turned_away)(),
            onremove: move |n: usize| {
                if let Some(chip) = order.and_then(|order| talk.chips(order).get(n).cloned()) {
                    talk.remove(&chip);
                }
            },
            ondismiss: move |()| talk.dismiss(),
        }
    }
}
