//! A table while it is read: cells are cleaned, rows are counted, and nothing grows beyond the limits.

use crate::{Line, Refused, Table, limits};

/// A table while it is read.
#[derive(Debug, Default)]
pub(crate) struct Filling {
    table: Table,
    /// Whether the headers are there.
    begun: bool,
    /// The bytes of all cells so far.
    text: usize,
}

impl Filling {
    /// Takes a row. The first one with something in it is the headers; empty ones are passed over.
    pub(crate) fn push(&mut self, row: u32, cells: Vec<String>) -> Result<(), Refused> {
        let mut cells: Vec<String> = cells.into_iter().map(|cell| clean(&cell)).collect();
        cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > limits::COLUMNS {
            return Err(Refused::TooManyColumns);
        }
        self.text = cells.iter().map(|cell| cell.len() + size_of::<String>()).fold(self.text, usize::saturating_add);
        if self.text > limits::TEXT || cells.iter().any(|cell| cell.len() > limits::CELL) {
            return Err(Refused::TooLarge);
        }
        if !self.begun {
            (self.begun, self.table.headers) = (true, cells);
        } else if self.table.lines.len() < limits::ROWS {
            self.table.lines.push(Line { row, cells });
        } else {
            return Err(Refused::TooManyRows);
        }
        Ok(())
    }
    /// The table, if it is one.
    pub(crate) fn done(self) -> Result<Table, Refused> {
        match (self.begun, self.table.lines.is_empty()) {
            (false, _) => Err(Refused::Empty),
            (true, true) => Err(Refused::NoRows),
            (true, false) => Ok(self.table),
        }
    }
}

/// A cell as it is read: one form of line ends, no other control characters, no blanks around it.
fn clean(cell: &str) -> String {
    let unified = cell.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned()
}
