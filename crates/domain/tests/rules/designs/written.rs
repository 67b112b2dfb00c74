//! What exactly is written.

use domain::{
    command::Command,
    commands::design,
    decision::Code,
    file::{MediaType, Sha256},
    record::{AnyRecord, Kind},
    records::{DesignStatus, NotificationKind, OrderStatus, Pins},
    time::HOUR,
};
use rstest::rstest;

use super::{DESIGN, NEXT, approve, example, named, order, put, revise, upload, version, world};
use crate::{
    orders,
    world::{NOW, Who, World},
};

#[test]
fn an_upload_is_the_next_version_and_the_current_one() {
    let mut world = world("submitted");
    world.run(Who::Admin, NOW.plus(HOUR), example("design.upload")).unwrap();
    let (it, order) = (version(&world, NEXT), order(&world));
    assert_eq!((it.version, order.versions, order.current_version, order.shown_version), (2, 2, Some(2), None));
    assert_eq!((it.order_id, &it.order_number), (order.id, &order.number));
    assert_eq!((it.status.clone(), it.by.id, it.created_at), (DesignStatus::Uploaded, Who::Admin.user(), NOW.plus(HOUR)));
    assert_eq!((it.sha256, it.size, &it.media_type), (Sha256::of(b"the next version"), 4_096, &MediaType::Png));
    assert_eq!(order.history.0.last().map(|h| (h.act.as_str(), h.to.as_deref())), Some(("design.upload", Some("V2"))));
    assert_eq!(order.status, OrderStatus::InProgress, "an upload alone shows nobody anything");
    assert!(version(&world, DESIGN).is_superseded(order.current_version) && !it.is_superseded(order.current_version));
}

#[test]
fn what_counts_is_the_file_on_the_server_and_not_what_was_said_of_it() {
    let said = design::Upload { size: 9, media_type: MediaType::Pdf, name: "..\\..\\logo.png".into(), ..upload(NEXT, b"the next version") };
    let mut world = world("uploaded");
    world.run(Who::Cs, NOW, said).unwrap();
    let it = version(&world, NEXT);
    assert_eq!((it.size, &it.media_type, it.name.as_str()), (4_096, &MediaType::Png, "logo.png"));
}

#[test]
fn a_file_that_is_not_there_or_is_another_persons_is_no_version() {
    let mut world = world("uploaded");
    put(&mut world, Who::Admin, b"what the admin put there");
    for bytes in [&b"nowhere"[..], b"what the admin put there"] {
        let refusal = world.judge(Who::Cs, NOW, upload(NEXT, bytes), 1).unwrap_err();
        assert_eq!(refusal.code, Code::FileMissing);
    }
    assert!(world.judge(Who::Admin, NOW, upload(NEXT, b"what the admin put there"), 1).is_ok());
}

#[test]
fn the_same_bytes_are_not_a_version_twice() {
    let refusal = world("submitted").judge(Who::Admin, NOW, upload(NEXT, super::BYTES), 1).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.details.number.as_deref(), refusal.details.record),
        (Code::SameDesign, Some("V1"), Some(named(DESIGN)))
    );
}

#[rstest]
#[case(|it: &mut design::Upload| it.name = " . ".into(), "name")]
#[case(|it: &mut design::Upload| it.size = 0, "size")]
#[case(|it: &mut design::Upload| it.size = 10_485_761, "size")]
fn what_is_no_file_is_no_version(#[case] change: fn(&mut design::Upload), #[case] field: &str) {
    let mut said = upload(NEXT, b"the next version");
    change(&mut said);
    let refusal = world("uploaded").judge(Who::Cs, NOW, said, 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some(field)));
}

#[test]
fn a_file_that_was_put_there_for_something_else_is_looked_at_as_a_design() {
    let mut world = world("uploaded");
    let held = world.rows.values().find_map(|held| match &*held.record {
        AnyRecord::File(it) if it.by.id == Who::Cs.user() && it.sha256 == Sha256::of(b"the next version") => Some(it.clone()),
        _ => None,
    });
    let mut file = held.unwrap();
    file.media_type = MediaType::Unknown("text/html".into());
    world.put(AnyRecord::File(file));
    let refusal = world.judge(Who::Cs, NOW, example("design.upload"), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("media_type")));
}

#[rstest]
#[case("in_progress", "review")]
#[case("review", "review")]
#[case("approved", "approved")]
#[case("pending", "pending")]
fn a_version_is_submitted_and_an_order_that_is_being_made_is_in_review(#[case] from: &str, #[case] to: &str) {
    let mut world = world("uploaded");
    orders::arrange(&mut world, |it| (it.status, it.current_version) = (OrderStatus::of_wire(from), None));
    let changes = world.run(Who::Cs, NOW.plus(HOUR), example("design.submit")).unwrap();
    let (it, now) = (version(&world, DESIGN), order(&world));
    assert_eq!((it.status.clone(), it.submitted_at), (DesignStatus::Submitted, Some(NOW.plus(HOUR))));
    assert_eq!((now.status.wire(), now.current_version, now.shown_version), (to, Some(1), Some(1)));
    assert_eq!(now.status_at == NOW.plus(HOUR), from != to, "an order that stays where it is has not moved");
    let told = changes.writes.iter().find_map(|w| if let AnyRecord::Notification(it) = &*w.record { Some(it) } else { None }).unwrap();
    assert_eq!(
        (told.user_id, &told.kind, told.detail.as_deref(), told.record.kind),
        (Who::Owner.user(), &NotificationKind::DesignSubmitted, Some("V1"), Kind::Order)
    );
}

#[test]
fn a_refusal_says_where_the_version_stands_and_since_when() {
    let said = |world: &World, who, act: Command| {
        let refusal = world.judge(who, NOW.plus(9 * HOUR), act, 1).unwrap_err();
        (refusal.code, refusal.details.number, refusal.details.status, refusal.details.at)
    };
    let stands = |code, status: &str, at| (code, Some("V1".to_owned()), Some(status.to_owned()), Some(at));
    let mut world = world("uploaded");
    assert_eq!(said(&world, Who::Admin, example("design.set_current")), stands(Code::IsCurrent, "uploaded", NOW), "since it came");
    world.run(Who::Cs, NOW.plus(HOUR), example("design.submit")).unwrap();
    assert_eq!(
        said(&world, Who::Cs, example("design.submit")),
        stands(Code::NotUploaded, "submitted", NOW.plus(HOUR)),
        "since it was shown"
    );
    world.run(Who::Owner, NOW.plus(2 * HOUR), approve()).unwrap();
    let again = stands(Code::NotSubmitted, "approved", NOW.plus(2 * HOUR));
    assert_eq!(said(&world, Who::Owner, approve().into()), again, "since it was decided");
}

#[test]
fn an_approval_is_bound_to_the_bytes_that_were_looked_at() {
    let mut world = world("submitted");
    let other = design::Approve { sha256: Sha256::of(b"other"), ..approve() };
    assert_eq!(world.judge(Who::Owner, NOW, other, 1).unwrap_err().code, Code::Stale);
    world.run(Who::Owner, NOW.plus(HOUR), approve()).unwrap();
    let it = version(&world, DESIGN);
    assert_eq!((it.status.clone(), it.reviewed_at), (DesignStatus::Approved, Some(NOW.plus(HOUR))));
    assert_eq!(order(&world).status, OrderStatus::InProgress, "the staff completes an order");
    world.run(Who::Cs, NOW, example("design.upload")).unwrap();
    assert!(!version(&world, DESIGN).is_superseded(order(&world).current_version), "what was approved stays so");
}

#[test]
fn a_revision_takes_an_order_in_review_back_in_the_same_commit() {
    let mut world = world("submitted");
    orders::arrange(&mut world, |it| it.status = OrderStatus::Review);
    let other = design::RequestRevision { sha256: Sha256::of(b"other"), ..revise() };
    assert_eq!(world.judge(Who::Owner, NOW, other, 1).unwrap_err().code, Code::Stale);
    let short = design::RequestRevision { comment: " a ".into(), ..revise() };
    assert_eq!(world.judge(Who::Owner, NOW, short, 1).unwrap_err().code, Code::ReasonRequired);
    let changes = world.run(Who::Owner, NOW.plus(HOUR), revise()).unwrap();
    assert_eq!(changes.reason.as_deref(), Some("Gagang cangkir terlalu tebal"));
    let (it, order) = (version(&world, DESIGN), order(&world));
    assert_eq!(
        (it.status.clone(), it.comment.as_ref().map(|c| c.as_str())),
        (DesignStatus::RevisionRequested, Some("Gagang cangkir terlalu tebal"))
    );
    assert_eq!((&order.status, order.status_at, order.status_by.id), (&OrderStatus::InProgress, NOW.plus(HOUR), Who::Owner.user()));
}

#[test]
fn what_shall_be_changed_is_said_of_places_in_the_picture() {
    let mut world = world("submitted");
    let at = |x: i64, y: i64, text: &str| design::PinAt { x, y, text: text.into() };
    let asked = |pins: Vec<design::PinAt>| design::RequestRevision { pins, ..revise() };
    let bad = [
        vec![at(-1, 0, "di sini")],
        vec![at(0, 1_001, "di sini")],
        vec![at(i64::MAX, i64::MIN, "di sini")],
        vec![at(0, 0, "x")],
        vec![at(0, 0, &"x".repeat(501))],
        vec![at(0, 0, "di sini"); 21],
    ];
    for pins in bad {
        let refusal = world.judge(Who::Owner, NOW, asked(pins), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("pins")));
    }
    world.run(Who::Owner, NOW, asked(vec![at(766, 478, " Gagangnya "), at(0, 1_000, "Sudutnya")])).unwrap();
    let stands: Vec<_> = version(&world, DESIGN).pins.0.iter().map(|pin| (pin.x, pin.y, pin.text.as_str())).collect();
    assert_eq!(stands, [(766, 478, "Gagangnya"), (0, 1_000, "Sudutnya")], "in the order in which they were named");
    world.run(Who::System, NOW, crate::table::example("client.erase")).unwrap();
    assert_eq!(version(&world, DESIGN).pins, Pins::default(), "nothing stays of what somebody said who is erased");
}

#[test]
fn a_file_that_is_not_drawn_has_no_places() {
    let mut world = world("submitted");
    let mut document = version(&world, DESIGN).clone();
    document.media_type = MediaType::Pdf;
    world.put(AnyRecord::Design(document));
    let pins = vec![design::PinAt { x: 1, y: 1, text: "di sini".into() }];
    let refusal = world.judge(Who::Owner, NOW, design::RequestRevision { pins, ..revise() }, 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("pins")));
    world.run(Who::Owner, NOW, revise()).unwrap();
}

#[test]
fn the_staff_goes_back_to_an_earlier_version() {
    let mut world = world("submitted");
    world.run(Who::Cs, NOW, example("design.upload")).unwrap();
    world.run(Who::Admin, NOW, example("design.set_current")).unwrap();
    assert_eq!((order(&world).current_version, order(&world).versions), (Some(1), 2));
    assert!(!version(&world, NEXT).is_superseded(Some(1)), "a later one was not taken the place of by an earlier");
    let refusal = world.judge(Who::Admin, NOW, example("design.set_current"), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.number.as_deref()), (Code::IsCurrent, Some("V1")));
}

#[test]
fn what_is_downloaded_has_the_name_of_the_order() {
    let it = version(&world("uploaded"), DESIGN).clone();
    assert_eq!(it.download_name().as_str(), "1795568400_ORD-202611-0001_kopi senja v2.png");
    let long = domain::records::Design { name: domain::file::FileName::new(&format!("{}.png", "é".repeat(200))).unwrap(), ..it };
    let name = long.download_name();
    assert!(name.as_str().len() <= 120 && name.as_str().ends_with(".png"), "{name}");
}

#[test]
fn who_is_erased_leaves_the_versions_without_their_files() {
    let mut world = world("submitted");
    world.run(Who::Owner, NOW, revise()).unwrap();
    let changes = world.run(Who::System, NOW, crate::table::example("client.erase")).unwrap();
    assert!(changes.erase.unwrap().records.contains(&named(DESIGN)));
    let it = version(&world, DESIGN);
    assert_eq!((it.name.as_str(), it.comment.as_ref().map(|c| c.as_str())), ("(dihapus).png", Some("(dihapus)")));
    assert_eq!((it.version, it.sha256), (1, Sha256::of(super::BYTES)), "that there was one stays");
    let gone = it.purged.as_ref().map(|purge| (purge.at, purge.reason.as_str()));
    assert_eq!(gone, Some((NOW, "(dihapus)")), "and its bytes go");
}
