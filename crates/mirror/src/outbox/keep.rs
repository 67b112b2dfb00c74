//! The small things a desk keeps beside its commands: drafts, what was told, what was looked at, whose files are
//! kept, single values.

use domain::{
    id::{CommandId, OrderId},
    record::RecordRef,
    time::{DAY, UtcMillis},
};
use sqlx::Row;

use super::Outbox;
use crate::{error::Result, mirror::id_of};

/// Under what the history is kept that was begun last.
const GENERATION: &str = "generation";
/// Under what the history is kept in which the server was asked which commands of this desk it knows.
const ASKED_IN: &str = "asked_in";
/// How many texts that were begun are given out.
const DRAFTS: i64 = 500;
/// How far back a server is asked which commands it knows.
const ASKED: i64 = 30 * DAY;

impl Outbox {
    /// Keeps a text a person began; an empty one is forgotten.
    pub(crate) async fn set_draft(&mut self, key: &str, text: &str, at: UtcMillis) -> Result<()> {
        let query = if text.is_empty() {
            sqlx::query("DELETE FROM draft WHERE key = ?").bind(key)
        } else {
            sqlx::query(
                "INSERT INTO draft (key, text, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text, at = excluded.at",
            )
            .bind(key)
            .bind(text)
            .bind(at.ms())
        };
        self.file.run(query).await.map(drop)
    }
    /// The texts a person began, the newest first, each under its name.
    pub(crate) async fn drafts(&mut self) -> Result<Vec<(String, String)>> {
        let rows = self.file.all(sqlx::query("SELECT key, text FROM draft ORDER BY at DESC, key LIMIT ?").bind(DRAFTS)).await?;
        Ok(rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<sqlx::Result<_>>()?)
    }
    /// Marks something as told, before it is told. Whether it had not been.
    ///
    /// Invariant: once is enough. “A toast is marked as shown before it is shown.”
    pub(crate) async fn mark_told(&mut self, key: &str, at: UtcMillis) -> Result<bool> {
        if domain::planted::planted("told_twice") {
            return Ok(true);
        }
        let query = sqlx::query("INSERT INTO toast (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(key).bind(at.ms());
        let done = self.file.run(query).await?;
        Ok(done.rows_affected() == 1)
    }
    /// Marks a record as looked at. Whether it had not been.
    pub(crate) async fn mark_looked(&mut self, record: RecordRef, at: UtcMillis) -> Result<bool> {
        let query =
            sqlx::query("INSERT INTO looked (record, at) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(record.to_string()).bind(at.ms());
        let done = self.file.run(query).await?;
        Ok(done.rows_affected() == 1)
    }
    /// Everything that was looked at.
    pub(crate) async fn looked(&mut self) -> Result<Vec<RecordRef>> {
        let rows = self.file.all(sqlx::query("SELECT record FROM looked")).await?;
        // A kind that this program no longer knows is not in any of its lists.
        Ok(rows.iter().filter_map(|row| row.try_get::<&str, _>(0).ok()?.parse().ok()).collect())
    }
    /// Notes that a person keeps the files of an order, or does no longer.
    pub(crate) async fn set_keeping(&mut self, order: OrderId, keep: bool, at: UtcMillis) -> Result<()> {
        let id = order.uuid().as_bytes().to_vec();
        let query = if keep {
            sqlx::query("INSERT INTO keeping (order_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING").bind(id).bind(at.ms())
        } else {
            sqlx::query("DELETE FROM keeping WHERE order_id = ?").bind(id)
        };
        self.file.run(query).await.map(drop)
    }
    /// The orders whose files a person keeps, the oldest choice first.
    pub(crate) async fn keeping(&mut self) -> Result<Vec<OrderId>> {
        let rows = self.file.all(sqlx::query("SELECT order_id FROM keeping ORDER BY at, order_id")).await?;
        rows.iter().map(|row| Ok(id_of(row.try_get(0)?)?.into())).collect()
    }
    /// Keeps a single value; `None` forgets it.
    pub(crate) async fn set_value(&mut self, key: &str, value: Option<&str>) -> Result<()> {
        let query = match value {
            None => sqlx::query("DELETE FROM meta WHERE key = ?").bind(key),
            Some(value) => {
                sqlx::query("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
                    .bind(key)
                    .bind(value)
            }
        };
        self.file.run(query).await.map(drop)
    }
    /// A single value.
    pub(crate) async fn value(&mut self, key: &str) -> Result<Option<String>> {
        let row = self.file.optional(sqlx::query("SELECT value FROM meta WHERE key = ?").bind(key)).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
    /// The history of the server that was begun last; the first is 1.
    pub(crate) async fn generation(&mut self) -> Result<i64> {
        self.number(GENERATION).await
    }
    /// Notes that another history was begun.
    pub(crate) async fn set_generation(&mut self, generation: i64) -> Result<()> {
        self.set_value(GENERATION, Some(&generation.to_string())).await
    }
    /// The history in which the server was asked last which commands it knows.
    pub(crate) async fn asked_in(&mut self) -> Result<i64> {
        self.number(ASKED_IN).await
    }
    /// Notes that the server was asked.
    pub(crate) async fn set_asked_in(&mut self, generation: i64) -> Result<()> {
        self.set_value(ASKED_IN, Some(&generation.to_string())).await
    }
    /// The commands of the last 30 days that a server may know.
    pub(crate) async fn tried_lately(&mut self, now: UtcMillis) -> Result<Vec<CommandId>> {
        self.tried_since(now.plus(-ASKED).ms()).await
    }
    async fn number(&mut self, key: &str) -> Result<i64> {
        Ok(self.value(key).await?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }
}
