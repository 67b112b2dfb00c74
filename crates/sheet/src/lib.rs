//! # Tables of files
//!
//! Reads the table in a CSV or XLSX file: a row of headers, and rows of text below it. Whatever a cell is (a formula, a link, a
//! number), it comes out as the text that a person reads there; nothing is calculated, followed or run. A file is somebody else's
//! work: what is too large, packed to burst, or no table at all is refused with the reason, and reading never takes more memory than
//! [`limits`] allow. It must not know any word of the product.
//!
//! How to add a format: a module beside `csv` that pushes its rows into a `Filling`, and a line in [`read`].

mod csv;
mod fill;
pub mod limits;
mod xlsx;

#[cfg(test)]
mod tests;

use fill::Filling;

/// A row below the headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, as a spreadsheet counts: the first row is 1.
    pub row: u32,
    /// Its cells, from the first column on; empty ones at the end are left out.
    pub cells: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheets of the file, by name; none where the format has no such thing.
    pub sheets: Vec<String>,
    /// Which of them this is.
    pub sheet: Option<String>,
    /// What stands above each column.
    pub headers: Vec<String>,
    /// The rows below, without empty ones.
    pub lines: Vec<Line>,
}

/// Why a file is not read. The names are stable ([`Refused::wire`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing stands in it.
    #[error("empty")]
    Empty,
    /// Headers without a row.
    #[error("no_rows")]
    NoRows,
    /// More bytes, or bytes to unpack, than are taken.
    #[error("too_large")]
    TooLarge,
    /// More rows than are taken.
    #[error("too_many_rows")]
    TooManyRows,
    /// More columns than are taken.
    #[error("too_many_columns")]
    TooManyColumns,
    /// It is no table, or is damaged, or locked with a password.
    #[error("not_a_table")]
    NotATable,
    /// It has no sheet of that name.
    #[error("no_such_sheet")]
    NoSuchSheet,
}

impl Refused {
    /// The stable name.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoRows => "no_rows",
            Self::TooLarge => "too_large",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::NotATable => "not_a_table",
            Self::NoSuchSheet => "no_such_sheet",
        }
    }
}

/// Reads the table of a file: of a workbook the sheet of this name, or the first one.
///
/// # Errors
/// [`Refused`].
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Refused> {
    if bytes.len() as u64 > limits::BYTES {
        return Err(Refused::TooLarge);
    }
    if xlsx::is_one(bytes) {
        return xlsx::read(bytes, sheet);
    }
    // An older workbook, a PDF, a picture: read as text they would be a table of nonsense.
    if FOREIGN.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Refused::NotATable);
    }
    csv::read(bytes)
}

/// How files begin that people take for tables, or by mistake.
const FOREIGN: &[&[u8]] = &[b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"];
