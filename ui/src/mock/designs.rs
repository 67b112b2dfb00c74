//! Design versions of the desk inside the window. There are no files here: what is chosen has a name alone, and two pictures stand
//! for all.

use bridge::{
    ArchiveEntry, DesignContents, DesignImage, DesignImageReply, DesignView, Designs, DesignsReply, DeskError, ErrorCode, NoImage,
    SaveDesign, Saved, Transfer, TransferState,
};
use domain::{
    command::Command,
    commands::design,
    file::{FileName, MediaType},
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, Order},
};

use super::{
    commands::Entry,
    desk::{Desk, Layer},
    sample_designs::hash,
    situation::{Drops, Trouble},
};

/// A cup before a sun, and a badge: PNG of 360 × 400 pixels, in Base64.
pub(super) const PICTURES: [&str; 2] = [include_str!("pictures/cup.b64"), include_str!("pictures/badge.b64")];

fn reference(id: DesignId) -> RecordRef {
    RecordRef::new(Kind::Design, id)
}

impl Desk {
    /// The versions of an order, newest first.
    pub(super) fn designs(&mut self, query: &Designs) -> Result<DesignsReply, DeskError> {
        self.trouble()?;
        if self.situation.versions == Trouble::Error {
            return Err(DeskError { diagnosis: "mirror.db: SQLITE_IOERR_READ (266)".to_owned(), ..DeskError::new(ErrorCode::Disk) });
        }
        if matches!(self.situation.drops, Drops::OnOrder | Drops::Held) {
            self.hold_files();
        }
        let missing = || DeskError::new(ErrorCode::NotFound);
        let order: Order = self.record::<Order>(Layer::Shown, query.order).filter(|it| self.sees_order(it)).cloned().ok_or_else(missing)?;
        let mut all: Vec<Design> = self.all::<Design>(Layer::Shown).filter(|it| it.order_id == order.id).cloned().collect();
        let stranded = self.uploads.values().filter(|it| it.state == TransferState::Refused && it.design.order_id == order.id);
        all.extend(stranded.map(|it| it.design.clone()));
        all.sort_by_key(|it| std::cmp::Reverse(it.version));
        let versions = all.into_iter().map(|it| self.design_view(it, &order)).collect();
        let name = "versi-berikutnya.png";
        let tried = design::Upload {
            id: DesignId::from(self.next_id()),
            order_id: order.id,
            sha256: hash(name),
            size: 1,
            media_type: MediaType::Png,
            name: name.to_owned(),
        };
        Ok(DesignsReply { versions, upload: self.verdicts_of([tried.into()]).pop() })
    }
    fn design_view(&mut self, it: Design, order: &Order) -> DesignView {
        let server: Option<&Design> = self.record(Layer::Server, it.id);
        let ours = server.is_none_or(|server| server.status != it.status || server.purged != it.purged);
        let urgent = self.urgent(reference(it.id)).map(|c| (c.state, c.id));
        let transfer = self.uploads.get(&it.id).map(|upload| upload.transfer(self.online));
        let stranded = transfer.as_ref().is_some_and(|transfer| transfer.state == TransferState::Refused);
        let reason = "Masa simpan".to_owned();
        let acts: [Command; 3] =
            [design::Submit { id: it.id }.into(), design::SetCurrent { id: it.id }.into(), design::Purge { id: it.id, reason }.into()];
        DesignView {
            ours,
            mark: urgent.map(|(state, _)| state),
            command: urgent.map(|(_, id)| id),
            current: !stranded && order.current_version == Some(it.version),
            superseded: it.is_superseded(order.current_version),
            verdicts: if stranded { Vec::new() } else { self.verdicts_of(acts) },
            here: self.is_here(&it),
            kept: self.keeps_files(order.id) && self.has_file(&it),
            transfer,
            design: it,
        }
    }
    /// Every other one was looked at before.
    fn is_here(&self, it: &Design) -> bool {
        it.purged.is_none()
            && (it.version % 2 == 0
                || self.came(it.id)
                || self.record::<Design>(Layer::Server, it.id).is_none()
                || it.by.id == self.me().id)
    }
    pub(super) fn design(&self, id: DesignId) -> Result<Design, DeskError> {
        let stranded = || self.uploads.get(&id).map(|upload| upload.design.clone());
        self.record(Layer::Shown, id).cloned().or_else(stranded).ok_or_else(|| DeskError::new(ErrorCode::NotFound))
    }

    /// One of two pictures for every image.
    pub(super) fn design_image(&mut self, query: &DesignImage) -> Result<DesignImageReply, DeskError> {
        let it = self.design(query.design)?;
        let none = |why| Ok(DesignImageReply::None { why });
        if it.purged.is_some() {
            return none(NoImage::Purged);
        }
        match it.media_type {
            MediaType::Jpeg | MediaType::Png => {}
            _ => return none(NoImage::NotAPicture),
        }
        if !self.online && !self.is_here(&it) {
            return none(NoImage::Offline);
        }
        if it.name.as_str().contains("rusak") {
            return none(NoImage::Damaged);
        }
        let data = PICTURES[usize::from(it.version % 2 != 0)].to_owned();
        Ok(DesignImageReply::Image { media_type: "image/png".to_owned(), width: 360, height: 400, data })
    }
    /// Archives hold as much as an archive may.
    pub(super) fn design_contents(&mut self, query: &DesignContents) -> Result<Vec<ArchiveEntry>, DeskError> {
        let it = self.design(query.design)?;
        if it.media_type != MediaType::Zip {
            return Ok(Vec::new());
        }
        let name = |n: usize| format!("aset/halaman-{:02}/gambar-{n:04}.png", n / 50 + 1);
        Ok((1..=domain::file::MOST_ENTRIES).map(|n| ArchiveEntry { name: name(n), size: 1_000 * n as u64 }).collect())
    }
    /// There is no folder here: only how it would end is played.
    pub(super) fn save_design(&mut self, query: &SaveDesign) -> Result<Saved, DeskError> {
        let it = self.design(query.design)?;
        if it.purged.is_some() {
            return Err(DeskError::new(ErrorCode::NotFound));
        }
        if !self.online && !self.is_here(&it) {
            return Err(DeskError::new(ErrorCode::Unreachable));
        }
        Ok(Saved { path: format!("/home/dewi/Unduhan/{}", it.download_name()) })
    }
}

/// A file on its way.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    /// The version that it becomes.
    pub(super) design: Design,
    /// How many bytes are there.
    pub(super) sent: u64,
    /// Sending, paused or refused.
    pub(super) state: TransferState,
    /// How many bytes go in a second.
    pub(super) speed: u64,
}

impl Upload {
    /// How many bytes it has.
    pub(super) fn size(&self) -> u64 {
        u64::try_from(self.design.size).unwrap_or(0)
    }
    /// How much of it the server has, while it is being sent.
    pub(super) fn percent(&self, online: bool) -> Option<u8> {
        (online && self.state == TransferState::Sending).then(|| bridge::percent(self.sent, self.size()))
    }
    /// As the window reads it.
    pub(super) fn transfer(&self, online: bool) -> Transfer {
        let state = if self.state == TransferState::Sending && !online { TransferState::Offline } else { self.state };
        let left = self.size().saturating_sub(self.sent).div_ceil(self.speed.max(1));
        Transfer {
            state,
            sent: self.sent,
            size: self.size(),
            left: (state == TransferState::Sending).then(|| u32::try_from(left).unwrap_or(u32::MAX)),
            refused: (state == TransferState::Refused).then(|| "damaged".to_owned()),
        }
    }
}

/// Whether a command waits for bytes.
pub(super) fn waits(entry: &Entry, uploads: &std::collections::BTreeMap<DesignId, Upload>) -> bool {
    matches!(&entry.given.command, Command::DesignUpload(upload) if uploads.contains_key(&upload.id))
}

/// The name of a file as a version keeps it, and what it says it is.
pub(super) fn kind_of(name: &str) -> Option<(FileName, MediaType)> {
    let name = FileName::new(name).ok()?;
    let media = MediaType::of_ending(&name.ending()?)?;
    Some((name, media))
}

/// The order that files on their way at the beginning are for: PT Kopi Senja Nusantara.
pub(super) fn busy_order() -> Option<OrderId> {
    super::sample_orders::order_of(1).map(|it| it.id)
}
