//! Laws that hold whatever people do, in any order.

use domain::{
    command::{Command, Given, decide},
    commands::{consultation, item, note},
    decision::{Changes, Decision},
    facts::{Facts, Key},
    id::{CommandId, RecordId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Consultation, ConsultationStatus, History},
    status,
    time::{DAY, HOUR},
};
use proptest::prelude::*;

use crate::world::{CONSULTATION, NOW, Who, World, id, uuid};

fn anybody() -> impl Strategy<Value = Who> {
    prop::sample::select(vec![Who::Admin, Who::OtherAdmin, Who::Cs, Who::Expert, Who::Assigned, Who::Owner, Who::OtherClient])
}

fn any_act() -> impl Strategy<Value = Command> {
    let at = 0_u64..3;
    let record = |n: u64| RecordRef::new(Kind::Consultation, id::<RecordId>(CONSULTATION + n));
    prop_oneof![
        (at.clone(), any::<bool>()).prop_map(|(n, mine)| {
            let client_id = if mine { Who::Owner.client() } else { Who::OtherClient.client() };
            let requested_date = "2026-12-01".parse().unwrap();
            consultation::Request { id: id(CONSULTATION + n), client_id, requested_date, topic: None, note: None, source: None }.into()
        }),
        at.clone().prop_map(|n| consultation::Accept { id: id(CONSULTATION + n), message: None }.into()),
        (at.clone(), ".{0,8}").prop_map(|(n, reason)| consultation::Reject { id: id(CONSULTATION + n), reason }.into()),
        (at.clone(), prop::option::of(".{0,8}")).prop_map(|(n, reason)| consultation::Cancel { id: id(CONSULTATION + n), reason }.into()),
        at.clone().prop_map(move |n| item::ClaimItem { record: record(n) }.into()),
        at.clone().prop_map(move |n| item::Release { record: record(n) }.into()),
        (at.clone(), -DAY..20 * DAY).prop_map(move |(n, ms)| item::SnoozeItem { record: record(n), until: NOW.plus(ms) }.into()),
        (at.clone(), prop::option::of(anybody())).prop_map(move |(n, to)| item::Assign { record: record(n), to: to.map(Who::user) }.into()),
        (at, 0_u64..1_000, any::<bool>()).prop_map(move |(n, k, private)| {
            note::Add { id: id(10_000 + k), record: record(n), text: "catatan".into(), private }.into()
        }),
    ]
}

fn consultations(world: &World) -> Vec<&Consultation> {
    (0..3).filter_map(|n| world.consultation_of(id(CONSULTATION + n))).collect()
}

/// A move that the state machine's table has.
fn is_a_move(before: &Consultation, after: &Consultation, act: &str) -> bool {
    before.status == after.status || status::CONSULTATION.iter().any(|t| t.from == before.status && t.to == after.status && t.act == act)
}

fn check(before: &World, after: &World, changes: &Changes, act: &str) -> Result<(), TestCaseError> {
    for now in consultations(after) {
        if let Some(was) = before.consultation_of(now.id) {
            prop_assert!(is_a_move(was, now, act), "{} moved {:?} to {:?}", act, was.status, now.status);
            prop_assert_eq!(
                (&was.number, was.created_at, was.due_at, was.client_id),
                (&now.number, now.created_at, now.due_at, now.client_id)
            );
        }
        let answered = matches!(now.status, ConsultationStatus::Accepted | ConsultationStatus::Rejected | ConsultationStatus::Cancelled);
        prop_assert_eq!(answered, now.decided_at.is_some() && now.decided_by.is_some());
        prop_assert!(now.status != ConsultationStatus::Rejected || now.reason.is_some(), "a rejection has its reason");
        prop_assert!(now.due_at >= now.created_at && now.history.0.len() <= History::MOST);
    }
    for who in [Who::Owner, Who::OtherClient] {
        let waiting =
            consultations(after).iter().filter(|c| c.client_id == who.client() && c.status == ConsultationStatus::Waiting).count();
        prop_assert!(waiting <= 1, "a client has at most one waiting request");
    }
    let mut refs: Vec<RecordRef> = changes.writes.iter().map(|w| w.record.reference()).collect();
    refs.sort();
    refs.dedup();
    prop_assert_eq!(refs.len(), changes.writes.len(), "no record is written twice by one command");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn records_move_only_along_their_tables(acts in prop::collection::vec((anybody(), any_act(), 0_i64..2 * HOUR), 1..40)) {
        let mut world = World::new();
        let mut now = NOW;
        for (who, act, pause) in acts {
            now = now.plus(pause);
            let before = world.clone();
            if let Ok(changes) = world.run(who, now, act.clone()) {
                check(&before, &world, &changes, act.spec().name)?;
            } else {
                prop_assert!(before.rows == world.rows, "a refusal writes nothing");
            }
        }
    }

    /// Whoever runs the rulebook on parts of the facts hears the same verdict, or that the server decides.
    #[test]
    fn a_desk_that_knows_less_never_says_otherwise(acts in prop::collection::vec((anybody(), any_act()), 1..12), who in anybody(), act in any_act(), blind in any::<u8>()) {
        let mut world = World::new();
        for (who, act) in acts {
            let _ = world.run(who, NOW, act);
        }
        let truth = world.judge(who, NOW, act.clone(), 77);
        let given = Given { id: CommandId::from_uuid(uuid(77)), command: act };
        let mut facts = Facts::default();
        for step in 0..100_u32 {
            match decide(&facts, &who.actor(), NOW, &given) {
                Decision::Need(keys) => for key in keys {
                    if blind & (1 << (step % 8)) != 0 { facts.cannot_know(key) } else { load(&world, &mut facts, key) }
                },
                Decision::Unknown(_) => break,
                Decision::Apply(changes) => { prop_assert_eq!(Ok(changes), truth); break }
                Decision::Refuse(refusal) => { prop_assert_eq!(Err(refusal), truth); break }
            }
        }
    }

    #[test]
    fn commands_survive_the_wire(act in any_act()) {
        let name = act.spec().name;
        let args: serde_json::Value = serde_json::from_str(&act.args().to_string()).unwrap();
        prop_assert_eq!(Command::parse(name, &args).unwrap(), act);
    }

    #[test]
    fn no_arguments_make_the_parser_panic(name in prop::sample::select(domain::command::REGISTRY.iter().map(|s| s.name).collect::<Vec<_>>()), text in any::<String>()) {
        for value in [serde_json::Value::String(text.clone()), serde_json::json!({"id": text, "record": {"kind": text, "id": text}, "text": text}), serde_json::from_str(&text).unwrap_or_default()] {
            let _ = Command::parse(name, &value);
        }
    }
}

fn load(world: &World, facts: &mut Facts, key: Key) {
    match key {
        Key::Record(r) => facts.learn(r, world.rows.get(&r).cloned()),
        Key::Lookup(l) => {
            let found = world.rows.values().filter(|h| l.matches(&h.record)).cloned().collect();
            facts.learn_lookup(l, found);
        }
    }
}

/// Whatever a rule writes, its columns are those of its JSON: the codec, the mirror and the wire see one record.
#[test]
fn a_records_columns_are_the_fields_of_its_json() {
    let mut world = World::with_request(ConsultationStatus::Waiting);
    let _ = world.run(Who::Admin, NOW, crate::table::example("note.add"));
    let _ = world.run(Who::Admin, NOW, crate::table::example("setting.set"));
    let _ = world.run(Who::Admin, NOW, crate::table::example("item.assign"));
    let _ = world.run(Who::Cs, NOW, crate::table::example("order.create"));
    let _ = world.run(Who::Cs, NOW, crate::table::example("message.send"));
    let _ = world.run(Who::Cs, NOW, crate::table::example("quick_reply.save"));
    let _ = world.run(Who::Cs, NOW, crate::table::example("import.rows"));
    let _ = world.run(Who::System, NOW, crate::table::example("file.put"));
    crate::designs::put(&mut world, Who::Cs, b"the next version");
    let _ = world.run(Who::Cs, NOW, crate::table::example("design.upload"));
    let kinds: std::collections::BTreeSet<Kind> = world.rows.keys().map(|r| r.kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "every kind takes part");
    for held in world.rows.values() {
        let body = held.record.to_value().unwrap();
        let columns = held.record.kind().columns();
        for field in body.as_object().unwrap().keys() {
            assert!(columns.iter().any(|c| c.name == field), "{field} of {} is no column", held.record.kind());
        }
        for column in columns.iter().filter(|c| !c.null) {
            assert!(body.get(column.name).is_some(), "{} of {} is missing", column.name, held.record.kind());
        }
        let text = held.record.to_json().unwrap();
        assert_eq!(AnyRecord::from_json(held.record.kind(), &text).unwrap(), *held.record);
    }
}
