//! What exactly is written, and what exactly a refusal says.

use domain::{
    audience::may_see,
    command::Command,
    commands::{client, order},
    decision::Code,
    id::RecordId,
    money::Rupiah,
    record::{Kind, RecordRef},
    records::{DesignType, NotificationKind, OrderStatus, UserStatus},
    role::Role,
    time::{DAY, MINUTE},
};
use rstest::rstest;
use serde_json::json;

use super::{ORDER, create, edit, example, named, order_of, to, told, world};
use crate::world::{NOW, Who, World, id};

#[test]
fn an_order_is_for_admins_cs_and_its_client_a_deleted_one_for_admins() {
    let seen = |world: &World| -> Vec<Who> {
        let all = [Who::Admin, Who::Cs, Who::Expert, Who::Assigned, Who::Owner, Who::OtherClient];
        all.into_iter().filter(|who| may_see(&who.actor(), &world.rows[&named()].record, None)).collect()
    };
    assert_eq!(seen(&world("review")), [Who::Admin, Who::Cs, Who::Owner]);
    assert_eq!(seen(&world("deleted")), [Who::Admin]);
}

#[rstest]
#[case("deadline", json!("2026-11-24"), Code::DateInPast)]
#[case("deadline", json!("2028-11-26"), Code::DateTooFar)]
#[case("budget", json!(0), Code::InvalidArgs)]
#[case("budget", json!(-1), Code::InvalidArgs)]
#[case("budget", json!(1_000_000_000_001_i64), Code::InvalidArgs)]
#[case("design_type", json!("sculpture"), Code::InvalidArgs)]
#[case("description", json!("   "), Code::InvalidArgs)]
#[case("description", json!("x".repeat(2_001)), Code::InvalidArgs)]
#[case("needs", json!("x".repeat(2_001)), Code::InvalidArgs)]
fn what_an_order_cannot_be_is_refused_by_name(#[case] field: &str, #[case] value: serde_json::Value, #[case] expected: Code) {
    for (name, args) in [("order.create", serde_json::to_value(create())), ("order.edit", serde_json::to_value(edit()))] {
        let mut args = args.unwrap();
        args[field] = value.clone();
        let refusal = world_for(name).judge(Who::Cs, NOW, Command::parse(name, &args).unwrap(), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (expected.clone(), Some(field)), "{name}");
    }
}

fn world_for(name: &str) -> World {
    world(if name == "order.create" { "none" } else { "pending" })
}

#[test]
fn an_edit_keeps_what_is_left_out_and_clears_what_is_null() {
    let mut world = world("pending");
    let args = json!({ "id": order_of(&world).id, "needs": null, "deadline": null, "budget": 2_000_000 });
    world.run(Who::Owner, NOW, Command::parse("order.edit", &args).unwrap()).unwrap();
    let it = order_of(&world);
    assert_eq!((it.needs.as_ref(), it.deadline, it.budget), (None, None, Some(Rupiah(2_000_000))));
    assert_eq!((it.description.as_str(), &it.design_type), ("Logo kedai kopi dengan cangkir", &DesignType::Logo));
}

#[test]
fn a_deadline_that_passed_may_stay_while_something_else_is_changed() {
    let mut world = world("in_progress");
    let late = NOW.plus(30 * DAY);
    let keep = order::Edit { deadline: Some(order_of(&world).deadline), ..edit() };
    world.run(Who::Cs, late, keep).unwrap();
    let moved = order::Edit { deadline: Some(Some("2026-12-11".parse().unwrap())), ..edit() };
    assert_eq!(world.judge(Who::Cs, late, moved, 1).unwrap_err().code, Code::DateInPast);
}

#[test]
fn a_step_says_where_it_led_who_took_it_and_tells_the_client() {
    let mut world = world("in_progress");
    let changes = world.run(Who::Cs, NOW, to(OrderStatus::Review, None)).unwrap();
    let it = order_of(&world);
    assert_eq!((&it.status, it.status_at, it.status_by.id), (&OrderStatus::Review, NOW, Who::Cs.user()));
    let line = it.history.0.last().unwrap();
    assert_eq!((line.act.as_str(), line.to.as_deref(), line.reason.as_deref()), ("order.set_status", Some("review"), None));
    assert_eq!(told(&changes).map(|n| (&n.kind, n.by.as_ref())), Some((&NotificationKind::OrderReview, None)));
    let changes = world.run(Who::Cs, NOW, to(OrderStatus::Cancelled, Some("Klien membatalkan"))).unwrap();
    assert_eq!(order_of(&world).reason.as_ref().map(|r| r.as_str()), Some("Klien membatalkan"));
    assert_eq!(changes.reason.as_deref(), Some("Klien membatalkan"), "the audit reads it too");
    assert_eq!(told(&changes).and_then(|n| n.detail.as_deref()), Some("Klien membatalkan"));
}

#[test]
fn who_comes_second_is_told_who_was_first_and_who_may_jump() {
    let mut world = world("pending");
    world.run(Who::Cs, NOW, to(OrderStatus::Approved, None)).unwrap();
    let refusal = world.judge(Who::Cs, NOW.plus(MINUTE), to(OrderStatus::Approved, None), 9).unwrap_err();
    let d = &refusal.details;
    assert_eq!((refusal.code, refusal.rule, d.status.as_deref()), (Code::NotNext, "M-06", Some("approved")));
    assert_eq!((d.by.as_ref().map(|p| p.id), d.at, d.roles.as_slice()), (Some(Who::Cs.user()), Some(NOW), [Role::Admin].as_slice()));
}

#[test]
fn an_order_goes_to_somebody_who_sees_orders() {
    let mut world = world("pending");
    let give = |who: Who| order::Assign { id: id(ORDER), to: Some(who.user()) };
    let mut leaver = world.clone();
    leaver.account(Who::Cs, |user| user.status = UserStatus::Disabled);
    for (world, nobody, expected) in
        [(&world, Who::Expert, Code::CannotWork), (&world, Who::Owner, Code::NotFound), (&leaver, Who::Cs, Code::CannotWork)]
    {
        assert_eq!(world.judge(Who::Admin, NOW, give(nobody), 1).unwrap_err().code, expected, "{nobody:?}");
    }
    let changes = world.run(Who::Admin, NOW, give(Who::Cs)).unwrap();
    let told = told(&changes).unwrap();
    assert_eq!((told.user_id, &told.kind, told.record), (Who::Cs.user(), &NotificationKind::ItemAssigned, named()));
    let back = world.run(Who::Cs, NOW, order::Assign { id: id(ORDER), to: None }).unwrap();
    assert_eq!((order_of(&world).assignee.as_ref(), back.writes.len()), (None, 1));
}

#[test]
fn a_deleted_order_comes_back_as_it_stood() {
    let mut world = world("review");
    let before = order_of(&world).clone();
    let changes = world.run(Who::Admin, NOW, example("order.delete")).unwrap();
    assert_eq!(told(&changes).map(|n| (&n.kind, n.detail.as_deref())), Some((&NotificationKind::OrderDeleted, Some("Pesanan ganda"))));
    assert!(!order_of(&world).is_open());
    world.run(Who::OtherAdmin, NOW, example("order.restore")).unwrap();
    let after = order_of(&world);
    assert_eq!((&after.status, &after.number, after.deleted.as_ref()), (&before.status, &before.number, None));
}

#[test]
fn a_clients_new_name_and_their_erasure_reach_their_orders() {
    let mut world = world("review");
    let rename = client::Edit { id: Who::Owner.client(), name: Some("Made Ayu".into()), phone: None, email: None, zone: None };
    world.run(Who::Cs, NOW, rename).unwrap();
    assert_eq!(order_of(&world).client_name.as_str(), "Made Ayu");
    world.run(Who::Cs, NOW, example("order.set_note")).unwrap();
    world.run(Who::Cs, NOW, example("note.add")).unwrap();
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    let it = order_of(&world);
    assert_eq!((it.client_name.as_str(), it.description.as_str()), ("(dihapus)", "(dihapus)"));
    assert_eq!((&it.needs, &it.staff_note, &it.reason), (&None, &None, &None));
    assert_eq!((it.number.as_str(), it.budget), ("ORD-202611-0001", Some(Rupiah(1_500_000))), "what tells of the business stays");
    assert!(it.history.0.iter().all(|line| line.reason.is_none() && line.by.name != Who::Owner.person().name));
    let note = RecordRef::new(Kind::Note, id::<RecordId>(3_001));
    let erase = changes.erase.unwrap().records;
    assert!(erase.contains(&named()) && erase.contains(&note), "their values leave the audit as well");
    let refused = world.judge(Who::Cs, NOW, order::Create { id: id(ORDER + 9), ..create() }, 1).unwrap_err();
    assert_eq!(refused.code, Code::Erased);
}
