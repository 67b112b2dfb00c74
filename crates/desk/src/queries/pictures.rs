//! What a design version, or a file of a message, looks like, what is in it, and its file.
//!
//! Whatever is at this desk is taken from here: pictures that were kept, bytes that wait to be sent, files that were fetched. Else the
//! server is asked for a small picture, which on a bad line is a hundredth of the file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{
    ArchiveEntry, DesignContents, DesignImage, DesignImageReply, DeskError, ErrorCode, FileImage, ImageSize, NoImage, SaveDesign, SaveFile,
    Saved,
};
use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{DesignId, MessageId},
    record::{AnyRecord, Kind, RecordRef},
    records::Attachment as Content,
    text::clean_line,
    time::UtcMillis,
};
use mirror::{Cabinet, Kept, Owner};
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
    /// Whose file it is.
    of: Owner,
    sha256: Sha256,
    size: i64,
    media_type: MediaType,
    /// What it is called, and under which name it is saved.
    name: FileName,
    saved_as: FileName,
    /// How much is kept of all files together, in bytes.
    most: u64,
}

impl Desk {
    /// A picture of a version.
    ///
    /// # Errors
    /// `no_session`, `not_found`, or when the files cannot be read.
    pub async fn design_image(&self, query: DesignImage) -> Result<DesignImageReply, DeskError> {
        match self.source(query.design).await? {
            Some(source) => self.image(&source, query.size).await,
            None => Ok(DesignImageReply::None { why: NoImage::Purged }),
        }
    }
    /// A picture of a file of a message.
    ///
    /// # Errors
    /// As [`Self::design_image`].
    pub async fn file_image(&self, query: FileImage) -> Result<DesignImageReply, DeskError> {
        let source = self.attached(query.message, query.place).await?;
        self.image(&source, query.size).await
    }
    async fn image(&self, source: &Source, size: ImageSize) -> Result<DesignImageReply, DeskError> {
        if !source.media_type.is_image() {
            return Ok(DesignImageReply::None { why: NoImage::NotAPicture });
        }
        let (size, kept) = match size {
            ImageSize::Thumb => (Size::Thumb, Kept::Thumb),
            ImageSize::Full => (Size::Full, Kept::Full),
        };
        if let Some(bytes) = source.kept(kept).await? {
            return Ok(shown(&bytes));
        }
        let made = match source.here().await? {
            Some(bytes) => self.drawn(bytes, source.media_type.clone(), size).await?,
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
        let Some(source) = self.source(query.design).await?.filter(|it| it.media_type == MediaType::Zip) else { return Ok(Vec::new()) };
        let (bytes, name) = (source.file().await?, source.name.clone());
        let read = move || inspect::inspect(&FilePolicy::Design, name.as_str(), Some(MediaType::Zip.wire()), &bytes);
        let facts = tokio::task::spawn_blocking(read).await.map_err(|error| told(ErrorCode::Internal, &error.to_string()))?;
        let entries = facts.map(|facts| facts.entries).unwrap_or_default();
        Ok(entries.into_iter().map(|entry| ArchiveEntry { name: clean_line(&entry.name), size: entry.size }).collect())
    }
    /// Writes the file of a version to the downloads, under the name of R-077.
    ///
    /// # Errors
    /// `no_session`, `disk`; `not_found`, also where the file was taken away; `unreachable` where the file is not here and there is no line; or when the files cannot be read.
    pub async fn save_design(&self, query: SaveDesign) -> Result<Saved, DeskError> {
        let source = self.source(query.design).await?.ok_or_else(|| told(ErrorCode::NotFound, "purged"))?;
        self.save_original(&source).await
    }
    /// Writes a file of a message to the downloads, under its name.
    ///
    /// # Errors
    /// As [`Self::save_design`].
    pub async fn save_file(&self, query: SaveFile) -> Result<Saved, DeskError> {
        let source = self.attached(query.message, query.place).await?;
        self.save_original(&source).await
    }
    async fn save_original(&self, source: &Source) -> Result<Saved, DeskError> {
        let bytes = source.file().await?;
        let path = save(&self.inner.parts.options.downloads, &source.saved_as, &bytes)?;
        Ok(Saved { path: path.to_string_lossy().into_owned() })
    }

    /// Where the file of a version is had from; nothing where it was taken away.
    async fn source(&self, id: DesignId) -> Result<Option<Source>, DeskError> {
        let (record, source) = self.found(RecordRef::new(Kind::Design, id)).await?;
        let AnyRecord::Design(it) = record else { return Err(DeskError::new(ErrorCode::NotFound)) };
        if it.purged.is_some() {
            return Ok(None);
        }
        let saved_as = it.download_name();
        let source =
            source(Owner::Design(id), Content { sha256: it.sha256, size: it.size, media_type: it.media_type, name: it.name }, saved_as);
        Ok(Some(source))
    }
    async fn attached(&self, id: MessageId, place: u32) -> Result<Source, DeskError> {
        let missing = || DeskError::new(ErrorCode::NotFound);
        let place = usize::try_from(place).map_err(|_| missing())?;
        let (record, source) = self.found(RecordRef::new(Kind::Message, id)).await?;
        let AnyRecord::Message(it) = record else { return Err(missing()) };
        let it = it.attachments.0.into_iter().nth(place).ok_or_else(missing)?;
        let saved_as = it.name.clone();
        Ok(source(Owner::Message(id, place), it, saved_as))
    }
    /// A record, and how a source is made of the file that it holds.
    async fn found(&self, record: RecordRef) -> Result<(AnyRecord, impl FnOnce(Owner, Content, FileName) -> Source), DeskError> {
        let work = self.inner.work().await?;
        let (cabinet, asking, now) = (work.cabinet.clone(), work.asking(), work.now());
        drop(work);
        let most = self.inner.preferences().kept_bytes();
        let found = cabinet.record(record, now).await.map_err(file_error)?;
        let (record, _) = found.ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        let source = move |of, Content { sha256, size, media_type, name }, saved_as| Source {
            cabinet,
            asking,
            now,
            of,
            sha256,
            size,
            media_type,
            name,
            saved_as,
            most,
        };
        Ok((record, source))
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
        self.cabinet.kept(self.of, what, self.now).await.map_err(file_error)
    }
    async fn keep(&self, what: Kept, bytes: &[u8]) -> Result<(), DeskError> {
        self.cabinet.keep(self.of, what, bytes, self.most, self.now).await.map_err(file_error)
    }
    /// The file itself, where it is at this desk: kept, or waiting to be sent.
    async fn here(&self) -> Result<Option<Vec<u8>>, DeskError> {
        if let Some(bytes) = self.kept(Kept::File).await? {
            return Ok(Some(bytes));
        }
        let mut bytes = Vec::new();
        loop {
            let from = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let piece = self.cabinet.staged_bytes(&self.sha256, from, usize::MAX, self.now).await.map_err(file_error)?;
            if piece.is_empty() {
                // What went meanwhile, because the server has it, is fetched from there.
                return Ok(Some(bytes).filter(|bytes| i64::try_from(bytes.len()) == Ok(self.size)));
            }
            bytes.extend_from_slice(&piece);
        }
    }
    /// The file itself, fetched where it is not here; it is kept then.
    async fn file(&self) -> Result<Vec<u8>, DeskError> {
        if let Some(bytes) = self.here().await? {
            return Ok(bytes);
        }
        let bytes = self.asking.file(&FileAsk::Whole(self.sha256)).await.map_err(|fault| not_there(&fault))?;
        if Sha256::of(&bytes) != self.sha256 {
            return Err(told(ErrorCode::NotMeja, "other bytes than the record's"));
        }
        self.keep(Kept::File, &bytes).await?;
        Ok(bytes)
    }
    /// The server's small picture.
    async fn asked(&self, size: Size) -> Result<Result<Vec<u8>, NoImage>, DeskError> {
        match self.asking.file(&FileAsk::Preview(self.sha256, size.name())).await {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(fault) if fault.code() == Some("no_preview") => Ok(Err(NoImage::Damaged)),
            // What this desk has not heard of yet.
            Err(fault) if fault.code() == Some("purged") => Ok(Err(NoImage::Purged)),
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
