//! What is taken back, and what has to stay.

use domain::{
    audience::{audience, staff_audience},
    command::Command,
    commands::{client as clients, import::Undo, note, order as orders},
    decision::Code,
    id::{ImportPartId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::{ImportUndone, OrderStatus},
    role::{Principal, Role},
    time::HOUR,
};

use super::{client, client_at, example, order, order_at, part, row, rows, world};
use crate::world::{NOW, Who, World, id};

fn undone(world: &World) -> &ImportUndone {
    part(world).undone.as_ref().unwrap()
}

#[test]
fn what_nobody_has_touched_is_taken_back() {
    let mut world = world("there");
    let changes = world.run(Who::Cs, NOW, example("import.undo")).unwrap();
    assert_eq!(changes.writes.len(), 4, "two clients, an order, and the part itself");
    let it = undone(&world);
    assert_eq!((it.clients, it.orders, it.left.len(), it.by.id, it.at), (2, 1, 0, Who::Cs.user(), NOW));
    assert_eq!(part(&world).updated_at, NOW);
    let deletion = order_at(&world, 0).deleted.as_ref().unwrap();
    assert_eq!((deletion.by.id, deletion.at, deletion.reason.as_str()), (Who::Cs.user(), NOW, "Impor diurungkan"));
    assert_eq!(order_at(&world, 0).history.0.last().map(|entry| entry.act.as_str()), Some("import.undo"));
    for place in 0..2 {
        let it = client_at(&world, place);
        assert_eq!((it.removed_at, it.updated_at), (Some(NOW), NOW));
        let any = AnyRecord::Client(it.clone());
        assert!(audience(&any, None).is_empty() && staff_audience(&any).is_empty(), "nobody sees them any more");
    }
}

#[test]
fn nobody_ties_anything_to_a_client_who_was_taken_back() {
    let mut world = world("undone");
    let gone = client_at(&world, 0).id;
    let asked = orders::Create { client_id: gone, id: id(9_000), ..create() };
    for who in [Who::Admin, Who::Cs] {
        assert_eq!(world.judge(who, NOW, asked.clone(), 1).unwrap_err().code, Code::NotFound);
    }
    let again = domain::commands::import::Rows { id: id(5_001), ..rows(super::two()) };
    let changes = world.run(Who::Cs, NOW, again).unwrap();
    assert_eq!(super::count(&changes, Kind::Client), 2, "the same number makes another client");
}

fn create() -> orders::Create {
    let Command::OrderCreate(create) = crate::orders::example("order.create") else { unreachable!("an order") };
    create
}

/// What stays when this happened to it in between.
fn left_after(act: impl FnOnce(&World) -> Command) -> (Vec<Kind>, (u32, u32)) {
    let mut world = world("there");
    let act = act(&world);
    world.run(Who::Admin, NOW.plus(-HOUR / 2), act).unwrap();
    world.run(Who::Cs, NOW, example("import.undo")).unwrap();
    let it = undone(&world);
    (it.left.iter().map(|name| name.kind).collect(), (it.clients, it.orders))
}

fn noted(about: RecordRef) -> Command {
    note::Add { id: id(9_001), record: about, text: "Sudah ditelepon".into(), private: true }.into()
}

#[test]
fn what_somebody_has_touched_stays_and_is_named() {
    let both = (vec![Kind::Order, Kind::Client], (1, 0));
    let moved = |world: &World| orders::SetStatus { id: order_at(world, 0).id, to: OrderStatus::Approved, reason: None }.into();
    assert_eq!(left_after(moved), both, "an order that was moved, and its client");
    assert_eq!(left_after(|world| noted(RecordRef::new(Kind::Order, order_at(world, 0).id))), both, "one with a note");
    let client = (vec![Kind::Client], (1, 1));
    assert_eq!(left_after(|world| noted(RecordRef::new(Kind::Client, client_at(world, 1).id))), client);
    let edited =
        |world: &World| clients::Edit { id: client_at(world, 0).id, name: None, phone: Some(None), email: None, zone: None }.into();
    assert_eq!(left_after(edited), client);
    let ordered = |world: &World| orders::Create { id: id(9_002), client_id: client_at(world, 0).id, ..create() }.into();
    assert_eq!(left_after(ordered), client, "a client who ordered something else");
    let asked = |world: &World| {
        let Command::ConsultationRequest(request) = crate::table::example("consultation.request") else { unreachable!("a request") };
        domain::commands::consultation::Request { client_id: client_at(world, 0).id, ..request }.into()
    };
    assert_eq!(left_after(asked), client);
}

#[test]
fn an_order_that_was_talked_about_stays() {
    let mut world = World::new();
    world.run(Who::Cs, NOW.plus(-HOUR), rows(vec![row(2, client("Pemilik", "", "owner@x.id"), Some(order()))])).unwrap();
    let said = domain::commands::message::Send {
        id: id(9_003),
        order_id: order_at(&world, 0).id,
        text: "Halo".into(),
        read: None,
        attachments: Vec::new(),
    };
    world.run(Who::Owner, NOW, said).unwrap();
    let changes = world.run(Who::Cs, NOW, example("import.undo")).unwrap();
    assert_eq!((changes.writes.len(), undone(&world).left.len(), undone(&world).orders), (1, 1, 0));
}

#[test]
fn what_is_gone_already_is_neither_taken_back_nor_left() {
    let mut world = world("there");
    let delete = orders::Delete { id: order_at(&world, 0).id, reason: "Pesanan ganda".into() };
    world.run(Who::Admin, NOW.plus(-1), delete).unwrap();
    world.run(Who::Cs, NOW, example("import.undo")).unwrap();
    assert_eq!((undone(&world).clients, undone(&world).orders, undone(&world).left.len()), (2, 0, 0));
    assert_eq!(order_at(&world, 0).deleted.as_ref().map(|it| it.reason.as_str()), Some("Pesanan ganda"));
}

#[test]
fn a_known_client_stays_and_only_the_order_goes() {
    let mut world = World::new();
    world.run(Who::Cs, NOW.plus(-HOUR), rows(vec![row(2, client("Pemilik", "", "owner@x.id"), Some(order()))])).unwrap();
    let changes = world.run(Who::Cs, NOW, example("import.undo")).unwrap();
    assert_eq!((undone(&world).clients, undone(&world).orders, changes.writes.len()), (0, 1, 2));
    assert_eq!(super::count(&changes, Kind::Notification), 0, "who was told of nothing is told of nothing");
}

#[test]
fn until_the_last_moment_of_a_day_it_can_be_taken_back() {
    let world = world("there");
    let until = part(&world).undo_until();
    assert!(world.judge(Who::Cs, until, example("import.undo"), 1).is_ok());
    let late = world.judge(Who::Cs, until.plus(1), example("import.undo"), 1).unwrap_err();
    assert_eq!((late.code, late.details.at), (Code::UndoOver, Some(until)));
}

#[test]
fn a_refusal_says_who_may_and_who_did() {
    let other = world("others").judge(Who::Cs, NOW, example("import.undo"), 1).unwrap_err();
    assert_eq!((other.details.roles.as_slice(), other.details.by.map(|by| by.id)), ([Role::Admin].as_slice(), Some(Who::Admin.user())));
    let twice = world("undone").judge(Who::Admin, NOW, example("import.undo"), 1).unwrap_err();
    assert_eq!(twice.details.by.map(|by| by.id), Some(Who::Cs.user()));
    let nothing = Undo { id: id::<ImportPartId>(77) };
    assert_eq!(world("there").judge(Who::Admin, NOW, nothing, 1).unwrap_err().code, Code::NotFound);
}

#[test]
fn an_order_that_is_brought_back_brings_its_client_along() {
    let mut world = world("undone");
    let ordered = order_at(&world, 0).id;
    let changes = world.run(Who::Admin, NOW, orders::Restore { id: ordered }).unwrap();
    assert_eq!(changes.writes.len(), 2);
    assert_eq!(client_at(&world, 1).removed_at, None);
    assert!(client_at(&world, 0).removed_at.is_some(), "the other one was nobody's order");
    let part = RecordRef::new(Kind::ImportPart, id::<RecordId>(super::PART));
    let held = &world.rows[&part].record;
    assert_eq!(audience(held, None), [Principal::Role(Role::Admin), Principal::Role(Role::Cs)]);
}
