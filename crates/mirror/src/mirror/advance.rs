//! Moving the positions, in the transaction of the rows they stand for.

use domain::record::{AnyRecord, RecordRef};
use std::collections::HashMap;

use super::{Mirror, read::decode};
use crate::{chunk::Place, error::Result};

impl Mirror {
    /// Moves on to the end of a part of the feed. Returns whether the walk has ended by now. A live mark without any change
    /// (`write` is false) is only remembered: the next page writes it down, and until then the earlier one is as good.
    pub(crate) async fn advance(&mut self, place: &Place, write: bool) -> Result<bool> {
        let position = &mut self.position;
        match place {
            Place::Opening => {}
            Place::Work { cursor, seq } | Place::Head { cursor, seq } => {
                position.opened = matches!(place, Place::Work { .. });
                position.head = Some(*seq);
                position.live = Some(cursor.clone());
                position.walk = Some(cursor.clone());
                (position.whole, position.level) = (Some(*seq), true);
            }
            Place::Up { cursor, whole } => {
                position.live = Some(cursor.clone());
                position.whole = whole.or(position.whole);
                position.level = whole.is_some();
            }
            Place::Down { cursor: Some(cursor), .. } => position.walk = Some(cursor.clone()),
            Place::Down { cursor: None, .. } => (position.walk, position.walked) = (None, true),
        }
        let walked = position.walked;
        if let Place::Down { cursor, .. } = place {
            self.file.expect_many(cursor.is_some()).await?;
        }
        if write {
            let position = self.position.clone();
            position.write(&mut self.file).await?;
        }
        Ok(walked)
    }
    /// Lets what is read from now on be another history. Nothing was read yet.
    pub(crate) async fn begin_history(&mut self, generation: i64) -> Result<()> {
        self.begin().await?;
        self.file.run(sqlx::query("UPDATE position SET generation = ?").bind(generation)).await?;
        self.commit().await?;
        self.position.generation = generation;
        Ok(())
    }
    /// Notes that count and sum were compared.
    pub(crate) async fn checked(&mut self, at: i64) -> Result<()> {
        self.position.checked_at = Some(at);
        let position = self.position.clone();
        position.write(&mut self.file).await
    }
    /// What the server last said of these records, as far as it is here and can be read.
    pub(crate) async fn server_states(&mut self, names: &[RecordRef]) -> Result<HashMap<RecordRef, AnyRecord>> {
        let mut all = HashMap::new();
        let mut ours = Vec::new();
        for stored in self.records(names).await? {
            if stored.ours {
                ours.push(stored.name);
            } else if let Ok(record) = stored.record() {
                all.insert(stored.name, record);
            }
        }
        all.extend(self.said(&ours).await?);
        Ok(all)
    }
    /// The same of records over which something of ours is laid.
    pub(crate) async fn said(&mut self, ours: &[RecordRef]) -> Result<HashMap<RecordRef, AnyRecord>> {
        let copies = self.copies(Some(ours)).await?;
        Ok(copies.into_iter().filter_map(|(name, state)| Some((name, decode(name, &state?.body).ok()?))).collect())
    }
    /// Remembers what was looked at, as the outbox keeps it.
    pub(crate) fn remember_looked(&mut self, records: &[RecordRef]) {
        self.looked = records.iter().map(|r| r.id).collect();
    }
    /// Notes that a record was looked at.
    pub(crate) async fn look_at(&mut self, record: RecordRef) -> Result<()> {
        self.looked.insert(record.id);
        let (kind, id) = super::rows::name(record);
        let query = sqlx::query("UPDATE record SET looked = 1 WHERE kind = ? AND id = ? AND looked = 0").bind(kind).bind(id);
        self.begin().await?;
        self.file.run(query).await?;
        self.commit().await
    }
}
