//! What is kept of design versions and of files of messages, in rows. Which of it, and when, is the cabinet's affair.

use domain::{
    id::{DesignId, MessageId},
    record::{Kind, RecordRef},
    time::UtcMillis,
};
use sqlx::{QueryBuilder, Row as _};
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
    pub(super) fn of_name(name: &str) -> Option<Self> {
        [Self::Thumb, Self::Full, Self::File].into_iter().find(|what| what.name() == name)
    }
}

/// Whose file something is kept of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A version's.
    Design(DesignId),
    /// A message's, by its place among the files of the message.
    Message(MessageId, usize),
}

impl From<DesignId> for Owner {
    fn from(id: DesignId) -> Self {
        Self::Design(id)
    }
}

impl Owner {
    /// The record it goes with.
    fn record(self) -> RecordRef {
        match self {
            Self::Design(id) => RecordRef::new(Kind::Design, id),
            Self::Message(id, _) => RecordRef::new(Kind::Message, id),
        }
    }
    /// The id, the kind, and what the rows say.
    pub(super) fn row(self, what: Kept) -> (Vec<u8>, i16, String) {
        let record = self.record();
        let what = match self {
            Self::Design(_) => what.name().to_owned(),
            Self::Message(_, place) => format!("{}-{place}", what.name()),
        };
        (blob(record.id), record.kind.code(), what)
    }
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Mirror {
    pub(crate) async fn kept(&mut self, of: Owner, what: Kept, now: UtcMillis) -> Result<Option<Vec<u8>>> {
        let (id, _, what) = of.row(what);
        let sql = "SELECT size FROM kept WHERE id = ? AND what = ?";
        let found = self.file.all(sqlx::query(sql).bind(id.clone()).bind(what.clone())).await?;
        let Some(size) = found.first().map(|row| row.try_get::<i64, _>("size")).transpose()? else { return Ok(None) };
        let sql = "SELECT body FROM kept_piece WHERE id = ? AND what = ? ORDER BY n";
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        for row in self.file.all(sqlx::query(sql).bind(id.clone()).bind(what.clone())).await? {
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
    /// Which files of a message can be seen without a line, by their places: those of which more than a tile is kept.
    pub(crate) async fn kept_of(&mut self, id: MessageId) -> Result<HashSet<usize>> {
        let rows = self.file.all(sqlx::query("SELECT what FROM kept WHERE id = ?").bind(blob(id.into()))).await?;
        let place = |what: &str| {
            let (what, place) = what.split_once('-')?;
            if what == Kept::Thumb.name() { None } else { place.parse().ok() }
        };
        Ok(rows.iter().filter_map(|row| row.try_get::<&str, _>("what").ok().and_then(place)).collect())
    }
    /// Forgets what was kept of this before, and of others until the cache has at most `most` bytes.
    pub(crate) async fn make_room(&mut self, of: Owner, what: Kept, most: u64) -> Result<()> {
        self.begin().await?;
        let (id, _, what) = of.row(what);
        self.forget(id, &what).await?;
        // What was this desk's alone and came to nothing.
        let sql = "SELECT id, what FROM kept WHERE own = 1 AND NOT EXISTS
            (SELECT 1 FROM record WHERE kind IN (11, 14) AND record.id = kept.id)";
        for row in self.file.all(sqlx::query(sql)).await? {
            self.forget(row.try_get("id")?, &row.try_get::<String, _>("what")?).await?;
        }
        self.evict(most).await?;
        self.commit().await
    }
    /// Forgets what was used least until the cache has at most `most` bytes. What is kept with an order is none of it.
    pub(super) async fn evict(&mut self, most: u64) -> Result<()> {
        let mut query = QueryBuilder::new("SELECT id, what, size FROM kept WHERE NOT ");
        self.push_held(&mut query);
        query.push(" ORDER BY used, id, what");
        let rows = self.fetch_rows(query).await?;
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
        Ok(())
    }
    async fn forget(&mut self, id: Vec<u8>, what: &str) -> Result<()> {
        for sql in ["DELETE FROM kept WHERE id = ? AND what = ?", "DELETE FROM kept_piece WHERE id = ? AND what = ?"] {
            self.file.run(sqlx::query(sql).bind(id.clone()).bind(what.to_owned())).await?;
        }
        Ok(())
    }
    pub(crate) async fn keep_piece(&mut self, of: Owner, what: Kept, n: usize, piece: &[u8]) -> Result<()> {
        let (id, kind, what) = of.row(what);
        let sql = "INSERT OR REPLACE INTO kept_piece (id, what, n, body) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS
            (SELECT 1 FROM record WHERE kind = ?5 AND id = ?1 AND json_extract(body, '$.purged') IS NULL)";
        let n = whole(u64::try_from(n).unwrap_or(u64::MAX));
        self.file.run(sqlx::query(sql).bind(id).bind(what).bind(n).bind(piece.to_vec()).bind(kind)).await?;
        Ok(())
    }
    pub(crate) async fn keep(&mut self, of: Owner, what: Kept, size: u64, now: UtcMillis) -> Result<()> {
        let (id, kind, what) = of.row(what);
        let sql = "INSERT OR REPLACE INTO kept (id, what, size, used, own)
            SELECT ?1, ?2, ?3, ?4, EXISTS (SELECT 1 FROM undo WHERE kind = ?5 AND id = ?1 AND body IS NULL) WHERE EXISTS
            (SELECT 1 FROM record WHERE kind = ?5 AND id = ?1 AND json_extract(body, '$.purged') IS NULL)";
        self.file.run(sqlx::query(sql).bind(id).bind(what).bind(whole(size)).bind(now.ms()).bind(kind)).await?;
        Ok(())
    }
}
