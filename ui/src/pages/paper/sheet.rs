//! A table on paper, or several of them under one heading.

use std::rc::Rc;

use dioxus::prelude::*;
use domain::{
    time::{UtcMillis, Zone},
    words::Words,
};

use crate::words::use_words;

/// The most rows of a printed list: some eighty pages.
pub(super) const MOST: u32 = 2_000;

/// What is printed of a list.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Sheet {
    /// The heading: the name of the list.
    pub(crate) title: String,
    /// How much it holds, and what it is sifted by.
    pub(crate) listed: String,
    /// Its tables.
    pub(crate) tables: Vec<Table>,
    /// What is said below them, where paper does not hold all of it.
    pub(crate) rest: Option<String>,
}

impl Sheet {
    /// A list that is one table.
    pub(crate) fn of(title: String, listed: String, (columns, lines): (Vec<Column>, Vec<Line>), rest: Option<String>) -> Self {
        Self { title, listed, tables: vec![Table { name: None, columns, lines }], rest }
    }
}

/// One table.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Table {
    /// Its name, where there are several.
    pub(crate) name: Option<String>,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its lines; each row has as many cells as there are columns.
    pub(crate) lines: Vec<Line>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// Text, which is broken where it is long.
    Text,
    /// A number, a day, an hour: never broken.
    Whole,
    /// Figures below each other.
    Figures,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "",
            Self::Whole => "num",
            Self::Figures => "num fig",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    name: String,
    width: Width,
}

impl Column {
    /// Columns by the keys of their names.
    pub(crate) fn all<const N: usize>(words: &Words, keys: [(&str, Width); N]) -> Vec<Self> {
        keys.into_iter().map(|(key, width)| Self { name: words.text(key), width }).collect()
    }
    /// A column whose moments are of this zone.
    pub(crate) fn at(words: &Words, key: &str, zone: Zone) -> Self {
        Self { name: format!("{} ({})", words.text(key), zone.label()), width: Width::Whole }
    }
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    /// The name of what follows, and how much that is.
    Group(String),
    /// A row, and whether it is ours alone.
    Row(Vec<String>, bool),
    /// The sum of those above.
    Sum(Vec<String>),
}

/// A moment in a column that says the zone: `26 Nov 2026, 14:00`.
pub(crate) fn moment_of(words: &Words, at: UtcMillis, zone: Zone) -> String {
    format!("{}, {}", words.date(at.day(zone)), words.clock(at, zone))
}

/// How many there are, by the key of the words for it.
pub(crate) fn counted(words: &Words, key: &str, n: i64) -> String {
    words.with(key, &[("n", n.to_string().into()), ("shown", words.whole(n).into())])
}

/// What a list holds, what it is sifted by, and what it is searched for: «128 pesanan · Menunggu · “rani”».
pub(crate) fn listed(counted: String, sifted: Option<String>, text: &str) -> String {
    [Some(counted), sifted, sought(text)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn sought(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| format!("“{text}”"))
}

/// How many rows are not on paper, of so many.
pub(crate) fn left(words: &Words, total: u32, rows: usize) -> Option<String> {
    let left = i64::from(total) - i64::try_from(rows).unwrap_or(i64::MAX);
    (left > 0).then(|| words.with("print-left", &[("n", words.whole(left).into())]))
}

/// It, drawn.
#[component]
pub(super) fn SheetPage(
    it: Rc<Sheet>,
    /// When it was printed, in words.
    printed: String,
) -> Element {
    rsx! {
        h1 { {it.title.clone()} }
        p { class: "paper-listed", {it.listed.clone()} }
        p { class: "paper-when", {printed} }
        for (n , table) in it.tables.iter().enumerate() {
            TableOnPaper { key: "{n}", table: table.clone() }
        }
        if let Some(rest) = &it.rest {
            p { class: "paper-rest", "{rest}" }
        }
    }
}

#[component]
fn TableOnPaper(table: Table) -> Element {
    let t = use_words();
    let span = table.columns.len();
    let class = |n: usize| table.columns.get(n).map_or("", |column| column.width.class());
    rsx! {
        if let Some(name) = &table.name {
            h2 { "{name}" }
        }
        table {
            thead {
                tr {
                    for (n , column) in table.columns.iter().enumerate() {
                        th { key: "{n}", scope: "col", class: column.width.class(), {column.name.clone()} }
                    }
                }
            }
            tbody {
                for (n , line) in table.lines.iter().enumerate() {
                    match line {
                        Line::Group(name) => rsx! {
                            tr { key: "{n}", class: "paper-group",
                                th { scope: "rowgroup", colspan: "{span}", "{name}" }
                            }
                        },
                        Line::Row(cells, ours) => rsx! {
                            tr { key: "{n}", class: if *ours { "ours" },
                                for (at , cell) in cells.iter().enumerate() {
                                    td { key: "{at}", class: class(at),
                                        bdi { {if cell.is_empty() { t.text("none") } else { cell.clone() }} }
                                    }
                                }
                            }
                        },
                        Line::Sum(cells) => rsx! {
                            tr { key: "{n}", class: "paper-sum",
                                for (at , cell) in cells.iter().enumerate() {
                                    td { key: "{at}", class: class(at),
                                        bdi { {cell.clone()} }
                                    }
                                }
                            }
                        },
                    }
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
    fn what_does_not_fit_is_told() {
        let words = Words::new(Lang::Id);
        assert_eq!(left(&words, 2_000, 2_000), None);
        assert_eq!(left(&words, 3_280, 2_000).as_deref(), Some("Masih ada 1.280 baris lagi yang tidak muat dicetak. Saring daftarnya."));
        assert_eq!((sought("  "), sought(" rani ").as_deref()), (None, Some("“rani”")));
    }
}
