//! What was made for a client's orders, on the client's side (R-077, R-078, M-07).

mod approve;
mod decide;
mod file;
mod list;
#[cfg(test)]
mod purging;
mod revision;
#[cfg(test)]
mod tests;

use domain::{
    audience::may_see,
    facts::Lookup,
    id::OrderId,
    record::{Kind, Record as _, RecordRef},
    records::{Design, Order},
};
use serde_json::json as schema;
use store::Snapshot;

use super::Endpoint;
use crate::accounts::Session;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), file::endpoint(), approve::endpoint(), revision::endpoint()]
}

/// An endpoint about one version of an order, which its path names.
fn of_version(endpoint: Endpoint) -> Endpoint {
    endpoint
        .id("The order.")
        .path("version", "The number of the version within the order.", schema!({ "type": "integer", "minimum": 1 }))
        .fault(404, "`not_found`: not yours, not there, or you were not shown it yet.")
}

/// What a client was shown of an order.
struct Seen {
    /// By number, ascending.
    versions: Vec<Design>,
    /// The version that counts, shown or not.
    current: Option<i64>,
}

/// What whoever asks was shown of this order; nothing where the order is not theirs to see.
async fn seen(now: &mut dyn Snapshot, who: &Session, order: OrderId) -> store::Result<Option<Seen>> {
    let found = now.records(&[RecordRef::new(Kind::Order, order)]).await?;
    let Some(record) = found.first().map(|stored| &*stored.held.record).filter(|record| may_see(&who.actor(), record, None)) else {
        return Ok(None);
    };
    let all = now.lookup(&Lookup::DesignsOf(order)).await?;
    let shown = all.iter().filter(|held| may_see(&who.actor(), &held.record, Some(record)));
    let mut versions: Vec<Design> = shown.filter_map(|held| Design::of(&held.record)).cloned().collect();
    versions.sort_by_key(|design| design.version);
    Ok(Some(Seen { versions, current: Order::of(record).and_then(|order| order.current_version) }))
}

/// The version that a path names, if whoever asks was shown it.
async fn named(now: &mut dyn Snapshot, who: &Session, (order, version): &(String, String)) -> store::Result<Option<Design>> {
    let (Ok(order), Ok(version)) = (order.parse::<OrderId>(), version.parse::<i64>()) else { return Ok(None) };
    let seen = seen(now, who, order).await?;
    Ok(seen.and_then(|seen| seen.versions.into_iter().find(|design| design.version == version)))
}
