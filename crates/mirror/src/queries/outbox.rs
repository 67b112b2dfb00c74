//! Antrean kirim, and what the status bar counts.

use domain::{
    id::CommandId,
    time::{UtcMillis, Zone},
};
use sqlx::{QueryBuilder, Row};

use crate::{
    cabinet::{Cabinet, Pending},
    error::Result,
    outbox::Entry,
};

/// The parts of Antrean kirim.
#[derive(Clone, Debug, Default)]
pub struct OutboxLists {
    /// What needs a decision, oldest first.
    pub decide: Vec<Pending>,
    /// What is on its way, newest first.
    pub running: Vec<Pending>,
    /// What was finished since the beginning of the day, newest first.
    pub finished: Vec<Entry>,
    /// How many those are.
    pub finished_total: u32,
}

/// What the status bar counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Commands waiting or on their way.
    pub queued: u32,
    /// Commands refused, blocked or forgotten by the server.
    pub refused: u32,
    /// Commands in conflict.
    pub conflicts: u32,
    /// Records here.
    pub records: u64,
}

impl Cabinet {
    /// The parts of Antrean kirim, with at most `finished` finished ones.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn outbox(&self, finished: u32, zone: Zone, now: UtcMillis) -> Result<OutboxLists> {
        let mut inner = self.lock(now).await?;
        let live = inner.outbox.live();
        let decide = live.iter().filter(|e| e.state.needs_decision()).map(|e| inner.pending(e)).collect();
        let running = live.iter().rev().filter(|e| e.state.is_waiting()).map(|e| inner.pending(e)).collect();
        let midnight = now.day(zone).at(0, 0, zone);
        let (finished, finished_total) = inner.outbox.finished(midnight.ms(), finished).await?;
        Ok(OutboxLists { decide, running, finished, finished_total })
    }
    /// One command, whole.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn command(&self, id: CommandId, now: UtcMillis) -> Result<Option<Pending>> {
        let mut inner = self.lock(now).await?;
        let entry = inner.outbox.lookup(id).await?;
        Ok(entry.map(|e| inner.pending(&e)))
    }
    /// What the status bar counts.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn tallies(&self, now: UtcMillis) -> Result<Tallies> {
        let mut inner = self.lock(now).await?;
        // Rows are numbered without gaps as long as none is taken away: near enough for «how much is here».
        let row = inner.mirror.fetch_row(QueryBuilder::new("SELECT coalesce(max(n), 0) FROM record")).await?;
        let records: i64 = row.try_get(0)?;
        Ok(Tallies { records: u64::try_from(records).unwrap_or(0), ..inner.outbox.tallies() })
    }
}
