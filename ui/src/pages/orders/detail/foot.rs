//! The foot of the open order: what the next step is, or why nothing can be done, and the acts.

use bridge::VerdictState;
use dioxus::prelude::*;
use domain::{command::Act as _, commands::order, records::Order};

use crate::{
    actions::Act,
    giving::Giving,
    pages::{
        orders::{
            OrdersState,
            designs::DesignFoot,
            prediction::{About, sentences},
            state::Tab,
        },
        rows::{ChosenFoot, Foot, FootAct},
    },
    shell::Shell,
    words::use_words,
};

/// The acts of the foot, in their order, each with its command. What a colleague holds nobody else moves: that it cannot be claimed says
/// so.
const ALIVE: [(Act, &str); 4] = [
    (Act::OrderEdit, order::Edit::NAME),
    (Act::Claim, order::ClaimOrder::NAME),
    (Act::Snooze, order::SnoozeOrder::NAME),
    (Act::OrderAssign, order::Assign::NAME),
];
const DELETED: [(Act, &str); 1] = [(Act::OrderRestore, order::Restore::NAME)];

/// The foot.
#[component]
pub(super) fn OrderFoot(it: Order) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let chosen = orders.chosen.read().count();
    if chosen > 0 {
        return rsx! { ChosenFoot { n: chosen } };
    }
    if (orders.tab)() == Tab::Design && it.deleted.is_none() {
        return rsx! {
            DesignFoot { it, onact: move |act| _ = orders.run_one(act, giving) }
        };
    }
    let acts: &[(Act, &'static str)] = if it.deleted.is_some() { &DELETED } else { &ALIVE };
    let meant = |(act, command): (Act, &'static str)| match act {
        Act::Claim => it.is_open().then(|| (act, orders.claim_command())),
        _ => Some((act, command)),
    };
    let offered: Vec<(Act, &'static str)> = acts.iter().copied().filter_map(meant).filter(|(_, command)| shell.may(command)).collect();
    let verdicts: Vec<(&'static str, VerdictState)> =
        offered.iter().filter_map(|(_, command)| orders.verdict(command).map(|verdict| (*command, verdict))).collect();
    let reply = orders.opened.read().reply.clone();
    let (words, now, zone) = (&*t, shell.clock.minute(), shell.zone());
    let said = reply.map(|reply| sentences(&About { words, reply: &reply, verdicts: &verdicts, now, zone })).unwrap_or_default();
    let foot = |(act, command): (Act, &str)| FootAct {
        act,
        primary: act == Act::OrderRestore,
        why_not: orders.why_not(command),
        text: (command == order::ReleaseOrder::NAME).then(|| t.text("do-release")),
    };
    let whatsapp = orders.reaches(Act::Whatsapp).then_some(FootAct { act: Act::Whatsapp, primary: false, why_not: None, text: None });
    let acts: Vec<FootAct> = offered.into_iter().map(foot).chain(whatsapp).collect();
    rsx! {
        Foot { said, acts, onact: move |act| _ = orders.run_one(act, giving) }
    }
}
