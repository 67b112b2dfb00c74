//! The foot of the detail: what will happen, and the acts. Their order is the same for every kind of record.

use bridge::VerdictState;
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{consultation, item},
    records::{Consultation, ConsultationStatus},
    status::Tone,
};

use crate::{
    actions::Act,
    browser,
    components::{
        button::{ActButton, Look, act_id},
        note::Note,
    },
    giving::Giving,
    pages::inbox::{
        InboxState,
        prediction::{About, sentences},
    },
    shell::Shell,
    words::{Rich, use_words},
};

/// The acts of the bar, in their order, each with its command.
const WAITING: [(Act, &str); 4] = [
    (Act::Accept, consultation::Accept::NAME),
    (Act::Reject, consultation::Reject::NAME),
    (Act::Snooze, item::SnoozeItem::NAME),
    (Act::Assign, item::Assign::NAME),
];
const ANSWERED: [(Act, &str); 2] = [(Act::Cancel, consultation::Cancel::NAME), (Act::Assign, item::Assign::NAME)];

/// The bar.
#[component]
pub(super) fn Bar(it: Consultation) -> Element {
    let inbox = use_context::<InboxState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let acts: &[(Act, &'static str)] = match it.status {
        ConsultationStatus::Waiting => &WAITING,
        ConsultationStatus::Accepted => &ANSWERED,
        _ => &[],
    };
    let offered: Vec<(Act, &'static str)> = acts.iter().filter(|(_, command)| shell.may(command)).copied().collect();
    let whole = inbox.opened.read().reply.is_some();
    let verdicts: Vec<(&'static str, VerdictState)> =
        offered.iter().filter_map(|(_, command)| inbox.verdict(command).map(|verdict| (*command, verdict))).collect();
    let said = if whole {
        let pending = inbox.opened.read().reply.as_ref().and_then(|reply| reply.pending.first().map(|p| p.state));
        let (words, now, zone) = (&*t, shell.clock.minute(), shell.zone());
        sentences(&About { words, it: &it, verdicts: &verdicts, pending, now, zone })
    } else {
        Vec::new()
    };
    let whatsapp = inbox.mobile_client().is_some();
    let count = offered.len() + usize::from(whatsapp);
    let mut at = use_signal(|| 0_usize);
    let ids: Vec<String> = offered.iter().map(|(act, _)| act_id(*act)).chain(whatsapp.then(|| act_id(Act::Whatsapp))).collect();
    let reached = at().min(count.saturating_sub(1));
    rsx! {
        footer { class: "act act-col",
            Refused {}
            p { class: "act-why", id: "act-why",
                if said.is_empty() {
                    " "
                }
                for (n , text) in said.into_iter().enumerate() {
                    span { key: "{n}", class: "act-why-i", Rich { text } }
                }
            }
            if count > 0 {
                div {
                    class: "hstack wrap",
                    role: "toolbar",
                    "aria-label": t.text("acts"),
                    onkeydown: move |event| {
                        let to = match event.key() {
                            Key::ArrowRight => (reached + 1) % count,
                            Key::ArrowLeft => (reached + count - 1) % count,
                            Key::Home => 0,
                            Key::End => count - 1,
                            _ => return,
                        };
                        event.prevent_default();
                        at.set(to);
                        browser::focus(&ids[to]);
                    },
                    for (n , (act , command)) in offered.into_iter().enumerate() {
                        ActButton {
                            key: "{act:?}",
                            act,
                            look: if n == 0 && act == Act::Accept { Look::Primary } else { Look::Plain },
                            why_not: inbox.why_not(command),
                            tabindex: if n == reached { 0 } else { -1 },
                            onpress: move |()| _ = inbox.run_one(act, giving),
                        }
                    }
                    if whatsapp {
                        ActButton {
                            act: Act::Whatsapp,
                            look: Look::Quiet,
                            class: "act-wa",
                            tabindex: if reached == count - 1 { 0 } else { -1 },
                            onpress: move |()| _ = inbox.run_one(Act::Whatsapp, giving),
                        }
                    }
                }
            }
        }
    }
}

/// What the desk did not take, until the next act: the undo bar never carries an error.
#[component]
fn Refused() -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let Some(error) = (shell.refused)() else { return rsx! {} };
    rsx! {
        Note { tone: Tone::Cabai, icon: "sy-refuse",
            span { class: "grow",
                b { {t.text("refused-here")} }
                " "
                {shell.trouble(&error)}
            }
        }
    }
}
