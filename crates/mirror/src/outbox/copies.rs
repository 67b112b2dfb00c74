//! Rolling copies of the outbox: three, the newest first. They are what a damaged file is completed from.

use std::path::{Path, PathBuf};

use super::Outbox;
use crate::{
    error::Result,
    file::{remove, rename},
};

const KEPT: usize = 3;

fn name(folder: &Path, n: usize) -> PathBuf {
    folder.join(format!("outbox.copy-{n}.db"))
}

/// The copies that exist, newest first.
pub(super) fn existing(folder: &Path) -> Vec<PathBuf> {
    (1..=KEPT).map(|n| name(folder, n)).filter(|path| path.exists()).collect()
}

impl Outbox {
    /// Makes a new copy and lets the oldest one go. A copy that was begun and not finished has a name of its own and is
    /// overwritten the next time.
    pub(crate) async fn keep_copy(&mut self) -> Result<()> {
        let begun = self.folder.join("outbox.copying.db");
        remove(&begun)?;
        let key = self.key.clone();
        self.file.copy_to(&begun, &key).await?;
        for n in (1..KEPT).rev() {
            if name(&self.folder, n).exists() {
                rename(&name(&self.folder, n), &name(&self.folder, n + 1))?;
            }
        }
        rename(&begun, &name(&self.folder, 1))
    }
}
