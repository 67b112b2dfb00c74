//! What a design version looks like, what is in it, and its file.
//!
//! Whatever is at this desk is taken from here: pictures that were kept, bytes that wait to be sent, files that were fetched. Else the
//! server is asked for a small picture, which on a bad line is a hundredth of the file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{ArchiveEntry, DesignContents, DesignImage, DesignImageReply, DeskError, ErrorCode, ImageSize, NoImage, SaveDesign, Saved};
use domain::{
    file::{FilePolicy, MediaType, Sha256},
    id::DesignId,
    record::{AnyRecord, Kind, RecordRef},
    records::Design,
    text::clean_line,
    time::UtcMillis,
};
use mirror::{Cabinet, Kept};
use picture::{Picture, Size, draw};
use sync::{Asking, FileAsk};

use crate::{
    desk::Desk,
    error::{file_error, not_there, told},
    export::save,
};

/// What an answer is made from. It holds no session: whoever waits for the server stops nobody who locks the desk.
struct Source {
    cabinet: Cabinet,
    asking: Asking,
    now: UtcMillis,
    design: Design,
    /// How much is kept of all versions together, in bytes.
    most: u64,
}

impl Desk {
    /// A picture of a version.
    ///
    /// # Errors
    /// `no_session`, `not_found`, or when the files cannot be read.
    pub async fn design_image(&self, query: DesignImage) -> Result<DesignImageReply, DeskError> {
        let source = self.source(query.design).await?;
        if !source.design.media_type.is_image() {
            return Ok(DesignImageReply::None { why: NoImage::NotAPicture });
        }
        let (size, kept) = match query.size {
            ImageSize::Thumb => (Size::Thumb, Kept::Thumb),
            ImageSize::Full => (Size::Full, Kept::Full),
        };
        if let Some(bytes) = source.kept(kept).await? {
            return Ok(shown(&bytes));
        }
        let made = match source.here().await? {
            Some(bytes) => self.drawn(bytes, source.design.media_type.clone(), size).await?,
            None => source.asked(size).await?,
        };
        match made {
            Ok(bytes) => {
                source.keep(kept, &bytes).await?;
                Ok(shown(&bytes))
            }
            Err(why) => Ok(DesignImageReply::None { why }),
        }
    }
    /// What a ZIP archive says it holds.
    ///
    /// # Errors
    /// As [`Self::save_design`], without `disk`.
    pub async fn design_contents(&self, query: DesignContents) -> Result<Vec<ArchiveEntry>, DeskError> {
        let source = self.source(query.design).await?;
        if source.design.media_type != MediaType::Zip {
            return Ok(Vec::new());
        }
        let (bytes, name) = (source.file().await?, source.design.name.clone());
        let read = move || inspect::inspect(&FilePolicy::Design, name.as_str(), Some(MediaType::Zip.wire()), &bytes);
        let facts = tokio::task::spawn_blocking(read).await.map_err(|error| told(ErrorCode::Internal, &error.to_string()))?;
        let entries = facts.map(|facts| facts.entries).unwrap_or_default();
        Ok(entries.into_iter().map(|entry| ArchiveEntry { name: clean_line(&entry.name), size: entry.size }).collect())
    }
    /// Writes the file of a version to the downloads, under the name of R-077.
    ///
    /// # Errors
    /// `no_session`, `not_found`, `disk`; `unreachable` where the file is not here and there is no line; or when the files cannot be read.
    pub async fn save_design(&self, query: SaveDesign) -> Result<Saved, DeskError> {
        let source = self.source(query.design).await?;
        let bytes = source.file().await?;
        let path = save(&self.inner.parts.options.downloads, &source.design.download_name(), &bytes)?;
        Ok(Saved { path: path.to_string_lossy().into_owned() })
    }

    async fn source(&self, id: DesignId) -> Result<Source, DeskError> {
        let work = self.inner.work().await?;
        let (cabinet, asking, now) = (work.cabinet.clone(), work.asking(), work.now());
        drop(work);
        let most = self.inner.preferences().kept_bytes();
        match cabinet.record(RecordRef::new(Kind::Design, id), now).await.map_err(file_error)? {
            Some((AnyRecord::Design(design), _)) => Ok(Source { cabinet, asking, now, design, most }),
            _ => Err(DeskError::new(ErrorCode::NotFound)),
        }
    }
    /// Draws bytes that are here, one image at a time.
    async fn drawn(&self, bytes: Vec<u8>, media_type: MediaType, size: Size) -> Result<Result<Vec<u8>, NoImage>, DeskError> {
        let _easel = self.inner.easel.lock().await;
        let drawn = tokio::task::spawn_blocking(move || draw(&bytes, &media_type, size)).await;
        let drawn = drawn.map_err(|error| told(ErrorCode::Internal, &error.to_string()))?;
        Ok(drawn.map(|Picture { bytes, .. }| bytes).map_err(|_| NoImage::Damaged))
    }
}

impl Source {
    async fn kept(&self, what: Kept) -> Result<Option<Vec<u8>>, DeskError> {
        self.cabinet.kept(self.design.id, what, self.now).await.map_err(file_error)
    }
    async fn keep(&self, what: Kept, bytes: &[u8]) -> Result<(), DeskError> {
        self.cabinet.keep(self.design.id, what, bytes, self.most, self.now).await.map_err(file_error)
    }
    /// The file itself, where it is at this desk: kept, or waiting to be sent.
    async fn here(&self) -> Result<Option<Vec<u8>>, DeskError> {
        if let Some(bytes) = self.kept(Kept::File).await? {
            return Ok(Some(bytes));
        }
        let mut bytes = Vec::new();
        loop {
            let from = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let piece = self.cabinet.staged_bytes(&self.design.sha256, from, usize::MAX, self.now).await.map_err(file_error)?;
            if piece.is_empty() {
                // What went meanwhile, because the server has it, is fetched from there.
                return Ok(Some(bytes).filter(|bytes| i64::try_from(bytes.len()) == Ok(self.design.size)));
            }
            bytes.extend_from_slice(&piece);
        }
    }
    /// The file itself, fetched where it is not here; it is kept then.
    async fn file(&self) -> Result<Vec<u8>, DeskError> {
        if let Some(bytes) = self.here().await? {
            return Ok(bytes);
        }
        let bytes = self.asking.file(&FileAsk::Whole(self.design.sha256)).await.map_err(|fault| not_there(&fault))?;
        if Sha256::of(&bytes) != self.design.sha256 {
            return Err(told(ErrorCode::NotMeja, "other bytes than the version's"));
        }
        self.keep(Kept::File, &bytes).await?;
        Ok(bytes)
    }
    /// The server's small picture.
    async fn asked(&self, size: Size) -> Result<Result<Vec<u8>, NoImage>, DeskError> {
        match self.asking.file(&FileAsk::Preview(self.design.sha256, size.name())).await {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(fault) if fault.code() == Some("no_preview") => Ok(Err(NoImage::Damaged)),
            Err(fault) => match not_there(&fault) {
                error if error.code == ErrorCode::Unreachable => Ok(Err(NoImage::Offline)),
                error => Err(error),
            },
        }
    }
}

/// A picture, as the window takes it.
fn shown(bytes: &[u8]) -> DesignImageReply {
    let Some((media_type, width, height)) = picture::measured(bytes) else { return DesignImageReply::None { why: NoImage::Damaged } };
    DesignImageReply::Image { media_type: media_type.wire().to_owned(), width, height, data: STANDARD.encode(bytes) }
}
