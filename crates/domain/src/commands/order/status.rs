//! `order.set_status` and `order.set_product_status`.

use serde::{Deserialize, Serialize};

use super::{alive, named, stamp, stands, tell};
use crate::{
    command::Act,
    commands::item,
    decision::{Changes, Code, Details, Refusal, Stop},
    id::OrderId,
    record::RecordRef,
    records::{NotificationKind, Order, OrderStatus, ProductStatus},
    role::Role,
    rule::{Cx, field, required_reason, writes},
    status::{ORDER, PRODUCT, Transition},
    text::{Invalid, Reason},
};

/// Whether a step is one of the table; where it is none, an admin may take it all the same, with a reason (C-16).
fn is_step<S: PartialEq>(cx: &Cx<'_>, table: &[Transition<S>], from: &S, to: &S) -> bool {
    table.iter().any(|t| t.from == *from && t.to == *to && (cx.actor.is_system() || cx.actor.is_any(t.by)))
}

fn may_jump(cx: &Cx<'_>) -> bool {
    cx.actor.is_system() || cx.actor.is(&Role::Admin)
}

/// It is not the next step: where the order stands, who took it there and when, and who could take it elsewhere.
fn not_next(cx: &Cx<'_>, it: &Order) -> Stop {
    let mut refusal = stands(cx, it, Code::NotNext);
    refusal.details.roles = vec![Role::Admin];
    refusal.into()
}

/// `order.set_status`: forward by one, back from review for a revision, called off with a reason that the client reads; anywhere
/// else by an admin, with a reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetStatus {
    /// The order.
    pub id: OrderId,
    /// Where it shall stand.
    pub to: OrderStatus,
    /// Why, 3 to 500 characters; required to call it off and for every step that is not the next. The client reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Act for SetStatus {
    const NAME: &'static str = "order.set_status";
    const RULE: &'static str = "R-005, R-075, R-076, M-06, C-16";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let to = match &self.to {
            OrderStatus::Unknown(_) => return Err(Refusal::invalid("to", Invalid::Unknown).into()),
            known => known.clone(),
        };
        let mut read = alive(cx, self.id)?;
        let it = &mut read.record;
        let step = is_step(cx, ORDER, &it.status, &to);
        if it.status == to || (!step && !may_jump(cx)) {
            return Err(not_next(cx, it));
        }
        item::not_claimed_by_other(cx, it)?;
        let given = self.reason.as_deref();
        let reason = if !step || to == OrderStatus::Cancelled {
            Some(required_reason(given.unwrap_or_default(), "C-16")?)
        } else {
            field("reason", Reason::optional(given))?
        };
        let said = reason.as_ref().map(ToString::to_string);
        (it.status, it.reason) = (to.clone(), reason);
        (it.status_at, it.status_by) = (cx.now, cx.actor.person.clone());
        item::let_go(it);
        stamp(cx, it, said.as_deref(), Some(to.wire()));
        let told = tell(cx, it, NotificationKind::of_order(&to), said.clone());
        Ok(Changes { writes: [read.write()].into_iter().chain(told).collect(), reason: said, ..Changes::default() })
    }
}

/// `order.set_product_status`: how far the product is, forward by one; anywhere else by an admin, with a reason. `selesai` wants a
/// design version (M-06).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetProductStatus {
    /// The order.
    pub id: OrderId,
    /// How far it is.
    pub to: ProductStatus,
    /// Why, 3 to 500 characters; required for a step that is not the next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Act for SetProductStatus {
    const NAME: &'static str = "order.set_product_status";
    const RULE: &'static str = "R-005, R-075, R-076, M-06";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Cs];

    fn subject(&self) -> Option<RecordRef> {
        Some(named(self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let to = match &self.to {
            ProductStatus::Unknown(_) => return Err(Refusal::invalid("to", Invalid::Unknown).into()),
            known => known.clone(),
        };
        let mut read = alive(cx, self.id)?;
        let it = &mut read.record;
        // Of an order that is done or called off an admin sets it right, and says why.
        let is_open = it.status.is_open();
        if !is_open && !may_jump(cx) {
            return Err(stands(cx, it, Code::NotOpen).into());
        }
        let step = is_open && is_step(cx, PRODUCT, &it.product_status, &to);
        if it.product_status == to || (!step && !may_jump(cx)) {
            // Who moved the product last stands in the history alone.
            let status = Some(it.product_status.wire().to_owned());
            return Err(Refusal::with(Code::NotNext, "M-06", Details { status, roles: vec![Role::Admin], ..Details::default() }).into());
        }
        item::not_claimed_by_other(cx, it)?;
        if to == ProductStatus::Selesai && it.versions == 0 {
            let details = Details { status: Some(it.product_status.wire().to_owned()), ..Details::default() };
            return Err(Refusal::with(Code::DesignMissing, "M-06", details).into());
        }
        let given = self.reason.as_deref();
        let reason =
            if step { field("reason", Reason::optional(given))? } else { Some(required_reason(given.unwrap_or_default(), "C-16")?) };
        let said = reason.map(|r| r.to_string());
        it.product_status = to.clone();
        stamp(cx, it, said.as_deref(), Some(to.wire()));
        // Why an admin set it right is the house's own affair; where it stands is the client's.
        let told = tell(cx, it, NotificationKind::of_product(&to), None);
        Ok(Changes { reason: said, ..writes([read.write()].into_iter().chain(told).collect()) })
    }
}
