//! Who sees what of what is there now: the rulebook says it, and here it is told what it goes by.

use domain::{
    audience::{may_see, scope_of},
    record::{AnyRecord, RecordRef},
    role::Actor,
};
use std::collections::{HashMap, HashSet};
use store::{Snapshot, Stored};

/// Those of these records that this person may see as they are now.
///
/// # Errors
/// [`store::StoreError`].
pub(crate) async fn visible(now: &mut dyn Snapshot, actor: &Actor, records: &[&AnyRecord]) -> store::Result<HashSet<RecordRef>> {
    let scopes: Vec<RecordRef> = records.iter().filter_map(|record| scope_of(record)).collect();
    let scopes: HashMap<RecordRef, Stored> =
        now.records(&scopes).await?.into_iter().map(|stored| (stored.held.record.reference(), stored)).collect();
    let may = |record: &&&AnyRecord| {
        let scope = scope_of(record).and_then(|r| scopes.get(&r)).map(|scope| &*scope.held.record);
        may_see(actor, record, scope)
    };
    Ok(records.iter().filter(may).map(|record| record.reference()).collect())
}
