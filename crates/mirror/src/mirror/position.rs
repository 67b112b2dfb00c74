//! Where a mirror stands in the feed.
//!
//! Invariant: positions move with their rows. “A position is written in the same transaction as the rows it stands for.”

use sqlx::Row;

use crate::{error::Result, file::File};

/// The positions of one mirror. Cursors are opaque; numbers are compared only with numbers of the same generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    /// Which history this mirror copies. Every reset begins a new one, and nothing of one is compared with another's.
    pub(crate) generation: i64,
    /// The number of the first head (H): what is newer came live, what is older comes by the walk.
    pub(crate) head: Option<i64>,
    /// The cursor up to which everything above H is here; nothing before the first page.
    pub(crate) live: Option<String>,
    /// The number up to which everything above H is surely here: that of the last page without more, or of a live event.
    pub(crate) whole: Option<i64>,
    /// Whether `live` stands where `whole` does; not so between the pages of catching up.
    pub(crate) level: bool,
    /// Whether everything that is open came with the head.
    pub(crate) opened: bool,
    /// Where the walk down from H goes on.
    pub(crate) walk: Option<String>,
    /// Whether the walk has reached the beginning.
    pub(crate) walked: bool,
    /// When count and sum were last compared with the server's.
    pub(crate) checked_at: Option<i64>,
}

impl Position {
    pub(super) async fn read(file: &mut File) -> Result<Self> {
        let row =
            file.one(sqlx::query("SELECT generation, head, live, whole, level, opened, walk, walked, checked_at FROM position")).await?;
        Ok(Self {
            generation: row.try_get("generation")?,
            head: row.try_get("head")?,
            live: row.try_get("live")?,
            whole: row.try_get("whole")?,
            level: row.try_get("level")?,
            opened: row.try_get("opened")?,
            walk: row.try_get("walk")?,
            walked: row.try_get("walked")?,
            checked_at: row.try_get("checked_at")?,
        })
    }
    pub(super) async fn write(&self, file: &mut File) -> Result<()> {
        let query =
            sqlx::query("UPDATE position SET head = ?, live = ?, whole = ?, level = ?, opened = ?, walk = ?, walked = ?, checked_at = ?")
                .bind(self.head)
                .bind(self.live.clone())
                .bind(self.whole)
                .bind(self.level)
                .bind(self.opened)
                .bind(self.walk.clone())
                .bind(self.walked)
                .bind(self.checked_at);
        file.run_uncounted(query).await
    }
    /// Whether there was a beginning.
    pub(crate) const fn has_begun(&self) -> bool {
        self.live.is_some()
    }
    /// Whether all open records are here: then «none of them is open» is an answer.
    pub(crate) const fn has_work(&self) -> bool {
        self.opened || self.walked
    }
    /// Whether everything this person may see has come: then «there is none» is an answer.
    pub(crate) const fn complete(&self) -> bool {
        self.walked
    }
    /// Whether what is here is one moment of the server, whole.
    pub(crate) const fn is_whole(&self) -> bool {
        self.walked && self.level
    }
}
