//! Design versions: state × command × role, every step of M-07, who sees what, and what exactly is written.

mod laws;
mod purging;
mod sight;
mod table;
mod uploaders;
mod written;

pub(crate) use table::covers;

use domain::{
    command::Command,
    commands::design,
    file::{FilePolicy, MediaType, Sha256},
    id::FileId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Deletion, Design, DesignStatus, File, Order, OrderStatus},
    time::UtcMillis,
};

use crate::{
    orders::{self, ORDER},
    world::{NOW, Who, World, id},
};

/// The version that stands there.
pub(super) const DESIGN: u64 = 4_000;
/// The one that is uploaded.
pub(super) const NEXT: u64 = 4_001;
const BYTES: &[u8] = b"the first version";

pub(super) fn named(n: u64) -> RecordRef {
    RecordRef::new(Kind::Design, id::<domain::id::RecordId>(n))
}

/// That this person has put these bytes on the server.
pub(crate) fn put(world: &mut World, who: Who, bytes: &[u8]) {
    put_at(world, who, bytes, NOW);
}

/// The same at this moment.
pub(super) fn put_at(world: &mut World, who: Who, bytes: &[u8], created_at: UtcMillis) {
    let sha256 = Sha256::of(bytes);
    let by = who.actor().person;
    world.put(AnyRecord::File(File {
        id: FileId::named(by.id, &sha256),
        sha256,
        size: 4_096,
        media_type: MediaType::Png,
        name: domain::file::FileName::new("di-server.png").unwrap(),
        by,
        policy: FilePolicy::Design,
        created_at,
    }));
}

/// An order of `Owner` that is being made, with one version in this state; everybody of the staff has put the next one on the server.
pub(super) fn world(state: &str) -> World {
    let mut world = orders::world(if state == "none" { "none" } else { "in_progress" });
    for who in [Who::Admin, Who::Cs, Who::System] {
        put(&mut world, who, BYTES);
        put(&mut world, who, b"the next version");
    }
    if state == "none" {
        return world;
    }
    world.run(Who::Cs, NOW, upload(DESIGN, BYTES)).unwrap();
    let status = match state {
        "closed" | "deleted" => "submitted",
        status => status,
    };
    let mut it = version(&world, DESIGN).clone();
    it.status = DesignStatus::of_wire(status);
    world.put(AnyRecord::Design(it));
    orders::arrange(&mut world, |it| match state {
        "closed" => it.status = OrderStatus::Completed,
        "deleted" => it.deleted = Some(Deletion { by: Who::OtherAdmin.person(), at: NOW, reason: "Pesanan ganda".into() }),
        _ => {}
    });
    world
}

pub(super) fn version(world: &World, n: u64) -> &Design {
    match &*world.rows[&named(n)].record {
        AnyRecord::Design(it) => it,
        _ => unreachable!("a design"),
    }
}

pub(super) fn order(world: &World) -> &Order {
    match &*world.rows[&RecordRef::new(Kind::Order, id::<domain::id::RecordId>(ORDER))].record {
        AnyRecord::Order(it) => it,
        _ => unreachable!("an order"),
    }
}

pub(crate) fn upload(n: u64, bytes: &[u8]) -> design::Upload {
    let (sha256, media_type) = (Sha256::of(bytes), MediaType::Png);
    design::Upload { id: id(n), order_id: id(ORDER), sha256, size: 4_096, media_type, name: "kopi senja v2.png".into() }
}

pub(super) fn approve() -> design::Approve {
    design::Approve { id: id(DESIGN), sha256: Sha256::of(BYTES) }
}

pub(super) fn revise() -> design::RequestRevision {
    design::RequestRevision { id: id(DESIGN), sha256: Sha256::of(BYTES), comment: "Gagang cangkir terlalu tebal".into(), pins: Vec::new() }
}

/// A command of this name with arguments that nobody could object to.
pub(crate) fn example(name: &str) -> Command {
    match name {
        "design.upload" => upload(NEXT, b"the next version").into(),
        "design.submit" => design::Submit { id: id(DESIGN) }.into(),
        "design.set_current" => design::SetCurrent { id: id(DESIGN) }.into(),
        "design.purge" => design::Purge { id: id(DESIGN), reason: "Masa simpan habis".into() }.into(),
        "design.approve" => approve().into(),
        "design.request_revision" => revise().into(),
        other => panic!("no example of {other}"),
    }
}
