//! Reading a damaged outbox as far as it can be read, and completing it from its copies.
//!
//! A command that a copy knows in an earlier state is sent once more if need be: the same id has the effect and the answer of
//! the first time.

use sqlx::{AssertSqlSafe, Row};
use std::path::{Path, PathBuf};

use crate::{
    error::{Error, Result},
    file::File,
    key::Key,
};

/// What was saved of a damaged outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvage {
    /// Where the damaged file was set aside.
    pub aside: PathBuf,
    /// Rows that were read from it.
    pub read: u64,
    /// Rows that only a copy still had.
    pub from_copies: u64,
    /// Commands among all these rows.
    pub commands: u64,
    /// Commands that only a copy still had.
    pub commands_from_copies: u64,
    /// Whether all of the damaged file could be read.
    pub whole: bool,
}

const COMMANDS: &str = "command";
/// The tables that copies have, too.
pub(super) const COPIED: [&str; 7] = [COMMANDS, "draft", "toast", "looked", "keeping", "meta", "staged"];
/// The bytes of files. They come last: they are many pages, and nothing else waits for them.
const BYTES: &str = "staged_chunk";

/// The most statements that are tried on one table: a file that is damaged everywhere is not read byte by byte for hours.
const MOST_TRIES: u32 = 4_000;
/// The last row of a table whose end cannot be read.
const GUESS: i64 = 1 << 20;

impl Salvage {
    /// Fills an empty outbox from a damaged one and from copies, the newest first.
    pub(super) async fn run(file: &mut File, key: &Key, aside: &Path, copies: &[PathBuf]) -> Result<Self> {
        let mut salvage = Self { aside: aside.to_owned(), read: 0, from_copies: 0, commands: 0, commands_from_copies: 0, whole: true };
        match read_file(file, key, aside).await? {
            Some(read) => (salvage.read, salvage.commands, salvage.whole) = (read.rows, read.commands, read.whole),
            None => salvage.whole = false,
        }
        if !salvage.whole {
            for copy in copies {
                let read = read_file(file, key, copy).await?.unwrap_or_default();
                salvage.from_copies += read.rows;
                salvage.commands_from_copies += read.commands;
            }
        }
        salvage.commands += salvage.commands_from_copies;
        Ok(salvage)
    }
}

/// What was taken over from another file.
#[derive(Default)]
struct Read {
    rows: u64,
    /// Of these, commands.
    commands: u64,
    /// Whether all could be read.
    whole: bool,
}

/// Takes over what another file has and this one lacks; `None` when the other cannot be opened at all.
async fn read_file(file: &mut File, key: &Key, other: &Path) -> Result<Option<Read>> {
    match file.attach(other, key).await {
        Ok(()) => {}
        // Of a disk that fails altogether nothing can be said: it is tried again when it works.
        Err(Error::Disk) => return Err(Error::Disk),
        Err(_) => return Ok(None),
    }
    let mut reading = Reading { file, key, other, rows: 0, whole: true, tries: 0 };
    let mut commands = 0;
    for table in COPIED.into_iter().chain([BYTES]) {
        let before = reading.rows;
        match reading.columns(table).await {
            Ok(columns) if !columns.is_empty() => reading.table(table, &columns).await?,
            Err(Error::Disk) => return Err(Error::Disk),
            _ => reading.mend().await?,
        }
        if table == COMMANDS {
            commands = reading.rows - before;
        }
    }
    let read = Read { rows: reading.rows, commands, whole: reading.whole };
    file.detach().await?;
    Ok(Some(read))
}

/// Reading another file range by range.
struct Reading<'a> {
    file: &'a mut File,
    key: &'a Key,
    other: &'a Path,
    rows: u64,
    whole: bool,
    tries: u32,
}

impl Reading<'_> {
    /// The columns that both files have: a damaged file of an older program has fewer.
    async fn columns(&mut self, table: &'static str) -> Result<String> {
        let sql =
            "SELECT m.name FROM pragma_table_info(?, 'main') m JOIN pragma_table_info(?, 'other') o ON o.name = m.name ORDER BY m.cid";
        let rows = self.file.all(sqlx::query(sql).bind(table).bind(table)).await?;
        let names: sqlx::Result<Vec<String>> = rows.iter().map(|row| row.try_get(0)).collect();
        Ok(names?.join(", "))
    }
    /// Takes over the rows of a table; where a range of rows cannot be read it is halved, down to single rows.
    async fn table(&mut self, table: &str, columns: &str) -> Result<()> {
        let sql = format!("INSERT OR IGNORE INTO main.{table} ({columns}) SELECT {columns} FROM other.{table} WHERE rowid BETWEEN ? AND ?");
        let last = match self.last_row(table).await {
            Ok(last) => last,
            Err(_) => {
                self.mend().await?;
                GUESS
            }
        };
        let mut ranges = vec![(0_i64, last)];
        while let Some((from, to)) = ranges.pop() {
            self.tries += 1;
            match self.file.run(sqlx::query(AssertSqlSafe(sql.clone())).bind(from).bind(to)).await {
                Ok(done) => self.rows += done.rows_affected(),
                Err(_) => {
                    self.mend().await?;
                    if from < to && self.tries < MOST_TRIES {
                        let middle = from + (to - from) / 2;
                        ranges.extend([(middle + 1, to), (from, middle)]);
                    }
                }
            }
        }
        Ok(())
    }
    async fn last_row(&mut self, table: &str) -> Result<i64> {
        let row = self.file.one(sqlx::query(AssertSqlSafe(format!("SELECT coalesce(max(rowid), 0) FROM other.{table}")))).await?;
        Ok(row.try_get(0)?)
    }
    /// After a page that cannot be read the cipher refuses every other page too, until the file is opened again.
    async fn mend(&mut self) -> Result<()> {
        self.whole = false;
        self.file.detach().await?;
        self.file.attach(self.other, self.key).await
    }
}
