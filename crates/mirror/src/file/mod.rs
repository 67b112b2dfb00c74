//! Opening one of the desk's two files, and what is refused then.
//!
//! Invariant: one owner. “Each file has one connection and one owner, and an exclusive lock.” The SQLite under this cipher
//! lies in the range of the WAL-reset bug (3.7.0 to 3.51.2), which needs two connections to strike: there is never a second.

#[cfg(test)]
mod tests;
mod transaction;

pub(crate) use transaction::Together;

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, Row, SqlSafeStr, SqliteConnection,
    query::Query,
    sqlite::{Sqlite, SqliteArguments, SqliteConnectOptions, SqliteQueryResult, SqliteRow},
};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    error::{Error, Result},
    key::Key,
};

/// What distinguishes the two files for SQLite.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Marks the file as ours, and as this one of the two.
    pub(crate) application_id: i64,
    /// The newest version of its tables that this program knows.
    pub(crate) version: i64,
    /// Whether every commit reaches the disk before it is answered.
    pub(crate) durable: bool,
    /// How much of it may stay in memory, in KiB.
    pub(crate) cache_kib: u32,
    /// What seals its pages beside the cipher.
    pub(crate) seal: Seal,
}

/// The hash with which the cipher seals each page of a file, so that what was changed from outside is damage.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Seal {
    /// SQLCipher's own choice.
    Sha512,
    /// As good against forgery, and more than twice as fast where the processor helps with it: 1.6 GB/s beside 0.7.
    Sha256,
}

impl Seal {
    const fn name(self) -> &'static str {
        match self {
            Self::Sha512 => "HMAC_SHA512",
            Self::Sha256 => "HMAC_SHA256",
        }
    }
}

/// The size of a page in bytes. Larger pages cost the cipher less for each row and make small commits dearer; measured on
/// the first sync of 200,000 records against one small commit.
const PAGE_SIZE: u32 = 8192;

/// An open file.
#[derive(Debug)]
pub(crate) struct File {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its one connection, until the file is closed.
    conn: Option<SqliteConnection>,
    /// The version of its tables; 0 for a file that was just made.
    pub(crate) version: i64,
    /// Whether a transaction was begun and neither committed nor rolled back: so it stays when work is abandoned half-way.
    unfinished: bool,
    /// Whether a transaction begins with the next statement that writes.
    waits_to_begin: bool,
    /// How much a finished piece of work has left in a transaction that is still open.
    deferred: Option<usize>,
    /// How it goes about its work at most times, and now.
    usual: Pace,
    pace: Pace,
}

/// What a file has while it takes in many rows: so much of it in memory, in KiB, that the indexes whose keys come in no order stay
/// there, and so many pages in its log (128 MiB), that a page which is written again and again is folded into the file once, and that what
/// is folded in has reached the disk long before.
const MANY: Pace = Pace { cache_kib: 32_768, log_pages: 16_000 };
/// How many pages the log has at other times: SQLite's own choice.
const LOG_PAGES: u32 = 1_000;

/// How a file goes about its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pace {
    cache_kib: u32,
    log_pages: u32,
}

impl File {
    /// Opens a file, or makes it.
    pub(crate) async fn open(path: &Path, key: &Key, form: Form) -> Result<Self> {
        #[cfg(feature = "testing")]
        let working = crate::trouble::Working::begin();
        check_cipher().await?;
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).busy_timeout(Duration::ZERO);
        let options = options.statement_cache_capacity(200).disable_statement_logging();
        let conn = options.connect().await.map_err(|e| Error::of(e, path))?;
        #[cfg(feature = "testing")]
        drop(working);
        let mut file = Self::over(path, conn, form.cache_kib);
        // The first statement that reads decrypts the first page and takes the lock: here a wrong key and a second owner show.
        file.execute(AssertSqlSafe(settings(key, form))).await?;
        let row =
            file.one(sqlx::query("SELECT v.user_version, a.application_id FROM pragma_user_version v, pragma_application_id a")).await?;
        let (version, mark): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        if version > form.version {
            return Err(Error::TooNew { file: path.to_owned(), found: version, known: form.version });
        }
        if version > 0 && mark != form.application_id {
            return Err(Error::Damaged { file: path.to_owned() });
        }
        file.version = version;
        Ok(file)
    }
    /// A connection to nothing, in memory.
    pub(crate) async fn nowhere() -> Result<Self> {
        #[cfg(feature = "testing")]
        let _working = crate::trouble::Working::begin();
        let options = SqliteConnectOptions::new().in_memory(true).disable_statement_logging();
        let conn = options.connect().await.map_err(Error::Sql)?;
        Ok(Self::over(Path::new(""), conn, 2_000))
    }
    fn over(path: &Path, conn: SqliteConnection, cache_kib: u32) -> Self {
        let usual = Pace { cache_kib, log_pages: LOG_PAGES };
        let path = path.to_owned();
        Self { path, conn: Some(conn), version: 0, unfinished: false, waits_to_begin: false, deferred: None, usual, pace: usual }
    }
    /// Says whether many rows are coming now; what is in memory for them is given back when they have come.
    pub(crate) async fn expect_many(&mut self, many: bool) -> Result<()> {
        let pace = if many { MANY } else { self.usual };
        if self.pace == pace {
            return Ok(());
        }
        let Pace { cache_kib, log_pages } = pace;
        self.execute(AssertSqlSafe(format!("PRAGMA cache_size = -{cache_kib}; PRAGMA wal_autocheckpoint = {log_pages}"))).await?;
        if !many {
            self.execute("PRAGMA shrink_memory").await?;
        }
        self.pace = pace;
        Ok(())
    }
    /// Makes the file as small as what is in it, where at least so many bytes of it are empty and at most so many in use. A crash leaves
    /// the one or the other.
    pub(crate) async fn give_back(&mut self, empty: u64, in_use: u64) -> Result<()> {
        let row = self.one(sqlx::query("SELECT page_count, freelist_count FROM pragma_page_count, pragma_freelist_count")).await?;
        let (pages, free): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let bytes = |pages: i64| u64::try_from(pages).unwrap_or(0) * u64::from(PAGE_SIZE);
        if bytes(free) < empty || bytes(pages - free) > in_use {
            return Ok(());
        }
        self.execute("VACUUM").await?;
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)").await
    }
    /// Runs statements that answer nothing.
    pub(crate) async fn execute(&mut self, sql: impl SqlSafeStr + Send) -> Result<()> {
        self.really_begin().await?;
        self.raw(sql).await
    }
    async fn raw(&mut self, sql: impl SqlSafeStr + Send) -> Result<()> {
        let sql = sqlx::raw_sql(sql);
        self.with(async |conn| sql.execute(conn).await.map(drop)).await
    }
    /// Runs a statement that writes.
    pub(crate) async fn run(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<SqliteQueryResult> {
        self.really_begin().await?;
        self.with(async |conn| query.execute(conn).await).await
    }
    /// The rows of a statement.
    pub(crate) async fn all(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<Vec<SqliteRow>> {
        self.with(async |conn| query.fetch_all(conn).await).await
    }
    /// The one row of a statement.
    pub(crate) async fn one(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<SqliteRow> {
        self.with(async |conn| query.fetch_one(conn).await).await
    }
    /// The row of a statement, if it has one.
    pub(crate) async fn optional(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<Option<SqliteRow>> {
        self.with(async |conn| query.fetch_optional(conn).await).await
    }
    async fn with<T>(&mut self, work: impl AsyncFnOnce(&mut SqliteConnection) -> sqlx::Result<T>) -> Result<T> {
        let Some(conn) = &mut self.conn else { return Err(Error::Closed { file: self.path.clone() }) };
        #[cfg(feature = "testing")]
        crate::trouble::fate(&self.path).await?;
        #[cfg(feature = "testing")]
        let _working = crate::trouble::Working::begin();
        let done = work(conn).await.map_err(|e| Error::of(e, &self.path));
        #[cfg(feature = "testing")]
        crate::trouble::turn().await;
        done
    }
    /// Reads every page of it.
    pub(crate) async fn check(&mut self) -> Result<()> {
        let rows = match self.all(sqlx::query("PRAGMA integrity_check(1)")).await {
            // A disk that fails is no damaged file: what cannot be read now may be whole, and must not be set aside.
            Err(Error::Disk) => return Err(Error::Disk),
            rows => rows.unwrap_or_default(),
        };
        let fine = rows.len() == 1 && rows.iter().all(|row| row.try_get::<String, _>(0).is_ok_and(|text| text == "ok"));
        if fine { Ok(()) } else { Err(Error::Damaged { file: self.path.clone() }) }
    }
    /// Attaches another file that has the same key, under the name `other`.
    pub(crate) async fn attach(&mut self, other: &Path, key: &Key) -> Result<()> {
        let path = other.to_str().ok_or(Error::Disk)?.to_owned();
        self.run(sqlx::query("ATTACH DATABASE ? AS other KEY ?").bind(path).bind(key.literal())).await.map(drop)
    }
    /// Lets the other file go.
    pub(crate) async fn detach(&mut self) -> Result<()> {
        self.execute("DETACH DATABASE other").await
    }
    /// Writes a whole copy of one moment, under the same key, to a file that must not exist.
    pub(crate) async fn copy_to(&mut self, to: &Path, key: &Key) -> Result<()> {
        self.attach(to, key).await?;
        let exported = self.export().await;
        self.detach().await?;
        exported
    }
    async fn export(&mut self) -> Result<()> {
        self.one(sqlx::query("SELECT sqlcipher_export('other')")).await?;
        // The export copies tables and rows, not the numbers of the header.
        let row =
            self.one(sqlx::query("SELECT v.user_version, a.application_id FROM pragma_user_version v, pragma_application_id a")).await?;
        let (version, mark): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        self.execute(AssertSqlSafe(format!("PRAGMA other.user_version = {version}; PRAGMA other.application_id = {mark}"))).await
    }
    /// Closes it after what runs is finished; everything is in the one file then.
    pub(crate) async fn close(mut self) -> Result<()> {
        if self.deferred.is_some() && !self.unfinished {
            self.commit().await?;
        }
        #[cfg(feature = "testing")]
        let _working = crate::trouble::Working::begin();
        match self.conn.take() {
            Some(conn) => conn.close().await.map_err(|e| Error::of(e, &self.path)),
            None => Ok(()),
        }
    }
}

impl Drop for File {
    /// A file that is let go is closed when this returns. Its connection works on a thread of its own, and the cipher takes
    /// itself down when the program ends: a thread that is still closing then would fall with it.
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            let _ = futures_executor::block_on(conn.close());
        }
    }
}

/// Has the log written out now, beside the next work: folding it in waits for the disk, and so only for what came last. SQLite locks the
/// file and its index, never the log, so that opening and closing it takes nothing away. A failure is found by whoever waits for it.
fn send_on_its_way(path: &Path) {
    let [log, ..] = with_companions(path);
    let _ = std::thread::Builder::new().spawn(move || std::fs::File::open(log).and_then(|log| log.sync_data()));
}

/// The settings of a connection, the key first. Statements are never logged: this one holds it.
fn settings(key: &Key, form: Form) -> String {
    let synchronous = if form.durable { "FULL" } else { "NORMAL" };
    format!(
        "PRAGMA key = \"{}\"; PRAGMA cipher_page_size = {PAGE_SIZE}; PRAGMA cipher_hmac_algorithm = {}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; \
         PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -{}; PRAGMA journal_size_limit = 8388608; PRAGMA temp_store = MEMORY",
        key.literal(),
        form.seal.name(),
        form.cache_kib
    )
}

/// Refuses a library that would quietly ignore the key. Asked in memory, before any file is touched.
async fn check_cipher() -> Result<()> {
    let options = SqliteConnectOptions::new().in_memory(true).disable_statement_logging();
    let mut conn = options.connect().await.map_err(Error::Sql)?;
    let row = conn.fetch_optional("PRAGMA cipher_version").await.map_err(Error::Sql)?;
    let version = row.and_then(|row| row.try_get::<String, _>(0).ok());
    // For the whole program: an attached file has the pages of ours, and what is wrong with a file is told by its error alone.
    let defaults = AssertSqlSafe(format!("PRAGMA cipher_default_page_size = {PAGE_SIZE}; PRAGMA cipher_log_level = NONE"));
    conn.execute(defaults).await.map_err(Error::Sql)?;
    conn.close().await.map_err(Error::Sql)?;
    cipher_of(version.as_deref()).map(drop)
}

/// The cipher that a library says it has.
fn cipher_of(version: Option<&str>) -> Result<&str> {
    version.filter(|text| !text.is_empty()).ok_or(Error::NoCipher)
}

/// Removes a database file and what SQLite keeps beside it; what is not there is no error.
pub(crate) fn remove(path: &Path) -> Result<()> {
    for file in with_companions(path) {
        match std::fs::remove_file(&file) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Renames a database file and what SQLite keeps beside it. Whatever stood at the new name goes first.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    for (old, new) in with_companions(from).into_iter().zip(with_companions(to)) {
        match std::fs::rename(&old, &new) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

/// A database file, and the names of its write-ahead log and its index. The log goes first when they are removed or
/// renamed: a database without its log is older, a log without its database is nothing.
fn with_companions(path: &Path) -> [PathBuf; 3] {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    [beside("-wal"), beside("-shm"), path.to_owned()]
}
