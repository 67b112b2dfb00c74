//! Numbers: counted in the transaction of what they number (R-071, C-12).

use domain::{
    audience::may_see,
    commands::order,
    decision::Code,
    id::{CounterId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::{NotificationKind, Source},
    time::{DAY, HOUR, MINUTE},
};

use super::{ORDER, create, named, order_of, told};
use crate::world::{NOW, Who, World, id};

#[test]
fn an_order_is_counted_dated_and_announced_to_its_client() {
    let mut world = World::new();
    let changes = world.run(Who::Owner, NOW, order::Create { source: Some(Source::Phone), ..create() }).unwrap();
    let it = order_of(&world);
    assert_eq!((it.number.as_str(), it.has_real_number()), ("ORD-202611-0001", true));
    assert_eq!(it.source, Source::App, "a client's own order is from the app, whatever they say");
    assert_eq!((it.status.wire(), it.product_status.wire(), it.versions), ("pending", "pending", 0));
    assert_eq!(it.due_at.to_string(), "2026-11-25T04:00:00.000Z", "three working hours after 08:00 WIB");
    let told = told(&changes).unwrap();
    assert_eq!((told.user_id, &told.kind, told.record), (Who::Owner.user(), &NotificationKind::OrderCreated, named()));
}

#[test]
fn numbers_go_on_without_gap_turn_with_the_month_in_wib_and_grow_past_four_digits() {
    let mut world = World::new();
    let mut number = |at: i64, n: u64| {
        let now = NOW.plus(at);
        // A refused one takes no number.
        let refused = order::Create { id: id(ORDER + n), description: "  ".into(), ..create() };
        assert_eq!(world.run(Who::Cs, now, refused).unwrap_err().code, Code::InvalidArgs);
        world.run(Who::Cs, now, order::Create { id: id(ORDER + n), ..create() }).unwrap();
        match &*world.rows[&RecordRef::new(Kind::Order, id::<RecordId>(ORDER + n))].record {
            AnyRecord::Order(it) => it.number.clone(),
            _ => unreachable!("an order"),
        }
    };
    // NOW is 25 Nov, 08:00 WIB; November ends in WIB 5 days and 16 hours later, at 17:00Z.
    let month_end = 5 * DAY + 16 * HOUR;
    assert_eq!(number(0, 1), "ORD-202611-0001");
    assert_eq!(number(MINUTE, 2), "ORD-202611-0002");
    assert_eq!(number(month_end - 1, 3), "ORD-202611-0003");
    assert_eq!(number(month_end, 4), "ORD-202612-0001");
    let counter = RecordRef::new(Kind::Counter, CounterId::named("order/202611"));
    let AnyRecord::Counter(mut it) = (*world.rows[&counter].record).clone() else { unreachable!("a counter") };
    assert_eq!(it.last, 3);
    it.last = 9_999;
    world.put(AnyRecord::Counter(it));
    world.run(Who::Cs, NOW, order::Create { id: id(ORDER + 5), ..create() }).unwrap();
    let AnyRecord::Order(it) = &*world.rows[&RecordRef::new(Kind::Order, id::<RecordId>(ORDER + 5))].record else {
        unreachable!("an order")
    };
    assert_eq!(it.number, "ORD-202611-10000");
}

#[test]
fn nobody_is_in_the_audience_of_a_counter() {
    let mut world = World::new();
    world.run(Who::Cs, NOW, create()).unwrap();
    let counter = &world.rows[&RecordRef::new(Kind::Counter, CounterId::named("order/202611"))].record;
    for who in [Who::Admin, Who::Cs, Who::Expert, Who::Owner] {
        assert!(!may_see(&who.actor(), counter, None), "{who:?}");
    }
}
