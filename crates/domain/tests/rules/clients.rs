//! Clients: written to outside of Meja.

use domain::{
    commands::{client, consultation},
    decision::{Changes, Code},
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Client, ConsultationStatus},
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
