//! The list of Pesanan desain: header, counters, search, what it is sifted by, and the rows.

mod head;
mod row;

pub(crate) use head::sifted_by;
pub(super) use head::sifting;
pub(crate) use row::Number;
#[cfg(feature = "mock")]
pub(crate) use row::Row;

use bridge::OrderFilter;
use dioxus::prelude::*;
use domain::words::isolate;

use super::{LIST, state::OrdersState};
use crate::{
    acting::Acting,
    actions::Act,
    components::{
        button::{ActButton, Button},
        empty::Empty,
        export::ExportNote,
        list::{Coming, DataList, RowAt},
        toast::UndoBar,
    },
    giving::Giving,
    pages::{
        desk::Notes,
        rows::{Batch, ListBody, NewRows, Recorded as _},
    },
    shell::{Place, Shell},
    words::use_words,
};

/// The pane.
#[component]
pub(super) fn ListPane() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let t = use_words();
    let newer = use_memo(move || orders.list.read().newer);
    rsx! {
        section { class: "pane", id: "pane-list", "aria-label": t.text("place-orders"), "data-keys": "list", tabindex: "-1",
            Batch { list: *orders, head::Head {} }
            Notes {}
            ExportNote { export: orders.export }
            NewRows { newer: newer(), onletin: move |()| orders.let_in(true) }
            Body {}
            // Elsewhere it stands in the detail, which is not seen here.
            if (shell.narrow)() {
                UndoBar {}
            }
        }
    }
}

#[component]
fn Body() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    rsx! {
        ListBody { list: *orders, failed: t.text("orders-failed"), nothing: rsx! { Nothing {} }, Rows {} }
    }
}

#[component]
fn Rows() -> Element {
    let orders = use_context::<OrdersState>();
    let t = use_words();
    let list = orders.list;
    let layout = use_memo(move || list.read().layout());
    let cursor = (orders.cursor)();
    let total = layout().rows();
    let header = use_callback(|_: usize| rsx! {});
    let row = use_callback(move |at: RowAt| {
        let Some(row) = list.read().rows.get(at.index) else {
            return rsx! { Coming { key: "coming-{at.index}", top: at.top } };
        };
        let cursor = (orders.cursor)();
        let current = cursor.listed && cursor.record == Some(row.record());
        let chosen = orders.chosen.read().has(row.record());
        rsx! {
            row::Row { key: "{row.order.id}", row, at, total, current, chosen, reached: cursor.at == at.index }
        }
    });
    rsx! {
        DataList {
            id: LIST,
            label: t.with("orders-label", &[("n", t.whole(i64::from(total)).into())]),
            layout: layout(),
            cursor: Some(cursor.at),
            focus: orders.focus,
            multi: true,
            header,
            row,
            onview: move |drawn| orders.see(drawn),
        }
    }
}

/// Nothing in the list: because nothing was found, because of what it is sifted by, or because there is nothing.
#[component]
fn Nothing() -> Element {
    let orders = use_context::<OrdersState>();
    let shell = use_context::<Shell>();
    let giving = use_context::<Giving>();
    let acting = use_context::<Acting>();
    let t = use_words();
    let filter = (orders.filter)();
    if !filter.text.trim().is_empty() {
        return rsx! {
            Empty { icon: "search", title: t.text("inbox-not-found"),
                p { {t.with("orders-not-found-text", &[("text", isolate(filter.text.trim()).into())])} }
                Button { text: t.text("inbox-search-clear"), class: "btn-sm", onpress: move |()| orders.end_search() }
            }
        };
    }
    if filter != OrderFilter::default() {
        return rsx! {
            Empty { icon: "filter", title: t.text("orders-empty-sifted"),
                Button { text: t.text("orders-show-all"), class: "btn-sm", onpress: move |()| orders.sift(OrderFilter::default()) }
            }
        };
    }
    let title = match shell.older_than(domain::time::MINUTE) {
        Some(at) => t.with("orders-empty-as-of", &[("at", t.clock(at, shell.zone()).into())]),
        None => t.text("orders-empty"),
    };
    rsx! {
        Empty { icon: "design", title,
            p { {t.text("orders-empty-text")} }
            if Act::NewOrder.spec().is_for(shell) {
                ActButton { act: Act::NewOrder, class: "btn-sm", onpress: move |()| _ = orders.run(Act::NewOrder, giving) }
            }
            if shell.has(Place::Import) {
                Button { text: t.text("import-open"), class: "btn-sm", icon: "import", onpress: move |()| _ = acting.run(Act::GoImport) }
            }
        }
    }
}
