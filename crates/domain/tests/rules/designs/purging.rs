//! The file of a version is taken away, long after its order (C-15).

use domain::{
    commands::{client, design, order, setting},
    decision::{Code, Refusal},
    facts::Lookup,
    file::Sha256,
    record::AnyRecord,
    records::{Design, DesignStatus, OrderStatus, SettingKey},
    role::Role,
    time::{DAY, UtcMillis},
    wire::{ApiDesign, ApiOrderDetail},
};
use proptest::prelude::*;
use rstest::rstest;

use super::{BYTES, DESIGN, NEXT, example, order as order_of, put, upload, version, world};
use crate::{
    orders::{self, ORDER},
    world::{NOW, Who, World, id},
};

/// A version that stands so, of an order that ended so at [`NOW`].
fn ended(version: &str, order: &OrderStatus) -> World {
    let mut world = world(version);
    orders::arrange(&mut world, |it| (it.status, it.status_at, it.status_by) = (order.clone(), NOW, Who::Cs.person()));
    world
}

fn keep_for(world: &mut World, days: u32) {
    let set = setting::Set { key: SettingKey::DesignRetentionDays, value: days.into(), effective_from: None };
    world.run(Who::Admin, NOW, set).unwrap();
}

fn purge(world: &mut World, now: UtcMillis) -> Result<(), Refusal> {
    world.run(Who::Admin, now, example("design.purge")).map(drop)
}

/// Cancelled orders keep nothing for good; of one that is done what was delivered stays: approved, and counting.
#[rstest]
#[case("uploaded", OrderStatus::Completed, "ok")]
#[case("submitted", OrderStatus::Completed, "ok")]
#[case("revision_requested", OrderStatus::Completed, "ok")]
#[case("approved", OrderStatus::Completed, "delivered")]
#[case("approved", OrderStatus::Cancelled, "ok")]
#[case("uploaded", OrderStatus::Cancelled, "ok")]
#[case("approved", OrderStatus::Review, "still_open")]
#[case("approved", OrderStatus::Unknown("frozen".into()), "still_open")]
fn what_was_delivered_is_kept(#[case] version: &str, #[case] order: OrderStatus, #[case] expected: &str) {
    let said =
        purge(&mut ended(version, &order), NOW.plus(400 * DAY)).map_or_else(|refusal| refusal.code.wire().to_owned(), |()| "ok".into());
    assert_eq!(said, expected);
}

#[test]
fn an_approved_version_that_no_longer_counts_goes() {
    let mut world = world("approved");
    world.run(Who::Cs, NOW, example("design.upload")).unwrap();
    orders::arrange(&mut world, |it| (it.status, it.status_at) = (OrderStatus::Completed, NOW));
    assert!(purge(&mut world, NOW.plus(400 * DAY)).is_ok());
}

#[test]
fn the_refusal_says_from_when_on_it_will_be_possible() {
    for days in [None, Some(30), Some(3_650)] {
        let mut world = ended("submitted", &OrderStatus::Cancelled);
        days.into_iter().for_each(|days| keep_for(&mut world, days));
        let days = days.unwrap_or(365);
        let until = NOW.plus(i64::from(days) * DAY);
        let refusal = purge(&mut world, until.plus(-1)).unwrap_err();
        assert_eq!((refusal.code, refusal.rule, refusal.details.until), (Code::TooEarly, "C-15", Some(until)));
        assert_eq!((refusal.details.bound, refusal.details.setting), (Some(days.into()), Some(SettingKey::DesignRetentionDays)));
        assert!(purge(&mut world, until).is_ok(), "{days} days are over");
    }
}

#[test]
fn an_order_that_is_worked_on_again_keeps_its_files() {
    let mut world = ended("submitted", &OrderStatus::Completed);
    let back = order::SetStatus { id: id(ORDER), to: OrderStatus::InProgress, reason: Some("Klien minta tambahan".into()) };
    world.run(Who::Admin, NOW.plus(390 * DAY), back).unwrap();
    let refusal = purge(&mut world, NOW.plus(400 * DAY)).unwrap_err();
    assert_eq!((refusal.code, refusal.details.status.as_deref()), (Code::StillOpen, Some("in_progress")));
    assert_eq!(refusal.details.by.map(|by| by.id), Some(Who::Admin.user()));
    orders::arrange(&mut world, |it| (it.status, it.status_at) = (OrderStatus::Completed, NOW.plus(401 * DAY)));
    assert_eq!(purge(&mut world, NOW.plus(402 * DAY)).unwrap_err().code, Code::TooEarly, "it counts from when it ended last");
}

#[test]
fn a_reason_is_needed() {
    for reason in ["", " ab ", &"x".repeat(501)] {
        let said = design::Purge { id: id(DESIGN), reason: reason.into() };
        let refusal = ended("submitted", &OrderStatus::Cancelled).judge(Who::Admin, NOW.plus(400 * DAY), said, 1).unwrap_err();
        let expected = if reason.len() > 500 { Code::InvalidArgs } else { Code::ReasonRequired };
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (expected, Some("reason")));
    }
}

#[test]
fn the_version_stays_and_only_its_file_goes() {
    let mut world = ended("submitted", &OrderStatus::Completed);
    let (before, at) = (version(&world, DESIGN).clone(), NOW.plus(400 * DAY));
    let changes = world.run(Who::Admin, at, example("design.purge")).unwrap();
    assert_eq!((changes.reason.as_deref(), changes.writes.len()), (Some("Masa simpan habis"), 2), "the version and its order");
    let it = version(&world, DESIGN);
    let purge = it.purged.clone().unwrap();
    assert_eq!((purge.by.id, purge.at, purge.reason.as_str(), it.updated_at), (Who::Admin.user(), at, "Masa simpan habis", at));
    assert_eq!(Design { purged: None, updated_at: before.updated_at, ..it.clone() }, before, "nothing else of it changes");
    let line = order_of(&world).history.0.last().cloned().unwrap();
    assert_eq!((line.act.as_str(), line.to.as_deref(), line.reason.as_deref()), ("design.purge", Some("V1"), Some("Masa simpan habis")));
    let (with, purged) = (Lookup::DesignsWith(Sha256::of(BYTES)), Lookup::DesignsPurged(Sha256::of(BYTES)));
    let record = AnyRecord::Design(it.clone());
    assert!(!with.matches(&record) && purged.matches(&record), "it holds no file any more");
    let record = AnyRecord::Design(before);
    assert!(with.matches(&record) && !purged.matches(&record));
}

#[test]
fn its_client_reads_that_the_file_is_gone_and_nothing_of_who_or_why() {
    let mut world = ended("submitted", &OrderStatus::Completed);
    purge(&mut world, NOW.plus(400 * DAY)).unwrap();
    let read = ApiDesign::from(version(&world, DESIGN));
    assert_eq!(read.purged_at, Some(NOW.plus(400 * DAY)));
    let read = [serde_json::to_string(&read).unwrap(), serde_json::to_string(&ApiOrderDetail::from(order_of(&world))).unwrap()];
    assert!(
        read.iter().all(|text| !text.contains("Masa simpan") && !text.contains("Admin Orang") && !text.contains("design.purge")),
        "{read:?}"
    );
}

#[test]
fn what_has_no_file_is_neither_shown_nor_decided_on_nor_made_to_count_nor_purged_again() {
    let mut world = ended("uploaded", &OrderStatus::Cancelled);
    world
        .run(
            Who::System,
            NOW.plus(399 * DAY),
            setting::Set { key: SettingKey::DesignRetentionDays, value: 30.into(), effective_from: None },
        )
        .unwrap();
    purge(&mut world, NOW.plus(400 * DAY)).unwrap();
    let now = NOW.plus(401 * DAY);
    let again = purge(&mut world, now).unwrap_err();
    assert_eq!(
        (again.code, again.details.at, again.details.by.map(|by| by.id)),
        (Code::Purged, Some(NOW.plus(400 * DAY)), Some(Who::Admin.user()))
    );
    orders::arrange(&mut world, |it| (it.status, it.current_version) = (OrderStatus::InProgress, None));
    for act in ["design.submit", "design.set_current"] {
        assert_eq!(world.judge(Who::Cs, now, example(act), 1).unwrap_err().code, Code::Purged, "{act}");
    }
    let mut shown = version(&world, DESIGN).clone();
    shown.status = DesignStatus::Submitted;
    world.put(AnyRecord::Design(shown));
    for act in ["design.approve", "design.request_revision"] {
        let refusal = world.judge(Who::Owner, now, example(act), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.by), (Code::Purged, None), "{act}: a client is not told who");
        assert_eq!(refusal.details.number.as_deref(), Some("V1"), "{act}: and is told which");
    }
}

#[test]
fn the_same_bytes_are_a_new_version_once_they_are_gone() {
    let mut world = ended("submitted", &OrderStatus::Completed);
    purge(&mut world, NOW.plus(400 * DAY)).unwrap();
    orders::arrange(&mut world, |it| it.status = OrderStatus::InProgress);
    put(&mut world, Who::Cs, BYTES);
    world.run(Who::Cs, NOW, upload(NEXT, BYTES)).unwrap();
    assert_eq!((version(&world, NEXT).version, version(&world, DESIGN).purged.is_some()), (2, true));
    let again = world.judge(Who::Cs, NOW, upload(NEXT + 1, BYTES), 1).unwrap_err();
    assert_eq!((again.code, again.details.number.as_deref()), (Code::SameDesign, Some("V2")));
}

#[test]
fn whoever_is_erased_leaves_no_reason() {
    let mut world = ended("submitted", &OrderStatus::Completed);
    let purge = design::Purge { id: id(DESIGN), reason: "Owner memintanya".into() };
    world.run(Who::Admin, NOW.plus(400 * DAY), purge).unwrap();
    world.run(Who::System, NOW.plus(401 * DAY), client::Erase { id: Who::Owner.client() }).unwrap();
    let kept = version(&world, DESIGN).purged.clone().unwrap();
    assert_eq!((kept.by.id, kept.reason.as_str()), (Who::Admin.user(), "(dihapus)"));
}

#[test]
fn the_refusal_of_a_role_says_who_may() {
    let refusal = ended("submitted", &OrderStatus::Cancelled).judge(Who::Cs, NOW.plus(400 * DAY), example("design.purge"), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.roles.as_slice()), (Code::NotAllowed, [Role::Admin].as_slice()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever was set, wherever both stand: it is done only where the order ended as long ago as that, and never of what was delivered.
    #[test]
    fn nothing_is_purged_too_early(
        version in prop::sample::select(vec!["uploaded", "submitted", "approved", "revision_requested"]),
        order in prop::sample::select(OrderStatus::KNOWN.to_vec()),
        days in prop::option::of(30_u32..=3_650),
        after in 0_i64..4_000,
        counts in any::<bool>(),
    ) {
        let mut world = ended(version, &order);
        orders::arrange(&mut world, |it| it.current_version = counts.then_some(1));
        days.into_iter().for_each(|days| keep_for(&mut world, days));
        let done = purge(&mut world, NOW.plus(after * DAY)).is_ok();
        let over = after >= i64::from(days.unwrap_or(365));
        let delivered = counts && version == "approved" && order == OrderStatus::Completed;
        let may = !order.is_open() && over && !delivered;
        prop_assert_eq!(done, may);
    }
}
