//! Imports: who may bring rows in and take them back, and what exactly is written (issue 5, «Import»).

mod known;
mod table;
mod undone;
mod written;

pub(crate) use table::covers;

use domain::{
    command::Command,
    commands::import::{Row, RowClient, RowOrder, Rows, Undo},
    decision::Changes,
    id::{ImportId, ImportPartId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, DesignType, ImportPart, Order},
    time::{HOUR, MINUTE},
};

use crate::world::{NOW, Who, World, id, uuid};

pub(crate) const PART: u64 = 5_000;

/// A client of this name, number and address.
pub(super) fn client(name: &str, phone: &str, email: &str) -> RowClient {
    RowClient { name: name.into(), phone: Some(phone.into()), email: Some(email.into()), zone: None }
}

pub(super) fn order() -> RowOrder {
    RowOrder {
        design_type: DesignType::Logo,
        description: "Logo toko roti".into(),
        needs: None,
        deadline: None,
        budget: None,
        source: None,
        old_number: Some("INV-0042".into()),
    }
}

pub(super) fn row(row: u32, client: RowClient, order: Option<RowOrder>) -> Row {
    Row { row, client, order, separate: false }
}

/// Two clients, the second with an order.
pub(super) fn two() -> Vec<Row> {
    vec![row(2, client("Made Ayu", "0812-3456-7890", "made@x.id"), None), row(3, client("Sari Dewi", "0813 1111 2222", ""), Some(order()))]
}

pub(super) fn rows(rows: Vec<Row>) -> Rows {
    Rows { id: id(PART), import: ImportId::from_uuid(uuid(5_100)), part: 1, parts: 2, file: " klien  2025.csv ".into(), rows }
}

/// A command of this name with arguments that nobody could object to.
pub(crate) fn example(name: &str) -> Command {
    match name {
        "import.rows" => rows(two()).into(),
        "import.undo" => Undo { id: id(PART) }.into(),
        other => panic!("no example of {other}"),
    }
}

/// Nothing imported yet; or a part that CS imported, an admin, long ago, or that was taken back.
pub(super) fn world(state: &str) -> World {
    let mut world = World::new();
    let (who, at) = match state {
        "none" => return world,
        "others" => (Who::Admin, NOW.plus(-HOUR)),
        "over" => (Who::Cs, NOW.plus(-24 * HOUR - 1)),
        _ => (Who::Cs, NOW.plus(-HOUR)),
    };
    world.run(who, at, example("import.rows")).unwrap();
    if state == "undone" {
        world.run(Who::Cs, NOW.plus(-MINUTE), example("import.undo")).unwrap();
    }
    world
}

pub(super) fn part(world: &World) -> &ImportPart {
    match &*world.rows[&RecordRef::new(Kind::ImportPart, id::<ImportPartId>(PART))].record {
        AnyRecord::ImportPart(it) => it,
        _ => unreachable!("a part"),
    }
}

pub(super) fn client_at(world: &World, place: usize) -> &Client {
    match &*world.rows[&RecordRef::new(Kind::Client, part(world).made.clients[place])].record {
        AnyRecord::Client(it) => it,
        _ => unreachable!("a client"),
    }
}

pub(super) fn order_at(world: &World, place: usize) -> &Order {
    match &*world.rows[&RecordRef::new(Kind::Order, part(world).made.orders[place])].record {
        AnyRecord::Order(it) => it,
        _ => unreachable!("an order"),
    }
}

pub(super) fn count(changes: &Changes, kind: Kind) -> usize {
    changes.writes.iter().filter(|write| write.record.kind() == kind).count()
}
