//! The part of a long list that is held here: one window of rows around what is in sight. Plain functions.

use std::{ops::Range, rc::Rc};

use domain::record::RecordRef;

use super::listing::{Cursor, Recorded};

/// How many rows are held at most.
pub(super) const SIZE: u32 = 200;
/// How near the edge of the window sight may come before the next one is read.
const NEAR: u32 = 30;

/// The rows that are here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loaded<R> {
    offset: u32,
    rows: Vec<Rc<R>>,
}

impl<R> Default for Loaded<R> {
    fn default() -> Self {
        Self { offset: 0, rows: Vec::new() }
    }
}

impl<R: Recorded> Loaded<R> {
    /// Rows from `offset` on.
    pub(crate) fn new(offset: u32, rows: Vec<R>) -> Self {
        Self { offset, rows: rows.into_iter().map(Rc::new).collect() }
    }
    /// A row of the list, if it is here.
    pub(crate) fn get(&self, at: u32) -> Option<Rc<R>> {
        let place = usize::try_from(at.checked_sub(self.offset)?).ok()?;
        self.rows.get(place).cloned()
    }
    /// Where a record stands in the list, if it is here.
    pub(crate) fn place(&self, record: RecordRef) -> Option<u32> {
        let place = self.rows.iter().position(|row| row.record() == record)?;
        Some(self.offset + u32::try_from(place).ok()?)
    }
    /// The records of all rows, where all of the list from its first row on is here.
    pub(super) fn records(&self) -> Vec<RecordRef> {
        if self.offset == 0 { self.rows.iter().map(|row| row.record()).collect() } else { Vec::new() }
    }
    /// Every row that is here.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Rc<R>> {
        self.rows.iter()
    }
    fn range(&self) -> Range<u32> {
        self.offset..self.offset + u32::try_from(self.rows.len()).unwrap_or(0)
    }
}

/// Whether more must be read for these rows of a list of `total`.
pub(super) fn wants<R: Recorded>(loaded: &Loaded<R>, drawn: &Range<u32>, total: u32) -> bool {
    let here = loaded.range();
    let above = here.start > 0 && drawn.start < here.start.saturating_add(NEAR);
    let below = here.end < total && drawn.end + NEAR > here.end;
    !drawn.is_empty() && (above || below)
}

/// Where a window begins whose middle is at this row.
pub(super) fn offset(centre: u32, total: u32) -> u32 {
    centre.saturating_sub(SIZE / 2).min(total.saturating_sub(SIZE.min(total)))
}

/// Where the record at the cursor stands in the list that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// At this row.
    At(u32),
    /// In no row, or the cursor is at none.
    Nowhere,
    /// The answer does not say: the cursor has moved since, and its record is not among the rows that are here.
    Unasked,
}

/// Where the record at the cursor stands. An answer says it of the record that was `sought`, and while it was under way the cursor
/// can have gone on: what it says is then no place for the cursor, or the next key would be about another row than the one that
/// is open.
pub(super) fn stands<R: Recorded>(loaded: &Loaded<R>, cursor: Cursor, sought: Option<RecordRef>, answered: Option<u32>) -> Stands {
    let known = |at: Option<u32>, otherwise| at.map_or(otherwise, Stands::At);
    match cursor.record {
        // What was opened from elsewhere is not sought in the list.
        Some(at) if cursor.listed && sought != Some(at) => known(loaded.place(at), Stands::Unasked),
        Some(_) => known(answered, Stands::Nowhere),
        None => Stands::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::InboxRow;
    use domain::{id::RecordId, record::Kind};

    fn loaded(range: Range<u32>) -> Loaded<InboxRow> {
        let row: InboxRow = serde_json::from_value(serde_json::json!({
            "item": { "kind": "consultation", "record": {
                "id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "number": "KG-20261124-K7Q2MA",
                "client_id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "client_name": "Rani", "client_zone": "Asia/Jakarta",
                "source": "app", "requested_date": "2026-11-26", "status": "waiting", "due_at": "2026-11-24T04:54:00.000Z",
                "created_at": "2026-11-24T01:54:00.000Z", "updated_at": "2026-11-24T01:54:00.000Z", "history": []
            } },
            "waits": null, "group": "today", "ours": false, "mark": null, "command": null, "claim_ours": false, "unseen": false
        }))
        .unwrap();
        Loaded::new(range.start, vec![row; range.len()])
    }

    #[test]
    fn an_answer_about_another_request_says_nothing_of_the_cursor() {
        let request = |n: u128| RecordRef::new(Kind::Consultation, RecordId::from_uuid(uuid::Uuid::from_u128(n)));
        let here = loaded(100..101);
        let row = here.get(100).map(|row| row.record());
        let on = |record| Cursor { at: 7, record, listed: true };
        let answer = |cursor, at| stands(&here, cursor, Some(request(1)), at);
        assert_eq!(answer(on(Some(request(1))), Some(7)), Stands::At(7));
        assert_eq!(answer(on(Some(request(1))), None), Stands::Nowhere, "it left the list");
        assert_eq!(answer(on(row), Some(7)), Stands::At(100), "the cursor went on to a row that is here");
        assert_eq!(answer(on(Some(request(2))), Some(7)), Stands::Unasked);
        assert_eq!(answer(on(None), Some(7)), Stands::Nowhere);
        let elsewhere = Cursor { listed: false, ..on(Some(request(2))) };
        assert_eq!(stands(&here, elsewhere, None, None), Stands::Nowhere, "nobody sought it");
    }

    #[test]
    fn a_whole_list_wants_nothing_more() {
        assert!(!wants(&loaded(0..13), &(0..13), 13));
        assert!(!wants(&Loaded::<InboxRow>::default(), &(0..0), 0));
    }

    #[test]
    fn the_next_window_is_read_before_its_rows_are_in_sight() {
        let here = loaded(100..300);
        assert!(!wants(&here, &(180..210), 50_000));
        assert!(wants(&here, &(110..140), 50_000), "near the upper edge");
        assert!(wants(&here, &(265..290), 50_000), "near the lower edge");
        assert!(wants(&here, &(9_000..9_020), 50_000), "far away");
        assert!(!wants(&loaded(0..200), &(0..20), 50_000), "there is nothing above the first row");
    }

    #[test]
    fn a_window_never_reaches_past_the_list() {
        assert_eq!(offset(0, 50_000), 0);
        assert_eq!(offset(25_000, 50_000), 24_900);
        assert_eq!(offset(49_999, 50_000), 49_800);
        assert_eq!(offset(5, 13), 0);
    }

    #[test]
    fn rows_are_found_by_their_place_in_the_list() {
        let here = loaded(100..102);
        assert!(here.get(99).is_none() && here.get(100).is_some() && here.get(101).is_some() && here.get(102).is_none());
    }
}
