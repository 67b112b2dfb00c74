//! What the engine under the mirror could do at best, for measurements beside it in the same run. Not part of what people get.

use sqlx::{AssertSqlSafe, Row};
use std::path::Path;

use crate::{cabinet::MIRROR, error::Result, file::File, key::Key, mirror::FORM};

/// A finished mirror whose rows can be copied inside the engine: no JSON, no binds, no rulebook.
#[derive(Debug)]
pub struct Limit {
    file: File,
    tables: Vec<String>,
    indexes: Vec<String>,
}

impl Limit {
    /// Opens the mirror of a folder that nobody has open.
    ///
    /// # Errors
    /// As for opening any of the files.
    pub async fn open(folder: &Path, key: &Key) -> Result<Self> {
        let mut file = File::open(&folder.join(MIRROR), key, FORM).await?;
        let query = "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'record' AND type IN ('table', 'index') AND sql IS NOT NULL";
        let (mut tables, mut indexes) = (Vec::new(), Vec::new());
        for row in file.all(sqlx::query(query)).await? {
            let (kind, sql): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            // The copies have names of their own; everything else about them is the same.
            let sql = sql.replace(" ON record", " ON record_copy").replacen(" record_", " copy_record_", 1);
            if kind == "table" { tables.push(sql.replacen("record", "record_copy", 1)) } else { indexes.push(sql) }
        }
        Ok(Self { file, tables, indexes })
    }
    /// Copies every record once, with every index, durably. Returns how many there were; whoever asks holds the clock.
    ///
    /// # Errors
    /// As for any work on the files.
    pub async fn copy(mut self) -> Result<u64> {
        self.file.begin().await?;
        for sql in self.tables.drain(..) {
            self.file.execute(AssertSqlSafe(sql)).await?;
        }
        let copied = self.file.run(sqlx::query("INSERT INTO record_copy SELECT * FROM record")).await?.rows_affected();
        for sql in self.indexes.drain(..) {
            self.file.execute(AssertSqlSafe(sql)).await?;
        }
        self.file.commit().await?;
        self.file.close().await?;
        Ok(copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cabinet, Keys};
    use domain::{
        name::PersonName,
        role::{Actor, Person, Role},
        time::UtcMillis,
    };

    #[tokio::test]
    async fn the_copy_has_the_rows_and_the_indexes_of_the_mirror() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) };
        let person = Person { id: domain::id::UserId::from_uuid(uuid::Uuid::nil()), name: PersonName::new("Sari Admin").unwrap() };
        let actor = Actor::person(person, vec![Role::Admin], None, None);
        let (cabinet, _) = Cabinet::open(dir.path(), keys.clone(), actor, UtcMillis::from_ms(0), None).await.unwrap();
        cabinet.close().await.unwrap();
        let limit = Limit::open(dir.path(), &keys.mirror).await.unwrap();
        assert!(limit.tables.len() == 1 && limit.indexes.len() >= 4, "{limit:?}");
        assert_eq!(limit.copy().await.unwrap(), 0);
        let mut file = File::open(&dir.path().join(MIRROR), &keys.mirror, FORM).await.unwrap();
        let count = "SELECT count(*) FROM sqlite_master WHERE tbl_name = ? AND type = 'index' AND sql IS NOT NULL";
        let mut counts = Vec::new();
        for table in ["record", "record_copy"] {
            counts.push(file.one(sqlx::query(count).bind(table)).await.unwrap().get::<i64, _>(0));
        }
        assert_eq!(counts[0], counts[1]);
        file.close().await.unwrap();
    }
}
