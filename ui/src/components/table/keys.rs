//! Where keys lead in a table. Plain numbers, so that it can be tested without a window.

use dioxus::prelude::Key;

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct At {
    /// Which row; nothing for that of the headers.
    pub(crate) row: Option<u32>,
    /// Which column.
    pub(crate) column: usize,
}

/// How large a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) rows: u32,
    pub(super) columns: usize,
    /// How many rows are seen at once.
    pub(super) page: u32,
}

impl Size {
    /// The cell itself, or the nearest one that there is.
    pub(super) fn clamp(self, at: At) -> At {
        let row = at.row.and_then(|row| self.rows.checked_sub(1).map(|last| row.min(last)));
        At { row, column: at.column.min(self.columns.saturating_sub(1)) }
    }
}

/// Where a key leads from a cell: arrows to its neighbours, Home and End along the row, with Control to the table's ends, PageUp and
/// PageDown by what is seen. Above the first row stand the headers.
pub(super) fn step(from: At, key: &Key, ctrl: bool, size: Size) -> Option<At> {
    let At { row, column } = from;
    let last = size.rows.checked_sub(1);
    let to = match key {
        Key::ArrowLeft => At { column: column.saturating_sub(1), ..from },
        Key::ArrowRight => At { column: column + 1, ..from },
        Key::ArrowUp => At { row: row.and_then(|row| row.checked_sub(1)), column },
        Key::ArrowDown => At { row: Some(row.map_or(0, |row| row.saturating_add(1))), column },
        Key::PageUp => At { row: row.map(|row| row.saturating_sub(size.page)), column },
        Key::PageDown => At { row: Some(row.map_or(0, |row| row.saturating_add(size.page))), column },
        Key::Home if ctrl => At { row: last.map(|_| 0), column: 0 },
        Key::End if ctrl => At { row: last, column: usize::MAX },
        Key::Home => At { column: 0, ..from },
        Key::End => At { column: usize::MAX, ..from },
        _ => return None,
    };
    Some(size.clamp(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const SIZE: Size = Size { rows: 100, columns: 4, page: 8 };

    fn at(row: u32, column: usize) -> At {
        At { row: Some(row), column }
    }
    fn head(column: usize) -> At {
        At { row: None, column }
    }

    #[rstest]
    #[case(at(5, 2), Key::ArrowLeft, false, at(5, 1))]
    #[case(at(5, 0), Key::ArrowLeft, false, at(5, 0))]
    #[case(at(5, 3), Key::ArrowRight, false, at(5, 3))]
    #[case(at(0, 1), Key::ArrowUp, false, head(1))]
    #[case(head(1), Key::ArrowUp, false, head(1))]
    #[case(head(1), Key::ArrowDown, false, at(0, 1))]
    #[case(at(99, 1), Key::ArrowDown, false, at(99, 1))]
    #[case(at(5, 2), Key::Home, false, at(5, 0))]
    #[case(at(5, 2), Key::End, false, at(5, 3))]
    #[case(head(2), Key::End, false, head(3))]
    #[case(at(5, 2), Key::Home, true, at(0, 0))]
    #[case(head(2), Key::End, true, at(99, 3))]
    #[case(at(5, 2), Key::PageDown, false, at(13, 2))]
    #[case(at(97, 2), Key::PageDown, false, at(99, 2))]
    #[case(at(5, 2), Key::PageUp, false, at(0, 2))]
    #[case(head(2), Key::PageUp, false, head(2))]
    fn where_keys_lead(#[case] from: At, #[case] key: Key, #[case] ctrl: bool, #[case] to: At) {
        assert_eq!(step(from, &key, ctrl, SIZE), Some(to));
    }

    #[test]
    fn other_keys_lead_nowhere_and_an_empty_table_has_its_headers() {
        assert_eq!(step(at(1, 1), &Key::Tab, false, SIZE), None);
        assert_eq!(step(at(1, 1), &Key::Enter, false, SIZE), None);
        let empty = Size { rows: 0, ..SIZE };
        for key in [Key::ArrowDown, Key::PageDown] {
            assert_eq!(step(head(1), &key, false, empty), Some(head(1)));
        }
        assert_eq!(step(head(1), &Key::End, true, empty), Some(head(3)));
        assert_eq!(empty.clamp(at(7, 9)), head(3));
    }
}
