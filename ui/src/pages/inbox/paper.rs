//! Antrean on paper: what waits, in its order and its groups, with why and in whose hands.

use bridge::{InboxFilter, InboxGroup, InboxRow};
use dioxus::prelude::*;
use domain::{
    records::ConsultationStatus,
    status::Face,
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
        Item::Consultation(it) => vec![it.number.clone(), wish(words, it)],
        Item::Order(it) => vec![it.number.clone(), words.text(it.design_type.word())],
        Item::Conversation(it) => vec![it.order_number.clone(), it.last_text.as_str().split_whitespace().collect::<Vec<_>>().join(" ")],
    };
    // What waits for a reply says so where others say where they stand.
    let reason = reason.filter(|_| row.item.conversation().is_none());
    about.into_iter().filter(|part| !part.is_empty()).chain(reason).collect::<Vec<_>>().join(" · ")
}

/// Who works on it, and to whom it was given.
fn hands(row: &InboxRow, now: UtcMillis) -> String {
    let (claim, given) = match &row.item {
        Item::Consultation(it) => (it.claimed_at(now), it.assignee.as_ref()),
        Item::Order(it) => (it.claimed_at(now), it.assignee.as_ref()),
        Item::Conversation(_) => (None, None),
    };
    let given = given.filter(|person| claim.is_none_or(|claim| claim.by.id != person.id));
    let names = claim.map(|claim| &claim.by).into_iter().chain(given);
    names.map(|person| person.name.to_string()).collect::<Vec<_>>().join(", ")
}

/// Where it stands.
fn face(row: &InboxRow) -> Option<Face> {
    match &row.item {
        Item::Consultation(it) => Some(it.status.face()),
        Item::Order(it) => Some(it.status.face()),
        Item::Conversation(_) => row.waits.map(|waits| Face { word: waits.why.word(), ..ConsultationStatus::Waiting.face() }),
    }
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
                face(row).map_or_else(String::new, |face| t.text(face.word)),
                hands(row, now),
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
