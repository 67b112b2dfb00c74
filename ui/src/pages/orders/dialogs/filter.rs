//! «Saring pesanan»: by state, by kind of design, one's own, and for admins the deleted ones (R-073, C-37).

use bridge::OrderFilter;
use dioxus::prelude::*;
use domain::{
    command::Act as _,
    commands::order,
    records::{DesignType, OrderStatus},
};

use crate::{
    components::{
        button::{Button, Look},
        choice::{Check, Select},
        dialog::{CancelButton, Dialog, close},
        field::Field,
    },
    pages::orders::OrdersState,
    shell::Shell,
    words::use_words,
};

/// The dialog.
#[component]
pub(super) fn FilterDialog() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let filter = use_signal(|| orders.filter.peek().clone());
    let apply = use_callback(move |filter: OrderFilter| {
        close("orders-sift");
        shell.close();
        orders.sift(filter);
    });
    let text = filter.read().text.clone();
    rsx! {
        Dialog {
            id: "orders-sift",
            class: "dialog-m",
            title: rsx! {
                {t.text("orders-filter-title")}
            },
            onclose: move |()| shell.close(),
            onconfirm: move |()| apply.call(filter.peek().clone()),
            footer: rsx! {
                Button {
                    text: t.text("orders-show-all"),
                    look: Look::Quiet,
                    onpress: move |()| apply.call(OrderFilter { text: text.clone(), ..OrderFilter::default() }),
                }
                span { class: "grow" }
                CancelButton { id: "orders-sift", oncancel: move |()| shell.close() }
                Button {
                    text: t.text("audit-filter-apply"),
                    look: Look::Primary,
                    keys: "Ctrl+Enter",
                    onpress: move |()| apply.call(filter.peek().clone()),
                }
            },
            Which { filter }
        }
    }
}

#[component]
fn Which(mut filter: Signal<OrderFilter>) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let chosen = filter.read().clone();
    let all = || std::iter::once((String::new(), t.text("orders-filter-all")));
    let statuses = all().chain(OrderStatus::KNOWN.iter().map(|status| (status.wire().to_owned(), t.text(status.face().word))));
    let kinds = all().chain(DesignType::KNOWN.iter().map(|kind| (kind.wire().to_owned(), t.text(kind.word()))));
    rsx! {
        Field { id: "orders-filter-status", label: t.text("field-status"),
            Select {
                id: "orders-filter-status",
                options: statuses.collect::<Vec<_>>(),
                chosen: chosen.status.as_ref().map(|status| status.wire().to_owned()).unwrap_or_default(),
                onchoose: move |n: usize| filter.write().status = n.checked_sub(1).map(|n| OrderStatus::KNOWN[n].clone()),
            }
        }
        Field { id: "orders-filter-kind", label: t.text("order-kind"),
            Select {
                id: "orders-filter-kind",
                options: kinds.collect::<Vec<_>>(),
                chosen: chosen.design_type.as_ref().map(|kind| kind.wire().to_owned()).unwrap_or_default(),
                onchoose: move |n: usize| filter.write().design_type = n.checked_sub(1).map(|n| DesignType::KNOWN[n].clone()),
            }
        }
        div {
            label { class: "opt",
                Check { checked: chosen.mine, onswitch: move |on| filter.write().mine = on }
                span { {t.text("orders-mine")} }
            }
            // Only whoever may bring them back has any.
            if shell.may(order::Restore::NAME) {
                label { class: "opt",
                    Check { checked: chosen.deleted, onswitch: move |on| filter.write().deleted = on }
                    span { {t.text("orders-deleted")} }
                }
            }
        }
    }
}
