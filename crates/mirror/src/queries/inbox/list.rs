//! Which rows a list has, in which order.

use domain::id::RecordId;
use sqlx::{QueryBuilder, sqlite::Sqlite};

use super::ask::{InboxAsk, View};
use crate::queries::part::{Listing, push_among};

/// So many rows are looked up one by one.
const MANY: usize = 200;

/// A list: which rows, in which order.
pub(super) struct List<'a> {
    pub(super) ask: &'a InboxAsk,
    /// Only these, by the numbers of their rows, where something is searched for.
    pub(super) among: Option<Vec<i64>>,
    pub(super) now: i64,
    /// What came after the version that was let in.
    pub(super) later: Vec<RecordId>,
}

impl Listing for List<'_> {
    fn rows(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(match (self.ask.view.is_open(), &self.among) {
            // Left to itself SQLite reads each row that was found, to see whether it is open. Of many that costs more than looking
            // through what is open.
            (true, Some(among)) if among.len() > MANY => " FROM record INDEXED BY record_open WHERE kind = 3 AND open = 1",
            (true, _) => " FROM record WHERE kind = 3 AND open = 1",
            (false, _) => " FROM record WHERE kind = 3 AND open = 0",
        });
        match self.ask.view {
            View::Waiting => drop(query.push(" AND coalesce(snooze <= ").push_bind(self.now).push(", 1)")),
            View::Mine => drop(query.push(" AND mine > ").push_bind(self.now)),
            View::Snoozed => drop(query.push(" AND snooze > ").push_bind(self.now)),
            View::Answered => drop(query.push(" AND state IS NOT NULL")),
            View::Accepted | View::Rejected | View::Cancelled => drop(query.push(" AND state = ").push_bind(self.ask.view.state())),
        }
        if let Some(among) = &self.among {
            push_among(query, among);
        }
    }
    fn later(&self) -> &[RecordId] {
        &self.later
    }
    fn is_newest_first(&self) -> bool {
        !self.ask.view.is_open()
    }
}
