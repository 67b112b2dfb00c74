//! Clients: written to outside of Meja, and erased.

use domain::{
    commands::{client, consultation},
    decision::{Changes, Code, Details, Refusal},
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, ConsultationStatus, File, ImportMade, ImportPart, Notification, NotificationKind, RefusedRow, RefusedRows},
    text::Label,
};
use rstest::rstest;

use crate::world::{CONSULTATION, NOW, Who, World, id};
use client::{Channel, Contact};

fn named(who: Who) -> RecordRef {
    RecordRef::new(Kind::Client, who.client())
}

fn request() -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<RecordId>(CONSULTATION))
}

/// A client as they stand.
fn client(world: &World, who: Who) -> Client {
    match &*world.rows[&named(who)].record {
        AnyRecord::Client(it) => it.clone(),
        _ => unreachable!("a client"),
    }
}

/// Changes a client in place, as a starting position.
fn arrange(world: &mut World, who: Who, change: impl FnOnce(&mut Client)) {
    let mut it = client(world, who);
    change(&mut it);
    world.put(AnyRecord::Client(it));
}

fn world() -> World {
    let mut world = World::with_request(ConsultationStatus::Waiting);
    arrange(&mut world, Who::Owner, |it| it.phone = domain::phone::Phone::new("081234567890").ok());
    world
}

fn contact(world: &World, channel: Channel, about: Option<RecordRef>) -> Result<Changes, Code> {
    let contact = Contact { id: Who::Owner.client(), channel, about };
    world.judge(Who::Cs, NOW, contact, 1).map_err(|refusal| refusal.code)
}

#[test]
fn writing_to_a_client_changes_nothing_and_is_filed_under_them_and_what_it_was_about() {
    for (channel, way) in [(Channel::Whatsapp, "whatsapp"), (Channel::Email, "email")] {
        let changes = contact(&world(), channel, Some(request())).unwrap();
        let expected = Changes { mentions: vec![named(Who::Owner), request()], reason: Some(way.to_owned()), ..Changes::default() };
        assert_eq!(changes, expected);
    }
    assert_eq!(contact(&world(), Channel::Whatsapp, None).unwrap().mentions, [named(Who::Owner)]);
}

#[rstest]
#[case::no_number(None, Some("rani@x.id"), Channel::Whatsapp)]
#[case::a_fixed_line(Some("0215551234"), Some("rani@x.id"), Channel::Whatsapp)]
#[case::no_address(Some("081234567890"), None, Channel::Email)]
fn nobody_is_reached_in_a_way_they_did_not_give(#[case] phone: Option<&str>, #[case] email: Option<&str>, #[case] channel: Channel) {
    let mut world = world();
    arrange(&mut world, Who::Owner, |it| {
        it.phone = phone.and_then(|phone| domain::phone::Phone::new(phone).ok());
        it.email = email.and_then(|email| domain::name::Email::new(email).ok());
    });
    assert_eq!(contact(&world, channel, None), Err(Code::NoContact));
}

#[test]
fn a_way_that_nobody_knows_and_somebody_who_was_erased_are_refused() {
    assert_eq!(contact(&world(), Channel::of_wire("pigeon"), None), Err(Code::InvalidArgs));
    let mut erased = world();
    erased.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert_eq!(contact(&erased, Channel::Whatsapp, None), Err(Code::Erased));
}

#[test]
fn it_is_about_something_of_theirs_that_can_be_seen() {
    let mut world = world();
    let other = consultation::Request {
        id: id(3_000),
        client_id: Who::OtherClient.client(),
        requested_date: "2026-11-27".parse().unwrap(),
        topic: None,
        note: None,
        source: None,
    };
    world.run(Who::Cs, NOW, other).unwrap();
    let theirs = RecordRef::new(Kind::Consultation, id::<RecordId>(3_000));
    assert_eq!(contact(&world, Channel::Whatsapp, Some(theirs)), Err(Code::InvalidArgs), "another client's");
    assert_eq!(contact(&world, Channel::Whatsapp, Some(named(Who::Owner))), Err(Code::InvalidArgs), "a client is nothing of theirs");
    let missing = RecordRef::new(Kind::Order, id::<RecordId>(9_999));
    assert_eq!(contact(&world, Channel::Whatsapp, Some(missing)), Err(Code::NotFound));
    for kind in [Kind::Order, Kind::Conversation] {
        let mut world = crate::conversations::world("spoken");
        arrange(&mut world, Who::Owner, |it| it.phone = domain::phone::Phone::new("081234567890").ok());
        let theirs = world.rows.keys().find(|r| r.kind == kind).copied();
        assert!(theirs.is_some() && contact(&world, Channel::Whatsapp, theirs).is_ok(), "{kind}");
    }
}

/// What was told to others about the client, and by whom, and what files they put on the server.
fn told(user: Who, n: u64, by: Who) -> Notification {
    let detail = Some(Who::Owner.person().name.to_string());
    let (kind, by) = (NotificationKind::ItemAssigned, Some(by.person()));
    Notification { id: id(n), user_id: user.user(), kind, record: request(), by, detail, created_at: NOW, read_at: None }
}

#[test]
fn whoever_was_told_of_an_erased_client_is_told_no_more_who_they_were() {
    let mut world = world();
    world.put(AnyRecord::Notification(told(Who::Assigned, 700, Who::Admin)));
    world.put(AnyRecord::Notification(told(Who::Cs, 701, Who::Owner)));
    let other = RecordRef::new(Kind::Client, Who::OtherClient.client());
    world.put(AnyRecord::Notification(Notification { record: other, ..told(Who::Cs, 702, Who::Admin) }));
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    let line = |n: u64| match &*world.rows[&RecordRef::new(Kind::Notification, id::<RecordId>(n))].record {
        AnyRecord::Notification(it) => it.clone(),
        _ => unreachable!("a notification"),
    };
    assert_eq!((line(700).detail, line(700).by), (None, Some(Who::Admin.person())), "who gave the work stays");
    assert_eq!(line(701).by.map(|by| by.name.to_string()), Some("(dihapus)".to_owned()));
    assert!(line(702).detail.is_some(), "what is about somebody else stays");
    let erase = changes.erase.unwrap();
    let is_erased = |n: u64| erase.records.contains(&RecordRef::new(Kind::Notification, id::<RecordId>(n)));
    assert_eq!([700, 701, 702].map(is_erased), [true, true, false], "their values leave the audit as well");
    let address = domain::name::Email::new("owner@x.id").unwrap();
    assert_eq!((erase.user, erase.addresses), (Some(Who::Owner.user()), vec![address]));
}

#[test]
fn a_file_that_an_erased_client_put_on_the_server_is_nobodys() {
    let mut world = world();
    for who in [Who::Owner, Who::OtherClient] {
        world.put(AnyRecord::File(File { by: who.person(), ..file(who) }));
    }
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    let [theirs, others] = [Who::Owner, Who::OtherClient].map(|who| match &*world.rows[&AnyRecord::File(file(who)).reference()].record {
        AnyRecord::File(it) => (it.name.to_string(), it.by.name.to_string()),
        _ => unreachable!("a file"),
    });
    assert_eq!(theirs, ("(dihapus).pdf".to_owned(), "(dihapus)".to_owned()));
    assert_eq!(others.0, "Kepunyaan.pdf");
    assert_eq!(changes.erase.unwrap().files, [file(Who::Owner).sha256], "also where it is on its way");
}

/// A file that nothing is tied to.
fn file(who: Who) -> File {
    let put = crate::table::put(who, format!("{who:?}").as_bytes());
    File {
        id: put.id,
        sha256: put.sha256,
        size: 1,
        media_type: put.media_type,
        name: domain::file::FileName::new("Kepunyaan.pdf").unwrap(),
        by: who.person(),
        policy: put.policy,
        created_at: NOW,
    }
}

#[test]
fn a_part_of_an_import_forgets_whom_it_could_not_tell_from_another() {
    let mut world = world();
    let name = Who::Owner.person().name.to_string();
    let of = |number: &str| Details { number: Some(number.to_owned()), ..Details::default() };
    let refused = |n, number| RefusedRow::of(n, Refusal::with(Code::TwoClients, "R-070", of(number)));
    let part = |n: u64, file: &str, rows: Vec<RefusedRow>| ImportPart {
        id: id(n),
        import_id: domain::id::ImportId::from_uuid(crate::world::uuid(n)),
        part: 1,
        parts: 1,
        file: Label::new(file).unwrap(),
        by: Who::Cs.person(),
        rows: 1,
        matched: 0,
        made: ImportMade::default(),
        refused: RefusedRows(rows),
        undone: None,
        created_at: NOW,
        updated_at: NOW,
    };
    let made = ImportMade { clients: vec![Who::Owner.client()], orders: vec![] };
    world.put(AnyRecord::ImportPart(part(800, "klien.csv", vec![refused(1, &name), refused(2, "Made Ayu")])));
    world.put(AnyRecord::ImportPart(ImportPart { made, ..part(801, "owner orang.csv", vec![]) }));
    world.put(AnyRecord::ImportPart(part(802, "lain.csv", vec![refused(1, "Made Ayu")])));
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    let part = |n: u64| match &*world.rows[&RecordRef::new(Kind::ImportPart, id::<RecordId>(n))].record {
        AnyRecord::ImportPart(it) => it.clone(),
        _ => unreachable!("a part"),
    };
    let numbers: Vec<_> = part(800).refused.0.into_iter().filter_map(|row| row.details.number).collect();
    assert_eq!(numbers, ["(dihapus)", "Made Ayu"]);
    assert_eq!(["klien.csv", "(dihapus)"], [800, 801].map(|n| part(n).file.to_string()).each_ref().map(String::as_str));
    let erased = changes.erase.unwrap().records.iter().filter(|r| r.kind == Kind::ImportPart).count();
    assert_eq!(erased, 2, "what tells nothing of them stands as it was");
}

#[test]
fn what_an_erased_client_had_under_way_is_refused() {
    let mut world = world();
    let cancel = || consultation::Cancel { id: id(CONSULTATION), reason: None };
    world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert_eq!(world.judge(Who::Owner, NOW, cancel(), 1).unwrap_err().code, Code::Erased, "their name would stand there anew");
    assert!(world.user(Who::Owner).is_erased() && !world.user(Who::OtherClient).is_erased());
}

#[test]
fn a_client_calls_off_an_accepted_request() {
    let mut world = World::with_request(ConsultationStatus::Accepted);
    world.run(Who::Owner, NOW, consultation::Cancel { id: id(CONSULTATION), reason: None }).unwrap();
    let it = world.consultation();
    assert_eq!((&it.status, it.decided_by.as_ref().map(|by| by.id)), (&ConsultationStatus::Cancelled, Some(Who::Owner.user())));
}
