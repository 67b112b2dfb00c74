//! The data table: a grid of one tab stop, of which only the rows in sight are drawn, by the window of the data list. The real
//! focus moves from cell to cell; the row that has it is always drawn (ui.md, section 5).

mod cells;
mod keys;

use dioxus::prelude::*;
use std::rc::Rc;

pub(crate) use keys::At;

use self::{
    cells::{Head, Line},
    keys::{Size, step},
};
use super::list::{Layout, rows_of};
use crate::browser::{self, Viewport};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// What it is called.
    pub(crate) title: String,
    /// Its width in pixels where there is little room.
    pub(crate) least: u16,
    /// Its share of the room that is left.
    pub(crate) share: u8,
    /// Whether it holds amounts: they stand at the right, digit below digit.
    pub(crate) money: bool,
    /// Whether the table can be sorted by it.
    pub(crate) sortable: bool,
}

/// By which column a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    /// Its place.
    pub(crate) column: usize,
    /// Whether the largest comes first.
    pub(crate) down: bool,
}

impl Sort {
    /// How it is sorted after this column's header was pressed: by it, and by it the other way round.
    pub(crate) fn pressed(self, column: usize) -> Self {
        Self { column, down: self.column == column && !self.down }
    }
}

/// The id of the element of a cell.
pub(crate) fn cell_id(table: &str, at: At) -> String {
    let row = at.row.map_or_else(|| "head".to_owned(), |row| row.to_string());
    format!("{table}-{row}-{}", at.column)
}

/// A table. Its owner has the rows, sorted, and draws what stands in a cell.
#[component]
pub(crate) fn DataTable(
    id: &'static str,
    label: String,
    columns: Rc<[Column]>,
    rows: u32,
    /// How high a row is, in pixels: 40, or 52 where it has two lines.
    #[props(default = 40)]
    row_height: i32,
    sort: Sort,
    /// Draws what stands in a cell.
    cell: Callback<At, Element>,
    onsort: EventHandler<Sort>,
    /// Enter on a row, or a click.
    onopen: EventHandler<u32>,
    /// Control and Enter on a row.
    onact: EventHandler<u32>,
) -> Element {
    let layout = Layout::new([rows]).with_rows_of(row_height);
    let view = use_signal(Viewport::default);
    let mut cursor = use_signal(|| At { row: Some(0), column: 0 });
    let size = Size { rows, columns: columns.len(), page: Layout::page(view(), row_height) };
    let at = size.clamp(cursor());
    use_following(id, at, &layout, view);
    let sorts = columns.iter().map(|column| column.sortable).collect::<Vec<_>>();
    let press = use_callback(move |column: usize| {
        if sorts.get(column) == Some(&true) {
            onsort.call(sort.pressed(column));
        }
    });
    let pressed = move |event: KeyboardEvent| {
        let ctrl = event.modifiers().ctrl() || event.modifiers().meta();
        let space = Key::Character(" ".to_owned());
        match (event.key(), at.row) {
            (Key::Enter, Some(row)) if ctrl => onact.call(row),
            (Key::Enter, Some(row)) => onopen.call(row),
            (key, None) if key == Key::Enter || key == space => press.call(at.column),
            (key, _) => match step(at, &key, ctrl, size) {
                Some(to) => cursor.set(to),
                None => return,
            },
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let onpress = move |to: At| {
        cursor.set(to);
        match to.row {
            Some(row) => onopen.call(row),
            None => press.call(to.column),
        }
    };
    rsx! {
        div {
            id,
            class: "scroll vlist ring-in",
            role: "grid",
            "aria-label": label,
            "aria-rowcount": rows + 1,
            "aria-colcount": size.columns,
            tabindex: "-1",
            onscroll: move |_| look(id, view),
            onresize: move |_| look(id, view),
            onkeydown: pressed,
            Body { table: id, columns, layout, seen: view(), at, sort, cell, onpress }
        }
    }
}

/// Looks at what of a table is in sight.
fn look(id: &str, mut view: Signal<Viewport>) {
    if let Some(seen) = browser::viewport(id).filter(|seen| *seen != *view.peek()) {
        view.set(seen);
    }
}

/// Lets the focus follow the cell that has it, and brings that cell into sight.
fn use_following(id: &'static str, at: At, layout: &Layout, view: Signal<Viewport>) {
    // As it is before this is drawn: the cell that has the focus may be one that is no longer there then.
    let within = browser::focus_is_within(id);
    let mut brought = use_signal(|| None::<(At, Layout)>);
    use_effect(use_reactive((&at, &within, layout), move |(at, within, layout)| {
        look(id, view);
        // Whoever scrolls away from the cell is not brought back to it: only a move of the cell itself is followed.
        let moved = brought.peek().as_ref() != Some(&(at, layout.clone()));
        brought.set(Some((at, layout.clone())));
        if within && moved {
            if let Some(top) = at.row.and_then(|row| layout.reveal(row, *view.peek())) {
                browser::scroll_to(id, top);
                look(id, view);
            }
            browser::focus(&cell_id(id, at));
            // Where there is too little room for every column, the cell is brought into sight sideways too.
            browser::show(&cell_id(id, at));
        }
    }));
}

/// The headers, and of the rows those in sight and the one at the cursor.
#[component]
fn Body(
    table: &'static str,
    columns: Rc<[Column]>,
    layout: Layout,
    seen: Viewport,
    at: At,
    sort: Sort,
    cell: Callback<At, Element>,
    onpress: EventHandler<At>,
) -> Element {
    let template: Vec<String> = columns.iter().map(|column| format!("minmax({}px, {}fr)", column.least, column.share)).collect();
    let template = template.join(" ");
    let width: u32 = columns.iter().map(|column| u32::from(column.least)).sum();
    let drawn = layout.drawn(seen);
    let rows = layout.rows();
    let Some(group) = layout.groups().next() else { return rsx! {} };
    rsx! {
        div { class: "vgroup", role: "rowgroup", height: "{group.height()}px", min_width: "{width}px",
            Head {
                table,
                columns: columns.clone(),
                template: template.clone(),
                sort,
                reached: at.row.is_none().then_some(at.column),
                onpress: move |column| onpress.call(At { row: None, column }),
            }
            for row in rows_of(0..rows, &drawn, at.row) {
                Line {
                    key: "{row}",
                    table,
                    columns: columns.clone(),
                    template: template.clone(),
                    row,
                    top: group.row_top(row),
                    height: group.row_height(),
                    reached: (at.row == Some(row)).then_some(at.column),
                    cell,
                    onpress,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_sorts_by_its_column_and_then_the_other_way_round() {
        let first = Sort { column: 0, down: true };
        let by_second = first.pressed(2);
        assert_eq!(by_second, Sort { column: 2, down: false });
        assert_eq!(by_second.pressed(2), Sort { column: 2, down: true });
        assert_eq!(by_second.pressed(2).pressed(2), by_second);
    }

    #[test]
    fn cells_have_ids_by_row_and_column() {
        assert_eq!(cell_id("t", At { row: None, column: 1 }), "t-head-1");
        assert_eq!(cell_id("t", At { row: Some(12), column: 0 }), "t-12-0");
    }
}
