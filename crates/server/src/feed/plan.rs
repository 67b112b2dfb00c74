//! What a page will say: which rows and outcomes, and where it ends. Read in one snapshot, before the first byte is sent.

use domain::{
    id::UserId,
    record::RecordRef,
    records::UserStatus,
    role::{Principal, principals},
    wire::{self},
};
use std::sync::Arc;
use store::{Check, FeedRow, KnownCommand, Snapshot, Store};

use super::{
    FeedError,
    cursor::{Cursor, Place, Rights},
};
use crate::accounts::Session;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Nothing but the head; with count and sum.
    Head {
        /// Whether they are wanted.
        check: bool,
    },
    /// Upwards, numbers above the cursor's; with count and sum if it ends at the head.
    Up {
        /// From where.
        after: Cursor,
        /// About how many rows.
        limit: u32,
        /// Whether count and sum are wanted.
        check: bool,
    },
    /// Downwards, numbers up to the cursor's.
    Down {
        /// From where.
        before: Cursor,
        /// About how many rows.
        limit: u32,
    },
    /// Everything open.
    Work,
}

/// Which way the numbers run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    /// Everything open, in one piece: without marks. It is read as it is written, and is not in the plan.
    Work,
    /// Nothing but where the head is.
    Head,
}

/// A snapshot, and who reads it.
pub struct Reader {
    pub(super) snapshot: Box<dyn Snapshot>,
    pub(super) head: Place,
    pub(super) rights: Rights,
    principals: Arc<[Principal]>,
    user: UserId,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("head", &self.head).finish_non_exhaustive()
    }
}

/// What a page will say.
#[derive(Debug)]
pub struct Plan {
    pub(super) rows: Vec<FeedRow>,
    pub(super) outcomes: Vec<KnownCommand>,
    pub(super) way: Way,
    pub(super) page: wire::Page,
    /// Where the page ends.
    pub place: Place,
}

impl Plan {
    /// Whether there is nothing in it, and nothing more behind it: what a waiting request waits out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.outcomes.is_empty() && !self.page.more
    }
    /// Whether it ends before the head.
    #[must_use]
    pub const fn more(&self) -> bool {
        self.page.more
    }
}

impl Reader {
    /// Opens a snapshot for this person.
    ///
    /// # Errors
    /// [`store::StoreError`].
    pub async fn open(store: &dyn Store, session: &Session) -> store::Result<Self> {
        Self::open_for(store, session.id(), &session.principals).await
    }
    pub(super) async fn open_for(store: &dyn Store, user: UserId, principals: &[Principal]) -> store::Result<Self> {
        let mut snapshot = store.read().await?;
        let head = snapshot.head().await?;
        let head = Place { epoch: head.epoch, seq: head.seq, chain: head.chain };
        Ok(Self { snapshot, head, rights: Rights::of(principals), principals: principals.into(), user })
    }
    /// The head of the snapshot.
    #[must_use]
    pub const fn head(&self) -> &Place {
        &self.head
    }
    /// The cursor of a place, for this person.
    #[must_use]
    pub fn cursor(&self, place: &Place) -> Cursor {
        Cursor::at(place, self.rights)
    }
    /// Whether a cursor is this person's, of this database and history.
    ///
    /// # Errors
    /// [`FeedError::Reset`] if it is not.
    pub async fn must_fit(&mut self, cursor: &Cursor) -> Result<(), FeedError> {
        if cursor.fits(self.head.epoch, self.rights, &mut *self.snapshot).await? { Ok(()) } else { Err(FeedError::Reset) }
    }
    /// Whether the person has, in this snapshot, the rights it is read with: they may have lost them since they were let in, and
    /// nobody is told of what they may not know at the head of what they are told.
    pub(super) async fn rights_hold(&mut self) -> store::Result<bool> {
        let account = self.snapshot.account(self.user).await?;
        let active = account.filter(|account| account.user.status == UserStatus::Active);
        Ok(active.is_some_and(|account| principals(self.user, &account.user.roles)[..] == self.principals[..]))
    }
    /// Reads what the page will say.
    ///
    /// # Errors
    /// [`FeedError`].
    pub async fn plan(&mut self, ask: Ask) -> Result<Plan, FeedError> {
        if !self.rights_hold().await? {
            return Err(FeedError::Reset);
        }
        match ask {
            Ask::Head { check } => {
                let plan = self.ending(Vec::new(), Vec::new(), Way::Head, self.head, false);
                Ok(self.checked(plan, check).await?)
            }
            Ask::Up { after, limit, check } => {
                self.must_fit(&after).await?;
                let plan = self.up(after.seq, limit).await?;
                Ok(self.checked(plan, check).await?)
            }
            Ask::Down { before, limit } => {
                self.must_fit(&before).await?;
                Ok(self.down(before.seq, limit).await?)
            }
            Ask::Work => Ok(self.ending(Vec::new(), Vec::new(), Way::Work, self.head, false)),
        }
    }

    /// Adds count and sum to a plan that ends at the head, where they are wanted.
    async fn checked(&mut self, mut plan: Plan, wanted: bool) -> store::Result<Plan> {
        if wanted && !plan.page.more {
            let Check { count, sum } = self.snapshot.feed_check(&self.principals).await?;
            (plan.page.count, plan.page.sum) = (Some(count), Some(sum.to_string()));
        }
        Ok(plan)
    }

    /// The next open records behind this number, so many at most.
    pub(super) async fn open_after(&mut self, after: i64, most: u32) -> store::Result<Vec<FeedRow>> {
        self.snapshot.feed_open(&self.principals, after, most).await
    }

    /// What belongs to these open records.
    pub(super) async fn beside(&mut self, open: &[FeedRow]) -> store::Result<Vec<FeedRow>> {
        let records: Vec<RecordRef> = open.iter().map(|row| row.record).collect();
        self.snapshot.feed_beside(&self.principals, &records).await
    }

    fn ending(&self, rows: Vec<FeedRow>, outcomes: Vec<KnownCommand>, way: Way, place: Place, more: bool) -> Plan {
        let (cursor, head) = (self.cursor(&place).to_string(), self.cursor(&self.head).to_string());
        let page = wire::Page { cursor, seq: place.seq, head, more, count: None, sum: None };
        Plan { rows, outcomes, way, page, place }
    }

    /// The rows above a number, and the outcomes among them. A page that is not full has reached the head.
    pub(super) async fn up(&mut self, after: i64, limit: u32) -> store::Result<Plan> {
        // Invariant: no late number.
        let upto = if domain::planted::planted("late_number") { self.head.seq - 1 } else { self.head.seq };
        let mut rows = self.snapshot.feed_up(&self.principals, after, upto, limit).await?;
        let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let end = match rows.last() {
            Some(last) if full => self.snapshot.commit_end(last.seq).await?,
            _ => self.head.seq,
        };
        if full && domain::planted::planted("cut_inside_commit") {
            rows.pop();
        }
        let outcomes = self.snapshot.outcomes(self.user, after, end).await?;
        let place = self.place(end).await?;
        Ok(self.ending(rows, outcomes, Way::Up, place, end < self.head.seq))
    }

    /// The puts up to a number, downwards. A page that is not full has reached the beginning.
    async fn down(&mut self, before: i64, limit: u32) -> store::Result<Plan> {
        let rows = self.snapshot.feed_down(&self.principals, before, limit).await?;
        let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let end = match rows.last() {
            Some(last) if full => self.snapshot.commit_before(last.seq).await?,
            _ => 0,
        };
        let place = self.place(end).await?;
        Ok(self.ending(rows, Vec::new(), Way::Down, place, end > 0))
    }

    /// The place at which a commit ended with this number.
    pub(super) async fn place(&mut self, seq: i64) -> store::Result<Place> {
        if seq == self.head.seq {
            return Ok(self.head);
        }
        let chain = self.snapshot.link_hash(seq).await?.ok_or_else(|| store::StoreError::Inconsistent {
            table: "link".into(),
            column: "last".into(),
            id: seq.to_string(),
            why: "no commit ended here".into(),
        })?;
        Ok(Place { epoch: self.head.epoch, seq, chain })
    }
}
