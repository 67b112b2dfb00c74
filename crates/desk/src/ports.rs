//! What the outside world does for the desk, as small traits: chance and new ids, opening an address outside, and asking for files.

use async_trait::async_trait;
use domain::time::UtcMillis;
use std::path::PathBuf;
use uuid::Uuid;

/// Where randomness comes from: keys, nonces and new ids.
pub trait Ids: Send + Sync + 'static {
    /// Fills the bytes at random, fit for keys.
    fn fill(&self, bytes: &mut [u8]);
    /// A new UUIDv7 of this moment.
    fn uuid(&self, at: UtcMillis) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.ms()).unwrap_or(0), &random).into_uuid()
    }
}

/// So many random bytes.
pub(crate) fn random<const N: usize>(ids: &dyn Ids) -> [u8; N] {
    let mut bytes = [0; N];
    ids.fill(&mut bytes);
    bytes
}

/// Opens an address outside the window.
pub trait Opener: Send + Sync + 'static {
    /// Opens it. Only addresses that the desk made itself come here.
    ///
    /// # Errors
    /// What the system says when nothing there opens addresses.
    fn open(&self, address: &str) -> std::io::Result<()>;
}

/// Asks a person for files with the system's own dialog.
#[async_trait]
pub trait Chooser: Send + Sync + 'static {
    /// The files that they chose; none where they chose none. `endings` are those of files that can be taken.
    ///
    /// # Errors
    /// What the system says when it has no such dialog.
    async fn choose(&self, title: &str, endings: &[&str]) -> std::io::Result<Vec<PathBuf>>;
}
