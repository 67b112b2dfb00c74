//! Design orders: state × command × role, every step of M-06, and what exactly is written.

use domain::{
    audience::may_see,
    command::Command,
    commands::{client, note, order},
    decision::{Changes, Code, Refusal},
    id::{CounterId, OrderId, RecordId},
    money::Rupiah,
    record::{AnyRecord, Kind, RecordRef},
    records::{Deletion, DesignType, Notification, NotificationKind, Order, OrderStatus, ProductStatus, Source, UserStatus},
    role::Role,
    status,
    time::{DAY, HOUR, MINUTE},
};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;
use std::collections::BTreeSet;

use crate::world::{NOW, Who, World, id};

const ORDER: u64 = 3_000;

/// As the table of the other commands: one line a command and state, one column a person.
const TABLE: &str = "
command                  state       admin          cs           expert       owner        other-client
order.create             none        ok             ok           not_allowed  ok           not_found
order.create             pending     already_exists already_exists not_allowed already_exists not_found
order.create             approved    already_exists already_exists not_allowed already_exists not_found
order.create             in_progress already_exists already_exists not_allowed already_exists not_found
order.create             review      already_exists already_exists not_allowed already_exists not_found
order.create             completed   already_exists already_exists not_allowed already_exists not_found
order.create             cancelled   already_exists already_exists not_allowed already_exists not_found
order.create             deleted     already_exists already_exists not_allowed already_exists not_found
order.edit               none        not_found      not_found    not_allowed  not_found    not_found
order.edit               pending     ok             ok           not_allowed  ok           not_found
order.edit               approved    ok             ok           not_allowed  not_pending  not_found
order.edit               in_progress ok             ok           not_allowed  not_pending  not_found
order.edit               review      ok             ok           not_allowed  not_pending  not_found
order.edit               completed   not_open       not_open     not_allowed  not_pending  not_found
order.edit               cancelled   not_open       not_open     not_allowed  not_pending  not_found
order.edit               deleted     deleted        not_found    not_allowed  not_found    not_found
order.set_status         none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_status         pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_status         approved    not_next       not_next     not_allowed  not_allowed  not_allowed
order.set_status         in_progress ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         review      ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         completed   ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         cancelled   ok             not_next     not_allowed  not_allowed  not_allowed
order.set_status         deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.set_product_status none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_product_status pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status approved    ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status review      ok             ok           not_allowed  not_allowed  not_allowed
order.set_product_status completed   not_open       not_open     not_allowed  not_allowed  not_allowed
order.set_product_status cancelled   not_open       not_open     not_allowed  not_allowed  not_allowed
order.set_product_status deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.set_note           none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.set_note           pending     ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           approved    ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           review      ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           completed   ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           cancelled   ok             ok           not_allowed  not_allowed  not_allowed
order.set_note           deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.assign             none        not_found      not_found    not_allowed  not_allowed  not_allowed
order.assign             pending     ok             ok           not_allowed  not_allowed  not_allowed
order.assign             approved    ok             ok           not_allowed  not_allowed  not_allowed
order.assign             in_progress ok             ok           not_allowed  not_allowed  not_allowed
order.assign             review      ok             ok           not_allowed  not_allowed  not_allowed
order.assign             completed   not_open       not_open     not_allowed  not_allowed  not_allowed
order.assign             cancelled   not_open       not_open     not_allowed  not_allowed  not_allowed
order.assign             deleted     deleted        not_found    not_allowed  not_allowed  not_allowed
order.delete             none        not_found      not_allowed  not_allowed  not_allowed  not_allowed
order.delete             pending     ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             approved    ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             in_progress ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             review      ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             completed   ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             cancelled   ok             not_allowed  not_allowed  not_allowed  not_allowed
order.delete             deleted     deleted        not_allowed  not_allowed  not_allowed  not_allowed
order.restore            none        not_found      not_allowed  not_allowed  not_allowed  not_allowed
order.restore            pending     not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            approved    not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            in_progress not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            review      not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            completed   not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            cancelled   not_deleted    not_allowed  not_allowed  not_allowed  not_allowed
order.restore            deleted     ok             not_allowed  not_allowed  not_allowed  not_allowed
note.add                 none        not_found      not_found    not_found    not_allowed  not_allowed
note.add                 pending     ok             ok           not_found    not_allowed  not_allowed
note.add                 completed   ok             ok           not_found    not_allowed  not_allowed
note.add                 deleted     ok             not_found    not_found    not_allowed  not_allowed
";

const PEOPLE: [Who; 5] = [Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
const STATES: [&str; 8] = ["none", "pending", "approved", "in_progress", "review", "completed", "cancelled", "deleted"];

/// The commands of this area and every state of theirs: the table above says what becomes of them.
pub(crate) fn covers(name: &str) -> bool {
    let lines: BTreeSet<&str> = lines().filter(|cells| cells[0] == name).map(|cells| cells[1]).collect();
    STATES.iter().all(|state| lines.contains(state))
}

fn lines() -> impl Iterator<Item = Vec<&'static str>> {
    TABLE.trim().lines().skip(1).map(|line| line.split_whitespace().collect())
}

fn named() -> RecordRef {
    RecordRef::new(Kind::Order, id::<RecordId>(ORDER))
}

/// An order of `Owner`, entered through the rulebook, then brought to where it shall stand.
fn world(state: &str) -> World {
    let mut world = World::new();
    if state == "none" {
        return world;
    }
    world.run(Who::Owner, NOW.plus(-HOUR), example("order.create")).unwrap();
    arrange(&mut world, |it| match state {
        "deleted" => it.deleted = Some(Deletion { by: Who::OtherAdmin.person(), at: NOW, reason: "Pesanan ganda".into() }),
        status => it.status = OrderStatus::of_wire(status),
    });
    world
}

fn arrange(world: &mut World, change: impl FnOnce(&mut Order)) {
    let mut it = order_of(world).clone();
    change(&mut it);
    world.put(AnyRecord::Order(it));
}

fn order_of(world: &World) -> &Order {
    match &*world.rows[&named()].record {
        AnyRecord::Order(it) => it,
        _ => unreachable!("an order"),
    }
}

fn create() -> order::Create {
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

fn edit() -> order::Edit {
    order::Edit { id: id(ORDER), design_type: None, description: Some("Logo baru".into()), needs: None, deadline: None, budget: None }
}

fn to(status: OrderStatus, reason: Option<&str>) -> order::SetStatus {
    order::SetStatus { id: id(ORDER), to: status, reason: reason.map(str::to_owned) }
}

fn product(status: ProductStatus, reason: Option<&str>) -> order::SetProductStatus {
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
        "order.delete" => order::Delete { id: at, reason: "Pesanan ganda".into() }.into(),
        "order.restore" => order::Restore { id: at }.into(),
        "note.add" => note::Add { id: id(3_001), record: named(), text: "Sudah ditelepon".into(), private: false }.into(),
        other => panic!("no example of {other}"),
    }
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    let mut wrong = Vec::new();
    for cells in lines() {
        assert_eq!(cells.len(), 2 + PEOPLE.len(), "{cells:?}");
        for (who, expected) in PEOPLE.iter().zip(&cells[2..]) {
            let answer = world(cells[1]).judge(*who, NOW, example(cells[0]), 1);
            let said = answer.as_ref().map_or_else(|r| r.code.wire().to_owned(), |_| "ok".to_owned());
            if said != *expected {
                wrong.push(format!("{} × {} × {who:?}: {said}, not {expected}", cells[0], cells[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// From (down) to (across): `f` anybody of the staff, `c` anybody with a reason, `j` an admin with a reason, `-` nobody.
const STEPS: &str = "
            pending approved in_progress review completed cancelled
pending     -       f        j           j      j         c
approved    j       -        f           j      j         c
in_progress j       j        -           f      j         c
review      j       j        f           -      f         c
completed   j       j        j           j      -         j
cancelled   j       j        j           j      j         -
";
const PRODUCT_STEPS: &str = "
        pending proses selesai
pending -       f      j
proses  j       -      f
selesai j       j      -
";

fn code(answer: Result<Changes, Refusal>) -> Option<&'static str> {
    answer.err().map(|r| match r.code {
        Code::NotNext => "not_next",
        Code::ReasonRequired => "reason_required",
        other => panic!("{other}"),
    })
}

fn check_steps(table: &str, judge: impl Fn(&str, &str, Who, Option<&str>) -> Option<&'static str>) {
    let mut lines = table.trim_start_matches('\n').lines();
    let targets: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    for line in lines {
        let mut cells = line.split_whitespace();
        let from = cells.next().unwrap();
        for (target, cell) in targets.iter().zip(cells) {
            let said = |who, reason| judge(from, target, who, reason);
            let answers =
                [said(Who::Admin, None), said(Who::Admin, Some("Kata klien")), said(Who::Cs, None), said(Who::Cs, Some("Kata klien"))];
            let (why, next) = (Some("reason_required"), Some("not_next"));
            let expected = match cell {
                "f" => [None, None, None, None],
                "c" => [why, None, why, None],
                "j" => [why, None, next, next],
                _ => [next, next, next, next],
            };
            assert_eq!(answers, expected, "{from} → {target}");
        }
    }
}

#[test]
fn every_step_of_an_order_and_who_may_take_it() {
    check_steps(STEPS, |from, target, who, reason| code(world(from).judge(who, NOW, to(OrderStatus::of_wire(target), reason), 1)));
}

#[test]
fn every_step_of_a_product_and_who_may_take_it() {
    check_steps(PRODUCT_STEPS, |from, target, who, reason| {
        let mut world = world("in_progress");
        arrange(&mut world, |it| (it.product_status, it.versions) = (ProductStatus::of_wire(from), 1));
        code(world.judge(who, NOW, product(ProductStatus::of_wire(target), reason), 1))
    });
}

#[test]
fn a_product_is_done_only_with_a_design_to_show_for_it() {
    let mut world = world("review");
    arrange(&mut world, |it| it.product_status = ProductStatus::Proses);
    let refusal = world.judge(Who::Cs, NOW, product(ProductStatus::Selesai, None), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.rule), (Code::DesignMissing, "M-06"));
    arrange(&mut world, |it| it.versions = 1);
    world.run(Who::Cs, NOW, product(ProductStatus::Selesai, None)).unwrap();
    assert_eq!(order_of(&world).product_status, ProductStatus::Selesai);
}

fn told(changes: &Changes) -> Option<&Notification> {
    changes.writes.iter().find_map(|w| match &*w.record {
        AnyRecord::Notification(it) => Some(it),
        _ => None,
    })
}

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
    assert!(changes.erase.contains(&named()) && changes.erase.contains(&note), "their values leave the audit as well");
    let refused = world.judge(Who::Cs, NOW, order::Create { id: id(ORDER + 9), ..create() }, 1).unwrap_err();
    assert_eq!(refused.code, Code::Erased);
}

fn any_act() -> impl Strategy<Value = Command> {
    let at = 0_u64..3;
    let why = || prop::option::of("[a-z]{0,5}");
    let known = |n: usize| OrderStatus::KNOWN[n % OrderStatus::KNOWN.len()].clone();
    let made = |n: usize| ProductStatus::KNOWN[n % ProductStatus::KNOWN.len()].clone();
    prop_oneof![
        (at.clone(), any::<bool>()).prop_map(|(n, mine)| {
            let client_id = if mine { Who::Owner.client() } else { Who::OtherClient.client() };
            order::Create { id: id(ORDER + n), client_id, ..create() }.into()
        }),
        (at.clone(), "[a-z ]{0,3}").prop_map(|(n, text)| order::Edit { id: id(ORDER + n), description: Some(text), ..edit() }.into()),
        (at.clone(), 0_usize..6, why()).prop_map(move |(n, s, reason)| order::SetStatus { id: id(ORDER + n), to: known(s), reason }.into()),
        (at.clone(), 0_usize..3, why())
            .prop_map(move |(n, s, reason)| order::SetProductStatus { id: id(ORDER + n), to: made(s), reason }.into()),
        (at.clone(), why()).prop_map(|(n, note)| order::SetNote { id: id(ORDER + n), note }.into()),
        at.clone().prop_map(|n| order::Assign { id: id(ORDER + n), to: Some(Who::Cs.user()) }.into()),
        (at.clone(), "[a-z]{0,5}").prop_map(|(n, reason)| order::Delete { id: id(ORDER + n), reason }.into()),
        at.prop_map(|n| order::Restore { id: id(ORDER + n) }.into()),
    ]
}

fn orders(world: &World) -> impl Iterator<Item = &Order> {
    world.rows.values().filter_map(|held| if let AnyRecord::Order(it) = &*held.record { Some(it) } else { None })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_people_do_orders_keep_their_laws(
        acts in prop::collection::vec((prop::sample::select(PEOPLE.to_vec()), any_act()), 1..30),
    ) {
        let mut world = World::new();
        for (who, act) in acts {
            let before: Vec<Order> = orders(&world).cloned().collect();
            let done = world.run(who, NOW, act.clone()).is_ok();
            for was in &before {
                let now = orders(&world).find(|it| it.id == was.id).unwrap();
                prop_assert_eq!((&was.number, was.client_id, was.created_at), (&now.number, now.client_id, now.created_at));
                prop_assert!(done || was == now, "a refused {:?} wrote", act);
                let step = status::ORDER.iter().any(|t| t.from == was.status && t.to == now.status);
                prop_assert!(was.status == now.status || step || (who == Who::Admin && now.reason.is_some()), "{:?} by {:?}", act, who);
                prop_assert!(was.deleted.is_none() || was.status == now.status, "a deleted order does not move");
            }
            let mut numbers: Vec<&str> = orders(&world).map(|it| it.number.as_str()).collect();
            numbers.sort_unstable();
            let counted: Vec<String> = (1..=numbers.len()).map(|n| format!("ORD-202611-{n:04}")).collect();
            prop_assert_eq!(numbers, counted, "without gap and without repeat");
            prop_assert!(orders(&world).all(|it| it.status != OrderStatus::Cancelled || it.reason.is_some()));
            prop_assert!(orders(&world).all(|it| it.product_status != ProductStatus::Selesai || it.versions > 0));
        }
    }
}
