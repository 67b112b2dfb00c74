//! What exactly a part writes.

use domain::{
    commands::{
        client,
        import::{RowClient, RowOrder, Rows},
        order,
    },
    decision::Code,
    id::ImportId,
    money::Rupiah,
    record::Kind,
    records::{DesignType, OrderStatus, Source},
    time::{HOUR, Zone},
};
use rstest::rstest;

use super::{client, client_at, count, example, order, order_at, part, row, rows, two, world};
use crate::world::{NOW, Who, World, uuid};

#[test]
fn a_row_makes_a_client_and_their_order() {
    let mut world = World::new();
    let changes = world.run(Who::Cs, NOW, example("import.rows")).unwrap();
    let kinds = [Kind::Client, Kind::Order, Kind::Counter, Kind::ImportPart].map(|kind| count(&changes, kind));
    assert_eq!((kinds, changes.writes.len()), ([2, 1, 1, 1], 5));
    let (made, ordered, part) = (client_at(&world, 1), order_at(&world, 0), part(&world));
    assert_eq!((made.name.as_str(), made.phone.as_ref().map(|p| p.as_str()), &made.email), ("Sari Dewi", Some("+6281311112222"), &None));
    assert_eq!((made.user_id, made.removed_at, made.created_at), (None, None, NOW));
    assert_eq!((ordered.client_id, ordered.client_name.as_str(), ordered.number.as_str()), (made.id, "Sari Dewi", "ORD-202611-0001"));
    assert_eq!(ordered.staff_note.as_ref().map(|note| note.as_str()), Some("Nomor lama: INV-0042"));
    assert_eq!((&ordered.status, &ordered.source), (&OrderStatus::Pending, &Source::Other));
    assert_eq!(ordered.history.0.last().map(|entry| entry.act.as_str()), Some("import.rows"));
    assert_eq!((part.file.as_str(), part.rows, part.matched, part.by.id), ("klien 2025.csv", 2, 0, Who::Cs.user()));
    assert_eq!((part.part, part.parts, part.import_id, part.created_at), (1, 2, ImportId::from_uuid(uuid(5_100)), NOW));
    assert!(part.refused.0.is_empty() && part.undone.is_none());
}

#[test]
fn a_row_is_what_the_two_commands_would_make_of_it() {
    let said = RowClient { zone: Some(Zone::Wit), ..client("Made Ayu", "0812-3456-7890", "Made@X.id") };
    let wanted = RowOrder {
        needs: Some("Vektor".into()),
        deadline: Some("2026-12-10".parse().unwrap()),
        budget: Some(Rupiah(750_000)),
        source: Some(Source::Whatsapp),
        old_number: None,
        ..order()
    };
    let mut imported = World::new();
    imported.run(Who::Cs, NOW, rows(vec![row(2, said.clone(), Some(wanted.clone()))])).unwrap();
    let (person, ordered) = (client_at(&imported, 0).clone(), order_at(&imported, 0).clone());
    let mut entered = World::new();
    let RowClient { name, phone, email, zone } = said;
    let made = entered.run(Who::Cs, NOW, client::Create { id: person.id, name, phone, email, zone }).unwrap();
    assert_eq!(made.writes[0].record.to_value().unwrap(), serde_json::to_value(&person).unwrap());
    let RowOrder { design_type, description, needs, deadline, budget, source, .. } = wanted;
    let create = order::Create { id: ordered.id, client_id: person.id, design_type, description, needs, deadline, budget, source };
    let made = entered.run(Who::Cs, NOW, create).unwrap();
    let mut expected = serde_json::to_value(&ordered).unwrap();
    expected["history"][0]["act"] = "order.create".into();
    assert_eq!(made.writes[0].record.to_value().unwrap(), expected);
}

#[test]
fn a_row_that_breaks_a_rule_is_noted_and_keeps_no_other_back() {
    let bad_order = |change: fn(&mut RowOrder)| {
        let mut it = order();
        change(&mut it);
        Some(it)
    };
    let mut given = vec![
        row(2, client("Al", "0812-3456-7890", ""), Some(order())),
        row(3, client("Budi Santoso", "tidak ada", ""), Some(order())),
        row(4, client("Budi Santoso", "", "budi"), None),
        row(5, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.description = "  ".into())),
        row(6, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.design_type = DesignType::of_wire("patung"))),
        row(7, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.deadline = Some("2026-11-24".parse().unwrap()))),
        row(8, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.budget = Some(Rupiah(0)))),
        row(9, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.source = Some(Source::of_wire("merpati")))),
        row(10, client("Budi Santoso", "0812-3456-7891", ""), bad_order(|it| it.old_number = Some("9".repeat(81)))),
    ];
    given.extend(two());
    let mut world = World::new();
    world.run(Who::Cs, NOW, rows(given)).unwrap();
    let refused: Vec<(u32, Code, Option<&str>)> =
        part(&world).refused.0.iter().map(|it| (it.row, it.code.clone(), it.details.field.as_deref())).collect();
    let invalid = |row, field| (row, Code::InvalidArgs, Some(field));
    let expected = [
        invalid(2, "name"),
        invalid(3, "phone"),
        invalid(4, "email"),
        invalid(5, "description"),
        invalid(6, "design_type"),
        (7, Code::DateInPast, Some("deadline")),
        invalid(8, "budget"),
        invalid(9, "source"),
        invalid(10, "old_number"),
    ];
    assert_eq!(refused, expected);
    assert_eq!(
        (part(&world).made.clients.len(), part(&world).made.orders.len(), part(&world).rows),
        (2, 1, 11),
        "nothing of a bad row stays"
    );
    assert_eq!(order_at(&world, 0).number, "ORD-202611-0001", "and none of them took a number");
}

#[test]
fn numbers_are_counted_on_through_a_part_and_after_it() {
    let mut world = World::new();
    let many = (0..3).map(|n| row(n, client("Made Ayu", &format!("0812-3456-789{n}"), ""), Some(order()))).collect();
    world.run(Who::Cs, NOW, rows(many)).unwrap();
    let numbers: Vec<&str> = (0..3).map(|place| order_at(&world, place).number.as_str()).collect();
    assert_eq!(numbers, ["ORD-202611-0001", "ORD-202611-0002", "ORD-202611-0003"]);
    let next = world.run(Who::Owner, NOW, crate::orders::example("order.create")).unwrap();
    assert_eq!(next.writes[0].record.number(), Some("ORD-202611-0004"));
}

#[test]
fn a_part_without_orders_counts_nothing() {
    let changes = World::new().judge(Who::Cs, NOW, rows(two()[..1].to_vec()), 1).unwrap();
    assert_eq!(count(&changes, Kind::Counter), 0);
}

#[rstest]
#[case(Rows { rows: Vec::new(), ..rows(two()) }, "rows")]
#[case(Rows { rows: vec![two()[0].clone(); 101], ..rows(two()) }, "rows")]
#[case(Rows { part: 0, ..rows(two()) }, "part")]
#[case(Rows { part: 3, ..rows(two()) }, "part")]
#[case(Rows { parts: 10_001, ..rows(two()) }, "parts")]
#[case(Rows { file: "  ".into(), ..rows(two()) }, "file")]
fn a_part_has_its_bounds(#[case] given: Rows, #[case] argument: &str) {
    let refusal = World::new().judge(Who::Cs, NOW, given, 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some(argument)));
}

#[test]
fn a_full_part_is_taken() {
    let many = (0..100).map(|n| row(n, client("Made Ayu", &format!("0812-3456-7{n:03}"), ""), Some(order()))).collect();
    let mut world = World::new();
    world.run(Who::Cs, NOW, rows(many)).unwrap();
    assert_eq!((part(&world).made.clients.len(), part(&world).made.orders.len()), (100, 100));
}

#[test]
fn until_when_it_can_be_taken_back_is_said_by_the_part() {
    let part = part(&world("there")).clone();
    assert_eq!(part.undo_until(), part.created_at.plus(24 * HOUR));
}
