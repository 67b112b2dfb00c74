//! Proving the audit: the chain of hashes, from its beginning to its head, with every value that is still there.

use domain::{
    audit::{Entry, Hash, link_hash, value_hash},
    id::CommandId,
};
use store::{LinkRow, Store, StoreError};

/// How many links are read at once.
const STEP: u32 = 500;

/// What was proved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Links, from the first to the head.
    pub links: i64,
    /// Acts.
    pub entries: u64,
    /// Values that are there, and match their hashes.
    pub values: u64,
    /// Values that were erased; their hashes still stand in the chain.
    pub erased: u64,
}

/// Why the audit is not what it was.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A link is missing, or stands in another's place.
    #[error("link {expected} is missing, link {found} stands in its place")]
    Gap {
        /// Which should come.
        expected: i64,
        /// Which came.
        found: i64,
    },
    /// A link does not follow from what stands before it and beside it.
    #[error("link {0} does not match what it stands on")]
    Link(i64),
    /// A value is not the one that was written.
    #[error("a value of command {command} in link {link} was changed")]
    Value {
        /// The link.
        link: i64,
        /// The command.
        command: CommandId,
    },
    /// The chain ends before the head, or beyond it.
    #[error("the chain does not end at the head")]
    Head,
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Walks over the whole chain, in one snapshot.
///
/// # Errors
/// [`Broken`], at the first place that does not hold.
pub async fn verify(store: &dyn Store) -> Result<Verified, Broken> {
    match prove(store).await {
        (proved, None) => Ok(proved),
        (_, Some(broken)) => Err(broken),
    }
}

/// Walks over the whole chain, in one snapshot: what holds, and what ends it before the head, if anything does.
pub async fn prove(store: &dyn Store) -> (Verified, Option<Broken>) {
    let mut walk = Walk::default();
    let broken = walk.whole(store).await.err();
    (walk.done, broken)
}

#[derive(Default)]
struct Walk {
    done: Verified,
    hash: Hash,
    last: i64,
}

impl Walk {
    async fn whole(&mut self, store: &dyn Store) -> Result<(), Broken> {
        let mut snapshot = store.read().await?;
        let head = snapshot.head().await?;
        loop {
            let links = snapshot.chain(self.done.links, STEP).await?;
            if links.is_empty() {
                break;
            }
            links.iter().try_for_each(|link| self.link(link))?;
        }
        let at_head = self.done.links == head.links && self.last == head.seq && self.hash == head.chain;
        if at_head { Ok(()) } else { Err(Broken::Head) }
    }
    fn link(&mut self, link: &LinkRow) -> Result<(), Broken> {
        let expected = self.done.links + 1;
        if link.n != expected || link.last <= self.last {
            return Err(Broken::Gap { expected, found: link.n });
        }
        let entries: Vec<Hash> = link.entries.iter().map(|row| Entry::hash(&row.entry)).collect();
        if link_hash(&self.hash, link.last, &link.salt, &entries) != link.hash {
            return Err(Broken::Link(link.n));
        }
        let (mut values, mut erased) = (0, 0);
        for row in &link.entries {
            let changed = || Broken::Value { link: link.n, command: row.entry.command };
            if row.values.len() != row.entry.values.len() {
                return Err(changed());
            }
            for ((_, _, hash), value) in row.entry.values.iter().zip(&row.values) {
                match value {
                    Some((salt, text)) if value_hash(salt, text) == *hash => values += 1,
                    Some(_) => return Err(changed()),
                    None => erased += 1,
                }
            }
        }
        (self.done.values, self.done.erased) = (self.done.values + values, self.done.erased + erased);
        self.done.entries += u64::try_from(link.entries.len()).unwrap_or(u64::MAX);
        (self.done.links, self.hash, self.last) = (link.n, link.hash, link.last);
        Ok(())
    }
}
