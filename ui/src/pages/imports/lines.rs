//! The lists of a trial, a line for each problem and for each row about somebody who is known: tables of one tab stop, of which only
//! what is in sight is drawn.

use std::rc::Rc;

use bridge::{ImportChecked, ImportProblem};
use dioxus::prelude::*;
use domain::words::{Words, isolate};

use super::{
    columns::field_word,
    state::{ImportsState, Tried, Twin},
    trying::{two_clients, who_word},
};
use crate::{
    components::{
        icon::Icon,
        table::{At, Column, DataTable, Sort},
    },
    words::{self, use_words},
};

/// How high a row is, in pixels: two lines.
const ROW: i32 = 44;
/// How many rows are seen at most.
const MOST: i32 = 8;

/// As high as its rows, up to a bound.
fn height(rows: u32) -> String {
    format!("{}px", i32::try_from(rows).unwrap_or(MOST).clamp(1, MOST) * ROW + 32)
}

fn column(title: String, least: u16, share: u8) -> Column {
    Column { title, least, share, money: false, sortable: false }
}

/// Rows stand as they do in the file, and no column can change that.
const AS_IN_THE_FILE: Sort = Sort { column: usize::MAX, down: false };

/// What is wrong with a cell, in the rulebook's words.
fn why(words: &Words, problem: &ImportProblem) -> String {
    let mut details = (*problem.details).clone();
    // The column stands beside it.
    if let Some(invalid) = details.invalid.take() {
        let key = format!("invalid-{}", invalid.replace('_', "-"));
        let bound = details.bound.map(|n| n.to_string()).unwrap_or_default();
        return words.with(if words.has(&key) { &key } else { "invalid-malformed" }, &[("bound", bound.into())]);
    }
    details.field = None;
    words::refusal(words, &problem.code, &details, domain::time::UtcMillis::from_ms(0), domain::time::Zone::Wib)
}

/// What a line is about: the header in the file, else what the field is called.
fn about(words: &Words, problem: &ImportProblem) -> String {
    let field = problem.field.map(|field| words.text(&field_word(field)));
    problem.header.clone().filter(|header| !header.trim().is_empty()).or(field).unwrap_or_else(|| words.text("none"))
}

/// One line for each problem.
#[component]
pub(super) fn Problems(tried: Rc<Tried>) -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let rows = u32::try_from(tried.said.problems.len()).unwrap_or(0);
    if rows == 0 {
        return rsx! {
            p { class: "t2 imp-none", {t.text("import-no-problems")} }
        };
    }
    let columns: Rc<[Column]> = [
        column(t.text("import-row"), 64, 1),
        column(t.text("import-line-column"), 120, 3),
        column(t.text("import-line-value"), 130, 4),
        column(t.text("import-line-why"), 250, 8),
    ]
    .into();
    let (lines, words) = (tried.clone(), t.clone());
    let apart = move |row: u32, tried: &Tried| {
        let twin = tried.said.problems.get(usize::try_from(row).unwrap_or(usize::MAX)).and_then(two_clients);
        if let Some(twin) = twin {
            imports.set_apart(twin.row);
        }
    };
    let opened = tried.clone();
    rsx! {
        div { class: "imp-grid", height: height(rows),
            DataTable {
                id: "import-problems",
                label: t.text("import-problems"),
                columns,
                rows,
                row_height: ROW,
                sort: AS_IN_THE_FILE,
                onsort: |_| {},
                onopen: move |row| apart(row, &opened),
                // Control and Enter begins, wherever the focus is.
                onact: move |_| imports.begin(),
                cell: move |At { row, column }: At| {
                    let problem = row.and_then(|row| lines.said.problems.get(usize::try_from(row).unwrap_or(usize::MAX)));
                    problem.map_or_else(|| rsx! {}, |problem| stands(&words, problem, column))
                },
            }
        }
        More { listed: rows, total: tried.said.problems_total }
    }
}

/// What stands in a cell of a problem.
fn stands(words: &Words, problem: &ImportProblem, column: usize) -> Element {
    match column {
        0 => rsx! {
            span { class: "num", {words.whole(i64::from(problem.row))} }
        },
        1 => rsx! {
            span { class: "imp-2l", {isolate(&about(words, problem))} }
        },
        2 if problem.value.is_empty() => rsx! {
            span { class: "t3", {words.text("import-empty-cell")} }
        },
        2 => rsx! {
            span { class: "imp-2l mono", title: isolate(&problem.value), {isolate(&problem.value)} }
        },
        _ => {
            let hint = two_clients(problem).is_some().then(|| words.text("import-press-apart"));
            rsx! {
                span { class: "imp-2l",
                    {why(words, problem)}
                    if let Some(hint) = hint {
                        " "
                        span { class: "t3", {hint} }
                    }
                }
            }
        }
    }
}

/// One line for each row about somebody who is known.
#[component]
pub(super) fn Twins(tried: Rc<Tried>) -> Element {
    let imports = use_context::<ImportsState>();
    let t = use_words();
    let rows = u32::try_from(tried.twins.len()).unwrap_or(0);
    if rows == 0 {
        return rsx! {
            p { class: "t2 imp-none", {t.text("import-no-twins")} }
        };
    }
    let columns: Rc<[Column]> = [
        column(t.text("import-row"), 64, 1),
        column(t.text("import-twin-name"), 130, 3),
        column(t.text("import-twin-who"), 190, 5),
        column(t.text("import-twin-how"), 190, 4),
    ]
    .into();
    let (lines, words) = (tried.clone(), t.clone());
    let toggle = move |row: u32, tried: &Tried| {
        if let Some(twin) = tried.twins.get(usize::try_from(row).unwrap_or(usize::MAX)) {
            imports.set_apart(twin.row);
        }
    };
    let opened = tried.clone();
    rsx! {
        p { class: "t2 s12 imp-lead", {t.text("import-twins-text")} }
        div { class: "imp-grid", height: height(rows),
            DataTable {
                id: "import-twins",
                label: t.text("import-twins"),
                columns,
                rows,
                row_height: ROW,
                sort: AS_IN_THE_FILE,
                onsort: |_| {},
                onopen: move |row| toggle(row, &opened),
                onact: move |_| imports.begin(),
                cell: move |At { row, column }: At| {
                    let twin = row.and_then(|row| lines.twins.get(usize::try_from(row).unwrap_or(usize::MAX)));
                    twin.map_or_else(|| rsx! {}, |twin| shown(&words, twin, column, imports.apart.read().contains(&twin.row)))
                },
            }
        }
        More { listed: rows, total: tried.said.doubles_total }
    }
}

/// What stands in a cell of a row about somebody who is known.
fn shown(words: &Words, twin: &Twin, column: usize, apart: bool) -> Element {
    match column {
        0 => rsx! {
            span { class: "num", {words.whole(i64::from(twin.row))} }
        },
        1 => rsx! {
            span { class: "imp-2l", {isolate(&twin.name)} }
        },
        2 => {
            let by = words.text(&field_word(twin.by));
            let said = words.with("import-twin-is", &[("who", who_word(words, &twin.who).into()), ("by", by.into())]);
            rsx! {
                span { class: "imp-2l", {said} }
            }
        }
        _ => {
            let (glyph, word) = if apart { ("plus", "import-apart") } else { ("person", "import-joined") };
            rsx! {
                span { class: "imp-how",
                    Icon { name: glyph, size: 14 }
                    span { class: "imp-2l", {words.text(word)} }
                }
            }
        }
    }
}

/// That there are more than are listed.
#[component]
fn More(listed: u32, total: u32) -> Element {
    let t = use_words();
    let most = u32::try_from(ImportChecked::LISTED).unwrap_or(u32::MAX);
    let args = [("n", t.whole(i64::from(listed)).into()), ("of", t.whole(i64::from(total)).into())];
    rsx! {
        if listed >= most && total > listed {
            p { class: "t3 s12", {t.with("import-first", &args)} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::ImportField;
    use domain::{decision::Details, words::Lang};

    #[test]
    fn a_line_says_which_column_and_what_is_wrong_with_it() {
        let words = Words::new(Lang::Id);
        let details = Details { field: Some("name".into()), invalid: Some("too_short".into()), bound: Some(3), ..Details::default() };
        let problem = ImportProblem {
            row: 3,
            field: Some(ImportField::Name),
            header: Some("Nama Klien".into()),
            value: "Al".into(),
            code: "invalid_args".into(),
            details: Box::new(details),
        };
        assert_eq!(
            (about(&words, &problem).as_str(), why(&words, &problem).as_str()),
            ("Nama Klien", "Terlalu pendek, paling sedikit 3 huruf.")
        );
        let bare = ImportProblem { header: None, details: Box::default(), code: "date_in_past".into(), ..problem };
        assert_eq!((about(&words, &bare).as_str(), why(&words, &bare).as_str()), ("Nama klien", "Tanggalnya sudah lewat."));
    }
}
