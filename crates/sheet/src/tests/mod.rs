//! Tables that are right, tables that are hostile, and bytes near both.

mod good;
mod hostile;

use crate::{Sheet, write_xlsx};

/// A workbook with one sheet of these rows.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    write_xlsx(&[Sheet { name: "Data".into(), rows }]).unwrap()
}
