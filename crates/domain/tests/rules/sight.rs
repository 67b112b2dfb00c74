//! Who may know of which record: each kind beside each role.

use domain::{
    audience::{audience, may_see, scope_of, staff_audience},
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::{ConsultationStatus, Note},
    role::{Principal, Role},
    text::NoteText,
};

use crate::world::{CONSULTATION, NOW, Who, World, id};

const EVERYBODY: [Who; 7] = [Who::Admin, Who::OtherAdmin, Who::Cs, Who::Expert, Who::Assigned, Who::Owner, Who::OtherClient];

fn world() -> World {
    World::with_request(ConsultationStatus::Waiting)
}
fn record(world: &World, of: RecordRef) -> AnyRecord {
    (*world.rows[&of].record).clone()
}
fn seen_by(record: &AnyRecord, scope: Option<&AnyRecord>) -> Vec<Who> {
    EVERYBODY.into_iter().filter(|who| may_see(&who.actor(), record, scope)).collect()
}
fn request(world: &World) -> AnyRecord {
    record(world, RecordRef::new(Kind::Consultation, id::<RecordId>(CONSULTATION)))
}
fn client(world: &World, who: Who) -> AnyRecord {
    record(world, RecordRef::new(Kind::Client, who.client()))
}
/// A note that an expert wrote, whom neither record is given to.
fn note(about: &AnyRecord, private: bool) -> AnyRecord {
    AnyRecord::Note(Note {
        id: id(5_000),
        record: about.reference(),
        author: Who::Expert.person(),
        text: NoteText::new("Sudah ditelepon.").unwrap(),
        private,
        created_at: NOW,
    })
}

#[test]
fn a_request_is_for_admins_cs_whom_it_was_given_to_and_its_client() {
    assert_eq!(seen_by(&request(&world()), None), [Who::Admin, Who::OtherAdmin, Who::Cs, Who::Assigned, Who::Owner]);
}

#[test]
fn a_client_is_for_admins_cs_and_themselves() {
    let world = world();
    assert_eq!(seen_by(&client(&world, Who::Owner), None), [Who::Admin, Who::OtherAdmin, Who::Cs, Who::Owner]);
    let AnyRecord::Client(mut unlinked) = client(&world, Who::Owner) else { unreachable!("a client") };
    unlinked.user_id = None;
    assert_eq!(seen_by(&AnyRecord::Client(unlinked), None), [Who::Admin, Who::OtherAdmin, Who::Cs]);
}

#[test]
fn an_account_of_the_staff_is_for_admins_and_cs_a_clients_for_themselves() {
    let world = world();
    let account = |who: Who| record(&world, RecordRef::new(Kind::User, who.user()));
    assert_eq!(seen_by(&account(Who::Expert), None), [Who::Admin, Who::OtherAdmin, Who::Cs, Who::Expert]);
    assert_eq!(seen_by(&account(Who::Owner), None), [Who::Owner]);
}

#[test]
fn a_note_has_the_staff_of_what_it_is_about_and_never_a_client() {
    let world = world();
    for about in [request(&world), client(&world, Who::Owner)] {
        let note = note(&about, false);
        assert_eq!(scope_of(&note), Some(about.reference()), "what decides besides");
        let mut staff = seen_by(&about, None);
        staff.retain(|who| *who != Who::Owner);
        staff.push(Who::Expert);
        staff.sort_by_key(|who| EVERYBODY.iter().position(|it| it == who));
        assert_eq!(seen_by(&note, Some(&about)), staff);
        assert_eq!(seen_by(&note, None), [Who::Expert], "without what it is about the least");
    }
    assert_eq!(scope_of(&request(&world)), None);
}

#[test]
fn a_private_note_is_its_authors() {
    let about = request(&world());
    assert_eq!(seen_by(&note(&about, true), Some(&about)), [Who::Expert]);
}

#[test]
fn notes_about_anything_else_have_nobody_but_their_author() {
    let world = world();
    let account = record(&world, RecordRef::new(Kind::User, Who::Cs.user()));
    assert_eq!(staff_audience(&account), []);
    assert_eq!(audience(&note(&account, false), Some(&account)), [Principal::User(Who::Expert.user())]);
    assert!(staff_audience(&request(&world)).contains(&Principal::Role(Role::Cs)));
}
