//! The data list: groups of rows of one height, of which only those in sight are drawn. One row can be reached by Tab; the
//! real focus moves with the cursor (VoiceOver in WebKit does not follow `aria-activedescendant`), and the row that has it is
//! always drawn.

mod layout;
mod row;

use dioxus::prelude::*;
use std::ops::Range;

pub(crate) use layout::Layout;
pub(crate) use row::{Coming, ListRow, Pick};

use crate::{
    actions::Act,
    browser::{self, Viewport},
    shell::Shell,
};

/// How many rows an act moves the cursor of a list, if it moves it.
pub(crate) fn move_of(act: Act, list: &str, shell: Shell) -> Option<i64> {
    let page = || browser::viewport(list).map_or(1, |view| i64::from(Layout::page(view, shell.row_height())));
    Some(match act {
        Act::Next => 1,
        Act::Previous => -1,
        Act::First => i64::MIN / 2,
        Act::Last => i64::MAX / 2,
        Act::PageDown => page(),
        Act::PageUp => -page(),
        _ => return None,
    })
}

/// What a list shows, and which part of it.
#[derive(Clone, Copy)]
struct Seen {
    known: Signal<Layout>,
    view: Signal<Viewport>,
}

/// The cursor is brought into sight before the frame is drawn, and with it the focus, if it is wanted.
fn use_cursor(id: &'static str, cursor: Option<u32>, mut focus: Signal<bool>, seen: Seen, mut look: impl FnMut() + Copy + 'static) {
    let Seen { known, view } = seen;
    let mut brought = use_signal(|| None::<u32>);
    use_effect(use_reactive((&cursor,), move |(cursor,)| {
        look();
        let (last, wanted) = (*brought.peek(), focus());
        brought.set(cursor);
        let Some(at) = cursor else { return };
        let moved = last != cursor || wanted;
        // What is read for this is let go before the scrolling: it is written then.
        let top = known.peek().reveal(at, *view.peek()).filter(|_| moved);
        if let Some(top) = top {
            browser::scroll_to(id, top);
            look();
        }
        if wanted {
            focus.set(false);
            if !browser::focus(&row_id(id, at)) {
                browser::focus(id);
            }
        }
    }));
}

/// A list. Its owner draws the rows with the id [`row_id`] and says where the cursor is; the list says what is in sight.
#[component]
pub(crate) fn DataList(
    id: &'static str,
    label: String,
    layout: Layout,
    cursor: Option<u32>,
    /// Set when the row at the cursor shall have the focus; the list gives it, once, and takes the wish back.
    focus: Signal<bool>,
    /// Draws the header of a group.
    header: Callback<usize, Element>,
    /// Draws a row at its place, under a key of its own.
    row: Callback<RowAt, Element>,
    onview: EventHandler<Range<u32>>,
    #[props(default)] busy: bool,
    /// Whether several rows can be chosen at once: what is chosen is then `aria-selected`, what is open `aria-current`.
    #[props(default)]
    multi: bool,
) -> Element {
    let layout = layout.with_rows_of(use_context::<Shell>().row_height());
    let mut view = use_signal(Viewport::default);
    let mut look = move || {
        if let Some(seen) = browser::viewport(id).filter(|seen| *seen != *view.peek()) {
            view.set(seen);
        }
    };
    let mut known = use_signal(|| layout.clone());
    if *known.peek() != layout {
        known.set(layout.clone());
    }
    use_cursor(id, cursor, focus, Seen { known, view }, look);
    use_effect(use_reactive((&layout,), move |(layout,)| {
        let _ = layout.rows();
        look();
    }));
    let drawn = layout.drawn(view());
    let told = drawn.clone();
    use_effect(use_reactive((&told,), move |(drawn,)| onview.call(drawn)));

    rsx! {
        div {
            id,
            class: "scroll vlist ring-in",
            role: "listbox",
            "aria-label": label,
            "aria-multiselectable": multi.then_some("true"),
            "aria-busy": busy.then_some("true"),
            tabindex: "-1",
            onscroll: move |_| look(),
            onresize: move |_| {
                // Whoever stood on a row that was seen whole does so still, where something below takes room.
                let before = *view.peek();
                look();
                let reveal = |view| cursor.and_then(|at| known.peek().reveal(at, view));
                // What is read for this is let go before the scrolling: it is written then.
                let after = *view.peek();
                let top = reveal(after).filter(|_| reveal(before).is_none());
                if let Some(top) = top {
                    browser::scroll_to(id, top);
                    look();
                }
            },
            for (n , group) in layout.groups().enumerate() {
                div {
                    key: "{n}",
                    class: "vgroup",
                    // Rows without groups stand in the list itself.
                    role: if layout.is_flat() { "presentation" } else { "group" },
                    "aria-labelledby": (!layout.is_flat()).then(|| format!("{id}-g{n}")),
                    height: "{group.height()}px",
                    if !layout.is_flat() {
                        div { class: "group", role: "presentation", id: "{id}-g{n}", {header.call(n)} }
                    }
                    // Each row as it comes, with its own key: within a loop's body the key would be hidden, and every row made anew
                    // when the first of them is drawn no more, the one that has the focus too.
                    {rows_of(group.first..group.first + group.rows, &drawn, cursor).into_iter().map(|at| row.call(RowAt { index: at, top: group.row_top(at) }))}
                }
            }
        }
    }
}

/// A row's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RowAt {
    /// Which row it is.
    pub(crate) index: u32,
    /// Where it stands in its group, in pixels.
    pub(crate) top: i32,
}

/// The rows of a group that are drawn: those in sight, and the one at the cursor wherever it is.
pub(crate) fn rows_of(group: Range<u32>, drawn: &Range<u32>, cursor: Option<u32>) -> Vec<u32> {
    let seen = group.start.max(drawn.start)..group.end.min(drawn.end);
    let apart = cursor.filter(|at| group.contains(at) && !seen.contains(at));
    let (before, after) = (apart.filter(|at| *at < seen.start), apart.filter(|at| *at >= seen.end.max(seen.start)));
    before.into_iter().chain(seen).chain(after).collect()
}

/// The id of the element of a row.
pub(crate) fn row_id(list: &str, index: u32) -> String {
    format!("{list}-{index}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_at_the_cursor_is_drawn_wherever_it_is() {
        assert_eq!(rows_of(0..100, &(40..44), Some(2)), [2, 40, 41, 42, 43]);
        assert_eq!(rows_of(0..100, &(40..42), Some(90)), [40, 41, 90]);
        assert_eq!(rows_of(0..100, &(40..42), Some(41)), [40, 41]);
        assert_eq!(rows_of(50..100, &(40..42), Some(41)), Vec::<u32>::new());
        assert_eq!(rows_of(50..100, &(0..20), Some(77)), [77]);
    }
}
