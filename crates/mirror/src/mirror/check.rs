//! The daily check: a mirror can prove that it is right.

use domain::wire::check_term;
use sqlx::{QueryBuilder, Row, Sqlite};

use super::{Mirror, gone};
use crate::error::Result;

/// How many records, and the sum of their terms modulo 2^64 (protocol.md, `check=1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many records.
    pub count: u64,
    /// The sum.
    pub sum: u64,
}

impl Tally {
    fn add(&mut self, term: u64) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(term);
    }
}

impl Mirror {
    /// Adds up to `limit` rows from row `from` on, as the server said them. Returns where to go on, or nothing at the end.
    pub(crate) async fn tally(&mut self, tally: &mut Tally, from: i64, limit: u32) -> Result<Option<i64>> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT n, kind, id, rev FROM record WHERE ours = 0 AND n >= ");
        query.push_bind(from).push(" ORDER BY n LIMIT ").push_bind(limit);
        let rows = self.file.all(query.build()).await?;
        let mut next = None;
        for row in &rows {
            let term = self.term(row)?;
            tally.add(term);
            next = Some(row.try_get::<i64, _>("n")? + 1);
        }
        if rows.len() < usize::try_from(limit).unwrap_or(usize::MAX) {
            self.tally_copies(tally).await?;
            return Ok(None);
        }
        Ok(next)
    }
    async fn tally_copies(&mut self, tally: &mut Tally) -> Result<()> {
        let rows = self.file.all(sqlx::query("SELECT kind, id, rev FROM undo WHERE body IS NOT NULL")).await?;
        for row in rows {
            let term = self.term(&row)?;
            tally.add(term);
        }
        Ok(())
    }
    fn term(&self, row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<u64> {
        let kind = self.kinds.wire(row.try_get("kind")?).ok_or_else(|| sqlx::Error::Decode("a number without a kind".into()))?;
        Ok(check_term(kind, gone::id(row.try_get("id")?)?, row.try_get("rev")?))
    }
}
