//! What is kept of design versions, in rows. Which of it, and when, is the cabinet's affair.

use domain::{id::DesignId, time::UtcMillis};
use sqlx::Row as _;
use std::collections::HashSet;

use super::{Mirror, gone, rows::blob};
use crate::error::Result;

/// What is kept of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// Its picture for a tile.
    Thumb,
    /// Its picture for a screen.
    Full,
    /// The file itself.
    File,
}

impl Kept {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Full => "full",
            Self::File => "file",
        }
    }
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Mirror {
    pub(crate) async fn kept(&mut self, id: DesignId, what: Kept, now: UtcMillis) -> Result<Option<Vec<u8>>> {
        let (id, what) = (blob(id.into()), what.name());
        let sql = "SELECT size FROM kept WHERE id = ? AND what = ?";
        let found = self.file.all(sqlx::query(sql).bind(id.clone()).bind(what)).await?;
        let Some(size) = found.first().map(|row| row.try_get::<i64, _>("size")).transpose()? else { return Ok(None) };
        let sql = "SELECT body FROM kept_piece WHERE id = ? AND what = ? ORDER BY n";
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        for row in self.file.all(sqlx::query(sql).bind(id.clone()).bind(what)).await? {
            bytes.extend_from_slice(row.try_get("body")?);
        }
        if whole(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) != size {
            return Ok(None);
        }
        self.file.run(sqlx::query("UPDATE kept SET used = ? WHERE id = ? AND what = ?").bind(now.ms()).bind(id).bind(what)).await?;
        Ok(Some(bytes))
    }
    pub(crate) async fn all_kept(&mut self, what: Kept) -> Result<HashSet<DesignId>> {
        let rows = self.file.all(sqlx::query("SELECT id FROM kept WHERE what = ?").bind(what.name())).await?;
        rows.iter().map(|row| Ok(gone::id(row.try_get("id")?)?.into())).collect()
    }
    /// Forgets what was kept of this before, and of others until all of it has at most `most` bytes.
    pub(crate) async fn make_room(&mut self, id: DesignId, what: Kept, most: u64) -> Result<()> {
        self.begin().await?;
        self.forget(blob(id.into()), what.name()).await?;
        // What was this desk's alone and came to nothing.
        let sql = "SELECT id, what FROM kept WHERE own = 1 AND NOT EXISTS (SELECT 1 FROM record WHERE kind = 14 AND record.id = kept.id)";
        for row in self.file.all(sqlx::query(sql)).await? {
            self.forget(row.try_get("id")?, &row.try_get::<String, _>("what")?).await?;
        }
        let rows = self.file.all(sqlx::query("SELECT id, what, size FROM kept ORDER BY used, id, what")).await?;
        let mut sizes = Vec::with_capacity(rows.len());
        for row in &rows {
            sizes.push((row.try_get::<Vec<u8>, _>("id")?, row.try_get::<String, _>("what")?, row.try_get::<i64, _>("size")?));
        }
        let mut all: i64 = sizes.iter().map(|(_, _, size)| size).sum();
        for (id, what, size) in sizes {
            if all <= whole(most) {
                break;
            }
            self.forget(id, &what).await?;
            all -= size;
        }
        self.commit().await
    }
    async fn forget(&mut self, id: Vec<u8>, what: &str) -> Result<()> {
        for sql in ["DELETE FROM kept WHERE id = ? AND what = ?", "DELETE FROM kept_piece WHERE id = ? AND what = ?"] {
            self.file.run(sqlx::query(sql).bind(id.clone()).bind(what.to_owned())).await?;
        }
        Ok(())
    }
    pub(crate) async fn keep_piece(&mut self, id: DesignId, what: Kept, n: usize, piece: &[u8]) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO kept_piece (id, what, n, body) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS
            (SELECT 1 FROM record WHERE kind = 14 AND id = ?1)";
        let n = whole(u64::try_from(n).unwrap_or(u64::MAX));
        self.file.run(sqlx::query(sql).bind(blob(id.into())).bind(what.name()).bind(n).bind(piece.to_vec())).await?;
        Ok(())
    }
    pub(crate) async fn keep(&mut self, id: DesignId, what: Kept, size: u64, now: UtcMillis) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO kept (id, what, size, used, own)
            SELECT ?1, ?2, ?3, ?4, EXISTS (SELECT 1 FROM undo WHERE kind = 14 AND id = ?1 AND body IS NULL) WHERE EXISTS
            (SELECT 1 FROM record WHERE kind = 14 AND id = ?1)";
        self.file.run(sqlx::query(sql).bind(blob(id.into())).bind(what.name()).bind(whole(size)).bind(now.ms())).await?;
        Ok(())
    }
}
