//! Design versions: uploaded, shown to the client, decided on (R-005, R-077, R-078, M-06, M-07, C-13, C-15, C-35).

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    commands::file::{Known, put_there},
    commands::item,
    commands::order::{WORKED_BY, alive, open, stamp, tell},
    decision::{Changes, Code, Details, Refusal, Stop, Write},
    facts::{Key, Lookup},
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{DesignId, OrderId},
    record::{Kind, RecordRef},
    records::{Design, DesignStatus, NotificationKind, Order, OrderStatus},
    role::{Person, Role},
    rule::{Cx, Read, create, field, key, required_as, writes},
    time::UtcMillis,
};

fn version(id: DesignId) -> RecordRef {
    RecordRef::new(Kind::Design, id)
}

/// What people call a version: `V2`.
fn spoken(design: &Design) -> String {
    format!("V{}", design.version)
}

/// A version that the actor may know of, with its order, which was not deleted.
fn with_order(cx: &Cx<'_>, id: DesignId) -> Result<(Read<Design>, Read<Order>), Stop> {
    let design = cx.read::<Design>(id)?;
    let order = alive(cx, design.record.order_id)?;
    Ok((design, order))
}

/// A refusal that says where the version stands, and since when.
fn stands(design: &Design, code: Code) -> Stop {
    let at = Some(design.reviewed_at.or(design.submitted_at).unwrap_or(design.created_at));
    let details = Details { status: Some(design.status.wire().to_owned()), number: Some(spoken(design)), at, ..Details::default() };
    Refusal::with(code, "M-07", details).into()
}

/// Moves an order in the same commit, where the table of M-06 has that step: what it waited for was done.
fn move_along(cx: &Cx<'_>, order: &mut Order, from: &OrderStatus, to: OrderStatus) {
    if order.status == *from {
        (order.status, order.reason) = (to, None);
        (order.status_at, order.status_by) = (cx.now, cx.actor.person.clone());
        item::let_go(order);
    }
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
            submitted_at: None,
            reviewed_at: None,
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
        vec![key(Kind::Design, self.id), key(Kind::Order, self.order_id), Key::Lookup(Lookup::DesignsOf(self.order_id))]
    }
    fn awaits(&self) -> Vec<Sha256> {
        vec![self.sha256]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", FileName::new(&self.name))?;
        let mut order = open(cx, self.order_id)?;
        cx.must_be_free(version(self.id))?;
        let all = cx.find::<Design>(Lookup::DesignsOf(self.order_id))?;
        if let Some(same) = all.iter().map(|read| &read.record).find(|it| it.sha256 == self.sha256) {
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

/// `design.submit`: the client is shown a version, which becomes the current one. An order that is being made is in review from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Submit {
    /// The version.
    pub id: DesignId,
}

impl Act for Submit {
    const NAME: &'static str = "design.submit";
    const RULE: &'static str = "R-005, R-078, M-06, M-07";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let (mut design, _) = with_order(cx, self.id)?;
        let mut order = open(cx, design.record.order_id)?;
        if design.record.status != DesignStatus::Uploaded {
            return Err(stands(&design.record, Code::NotUploaded));
        }
        let it = &mut design.record;
        (it.status, it.submitted_at, it.updated_at) = (DesignStatus::Submitted, Some(cx.now), cx.now);
        order.record.current_version = Some(it.version);
        order.record.shown_version = order.record.shown_version.max(Some(it.version));
        move_along(cx, &mut order.record, &OrderStatus::InProgress, OrderStatus::Review);
        let said = spoken(it);
        stamp(cx, &mut order.record, None, Some(&said));
        let told = tell(cx, &order.record, NotificationKind::DesignSubmitted, Some(said));
        Ok(writes([design.write(), order.write()].into_iter().chain(told).collect()))
    }
}

/// `design.set_current`: the staff goes back to an earlier version, or forward again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetCurrent {
    /// The version.
    pub id: DesignId,
}

impl Act for SetCurrent {
    const NAME: &'static str = "design.set_current";
    const RULE: &'static str = "M-07, C-15";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let (design, _) = with_order(cx, self.id)?;
        let mut order = open(cx, design.record.order_id)?;
        if order.record.current_version == Some(design.record.version) {
            return Err(stands(&design.record, Code::IsCurrent));
        }
        order.record.current_version = Some(design.record.version);
        stamp(cx, &mut order.record, None, Some(&spoken(&design.record)));
        Ok(writes(vec![order.write()]))
    }
}

/// What a client decides on a version that they were shown.
fn decided(cx: &Cx<'_>, id: DesignId, sha256: &Sha256) -> Result<(Read<Design>, Read<Order>), Stop> {
    let (mut design, _) = with_order(cx, id)?;
    let order = open(cx, design.record.order_id)?;
    if design.record.status != DesignStatus::Submitted {
        return Err(stands(&design.record, Code::NotSubmitted));
    }
    // A decision is about the bytes that were looked at, and about nothing else.
    if design.record.sha256 != *sha256 {
        return Err(stands(&design.record, Code::Stale));
    }
    (design.record.reviewed_at, design.record.updated_at) = (Some(cx.now), cx.now);
    Ok((design, order))
}

/// The rest of a decision: the order's history, and both records written. An order that was put off is not any more: its client acted.
fn noted(cx: &Cx<'_>, design: Read<Design>, mut order: Read<Order>, reason: Option<String>) -> Changes {
    order.record.snooze = None;
    stamp(cx, &mut order.record, reason.as_deref(), Some(&spoken(&design.record)));
    let all: Vec<Write> = vec![design.write(), order.write()];
    Changes { reason, ..writes(all) }
}

/// `design.approve`: the client wants exactly this version, bound to its bytes. The order stays where it is: the staff completes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Approve {
    /// The version.
    pub id: DesignId,
    /// What the bytes that were looked at are known by.
    pub sha256: Sha256,
}

impl Act for Approve {
    const NAME: &'static str = "design.approve";
    const RULE: &'static str = "M-07";
    const ROLES: &'static [Role] = &[Role::Client];

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let (mut design, order) = decided(cx, self.id, &self.sha256)?;
        design.record.status = DesignStatus::Approved;
        Ok(noted(cx, design, order, None))
    }
}

/// `design.request_revision`: the client wants something changed. An order in review is being made again, in the same commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestRevision {
    /// The version.
    pub id: DesignId,
    /// What the bytes that were looked at are known by.
    pub sha256: Sha256,
    /// What shall be changed, 3 to 500 characters.
    #[serde(default)]
    pub comment: String,
}

impl Act for RequestRevision {
    const NAME: &'static str = "design.request_revision";
    const RULE: &'static str = "M-06, M-07";
    const ROLES: &'static [Role] = &[Role::Client];

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let comment = required_as("comment", &self.comment, "M-07")?;
        let (mut design, mut order) = decided(cx, self.id, &self.sha256)?;
        let said = comment.to_string();
        (design.record.status, design.record.comment) = (DesignStatus::RevisionRequested, Some(comment));
        move_along(cx, &mut order.record, &OrderStatus::Review, OrderStatus::InProgress);
        Ok(noted(cx, design, order, Some(said)))
    }
}
