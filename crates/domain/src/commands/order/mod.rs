//! Design orders: entered, changed, moved along, kept (R-005, R-070…R-076, M-06, C-12, C-16, C-37).

mod create;
mod edit;
mod keep;
mod status;
mod triage;

pub(super) use create::Counting;
pub use create::Create;
pub use edit::Edit;
pub use keep::{Assign, Delete, Restore, SetNote};
pub use status::{SetProductStatus, SetStatus};
pub use triage::{ClaimOrder, ReleaseOrder, SnoozeOrder, WakeOrder};

use crate::{
    decision::{Code, Details, Refusal, Stop, Write},
    id::OrderId,
    money::Rupiah,
    record::{Kind, RecordRef},
    records::{DesignType, NotificationKind, Order},
    role::Role,
    rule::{Cx, Read},
    text::Invalid,
    time::{Day, UtcMillis, Zone},
};

/// Who works on orders, and can therefore be given one.
pub const WORKED_BY: &[Role] = &[Role::Admin, Role::Cs];

/// The largest budget that is taken for one: a billion and more is a slip of the finger, a thousand billion nobody's.
pub const BUDGET_MOST: Rupiah = Rupiah(1_000_000_000_000);

fn named(id: OrderId) -> RecordRef {
    RecordRef::new(Kind::Order, id)
}

/// Reads an order that was not deleted.
pub(super) fn alive(cx: &Cx<'_>, id: OrderId) -> Result<Read<Order>, Stop> {
    let read = cx.read::<Order>(id)?;
    match &read.record.deleted {
        None => Ok(read),
        Some(deletion) => {
            let details = Details { by: cx.reveal(&deletion.by), at: Some(deletion.at), ..Details::default() };
            Err(Refusal::with(Code::Deleted, "C-37", details).into())
        }
    }
}

/// Reads an order that was neither deleted, nor done, nor called off.
pub(super) fn open(cx: &Cx<'_>, id: OrderId) -> Result<Read<Order>, Stop> {
    let read = alive(cx, id)?;
    if read.record.status.is_open() { Ok(read) } else { Err(stands(cx, &read.record, Code::NotOpen).into()) }
}

/// A refusal that says where the order stands, since when, and who moved it there.
fn stands(cx: &Cx<'_>, it: &Order, code: Code) -> Refusal {
    let by = cx.reveal(&it.status_by);
    let details = Details { status: Some(it.status.wire().to_owned()), by, at: Some(it.status_at), ..Details::default() };
    Refusal::with(code, "M-06", details)
}

/// Notes an act in the order: when, and who did what; a claim of theirs is renewed.
pub(super) fn stamp(cx: &Cx<'_>, it: &mut Order, reason: Option<&str>, to: Option<&str>) {
    it.updated_at = cx.now;
    let mut entry = cx.history(reason);
    entry.to = to.map(str::to_owned);
    it.history.push(entry);
    super::item::renew(it, cx.actor, cx.now);
}

/// A line in the client's list of notifications, if the client has an account.
pub(super) fn tell(cx: &Cx<'_>, it: &Order, kind: NotificationKind, detail: Option<String>) -> Option<Write> {
    it.client_user.map(|user| cx.tell(user, kind, named(it.id), None, detail))
}

/// A kind of design that exists.
fn design_type(given: &DesignType) -> Result<DesignType, Stop> {
    match given {
        DesignType::Unknown(_) => Err(Refusal::invalid("design_type", Invalid::Unknown).into()),
        known => Ok(known.clone()),
    }
}

/// The last day that can be asked for, where it is `today` in WIB.
#[must_use]
pub fn last_deadline(today: Day) -> Day {
    today.next_year().next_year()
}

/// A day that is not past in WIB, and at most two years ahead.
///
/// # Errors
/// `date_in_past`, `date_too_far`.
pub fn deadline(day: Option<Day>, now: UtcMillis) -> Result<Option<Day>, Stop> {
    let today = now.day(Zone::Wib);
    let refused = |code| Refusal::with(code, "R-070", Details { field: Some("deadline".to_owned()), ..Details::default() });
    match day {
        Some(day) if day < today => Err(refused(Code::DateInPast).into()),
        Some(day) if day > last_deadline(today) => Err(refused(Code::DateTooFar).into()),
        day => Ok(day),
    }
}

/// An amount above nothing, and at most [`BUDGET_MOST`].
///
/// # Errors
/// `invalid_args`.
pub fn budget(amount: Option<Rupiah>) -> Result<Option<Rupiah>, Stop> {
    match amount {
        Some(amount) if amount <= Rupiah(0) || amount > BUDGET_MOST => Err(Refusal::invalid("budget", Invalid::OutOfRange).into()),
        amount => Ok(amount),
    }
}
