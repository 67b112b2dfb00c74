//! The foot of the detail: what will happen, and the acts. Their order is the same for every kind of record.

use bridge::VerdictState;
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::{consultation, item},
    records::{Consultation, ConsultationStatus},
};

use crate::{
    actions::Act,
    giving::Giving,
    pages::{
        inbox::{
            InboxState,
            prediction::{About, sentences},
        },
        rows::{ChosenFoot, Foot, FootAct},
    },
    shell::Shell,
    words::use_words,
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
    let chosen = inbox.chosen.read().count();
    if chosen > 0 {
        return rsx! { ChosenFoot { n: chosen } };
    }
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
    let foot = |(act, command): (Act, &str)| FootAct { act, primary: act == Act::Accept, why_not: inbox.why_not(command), text: None };
    let whatsapp = inbox.reaches(Act::Whatsapp).then_some(FootAct { act: Act::Whatsapp, primary: false, why_not: None, text: None });
    let acts: Vec<FootAct> = offered.into_iter().map(foot).chain(whatsapp).collect();
    rsx! {
        Foot { said, acts, onact: move |act| _ = inbox.run_one(act, giving) }
    }
}
