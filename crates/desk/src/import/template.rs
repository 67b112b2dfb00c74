//! A template: the headers that are understood, an example, and what each column takes.

use bridge::{ImportField, TemplateForm};
use domain::words::Words;
use sheet::{Sheet, write_xlsx};

use super::field_word;
use crate::export::Table;

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

/// The bytes of a template, and the ending of its name.
///
/// # Errors
/// What the writer of workbooks says.
pub(crate) fn template(words: &Words, form: TemplateForm) -> Result<(Vec<u8>, &'static str), String> {
    let headers: Vec<String> = ImportField::ALL.iter().map(|field| words.text(&field_word(*field))).collect();
    let example: Vec<String> = EXAMPLE.iter().map(|cell| (*cell).to_owned()).collect();
    match form {
        TemplateForm::Csv => {
            let mut table = Table::new(&headers);
            table.push(&example);
            Ok((table.text().as_bytes().to_vec(), "csv"))
        }
        TemplateForm::Xlsx => {
            let mut notes = vec![vec![words.text("import-template-column"), words.text("import-template-note")]];
            notes.extend(
                ImportField::ALL
                    .iter()
                    .zip(&headers)
                    .map(|(field, header)| vec![header.clone(), words.text(&format!("import-note-{}", field.wire().replace('_', "-")))]),
            );
            let data = Sheet { name: words.text("import-template-data"), rows: vec![headers, example] };
            let told = Sheet { name: words.text("import-template-notes"), rows: notes };
            Ok((write_xlsx(&[data, told])?, "xlsx"))
        }
    }
}
