//! Design orders: state × command × role, every step of M-06, and what exactly is written.

mod counted;
mod laws;
mod steps;
mod table;
mod triage;
mod written;

pub(crate) use table::covers;

use domain::{
    command::Command,
    commands::{note, order},
    decision::Changes,
    id::{OrderId, RecordId},
    money::Rupiah,
    record::{AnyRecord, Kind, RecordRef},
    records::{Claim, Deletion, DesignType, Notification, Order, OrderStatus, ProductStatus},
    time::{DAY, HOUR},
};

use crate::world::{NOW, Who, World, id};

pub(crate) const ORDER: u64 = 3_000;
pub(super) const PEOPLE: [Who; 5] = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
pub(super) fn named() -> RecordRef {
    RecordRef::new(Kind::Order, id::<RecordId>(ORDER))
}

/// An order of `Owner`, entered through the rulebook, then brought to where it shall stand.
pub(crate) fn world(state: &str) -> World {
    let mut world = World::new();
    if state == "none" {
        return world;
    }
    world.run(Who::Owner, NOW.plus(-HOUR), example("order.create")).unwrap();
    arrange(&mut world, |it| match state {
        "deleted" => it.deleted = Some(Deletion { by: Who::OtherAdmin.person(), at: NOW, reason: "Pesanan ganda".into() }),
        "claimed" => it.claim = Some(Claim { by: Who::OtherAdmin.person(), until: NOW.plus(HOUR) }),
        status => it.status = OrderStatus::of_wire(status),
    });
    world
}

pub(crate) fn arrange(world: &mut World, change: impl FnOnce(&mut Order)) {
    let mut it = order_of(world).clone();
    change(&mut it);
    world.put(AnyRecord::Order(it));
}

pub(super) fn order_of(world: &World) -> &Order {
    match &*world.rows[&named()].record {
        AnyRecord::Order(it) => it,
        _ => unreachable!("an order"),
    }
}

pub(super) fn create() -> order::Create {
    order::Create {
        id: id(ORDER),
        client_id: Who::Owner.client(),
        design_type: DesignType::Logo,
        description: "Logo kedai kopi dengan cangkir".into(),
        needs: Some("Berkas vektor".into()),
        deadline: Some("2026-12-10".parse().unwrap()),
        budget: Some(Rupiah(1_500_000)),
        source: None,
    }
}

pub(super) fn edit() -> order::Edit {
    order::Edit { id: id(ORDER), design_type: None, description: Some("Logo baru".into()), needs: None, deadline: None, budget: None }
}

pub(super) fn to(status: OrderStatus, reason: Option<&str>) -> order::SetStatus {
    order::SetStatus { id: id(ORDER), to: status, reason: reason.map(str::to_owned) }
}

pub(super) fn product(status: ProductStatus, reason: Option<&str>) -> order::SetProductStatus {
    order::SetProductStatus { id: id(ORDER), to: status, reason: reason.map(str::to_owned) }
}

/// A command of this name with arguments that nobody could object to.
pub(crate) fn example(name: &str) -> Command {
    let at: OrderId = id(ORDER);
    match name {
        "order.create" => create().into(),
        "order.edit" => edit().into(),
        "order.set_status" => to(OrderStatus::Approved, Some("Sesuai pembicaraan")).into(),
        "order.set_product_status" => product(ProductStatus::Proses, None).into(),
        "order.set_note" => order::SetNote { id: at, note: Some("Pakai warna merek".into()) }.into(),
        "order.assign" => order::Assign { id: at, to: Some(Who::Cs.user()) }.into(),
        "order.claim" => order::ClaimOrder { id: at }.into(),
        "order.release" => order::ReleaseOrder { id: at }.into(),
        "order.snooze" => order::SnoozeOrder { id: at, until: NOW.plus(DAY) }.into(),
        "order.wake" => order::WakeOrder { id: at }.into(),
        "order.delete" => order::Delete { id: at, reason: "Pesanan ganda".into() }.into(),
        "order.restore" => order::Restore { id: at }.into(),
        "note.add" => note::Add { id: id(3_001), record: named(), text: "Sudah ditelepon".into(), private: false }.into(),
        other => panic!("no example of {other}"),
    }
}

pub(super) fn told(changes: &Changes) -> Option<&Notification> {
    changes.writes.iter().find_map(|w| match &*w.record {
        AnyRecord::Notification(it) => Some(it),
        _ => None,
    })
}
