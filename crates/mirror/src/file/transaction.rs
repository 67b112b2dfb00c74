//! Transactions of a file: to its thread and back is most of what a small statement costs, so each begins with its first statement that
//! writes, and one of a single statement is one way there and back.

use sqlx::{
    Arguments as _, AssertSqlSafe, Encode, Execute, Type,
    query::Query,
    sqlite::{Sqlite, SqliteArguments},
};

use super::{File, MANY, send_on_its_way};
use crate::error::{Error, Result};

/// How many rows may wait for a commit. A page of an index that many rows fall into is sealed and written once for all of them.
const DEFERRED: usize = 10_000;

/// Statements that write, of which nobody asks how many rows they changed, with what they bind: they go to the file's thread as one.
#[derive(Debug, Default)]
pub(crate) struct Together {
    sql: String,
    /// What they bind, in their order.
    pub(crate) args: SqliteArguments,
}

impl Together {
    /// One more; what it binds is added to the others'.
    pub(crate) fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
        self.sql.push_str("; ");
    }
    /// What the newest of them binds next.
    pub(crate) fn bind<'t>(&mut self, value: impl Encode<'t, Sqlite> + Type<Sqlite>) -> Result<()> {
        Ok(self.args.add(value).map_err(sqlx::Error::Encode)?)
    }
}

impl File {
    /// Begins a transaction with the next statement that writes, or goes on with one whose commit was put off. Nobody else has the
    /// file: what is read before is of the same moment.
    pub(crate) async fn begin(&mut self) -> Result<()> {
        self.recover().await?;
        self.unfinished = true;
        self.waits_to_begin = self.deferred.is_none();
        Ok(())
    }
    pub(super) async fn really_begin(&mut self) -> Result<()> {
        if std::mem::take(&mut self.waits_to_begin) { self.raw("BEGIN IMMEDIATE").await } else { Ok(()) }
    }
    /// Ends a transaction; what it wrote is there now, and everything whose commit was put off.
    pub(crate) async fn commit(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.waits_to_begin) {
            self.raw("COMMIT").await?;
        }
        self.ended();
        Ok(())
    }
    /// Writes these in a transaction that was begun.
    pub(crate) async fn run_together(&mut self, all: Together) -> Result<()> {
        self.run_uncounted(sqlx::query_with(AssertSqlSafe(all.sql), all.args)).await
    }
    /// The same, and ends it.
    pub(crate) async fn commit_with(&mut self, mut all: Together) -> Result<()> {
        all.push("COMMIT");
        self.run_together(all).await?;
        self.ended();
        Ok(())
    }
    fn ended(&mut self) {
        self.unfinished = false;
        self.deferred = None;
        if self.pace == MANY {
            send_on_its_way(&self.path);
        }
    }
    /// Ends a piece of work of so many rows that can be had again: it is there for whoever reads, and reaches the file with the
    /// next commit. A crash, or a failure before that, takes all of it back as if it had never come.
    pub(crate) async fn commit_later(&mut self, rows: usize) -> Result<()> {
        if self.waits_to_begin {
            return self.commit().await;
        }
        let rows = self.deferred.unwrap_or(0) + rows;
        if rows >= DEFERRED {
            return self.commit().await;
        }
        self.deferred = Some(rows);
        self.unfinished = false;
        Ok(())
    }
    /// Whether a transaction was abandoned half-way: then whatever is remembered of the file may not be true.
    pub(crate) const fn is_unfinished(&self) -> bool {
        self.unfinished
    }
    /// Takes back a transaction that was abandoned half-way.
    pub(crate) async fn recover(&mut self) -> Result<()> {
        if self.unfinished {
            if !std::mem::take(&mut self.waits_to_begin)
                // It fails as well when the transaction had ended after all; then there is nothing to take back.
                && let Err(Error::Disk) = self.raw("ROLLBACK").await
            {
                return Err(Error::Disk);
            }
            self.unfinished = false;
            self.deferred = None;
        }
        Ok(())
    }
    /// Runs a statement that writes, in a transaction of its own. Returns the number of the row that was put in last.
    ///
    /// To the file's thread and back is most of what a small statement costs: beginning, writing and ending go together.
    pub(crate) async fn write(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<i64> {
        self.begin().await?;
        if !std::mem::take(&mut self.waits_to_begin) {
            let done = self.run(query).await?;
            self.commit().await?;
            return Ok(done.last_insert_rowid());
        }
        let done = self.run(between("BEGIN IMMEDIATE; ", query, "; COMMIT")?).await?;
        self.unfinished = false;
        Ok(done.last_insert_rowid())
    }
    /// Runs a statement that writes, of which nobody asks how many rows it changed: with it a transaction begins that waits to.
    pub(crate) async fn run_uncounted(&mut self, query: Query<'_, Sqlite, SqliteArguments>) -> Result<()> {
        let query = if std::mem::take(&mut self.waits_to_begin) { between("BEGIN IMMEDIATE; ", query, "")? } else { query };
        self.run(query).await.map(drop)
    }
}

/// A statement among others that bind nothing: one text, whose rows cannot be counted, for the driver adds up what each of them says.
fn between(before: &str, mut query: Query<'_, Sqlite, SqliteArguments>, after: &str) -> Result<Query<'static, Sqlite, SqliteArguments>> {
    let args = query.take_arguments().map_err(sqlx::Error::Encode)?.unwrap_or_default();
    let sql = format!("{before}{}{after}", query.sql().as_str());
    Ok(sqlx::query_with(AssertSqlSafe(sql), args))
}
