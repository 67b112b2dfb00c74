//! Files of messages at the desk inside the window. There are no files here: what is chosen has a name alone, as with versions.

use bridge::{
    DesignImageReply, DeskError, DropFiles, ErrorCode, FileImage, ForgetFiles, NoImage, PasteFile, PickFiles, PickedFile, SaveFile, Saved,
    SendMessage, SentFile, Submit, Submitted,
};
use domain::{
    command::{Act as _, Command},
    commands::message::{Attach, Send},
    file::Sha256,
    id::MessageId,
    record::{Kind, RecordRef},
    records::{Attachment, Design, Message},
};

use super::{
    designs::PICTURES,
    desk::{Desk, Layer},
    sample_designs::hash,
    uploads::look_at,
};

impl Desk {
    /// There is no dialog here: the situation says what is chosen.
    pub(super) fn pick_files(&mut self, _: &PickFiles) -> Result<Vec<PickedFile>, DeskError> {
        Ok(self.picked_names()?.iter().map(|name| self.picked_file(name, 1_240_000, hash(name))).collect())
    }
    /// The same files are let fall.
    pub(super) fn drop_files(&mut self, _: &DropFiles) -> Result<Vec<PickedFile>, DeskError> {
        self.pick_files(&PickFiles {})
    }
    /// A pasted file.
    pub(super) fn paste_file(&mut self, query: &PasteFile) -> Result<PickedFile, DeskError> {
        self.trouble()?;
        let size = query.data.len() as u64 / 4 * 3;
        Ok(self.picked_file(&query.name, size, Sha256::of(query.data.as_bytes())))
    }
    fn picked_file(&mut self, name: &str, size: u64, sha256: Sha256) -> PickedFile {
        let refused =
            |why: &str| PickedFile { name: name.to_owned(), file: None, size: 0, media_type: None, refused: Some(why.to_owned()) };
        let (file_name, media_type) = match look_at(name) {
            Ok(kind) => kind,
            Err(why) => return refused(why),
        };
        let file = u64::try_from(self.picked.len()).unwrap_or(0) + 1;
        let size_said = i64::try_from(size).unwrap_or(0);
        self.picked.push(Attachment { sha256, size: size_said, media_type: media_type.clone(), name: file_name });
        PickedFile { name: name.to_owned(), file: Some(file), size, media_type: Some(media_type), refused: None }
    }
    /// What was chosen is a name: there is nothing to forget.
    pub(super) fn forget_files(&mut self, _: &ForgetFiles) -> Result<(), DeskError> {
        self.trouble()
    }
    /// Says something with files, which come to the server with it.
    pub(super) fn send_message(&mut self, query: &SendMessage) -> Result<Submitted, DeskError> {
        let attachments = query.files.iter().map(|it| self.enclosed(*it)).collect::<Result<Vec<_>, _>>()?;
        let id = MessageId::from(self.next_id());
        let send = Send { id, order_id: query.order_id, text: query.text.clone(), attachments, read: query.read };
        let seen = vec![RecordRef::new(Kind::Order, query.order_id)];
        self.submit(&Submit { act: Send::NAME.to_owned(), args: Command::from(send).args(), seen })
    }
    fn enclosed(&mut self, it: SentFile) -> Result<Attach, DeskError> {
        let missing = || DeskError::new(ErrorCode::NotFound);
        let attach = |it: &Attachment| {
            let (size, media_type) = (u64::try_from(it.size).ok(), Some(it.media_type.clone()));
            Attach { sha256: it.sha256, name: it.name.to_string(), size, media_type }
        };
        match it {
            SentFile::Picked(file) => {
                let place = usize::try_from(file).ok().and_then(|file| file.checked_sub(1));
                let it = place.and_then(|place| self.picked.get(place).cloned()).ok_or_else(missing)?;
                let attached = attach(&it);
                self.arrives(it);
                Ok(attached)
            }
            SentFile::Version(id) => {
                let it: &Design = self.record(Layer::Shown, id).ok_or_else(missing)?;
                Ok(attach(&Attachment { sha256: it.sha256, size: it.size, media_type: it.media_type.clone(), name: it.name.clone() }))
            }
        }
    }
    fn attachment(&self, message: MessageId, place: u32) -> Result<Attachment, DeskError> {
        let it: Option<&Message> = self.record(Layer::Shown, message);
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        it.and_then(|it| it.attachments.0.get(place).cloned()).ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }
    /// One of two pictures for every image.
    pub(super) fn file_image(&mut self, query: &FileImage) -> Result<DesignImageReply, DeskError> {
        let it = self.attachment(query.message, query.place)?;
        let none = |why| Ok(DesignImageReply::None { why });
        if !it.media_type.is_image() {
            return none(NoImage::NotAPicture);
        }
        if !self.online {
            return none(NoImage::Offline);
        }
        let data = PICTURES[usize::from(!query.place.is_multiple_of(2))].to_owned();
        Ok(DesignImageReply::Image { media_type: "image/png".to_owned(), width: 360, height: 400, data })
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn save_file(&mut self, query: &SaveFile) -> Result<Saved, DeskError> {
        let it = self.attachment(query.message, query.place)?;
        if !self.online {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        Ok(Saved { path: format!("/home/dewi/Unduhan/{}", it.name) })
    }
}
