//! Files that go with messages: chosen, let fall or pasted. They wait in memory until the message is sent; then bytes and act are in the
//! outbox together.

use bridge::{DeskError, DropFiles, ErrorCode, ForgetFiles, PasteFile, PickFiles, PickedFile, SendMessage, SentFile, Submit, Submitted};
use domain::{
    command::Act as _,
    commands::message::{Attach, Send},
    file::FilePolicy,
    id::{DesignId, MessageId},
    record::{AnyRecord, Kind, RecordRef},
    records::Attachments,
};
use mirror::{Attachment, Owner};
use std::{collections::BTreeMap, path::PathBuf, sync::PoisonError};

use crate::{
    desk::{Desk, Inner},
    error::{file_error, told},
    files::{Looked, Source},
};

/// How many files wait to be sent at most: those of two messages. Each may have ten megabytes, and they are in memory.
const MOST: usize = 2 * Attachments::MOST;
/// What is said of one more.
const TOO_MANY: &str = "too_many_files";

/// The files that were chosen and not sent yet, by the numbers the window has of them.
#[derive(Debug, Default)]
pub(crate) struct Picked {
    last: u64,
    waiting: BTreeMap<u64, Attachment>,
}

impl Picked {
    fn add(&mut self, file: Attachment) -> Option<u64> {
        if self.waiting.len() >= MOST {
            return None;
        }
        self.last += 1;
        self.waiting.insert(self.last, file);
        Some(self.last)
    }
}

impl Inner {
    fn with_picked<T>(&self, work: impl FnOnce(&mut Picked) -> T) -> T {
        work(&mut self.picked.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// Forgets all of them: nobody sits here any more who chose them.
    pub(crate) fn forget_picked(&self) {
        self.with_picked(|picked| picked.waiting.clear());
    }
}

impl Desk {
    /// Asks for files that shall go with a message.
    ///
    /// # Errors
    /// `no_session`; `disk` when there is no dialog. A file that is not taken is an answer.
    pub async fn pick_files(&self, _: PickFiles) -> Result<Vec<PickedFile>, DeskError> {
        let paths = self.inner.choose_designs("do-attach").await?;
        self.look_at_all(paths).await
    }
    /// Takes the files that were let fall on the window.
    ///
    /// # Errors
    /// `not_found` for a handle that is good no more; `no_session`.
    pub async fn drop_files(&self, query: DropFiles) -> Result<Vec<PickedFile>, DeskError> {
        let paths = self.inner.dropped(query.handle).await?;
        self.look_at_all(paths).await
    }
    /// Takes a pasted file.
    ///
    /// # Errors
    /// `bad_call` for what is no Base64; `no_session`.
    pub async fn paste_file(&self, query: PasteFile) -> Result<PickedFile, DeskError> {
        self.look_at(Source::pasted(query.name, &query.data)?).await
    }
    /// Forgets files that were chosen.
    ///
    /// # Errors
    /// None.
    pub async fn forget_files(&self, query: ForgetFiles) -> Result<(), DeskError> {
        self.inner.with_picked(|picked| picked.waiting.retain(|file, _| !query.files.contains(file)));
        Ok(())
    }
    /// Says something with files.
    ///
    /// # Errors
    /// `not_found` for a file that waits no more, or a version that is not here; `refused`; `no_session`; `disk`.
    pub async fn send_message(&self, query: SendMessage) -> Result<Submitted, DeskError> {
        let (attachments, files) = self.enclosed(&query.files).await?;
        let id = MessageId::from(self.new_id().await?);
        let copies: Vec<(usize, Vec<u8>)> = attachments
            .iter()
            .enumerate()
            .filter_map(|(place, it)| Some((place, files.iter().find(|file| file.sha256 == it.sha256)?.bytes.clone())))
            .collect();
        let send = Send { id, order_id: query.order_id, text: query.text, attachments, read: query.read };
        let args = serde_json::to_value(&send).map_err(|_| told(ErrorCode::Internal, "args"))?;
        let act = Submit { act: Send::NAME.to_owned(), args, seen: vec![RecordRef::new(Kind::Order, query.order_id)] };
        let submitted = self.give(act, files).await?;
        let sent = |file: &u64| query.files.contains(&SentFile::Picked(*file));
        self.inner.with_picked(|picked| picked.waiting.retain(|file, _| !sent(file)));
        for (place, bytes) in copies {
            self.keep_copy(Owner::Message(id, place), &bytes).await;
        }
        Ok(submitted)
    }
    /// What goes with a message, as the rulebook takes it, and the bytes of what was chosen.
    async fn enclosed(&self, all: &[SentFile]) -> Result<(Vec<Attach>, Vec<Attachment>), DeskError> {
        let missing = || DeskError::new(ErrorCode::NotFound);
        let (mut attachments, mut files) = (Vec::with_capacity(all.len()), Vec::new());
        for it in all {
            match it {
                SentFile::Picked(file) => {
                    let file = self.inner.with_picked(|picked| picked.waiting.get(file).cloned()).ok_or_else(missing)?;
                    let (size, media_type) = (Some(file.bytes.len() as u64), Some(file.media_type.clone()));
                    attachments.push(Attach { sha256: file.sha256, name: file.name.to_string(), size, media_type });
                    files.push(file);
                }
                SentFile::Version(design) => attachments.push(self.version_file(*design).await?),
            }
        }
        Ok((attachments, files))
    }
    async fn version_file(&self, id: DesignId) -> Result<Attach, DeskError> {
        let work = self.inner.work().await?;
        match work.cabinet.record(RecordRef::new(Kind::Design, id), work.now()).await.map_err(file_error)? {
            Some((AnyRecord::Design(it), _)) if it.purged.is_none() => {
                let size = u64::try_from(it.size).ok();
                Ok(Attach { sha256: it.sha256, name: it.name.to_string(), size, media_type: Some(it.media_type) })
            }
            _ => Err(DeskError::new(ErrorCode::NotFound)),
        }
    }
    async fn look_at_all(&self, paths: Vec<PathBuf>) -> Result<Vec<PickedFile>, DeskError> {
        let mut all = Vec::with_capacity(paths.len());
        // One after another: only one of them is looked at at a time.
        for path in paths {
            all.push(self.look_at(Source::Path(path)).await?);
        }
        Ok(all)
    }
    async fn look_at(&self, source: Source) -> Result<PickedFile, DeskError> {
        let name = source.name();
        if self.inner.with_picked(|picked| picked.waiting.len() >= MOST) {
            return Ok(refused(name, TOO_MANY));
        }
        let Looked { facts, bytes } = match source.look(FilePolicy::Design).await {
            Ok(looked) => looked,
            Err(why) => return Ok(refused(name, why)),
        };
        // Whoever locked the desk meanwhile has nothing waiting.
        let _work = self.inner.work().await?;
        let (size, media_type) = (facts.size, facts.media_type.clone());
        let file = Attachment { sha256: facts.sha256, policy: FilePolicy::Design, name: facts.name, media_type: facts.media_type, bytes };
        match self.inner.with_picked(|picked| picked.add(file)) {
            Some(number) => Ok(PickedFile { name, file: Some(number), size, media_type: Some(media_type), refused: None }),
            None => Ok(refused(name, TOO_MANY)),
        }
    }
}

fn refused(name: String, why: &str) -> PickedFile {
    PickedFile { name, file: None, size: 0, media_type: None, refused: Some(why.to_owned()) }
}
