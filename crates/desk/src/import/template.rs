//! A template: the headers that are understood, an example, and what each column takes.

use bridge::{ImportField, SheetFormat};
use domain::{
    time::{UtcMillis, Zone},
    words::Words,
};
use rust_xlsxwriter::XlsxError;

use super::field_word;
use crate::export::{Cell, Sheet, workbook};

/// The example's cells, in the order of [`ImportField::ALL`].
const EXAMPLE: [&str; 11] = [
    "Rani Kusuma",
    "081234567890",
    "rani@contoh.id",
    "WITA",
    "Logo",
    "Logo untuk kedai kopi keluarga",
    "Berkas SVG",
    "",
    "1.500.000",
    "WhatsApp",
    "INV-0042",
];

/// The bytes of a template.
///
/// # Errors
/// Where a workbook cannot hold it.
pub(crate) fn template(words: &Words, format: SheetFormat, now: UtcMillis) -> Result<Vec<u8>, XlsxError> {
    let headers = ImportField::ALL.map(|field| words.text(&field_word(field)));
    let mut data = sheet(headers.to_vec());
    data.push(EXAMPLE.map(|cell| Cell::Kept(cell.to_owned())).to_vec());
    if format == SheetFormat::Csv {
        return data.bytes(format, words, now);
    }
    let mut notes = sheet(vec![words.text("import-template-column"), words.text("import-template-note")]);
    for (field, header) in ImportField::ALL.into_iter().zip(headers) {
        let note = words.text(&format!("import-note-{}", field.wire().replace('_', "-")));
        notes.push(vec![Cell::Kept(header), Cell::Kept(note)]);
    }
    workbook(&[(words.text("import-template-data"), data), (words.text("import-template-notes"), notes)], now)
}

/// A table that holds no moments, so that no zone says anything of it.
fn sheet(headers: Vec<String>) -> Sheet {
    Sheet::new(headers, Zone::Wib)
}
