//! Requests whose deadline is near.

use domain::{record::Kind, records::Consultation, time::UtcMillis};
use sqlx::QueryBuilder;

use crate::{cabinet::Cabinet, error::Result, mirror::Stored, queries::part::of};

/// By the index of what waits, from now on: what costs is what is near, not what there is.
const NEAR: &str = "SELECT id, rev, seq, ours, body FROM record INDEXED BY record_open WHERE kind = 3 AND open = 1 AND due > ";

impl Cabinet {
    /// What waits and will be late before that moment, earliest deadline first, at most so many; nothing of what is late already, or
    /// is put off.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn due_before(&self, until: UtcMillis, most: u32, now: UtcMillis) -> Result<Vec<Consultation>> {
        let mut inner = self.lock(now).await?;
        let mut query = QueryBuilder::new(NEAR);
        query.push_bind(now.ms()).push(" AND due < ").push_bind(until.ms());
        query.push(" AND coalesce(snooze, 0) <= ").push_bind(now.ms()).push(" ORDER BY due, at, id LIMIT ").push_bind(most);
        let rows = inner.mirror.fetch_rows(query).await?;
        rows.iter().map(|row| of(&Stored::of(Kind::Consultation, row)?)).collect()
    }
}
