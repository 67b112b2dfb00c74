//! Which rows a list has, in which order.

use domain::record::RecordRef;
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
    pub(super) later: Vec<RecordRef>,
}

/// A conversation about an order that was deleted is shown nowhere.
const SHOWN: &str = " AND (kind <> 10 OR id NOT IN (SELECT id FROM talk INDEXED BY talk_gone WHERE deleted = 1 AND waiting = 1))";

impl List<'_> {
    fn not_put_off(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" AND coalesce(snooze <= ").push_bind(self.now).push(", 1)");
    }
}

impl Listing for List<'_> {
    fn rows(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(match (self.ask.view.is_open(), &self.among) {
            // Left to itself SQLite reads each row that was found, to see whether it waits. Of many that costs more than looking
            // through what waits; of few it is the other way round.
            (true, Some(among)) if among.len() <= MANY => " FROM record NOT INDEXED WHERE rank IS NOT NULL",
            (true, _) => " FROM record INDEXED BY record_rank WHERE rank IS NOT NULL",
            (false, _) => " FROM record WHERE kind = 3 AND open = 0",
        });
        if self.ask.view.is_open() {
            query.push(SHOWN);
        }
        match self.ask.view {
            View::Waiting => self.not_put_off(query),
            View::Requests | View::Orders | View::Conversations => {
                self.not_put_off(query);
                for kind in self.ask.view.kinds() {
                    query.push(" AND kind = ").push_bind(i64::from(kind.code()));
                }
            }
            View::Mine => drop(query.push(" AND mine > ").push_bind(self.now)),
            View::Snoozed => drop(query.push(" AND snooze > ").push_bind(self.now)),
            View::Answered => drop(query.push(" AND state IS NOT NULL")),
            View::Accepted | View::Rejected | View::Cancelled => drop(query.push(" AND state = ").push_bind(self.ask.view.state())),
        }
        if let Some(among) = &self.among {
            push_among(query, among);
        }
    }
    fn later(&self) -> &[RecordRef] {
        &self.later
    }
    fn is_newest_first(&self) -> bool {
        !self.ask.view.is_open()
    }
    fn ranks_by(&self) -> [&'static str; 2] {
        if self.ask.view.is_open() { ["rank", "since"] } else { ["due", "at"] }
    }
}
