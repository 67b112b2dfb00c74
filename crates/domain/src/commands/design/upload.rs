//! A file becomes the next version (R-005, R-077, C-13, C-15, C-35).

use serde::{Deserialize, Serialize};

use super::{spoken, version};
use crate::{
    command::Act,
    commands::file::{Known, put_there},
    commands::order::{WORKED_BY, open, stamp},
    decision::{Changes, Code, Details, Refusal, Stop},
    facts::{Key, Lookup},
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, DesignStatus, Order, Pins, SettingKey},
    role::{Person, Role},
    rule::{Cx, create, field, key, writes},
    time::UtcMillis,
};

/// Who uploads designs, a setting of the organisation says (C-13). What was uploaded before it holds stays.
fn may_upload(cx: &Cx<'_>) -> Result<(), Stop> {
    let roles = cx.settings()?.uploaders.roles();
    if cx.actor.is_system() || cx.actor.is_any(roles) {
        return Ok(());
    }
    let details = Details { roles: roles.to_vec(), setting: Some(SettingKey::DesignUploaders), ..Details::default() };
    Err(Refusal::with(Code::NotAllowed, "C-13", details).into())
}

/// `design.upload`: a file that this person has put on the server becomes the next version of an order, and the current one. The
/// client does not see it before `design.submit`.
///
/// A desk gives the command as soon as the file is chosen, and sends it when the bytes are on the server: `size` and `media_type`
/// are what the desk shows until then. The server goes by the file itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Upload {
    /// The id of the new version.
    pub id: DesignId,
    /// The order it was made for.
    pub order_id: OrderId,
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many they are.
    pub size: u64,
    /// What they are.
    pub media_type: MediaType,
    /// What the file is called.
    pub name: String,
}

impl Upload {
    /// The next version of this order, made of a file of this size and kind, as it stands at first.
    #[must_use]
    pub fn as_version(&self, order: &Order, name: FileName, (size, media_type): (i64, MediaType), by: Person, at: UtcMillis) -> Design {
        Design {
            id: self.id,
            order_id: order.id,
            order_number: order.number.clone(),
            version: order.versions.saturating_add(1),
            sha256: self.sha256,
            size,
            media_type,
            name,
            by,
            status: DesignStatus::Uploaded,
            comment: None,
            pins: Pins::default(),
            submitted_at: None,
            reviewed_at: None,
            purged: None,
            created_at: at,
            updated_at: at,
        }
    }
    /// The file as the server has it; at a desk, which holds none, as the desk says.
    fn file(&self, cx: &Cx<'_>) -> Result<(i64, MediaType), Stop> {
        let size = field("size", FilePolicy::Design.size(self.size))?;
        let (size, media_type) = match put_there(cx, &self.sha256)? {
            Known::NotHere => (size, self.media_type.clone()),
            Known::Is(size, media_type) => (size, media_type),
            Known::Missing => return Err(Refusal::new(Code::FileMissing, "R-077").into()),
        };
        // It may have been put there for something else, whose policy takes other files.
        field("media_type", FilePolicy::Design.takes(size, &media_type))?;
        Ok((size, media_type))
    }
}

impl Act for Upload {
    const NAME: &'static str = "design.upload";
    const RULE: &'static str = "R-005, R-077, M-07, C-13, C-15, C-35";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        let lookups = [Lookup::DesignsOf(self.order_id), Lookup::Settings].map(Key::Lookup);
        [key(Kind::Design, self.id), key(Kind::Order, self.order_id)].into_iter().chain(lookups).collect()
    }
    fn awaits(&self) -> Vec<Sha256> {
        vec![self.sha256]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        may_upload(cx)?;
        let name = field("name", FileName::new(&self.name))?;
        let mut order = open(cx, self.order_id)?;
        cx.must_be_free(version(self.id))?;
        let all = cx.find::<Design>(Lookup::DesignsOf(self.order_id))?;
        if let Some(same) = all.iter().map(|read| &read.record).find(|it| it.holds(&self.sha256)) {
            let details = Details { number: Some(spoken(same)), record: Some(version(same.id)), ..Details::default() };
            return Err(Refusal::with(Code::SameDesign, "R-077", details).into());
        }
        let design = self.as_version(&order.record, name, self.file(cx)?, cx.actor.person.clone(), cx.now);
        let it = &mut order.record;
        (it.versions, it.current_version) = (design.version, Some(design.version));
        stamp(cx, it, None, Some(&spoken(&design)));
        Ok(writes(vec![create(design), order.write()]))
    }
}
