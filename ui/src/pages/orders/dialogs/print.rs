//! «Cetak»: the list as it is sifted, or the worksheet of the open order.

use bridge::Orders;
use dioxus::prelude::*;

use crate::{
    components::{
        button::{Button, Look},
        choice::Radio,
        dialog::{CancelButton, Dialog, close},
        field::FormError,
    },
    gateway::ask,
    pages::{
        orders::{
            OrdersState,
            paper::{MOST, Paper, Printed},
        },
        rows::Pane,
    },
    shell::{Shell, put, task},
    words::use_words,
};

/// The rows that are read at once.
const PART: u32 = 200;

/// The dialog.
#[component]
pub(super) fn PrintDialog() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let order = orders.order();
    // Whoever reads one order means it; whoever stands in the list means the list.
    let mut whole = use_signal(|| orders.opened.peek().reply.is_none() || *orders.pane.peek() == Pane::List);
    let at = use_signal(|| None::<u32>);
    let error = use_signal(|| None::<String>);
    let print = use_callback(move |()| {
        if at.peek().is_some() {
            return;
        }
        if *whole.peek() {
            print_list(orders, at, error);
        } else if let Some(reply) = orders.opened.peek().reply.clone() {
            finish(orders, Printed::Worksheet(reply));
        }
    });
    let busy = at().is_some();
    rsx! {
        Dialog {
            id: "orders-print",
            class: "dialog-m",
            title: rsx! {
                {t.text("print-title")}
            },
            onclose: move |()| shell.close(),
            onconfirm: move |()| print.call(()),
            footer: rsx! {
                if let Some(read) = at() {
                    span { class: "grow t2", role: "status", {t.with("print-reading", &[("n", t.whole(i64::from(read)).into())])} }
                } else {
                    span { class: "grow" }
                }
                CancelButton { id: "orders-print", oncancel: move |()| shell.close() }
                Button {
                    text: t.text("do-print"),
                    look: Look::Primary,
                    keys: "Ctrl+Enter",
                    disabled: busy,
                    onpress: move |()| print.call(()),
                }
            },
            if let Some(text) = error() {
                FormError { text }
            }
            fieldset { class: "opts",
                legend { {t.text("print-what")} }
                if let Some(it) = order.filter(|_| orders.opened.read().reply.is_some()) {
                    label { class: "opt",
                        Radio { name: "orders-print", checked: !whole(), onchoose: move |()| whole.set(false) }
                        span {
                            b { {t.text("print-worksheet")} }
                            " "
                            span { class: "t2",
                                bdi { dir: "ltr", "{it.number}" }
                                " · "
                                bdi { "{it.client_name}" }
                            }
                        }
                    }
                }
                label { class: "opt",
                    Radio { name: "orders-print", checked: whole(), onchoose: move |()| whole.set(true) }
                    span {
                        b { {t.text("print-list")} }
                        " "
                        span { class: "t2", {orders.listed()} }
                    }
                }
            }
        }
    }
}

/// Reads the whole list, as far as paper goes. Whoever closes the dialog meanwhile prints nothing.
fn print_list(orders: OrdersState, at: Signal<Option<u32>>, error: Signal<Option<String>>) {
    let filter = orders.filter.peek().clone();
    put(at, Some(0));
    put(error, None);
    task(async move {
        let (mut rows, mut shown) = (Vec::new(), None);
        loop {
            let offset = u32::try_from(rows.len()).unwrap_or(MOST);
            let query = Orders { filter: filter.clone(), offset, limit: PART.min(MOST - offset), around: None, shown };
            let reply = match ask(query).await {
                Ok(reply) => reply,
                Err(failure) => {
                    put(at, None);
                    return put(error, Some(orders.shell.trouble(&failure)));
                }
            };
            if at.try_peek().is_err() {
                return;
            }
            // What enters meanwhile would move the rest.
            shown.get_or_insert(reply.version);
            let none = reply.rows.is_empty();
            rows.extend(reply.rows);
            let read = u32::try_from(rows.len()).unwrap_or(MOST);
            put(at, Some(read));
            if none || read >= reply.total.min(MOST) {
                return finish(orders, Printed::List { rows, total: reply.total, filter });
            }
        }
    });
}

/// Lays it on paper: the page is printed as soon as it is drawn.
fn finish(orders: OrdersState, what: Printed) {
    close("orders-print");
    orders.shell.close();
    put(orders.paper, Some(Paper { what, at: orders.shell.clock.now() }));
}
