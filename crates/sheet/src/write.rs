//! A small workbook, for templates: text alone, no formula.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A sheet to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called, at most 31 letters.
    pub name: String,
    /// Its rows, the first in bold.
    pub rows: Vec<Vec<String>>,
}

/// The bytes of a workbook with these sheets. Every cell is text, so that a telephone number keeps its 0.
///
/// # Errors
/// What the writer says of a name or a text that a workbook cannot hold.
pub fn write_xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, String> {
    written(sheets).map_err(|error| error.to_string())
}

fn written(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let (mut book, bold) = (Workbook::new(), Format::new().set_bold().set_num_format("@"));
    let plain = Format::new().set_num_format("@");
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        for (row, cells) in (0_u32..).zip(&sheet.rows) {
            for (column, text) in (0_u16..).zip(cells) {
                page.write_string_with_format(row, column, text, if row == 0 { &bold } else { &plain })?;
            }
        }
        page.autofit();
    }
    book.save_to_buffer()
}
