//! The edges of the rules: what a rule that is a little wrong would let through. Each of these stands here because a changed rule
//! was not noticed without it, or would not have been (docs/mutants.md).

use domain::{
    command::{Command, Given, REGISTRY, decide},
    commands::{account, client, consultation, item, note, notification},
    decision::{Changes, Code, Decision},
    facts::Facts,
    id::{CommandId, RecordId},
    name::PersonName,
    record::{AnyRecord, Kind, RecordRef},
    records::{Claim, Client, ConsultationStatus, History, NotificationKind, Snooze, Source, UserStatus},
    role::Role,
    status::{CommandState, Tone},
    time::{DAY, HOUR, MINUTE, UtcMillis, Zone},
};

use crate::{
    table::example,
    world::{CONSULTATION, NOW, Who, World, id, uuid},
};

fn waiting() -> World {
    World::with_request(ConsultationStatus::Waiting)
}
fn request() -> RecordRef {
    RecordRef::new(Kind::Consultation, id::<RecordId>(CONSULTATION))
}
fn asked() -> consultation::Request {
    let Command::ConsultationRequest(request) = example("consultation.request") else { unreachable!("a request") };
    request
}
fn code(answer: Result<Changes, domain::decision::Refusal>) -> Option<Code> {
    answer.err().map(|refusal| refusal.code)
}
fn client_of(world: &World, who: Who) -> Client {
    let held = &world.rows[&RecordRef::new(Kind::Client, who.client())];
    let AnyRecord::Client(it) = &*held.record else { unreachable!("a client") };
    it.clone()
}

#[test]
fn the_number_is_made_of_the_requests_id() {
    let mut world = World::new();
    world.run(Who::Owner, NOW, asked()).unwrap();
    let first = world.consultation_of(id(2_000)).unwrap().clone();
    // SHA-256 of the id and a zero byte, its first 64 bits in base 36, least digit first; made with Python's hashlib.
    assert_eq!(first.number, "KG-20261125-35BMBB");
    let mut other = World::new();
    let mut taken = first;
    (taken.id, taken.client_id, taken.status) = (id(9), Who::OtherClient.client(), ConsultationStatus::Rejected);
    other.put(AnyRecord::Consultation(taken));
    other.run(Who::Owner, NOW, asked()).unwrap();
    assert_eq!(other.consultation_of(id(2_000)).unwrap().number, "KG-20261125-T3QMLZ", "the same with a byte of one");
}

#[test]
fn the_staff_say_how_a_request_came() {
    let said = |source| {
        let mut world = World::new();
        world
            .run(Who::Cs, NOW, consultation::Request { source, ..asked() })
            .map(|_| world.consultation_of(id(2_000)).unwrap().source.clone())
    };
    assert_eq!(said(Some(Source::Phone)).unwrap(), Source::Phone);
    assert_eq!(said(None).unwrap(), Source::Other);
    let refusal = said(Some(Source::of_wire("pigeon"))).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some("source")));
}

#[test]
fn an_id_in_use_is_not_used_again() {
    let mut world = World::with_request(ConsultationStatus::Rejected);
    world.run(Who::Admin, NOW, example("note.add")).unwrap();
    let (user, client) = (Who::Cs.user(), Who::OtherClient.client());
    let Command::AccountRegister(opened) = example("account.register") else { unreachable!("an account") };
    let again: [(Who, Command); 6] = [
        (Who::Owner, consultation::Request { id: id(CONSULTATION), ..asked() }.into()),
        (Who::Admin, example("note.add")),
        (Who::Cs, client::Create { id: client, name: "Made Ayu".into(), phone: None, email: None, zone: None }.into()),
        (Who::System, account::Register { id: user, ..opened.clone() }.into()),
        (Who::System, account::Register { client_id: client, ..opened }.into()),
        (Who::System, account::AddUser { id: user, name: "Hendra".into(), email: "h@x.id".into(), roles: vec![Role::Cs] }.into()),
    ];
    for (who, command) in again {
        let name = command.spec().name;
        assert_eq!(code(world.judge(who, NOW, command, 1)), Some(Code::AlreadyExists), "{name}");
    }
}

#[test]
fn nothing_is_asked_for_somebody_who_was_erased() {
    let mut world = World::new();
    world.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert_eq!(code(world.judge(Who::Cs, NOW, asked(), 1)), Some(Code::Erased));
    assert_eq!(code(world.judge(Who::System, NOW, client::Erase { id: Who::Owner.client() }, 1)), Some(Code::Erased));
}

#[test]
fn a_verdict_ends_claim_and_snooze_and_is_signed() {
    let mut world = waiting();
    world.arrange(|it| {
        it.claim = Some(Claim { by: Who::Admin.actor().person, until: NOW.plus(HOUR) });
        it.snooze = Some(Snooze { by: Who::Admin.actor().person, until: NOW.plus(DAY) });
    });
    let at = NOW.plus(MINUTE);
    world.run(Who::Admin, at, example("consultation.reject")).unwrap();
    let it = world.consultation();
    assert_eq!((&it.claim, &it.snooze), (&None, &None));
    assert_eq!((it.decided_at, it.updated_at, it.history.0.last().map(|entry| entry.at)), (Some(at), at, Some(at)));
    assert_eq!(it.history.0.last().and_then(|entry| entry.reason.as_deref()), Some("Tanggal penuh"));
}

#[test]
fn items_are_consultations_and_what_is_closed_says_by_whom() {
    let client = RecordRef::new(Kind::Client, Who::Owner.client());
    for command in [Command::from(item::ClaimItem { record: client }), item::Release { record: client }.into()] {
        let refusal = waiting().judge(Who::Admin, NOW, command, 1).unwrap_err();
        assert_eq!(refusal.details.field.as_deref(), Some("record.kind"));
    }
    let refusal = World::with_request(ConsultationStatus::Rejected).judge(Who::Cs, NOW, example("item.claim"), 1).unwrap_err();
    let details = &refusal.details;
    assert_eq!(
        (details.status.as_deref(), details.by.as_ref().map(|by| by.id), details.at),
        (Some("rejected"), Some(Who::OtherAdmin.user()), Some(NOW))
    );
}

#[test]
fn at_its_last_moment_a_claim_and_a_snooze_are_over() {
    let mut world = waiting();
    world.arrange(|it| {
        it.claim = Some(Claim { by: Who::Cs.actor().person, until: NOW.plus(MINUTE) });
        it.snooze = Some(Snooze { by: Who::Cs.actor().person, until: NOW.plus(MINUTE) });
    });
    let it = world.consultation();
    assert!(it.claimed_at(NOW.plus(MINUTE - 1)).is_some() && it.claimed_at(NOW.plus(MINUTE)).is_none());
    assert!(it.snoozed_at(NOW.plus(MINUTE - 1)).is_some() && it.snoozed_at(NOW.plus(MINUTE)).is_none());
    assert_eq!(code(world.judge(Who::Cs, NOW.plus(MINUTE), example("item.release"), 1)), Some(Code::NotClaimed));
    world.run(Who::Cs, NOW.plus(MINUTE), example("note.add")).unwrap();
    assert_eq!(world.consultation().claim.as_ref().map(|claim| claim.until), Some(NOW.plus(MINUTE)), "what is over is not renewed");
}

#[test]
fn a_snooze_is_written_with_its_giver_and_refused_with_its_bound() {
    let mut world = waiting();
    let put_off = |ms| item::SnoozeItem { record: request(), until: NOW.plus(ms) };
    world.run(Who::Admin, NOW, put_off(DAY)).unwrap();
    assert_eq!(world.consultation().snooze, Some(Snooze { by: Who::Admin.actor().person, until: NOW.plus(DAY) }));
    let refusal = |ms| waiting().judge(Who::Admin, NOW, put_off(ms), 1).unwrap_err().details;
    assert_eq!(
        (refusal(15 * DAY).until, refusal(15 * DAY).field.as_deref().map(str::to_owned)),
        (Some(NOW.plus(14 * DAY)), Some("until".into()))
    );
    assert_eq!(refusal(-1).until, None, "there is no bound to what has passed");
}

#[test]
fn a_request_that_was_put_off_is_woken_by_an_admin() {
    let mut world = waiting();
    world.run(Who::Admin, NOW, item::SnoozeItem { record: request(), until: NOW.plus(DAY) }).unwrap();
    world.run(Who::OtherAdmin, NOW, item::Wake { record: request() }).unwrap();
    assert_eq!(world.consultation().snooze, None);
    assert_eq!(code(world.judge(Who::Admin, NOW, item::Wake { record: request() }, 1)), Some(Code::NotSnoozed));
}

#[test]
fn work_is_handed_over_by_name_taken_back_and_taken_by_oneself_in_silence() {
    let mut world = waiting();
    let to = |to: Option<Who>| item::Assign { record: request(), to: to.map(Who::user) };
    let changes = world.run(Who::Admin, NOW, to(Some(Who::Expert))).unwrap();
    let AnyRecord::Notification(told) = &*changes.writes[1].record else { panic!("the colleague is told") };
    assert_eq!((told.by.as_ref().map(|by| by.id), told.detail.as_deref()), (Some(Who::Admin.user()), Some("Owner Orang")));
    assert_eq!((told.kind.clone(), told.read_at, told.record), (NotificationKind::ItemAssigned, None, request()));
    assert_eq!(world.consultation().assignee.as_ref().map(|to| to.id), Some(Who::Expert.user()));
    assert_eq!(world.run(Who::Admin, NOW, to(Some(Who::Admin))).unwrap().writes.len(), 1, "nobody is told of what they took themselves");
    assert_eq!(world.run(Who::Admin, NOW, to(None)).unwrap().writes.len(), 1);
    assert_eq!(world.consultation().assignee, None);
}

#[test]
fn notes_are_about_requests_and_clients() {
    let add = |record| note::Add { id: id(3_000), record, text: "Catatan".into(), private: false };
    let user = RecordRef::new(Kind::User, Who::Cs.user());
    assert_eq!(waiting().judge(Who::Admin, NOW, add(user), 1).unwrap_err().details.field.as_deref(), Some("record.kind"));
    let about_client = waiting().judge(Who::Admin, NOW, add(RecordRef::new(Kind::Client, Who::Owner.client())), 1).unwrap();
    assert_eq!(about_client.writes.len(), 1);
}

#[test]
fn what_was_read_is_read_once_and_five_hundred_at_a_time() {
    let mut world = waiting();
    world.run(Who::Admin, NOW, item::Assign { record: request(), to: Some(Who::Expert.user()) }).unwrap();
    let line = *world.rows.keys().find(|name| name.kind == Kind::Notification).unwrap();
    let read = |times| notification::Read { ids: vec![line.id.into(); times] };
    assert_eq!(code(world.judge(Who::Expert, NOW, read(501), 1)), Some(Code::InvalidArgs));
    assert_eq!(world.run(Who::Expert, NOW, read(500)).unwrap().writes.len(), 1, "named five hundred times it is one");
    let AnyRecord::Notification(it) = &*world.rows[&line].record else { panic!("a notification") };
    assert_eq!(it.read_at, Some(NOW));
    assert!(world.run(Who::Expert, NOW.plus(1), read(1)).unwrap().writes.is_empty(), "and stays read since then");
    let mine = RecordRef::new(Kind::Notification, line.id);
    assert_eq!(world.judge(Who::Cs, NOW, read(1), 1).unwrap_err().details.record, Some(mine), "not another's");
}

#[test]
fn an_edit_changes_what_it_names() {
    let mut world = waiting();
    let before = client_of(&world, Who::Owner);
    let edit = client::Edit { id: before.id, name: None, phone: None, email: None, zone: Some(Zone::Wit) };
    let changes = world.run(Who::Cs, NOW.plus(1), edit).unwrap();
    let after = client_of(&world, Who::Owner);
    assert_eq!((&after.name, &after.email, after.zone, after.updated_at), (&before.name, &before.email, Zone::Wit, NOW.plus(1)));
    assert_eq!((changes.writes.len(), world.consultation().client_zone), (2, Zone::Wit), "the request carries the zone");
    assert_eq!(world.consultation().updated_at, NOW.plus(1));
}

#[test]
fn a_client_who_is_called_otherwise_has_their_account_under_that_name() {
    let mut world = waiting();
    let before = client_of(&world, Who::Owner);
    let edit = |name: &str| client::Edit { id: before.id, name: Some(name.to_owned()), phone: None, email: None, zone: None };
    let account = |world: &World| match &*world.rows[&RecordRef::new(Kind::User, Who::Owner.user())].record {
        AnyRecord::User(user) => user.name.to_string(),
        _ => panic!("an account"),
    };
    world.run(Who::Cs, NOW.plus(1), edit("Rani Kusumawardani Putri")).unwrap();
    assert_eq!(account(&world), "Rani Kusumawardani Putri");
    let again = world.run(Who::Cs, NOW.plus(2), edit("Rani Kusumawardani Putri")).unwrap();
    assert!(again.writes.iter().all(|write| write.record.reference().kind != Kind::User), "the same name is no change of theirs");
}

#[test]
fn roles_are_of_the_staff_and_each_once() {
    let mut world = World::new();
    let edit = |who: Who, roles: &[Role]| account::EditUser { id: who.user(), name: None, roles: Some(roles.to_vec()) };
    assert_eq!(world.judge(Who::System, NOW, edit(Who::Cs, &[]), 1).unwrap_err().details.invalid.as_deref(), Some("required"));
    let unknown = [Role::Admin, Role::of_wire("chef")];
    assert_eq!(world.judge(Who::System, NOW, edit(Who::Cs, &unknown), 1).unwrap_err().details.invalid.as_deref(), Some("unknown"));
    assert_eq!(
        code(world.judge(Who::System, NOW, edit(Who::Owner, &[Role::Cs]), 1)),
        Some(Code::CannotWork),
        "a client's account stays one"
    );
    let changes = world.run(Who::System, NOW.plus(1), edit(Who::Cs, &[Role::Cs, Role::Admin, Role::Cs])).unwrap();
    let AnyRecord::User(user) = &*changes.writes[0].record else { panic!("an account") };
    assert_eq!((user.roles.as_slice(), user.updated_at), ([Role::Cs, Role::Admin].as_slice(), NOW.plus(1)));
    let rename = account::EditUser { id: Who::Owner.user(), name: Some("Rani Kusuma".into()), roles: None };
    assert!(world.judge(Who::System, NOW, rename, 1).is_ok());
}

#[test]
fn an_account_is_closed_once_and_by_a_state_that_exists() {
    let mut world = World::new();
    let set = |status| account::SetStatus { id: Who::Cs.user(), status };
    assert_eq!(code(world.judge(Who::System, NOW, set(UserStatus::of_wire("asleep")), 1)), Some(Code::InvalidArgs));
    assert_eq!(world.run(Who::System, NOW, set(UserStatus::Disabled)).unwrap().writes.len(), 1);
    assert!(world.run(Who::System, NOW, set(UserStatus::Disabled)).unwrap().writes.is_empty(), "what is so already is not written");
}

#[test]
fn erasing_takes_the_names_of_the_client_and_leaves_those_of_the_staff() {
    let mut world = waiting();
    world.run(Who::Admin, NOW, example("note.add")).unwrap();
    world.run(Who::Owner, NOW, example("consultation.cancel")).unwrap();
    world.run(Who::System, NOW.plus(1), client::Erase { id: Who::Owner.client() }).unwrap();
    let it = world.consultation();
    assert_eq!(it.decided_by.as_ref().map(|by| by.name.as_str()), Some("(dihapus)"), "the client had called it off");
    assert_eq!((it.updated_at, it.client_name.as_str()), (NOW.plus(1), "(dihapus)"));
    let client = client_of(&world, Who::Owner);
    assert_eq!((client.erased_at, client.updated_at, client.phone, client.email), (Some(NOW.plus(1)), NOW.plus(1), None, None));
    let AnyRecord::User(user) = &*world.rows[&RecordRef::new(Kind::User, Who::Owner.user())].record else { panic!("an account") };
    assert_eq!((&user.status, user.email.as_str().starts_with("erased-")), (&UserStatus::Disabled, true));
    let mut other = waiting();
    other.run(Who::Admin, NOW, example("consultation.reject")).unwrap();
    other.run(Who::System, NOW, client::Erase { id: Who::Owner.client() }).unwrap();
    assert_eq!(other.consultation().decided_by.as_ref().map(|by| by.name.as_str()), Some("Admin Orang"));
}

#[test]
fn a_history_keeps_its_last_twenty_lines() {
    let mut history = History::default();
    for n in 0..25 {
        let entry = domain::records::HistoryEntry {
            at: UtcMillis::from_ms(n),
            by: domain::role::Person { id: Who::Cs.user(), name: PersonName::of_program("Cs") },
            act: "item.claim".into(),
            reason: None,
            to: None,
        };
        history.push(entry);
    }
    assert_eq!(history.0.iter().map(|entry| entry.at.ms()).collect::<Vec<_>>(), (5..25).collect::<Vec<_>>());
}

#[test]
fn a_rule_asks_first_for_what_it_surely_needs() {
    for spec in REGISTRY {
        let command = example(spec.name);
        let keys = command.keys();
        let given = Given { id: CommandId::from_uuid(uuid(1)), command };
        match decide(&Facts::default(), &Who::System.actor(), NOW, &given) {
            Decision::Need(needed) => assert!(needed.iter().all(|key| keys.contains(key)), "{} asks for {needed:?}", spec.name),
            other => assert!(keys.is_empty(), "{} had named {keys:?} and says {other:?}", spec.name),
        }
    }
}

#[test]
fn the_audit_files_a_command_under_the_record_it_is_about() {
    for spec in REGISTRY {
        let subject = example(spec.name).subject();
        let kind = match spec.name.split_once('.') {
            Some(("consultation" | "item" | "note", _)) => Some(Kind::Consultation),
            Some(("order" | "message", _)) => Some(Kind::Order),
            Some(("conversation", _)) => Some(Kind::Conversation),
            Some(("design", _)) => Some(Kind::Design),
            Some(("import", _)) => Some(Kind::ImportPart),
            Some(("quick_reply", _)) => Some(Kind::QuickReply),
            Some(("client", _) | ("account", "register")) => Some(Kind::Client),
            Some(("user" | "device" | "account", _)) => Some(Kind::User),
            Some(("notification", _)) => Some(Kind::Notification),
            Some(("file", _)) => Some(Kind::File),
            _ => None,
        };
        assert_eq!(subject.map(|subject| subject.kind), kind, "{}", spec.name);
    }
    assert!(domain::audience::reads_all_acts(&Who::Admin.actor()) && domain::audience::reads_all_acts(&Who::System.actor()));
    assert!(!domain::audience::reads_all_acts(&Who::Cs.actor()), "everybody else reads their own");
}

#[test]
fn a_refusal_names_the_argument_and_what_stands_in_the_way() {
    let field = |refusal: domain::decision::Refusal| (refusal.details.field, refusal.details.bound);
    let past = consultation::Request { requested_date: "2026-11-24".parse().unwrap(), ..asked() };
    assert_eq!(field(World::new().judge(Who::Owner, NOW, past, 1).unwrap_err()), (Some("requested_date".into()), None));
    let short = consultation::Reject { id: id(CONSULTATION), reason: "ab".into() };
    assert_eq!(field(waiting().judge(Who::Admin, NOW, short, 1).unwrap_err()), (Some("reason".into()), Some(3)));
    let second = waiting().judge(Who::Owner, NOW, asked(), 1).unwrap_err();
    assert_eq!(second.details.at, Some(NOW.plus(-1_000)), "since when the first one waits");
    let late = item::SnoozeItem { record: request(), until: NOW };
    assert_eq!(field(waiting().judge(Who::Admin, NOW, late, 1).unwrap_err()), (Some("until".into()), None));
}

#[test]
fn each_state_of_a_command_waits_needs_somebody_or_is_over() {
    use CommandState::{Applied, Blocked, Conflict, Held, Queued, Refused, Sent, Settled, Unknown};
    for (states, waits, needs) in [
        (&[Held, Queued, Sent][..], true, false),
        (&[Refused, Conflict, Blocked, Unknown][..], false, true),
        (&[Applied, Settled][..], false, false),
    ] {
        assert!(states.iter().all(|state| (state.is_waiting(), state.needs_decision()) == (waits, needs)), "{states:?}");
    }
    let tones = [Tone::Netral, Tone::Langit, Tone::Daun, Tone::Kunyit, Tone::Cabai, Tone::Manggis];
    assert_eq!(tones.map(Tone::token), ["netral", "langit", "daun", "kunyit", "cabai", "manggis"], "the names of the design's tokens");
}
