//! What the mirror holds of each kind, and reading all of it.

use domain::{
    record::{Kind, RecordRef},
    time::UtcMillis,
};
use sqlx::Row;

use super::{Mirror, gone, read::decode};
use crate::error::{Error, Result};

/// What is here of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindHere {
    /// Its wire name; a newer server may have kinds that this program does not know.
    pub kind: String,
    /// How many records.
    pub records: u64,
    /// When the newest one came or was answered; nothing for kinds that have no such moment.
    pub newest: Option<UtcMillis>,
}

impl Mirror {
    /// What is here of each kind that is here at all, by the numbers of the kinds.
    pub(crate) async fn kinds_here(&mut self) -> Result<Vec<KindHere>> {
        // The index of names is the smallest one that has every record.
        let sql = "SELECT kind, count(*) FROM record INDEXED BY record_name GROUP BY kind ORDER BY kind";
        let mut all = Vec::new();
        for row in self.file.all(sqlx::query(sql)).await? {
            let (kind, n): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let wire = self.kinds.wire(kind).ok_or_else(|| sqlx::Error::Decode("a number without a kind".into()))?.to_owned();
            let newest = self.newest(kind).await?;
            all.push(KindHere { kind: wire, records: u64::try_from(n).unwrap_or(0), newest });
        }
        Ok(all)
    }
    /// The last moment of a kind: two looks into an index, however many records there are.
    async fn newest(&mut self, kind: i64) -> Result<Option<UtcMillis>> {
        let mut newest = None;
        for open in [0, 1] {
            let row = self.file.one(sqlx::query("SELECT max(at) FROM record WHERE kind = ? AND open = ?").bind(kind).bind(open)).await?;
            newest = newest.max(row.try_get::<Option<i64>, _>(0)?);
        }
        Ok(newest.map(UtcMillis::from_ms))
    }
    /// Reads up to `limit` records from row `from` on, each to its last letter. Returns how many there were, and where to go on.
    ///
    /// # Errors
    /// The file's damage, and a record that does not say what its kind says, which is damage too.
    pub(crate) async fn read_through(&mut self, from: i64, limit: u32) -> Result<(u64, Option<i64>)> {
        let query = sqlx::query("SELECT n, kind, id, body FROM record WHERE n >= ? ORDER BY n LIMIT ?").bind(from).bind(limit);
        let rows = self.file.all(query).await?;
        let mut next = None;
        for row in &rows {
            let (n, code, id): (i64, i64, _) = (row.try_get("n")?, row.try_get("kind")?, gone::id(row.try_get("id")?)?);
            let body: &str = row.try_get("body")?;
            match Kind::ALL.iter().find(|kind| i64::from(kind.code()) == code) {
                Some(kind) => drop(decode(RecordRef { kind: *kind, id }, body)?),
                // Of a kind that only a newer program knows, it is JSON at least.
                None => drop(serde_json::from_str::<serde::de::IgnoredAny>(body).map_err(|_| Error::Inconsistent {
                    table: "record",
                    column: "body",
                    id: id.to_string(),
                })?),
            }
            next = Some(n + 1);
        }
        let full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
        Ok((u64::try_from(rows.len()).unwrap_or(u64::MAX), next.filter(|_| full)))
    }
}
