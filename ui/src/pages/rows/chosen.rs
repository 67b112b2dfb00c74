//! What is chosen in a list for one act on all of it: by X, by Shift with the keys that move, by Ctrl+A, by the mouse.

use std::{collections::BTreeMap, rc::Rc};

use dioxus::prelude::*;
use domain::record::RecordRef;

use super::{ListState, Listing, Loaded, Recorded};
use crate::{actions::Act, components::list::Pick, words::many};

/// What is chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chosen<R> {
    rows: BTreeMap<RecordRef, Rc<R>>,
    /// The record from whose row a run of rows is drawn: the rows may move meanwhile.
    anchor: Option<RecordRef>,
}

impl<R> Default for Chosen<R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), anchor: None }
    }
}

impl<R: Recorded> Chosen<R> {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.rows.len()
    }
    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Whether this record is.
    pub(crate) fn has(&self, record: RecordRef) -> bool {
        self.rows.contains_key(&record)
    }
    /// The rows, in the order of their list.
    pub(crate) fn all(&self) -> Vec<Rc<R>> {
        let mut rows: Vec<Rc<R>> = self.rows.values().cloned().collect();
        rows.sort_by_key(|row| (row.rank(), row.record()));
        rows
    }
    /// Chooses a row, or no longer; a run begins here.
    fn toggle(&mut self, row: Rc<R>) {
        let record = row.record();
        if self.rows.remove(&record).is_none() {
            self.rows.insert(record, row);
        }
        self.anchor = Some(record);
    }
    /// Draws the run from where it began to another row: rows that it no longer reaches are let go.
    fn extend(&mut self, from: u32, to: u32, loaded: &Loaded<R>) {
        let anchor = self.anchor.and_then(|record| loaded.place(record)).unwrap_or(from);
        self.anchor = loaded.get(anchor).map(|row| row.record());
        let run = |end: u32| (anchor.min(end)..=anchor.max(end)).filter_map(|at| loaded.get(at));
        for row in run(from) {
            self.rows.remove(&row.record());
        }
        for row in run(to) {
            self.rows.insert(row.record(), row);
        }
    }
    /// The list was read anew: rows are known as they are now, and where all of it is here, those that left are let go.
    pub(super) fn refresh(&mut self, loaded: &Loaded<R>, total: u32) {
        let here: BTreeMap<RecordRef, Rc<R>> = loaded.all().map(|row| (row.record(), row.clone())).collect();
        if u32::try_from(here.len()).is_ok_and(|n| n >= total) {
            self.rows.retain(|record, _| here.contains_key(record));
        }
        for (record, row) in &mut self.rows {
            if let Some(now) = here.get(record) {
                *row = Rc::clone(now);
            }
        }
    }
}

impl<L: Listing> ListState<L> {
    /// Does an act that chooses rows; whether it is one.
    pub(crate) fn run_choosing(self, act: Act) -> bool {
        match act {
            Act::Select => self.choose(self.cursor.peek().at),
            Act::ExtendDown => self.extend_by(1),
            Act::ExtendUp => self.extend_by(-1),
            Act::SelectAll => self.choose_all(),
            _ => return false,
        }
        true
    }
    /// Chooses by the mouse.
    pub(crate) fn pick(self, at: u32, how: Pick) {
        match how {
            Pick::Glyph => self.choose(at),
            Pick::Run => self.extend_to(at),
            Pick::Row => {
                self.move_to(at);
                self.choose(at);
                self.take_focus();
            }
        }
    }
    /// Chooses a row, or no longer.
    fn choose(self, at: u32) {
        let mut chosen = self.chosen;
        if let Some(row) = self.list.peek().rows.get(at) {
            chosen.write().toggle(row);
            self.say_chosen();
        }
    }
    /// Moves the cursor by so many rows and draws the run along.
    fn extend_by(self, by: i64) {
        let total = i64::from(self.list.peek().total());
        let to = (i64::from(self.cursor.peek().at) + by).clamp(0, (total - 1).max(0));
        self.extend_to(u32::try_from(to).unwrap_or(0));
    }
    /// Draws the run to this row, and moves the cursor there.
    fn extend_to(self, to: u32) {
        let (mut chosen, from) = (self.chosen, self.cursor.peek().at);
        {
            let list = self.list.peek();
            if list.total() == 0 {
                return;
            }
            chosen.write().extend(from, to, &list.rows);
        }
        self.move_to(to);
        self.take_focus();
        self.say_chosen();
    }
    /// Chooses every row that is here.
    fn choose_all(self) {
        let mut all = self.chosen;
        {
            let list = self.list.peek();
            let mut chosen = all.write();
            chosen.rows.extend(list.rows.all().map(|row| (row.record(), row.clone())));
            chosen.anchor = None;
        }
        self.say_chosen();
    }
    /// Lets all of them go; whether there were any.
    pub(crate) fn clear_chosen(mut self) -> bool {
        let were = !self.chosen.peek().is_empty();
        if were {
            self.chosen.set(Chosen::default());
        }
        were
    }
    /// What an act on the list is about, in words: what is chosen, else all that it holds.
    pub(crate) fn meant(self, listed: impl FnOnce() -> String) -> String {
        let count = self.chosen.read().count();
        if count == 0 { listed() } else { self.shell.words().count("chosen", many(count)) }
    }
    fn say_chosen(self) {
        let count = many(self.chosen.peek().count());
        self.shell.say(&self.shell.words().count("chosen", count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::InboxRow;

    /// A list of so many requests, due one after another.
    fn loaded(count: u32) -> Loaded<InboxRow> {
        let row = |n: u32| -> InboxRow {
            serde_json::from_value(serde_json::json!({
                "item": { "kind": "consultation", "record": {
                    "id": format!("019abf6b-9d3c-7c11-8a52-{n:012}"), "number": format!("KG-{n}"),
                    "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "client_name": format!("Klien {n}"), "client_zone": "Asia/Jakarta",
                    "source": "app", "requested_date": "2026-11-26", "status": "waiting",
                    "due_at": format!("2026-11-24T04:{n:02}:00.000Z"), "created_at": "2026-11-24T01:54:00.000Z",
                    "updated_at": "2026-11-24T01:54:00.000Z", "history": []
                } },
                "waits": null, "group": "today", "ours": false, "mark": null, "command": null, "claim_ours": false, "unseen": false
            }))
            .unwrap()
        };
        Loaded::new(0, (0..count).map(row).collect())
    }
    fn numbers(chosen: &Chosen<InboxRow>) -> Vec<String> {
        chosen.all().iter().filter_map(|row| row.item.consultation()).map(|it| it.number.clone()).collect()
    }

    #[test]
    fn a_row_is_chosen_and_let_go_by_the_same_key() {
        let (list, mut chosen) = (loaded(5), Chosen::default());
        chosen.toggle(list.get(3).unwrap());
        chosen.toggle(list.get(1).unwrap());
        assert_eq!(numbers(&chosen), ["KG-1", "KG-3"], "in the order of the list, however they were chosen");
        chosen.toggle(list.get(3).unwrap());
        assert_eq!(numbers(&chosen), ["KG-1"]);
    }

    #[test]
    fn a_run_grows_and_shrinks_from_where_it_began() {
        let (list, mut chosen) = (loaded(6), Chosen::default());
        chosen.extend(2, 3, &list);
        chosen.extend(3, 4, &list);
        assert_eq!(numbers(&chosen), ["KG-2", "KG-3", "KG-4"]);
        chosen.extend(4, 3, &list);
        assert_eq!(numbers(&chosen), ["KG-2", "KG-3"], "going back lets go");
        chosen.extend(3, 1, &list);
        assert_eq!(numbers(&chosen), ["KG-1", "KG-2"], "and on the other side it grows again");
    }

    #[test]
    fn a_run_goes_on_from_its_request_when_the_list_is_read_anew() {
        let (list, mut chosen) = (loaded(6), Chosen::default());
        chosen.extend(2, 3, &list);
        chosen.extend(3, 4, &list);
        chosen.refresh(&list, 6);
        chosen.extend(4, 3, &list);
        assert_eq!(numbers(&chosen), ["KG-2", "KG-3"], "looking at a request reads the list anew, and ends no run");
    }

    #[test]
    fn rows_apart_from_a_run_stay_chosen() {
        let (list, mut chosen) = (loaded(6), Chosen::default());
        chosen.toggle(list.get(0).unwrap());
        chosen.toggle(list.get(3).unwrap());
        chosen.extend(3, 4, &list);
        chosen.extend(4, 3, &list);
        assert_eq!(numbers(&chosen), ["KG-0", "KG-3"]);
    }

    #[test]
    fn what_left_the_list_is_let_go_once_all_of_it_is_here() {
        let mut chosen = Chosen::default();
        chosen.extend(0, 4, &loaded(5));
        chosen.refresh(&loaded(3), 3);
        assert_eq!(numbers(&chosen), ["KG-0", "KG-1", "KG-2"]);
        chosen.refresh(&loaded(1), 500);
        assert_eq!(chosen.count(), 3, "what is merely not read stays");
    }
}
