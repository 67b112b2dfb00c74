//! An order taken in hand, let go, put off, and woken: the same as for a request, by those who work on orders (R-017, issue 5).

use serde::{Deserialize, Serialize};

use super::{WORKED_BY, named, open, stamp};
use crate::{
    command::Act,
    commands::item::{self, Triaged},
    decision::{Changes, Stop},
    id::{OrderId, UserId},
    record::RecordRef,
    records::{Claim, Order, Snooze},
    role::Role,
    rule::Cx,
    time::UtcMillis,
};

impl Triaged for Order {
    fn hands(&mut self) -> (&mut Option<Claim>, &mut Option<Snooze>) {
        (&mut self.claim, &mut self.snooze)
    }
    fn claim_at(&self, now: UtcMillis) -> Option<&Claim> {
        self.claimed_at(now)
    }
    fn snooze_at(&self, now: UtcMillis) -> Option<&Snooze> {
        self.snoozed_at(now)
    }
    fn asked_by(&self) -> Option<UserId> {
        self.client_user
    }
    fn note_act(&mut self, cx: &Cx<'_>) {
        stamp(cx, self, None, None);
    }
}

/// `order.claim`: «Pegang». Others neither move the order on nor delete it for 15 minutes; claiming again renews it. Whose work it is
/// says `order.assign`, which this leaves alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimOrder {
    /// The order.
    pub id: OrderId,
}

impl Act for ClaimOrder {
    const NAME: &'static str = "order.claim";
    const RULE: &'static str = "R-017, lessons-4";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        item::claim(cx, open(cx, self.id)?)
    }
}

/// `order.release`: «Lepas».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleaseOrder {
    /// The order.
    pub id: OrderId,
}

impl Act for ReleaseOrder {
    const NAME: &'static str = "order.release";
    const RULE: &'static str = "R-017, lessons-4";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        item::release(cx, open(cx, self.id)?)
    }
}

/// `order.snooze`: «Tunda», for everybody, at most 14 days; it ends when the order is moved on, or its client acts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SnoozeOrder {
    /// The order.
    pub id: OrderId,
    /// Until when.
    pub until: UtcMillis,
}

impl Act for SnoozeOrder {
    const NAME: &'static str = "order.snooze";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        item::can_wait_until(cx, self.until)?;
        Ok(item::snooze(cx, open(cx, self.id)?, self.until))
    }
}

/// `order.wake`: what was put off waits again, for everybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WakeOrder {
    /// The order.
    pub id: OrderId,
}

impl Act for WakeOrder {
    const NAME: &'static str = "order.wake";
    const RULE: &'static str = "R-017";
    const ROLES: &'static [Role] = WORKED_BY;

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        item::wake(cx, open(cx, self.id)?)
    }
}
