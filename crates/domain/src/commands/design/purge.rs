//! The file of a version is taken away, long after its order (C-15).

use serde::{Deserialize, Serialize};

use super::{spoken, version, whole, with_order};
use crate::{
    command::Act,
    commands::order::stamp,
    decision::{Changes, Code, Details, Refusal, Stop},
    facts::{Key, Lookup},
    id::DesignId,
    record::RecordRef,
    records::{self, Design, DesignStatus, Order, OrderStatus, SettingKey},
    role::Role,
    rule::{Cx, required_reason, writes},
    time::DAY,
};

/// `design.purge`: an admin takes the file of a version away for good, and says why. The version stays with its number, its hash, its
/// names and whatever was said of it; only its bytes go, once no other record holds them.
///
/// That is for orders that have ended, as long ago as the organisation has set. What was delivered is kept: the version that was
/// approved and counts, of an order that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Purge {
    /// The version.
    pub id: DesignId,
    /// Why, 3 to 500 characters.
    #[serde(default)]
    pub reason: String,
}

impl Act for Purge {
    const NAME: &'static str = "design.purge";
    const RULE: &'static str = "C-15";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(version(self.id))
    }
    fn keys(&self) -> Vec<Key> {
        vec![Key::Record(version(self.id)), Key::Lookup(Lookup::Settings)]
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let reason = required_reason(&self.reason, "C-15")?.to_string();
        let (mut design, mut order) = with_order(cx, self.id)?;
        whole(cx, &design.record)?;
        has_ended(&order.record)?;
        if is_delivered(&design.record, &order.record) {
            return Err(
                Refusal::with(Code::Delivered, "C-15", Details { number: Some(spoken(&design.record)), ..Details::default() }).into()
            );
        }
        is_over(cx, &order.record)?;
        let it = &mut design.record;
        it.purged = Some(records::Purge { by: cx.actor.person.clone(), at: cx.now, reason: reason.clone() });
        it.updated_at = cx.now;
        stamp(cx, &mut order.record, Some(&reason), Some(&spoken(it)));
        Ok(Changes { reason: Some(reason), ..writes(vec![design.write(), order.write()]) })
    }
}

/// Nothing is taken from an order that somebody works on.
fn has_ended(order: &Order) -> Result<(), Stop> {
    if matches!(order.status, OrderStatus::Completed | OrderStatus::Cancelled) {
        return Ok(());
    }
    let (status, by) = (Some(order.status.wire().to_owned()), Some(order.status_by.clone()));
    Err(Refusal::with(Code::StillOpen, "C-15", Details { status, by, at: Some(order.status_at), ..Details::default() }).into())
}

/// Whether it is what the client has in the end: it was approved, it counts, and the order is done.
fn is_delivered(design: &Design, order: &Order) -> bool {
    let counts = order.current_version == Some(design.version) && design.status == DesignStatus::Approved;
    counts && order.status == OrderStatus::Completed
}

/// Whether the order ended as long ago as is set; a refusal says when it will have.
fn is_over(cx: &Cx<'_>, order: &Order) -> Result<(), Stop> {
    let days = cx.settings()?.retention_days;
    let until = order.status_at.plus(i64::from(days) * DAY);
    if cx.now >= until {
        return Ok(());
    }
    let details =
        Details { until: Some(until), bound: Some(u64::from(days)), setting: Some(SettingKey::DesignRetentionDays), ..Details::default() };
    Err(Refusal::with(Code::TooEarly, "C-15", details).into())
}
