//! Losses that came while the first walk was under way.
//!
//! A page of the walk is read in a snapshot of its own: it may hold a record that the live feed has taken away meanwhile. The
//! loss is kept until the walk has ended, and a put at a lower number does not bring the record back.

use domain::id::RecordId;
use sqlx::Row;

use std::collections::HashMap;

use super::{Mirror, rows::blob};
use crate::{error::Result, file::File};

pub(super) async fn read(file: &mut File) -> Result<HashMap<(i64, RecordId), i64>> {
    let mut all = HashMap::new();
    for row in file.all(sqlx::query("SELECT kind, id, seq FROM gone")).await? {
        all.insert((row.try_get("kind")?, id(row.try_get("id")?)?), row.try_get("seq")?);
    }
    Ok(all)
}

/// An id from the tables.
pub(crate) fn id(bytes: &[u8]) -> sqlx::Result<RecordId> {
    let uuid = uuid::Uuid::from_slice(bytes).map_err(|e| sqlx::Error::Decode(e.into()))?;
    Ok(RecordId::from_uuid(uuid))
}

impl Mirror {
    pub(super) async fn keep_gone(&mut self, kind: i64, id: RecordId, seq: i64) -> Result<()> {
        let kept = self.gones.entry((kind, id)).or_insert(seq);
        *kept = (*kept).max(seq);
        let sql = "INSERT INTO gone (kind, id, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)";
        self.file.run(sqlx::query(sql).bind(kind).bind(blob(id)).bind(seq)).await?;
        Ok(())
    }
    /// Forgets them.
    pub(super) async fn settle_gones(&mut self) -> Result<()> {
        self.gones.clear();
        self.file.run(sqlx::query("DELETE FROM gone")).await?;
        Ok(())
    }
}
