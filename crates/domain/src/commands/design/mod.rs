//! Design versions: uploaded, shown to the client, decided on, and long afterwards without their files (R-005, R-077, R-078, M-06, M-07, C-13, C-15, C-35).

mod purge;
mod review;
mod upload;

pub use purge::Purge;
pub use review::{Approve, PinAt, RequestRevision, SetCurrent, Submit};
pub use upload::Upload;

use crate::{
    commands::{item, order::alive},
    decision::{Code, Details, Refusal, Stop},
    id::DesignId,
    record::{Kind, RecordRef},
    records::{Design, Order, OrderStatus},
    rule::{Cx, Read},
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

/// Refuses a version whose file was taken away: nobody is shown, or decides on, what cannot be looked at.
fn whole(cx: &Cx<'_>, design: &Design) -> Result<(), Stop> {
    let Some(purge) = &design.purged else { return Ok(()) };
    let details = Details { by: cx.reveal(&purge.by), at: Some(purge.at), number: Some(spoken(design)), ..Details::default() };
    Err(Refusal::with(Code::Purged, "C-15", details).into())
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
        item::put_down(order, cx.actor);
    }
}
