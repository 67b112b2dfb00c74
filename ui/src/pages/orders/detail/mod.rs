//! The open order: whose it is, where it stands, what was ordered, what happened to it, and what can be done.

mod facts;
mod foot;
mod head;
mod steps;
mod trail;

use dioxus::prelude::*;
use domain::{
    records::{Deletion, Order},
    status::Tone,
    words::isolate,
};

pub(crate) use steps::{PATH, Steps};

use super::{
    DETAIL,
    designs::{DesignsPane, DropOver},
    kept::KeptMark,
    state::{OrdersState, Tab},
};
use crate::{
    components::{empty::NothingOpen, note::Note, tabs::Tabs, toast::UndoBar},
    giving::Giving,
    pages::{rows::NotHere, talk::TalkPane},
    shell::Shell,
    words::use_words,
};

/// The pane.
#[component]
pub(crate) fn DetailPane() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let opened = orders.opened.read();
    let ours = opened.reply.as_ref().map_or_else(|| opened.row.as_ref().is_some_and(|row| row.ours), |reply| reply.ours);
    drop(opened);
    let Some(it) = orders.order() else {
        return rsx! {
            NotHere {
                list: *orders,
                label: t.text("order-detail-label"),
                failed: t.text("order-detail-failed"),
                nothing: rsx! {
                    NothingOpen {}
                },
                head::Head {}
            }
        };
    };
    rsx! {
        article { class: "pane", id: "pane-detail", "aria-labelledby": "detail-name", "data-keys": "detail", tabindex: "-1",
            head::Head { it: it.clone() }
            div { class: "steps-w",
                Steps { it: it.clone(), ours }
                if orders.kept().is_some() {
                    KeptMark {}
                }
            }
            Parts { it: it.clone() }
            DropOver { name: it.client_name.to_string() }
            // In a conversation it stands above the box.
            if (orders.tab)() != Tab::Talk {
                UndoBar {}
            }
            foot::OrderFoot { it }
        }
    }
}

/// The tabs, and the part that is shown.
#[component]
fn Parts(it: Order) -> Element {
    let mut orders = use_context::<OrdersState>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let tab = (orders.tab)();
    let at = Tab::ALL.iter().position(|other| *other == tab).unwrap_or(0);
    let words = ["order-design", "order-talk", "order-facts", "order-trail"];
    let talk = orders.talk;
    // It is read with the order: the tab says how much of it is unread.
    use_effect(use_reactive((&it.id,), move |(order,)| talk.open(order)));
    let unread = i64::from(talk.unread(it.id));
    let said = if unread > 0 { t.count("order-talk-unread", unread) } else { String::new() };
    let versions = if it.versions > 0 { t.with("order-design-count", &[("n", t.whole(it.versions).into())]) } else { String::new() };
    rsx! {
        Tabs {
            label: t.text("order-parts"),
            tabs: Tab::ALL.iter().zip(words).map(|(tab, word)| (tab.id(), t.text(word))).collect::<Vec<_>>(),
            counts: vec![versions, said, String::new(), String::new()],
            chosen: at,
            panel: DETAIL,
            lined: true,
            onchoose: move |n: usize| orders.tab.set(Tab::ALL.get(n).copied().unwrap_or_default()),
        }
        div { class: if matches!(tab, Tab::Talk | Tab::Design) { "panel" } else { "scroll pad" }, id: DETAIL, role: "tabpanel", "aria-labelledby": tab.id(), tabindex: "0",
            if let Some(deletion) = &it.deleted {
                Deleted { deletion: deletion.clone() }
            }
            match tab {
                Tab::Design => rsx! {
                    DesignsPane { key: "{it.id}", it, onact: move |act| _ = orders.run_one(act, giving) }
                },
                Tab::Talk => rsx! {
                    TalkPane { order: it.id, name: it.client_name.to_string(), zone: it.client_zone }
                },
                Tab::Facts => rsx! {
                    facts::Facts { key: "{it.id}", it }
                },
                Tab::Trail => rsx! {
                    trail::Trail { it }
                },
            }
        }
    }
}

/// Who deleted it, when and why (C-37).
#[component]
fn Deleted(deletion: Deletion) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let at = t.near_within(deletion.at, shell.clock.minute(), shell.zone());
    rsx! {
        Note { tone: Tone::Cabai, icon: "trash", id: "order-deleted",
            span { class: "grow",
                b { {t.with("order-deleted-by", &[("name", isolate(deletion.by.name.as_str()).into()), ("at", at.into())])} }
                " "
                bdi { {deletion.reason} }
            }
        }
    }
}
