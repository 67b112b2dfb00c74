//! What holds of the records of a server whenever it rests, whatever happened to it: for the simulated world and for real processes
//! alike.

use domain::{
    id::OrderId,
    record::{AnyRecord, Record as _},
    records::{Conversation, Design, Message, Order},
};
use std::collections::{BTreeMap, BTreeSet};

/// All records of a server.
pub type Records<'a, 'r> = &'a mut dyn Iterator<Item = &'r AnyRecord>;

/// A law; why it does not hold.
pub type Law = for<'a, 'r> fn(Records<'a, 'r>) -> Result<(), String>;

/// All of them.
pub const ALL: [Law; 3] = [orders_are_counted, conversations_are_whole, versions_are_whole];

/// The orders of a month are numbered from one on, without gap and without repeat, and their counter says how many they are (C-12).
fn orders_are_counted(records: Records<'_, '_>) -> Result<(), String> {
    let (mut numbers, mut counters) = (BTreeMap::<&str, BTreeSet<i64>>::new(), BTreeMap::new());
    for record in records {
        match record {
            AnyRecord::Order(it) => {
                let (month, n) = it.number.strip_prefix("ORD-").and_then(|rest| rest.split_once('-')).unwrap_or_default();
                let n = n.parse().map_err(|_| format!("an order is called {}", it.number))?;
                if !numbers.entry(month).or_default().insert(n) {
                    return Err(format!("two orders are called {}", it.number));
                }
            }
            AnyRecord::Counter(it) => {
                counters.insert(it.name.trim_start_matches("order/"), it.last);
            }
            _ => {}
        }
    }
    numbers.into_iter().try_for_each(|(month, all)| {
        let last = counters.get(month).copied().unwrap_or_default();
        let whole = all.iter().copied().eq(1..=last);
        if whole { Ok(()) } else { Err(format!("the orders of {month} are numbered {all:?}, and {last} were counted")) }
    })
}

/// Every conversation has its messages in their places, without gap and without repeat; its head says how many there are and what was
/// said last, and the client has read none that is not there.
fn conversations_are_whole(records: Records<'_, '_>) -> Result<(), String> {
    let (mut said, mut heads) = (BTreeMap::<OrderId, BTreeMap<i64, &Message>>::new(), Vec::new());
    for record in records {
        heads.extend(Conversation::of(record));
        let Some(message) = Message::of(record) else { continue };
        if let Some(other) = said.entry(message.order_id).or_default().insert(message.number, message) {
            return Err(format!("messages {} and {} are both number {} of {}", other.id, message.id, message.number, message.order_id));
        }
    }
    for head in heads {
        let all = said.remove(&head.id.order()).unwrap_or_default();
        let last = all.last_key_value().map(|(number, message)| (*number, &message.text, message.created_at));
        let whole = all.keys().copied().eq(1..=head.messages) && last == Some((head.messages, &head.last_text, head.last_at));
        if !whole || head.client_read > head.messages {
            return Err(format!("{head:?} has the messages {:?}, the last one {last:?}", all.keys()));
        }
    }
    match said.keys().next() {
        Some(order) => Err(format!("messages about {order} have no conversation")),
        None => Ok(()),
    }
}

/// Every order has its design versions numbered from one on, without gap and without repeat, says how many they are, and exactly one of
/// them counts where there is one (C-15, M-07).
fn versions_are_whole(records: Records<'_, '_>) -> Result<(), String> {
    let (mut made, mut orders) = (BTreeMap::<OrderId, BTreeSet<i64>>::new(), Vec::new());
    for record in records {
        orders.extend(Order::of(record));
        let Some(design) = Design::of(record) else { continue };
        if !made.entry(design.order_id).or_default().insert(design.version) {
            return Err(format!("two versions of {} have the number {}", design.order_number, design.version));
        }
    }
    for order in orders {
        let all = made.remove(&order.id).unwrap_or_default();
        let counts = order.current_version.is_some_and(|current| all.contains(&current));
        if !all.iter().copied().eq(1..=order.versions) || (counts == all.is_empty()) {
            return Err(format!("{} has the versions {all:?} of {}, and {:?} counts", order.number, order.versions, order.current_version));
        }
    }
    match made.keys().next() {
        Some(order) => Err(format!("design versions of {order} have no order")),
        None => Ok(()),
    }
}
