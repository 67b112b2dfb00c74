//! The requests that are chosen for one act on all of them: by X, by Shift with the keys that move, by Ctrl+A, by the mouse.

use std::{collections::BTreeMap, rc::Rc};

use bridge::InboxRow;
use dioxus::prelude::*;
use domain::{id::RecordId, record::RecordRef, records::Consultation};

use super::state::InboxState;
use crate::pages::rows::{Loaded, Recorded as _};

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Chosen {
    rows: BTreeMap<RecordId, Rc<InboxRow>>,
    /// The request from whose row a run of rows is drawn: the rows may move meanwhile.
    anchor: Option<RecordRef>,
}

impl Chosen {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.rows.len()
    }
    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// Whether this request is.
    pub(crate) fn has(&self, record: RecordRef) -> bool {
        self.rows.contains_key(&record.id)
    }
    /// The requests, in the order of the list: what is due first is first.
    pub(crate) fn requests(&self) -> Vec<Consultation> {
        let mut requests: Vec<Consultation> = self.rows.values().map(|row| row.consultation.clone()).collect();
        requests.sort_by_key(|it| (it.due_at, it.created_at, it.id));
        requests
    }
    /// Chooses a row, or no longer; a run begins here.
    fn toggle(&mut self, row: Rc<InboxRow>) {
        let record = row.record();
        if self.rows.remove(&record.id).is_none() {
            self.rows.insert(record.id, row);
        }
        self.anchor = Some(record);
    }
    /// Draws the run from where it began to another row: rows that it no longer reaches are let go.
    fn extend(&mut self, from: u32, to: u32, loaded: &Loaded<InboxRow>) {
        let anchor = self.anchor.and_then(|record| loaded.place(record)).unwrap_or(from);
        self.anchor = loaded.get(anchor).map(|row| row.record());
        let run = |end: u32| (anchor.min(end)..=anchor.max(end)).filter_map(|at| loaded.get(at));
        for row in run(from) {
            self.rows.remove(&row.record().id);
        }
        for row in run(to) {
            self.rows.insert(row.record().id, row);
        }
    }
    /// The list was read anew: rows are known as they are now, and where all of it is here, those that left are let go.
    pub(super) fn refresh(&mut self, loaded: &Loaded<InboxRow>, total: u32) {
        let here: BTreeMap<RecordId, Rc<InboxRow>> = loaded.all().map(|row| (row.record().id, row.clone())).collect();
        if u32::try_from(here.len()).is_ok_and(|n| n >= total) {
            self.rows.retain(|id, _| here.contains_key(id));
        }
        for (id, row) in &mut self.rows {
            if let Some(now) = here.get(id) {
                *row = Rc::clone(now);
            }
        }
    }
}

impl InboxState {
    /// Chooses a row, or no longer.
    pub(crate) fn choose(self, at: u32) {
        let mut chosen = self.chosen;
        if let Some(row) = self.list.peek().rows.get(at) {
            chosen.write().toggle(row);
            self.say_chosen();
        }
    }
    /// Moves the cursor by so many rows and draws the run along.
    pub(super) fn extend_by(self, by: i64) {
        let total = i64::from(self.list.peek().total());
        let to = (i64::from(self.cursor.peek().at) + by).clamp(0, (total - 1).max(0));
        self.extend_to(u32::try_from(to).unwrap_or(0));
    }
    /// Draws the run to this row, and moves the cursor there.
    pub(crate) fn extend_to(self, to: u32) {
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
    pub(super) fn choose_all(self) {
        let mut all = self.chosen;
        {
            let list = self.list.peek();
            let mut chosen = all.write();
            chosen.rows.extend(list.rows.all().map(|row| (row.record().id, row.clone())));
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
    fn say_chosen(self) {
        let count = i64::try_from(self.chosen.peek().count()).unwrap_or(i64::MAX);
        self.shell.say(&self.shell.words().count("chosen", count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of so many requests, due one after another.
    fn loaded(count: u32) -> Loaded<InboxRow> {
        let row = |n: u32| -> InboxRow {
            serde_json::from_value(serde_json::json!({
                "consultation": {
                    "id": format!("019abf6b-9d3c-7c11-8a52-{n:012}"), "number": format!("KG-{n}"),
                    "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "client_name": format!("Klien {n}"), "client_zone": "Asia/Jakarta",
                    "source": "app", "requested_date": "2026-11-26", "status": "waiting",
                    "due_at": format!("2026-11-24T04:{n:02}:00.000Z"), "created_at": "2026-11-24T01:54:00.000Z",
                    "updated_at": "2026-11-24T01:54:00.000Z", "history": []
                },
                "group": "today", "ours": false, "mark": null, "command": null, "claim_ours": false, "unseen": false
            }))
            .unwrap()
        };
        Loaded::new(0, (0..count).map(row).collect())
    }
    fn numbers(chosen: &Chosen) -> Vec<String> {
        chosen.requests().into_iter().map(|it| it.number).collect()
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
