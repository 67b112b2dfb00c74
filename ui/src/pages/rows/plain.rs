//! The rows of a list that has no groups and of which nothing is chosen for an act on many.

use std::rc::Rc;

use dioxus::prelude::*;

use super::{ListState, Listing, Recorded as _};
use crate::{
    components::list::{Coming, DataList, RowAt},
    words::use_words,
};

/// A row at its place.
pub(crate) struct Placed<L: Listing> {
    pub(crate) row: Rc<L::Row>,
    pub(crate) at: RowAt,
    /// How many there are.
    pub(crate) total: u32,
    /// Whether it is open.
    pub(crate) current: bool,
    /// Whether Tab reaches it.
    pub(crate) reached: bool,
}

/// The rows.
#[component]
pub(crate) fn PlainRows<L: Listing>(
    list: ListState<L>,
    /// The key of what the list is called, with how many there are.
    label: &'static str,
    /// Draws a row, under a key of its own.
    row: Callback<Placed<L>, Element>,
) -> Element {
    let t = use_words();
    let layout = use_memo(move || list.list.read().layout());
    let cursor = (list.cursor)();
    let total = layout().rows();
    let header = use_callback(|_: usize| rsx! {});
    let drawn = use_callback(move |at: RowAt| {
        let Some(it) = list.list.read().rows.get(at.index) else {
            return rsx! { Coming { key: "coming-{at.index}", top: at.top } };
        };
        let cursor = (list.cursor)();
        let current = cursor.record == Some(it.record());
        row.call(Placed { row: it, at, total, current, reached: cursor.at == at.index })
    });
    rsx! {
        DataList {
            id: L::LIST,
            label: t.with(label, &[("n", t.whole(i64::from(total)).into())]),
            layout: layout(),
            cursor: Some(cursor.at),
            focus: list.focus,
            header,
            row: drawn,
            onview: move |drawn| list.see(drawn),
        }
    }
}
