//! What a table is made of: the headers, and a row of cells.

use std::rc::Rc;

use dioxus::prelude::*;

use super::{At, Column, Sort, cell_id};
use crate::components::icon::Icon;

/// The row of headers. It sticks to the top.
#[component]
pub(super) fn Head(
    table: &'static str,
    columns: Rc<[Column]>,
    template: String,
    sort: Sort,
    /// The column whose header Tab reaches.
    reached: Option<usize>,
    onpress: EventHandler<usize>,
) -> Element {
    let arrow = if sort.down { "down" } else { "up" };
    rsx! {
        div { class: "group grid-r", role: "row", "aria-rowindex": "1", grid_template_columns: "{template}",
            for (column , spec) in columns.iter().enumerate() {
                div {
                    key: "{column}",
                    id: cell_id(table, At { row: None, column }),
                    class: if spec.money { "grid-c grid-h right" } else { "grid-c grid-h" },
                    role: "columnheader",
                    "aria-colindex": column + 1,
                    "aria-sort": sorted(spec, column, sort),
                    tabindex: if reached == Some(column) { "0" } else { "-1" },
                    onclick: move |_| onpress.call(column),
                    span { class: "cut", {spec.title.clone()} }
                    if sort.column == column {
                        Icon { name: arrow, size: 12 }
                    }
                }
            }
        }
    }
}

/// How a column is sorted; nothing for one that never is.
fn sorted(spec: &Column, column: usize, sort: Sort) -> Option<&'static str> {
    spec.sortable.then_some(match (sort.column == column, sort.down) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    })
}

/// A row. Its first cell is its header.
#[component]
pub(super) fn Line(
    table: &'static str,
    columns: Rc<[Column]>,
    template: String,
    row: u32,
    /// Where it stands, and how high it is, in pixels.
    top: i32,
    height: i32,
    /// The column whose cell Tab reaches.
    reached: Option<usize>,
    cell: Callback<At, Element>,
    onpress: EventHandler<At>,
) -> Element {
    rsx! {
        div {
            class: "grid-r grid-l",
            role: "row",
            // The row of headers is the first one.
            "aria-rowindex": row + 2,
            top: "{top}px",
            height: "{height}px",
            grid_template_columns: "{template}",
            for (column , spec) in columns.iter().enumerate() {
                {
                    let at = At { row: Some(row), column };
                    rsx! {
                        div {
                            key: "{column}",
                            id: cell_id(table, at),
                            class: if spec.money { "grid-c cut right num" } else { "grid-c cut" },
                            role: if column == 0 { "rowheader" } else { "gridcell" },
                            "aria-colindex": column + 1,
                            tabindex: if reached == Some(column) { "0" } else { "-1" },
                            onclick: move |_| onpress.call(at),
                            {cell.call(at)}
                        }
                    }
                }
            }
        }
    }
}
