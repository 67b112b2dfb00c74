//! Klien on paper: who they are, how they are reached, when something last happened, and what is still to be done for them.

use bridge::{ClientFilter, ClientRow};
use dioxus::prelude::*;
use domain::{phone::Phone, words::Words};

use super::{list::word, state::ClientsState};
use crate::pages::paper::{self, Column, Line, Sheet, Width, counted, left};

/// What a list holds, and in which order it is.
fn listed(words: &Words, total: u32, filter: &ClientFilter) -> String {
    paper::listed(counted(words, "print-clients", total.into()), Some(words.text(word(filter.sort))), &filter.text)
}

impl ClientsState {
    /// What the list holds, in words.
    pub(crate) fn listed(self) -> String {
        listed(&self.shell.words(), self.list.read().total(), &self.filter.read())
    }
    /// The list on paper.
    pub(crate) fn sheet(self, rows: &[ClientRow], total: u32, filter: &ClientFilter) -> Sheet {
        let (t, zone) = (self.shell.words(), self.shell.zone());
        let mut columns = Column::all(
            &t,
            [
                ("field-name", Width::Text),
                ("field-phone", Width::Whole),
                ("field-email", Width::Text),
                ("print-open-requests", Width::Figures),
                ("print-open-orders", Width::Figures),
            ],
        );
        columns.insert(3, Column::at(&t, "clients-last", zone));
        let line = |row: &ClientRow| {
            let it = &row.client;
            let cells = vec![
                it.name.to_string(),
                it.phone.as_ref().map_or_else(String::new, Phone::spoken),
                it.email.as_ref().map_or_else(String::new, ToString::to_string),
                t.date(row.last.day(zone)),
                t.whole(i64::from(row.requests)),
                t.whole(i64::from(row.orders)),
            ];
            Line::Row(cells, row.ours)
        };
        Sheet::of(
            t.text("place-clients"),
            listed(&t, total, filter),
            (columns, rows.iter().map(line).collect()),
            left(&t, total, rows.len()),
        )
    }
}
