//! Antrean kirim on paper: what needs a decision, what is on its way, and what was finished today.

use bridge::{OutboxEntry, OutboxReply};
use dioxus::prelude::*;
use domain::words::Words;

use super::{
    list::{name_of, part_word, state_of, summary},
    state::{OutboxState, Part},
};
use crate::pages::paper::{Column, Line, Sheet, Width, counted, left, moment_of};

fn listed(words: &Words, total: u32) -> String {
    counted(words, "print-commands", total.into())
}

impl OutboxState {
    /// How many commands there are, in words.
    pub(crate) fn listed(self) -> String {
        let list = self.list.read();
        listed(&self.shell.words(), [Part::Decide, Part::Running, Part::Finished].into_iter().map(|part| list.total(part)).sum())
    }
    /// The list on paper.
    pub(crate) fn sheet(self, reply: &OutboxReply) -> Sheet {
        let (t, zone, now) = (self.shell.words(), self.shell.zone(), self.shell.clock.now());
        let mut columns = Column::all(
            &t,
            [("csv-command", Width::Text), ("csv-about", Width::Text), ("csv-state", Width::Text), ("receipt", Width::Whole)],
        );
        columns.insert(3, Column::at(&t, "csv-order-created", zone));
        let line = |entry: &OutboxEntry| {
            let cells = vec![
                name_of(&t, &entry.act),
                summary(&t, entry, now, zone),
                state_of(&t, entry, now, zone),
                moment_of(&t, entry.made_at, zone),
                entry.receipt.clone(),
            ];
            Line::Row(cells, entry.state.is_waiting())
        };
        let mut lines = Vec::new();
        for (part, entries) in [(Part::Decide, &reply.decide), (Part::Running, &reply.running), (Part::Finished, &reply.finished)] {
            if !entries.is_empty() {
                lines.push(Line::Group(t.text(part_word(part))));
                lines.extend(entries.iter().map(line));
            }
        }
        let open = reply.decide.len() + reply.running.len();
        let total = reply.finished_total.saturating_add(u32::try_from(open).unwrap_or(u32::MAX));
        Sheet::of(t.text("place-outbox"), listed(&t, total), (columns, lines), left(&t, total, open + reply.finished.len()))
    }
}
