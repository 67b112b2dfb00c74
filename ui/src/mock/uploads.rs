//! Files on their way from the desk inside the window: chosen, let fall or pasted, sent bit by bit, paused, called off.

use std::sync::Arc;

use bridge::{
    Attached, CancelTransfer, DeskError, DropDesigns, ErrorCode, Event, PasteDesign, PauseTransfer, PickDesigns, Submit, TransferState,
};
use domain::{
    command::{Act as _, Command},
    commands::design,
    facts::Held,
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{DesignId, FileId, OrderId},
    record::{Kind, Record as _, RecordRef},
    records::{Attachment, Design, File},
    status::CommandState,
    time::UtcMillis,
};

use super::{
    designs::{Upload, busy_order, kind_of},
    desk::{Desk, Layer},
    sample::BEGIN,
    sample_designs::hash,
    situation::Drops,
};

/// How often it is told how far they are, in milliseconds.
const TOLD: i64 = 250;
/// How long files are held before they are let fall, in milliseconds.
const FALL: i64 = 1_500;

/// What a file is by its name, which alone there is of it here; or why it is not taken.
pub(super) fn look_at(name: &str) -> Result<(FileName, MediaType), &'static str> {
    let kind = kind_of(name).ok_or("extension_unknown")?;
    if name.contains("kosong") { Err("empty") } else { Ok(kind) }
}

impl Desk {
    /// There is no dialog here: the situation says what is chosen.
    pub(super) fn pick_designs(&mut self, query: &PickDesigns) -> Result<Vec<Attached>, DeskError> {
        Ok(self.picked_names()?.iter().map(|name| self.attach(query.order, name, 6_400_000, hash(name))).collect())
    }
    /// The names of what is chosen.
    pub(super) fn picked_names(&self) -> Result<Vec<String>, DeskError> {
        self.trouble()?;
        Ok(self.situation.pick.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }
    /// The same files are let fall.
    pub(super) fn drop_designs(&mut self, query: &DropDesigns) -> Result<Vec<Attached>, DeskError> {
        self.pick_designs(&PickDesigns { order: query.order })
    }
    /// A pasted picture.
    pub(super) fn paste_design(&mut self, query: &PasteDesign) -> Result<Attached, DeskError> {
        self.trouble()?;
        let size = query.data.len() as u64 / 4 * 3;
        Ok(self.attach(query.order, &query.name, size, Sha256::of(query.data.as_bytes())))
    }
    /// A file becomes the next version of an order, or does not.
    fn attach(&mut self, order_id: OrderId, name: &str, size: u64, sha256: Sha256) -> Attached {
        let refused = |why: &str, details| Attached { name: name.to_owned(), design: None, refused: Some(why.to_owned()), details };
        let (file_name, media_type) = match look_at(name) {
            Ok(kind) => kind,
            Err(why) => return refused(why, None),
        };
        let id = DesignId::from(self.next_id());
        let act = design::Upload { id, order_id, sha256, size, media_type, name: file_name.to_string() };
        let command = Command::from(act);
        let seen = vec![RecordRef::new(Kind::Order, order_id)];
        match self.submit(&Submit { act: design::Upload::NAME.to_owned(), args: command.args(), seen }) {
            Ok(_) => {
                if let Some(design) = self.record::<Design>(Layer::Shown, id).cloned() {
                    let speed = size * 1_000 / self.situation.upload_ms.max(1);
                    self.uploads.insert(id, Upload { design, sent: 0, state: TransferState::Sending, speed });
                }
                Attached { name: name.to_owned(), design: Some(id), refused: None, details: None }
            }
            Err(error) => refused(&error.refusal.unwrap_or_default(), error.details),
        }
    }

    /// Pauses an upload, or lets it go on.
    pub(super) fn pause_transfer(&mut self, query: &PauseTransfer) -> Result<(), DeskError> {
        let upload = self.uploads.get_mut(&query.design).ok_or_else(|| DeskError::new(ErrorCode::NotFound))?;
        upload.state = if query.paused { TransferState::Paused } else { TransferState::Sending };
        self.tell_transfer(query.design);
        Ok(())
    }
    /// Calls an upload off: the act goes with its bytes.
    pub(super) fn cancel_transfer(&mut self, query: &CancelTransfer) -> Result<(), DeskError> {
        let gone = self.uploads.remove(&query.design).ok_or_else(|| DeskError::new(ErrorCode::TooLate))?;
        self.commands.retain(|c| c.given.command.subject() != Some(RecordRef::new(Kind::Design, query.design)));
        self.lay();
        self.tell_transfer(query.design);
        self.changed(vec![RecordRef::new(Kind::Order, gone.design.order_id), RecordRef::new(Kind::Design, query.design)]);
        Ok(())
    }
    fn tell_transfer(&mut self, design: DesignId) {
        let transfer = self.uploads.get(&design).map(|upload| upload.transfer(self.online));
        self.tell(Event::Transfer { design, transfer });
    }

    /// Bytes move.
    pub(super) fn run_uploads(&mut self, since: UtcMillis) {
        let step = u64::try_from(self.now.since(since)).unwrap_or(0);
        if !self.online || step == 0 {
            return;
        }
        let told = self.now.ms() / TOLD != since.ms() / TOLD;
        let mut ended = Vec::new();
        for (id, upload) in self.uploads.iter_mut().filter(|(_, upload)| upload.state == TransferState::Sending) {
            upload.sent = upload.sent.saturating_add(upload.speed * step / 1_000).min(upload.size());
            if upload.sent == upload.size() {
                ended.push(*id);
            }
        }
        let moving: Vec<DesignId> = self.uploads.iter().filter(|(_, it)| it.state == TransferState::Sending).map(|(id, _)| *id).collect();
        for id in moving.into_iter().filter(|id| told && !ended.contains(id)) {
            self.tell_transfer(id);
        }
        ended.into_iter().for_each(|id| self.finish_upload(id));
    }
    fn finish_upload(&mut self, id: DesignId) {
        let Some(Upload { design, .. }) = self.uploads.remove(&id) else { return };
        self.arrives(Attachment { sha256: design.sha256, size: design.size, media_type: design.media_type, name: design.name });
        self.tell_transfer(id);
    }
    /// The server has a file of whoever sits here.
    pub(super) fn arrives(&mut self, it: Attachment) {
        let (by, policy) = (self.me(), FilePolicy::Design);
        let Attachment { sha256, size, media_type, name } = it;
        let file = File { id: FileId::named(by.id, &sha256), sha256, size, media_type, name, by, policy, created_at: self.now };
        let record = file.any();
        self.server.insert(record.reference(), Held { rev: 1, record: Arc::new(record) });
    }

    /// A file that was on its way when the window was opened, as the situation says.
    pub(super) fn begin_upload(&mut self) {
        let (Some(state), Some(order)) = (self.situation.upload, busy_order()) else { return };
        let name = "kopi-senja-v3.png";
        let Some(id) = self.attach(order, name, 6_400_000, hash(name)).design else { return };
        if let Some(upload) = self.uploads.get_mut(&id) {
            (upload.sent, upload.speed) = (4_100_000, 190_000);
            upload.state = state;
        }
        if state == TransferState::Refused
            && let Some(entry) = self.commands.last_mut()
        {
            entry.state = CommandState::Refused;
            entry.finished_at = Some(BEGIN);
            self.lay();
        }
    }
    /// Files are held above the window, as the situation says, and let fall a moment later.
    pub(super) fn run_drops(&mut self) {
        if let Drops::After(after) = self.situation.drops
            && self.now.since(BEGIN) >= after
        {
            self.hold_files();
        }
        if self.falls_at.is_some_and(|at| at <= self.now) {
            self.falls_at = None;
            self.tell(Event::Dropped { handle: Some(7), files: self.held_files() });
        }
    }
    /// Files come above the window, once.
    pub(super) fn hold_files(&mut self) {
        if self.situation.drops != Drops::None && !std::mem::replace(&mut self.held, true) {
            self.tell(Event::Dropped { handle: None, files: self.held_files() });
            self.falls_at = (self.situation.drops != Drops::Held).then(|| self.now.plus(FALL));
        }
    }
    fn held_files(&self) -> u32 {
        u32::try_from(self.situation.pick.split(',').count()).unwrap_or(1)
    }
}
