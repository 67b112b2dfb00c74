//! What is here, for whoever asks how the desk stands; and reading all of it, to prove that it can be read.

use domain::time::UtcMillis;

use crate::{cabinet::Cabinet, error::Result};

pub use crate::mirror::KindHere;

/// How many records are read at once: whoever acts comes between.
const PART: u32 = 2_000;

/// What is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What is here of each kind.
    pub kinds: Vec<KindHere>,
    /// The number up to which everything is surely here.
    pub whole: Option<i64>,
    /// Whether history has been read to its beginning.
    pub walked: bool,
    /// When count and sum were last compared with the server's.
    pub compared_at: Option<UtcMillis>,
}

impl Cabinet {
    /// What is here.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn standing(&self, now: UtcMillis) -> Result<Standing> {
        let mut inner = self.lock(now).await?;
        let kinds = inner.mirror.kinds_here().await?;
        let position = inner.mirror.position();
        let (whole, walked, compared_at) = (position.whole, position.walked, position.checked_at.map(UtcMillis::from_ms));
        Ok(Standing { kinds, whole, walked, compared_at })
    }
    /// Reads every record of the mirror, a part at a time. Returns how many there were.
    ///
    /// # Errors
    /// [`crate::Error`]; damage when one cannot be read.
    pub async fn read_mirror(&self, now: UtcMillis) -> Result<u64> {
        let (mut records, mut next) = (0, Some(0));
        while let Some(from) = next {
            let (n, more) = self.lock(now).await?.mirror.read_through(from, PART).await?;
            (records, next) = (records + n, more);
        }
        Ok(records)
    }
    /// Reads every page of the outbox. Returns how many commands it keeps.
    ///
    /// # Errors
    /// [`crate::Error`]; damage when it cannot be read to its end.
    pub async fn read_outbox(&self, now: UtcMillis) -> Result<u64> {
        self.lock(now).await?.outbox.read_through().await
    }
}
