//! `mirror.db`: the records as received and as shown. Disposable: whatever is wrong with it, the feed makes it anew.

mod advance;
mod check;
mod facts;
mod finder;
mod gone;
mod keeping;
mod kept;
mod overlay;
mod position;
mod read;
mod rows;
mod standing;

pub use check::Tally;
pub(crate) use facts::Loader;
pub(crate) use finder::{Finder, Found};
pub(crate) use gone::id as id_of;
pub use kept::{Kept, Owner};
pub(crate) use overlay::Shown;
pub(crate) use position::Position;
pub(crate) use read::{Stored, decode};
pub(crate) use rows::Incoming;
pub use standing::KindHere;

use domain::{
    id::{OrderId, RecordId, UserId},
    record::Kind,
};
use sqlx::{AssertSqlSafe, Row};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use crate::{
    error::Result,
    file::{File, Form, Seal},
    key::Key,
};

/// The version of the tables. Another one means: build it again.
pub(crate) const VERSION: i64 = 11;
pub(crate) const FORM: Form = Form { application_id: 0x4d4a_6d69, version: VERSION, durable: false, cache_kib: 16_384, seal: Seal::Sha256 };

/// The small numbers of kinds: the known ones have their own, those of newer servers get one here.
#[derive(Debug, Default)]
pub(crate) struct Kinds(HashMap<String, i64>);

/// Above all numbers that a kind of this program can have ([`Kind::code`] is an `i16`).
const FIRST_FOREIGN: i64 = 100_000;

/// An open mirror.
#[derive(Debug)]
pub(crate) struct Mirror {
    file: File,
    me: UserId,
    kinds: Kinds,
    gones: HashMap<(i64, RecordId), i64>,
    /// What this person has looked at; ids are unique over all kinds.
    looked: HashSet<RecordId>,
    /// The orders whose files a person keeps, the oldest choice first.
    keeping: Vec<OrderId>,
    position: Position,
    /// What can be found, once somebody has searched.
    finder: Option<Finder>,
}

impl Mirror {
    /// Opens the mirror of this person, or makes an empty one of this generation. One of an older program is made anew.
    pub(crate) async fn open(path: &Path, key: &Key, me: UserId, generation: i64) -> Result<Self> {
        let mut file = File::open(path, key, FORM).await?;
        if file.version != VERSION {
            file.close().await?;
            crate::file::remove(path)?;
            file = File::open(path, key, FORM).await?;
            make(&mut file, generation).await?;
        }
        let mut mirror = Self::over(file, me);
        mirror.reload().await?;
        Ok(mirror)
    }
    /// Reads again what is remembered of the file, after work on it was abandoned half-way.
    pub(crate) async fn reload(&mut self) -> Result<()> {
        self.file.recover().await?;
        self.position = Position::read(&mut self.file).await?;
        self.kinds = Kinds::read(&mut self.file).await?;
        self.gones = gone::read(&mut self.file).await?;
        self.finder = None;
        Ok(())
    }
    /// Whether work on the file was abandoned half-way.
    pub(crate) const fn is_unfinished(&self) -> bool {
        self.file.is_unfinished()
    }
    /// Begins a transaction.
    pub(crate) async fn begin(&mut self) -> Result<()> {
        self.file.begin().await
    }
    /// Ends a transaction.
    pub(crate) async fn commit(&mut self) -> Result<()> {
        self.file.commit().await
    }
    /// Ends a transaction whose so many rows, and the position behind them, may be lost together in a crash.
    pub(crate) async fn commit_later(&mut self, rows: usize) -> Result<()> {
        self.file.commit_later(rows).await
    }
    /// Nothing, in memory: it stands in while one file takes the place of another.
    pub(crate) async fn stand_in(me: UserId) -> Result<Self> {
        Ok(Self::over(File::nowhere().await?, me))
    }
    /// Whether it only stands in for one.
    pub(crate) fn is_stand_in(&self) -> bool {
        self.file.path.as_os_str().is_empty()
    }
    fn over(file: File, me: UserId) -> Self {
        let (kinds, gones, looked) = (Kinds::default(), HashMap::new(), HashSet::new());
        Self { file, me, kinds, gones, looked, keeping: Vec::new(), position: Position::default(), finder: None }
    }
    /// Where it stands.
    pub(crate) const fn position(&self) -> &Position {
        &self.position
    }
    /// Closes it.
    pub(crate) async fn close(self) -> Result<()> {
        self.file.close().await
    }
}

/// Makes the tables of an empty mirror.
async fn make(file: &mut File, generation: i64) -> Result<()> {
    file.begin().await?;
    file.execute(include_str!("schema.sql")).await?;
    file.run(sqlx::query("INSERT INTO position (one, generation) VALUES (1, ?)").bind(generation)).await?;
    file.execute(AssertSqlSafe(format!("PRAGMA application_id = {}; PRAGMA user_version = {VERSION}", FORM.application_id))).await?;
    file.commit().await
}

impl Kinds {
    async fn read(file: &mut File) -> Result<Self> {
        let mut all: HashMap<String, i64> = Kind::ALL.iter().map(|k| (k.wire().to_owned(), i64::from(k.code()))).collect();
        for row in file.all(sqlx::query("SELECT code, wire FROM kind")).await? {
            all.insert(row.try_get("wire")?, row.try_get("code")?);
        }
        Ok(Self(all))
    }
    /// The number of a kind, and whether it is new here and must be written down.
    fn code(&mut self, wire: &str) -> (i64, bool) {
        if let Some(code) = self.0.get(wire) {
            return (*code, false);
        }
        let code = self.0.values().copied().max().unwrap_or(0).max(FIRST_FOREIGN) + 1;
        self.0.insert(wire.to_owned(), code);
        (code, true)
    }
    /// The name of a number.
    fn wire(&self, code: i64) -> Option<&str> {
        self.0.iter().find(|(_, c)| **c == code).map(|(wire, _)| wire.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::record::ColumnType;
    use sha2::{Digest, Sha256};

    /// A file of an older program is read with the columns of that program. Whoever adds a kind, or a field that lists are made
    /// from, raises `VERSION` and then this fingerprint.
    #[test]
    fn another_set_of_kinds_is_another_version() {
        let mut hash = Sha256::new();
        for kind in Kind::ALL {
            hash.update(format!("{} {}\n", kind.code(), kind));
            for column in kind.columns().iter().filter(|c| c.ty != ColumnType::Json) {
                hash.update(format!("{} ", column.name));
            }
        }
        hash.update(include_str!("schema.sql"));
        let text: String = hash.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
        assert_eq!((VERSION, text.as_str()), (11, "b2541e5bee97"));
    }

    #[tokio::test]
    async fn the_marks_in_the_header_are_those_of_the_form() {
        let dir = tempfile::tempdir().unwrap();
        let (path, key) = (dir.path().join("m.db"), Key::new([3; 32]));
        let me = UserId::from_uuid(uuid::Uuid::nil());
        Mirror::open(&path, &key, me, 4).await.unwrap().close().await.unwrap();
        let again = Mirror::open(&path, &key, me, 5).await.unwrap();
        assert_eq!(again.position().generation, 4, "an existing mirror keeps its generation");
    }

    #[tokio::test]
    async fn a_mirror_of_a_newer_program_is_left_as_it_is() {
        use crate::{Cabinet, Error, Keys};
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys { outbox: Key::new([1; 32]), mirror: Key::new([2; 32]) };
        let (me, now) = (domain::role::Actor::system(), domain::time::UtcMillis::from_ms(0));
        let (cabinet, _) = Cabinet::open(dir.path(), keys.clone(), me.clone(), now, None).await.unwrap();
        cabinet.close().await.unwrap();
        let path = dir.path().join("mirror.db");
        let mut file = File::open(&path, &keys.mirror, FORM).await.unwrap();
        file.execute(AssertSqlSafe(format!("PRAGMA user_version = {}", VERSION + 1))).await.unwrap();
        file.close().await.unwrap();
        let before = std::fs::read(&path).unwrap();
        for _ in 0..2 {
            let refused = Cabinet::open(dir.path(), keys.clone(), me.clone(), now, None).await;
            assert!(matches!(refused, Err(Error::TooNew { found, known: VERSION, .. }) if found == VERSION + 1), "{refused:?}");
        }
        assert!(!dir.path().join("mirror-damaged.db").exists(), "too new is no damage");
        assert_eq!(std::fs::read(&path).unwrap(), before, "the newer program finds it as it left it");
        // What was not sent goes all the same: the outbox opens without the mirror.
        crate::Drawer::open(dir.path(), &keys.outbox, now, None).await.unwrap();
    }
}
