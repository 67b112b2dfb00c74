//! Where rows stand in a list of groups, in pixels: rows of one height, group headers of another. Plain numbers, so that it
//! can be tested without a window.

use std::ops::Range;

use crate::browser::Viewport;

/// The height of a row, where nobody says otherwise.
const ROW: i32 = 60;
/// The height of a group's header, which sticks to the top while its group is seen.
pub(crate) const HEAD: i32 = 30;
/// Rows that are drawn above and below what is seen, so that a step never meets nothing.
const OVERSCAN: i32 = 10;

/// How many rows each group has, and how high a row is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Layout {
    groups: Vec<u32>,
    row: i32,
    /// Whether groups have no headers.
    flat: bool,
}

/// A group as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its first row.
    pub(crate) first: u32,
    /// How many rows it has.
    pub(crate) rows: u32,
    /// Where it begins.
    pub(crate) top: i32,
    /// How high a row of it is.
    row: i32,
    /// How high its header is.
    head: i32,
}

impl Group {
    /// Its height, header included.
    pub(crate) fn height(self) -> i32 {
        self.head + px(self.rows) * self.row
    }
    /// Whether this row is in it.
    pub(crate) fn has(self, row: u32) -> bool {
        (self.first..self.first + self.rows).contains(&row)
    }
    /// How high a row of it is.
    pub(crate) fn row_height(self) -> i32 {
        self.row
    }
    /// Where a row of it stands, from its own top.
    pub(crate) fn row_top(self, row: u32) -> i32 {
        self.head + px(row.saturating_sub(self.first)) * self.row
    }
}

fn px(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / ROW)
}
fn nth(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

impl Layout {
    /// The layout of groups of so many rows.
    pub(crate) fn new(groups: impl IntoIterator<Item = u32>) -> Self {
        Self { groups: groups.into_iter().collect(), row: ROW, flat: false }
    }
    /// The layout of so many rows without groups.
    pub(crate) fn flat(rows: u32) -> Self {
        Self { groups: vec![rows], row: ROW, flat: true }
    }
    /// Whether there are no groups, and no headers.
    pub(crate) const fn is_flat(&self) -> bool {
        self.flat
    }
    const fn head(&self) -> i32 {
        if self.flat { 0 } else { HEAD }
    }
    /// The same with rows of this height.
    pub(crate) fn with_rows_of(self, row: i32) -> Self {
        Self { row, ..self }
    }
    /// How many rows there are.
    pub(crate) fn rows(&self) -> u32 {
        self.groups.iter().sum()
    }
    /// The groups, from top to bottom.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Group> {
        let mut next = Group { first: 0, rows: 0, top: 0, row: self.row, head: self.head() };
        self.groups.iter().map(move |rows| {
            let group = Group { rows: *rows, ..next };
            next = Group { first: group.first + rows, rows: 0, top: group.top + group.height(), ..next };
            group
        })
    }
    /// The rows that are drawn for what is seen.
    pub(crate) fn drawn(&self, view: Viewport) -> Range<u32> {
        let (above, below) = (view.top - OVERSCAN * self.row, view.top + view.height + OVERSCAN * self.row);
        let mut range: Option<Range<u32>> = None;
        for group in self.groups() {
            let rows_top = group.top + group.head;
            let first = ((above - rows_top) / self.row).clamp(0, px(group.rows));
            let end = ((below - rows_top + self.row - 1) / self.row).clamp(0, px(group.rows));
            if first < end {
                let (from, to) = (group.first + nth(first), group.first + nth(end));
                range = Some(range.map_or(from, |r| r.start)..to);
            }
        }
        range.unwrap_or(0..0)
    }
    /// Where to scroll so that a row is seen whole, not under its group's header; nothing if it is.
    pub(crate) fn reveal(&self, row: u32, view: Viewport) -> Option<i32> {
        let group = self.groups().find(|g| g.has(row))?;
        let top = group.top + group.row_top(row);
        if top - group.head < view.top {
            // The first row of a group brings its header along, which says where one is.
            Some(top - group.head)
        } else if top + self.row > view.top + view.height {
            Some(top + self.row - view.height)
        } else {
            None
        }
    }
    /// How many rows of this height a page holds.
    pub(crate) fn page(view: Viewport, row: i32) -> u32 {
        nth((view.height - HEAD) / row).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn morning() -> Layout {
        Layout::new([2, 6, 5])
    }

    #[test]
    fn groups_follow_one_another() {
        let groups: Vec<Group> = morning().groups().collect();
        assert_eq!(groups[1], Group { first: 2, rows: 6, top: 30 + 2 * 60, row: 60, head: 30 });
        assert_eq!(groups[2].top, groups[1].top + groups[1].height());
        assert_eq!(groups[1].row_top(2), 30, "the first row of the second group stands below its header");
        assert_eq!(morning().rows(), 13);
    }

    #[test]
    fn only_what_is_seen_is_drawn_and_a_little_around_it() {
        let list = Layout::new([20_000, 30_000]);
        let seen = Viewport { top: 1_200_030, height: 720 };
        let drawn = list.drawn(seen);
        assert!(drawn.len() < 40, "{drawn:?}");
        let first_seen = (1_200_030 - 30) / 60;
        assert!(drawn.contains(&first_seen) && drawn.contains(&(first_seen + 11)));
        assert_eq!(Layout::new([]).drawn(seen), 0..0);
    }

    #[test]
    fn a_row_is_revealed_below_its_header_and_never_half() {
        let view = Viewport { top: 0, height: 300 };
        assert_eq!(morning().reveal(0, view), None);
        assert_eq!(morning().reveal(4, view), Some(180 + 2 * 60 + 60 - 300));
        let view = Viewport { top: 400, height: 300 };
        assert_eq!(morning().reveal(2, view), Some(150), "its header comes along");
        assert_eq!(morning().reveal(99, view), None);
    }

    #[test]
    fn without_groups_the_first_row_stands_at_the_top() {
        let list = Layout::flat(50);
        let groups: Vec<Group> = list.groups().collect();
        assert_eq!((groups.len(), groups[0].row_top(2), groups[0].height()), (1, 120, 3_000));
        assert_eq!(list.reveal(0, Viewport { top: 90, height: 300 }), Some(0));
        assert!(list.drawn(Viewport { top: 0, height: 300 }).contains(&0));
    }

    #[test]
    fn a_page_is_what_fits_below_a_header() {
        assert_eq!(Layout::page(Viewport { top: 0, height: 680 }, 60), 10);
        assert_eq!(Layout::page(Viewport { top: 0, height: 680 }, 48), 13);
        assert_eq!(Layout::page(Viewport { top: 0, height: 10 }, 60), 1);
    }

    #[test]
    fn lower_rows_stand_closer_and_more_of_them_are_seen() {
        let low = morning().with_rows_of(48);
        let groups: Vec<Group> = low.groups().collect();
        assert_eq!((groups[1].top, groups[1].row_top(3)), (30 + 2 * 48, 30 + 48));
        let view = Viewport { top: 0, height: 280 };
        assert_eq!(low.reveal(4, view), Some(126 + 30 + 3 * 48 - 280), "it is seen to its end");
        let long = Layout::new([50_000]);
        let seen = Viewport { top: 100_000, height: 720 };
        assert!(long.clone().with_rows_of(48).drawn(seen).len() > long.drawn(seen).len());
    }
}
