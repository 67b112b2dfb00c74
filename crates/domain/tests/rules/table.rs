//! State × command × role, complete: every cell says what the rulebook answers.

use domain::{
    command::{Command, REGISTRY},
    commands::{account, client, consultation, factor, file, item, note, notification, setting, staff},
    file::{FilePolicy, MediaType, Sha256},
    id::{DeviceId, FileId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Claim, ConsultationStatus, NotificationKind, Source, UserStatus},
    role::Role,
    time::{DAY, HOUR},
};
use std::collections::BTreeSet;

use crate::world::{CONSULTATION, NOW, Who, World, id, uuid};

/// One line a command and state; one column a person. `ok` or the code of the refusal.
/// `claimed` is a waiting request in the hands of the other admin; `absent` is an id that nobody knows.
const TABLE: &str = "
command              state     admin            cs               expert       assigned         owner            other-client
consultation.request none      ok               ok               not_allowed  not_allowed      ok               not_found
consultation.request waiting   already_waiting  already_waiting  not_allowed  not_allowed      already_waiting  not_found
consultation.request claimed   already_waiting  already_waiting  not_allowed  not_allowed      already_waiting  not_found
consultation.request accepted  ok               ok               not_allowed  not_allowed      ok               not_found
consultation.request rejected  ok               ok               not_allowed  not_allowed      ok               not_found
consultation.request cancelled ok               ok               not_allowed  not_allowed      ok               not_found
consultation.accept  none      not_found        not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.accept  waiting   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.accept  claimed   claimed_by_other not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.accept  accepted  not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.accept  rejected  not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.accept  cancelled not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  none      not_found        not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  waiting   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  claimed   claimed_by_other not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  accepted  not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  rejected  not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.reject  cancelled not_waiting      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
consultation.cancel  none      not_found        not_allowed      not_allowed  not_allowed      not_found        not_found
consultation.cancel  waiting   ok               not_allowed      not_allowed  not_allowed      ok               not_found
consultation.cancel  claimed   claimed_by_other not_allowed      not_allowed  not_allowed      ok               not_found
consultation.cancel  accepted  ok               not_allowed      not_allowed  not_allowed      ok               not_found
consultation.cancel  rejected  not_open         not_allowed      not_allowed  not_allowed      not_open         not_found
consultation.cancel  cancelled not_open         not_allowed      not_allowed  not_allowed      not_open         not_found
item.claim           none      not_found        not_found        not_allowed  not_allowed      not_allowed      not_allowed
item.claim           waiting   ok               ok               not_allowed  not_allowed      not_allowed      not_allowed
item.claim           claimed   claimed_by_other claimed_by_other not_allowed  not_allowed      not_allowed      not_allowed
item.claim           accepted  ok               ok               not_allowed  not_allowed      not_allowed      not_allowed
item.claim           rejected  not_open         not_open         not_allowed  not_allowed      not_allowed      not_allowed
item.claim           cancelled not_open         not_open         not_allowed  not_allowed      not_allowed      not_allowed
item.release         none      not_found        not_found        not_allowed  not_allowed      not_allowed      not_allowed
item.release         waiting   not_claimed      not_claimed      not_allowed  not_allowed      not_allowed      not_allowed
item.release         claimed   claimed_by_other claimed_by_other not_allowed  not_allowed      not_allowed      not_allowed
item.release         accepted  not_claimed      not_claimed      not_allowed  not_allowed      not_allowed      not_allowed
item.release         rejected  not_open         not_open         not_allowed  not_allowed      not_allowed      not_allowed
item.release         cancelled not_open         not_open         not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          none      not_found        not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          waiting   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          claimed   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          accepted  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          rejected  not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.snooze          cancelled not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            none      not_found        not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            waiting   not_snoozed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            claimed   not_snoozed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            accepted  not_snoozed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            rejected  not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.wake            cancelled not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          none      not_found        not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          waiting   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          claimed   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          accepted  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          rejected  not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
item.assign          cancelled not_open         not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
note.add             none      not_found        not_found        not_found    not_found        not_allowed      not_allowed
note.add             waiting   ok               ok               not_found    ok               not_allowed      not_allowed
note.add             claimed   ok               ok               not_found    ok               not_allowed      not_allowed
note.add             accepted  ok               ok               not_found    ok               not_allowed      not_allowed
note.add             rejected  ok               ok               not_found    ok               not_allowed      not_allowed
note.add             cancelled ok               ok               not_found    ok               not_allowed      not_allowed
client.create        any       ok               ok               not_allowed  not_allowed      not_allowed      not_allowed
client.edit          any       ok               ok               not_allowed  not_allowed      ok               not_found
client.contact       any       ok               ok               not_allowed  not_allowed      not_allowed      not_allowed
client.merge         any       ok               ok               not_allowed  not_allowed      not_allowed      not_allowed
notification.read    any       not_found        not_found        not_found    not_found        ok               not_found
setting.set          any       ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.register     any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.add             any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.invite          any       ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.edit            active    ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.edit            invited   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.edit            disabled  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.set_status      active    ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.set_status      invited   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.set_status      disabled  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.send_link       active    ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.send_link       invited   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.send_link       disabled  account_disabled not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
device.revoke        active    ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
device.revoke        invited   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
device.revoke        disabled  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.reset_factor active    ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.reset_factor invited   ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.reset_factor disabled  ok               not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.factor_on    any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.factor_off   any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
account.factor_codes any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
user.set_password    any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
file.put             any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
client.export        any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
client.erase         any       not_allowed      not_allowed      not_allowed  not_allowed      not_allowed      not_allowed
";

const PEOPLE: [Who; 6] = [Who::Admin, Who::Cs, Who::Expert, Who::Assigned, Who::Owner, Who::OtherClient];
const STATES: [&str; 6] = ["none", "waiting", "claimed", "accepted", "rejected", "cancelled"];
/// Where the account stands that a command is about.
const ACCOUNTS: [&str; 3] = ["active", "invited", "disabled"];

/// The client whom the office entered, without an account.
pub(crate) const WALK_IN: u64 = 150;

/// The same human as `Owner`, entered once more by the office.
pub(crate) fn walk_in(world: &mut World) {
    let id = id(WALK_IN);
    let (name, phone) = ("Ibu Owner".to_owned(), Some("0813-1111-2222".to_owned()));
    world.run(Who::Cs, NOW.plus(-DAY), client::Create { id, name, phone, email: None, zone: None }).unwrap();
}

fn world(state: &str) -> World {
    let mut world = match state {
        "none" => World::new(),
        "any" | "waiting" | "claimed" | "active" | "invited" | "disabled" => World::with_request(ConsultationStatus::Waiting),
        status => World::with_request(ConsultationStatus::of_wire(status)),
    };
    if state == "claimed" {
        let by = Who::OtherAdmin.actor().person;
        world.arrange(|it| it.claim = Some(Claim { by, until: NOW.plus(HOUR) }));
    }
    if ACCOUNTS.contains(&state) {
        world.account(Who::Cs, |user| user.status = UserStatus::of_wire(state));
    }
    walk_in(&mut world);
    world.put(AnyRecord::Notification(domain::records::Notification {
        id: id(500),
        user_id: Who::Owner.user(),
        kind: NotificationKind::ConsultationWaiting,
        record: RecordRef::new(Kind::Consultation, id::<domain::id::RecordId>(CONSULTATION)),
        by: None,
        detail: None,
        created_at: NOW,
        read_at: None,
    }));
    world
}

/// What is noted when this person has put a file with these bytes on the server.
pub(crate) fn put(who: Who, bytes: &[u8]) -> file::Put {
    let sha256 = Sha256::of(bytes);
    let (media_type, policy) = (MediaType::Pdf, FilePolicy::Design);
    let id = FileId::named(who.actor().id(), &sha256);
    file::Put { id, sha256, size: 8, media_type, name: "Logo final.pdf".into(), policy }
}

/// A command of this name with arguments that nobody could object to.
pub(crate) fn example(name: &str) -> Command {
    let at = id(CONSULTATION);
    let record = RecordRef::new(Kind::Consultation, id::<domain::id::RecordId>(CONSULTATION));
    match name {
        "consultation.request" => consultation::Request {
            id: id(2_000),
            client_id: Who::Owner.client(),
            requested_date: "2026-11-27".parse().unwrap(),
            topic: Some("Tinjau CV".into()),
            note: None,
            source: Some(Source::Phone),
        }
        .into(),
        "consultation.accept" => consultation::Accept { id: at, message: None }.into(),
        "consultation.reject" => consultation::Reject { id: at, reason: "Tanggal penuh".into() }.into(),
        "consultation.cancel" => consultation::Cancel { id: at, reason: Some("Berubah rencana".into()) }.into(),
        "item.claim" => item::ClaimItem { record }.into(),
        "item.release" => item::Release { record }.into(),
        "item.snooze" => item::SnoozeItem { record, until: NOW.plus(DAY) }.into(),
        "item.wake" => item::Wake { record }.into(),
        "item.assign" => item::Assign { record, to: Some(Who::Expert.user()) }.into(),
        "note.add" => note::Add { id: id(2_001), record, text: "CV sudah dilampirkan".into(), private: false }.into(),
        "client.create" => {
            client::Create { id: id(2_002), name: "Made Ayu".into(), phone: Some("0812-3456-7890".into()), email: None, zone: None }.into()
        }
        "client.edit" => {
            client::Edit { id: Who::Owner.client(), name: Some("Nama Baru".into()), phone: None, email: None, zone: None }.into()
        }
        "client.contact" => client::Contact { id: Who::Owner.client(), channel: client::Channel::Email, about: Some(record) }.into(),
        "notification.read" => notification::Read { ids: vec![id(500)] }.into(),
        "setting.set" => {
            setting::Set { key: domain::records::SettingKey::ConsultationAnswerMinutes, value: 60.into(), effective_from: None }.into()
        }
        "account.register" => account::Register {
            id: id(2_003),
            client_id: id(2_004),
            name: "Agus Salim".into(),
            email: "agus@x.id".into(),
            phone: "081234567890".into(),
            zone: None,
            consent: None,
        }
        .into(),
        "user.add" => account::AddUser { id: id(2_005), name: "Hendra".into(), email: "hendra@x.id".into(), roles: vec![Role::Cs] }.into(),
        "user.invite" => staff::Invite { id: id(2_006), name: "Hendra".into(), email: "hendra@x.id".into(), roles: vec![Role::Cs] }.into(),
        "user.send_link" => staff::SendLink { id: Who::Cs.user() }.into(),
        "device.revoke" => staff::RevokeDevice { user: Who::Cs.user(), device: DeviceId::from_uuid(uuid(2_007)) }.into(),
        "user.edit" => account::EditUser { id: Who::Cs.user(), name: None, roles: Some(vec![Role::Admin, Role::Cs]) }.into(),
        "user.set_status" => account::SetStatus { id: Who::Cs.user(), status: UserStatus::Disabled }.into(),
        "user.set_password" => account::SetPassword { id: Who::Cs.user() }.into(),
        "account.factor_on" => factor::FactorOn { id: Who::Cs.user() }.into(),
        "account.factor_off" => factor::FactorOff { id: Who::Cs.user() }.into(),
        "account.factor_codes" => factor::FactorCodes { id: Who::Cs.user() }.into(),
        "account.reset_factor" => factor::ResetFactor { id: Who::Cs.user() }.into(),
        "file.put" => put(Who::System, b"%PDF-1.7").into(),
        "client.merge" => client::Merge { id: Who::Owner.client(), from: id(WALK_IN) }.into(),
        "client.export" => client::Export { id: Who::Owner.client() }.into(),
        "client.erase" => client::Erase { id: Who::Owner.client() }.into(),
        order if order.starts_with("order.") => crate::orders::example(order),
        design if design.starts_with("design.") => crate::designs::example(design),
        import if import.starts_with("import.") => crate::imports::example(import),
        talk if ["message.", "conversation.", "quick_reply."].iter().any(|area| talk.starts_with(area)) => {
            crate::conversations::example(talk)
        }
        other => panic!("the table has no example of {other}: add one, and its lines"),
    }
}

/// The lines of a table: the name of a command, a state, and one cell a person.
fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.trim().lines().skip(1).map(|line| line.split_whitespace().collect())
}

/// Whether a table has a line of this command for each of these states.
pub(crate) fn has_all(table: &'static str, name: &str, states: &[&str]) -> bool {
    states.iter().all(|state| lines(table).any(|cells| cells[0] == name && cells[1] == *state))
}

/// The rulebook answers as a table says, which has no line twice.
pub(crate) fn holds(table: &'static str, people: &[Who], world: impl Fn(&str) -> World, example: impl Fn(&str) -> Command) {
    let mut covered = BTreeSet::new();
    let mut wrong = Vec::new();
    for cells in lines(table) {
        assert_eq!(cells.len(), 2 + people.len(), "{cells:?}");
        let (name, state) = (cells[0], cells[1]);
        assert!(covered.insert((name, state)), "{name} × {state} stands twice");
        for (who, expected) in people.iter().zip(&cells[2..]) {
            let answer = world(state).judge(*who, NOW, example(name), 1);
            let said = answer.as_ref().map_or_else(|r| r.code.wire().to_owned(), |_| "ok".to_owned());
            if said != *expected {
                wrong.push(format!("{name} × {state} × {who:?}: {said}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rulebook_answers_as_the_table_says() {
    holds(TABLE, &PEOPLE, world, example);
    for spec in REGISTRY {
        let all = [&["any"][..], &STATES, &ACCOUNTS].iter().any(|states| has_all(TABLE, spec.name, states));
        let all = all
            || crate::orders::covers(spec.name)
            || crate::designs::covers(spec.name)
            || crate::conversations::covers(spec.name)
            || crate::imports::covers(spec.name);
        assert!(all, "{} lacks lines in the table", spec.name);
    }
}

#[test]
fn the_system_may_do_what_no_role_may() {
    for spec in REGISTRY.iter().filter(|s| s.roles.is_empty()) {
        let answer = world("accepted").judge(Who::System, NOW, example(spec.name), 1);
        assert!(answer.is_ok(), "{}: {answer:?}", spec.name);
    }
}

#[test]
fn a_refusal_for_a_role_says_who_may() {
    let refusal = world("waiting").judge(Who::Cs, NOW, example("consultation.accept"), 1).unwrap_err();
    assert_eq!((refusal.rule, refusal.details.roles.as_slice()), ("R-017", [Role::Admin].as_slice()));
}
