//! The dialogs of an act on all chosen orders: where they are moved, why they are called off, to whom they are given.

use dioxus::prelude::*;
use domain::{
    commands::order::{self, WORKED_BY},
    id::UserId,
    records::{Order, OrderStatus},
    words::Words,
};

use crate::{
    components::{
        badge::Badge,
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
    },
    drafts::Draft,
    giving::Giving,
    pages::{
        dialogs::{Colleagues, ReasonDialog, Reasons},
        orders::{OrdersState, bulk::Choice},
        rows::name_some,
    },
    shell::{Layer, Shell},
    words::{many, use_words},
};

fn names(words: &Words, orders: &[Order]) -> String {
    let names: Vec<&str> = orders.iter().map(|it| it.client_name.as_str()).collect();
    name_some(words, &names)
}

/// Moves all of them there: what cannot be moved so is told with its reason.
fn set_status(choice: Choice, giving: Giving, to: OrderStatus, reason: Option<String>) {
    let word = to.face().word;
    let done = move |words: &Words, n: i64| {
        words.with("bulk-order-set-status", &[("n", words.whole(n).into()), ("status", words.text(word).into())])
    };
    choice.give(giving, move |it| order::SetStatus { id: it.id, to: to.clone(), reason: reason.clone() }.into(), done);
}

/// «Ubah status 4 pesanan».
#[component]
pub(super) fn StatusOfMany() -> Element {
    let choice = Choice::here();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    // Those that were chosen when it opened: what is read anew meanwhile does not change them.
    let orders = use_hook(|| choice.all());
    let mut to = use_signal(|| None::<OrderStatus>);
    let mut error = use_signal(|| None::<String>);
    let words = t.clone();
    let send = use_callback(move |()| {
        let Some(to) = to() else { return error.set(Some(words.text("bulk-status-none"))) };
        close("orders-status");
        // Whose order is called off reads why.
        if to == OrderStatus::Cancelled {
            return shell.open(Layer::CancelOrders);
        }
        shell.close();
        set_status(choice, giving, to, None);
    });
    rsx! {
        Dialog {
            id: "orders-status",
            class: "dialog-m",
            title: rsx! {
                {t.count("bulk-status-title", many(orders.len()))}
            },
            sub: rsx! {
                {names(&t, &orders)}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "act-why grow", {t.text("bulk-status-sub")} }
                CancelButton { id: "orders-status", oncancel: move |()| shell.close() }
                Button { text: t.text("bulk-status-submit"), look: Look::Primary, keys: "Ctrl+Enter", onpress: send }
            },
            fieldset { class: "field",
                legend { class: "sr", {t.text("field-status")} }
                div { class: "opts opts-long",
                    for status in OrderStatus::KNOWN.iter().cloned() {
                        label { key: "{status.wire()}", class: if to() == Some(status.clone()) { "opt is-on" } else { "opt" },
                            Radio {
                                name: "orders-to",
                                checked: to() == Some(status.clone()),
                                onchoose: {
                                    let status = status.clone();
                                    move |()| {
                                        to.set(Some(status.clone()));
                                        error.set(None);
                                    }
                                },
                            }
                            Badge { face: status.face() }
                        }
                    }
                }
            }
            if let Some(error) = error() {
                p { class: "err", role: "alert", {error} }
            }
        }
    }
}

/// «Batalkan 4 pesanan», for one reason.
#[component]
pub(super) fn CancelMany() -> Element {
    let choice = Choice::here();
    let state = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let orders = use_hook(|| choice.all());
    let title = t.count("bulk-cancel-title", many(orders.len()));
    rsx! {
        ReasonDialog {
            reasons: Reasons::CancelOrder,
            title: rsx! {
                {title.clone()}
            },
            sub: rsx! {
                {names(&t, &orders)}
            },
            submit: title,
            initial: state.drafts.of(Draft::CancelChosen),
            error: None,
            unread: orders.iter().all(|it| it.client_user.is_none()),
            ondraft: move |text: String| state.drafts.keep(Draft::CancelChosen, &text),
            onsubmit: move |reason: String| {
                close("reason");
                state.drafts.keep(Draft::CancelChosen, "");
                shell.close();
                set_status(choice, giving, OrderStatus::Cancelled, Some(reason));
            },
            onclose: move |()| shell.close(),
        }
    }
}

/// «Teruskan 4 pesanan».
#[component]
pub(super) fn AssignMany() -> Element {
    let choice = Choice::here();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let t = use_words();
    let orders = use_hook(|| choice.all());
    let to = use_signal(|| None::<UserId>);
    let given = orders.iter().find_map(|it| it.assignee.as_ref().map(|person| person.id));
    let send = use_callback(move |()| {
        close("assign");
        shell.close();
        let to = to();
        let key = if to.is_some() { "bulk-order-assign" } else { "bulk-order-unassign" };
        choice.give(giving, move |it| order::Assign { id: it.id, to }.into(), move |words, n| words.count(key, n));
    });
    rsx! {
        Dialog {
            id: "assign",
            class: "dialog-m",
            title: rsx! {
                {t.count("bulk-assign-title", many(orders.len()))}
            },
            sub: rsx! {
                {names(&t, &orders)}
            },
            onclose: move |()| shell.close(),
            onconfirm: send,
            footer: rsx! {
                span { class: "grow" }
                CancelButton { id: "assign", oncancel: move |()| shell.close() }
                Button { text: t.text("do-assign"), look: Look::Primary, keys: "Ctrl+Enter", disabled: to().is_none() && given.is_none(), onpress: send }
            },
            // Where somebody has one of them, «Tidak ada» takes it back.
            Colleagues { to, before: given, among: Some(WORKED_BY) }
        }
    }
}
