//! A version is shown to its client and decided on; another one counts (R-078, M-06, M-07).

use serde::{Deserialize, Serialize};

use super::{move_along, spoken, stands, version, whole, with_order};
use crate::{
    command::Act,
    commands::order::{WORKED_BY, open, stamp, tell},
    decision::{Changes, Code, Stop, Write},
    file::Sha256,
    id::DesignId,
    record::RecordRef,
    records::{Design, DesignStatus, NotificationKind, Order, OrderStatus, Pin, Pins},
    role::Role,
    rule::{Cx, Read, field, required_as, writes},
    text::{Invalid, Reason},
};

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
        whole(cx, &design.record)?;
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
        whole(cx, &design.record)?;
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
    whole(cx, &design.record)?;
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

/// A place in a picture, as its client names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PinAt {
    /// How far it is from the left, in thousandths of the picture's width: 0 to 1000.
    pub x: i64,
    /// How far it is from the top, in thousandths of the picture's height: 0 to 1000.
    pub y: i64,
    /// What is said of it, 3 to 500 characters.
    pub text: String,
}

impl PinAt {
    fn pin(&self) -> Result<Pin, Invalid> {
        let share = |n: i64| u16::try_from(n).ok().filter(|n| *n <= Pins::EDGE).ok_or(Invalid::OutOfRange);
        Ok(Pin { x: share(self.x)?, y: share(self.y)?, text: Reason::new(&self.text)? })
    }
}

/// The places in the picture of a version; a file that is not drawn has none.
fn pinned(design: &Design, at: &[PinAt]) -> Result<Pins, Stop> {
    if at.len() > Pins::MOST || (!at.is_empty() && !design.media_type.is_image()) {
        return field("pins", Err(Invalid::OutOfRange));
    }
    field("pins", at.iter().map(PinAt::pin).collect::<Result<_, _>>().map(Pins))
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
    /// Where in the picture, and what there: at most 20 places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinAt>,
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
        design.record.pins = pinned(&design.record, &self.pins)?;
        (design.record.status, design.record.comment) = (DesignStatus::RevisionRequested, Some(comment));
        move_along(cx, &mut order.record, &OrderStatus::Review, OrderStatus::InProgress);
        Ok(noted(cx, design, order, Some(said)))
    }
}
