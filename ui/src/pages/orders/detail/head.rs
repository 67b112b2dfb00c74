//! The header of the open order: whose it is, its number, how far its product is, the steps it can take, and what else can be done.

use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::order,
    records::{Order, OrderStatus, ProductStatus},
};

use crate::{
    acting::Acting,
    actions::Act,
    browser,
    components::{
        badge::Badge,
        button::{Button, IconButton},
        menu::{Item, Menu},
    },
    giving::Giving,
    pages::{
        orders::{OrdersState, list::Number, offers::is_meant, state::OrderMenu},
        rows::{MoreActs, why_refused},
    },
    shell::Shell,
    words::use_words,
};

/// The acts of the menu, each with its command.
const MORE: [(Act, &str); 13] = [
    (Act::OrderEdit, order::Edit::NAME),
    (Act::OrderAssign, order::Assign::NAME),
    (Act::Snooze, order::SnoozeOrder::NAME),
    (Act::Wake, order::WakeOrder::NAME),
    (Act::OrderNote, order::SetNote::NAME),
    (Act::OpenClient, ""),
    (Act::Whatsapp, ""),
    (Act::Mail, ""),
    (Act::Copy, ""),
    (Act::Print, ""),
    (Act::KeepFiles, ""),
    (Act::OrderDelete, order::Delete::NAME),
    (Act::OrderRestore, order::Restore::NAME),
];

/// The header.
#[component]
pub(super) fn Head(it: Option<Order>) -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let narrow = (shell.narrow)();
    let run = move |act| _ = orders.run_one(act, giving);
    rsx! {
        header { class: "head",
            if narrow {
                IconButton { icon: "left", label: t.text("do-back"), onpress: move |()| _ = acting.run(Act::Back) }
            }
            if let Some(it) = it {
                h1 { id: "detail-name", class: "gives",
                    bdi { "{it.client_name}" }
                }
                span { class: "t3 cut",
                    Number { number: it.number.clone(), real: it.has_real_number() }
                }
                IconButton { icon: "copy", label: t.text("do-copy"), onpress: move |()| run(Act::Copy) }
                span { class: "push" }
                Product { it: it.clone() }
                Status {}
                More { it }
            }
        }
    }
}

/// How far the product is, and the steps it can take.
#[component]
fn Product(it: Order) -> Element {
    let mut orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let face = it.product_status.face();
    if !shell.may(order::SetProductStatus::NAME) {
        return rsx! { Badge { face } };
    }
    let open = (orders.menu)() == Some(OrderMenu::Product);
    rsx! {
        span { class: "menu-at",
            button {
                id: "order-product",
                r#type: "button",
                class: "btn btn-quiet btn-sm order-product",
                "aria-haspopup": "menu",
                "aria-expanded": open.to_string(),
                title: t.text("do-order-product"),
                onclick: move |_| orders.menu.set((!open).then_some(OrderMenu::Product)),
                span { class: "t3 hide-m", {t.text("order-product")} }
                span { class: "sr", {t.text("order-product")} ": " }
                Badge { face }
            }
            if open {
                StepsMenu { of_product: true }
            }
        }
    }
}

/// The steps the order can take.
#[component]
fn Status() -> Element {
    let mut orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    if !shell.may(order::SetStatus::NAME) {
        return rsx! {};
    }
    let open = (orders.menu)() == Some(OrderMenu::Status);
    rsx! {
        span { class: "menu-at",
            Button {
                id: "order-status",
                text: t.text("order-status"),
                icon: "updown",
                keys: Act::OrderStatus.key(shell),
                class: "btn-sm",
                popup: "menu",
                expanded: open,
                onpress: move |()| orders.menu.set((!open).then_some(OrderMenu::Status)),
            }
            if open {
                StepsMenu { of_product: false }
            }
        }
    }
}

/// Where the order, or its product, can be moved. What cannot be done now keeps the focus and says why.
#[component]
fn StepsMenu(of_product: bool) -> Element {
    let mut orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let Some(reply) = orders.opened.read().reply.clone() else { return rsx! {} };
    let steps = if of_product { reply.product_steps.clone() } else { reply.steps.clone() };
    let button = if of_product { "order-product" } else { "order-status" };
    let items = steps.iter().map(|step| {
        let face = if of_product { ProductStatus::of_wire(&step.to).face() } else { OrderStatus::of_wire(&step.to).face() };
        let word = t.text(face.word);
        Item {
            text: if step.needs_reason { t.with("order-step-reason", &[("status", word.into())]) } else { word },
            icon: face.glyph,
            why_not: why_refused(shell, &step.verdict),
            ..Item::default()
        }
    });
    rsx! {
        Menu {
            id: "order-steps",
            label: t.text(if of_product { "do-order-product" } else { "do-order-status" }),
            items: items.collect::<Vec<_>>(),
            class: "menu-end",
            onchoose: move |n: usize| {
                orders.leave_menu(button);
                if let Some(step) = steps.get(n) {
                    orders.take(step, of_product, giving);
                }
            },
            onclose: move |back: bool| {
                orders.menu.set(None);
                if back {
                    browser::focus(button);
                }
            },
        }
    }
}

/// What else can be done.
#[component]
fn More(it: Order) -> Element {
    let mut orders = use_context::<OrdersState>();
    let giving = use_context::<Giving>();
    let acting = use_context::<Acting>();
    let shell = use_context::<Shell>();
    let offered = |(act, command): &&(Act, &str)| match act {
        Act::Whatsapp | Act::Mail => orders.reaches(*act),
        Act::OpenClient => act.spec().is_for(shell),
        _ => is_meant(*act, &it, shell.clock.minute()) && (command.is_empty() || shell.may(command)),
    };
    let acts: Vec<_> = MORE.iter().filter(offered).map(|(act, command)| (*act, orders.why_not(command))).collect();
    rsx! {
        MoreActs {
            id: "order-more",
            menu: "order-menu",
            acts,
            words: vec![(Act::KeepFiles, orders.keep_word())],
            open: (orders.menu)() == Some(OrderMenu::More),
            onopen: move |to: bool| orders.menu.set(to.then_some(OrderMenu::More)),
            onact: move |act| _ = if act == Act::OpenClient { acting.run(act) } else { orders.run_one(act, giving) },
        }
    }
}
