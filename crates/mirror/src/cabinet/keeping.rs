//! Orders whose files a person keeps on this computer.
//!
//! Invariant: what was kept stays until a person lets it go. “The files of a kept order are no part of the cache; they go with the record,
//! with the server's file, with the client's erasure, and with nobody's haste.”
//!
//! The choice is in the outbox: the mirror is built again from the feed whenever something is wrong with it, and fetches the files
//! again, but nobody else knows what the person decided. It is no setting of the desk either: it names orders, so it lies under the
//! account's key and goes with the account.

use domain::{
    commands::client::is_erased,
    file::Sha256,
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, Order},
    time::UtcMillis,
};
use sqlx::QueryBuilder;
use std::collections::HashSet;

use super::{Cabinet, Inner};
use crate::{error::Result, mirror::Kept, queries::of};

/// How many bytes of files are kept with orders at most: those of some hundred versions as large as a file may be. A mirror is read
/// whole to be checked and lies on the disk of a laptop, which this must not fill.
pub const KEPT_MOST: u64 = 2_000_000_000;
/// How many orders are kept at most.
pub const KEPT_ORDERS: usize = 500;

/// What came of the wish to keep an order's files, or to let go of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepAnswer {
    /// So it is now.
    Done,
    /// Its files have no room beside what is kept already, in bytes.
    NoRoom {
        /// How many they have.
        needs: u64,
        /// How many there is room for.
        left: u64,
    },
    /// So many orders are kept already.
    TooMany,
    /// The order is not here.
    NotFound,
}

/// How far the files of a kept order are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptFiles {
    /// How many versions have a file.
    pub files: u32,
    /// Of how many it is here.
    pub here: u32,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many of these are here.
    pub bytes_here: u64,
    /// Whether one of those that are not here has no room.
    pub full: bool,
}

/// An order that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptOrder {
    /// The order as it is shown.
    pub order: Order,
    /// How far its files are.
    pub files: KeptFiles,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptOrders {
    /// The oldest choice first.
    pub orders: Vec<KeptOrder>,
    /// How many are not here yet, because the first copy is still being read.
    pub unknown: u32,
    /// How many bytes of their files are here.
    pub held: u64,
    /// How many bytes the cache has beside them.
    pub cached: u64,
}

/// Something that is to be fetched for a kept order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The order.
    pub order: OrderId,
    /// The version.
    pub design: DesignId,
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// The file itself, or its small picture.
    pub what: Kept,
    /// How many bytes the file has, as its record says.
    pub size: u64,
}

/// A version of a kept order that has a file.
struct VersionFile {
    design: DesignId,
    sha256: Sha256,
    size: u64,
    is_image: bool,
    /// Whether only this desk has it: nothing can be fetched.
    own: bool,
    /// Whether its bytes wait here to be sent.
    staged: bool,
    kept: HashSet<Kept>,
}

impl VersionFile {
    fn is_here(&self) -> bool {
        self.staged || self.kept.contains(&Kept::File)
    }
    /// What is missing of it, the small picture first.
    fn missing(&self) -> impl Iterator<Item = Kept> {
        let wants = [(Kept::Thumb, self.is_image), (Kept::File, true)];
        wants.into_iter().filter(|(what, wanted)| !self.own && *wanted && !self.kept.contains(what)).map(|(what, _)| what)
    }
}

impl Cabinet {
    /// Keeps an order's files from now on, or lets go of them: they are in the cache then, which has at most `cache` bytes.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn keep_order(&self, order: OrderId, keep: bool, cache: u64, now: UtcMillis) -> Result<KeepAnswer> {
        let mut inner = self.lock(now).await?;
        let answer = if keep { inner.may_keep(order).await? } else { KeepAnswer::Done };
        if answer == KeepAnswer::Done {
            inner.set_keeping(order, keep).await?;
            inner.version += 1;
            if !keep {
                inner.mirror.trim(cache).await?;
            }
        }
        Ok(answer)
    }
    /// Lets go of all orders: this computer is nobody's desk any more.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn keep_none(&self, now: UtcMillis) -> Result<()> {
        let mut inner = self.lock(now).await?;
        for order in inner.mirror.keeping().to_vec() {
            inner.set_keeping(order, false).await?;
        }
        Ok(())
    }
    /// How far the files of this order are; `None` where it is not kept.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn kept_files(&self, order: OrderId, now: UtcMillis) -> Result<Option<KeptFiles>> {
        self.lock(now).await?.kept_files(order).await
    }
    /// All orders that are kept.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn kept_orders(&self, now: UtcMillis) -> Result<KeptOrders> {
        let mut inner = self.lock(now).await?;
        let mut all = KeptOrders::default();
        for id in inner.mirror.keeping().to_vec() {
            match (inner.mirror.lookup(RecordRef::new(Kind::Order, id)).await?, inner.kept_files(id).await?) {
                (Some(stored), Some(files)) => all.orders.push(KeptOrder { order: of(&stored)?, files }),
                _ => all.unknown += 1,
            }
        }
        (all.held, all.cached) = (inner.mirror.held_bytes().await?, inner.mirror.cached_bytes().await?);
        Ok(all)
    }
    /// What is to be fetched next, but for these; nothing while the first copy is still being read, which goes before.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn next_wanted(&self, but: &HashSet<(DesignId, Kept)>, now: UtcMillis) -> Result<Option<Wanted>> {
        let mut inner = self.lock(now).await?;
        if inner.mirror.keeping().is_empty() || !inner.mirror.position().complete() {
            return Ok(None);
        }
        let left = KEPT_MOST.saturating_sub(inner.mirror.held_bytes().await?);
        for order in inner.mirror.lacking().await? {
            for it in inner.version_files(order).await? {
                let fits = |what: &Kept| *what != Kept::File || it.size <= left;
                if let Some(what) = it.missing().find(|what| fits(what) && !but.contains(&(it.design, *what))) {
                    return Ok(Some(Wanted { order, design: it.design, sha256: it.sha256, what, size: it.size }));
                }
            }
        }
        Ok(None)
    }
}

impl Inner {
    async fn may_keep(&mut self, id: OrderId) -> Result<KeepAnswer> {
        if self.mirror.lookup(RecordRef::new(Kind::Order, id)).await?.is_none() {
            return Ok(KeepAnswer::NotFound);
        }
        if self.mirror.keeps(id) {
            return Ok(KeepAnswer::Done);
        }
        if self.mirror.keeping().len() >= KEPT_ORDERS {
            return Ok(KeepAnswer::TooMany);
        }
        let needs = self.version_files(id).await?.iter().map(|it| it.size).sum();
        let left = KEPT_MOST.saturating_sub(self.mirror.wanted_bytes().await?);
        Ok(if needs > left { KeepAnswer::NoRoom { needs, left } } else { KeepAnswer::Done })
    }
    /// The outbox first: what only the mirror remembered would be forgotten.
    async fn set_keeping(&mut self, order: OrderId, keep: bool) -> Result<()> {
        self.outbox.set_keeping(order, keep, self.now).await?;
        let keeping = self.outbox.keeping().await?;
        self.mirror.remember_keeping(keeping);
        Ok(())
    }
    /// How far the files of this order are; `None` where it is not kept.
    pub(crate) async fn kept_files(&mut self, order: OrderId) -> Result<Option<KeptFiles>> {
        if !self.mirror.keeps(order) {
            return Ok(None);
        }
        let left = KEPT_MOST.saturating_sub(self.mirror.held_bytes().await?);
        let mut files = KeptFiles::default();
        for it in self.version_files(order).await? {
            files.files += 1;
            files.bytes += it.size;
            if it.is_here() {
                files.here += 1;
                files.bytes_here += it.size;
            } else {
                files.full |= it.size > left;
            }
        }
        Ok(Some(files))
    }
    /// The versions of an order that have a file, newest first.
    async fn version_files(&mut self, order: OrderId) -> Result<Vec<VersionFile>> {
        let mut query =
            QueryBuilder::new("SELECT id, rev, seq, ours, body FROM record INDEXED BY record_design WHERE kind = 14 AND about = ");
        query.push_bind(order.uuid().as_bytes().to_vec()).push(" ORDER BY number DESC, id");
        let rows = self.mirror.fetch(Kind::Design, query).await?;
        let said = self.said_of::<Design>(rows.iter()).await?;
        let mut kept = self.mirror.kept_in(order).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            let it: Design = of(row)?;
            if it.purged.is_some() {
                continue;
            }
            let own = row.ours && !said.contains_key(&row.name.id);
            all.push(VersionFile {
                design: it.id,
                sha256: it.sha256,
                size: u64::try_from(it.size).unwrap_or(0),
                is_image: it.media_type.is_image(),
                own,
                // The same bytes may wait for another act, and go with it.
                staged: own && self.is_staged(&it.sha256),
                kept: kept.remove(&it.id).unwrap_or_default(),
            });
        }
        Ok(all)
    }
    /// Lets go of orders that are not this person's to see any more, and of those whose client was erased, with what is here of the
    /// latter: it tells of somebody of whom nothing shall be told.
    pub(super) async fn settle_keeping(&mut self) -> Result<()> {
        for id in self.mirror.keeping().to_vec() {
            let over = match self.mirror.lookup(RecordRef::new(Kind::Order, id)).await? {
                // What was not read yet is not gone.
                None => self.mirror.position().complete(),
                Some(stored) if !stored.ours && is_erased(&of(&stored)?) => {
                    self.mirror.forget_files(id).await?;
                    true
                }
                Some(_) => false,
            };
            if over {
                self.set_keeping(id, false).await?;
            }
        }
        Ok(())
    }
}
