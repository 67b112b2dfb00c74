//! Opening the outbox: checked, migrated forward, and if need be saved.

use domain::{id::CommandId, status::CommandState, time::UtcMillis};
use sqlx::AssertSqlSafe;
use std::path::{Path, PathBuf};

use super::{FORM, MIGRATIONS, Outbox, VERSION, copies, salvage::Salvage};
use crate::{
    error::{Error, Result},
    file::{File, remove, rename},
    key::Key,
};

/// What was found when the outbox was opened.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Commands that were held when the program ended: they are queued now.
    pub(crate) recovered: Vec<CommandId>,
    /// What could be saved of a damaged file.
    pub(crate) salvage: Option<Salvage>,
}

/// The name of the file.
pub(super) const NAME: &str = "outbox.db";
/// The name of what is saved of a damaged one, until it takes its place.
const SAVED: &str = "outbox-saved.db";

impl Outbox {
    /// Opens the outbox in this folder, or makes it.
    pub(crate) async fn open(folder: &Path, key: &Key, now: UtcMillis) -> Result<(Self, Found)> {
        let path = folder.join(NAME);
        if !path.exists() && folder.join(SAVED).exists() {
            // The program ended between setting the damaged one aside and putting the saved one in its place.
            rename(&folder.join(SAVED), &path)?;
        }
        let existed = path.exists();
        let mut found = Found::default();
        let file = match checked(&path, key).await {
            Ok(file) => file,
            Err(damage) if existed && damage.is_damage() && key_is_right(&damage, folder, key).await => {
                tracing::error!("the outbox is damaged; it is read as far as it can be, and set aside");
                let aside = folder.join(format!("outbox.damaged-{}.db", now.ms()));
                found.salvage = Some(save(&path, aside, key, folder).await?);
                File::open(&path, key, FORM).await?
            }
            Err(error) => return Err(error),
        };
        let file = migrated(file, key, folder).await?;
        let mut outbox = Self { file, key: key.clone(), folder: folder.to_owned(), live: Vec::new(), staged: Vec::new() };
        outbox.reload(0, None).await?;
        let held = outbox.live.iter().filter(|e| e.state == CommandState::Held);
        found.recovered = held.map(|e| e.id).collect();
        // Invariant: a hold ends by sending. “Hiding, locking, quitting, crashing and restarting send what was held.”
        if !domain::planted::planted("holds_lost") {
            outbox.release(&found.recovered).await?;
        }
        // The program may have ended between an answer and what follows from it.
        outbox.block_dependents().await?;
        Ok((outbox, found))
    }
}

/// Reads a damaged outbox into a new one, which takes its place once everything that can be read is in it: a program that ends
/// on the way, or a disk that fails, has changed nothing.
async fn save(path: &Path, aside: PathBuf, key: &Key, folder: &Path) -> Result<Salvage> {
    let saved = folder.join(SAVED);
    remove(&saved)?;
    let mut file = migrated(File::open(&saved, key, FORM).await?, key, folder).await?;
    let salvage = Salvage::run(&mut file, key, path, &copies::existing(folder)).await?;
    file.close().await?;
    rename(path, &aside)?;
    rename(&saved, path)?;
    Ok(Salvage { aside, ..salvage })
}

async fn checked(path: &Path, key: &Key) -> Result<File> {
    let mut file = File::open(path, key, FORM).await?;
    match file.check().await {
        Ok(()) => Ok(file),
        Err(damage) => {
            file.close().await?;
            Err(damage)
        }
    }
}

/// A wrong key and a damaged first page look alike. If a copy opens with the key, it is damage; if nothing does, the file is
/// left as it is.
async fn key_is_right(error: &Error, folder: &Path, key: &Key) -> bool {
    if matches!(error, Error::Damaged { .. }) {
        return true;
    }
    for copy in copies::existing(folder) {
        if let Ok(file) = File::open(&copy, key, FORM).await {
            return file.close().await.is_ok();
        }
    }
    false
}

/// Brings the tables to this program's version. What was there is copied first.
async fn migrated(mut file: File, key: &Key, folder: &Path) -> Result<File> {
    if file.version == VERSION {
        return Ok(file);
    }
    if file.version > 0 {
        let backup = folder.join(format!("outbox.before-{VERSION}.db"));
        remove(&backup)?;
        file.copy_to(&backup, key).await?;
    }
    made(file).await
}

/// Gives the file the tables that it lacks.
pub(super) async fn made(mut file: File) -> Result<File> {
    let done = usize::try_from(file.version).unwrap_or(0);
    file.begin().await?;
    for sql in MIGRATIONS.iter().skip(done) {
        file.execute(*sql).await?;
    }
    let header = AssertSqlSafe(format!("PRAGMA application_id = {}; PRAGMA user_version = {VERSION}", FORM.application_id));
    file.execute(header).await?;
    file.commit().await?;
    file.version = VERSION;
    Ok(file)
}
