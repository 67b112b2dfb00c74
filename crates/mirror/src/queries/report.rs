//! The requests that a report counts. They are read by the order of an index, so that a report costs what its period has and not what
//! the mirror has; and in parts, so that nobody waits for the files while a whole year is read.

use domain::{
    record::{AnyRecord, Kind},
    records::Consultation,
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row};

use crate::{cabinet::Cabinet, error::Result, mirror::Stored};

/// How many requests are read at once.
const PART: u32 = 500;

/// Where a part of the requests begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedFrom {
    /// Those that wait, or those that were answered or called off.
    open: bool,
    at: i64,
    id: Vec<u8>,
}

impl CountedFrom {
    /// The requests that wait and came at this moment or later.
    #[must_use]
    pub const fn waiting(from: UtcMillis) -> Self {
        Self { open: true, at: from.ms(), id: Vec::new() }
    }
    /// The requests that were answered or called off at this moment or later. Whatever came since then is among them.
    #[must_use]
    pub const fn settled(from: UtcMillis) -> Self {
        Self { open: false, at: from.ms(), id: Vec::new() }
    }
}

/// A part of them.
#[derive(Clone, Debug, Default)]
pub struct CountedPage {
    /// The requests, as they are shown.
    pub requests: Vec<Consultation>,
    /// Where the next part begins, if there is one.
    pub next: Option<CountedFrom>,
}

impl Cabinet {
    /// A part of the requests that a report counts, the oldest first.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn counted(&self, from: &CountedFrom, now: UtcMillis) -> Result<CountedPage> {
        let mut inner = self.lock(now).await?;
        let mut query =
            QueryBuilder::new("SELECT id, rev, seq, ours, body, at FROM record INDEXED BY record_list WHERE kind = 3 AND open = ");
        query.push_bind(from.open).push(" AND (at, id) > (").push_bind(from.at).push(", ").push_bind(from.id.clone());
        query.push(") ORDER BY at, id LIMIT ").push_bind(PART);
        let rows = inner.mirror.fetch_rows(query).await?;
        let mut page = CountedPage::default();
        for row in &rows {
            if let AnyRecord::Consultation(it) = Stored::of(Kind::Consultation, row)?.record()? {
                page.requests.push(it);
            }
        }
        if let Some(last) = rows.last().filter(|_| rows.len() >= usize::try_from(PART).unwrap_or(usize::MAX)) {
            page.next = Some(CountedFrom { open: from.open, at: last.try_get("at")?, id: last.try_get("id")? });
        }
        Ok(page)
    }
    /// When the oldest answer in this mirror was given; nothing where there is none.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn oldest_answer(&self, now: UtcMillis) -> Result<Option<UtcMillis>> {
        let mut inner = self.lock(now).await?;
        let query = QueryBuilder::new("SELECT min(at) FROM record INDEXED BY record_list WHERE kind = 3 AND open = 0");
        let at: Option<i64> = inner.mirror.fetch_row(query).await?.try_get(0)?;
        Ok(at.map(UtcMillis::from_ms))
    }
}
