//! Small pictures of files: made once for each size, and put away beside them, so that a desk on a bad line need not fetch ten
//! megabytes to show a tile.

use bytes::Bytes;
use domain::file::{MediaType, Sha256};
use futures_util::TryStreamExt as _;
use picture::{NoPicture, Size, draw};

use super::FilesError;
use crate::app::App;

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum NoPreview {
    /// None can be made.
    #[error(transparent)]
    None(#[from] NoPicture),
    /// The shelf.
    #[error(transparent)]
    Files(#[from] FilesError),
}

/// The small picture of a file that is this, from the shelf, or made now and put there. At most one is made at a time: an image can take
/// much memory while it is drawn.
///
/// # Errors
/// [`NoPreview`].
pub async fn preview(app: &App, sha256: &Sha256, media_type: &MediaType, size: Size) -> Result<Bytes, NoPreview> {
    if !media_type.is_image() {
        return Err(NoPicture::NotAnImage.into());
    }
    if let Some(made) = app.shelf.preview(sha256, size.name()).await? {
        return Ok(made);
    }
    let _easel = app.shelf.easel().await?;
    // Whoever waited before may have made it.
    if let Some(made) = app.shelf.preview(sha256, size.name()).await? {
        return Ok(made);
    }
    let mut bytes = Vec::new();
    let mut found = app.shelf.get(sha256, None).await?.bytes;
    while let Some(some) = found.try_next().await? {
        bytes.extend_from_slice(&some);
    }
    let media_type = media_type.clone();
    let drawn = tokio::task::spawn_blocking(move || draw(&bytes, &media_type, size)).await;
    let made = drawn.map_err(|error| FilesError::Unavailable(error.to_string()))??;
    let made = Bytes::from(made.bytes);
    app.shelf.put_preview(sha256, size.name(), made.clone()).await?;
    Ok(made)
}
