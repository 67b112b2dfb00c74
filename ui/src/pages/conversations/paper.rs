//! Obrolan on paper: whose conversation it is, what was said last and when, and until when an answer is promised.

use bridge::{ConversationFilter, ConversationRow};
use dioxus::prelude::*;
use domain::words::Words;

use super::{
    list::{last, word},
    state::ConversationsState,
};
use crate::pages::paper::{self, Column, Line, Sheet, Width, counted, left, moment_of};

/// What a list holds, and which part it is.
fn listed(words: &Words, total: u32, filter: &ConversationFilter) -> String {
    paper::listed(counted(words, "print-conversations", total.into()), Some(words.text(word(filter.part))), &filter.text)
}

impl ConversationsState {
    /// What the list holds, in words.
    pub(crate) fn listed(self) -> String {
        listed(&self.shell.words(), self.list.read().total(), &self.filter.read())
    }
    /// The list on paper.
    pub(crate) fn sheet(self, rows: &[ConversationRow], total: u32, filter: &ConversationFilter) -> Sheet {
        let (t, zone) = (self.shell.words(), self.shell.zone());
        let me = self.shell.me();
        let mut columns = Column::all(
            &t,
            [
                ("csv-order-client", Width::Text),
                ("csv-order-number", Width::Whole),
                ("print-last-said", Width::Text),
                ("conversations-unread", Width::Figures),
            ],
        );
        columns.insert(3, Column::at(&t, "csv-at", zone));
        columns.push(Column::at(&t, "print-reply-by", zone));
        let line = |row: &ConversationRow| {
            let it = &row.conversation;
            let due = it.waiting_since.and(it.due_at);
            let cells = vec![
                it.client_name.to_string(),
                it.order_number.clone(),
                last(&t, it, me == Some(it.last_by.id)),
                moment_of(&t, it.last_at, zone),
                t.whole(i64::from(row.unread)),
                due.map_or_else(String::new, |at| moment_of(&t, at, zone)),
            ];
            Line::Row(cells, row.ours)
        };
        Sheet::of(
            t.text("place-conversations"),
            listed(&t, total, filter),
            (columns, rows.iter().map(line).collect()),
            left(&t, total, rows.len()),
        )
    }
}
