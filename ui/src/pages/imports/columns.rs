//! The second step: what each column of the file is taken as.

use std::rc::Rc;

use bridge::{ImportColumn, ImportField, ImportFile};
use dioxus::prelude::*;
use domain::{
    status::Tone,
    words::{Words, isolate},
};

use super::{
    StepHead,
    state::{ImportsState, Taken},
};
use crate::{
    components::{choice::Select, icon::Icon, note::Note},
    words::use_words,
};

/// The id of the heading.
pub(super) const HEAD: &str = "import-columns";

/// The key of what a field is called.
pub(super) fn field_word(field: ImportField) -> String {
    format!("import-field-{}", field.wire().replace('_', "-"))
}

/// What stands above a column; by its place where nothing does.
pub(super) fn header(words: &Words, file: &ImportFile, column: usize) -> String {
    let said = file.columns.get(column).map(|column| column.header.trim().to_owned()).unwrap_or_default();
    let n = words.whole(crate::words::many(column + 1));
    if said.is_empty() { words.with("import-column", &[("n", n.into())]) } else { said }
}

/// Whether rows read so have orders.
pub(super) fn has_orders(columns: &[Option<ImportField>]) -> bool {
    ImportField::ORDERED.iter().any(|field| columns.contains(&Some(*field)))
}

/// What no column holds and every row needs: without it the rules would refuse each one.
pub(super) fn missing(columns: &[Option<ImportField>]) -> Vec<ImportField> {
    let needed = [(ImportField::Name, true), (ImportField::Description, has_orders(columns))];
    needed.iter().filter(|(field, wanted)| *wanted && !columns.contains(&Some(*field))).map(|(field, _)| *field).collect()
}

/// The same in words.
pub(super) fn missing_words(words: &Words, missing: &[ImportField]) -> String {
    let fields: Vec<String> = missing.iter().map(|field| words.text(&field_word(*field))).collect();
    words.with("import-missing", &[("fields", words.listed(&fields).into())])
}

/// The step.
#[component]
pub(super) fn ColumnsStep() -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let Some(Taken { file, columns }) = (imports.taken)() else { return rsx! {} };
    let missing = missing(&columns);
    let without_contact = !columns.contains(&Some(ImportField::Phone)) && !columns.contains(&Some(ImportField::Email));
    let brings = if has_orders(&columns) { "import-brings-both" } else { "import-brings-clients" };
    rsx! {
        section { class: "card imp-s", "aria-labelledby": HEAD,
            StepHead { n: 2, id: HEAD, title: t.text("import-step-columns"),
                if file.remembered {
                    span { class: "t3 s12", {t.text("import-remembered")} }
                }
            }
            table { class: "table table-w imp-cols", "aria-labelledby": HEAD,
                thead {
                    tr {
                        th { scope: "col", {t.text("import-col-header")} }
                        th { scope: "col", class: "imp-ex", {t.text("import-col-examples")} }
                        th { scope: "col", {t.text("import-col-field")} }
                    }
                }
                tbody {
                    for (n , column) in file.columns.iter().cloned().enumerate() {
                        ColumnRow { key: "{n}", file: file.clone(), n, column, field: columns.get(n).copied().flatten() }
                    }
                }
            }
            if missing.is_empty() {
                p { class: "t2 imp-brings", id: "import-brings",
                    Icon { name: "check", size: 14 }
                    span {
                        {t.text(brings)}
                        " "
                        {t.text(if without_contact { "import-no-contact" } else { "import-known-by" })}
                    }
                }
            } else {
                Note { tone: Tone::Kunyit, icon: "st-wait", id: "import-missing",
                    span { class: "grow", {missing_words(&t, &missing)} }
                }
            }
        }
    }
}

#[component]
fn ColumnRow(file: Rc<ImportFile>, n: usize, column: ImportColumn, field: Option<ImportField>) -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let id = format!("import-as-{n}");
    let name = header(&t, &file, n);
    let label = t.with("import-as", &[("column", isolate(&name).into())]);
    let options: Vec<(String, String)> = std::iter::once((String::new(), t.text("import-skip")))
        .chain(ImportField::ALL.into_iter().map(|field| (field.wire().to_owned(), t.text(&field_word(field)))))
        .collect();
    let examples = column.examples.iter().map(|text| isolate(text)).collect::<Vec<_>>().join(" · ");
    rsx! {
        tr { class: if field.is_none() { "is-off" },
            th { scope: "row", class: "imp-th",
                bdi { {name} }
            }
            td { class: "t2 imp-ex",
                if examples.is_empty() {
                    span { class: "t3", {t.text("import-empty-column")} }
                } else {
                    {examples}
                }
            }
            td { class: "imp-as",
                label { class: "sr", r#for: "import-as-{n}", {label} }
                Select {
                    id,
                    options,
                    chosen: field.map(|field| field.wire().to_owned()).unwrap_or_default(),
                    onchoose: move |at: usize| imports.map(n, at.checked_sub(1).and_then(|at| ImportField::ALL.get(at).copied())),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    #[test]
    fn what_every_row_needs_is_missed_before_anything_is_tried() {
        use ImportField::{Budget, Deadline, Description, Name};
        let missed = |columns: &[ImportField]| missing(&columns.iter().copied().map(Some).collect::<Vec<_>>());
        assert_eq!(missed(&[]), [Name]);
        assert_eq!(missed(&[Name, Deadline]), [], "a deadline alone makes no order");
        assert_eq!(missed(&[Name, Budget]), [Description]);
        assert_eq!(missed(&[Name, Budget, Description]), []);
    }

    #[test]
    fn a_column_without_a_header_is_called_by_its_place() {
        let column = |header: &str| ImportColumn { header: header.into(), examples: Vec::new(), field: None };
        let columns = vec![column("Nama"), column(" ")];
        let file = ImportFile { name: "a.csv".into(), sheets: Vec::new(), sheet: None, columns, rows: 1, remembered: false };
        let words = Words::new(Lang::Id);
        assert_eq!([header(&words, &file, 0), header(&words, &file, 1)], ["Nama", "Kolom 2"]);
    }
}
