//! The rules one by one: what exactly is written, and what exactly a refusal says.

use domain::{
    command::{BadCommand, Command},
    commands::{account, client, consultation, item, note, setting},
    decision::{Changes, Code},
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Claim, ConsultationStatus, Notification, NotificationKind, SettingKey, Snooze, Source},
    role::{Principal, Role},
    time::{DAY, HOUR, MINUTE},
    wire::{BadEnvelope, Envelope},
};
use rstest::rstest;
use serde_json::json;

use crate::{
    table::example,
    world::{CONSULTATION, NOW, Who, World, id},
};

fn waiting() -> World {
    World::with_request(ConsultationStatus::Waiting)
}

fn record() -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<RecordId>(CONSULTATION))
}

fn told(changes: &Changes) -> Option<&Notification> {
    changes.writes.iter().find_map(|w| match &*w.record {
        AnyRecord::Notification(it) => Some(it),
        _ => None,
    })
}

fn claimed_by(who: Who) -> World {
    let mut world = waiting();
    world.arrange(|it| it.claim = Some(Claim { by: who.actor().person, until: NOW.plus(10 * MINUTE) }));
    world
}

#[test]
fn a_request_is_numbered_dated_and_announced_to_its_client() {
    let mut world = World::new();
    let changes = world.run(Who::Owner, NOW, example("consultation.request")).unwrap();
    let it = world.consultation_of(id(2_000)).unwrap();
    assert!(it.number.starts_with("KG-20261125-") && it.number.len() == 18, "{}", it.number);
    assert_eq!(it.source, Source::App, "a client's own request is from the app, whatever they say");
    assert_eq!(it.due_at.to_string(), "2026-11-25T04:00:00.000Z", "three working hours after 08:00 WIB");
    assert_eq!((it.client_zone.label(), it.status.wire()), ("WITA", "waiting"));
    let told = told(&changes).unwrap();
    assert_eq!((told.user_id, &told.kind), (Who::Owner.user(), &NotificationKind::ConsultationWaiting));
}

#[test]
fn numbers_do_not_collide() {
    let mut world = World::new();
    world.run(Who::Owner, NOW, example("consultation.request")).unwrap();
    let first = world.consultation_of(id(2_000)).unwrap().clone();
    // Another request that would get the very same number takes the next one.
    let mut other = World::new();
    let mut taken = first.clone();
    (taken.id, taken.client_id, taken.status) = (id(9), Who::OtherClient.client(), ConsultationStatus::Rejected);
    other.put(AnyRecord::Consultation(taken));
    other.run(Who::Owner, NOW, example("consultation.request")).unwrap();
    assert_ne!(other.consultation_of(id(2_000)).unwrap().number, first.number);
}

#[rstest]
#[case("2026-11-24", Some(Code::DateInPast))]
#[case("2026-11-25", None)]
#[case("2027-11-25", None)]
#[case("2027-11-26", Some(Code::DateTooFar))]
fn the_requested_day(#[case] day: &str, #[case] expected: Option<Code>) {
    let Command::ConsultationRequest(mut request) = example("consultation.request") else { unreachable!() };
    request.requested_date = day.parse().unwrap();
    assert_eq!(World::new().judge(Who::Owner, NOW, request, 1).err().map(|r| r.code), expected);
}

#[test]
fn the_day_turns_in_wib() {
    // 25 Nov, 23:30 WIB is 16:30Z; half an hour later the 25th is past.
    let Command::ConsultationRequest(mut request) = example("consultation.request") else { unreachable!() };
    request.requested_date = "2026-11-25".parse().unwrap();
    let late = NOW.plus(15 * HOUR + 30 * MINUTE);
    assert!(World::new().judge(Who::Owner, late, request.clone(), 1).is_ok());
    let refusal = World::new().judge(Who::Owner, late.plus(30 * MINUTE), request, 1).unwrap_err();
    assert_eq!(refusal.code, Code::DateInPast);
}

#[test]
fn texts_are_checked_and_the_field_is_named() {
    let Command::ConsultationRequest(request) = example("consultation.request") else { unreachable!() };
    let long = consultation::Request { topic: Some("x".repeat(201)), ..request.clone() };
    let refusal = World::new().judge(Who::Owner, NOW, long, 1).unwrap_err();
    let d = &refusal.details;
    assert_eq!(
        (refusal.code, d.field.as_deref(), d.invalid.as_deref(), d.bound),
        (Code::InvalidArgs, Some("topic"), Some("too_long"), Some(200))
    );
    let note = consultation::Request { note: Some("x".repeat(121)), ..request };
    assert_eq!(World::new().judge(Who::Owner, NOW, note, 1).unwrap_err().details.field.as_deref(), Some("note"));
}

#[test]
fn a_second_request_says_which_one_is_waiting() {
    let refusal = waiting().judge(Who::Owner, NOW, example("consultation.request"), 1).unwrap_err();
    assert_eq!((refusal.details.record, refusal.details.number.as_deref()), (Some(record()), Some("KG-20261125-ABC123")));
}

#[test]
fn acceptance_tells_the_client_with_the_message() {
    let mut world = waiting();
    let changes =
        world.run(Who::Admin, NOW, consultation::Accept { id: id(CONSULTATION), message: Some(" Sampai jumpa ".into()) }).unwrap();
    let it = world.consultation();
    assert_eq!((&it.status, it.decided_by.as_ref().map(|p| p.id)), (&ConsultationStatus::Accepted, Some(Who::Admin.user())));
    let told = told(&changes).unwrap();
    assert_eq!((&told.kind, told.detail.as_deref()), (&NotificationKind::ConsultationAccepted, Some("Sampai jumpa")));
    assert_eq!(it.history.0.last().map(|h| h.act.as_str()), Some("consultation.accept"));
}

#[test]
fn rejection_needs_a_reason_and_gives_it_to_the_client() {
    for reason in ["", "  ", "ab"] {
        let refusal =
            waiting().judge(Who::Admin, NOW, consultation::Reject { id: id(CONSULTATION), reason: reason.into() }, 1).unwrap_err();
        assert_eq!(refusal.code, Code::ReasonRequired, "{reason:?}");
    }
    let long = consultation::Reject { id: id(CONSULTATION), reason: "x".repeat(501) };
    assert_eq!(waiting().judge(Who::Admin, NOW, long, 1).unwrap_err().code, Code::InvalidArgs);
    let changes = waiting().judge(Who::Admin, NOW, example("consultation.reject"), 1).unwrap();
    assert_eq!(told(&changes).and_then(|n| n.detail.as_deref()), Some("Tanggal penuh"));
    assert_eq!(changes.reason.as_deref(), Some("Tanggal penuh"));
}

#[test]
fn a_late_verdict_hears_who_was_first_and_when() {
    let world = World::with_request(ConsultationStatus::Rejected);
    let refusal = world.judge(Who::Admin, NOW, example("consultation.accept"), 1).unwrap_err();
    let d = &refusal.details;
    assert_eq!((d.status.as_deref(), d.by.as_ref().map(|p| p.id), d.at), (Some("rejected"), Some(Who::OtherAdmin.user()), Some(NOW)));
    let client = world.judge(Who::Owner, NOW, example("consultation.cancel"), 1).unwrap_err();
    assert_eq!(client.details.by, None, "a client is not told names of the staff");
}

#[test]
fn a_cancellation_by_the_client_needs_no_reason_and_is_not_announced_to_them() {
    let mut world = waiting();
    world.arrange(|it| it.snooze = Some(Snooze { by: Who::Admin.actor().person, until: NOW.plus(DAY) }));
    let changes = world.run(Who::Owner, NOW, consultation::Cancel { id: id(CONSULTATION), reason: None }).unwrap();
    assert_eq!(told(&changes).map(|n| n.user_id), Some(Who::Assigned.user()), "only whose it was");
    assert!(world.consultation().snooze.is_none(), "a snooze ends when the client acts");
    let admin = waiting().judge(Who::Admin, NOW, consultation::Cancel { id: id(CONSULTATION), reason: None }, 1).unwrap_err();
    assert_eq!(admin.code, Code::ReasonRequired);
    let changes = waiting().judge(Who::Admin, NOW, example("consultation.cancel"), 1).unwrap();
    assert_eq!(told(&changes).map(|n| &n.kind), Some(&NotificationKind::ConsultationCancelled));
}

#[rstest]
#[case::accepted(ConsultationStatus::Accepted, None, Some(Who::OtherAdmin))]
#[case::accepted_and_given_to_a_colleague(ConsultationStatus::Accepted, Some(Who::Expert), Some(Who::Expert))]
#[case::given_to_a_colleague(ConsultationStatus::Waiting, Some(Who::Expert), Some(Who::Expert))]
#[case::nobodys_yet(ConsultationStatus::Waiting, None, None)]
fn whose_it_is_hears_that_the_client_called_it_off(
    #[case] status: ConsultationStatus,
    #[case] assignee: Option<Who>,
    #[case] hears: Option<Who>,
) {
    let mut world = World::with_request(status.clone());
    world.arrange(|it| it.assignee = assignee.map(Who::person));
    let changes = world.run(Who::Owner, NOW, consultation::Cancel { id: id(CONSULTATION), reason: Some("Sudah terjawab".into()) }).unwrap();
    let named = world.consultation().client_name.to_string();
    let expected = hears.map(|who| (who.user(), NotificationKind::ConsultationCancelled, Some(Who::Owner.user()), Some(named)));
    assert_eq!(told(&changes).map(|n| (n.user_id, n.kind.clone(), n.by.as_ref().map(|by| by.id), n.detail.clone())), expected);
    // Whoever calls it off for the client tells the client, and nobody else.
    let mut world = World::with_request(status);
    world.arrange(|it| it.assignee = assignee.map(Who::person));
    let changes = world.run(Who::Admin, NOW, example("consultation.cancel")).unwrap();
    assert_eq!(told(&changes).map(|n| n.user_id), Some(Who::Owner.user()));
}

#[test]
fn a_claim_holds_others_off_until_it_runs_out() {
    let world = claimed_by(Who::Cs);
    let refusal = world.judge(Who::Admin, NOW, example("consultation.accept"), 1).unwrap_err();
    assert_eq!(refusal.details.by.as_ref().map(|p| p.id), Some(Who::Cs.user()));
    assert_eq!(refusal.details.until, Some(NOW.plus(10 * MINUTE)));
    assert!(world.judge(Who::Admin, NOW.plus(10 * MINUTE), example("consultation.accept"), 1).is_ok(), "at its end a claim is over");
}

#[test]
fn what_is_done_with_a_request_in_hand_stands_in_its_history() {
    let mut world = waiting();
    let acts = ["item.claim", "item.snooze", "item.wake", "item.claim", "item.release"];
    for (n, act) in (1..).zip(acts) {
        let now = NOW.plus(n * MINUTE);
        world.run(Who::Admin, now, example(act)).unwrap();
        let it = world.consultation();
        let last = it.history.0.last().map(|line| (line.act.as_str(), line.at, line.by.id));
        assert_eq!((last, it.updated_at), (Some((act, now, Who::Admin.user())), now), "{act}");
    }
}

#[test]
fn any_act_of_the_holder_renews_the_claim() {
    let mut world = claimed_by(Who::Cs);
    world.run(Who::Cs, NOW.plus(MINUTE), example("note.add")).unwrap();
    assert_eq!(world.consultation().claim.as_ref().map(|c| c.until), Some(NOW.plus(16 * MINUTE)));
    world
        .run(Who::OtherAdmin, NOW.plus(2 * MINUTE), note::Add { id: id(3_000), record: record(), text: "x".into(), private: false })
        .unwrap();
    assert_eq!(world.consultation().claim.as_ref().map(|c| c.until), Some(NOW.plus(16 * MINUTE)), "another's act does not");
    world.run(Who::Cs, NOW.plus(3 * MINUTE), example("item.claim")).unwrap();
    assert_eq!(world.consultation().claim.as_ref().map(|c| c.until), Some(NOW.plus(18 * MINUTE)));
    world.run(Who::Cs, NOW.plus(4 * MINUTE), example("item.release")).unwrap();
    assert!(world.consultation().claim.is_none());
}

#[rstest]
#[case(0, Some(Code::DateInPast))]
#[case(1, None)]
#[case(14 * DAY, None)]
#[case(14 * DAY + 1, Some(Code::DateTooFar))]
fn a_snooze_lasts_fourteen_days_at_most(#[case] ms: i64, #[case] expected: Option<Code>) {
    let answer = waiting().judge(Who::Admin, NOW, item::SnoozeItem { record: record(), until: NOW.plus(ms) }, 1);
    assert_eq!(answer.err().map(|r| r.code), expected);
}

#[test]
fn work_is_given_to_people_who_can_work() {
    let mut world = waiting();
    let changes = world.run(Who::Admin, NOW, example("item.assign")).unwrap();
    assert_eq!(told(&changes).map(|n| (n.user_id, &n.kind)), Some((Who::Expert.user(), &NotificationKind::ItemAssigned)));
    let audience = domain::audience::audience(&AnyRecord::Consultation(world.consultation().clone()), None);
    assert!(audience.contains(&Principal::User(Who::Expert.user())) && !audience.contains(&Principal::User(Who::Assigned.user())));
    world.run(Who::System, NOW, account::SetStatus { id: Who::Cs.user(), status: domain::records::UserStatus::Disabled }).unwrap();
    let to_disabled = item::Assign { record: record(), to: Some(Who::Cs.user()) };
    assert_eq!(world.judge(Who::Admin, NOW, to_disabled, 1).unwrap_err().code, Code::CannotWork);
    let to_client = item::Assign { record: record(), to: Some(Who::Owner.user()) };
    assert_eq!(world.judge(Who::Admin, NOW, to_client, 1).unwrap_err().code, Code::NotFound, "client accounts are not the staff's to see");
}

#[test]
fn a_note_is_for_those_of_the_staff_who_see_the_record_or_for_oneself() {
    let mut world = waiting();
    let request = AnyRecord::Consultation(world.consultation().clone());
    let add = |private| note::Add { id: id(if private { 3_001 } else { 3_002 }), record: record(), text: "rahasia".into(), private };
    for private in [true, false] {
        let changes = world.run(Who::Cs, NOW, add(private)).unwrap();
        let readers = domain::audience::audience(&changes.writes[0].record, Some(&request));
        assert!(readers.contains(&Principal::User(Who::Cs.user())));
        assert_eq!(readers.contains(&Principal::Role(Role::Admin)), !private);
        assert!(!readers.contains(&Principal::User(Who::Owner.user())), "a client never reads a note");
    }
}

#[test]
fn editing_a_client_rewrites_what_consultations_carry() {
    let mut world = waiting();
    let edit = |args| Command::parse("client.edit", &args).unwrap();
    let client = Who::Owner.client();
    world.run(Who::Cs, NOW, edit(json!({"id": client, "name": "Rani Kusuma", "phone": "0812-3456-7890"}))).unwrap();
    assert_eq!(world.consultation().client_name.as_str(), "Rani Kusuma");
    let changes = world.run(Who::Cs, NOW, edit(json!({"id": client, "phone": null}))).unwrap();
    let AnyRecord::Client(it) = &*changes.writes[0].record else { panic!("the client comes first") };
    assert_eq!((it.phone.as_ref(), it.name.as_str(), it.email.is_some()), (None, "Rani Kusuma", true), "null clears, left out stays");
    assert_eq!(changes.writes.len(), 1, "nothing that consultations carry has changed");
    let same = world.run(Who::Cs, NOW.plus(1), edit(json!({"id": client, "name": " Rani  Kusuma "}))).unwrap();
    assert!(same.writes.is_empty(), "and who is called so already is not changed");
}

#[test]
fn an_erased_client_leaves_no_name_and_no_text() {
    let mut world = waiting();
    world.run(Who::Admin, NOW, example("note.add")).unwrap();
    world.run(Who::Admin, NOW, consultation::Reject { id: id(CONSULTATION), reason: "Orang Owner menelepon".into() }).unwrap();
    let changes = world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert_eq!(changes.erase.unwrap().records.len(), changes.writes.len());
    for held in world.rows.values().filter(|h| !matches!(&*h.record, AnyRecord::User(u) if u.roles != [Role::Client])) {
        let text = held.record.to_json().unwrap();
        let about_other = text.contains("OtherClient") || text.contains("otherclient");
        assert!(about_other || !(text.contains("Owner") || text.contains("owner@") || text.contains("CV sudah")), "{text}");
    }
    assert_eq!(world.consultation().number, "KG-20261125-ABC123", "the number stays");
    let again = world.judge(Who::Cs, NOW, example("client.edit"), 1).unwrap_err();
    assert_eq!(again.code, Code::Erased);
}

#[test]
fn one_account_per_address() {
    let mut world = World::new();
    world.run(Who::System, NOW, example("account.register")).unwrap();
    let Command::AccountRegister(again) = example("account.register") else { unreachable!() };
    let again = account::Register { id: id(4_000), client_id: id(4_001), email: " AGUS@x.id".into(), ..again };
    assert_eq!(world.judge(Who::System, NOW, again, 1).unwrap_err().code, Code::EmailTaken);
    let nobody = account::AddUser { id: id(4_002), name: "Siapa".into(), email: "s@x.id".into(), roles: vec![Role::Client] };
    assert_eq!(world.judge(Who::System, NOW, nobody, 1).unwrap_err().code, Code::InvalidArgs);
}

#[test]
fn a_setting_never_changes_what_was_promised() {
    let mut world = World::new();
    let set = |minutes: u32, from| setting::Set { key: SettingKey::ConsultationAnswerMinutes, value: minutes.into(), effective_from: from };
    let changes = world.run(Who::Admin, NOW, set(60, Some(NOW.plus(-DAY)))).unwrap();
    let AnyRecord::Setting(it) = &*changes.writes[0].record else { panic!("a setting") };
    assert_eq!(it.effective_from, NOW, "a moment that has passed becomes now");
    world.run(Who::Admin, NOW, set(120, Some(NOW.plus(HOUR)))).unwrap();
    world.run(Who::Owner, NOW, example("consultation.request")).unwrap();
    assert_eq!(world.consultation_of(id(2_000)).unwrap().due_at, NOW.plus(HOUR), "the value of the moment counts");
    let bad = setting::Set { key: SettingKey::of_wire("org.colour"), value: json!("red"), effective_from: None };
    assert_eq!(world.judge(Who::Admin, NOW, bad, 1).unwrap_err().details.field.as_deref(), Some("key"));
}

#[rstest]
#[case(json!({}), "id", "required")]
#[case(json!({"id": 7, "reason": "x"}), "id", "malformed")]
#[case(json!({"id": "019ABF6B-9d3c-7c11-8a52-0123456789ab", "reason": "x"}), "id", "malformed")]
#[case(json!({"id": "019abf6b-9d3c-7c11-8a52-0123456789ab", "reason": ["x"]}), "reason", "malformed")]
#[case(json!("text"), ".", "malformed")]
fn wrong_arguments_are_named(#[case] args: serde_json::Value, #[case] field: &str, #[case] invalid: &str) {
    let Err(BadCommand::Args(refusal)) = Command::parse("consultation.reject", &args) else { panic!("{args} must not pass") };
    assert_eq!((refusal.details.field.as_deref(), refusal.details.invalid.as_deref()), (Some(field), Some(invalid)));
    assert_eq!(Command::parse("consultation.approve", &args), Err(BadCommand::Unknown));
}

#[test]
fn an_envelope_is_read_part_by_part() {
    let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
    let good = json!({"id": id, "name": "item.claim", "args": {}, "made_at": "2026-11-25T08:00:00+07:00", "later": 1});
    assert_eq!(Envelope::read(&good).unwrap().made_at.unwrap().to_string(), "2026-11-25T01:00:00.000Z");
    for body in [json!(null), json!({"name": "x"}), json!({"id": "x", "name": "x"}), json!({"id": id}), json!({"id": id, "name": ""})] {
        assert!(matches!(Envelope::read(&body), Err(BadEnvelope::Body(_))), "{body}");
    }
    for (part, field) in
        [(json!({"v": 2}), "v"), (json!({"made_at": "x"}), "made_at"), (json!({"after": ["x"]}), "after[0]"), (json!({"seen": {}}), "seen")]
    {
        let mut body = good.clone();
        body.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let Err(BadEnvelope::Args(_, refusal)) = Envelope::read(&body) else { panic!("{body}") };
        assert_eq!(refusal.details.field.as_deref(), Some(field));
    }
}

#[test]
fn a_part_that_no_value_holds_stands_as_its_text() {
    let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
    let read = |text: String| Envelope::value_of(&serde_json::value::RawValue::from_string(text).unwrap());
    for part in ["1e400", r#"{"a":"\ud83d"}"#, &"9".repeat(400), &format!("{}{}", "[".repeat(200), "]".repeat(200))] {
        assert_eq!(read(format!(r#"{{"id":"{id}","name":"x.y","args":{part}}}"#)), json!({"id": id, "name": "x.y", "args": part}));
        assert_eq!(read(format!(r#"{{"id":"{id}","name":{part}}}"#)), json!({ "id": id }));
        let Err(BadEnvelope::Args(_, refusal)) = Envelope::read(&read(format!(r#"{{"id":"{id}","name":"x.y","made_at":{part}}}"#))) else {
            panic!("{part}")
        };
        assert_eq!(refusal.details.field.as_deref(), Some("made_at"));
    }
    assert_eq!(read("[7]".to_owned()), json!([7]));
    assert_eq!(read("[1e400]".to_owned()), json!({}));
}

#[test]
fn a_fingerprint_is_of_what_is_asked_not_of_how_it_is_written() {
    let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
    let print = |args: &str, name: &str, more: serde_json::Value| {
        let mut body = json!({"id": id, "name": name, "args": serde_json::from_str::<serde_json::Value>(args).unwrap()});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Envelope::read(&body).unwrap().fingerprint()
    };
    let base = print(r#"{"a":1,"b":2}"#, "x.y", json!({}));
    assert_eq!(print(r#"{ "b": 2, "a": 1 }"#, "x.y", json!({"made_at": "2026-11-25T08:00:00Z"})), base);
    assert_ne!(print(r#"{"a":1,"b":3}"#, "x.y", json!({})), base);
    assert_ne!(print(r#"{"a":1,"b":2}"#, "x.z", json!({})), base);
}
