//! Rolling copies of the outbox: three, the newest first. They are what a damaged file is completed from.
//!
//! The bytes of files are not in them: three times what a person attached would lie on the disk, and a page that cannot be read
//! costs one file, which is still where it was attached from.

use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;

use super::{FORM, Outbox, opening::made, salvage::COPIED};
use crate::{
    error::Result,
    file::{File, remove, rename},
    key::Key,
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
        made(File::open(&begun, &key, FORM).await?).await?.close().await?;
        self.copy_tables(&begun, &key).await?;
        for n in (1..KEPT).rev() {
            if name(&self.folder, n).exists() {
                rename(&name(&self.folder, n), &name(&self.folder, n + 1))?;
            }
        }
        rename(&begun, &name(&self.folder, 1))
    }
    /// Copies every table but that of the bytes into an outbox that has nothing in it.
    async fn copy_tables(&mut self, to: &Path, key: &Key) -> Result<()> {
        self.file.attach(to, key).await?;
        let copied = self.copy_rows().await;
        // Nothing of ours was changed: what was begun over there is taken back.
        self.file.recover().await?;
        self.file.detach().await?;
        copied
    }
    async fn copy_rows(&mut self) -> Result<()> {
        self.file.begin().await?;
        for table in COPIED {
            self.file.execute(AssertSqlSafe(format!("INSERT INTO other.{table} SELECT * FROM main.{table}"))).await?;
        }
        self.file.commit().await
    }
}
