//! Antrean on paper: what waits, in its order and its groups, with why and in whose hands.

use bridge::{InboxFilter, InboxGroup, InboxRow};
use dioxus::prelude::*;
use domain::{
    time::UtcMillis,
    waiting::{Item, Why},
    words::Words,
};

use super::{
    list::{group_word, view_word, wish},
    state::InboxState,
};
use crate::{
    pages::paper::{self, Column, Line, Sheet, Width, counted, left, moment_of},
    words::{kind_word, why},
};

/// What a list holds, and which it is: «13 baris · Menunggu · “rani”».
fn listed(words: &Words, total: u32, filter: &InboxFilter) -> String {
    paper::listed(counted(words, "print-rows", total.into()), Some(words.text(view_word(filter.view))), &filter.text)
}

/// What it is about, and why it stands where it does.
fn about(words: &Words, row: &InboxRow, now: UtcMillis) -> String {
    let reason = row.waits.map(|waits| why(words, &waits, now));
    let about = match &row.item {
        Item::Consultation(it) => wish(words, it),
        Item::Order(it) => words.text(it.design_type.word()),
        Item::Conversation(it) => it.last_text.as_str().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let about = [row.item.number().to_owned(), about];
    // What waits for a reply says so where others say where they stand.
    let reason = reason.filter(|_| row.item.conversation().is_none());
    about.into_iter().filter(|part| !part.is_empty()).chain(reason).collect::<Vec<_>>().join(" · ")
}

impl InboxState {
    /// What the list holds, in words.
    pub(crate) fn listed(self) -> String {
        listed(&self.shell.words(), self.list.read().total(), &self.filter.read())
    }
    /// The list on paper.
    pub(crate) fn sheet(self, rows: &[InboxRow], total: u32, filter: &InboxFilter) -> Sheet {
        let (t, zone, now) = (self.shell.words(), self.shell.zone(), self.shell.clock.now());
        let mut columns = Column::all(
            &t,
            [
                ("print-kind", Width::Whole),
                ("csv-order-client", Width::Text),
                ("csv-about", Width::Text),
                ("csv-state", Width::Text),
                ("print-hands", Width::Text),
            ],
        );
        columns.insert(3, Column::at(&t, "field-due-at", zone));
        let due = |row: &InboxRow| match (row.waits, &row.item) {
            (Some(waits), _) => match waits.why {
                Why::Deadline { day } => t.date(day),
                _ => moment_of(&t, waits.due, zone),
            },
            (None, Item::Consultation(it)) => moment_of(&t, it.due_at, zone),
            (None, _) => String::new(),
        };
        let line = |row: &InboxRow| {
            let cells = vec![
                kind_word(&t, row.item.record().kind),
                row.item.client_name().to_string(),
                about(&t, row, now),
                due(row),
                row.item.face(row.waits.as_ref()).map_or_else(String::new, |face| t.text(face.word)),
                row.item.hands(now).map(|person| person.name.to_string()).collect::<Vec<_>>().join(", "),
            ];
            Line::Row(cells, row.ours)
        };
        let mut lines = Vec::with_capacity(rows.len() + 4);
        let mut group = None::<InboxGroup>;
        for row in rows {
            if group.replace(row.group) != Some(row.group) {
                lines.push(Line::Group(t.text(group_word(row.group))));
            }
            lines.push(line(row));
        }
        Sheet::of(t.text("place-inbox"), listed(&t, total, filter), (columns, lines), left(&t, total, rows.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::InboxView;
    use domain::words::Lang;

    #[test]
    fn a_list_says_how_many_it_holds_and_which_it_is() {
        let filter = InboxFilter { view: InboxView::Mine, text: " rani ".to_owned() };
        assert_eq!(listed(&Words::new(Lang::Id), 1_280, &filter), "1.280 baris · Di tangan saya · “rani”");
        assert_eq!(listed(&Words::new(Lang::En), 1, &InboxFilter::default()), "1 row · Waiting");
    }
}
