//! The data table, with more rows than any window shows.

use std::{cmp::Ordering, rc::Rc};

use dioxus::prelude::*;
use domain::{
    money::Rupiah,
    records::Consultation,
    time::{DAY, Zone},
};

use super::Case;
use crate::{
    components::{
        badge::Badge,
        table::{At, Column, DataTable, Sort},
    },
    mock,
    shell::Shell,
    words::use_words,
};

/// How many rows there are.
const ROWS: u32 = 5_000;

/// What stands in a row: its number, whose it is, and an amount.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    number: u32,
    request: Rc<Consultation>,
    amount: Rupiah,
}

/// As many rows as that, always the same.
fn entries(rows: u32) -> Vec<Entry> {
    let requests: Vec<Rc<Consultation>> = mock::requests().into_iter().map(Rc::new).collect();
    let entry = |number: u32| {
        let request = requests.iter().cycle().nth(usize::try_from(number).unwrap_or(0) % requests.len().max(1)).cloned()?;
        Some(Entry { number, request, amount: Rupiah(i64::from(number.wrapping_mul(7_919) % 997) * 2_500) })
    };
    (1..=rows).filter_map(entry).collect()
}

/// How two rows stand to each other in a column; those that are equal there keep the order of their numbers.
fn compare(a: &Entry, b: &Entry, sort: Sort) -> Ordering {
    let by_column = match sort.column {
        1 => a.request.client_name.as_str().cmp(b.request.client_name.as_str()),
        3 => a.amount.cmp(&b.amount),
        _ => a.number.cmp(&b.number),
    };
    if sort.down { by_column.reverse() } else { by_column }.then(a.number.cmp(&b.number))
}

#[component]
pub(super) fn Tables() -> Element {
    rsx! {
        Case { name: "DataTable",
            Table { id: "gallery-table", rows: ROWS }
        }
        Case { name: "rows: 0",
            Table { id: "gallery-table-empty", rows: 0 }
        }
    }
}

/// A table, and below it what its keys last did.
#[component]
fn Table(id: &'static str, rows: u32) -> Element {
    let shell = use_context::<Shell>();
    let t = use_words();
    let mut sort = use_signal(|| Sort { column: 0, down: false });
    let all = use_hook(|| Rc::new(entries(rows)));
    let sorted = use_memo(move || {
        let mut sorted = (*all).clone();
        sorted.sort_by(|a, b| compare(a, b, sort()));
        Rc::new(sorted)
    });
    let column = |title: &str, least, share, money, sortable| Column { title: t.text(title), least, share, money, sortable };
    let columns: Rc<[Column]> = [
        column("field-number", 90, 1, false, true),
        column("field-name", 160, 3, false, true),
        column("fact-asked", 150, 2, false, false),
        column("field-amount", 120, 2, true, true),
        column("kind-consultation", 130, 2, false, false),
    ]
    .into();
    let (words, zone) = (t.clone(), shell.zone());
    let name = move |row: u32| sorted.read().get(usize::try_from(row).unwrap_or(0)).map(|entry| entry.request.client_name.clone());
    let said = move |word: &str, row: u32| {
        if let Some(name) = name(row) {
            shell.say(&format!("{} {name}", shell.words().text(word)));
        }
    };
    rsx! {
        div { class: "pane card grow", height: if rows > 0 { "320px" } else { "72px" },
            DataTable {
                id,
                label: t.text("place-report"),
                columns,
                rows,
                sort: sort(),
                onsort: move |to| sort.set(to),
                onopen: move |row| said("do-enter", row),
                onact: move |row| said("do-accept", row),
                cell: move |At { row, column }: At| {
                    let entry = row.and_then(|row| sorted.read().get(usize::try_from(row).unwrap_or(0)).cloned());
                    let Some(entry) = entry else { return rsx! {} };
                    stands(&words, &entry, column, zone)
                },
            }
        }
    }
}

/// What stands in a cell.
fn stands(words: &domain::words::Words, entry: &Entry, column: usize, zone: Zone) -> Element {
    let it = &entry.request;
    match column {
        0 => rsx! { "{entry.number}" },
        1 => rsx! {
            bdi { "{it.client_name}" }
        },
        2 => {
            let day = it.created_at.plus(-DAY * i64::from(entry.number % 60)).day(zone);
            rsx! {
                {words.date_short(day)}
            }
        }
        3 => rsx! { "{entry.amount}" },
        _ => rsx! {
            Badge { face: it.status.face() }
        },
    }
}
