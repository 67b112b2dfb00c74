//! A view of one moment, and what a writer has besides.

use domain::{audience::AUDIENCE_VERSION, role::Principal};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

use super::{
    engine::{Arg, Engine, Sql},
    principals::Principals,
    reader::Reader,
};
use crate::{Head, Result, StoreError};

const HEAD: Sql = Sql::same("SELECT epoch, seq, chain, links, audience_version FROM number");
/// The row is locked before anything is read, so that whoever writes sees everything that was written before (docs/sync.md:
/// «One writer»). SQLite has taken the lock with `BEGIN IMMEDIATE` already, and says the last place of the audit with it; in PostgreSQL that
/// would be read before the lock was got.
const LOCKED_HEAD: Sql = Sql::each(
    "SELECT epoch, seq, chain, links, audience_version, (SELECT MAX(n) FROM audit) FROM number",
    "SELECT epoch, seq, chain, links, audience_version, NULL::BIGINT FROM number FOR UPDATE",
);
/// The first row of an empty database.
pub(crate) const BEGIN: Sql =
    Sql::same("INSERT INTO number (one, epoch, seq, chain, links, audience_version) VALUES (1, $1, 0, $2, 0, $3) ON CONFLICT DO NOTHING");
const EPOCH: Sql = Sql::same("UPDATE number SET epoch = $1");

/// A transaction that reads one moment. `W` is what a writer has besides.
pub(crate) struct View<E: Engine, W> {
    pub(super) tx: E::Tx,
    pub(super) head: Head,
    pub(super) principals: Arc<Principals>,
    pub(super) extra: W,
}

/// What a writer has besides.
#[derive(Default)]
pub(crate) struct Writing {
    /// A flush failed: nothing of this may be committed.
    pub(super) spoiled: bool,
    /// Something was written that other instances must hear of.
    pub(super) wake: bool,
    /// Something was erased, and must be gone from wherever the engine kept what it has overwritten.
    pub(super) erased: bool,
    /// The last place of the audit, once it was asked for.
    pub(super) last_entry: Option<i64>,
    /// Principals that have no number before this is committed.
    pub(super) fresh: HashMap<Principal, i64>,
}

/// What a reader and a writer have besides.
pub(crate) trait Side: Send {
    /// The principals whose numbers are not committed, where there can be any.
    fn fresh(&mut self) -> Option<&mut HashMap<Principal, i64>>;
}

impl Side for () {
    fn fresh(&mut self) -> Option<&mut HashMap<Principal, i64>> {
        None
    }
}

impl Side for Writing {
    fn fresh(&mut self) -> Option<&mut HashMap<Principal, i64>> {
        Some(&mut self.fresh)
    }
}

impl<E: Engine> View<E, ()> {
    /// Opens a snapshot in a transaction that was begun: reading the head makes the moment this one.
    pub(crate) async fn open(mut tx: E::Tx, principals: Arc<Principals>) -> Result<Self> {
        let head = head::<E>(&mut tx, HEAD, |_| Ok(())).await?;
        Ok(Self { tx, head, principals, extra: () })
    }
}

impl<E: Engine> View<E, Writing> {
    /// Locks the number row in a transaction that was begun.
    pub(crate) async fn lock(mut tx: E::Tx, principals: Arc<Principals>) -> Result<Self> {
        let mut last_entry = None;
        let head = head::<E>(&mut tx, LOCKED_HEAD, |r| {
            last_entry = r.opt_int()?;
            Ok(())
        });
        let head = head.await?;
        Ok(Self { tx, head, principals, extra: Writing { last_entry, ..Writing::default() } })
    }
}

/// Reads the head, and with `more` what stands behind it in the row.
async fn head<E: Engine>(tx: &mut E::Tx, sql: Sql, mut more: impl FnMut(&mut Reader<'_, E::Row>) -> Result<()> + Send) -> Result<Head> {
    let mut found = None;
    E::each(tx, sql.of(E::DIALECT), Vec::new(), |row| {
        let mut r = Reader::new(row, "number");
        found = Some(Head { epoch: r.id()?, seq: r.int()?, chain: r.array()?, links: r.int()?, audience_version: r.int()? });
        more(&mut r)
    })
    .await?;
    found.ok_or_else(|| StoreError::Driver("the number row is missing".into()))
}

impl<E: Engine, W> View<E, W> {
    /// Reads every row of a statement.
    pub(super) async fn rows<T: Send>(
        &mut self,
        sql: Sql,
        args: Vec<Arg>,
        mut read: impl FnMut(&E::Row) -> Result<T> + Send,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        E::each(&mut self.tx, sql.of(E::DIALECT), args, |row| {
            all.push(read(row)?);
            Ok(())
        })
        .await?;
        Ok(all)
    }
    /// Reads the one row of a statement, where there is one.
    pub(super) async fn row<T: Send>(
        &mut self,
        sql: Sql,
        args: Vec<Arg>,
        read: impl FnMut(&E::Row) -> Result<T> + Send,
    ) -> Result<Option<T>> {
        Ok(self.rows(sql, args, read).await?.pop())
    }
    /// Reads the first cell of the one row of a statement, a number.
    pub(super) async fn number(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Option<i64>> {
        Ok(self.row(sql, args, |row| Reader::new(row, "").opt_int()).await?.flatten())
    }
    /// Runs a statement and says how many rows it changed.
    pub(super) async fn execute(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
        E::execute(&mut self.tx, sql.of(E::DIALECT), args).await
    }
}

/// The arguments of [`BEGIN`].
pub(crate) fn beginning(epoch: Uuid) -> Vec<Arg> {
    vec![epoch.into(), [0_u8; 32].into(), AUDIENCE_VERSION.into()]
}

/// Begins another history.
pub(crate) async fn begin_epoch<E: Engine>(mut tx: E::Tx, epoch: Uuid) -> Result<()> {
    head::<E>(&mut tx, LOCKED_HEAD, |_| Ok(())).await?;
    E::execute(&mut tx, EPOCH.of(E::DIALECT), vec![epoch.into()]).await?;
    E::commit(tx, true, false).await
}
