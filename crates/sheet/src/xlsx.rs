//! XLSX: a packed folder of XML. How much it unpacks to is counted before anything of it is read, whatever it says of itself; cells
//! are read one after another, so that a single one in the last corner of a sheet makes no sheet of that size.
//!
//! The crate that reads it was not written against attackers: it runs behind a fence, and where it breaks the file is no table.

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};
use std::{
    io::{self, Cursor, Read as _},
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{Filling, Refused, Table, limits};

/// Whether the bytes begin as a packed folder does.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

pub(crate) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Refused> {
    unpacks_within_limits(bytes)?;
    catch_unwind(AssertUnwindSafe(|| read_sheet(bytes, sheet))).unwrap_or(Err(Refused::NotATable))
}

/// Unpacks all of it once, keeping nothing: what a file says of its size is its own word.
fn unpacks_within_limits(bytes: &[u8]) -> Result<(), Refused> {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::NotATable)?;
    if packed.len() > limits::PARTS {
        return Err(Refused::TooLarge);
    }
    let mut left = limits::UNPACKED;
    for n in 0..packed.len() {
        let part = packed.by_index(n).map_err(|_| Refused::NotATable)?;
        let size = io::copy(&mut part.take(left.saturating_add(1)), &mut io::sink()).map_err(|_| Refused::NotATable)?;
        left = left.checked_sub(size).ok_or(Refused::TooLarge)?;
    }
    Ok(())
}

fn read_sheet(bytes: &[u8], wanted: Option<&str>) -> Result<Table, Refused> {
    let no_table = |_: XlsxError| Refused::NotATable;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(no_table)?;
    let sheets = book.sheet_names();
    let sheet = match wanted {
        Some(name) => sheets.iter().find(|it| *it == name).ok_or(Refused::NoSuchSheet)?.clone(),
        None => sheets.first().ok_or(Refused::NotATable)?.clone(),
    };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(no_table)?;
    let mut filling = Filling::default();
    let (mut at, mut row) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(no_table)? {
        let text = text(cell.get_value());
        let (number, column) = cell.get_position();
        if text.is_empty() {
            continue;
        }
        if number < at {
            return Err(Refused::NotATable);
        }
        if number > at {
            filling.push(at.saturating_add(1), std::mem::take(&mut row))?;
            at = number;
        }
        let column = usize::try_from(column).ok().filter(|column| *column < limits::COLUMNS).ok_or(Refused::TooManyColumns)?;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(place) = row.get_mut(column) {
            *place = text;
        }
    }
    filling.push(at.saturating_add(1), row)?;
    Ok(Table { sheets, sheet: Some(sheet), ..filling.done()? })
}

/// What a person reads in a cell. Telephone numbers that became numbers have no point and no exponent.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(at) => day(at),
        DataRef::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        DataRef::Error(error) => Data::Error(error.clone()).to_string(),
        DataRef::Empty => String::new(),
    }
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e18 { format!("{n:.0}") } else { n.to_string() }
}

/// The day of a serial number: `2026-12-10`.
fn day(at: &ExcelDateTime) -> String {
    if !at.is_datetime() {
        return number(at.as_f64());
    }
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
