//! `outbox.db`: what this desk has done, and everything else on it that the server does not have. Precious: it is never cleared
//! by the program, every commit reaches the disk, copies of it are kept, and a damaged one is read as far as it can be.

mod copies;
mod entry;
mod keep;
mod opening;
mod salvage;
mod sending;
mod staged;
mod write;

pub use entry::{Entry, Saw, Settled};
pub use salvage::Salvage;
pub use sending::Batch;
pub use staged::{Attachment, Staged};
pub(crate) use write::New;

use domain::id::CommandId;
use sqlx::Row;
use std::path::PathBuf;

use crate::{
    error::{Error, Result},
    file::{File, Form, Seal},
    key::Key,
};

/// The migrations, oldest first. The version of a file is how many of them it has had.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/20261121090000_outbox.sql"),
    include_str!("../../migrations/20261129160000_staged.sql"),
    include_str!("../../migrations/20261130040000_keeping.sql"),
];
pub(crate) const VERSION: i64 = 3;
const FORM: Form = Form { application_id: 0x4d4a_6f75, version: VERSION, durable: true, cache_kib: 2_048, seal: Seal::Sha512 };

/// An open outbox.
#[derive(Debug)]
pub(crate) struct Outbox {
    file: File,
    key: Key,
    folder: PathBuf,
    /// The commands that are not finished, and those whose effect the mirror has not yet received, in their order.
    live: Vec<Entry>,
    /// The files that commands wait for, oldest first.
    staged: Vec<Staged>,
}

impl Outbox {
    /// The commands that are not finished, and those whose effect the mirror has not yet received, in their order.
    pub(crate) fn live(&self) -> &[Entry] {
        &self.live
    }
    /// One of them.
    pub(crate) fn live_entry(&self, id: CommandId) -> Option<&Entry> {
        self.live.iter().find(|e| e.id == id)
    }
    /// Any command in the file.
    pub(crate) async fn lookup(&mut self, id: CommandId) -> Result<Option<Entry>> {
        if let Some(entry) = self.live_entry(id) {
            return Ok(Some(entry.clone()));
        }
        let sql = sqlx::AssertSqlSafe(format!("SELECT {} FROM command WHERE id = ?", Entry::COLUMNS));
        let row = self.file.optional(sqlx::query(sql).bind(blob(id))).await?;
        row.as_ref().map(Entry::read).transpose()
    }
    /// Reads again what is remembered of the file: what is open, and what was applied above this number of this history.
    pub(crate) async fn reload(&mut self, generation: i64, whole: Option<i64>) -> Result<()> {
        self.file.recover().await?;
        // What [`Entry::is_above`] says, so that not all that was ever applied is read.
        let above = if domain::planted::planted("histories_mixed") { "? IS NOT NULL AND seq > ?" } else { "generation = ? AND seq > ?" };
        let sql = sqlx::AssertSqlSafe(format!(
            "SELECT {} FROM command WHERE state IN ('held', 'queued', 'sent', 'refused', 'conflict', 'blocked', 'unknown') \
             UNION ALL SELECT {0} FROM command WHERE state = 'applied' AND {above} ORDER BY n",
            Entry::COLUMNS
        ));
        let query = sqlx::query(sql).bind(generation).bind(whole.unwrap_or(-1));
        let rows = self.file.all(query).await?;
        self.live = rows.iter().map(Entry::read).collect::<Result<_>>()?;
        self.reload_staged().await
    }
    /// Reads it again after work was abandoned half-way: that may have been between an answer and what follows from it.
    pub(crate) async fn mend(&mut self, generation: i64, whole: Option<i64>) -> Result<()> {
        self.reload(generation, whole).await?;
        self.block_dependents().await.map(drop)
    }
    /// Forgets commands whose effect the mirror has received.
    pub(crate) fn retire(&mut self, generation: i64, whole: Option<i64>) {
        self.live.retain(|e| e.is_open() || e.is_above(generation, whole));
    }
    /// Commands that were finished since this moment, newest first, and how many there are.
    pub(crate) async fn finished(&mut self, since: i64, limit: u32) -> Result<(Vec<Entry>, u32)> {
        let sql = sqlx::AssertSqlSafe(format!(
            "SELECT {} FROM command WHERE finished_at >= ? AND state IN ('applied', 'settled') ORDER BY finished_at DESC, n DESC LIMIT ?",
            Entry::COLUMNS
        ));
        let rows = self.file.all(sqlx::query(sql).bind(since).bind(limit)).await?;
        let count = "SELECT count(*) FROM command WHERE finished_at >= ? AND state IN ('applied', 'settled')";
        let row = self.file.one(sqlx::query(count).bind(since)).await?;
        let total: i64 = row.try_get(0)?;
        Ok((rows.iter().map(Entry::read).collect::<Result<_>>()?, u32::try_from(total).unwrap_or(u32::MAX)))
    }
    /// The commands that were given since this moment and tried at least once: those a server may know.
    async fn tried_since(&mut self, since: i64) -> Result<Vec<CommandId>> {
        let sql = "SELECT id FROM command WHERE made_at >= ? AND tries > 0 ORDER BY n";
        let rows = self.file.all(sqlx::query(sql).bind(since)).await?;
        let id = |row: &sqlx::sqlite::SqliteRow| -> Result<CommandId> {
            let bytes: &[u8] = row.try_get("id")?;
            let bad = |_| Error::Inconsistent { table: "command", column: "id", id: String::new() };
            uuid::Uuid::from_slice(bytes).map(CommandId::from_uuid).map_err(bad)
        };
        rows.iter().map(id).collect()
    }
    /// Reads every page of it. Returns how many commands it keeps, finished ones included.
    pub(crate) async fn read_through(&mut self) -> Result<u64> {
        self.file.check().await?;
        let row = self.file.one(sqlx::query("SELECT count(*) FROM command")).await?;
        Ok(u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0))
    }
    /// Whether work on the file was abandoned half-way.
    pub(crate) const fn is_unfinished(&self) -> bool {
        self.file.is_unfinished()
    }
    /// Closes it.
    pub(crate) async fn close(self) -> Result<()> {
        self.file.close().await
    }
}

/// An id as it stands in the tables.
fn blob(id: CommandId) -> Vec<u8> {
    id.uuid().as_bytes().to_vec()
}
