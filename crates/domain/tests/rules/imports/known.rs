//! Whom a row is about.

use domain::{
    commands::{client as clients, import::Row},
    decision::Code,
    id::ClientId,
    record::Kind,
};

use super::{client, client_at, count, order, order_at, part, row, rows};
use crate::world::{NOW, Who, World, id};

/// Clients who were entered before: (id, number, address).
fn knowing(known: &[(u64, &str, &str)]) -> World {
    let mut world = World::new();
    for (n, phone, email) in known {
        let create = clients::Create {
            id: id(*n),
            name: "Rani Kusuma".into(),
            phone: Some((*phone).into()),
            email: Some((*email).into()),
            zone: None,
        };
        world.run(Who::Cs, NOW.plus(i64::try_from(*n).unwrap() - 10_000), create).unwrap();
    }
    world
}

/// Whose the order of this row became, or why there is none.
fn whose(known: &[(u64, &str, &str)], row: Row) -> Result<ClientId, Code> {
    let mut world = knowing(known);
    world.run(Who::Cs, NOW, rows(vec![row])).unwrap();
    match part(&world).refused.0.first() {
        Some(refused) => Err(refused.code.clone()),
        None => Ok(order_at(&world, 0).client_id),
    }
}

#[test]
fn a_number_or_an_address_that_is_known_makes_no_other_client() {
    let known = [(1, "0812-3456-7890", "rani@x.id"), (2, "0813-1111-2222", "")];
    for (phone, email, expected) in [
        ("+62 812 3456 7890", "", 1),
        ("", "RANI@x.id", 1),
        ("0812-3456-7890", "lain@x.id", 1),
        ("0899-0000-111", "rani@x.id", 1),
        ("0813-1111-2222", "", 2),
        ("0813-1111-2222", "baru@x.id", 2),
    ] {
        assert_eq!(whose(&known, row(2, client("Nama Lain", phone, email), Some(order()))), Ok(id(expected)), "{phone} {email}");
    }
}

#[test]
fn of_several_it_is_whoever_has_both_and_else_the_oldest() {
    let known = [(3, "0812-3456-7890", ""), (1, "0812-3456-7890", ""), (2, "0812-3456-7890", "rani@x.id")];
    let with = |email| row(2, client("Rani Kusuma", "081234567890", email), Some(order()));
    assert_eq!(whose(&known, with("")), Ok(id(1)));
    assert_eq!(whose(&known, with("rani@x.id")), Ok(id(2)));
}

#[test]
fn a_number_of_one_and_an_address_of_another_is_for_a_person_to_decide() {
    let known = [(1, "0812-3456-7890", ""), (2, "", "rani@x.id")];
    let both = row(2, client("Rani Kusuma", "0812-3456-7890", "rani@x.id"), Some(order()));
    assert_eq!(whose(&known, both.clone()), Err(Code::TwoClients));
    let own = whose(&known, Row { separate: true, ..both }).unwrap();
    assert!(own != id(1) && own != id(2), "who says that it is a client of its own has decided");
}

#[test]
fn what_is_known_is_not_changed_and_is_counted() {
    let mut world = knowing(&[(1, "0812-3456-7890", "")]);
    let changes = world.run(Who::Cs, NOW, rows(vec![row(2, client("Nama Lain", "081234567890", "baru@x.id"), None)])).unwrap();
    assert_eq!((count(&changes, Kind::Client), changes.writes.len()), (0, 1));
    assert_eq!((part(&world).matched, part(&world).made.clients.len()), (1, 0));
}

#[test]
fn rows_of_one_person_make_one_client() {
    let mut world = World::new();
    let same = |n, phone, email| row(n, client("Made Ayu", phone, email), Some(order()));
    let given = vec![same(2, "081234567890", ""), same(3, "+62812-3456-7890", "made@x.id"), same(4, "081234567890", "")];
    world.run(Who::Cs, NOW, rows(given)).unwrap();
    assert_eq!((part(&world).made.clients.len(), part(&world).made.orders.len(), part(&world).matched), (1, 3, 2));
    assert!((0..3).all(|place| order_at(&world, place).client_id == client_at(&world, 0).id));
}

#[test]
fn a_row_that_is_refused_makes_nobody_known() {
    let mut world = World::new();
    let mut bad = order();
    bad.description = String::new();
    let given =
        vec![row(2, client("Made Ayu", "081234567890", ""), Some(bad)), row(3, client("Made Ayu", "081234567890", ""), Some(order()))];
    world.run(Who::Cs, NOW, rows(given)).unwrap();
    assert_eq!((part(&world).made.clients.len(), part(&world).matched), (1, 0));
}

#[test]
fn nobody_is_told_of_what_is_imported() {
    let mut world = World::new();
    let changes = world.run(Who::Cs, NOW, rows(vec![row(2, client("Pemilik", "", "owner@x.id"), Some(order()))])).unwrap();
    assert_eq!(order_at(&world, 0).client_user, Some(Who::Owner.user()), "it is the client's who has an account");
    assert_eq!(count(&changes, Kind::Notification), 0);
}

#[test]
fn a_client_without_number_and_address_is_always_another() {
    let mut world = knowing(&[(1, "", "")]);
    world
        .run(Who::Cs, NOW, rows(vec![row(2, client("Rani Kusuma", "", ""), None), row(3, client("Rani Kusuma", " ", " "), None)]))
        .unwrap();
    assert_eq!((part(&world).made.clients.len(), part(&world).matched), (2, 0));
}
