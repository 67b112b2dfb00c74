//! What is kept of orders that a person keeps, in rows. Which orders these are the outbox says; that a row is kept beyond the size of
//! the cache is derived from it, so that letting go of an order is one word and no walk through its files.

use domain::id::{DesignId, OrderId, RecordId};
use sqlx::{QueryBuilder, Row as _, Sqlite};
use std::collections::{HashMap, HashSet};

use super::{Kept, Mirror, Owner, gone, rows::blob};
use crate::error::Result;

/// What is kept beyond the cache of a version of a kept order: what cannot be drawn anew from something else that is here.
const HELD: [Kept; 2] = [Kept::Thumb, Kept::File];

impl Mirror {
    /// Remembers which orders are kept, as the outbox has it: the oldest choice first.
    pub(crate) fn remember_keeping(&mut self, orders: Vec<OrderId>) {
        self.keeping = orders;
    }
    /// The orders that are kept, the oldest choice first.
    pub(crate) fn keeping(&self) -> &[OrderId] {
        &self.keeping
    }
    /// Whether this order is kept.
    pub(crate) fn keeps(&self, order: OrderId) -> bool {
        self.keeping.contains(&order)
    }
    /// Whether this is kept beyond the cache.
    pub(crate) async fn is_held(&mut self, of: Owner, what: Kept) -> Result<bool> {
        let Owner::Design(id) = of else { return Ok(false) };
        if self.keeping.is_empty() || !HELD.contains(&what) {
            return Ok(false);
        }
        let query = sqlx::query("SELECT about FROM record WHERE kind = 14 AND id = ?").bind(blob(RecordId::from(id)));
        let Some(row) = self.file.optional(query).await? else { return Ok(false) };
        let about: Option<&[u8]> = row.try_get("about")?;
        Ok(about.map(gone::id).transpose()?.is_some_and(|order| self.keeps(order.into())))
    }
    /// `WHERE` of the rows of `kept` that are kept beyond the cache.
    pub(super) fn push_held(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push("(what IN (");
        push_whats(query);
        query.push(") AND id IN (SELECT id FROM record WHERE kind = 14 AND about IN (");
        self.push_keeping(query);
        query.push(")))");
    }
    fn push_keeping(&self, query: &mut QueryBuilder<Sqlite>) {
        let mut ids = query.separated(", ");
        for order in &self.keeping {
            ids.push_bind(blob(RecordId::from(*order)));
        }
    }
    /// How many bytes the files have that are here of kept orders, as their records say.
    pub(crate) async fn held_bytes(&mut self) -> Result<u64> {
        let mut query = QueryBuilder::new(
            "SELECT coalesce(sum(json_extract(record.body, '$.size')), 0) FROM kept JOIN record ON record.kind = 14 AND record.id = kept.id
            WHERE kept.what = 'file' AND record.about IN (",
        );
        self.push_keeping(&mut query);
        query.push(")");
        self.number(query).await
    }
    /// How many bytes the files of kept orders have, here or not, as their records say.
    pub(crate) async fn wanted_bytes(&mut self) -> Result<u64> {
        let mut query = QueryBuilder::new(
            "SELECT coalesce(sum(json_extract(body, '$.size')), 0) FROM record WHERE kind = 14
            AND json_extract(body, '$.purged') IS NULL AND about IN (",
        );
        self.push_keeping(&mut query);
        query.push(")");
        self.number(query).await
    }
    /// How many bytes are kept in the cache.
    pub(crate) async fn cached_bytes(&mut self) -> Result<u64> {
        let mut query = QueryBuilder::new("SELECT coalesce(sum(size), 0) FROM kept WHERE NOT ");
        self.push_held(&mut query);
        self.number(query).await
    }
    async fn number(&mut self, query: QueryBuilder<Sqlite>) -> Result<u64> {
        let bytes: i64 = self.fetch_row(query).await?.try_get(0)?;
        Ok(u64::try_from(bytes).unwrap_or(0))
    }
    /// The kept orders of which something may be missing, the oldest choice first. Most have everything, and are not looked at one by one.
    pub(crate) async fn lacking(&mut self) -> Result<Vec<OrderId>> {
        let mut query = QueryBuilder::new(
            "SELECT DISTINCT about FROM record INDEXED BY record_design WHERE kind = 14 AND json_extract(body, '$.purged') IS NULL
            AND (SELECT count(*) FROM kept WHERE kept.id = record.id AND what IN (",
        );
        push_whats(&mut query);
        query.push(")) < 1 + (json_extract(body, '$.media_type') LIKE 'image/%') AND about IN (");
        self.push_keeping(&mut query);
        query.push(")");
        let mut lacking = HashSet::new();
        for row in self.file.all(query.build()).await? {
            lacking.insert(OrderId::from(gone::id(row.try_get("about")?)?));
        }
        Ok(self.keeping.iter().copied().filter(|order| lacking.contains(order)).collect())
    }
    /// What is kept of each version of an order.
    pub(crate) async fn kept_in(&mut self, order: OrderId) -> Result<HashMap<DesignId, HashSet<Kept>>> {
        let sql = "SELECT id, what FROM kept WHERE id IN (SELECT id FROM record WHERE kind = 14 AND about = ?)";
        let mut all: HashMap<DesignId, HashSet<Kept>> = HashMap::new();
        for row in self.file.all(sqlx::query(sql).bind(blob(RecordId::from(order)))).await? {
            if let Some(what) = Kept::of_name(row.try_get("what")?) {
                all.entry(gone::id(row.try_get("id")?)?.into()).or_default().insert(what);
            }
        }
        Ok(all)
    }
    /// Forgets everything that is kept of the versions of an order.
    pub(crate) async fn forget_files(&mut self, order: OrderId) -> Result<()> {
        self.begin().await?;
        for sql in [
            "DELETE FROM kept WHERE id IN (SELECT id FROM record WHERE kind = 14 AND about = ?)",
            "DELETE FROM kept_piece WHERE id IN (SELECT id FROM record WHERE kind = 14 AND about = ?)",
        ] {
            self.file.run(sqlx::query(sql).bind(blob(RecordId::from(order)))).await?;
        }
        self.commit().await
    }
    /// The cache has at most so many bytes from now on.
    pub(crate) async fn trim(&mut self, most: u64) -> Result<()> {
        self.begin().await?;
        self.evict(most).await?;
        self.commit().await
    }
}

fn push_whats(query: &mut QueryBuilder<Sqlite>) {
    let mut whats = query.separated(", ");
    for what in HELD {
        whats.push_bind(what.name());
    }
}
