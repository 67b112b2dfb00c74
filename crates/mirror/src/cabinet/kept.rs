//! Files and small pictures of design versions and of messages that are kept at the desk, so that they can be seen without a line. They are in the
//! mirror: they go with it, and with the record they belong to, so that a desk holds no picture of what its person may not see any more.
//! They are written in small parts, so that no list waits for ten megabytes.

#[cfg(feature = "testing")]
use domain::id::DesignId;
use domain::time::UtcMillis;
#[cfg(feature = "testing")]
use std::collections::HashSet;

use super::{Cabinet, Inner};
use crate::{
    error::Result,
    mirror::{Kept, Owner},
};

/// How much is written at once, in bytes.
const PIECE: usize = 256 << 10;

impl Cabinet {
    /// What is kept of a file, if it is; it counts as used now.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn kept(&self, of: impl Into<Owner> + Send, what: Kept, now: UtcMillis) -> Result<Option<Vec<u8>>> {
        let mut inner = self.lock(now).await?;
        inner.mirror.kept(of.into(), what, now).await
    }
    /// Of which versions it is kept.
    ///
    /// # Errors
    /// [`crate::Error`].
    #[cfg(feature = "testing")]
    pub async fn all_kept(&self, what: Kept, now: UtcMillis) -> Result<HashSet<DesignId>> {
        let mut inner = self.lock(now).await?;
        inner.mirror.all_kept(what).await
    }
    /// Keeps something of a file, and lets what was used least go until all of it has at most `most` bytes. What alone is larger is
    /// not kept, and neither is anything of a record that is not here, or whose file was taken away. What belongs to an order that a
    /// person keeps takes no room from the rest, and has [`super::KEPT_MOST`] for itself.
    ///
    /// # Errors
    /// [`crate::Error`]; what is not whole then counts as not kept.
    pub async fn keep(&self, of: impl Into<Owner> + Send, what: Kept, bytes: &[u8], most: u64, now: UtcMillis) -> Result<()> {
        let of = of.into();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size == 0 || !self.lock(now).await?.room_for(of, what, size, most).await? {
            return Ok(());
        }
        for (n, piece) in bytes.chunks(PIECE).enumerate() {
            // Each part by itself: whoever wants a list comes between two of them.
            self.lock(now).await?.mirror.keep_piece(of, what, n, piece).await?;
        }
        self.lock(now).await?.mirror.keep(of, what, size, now).await
    }
}

impl Inner {
    /// Makes room for so many bytes. Whether there is some.
    async fn room_for(&mut self, of: Owner, what: Kept, size: u64, most: u64) -> Result<bool> {
        let held = self.mirror.is_held(of, what).await?;
        let left = match what {
            // A small picture is a hundredth of its file, and is not counted.
            Kept::Thumb | Kept::Full if held => u64::MAX,
            Kept::File if held => super::KEPT_MOST.saturating_sub(self.mirror.held_bytes().await?),
            _ => most,
        };
        if size > left {
            return Ok(false);
        }
        self.mirror.make_room(of, what, if held { u64::MAX } else { most - size }).await?;
        Ok(true)
    }
}
