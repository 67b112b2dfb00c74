//! Who uploads designs is a setting of the organisation (C-13).

use domain::{
    audience::may_see,
    command::{Command, Given, decide},
    commands::setting,
    decision::{Code, Decision},
    facts::{Facts, Key, Lookup},
    id::CommandId,
    record::AnyRecord,
    records::{SettingKey, Settings, Uploaders},
    role::Role,
    time::{HOUR, UtcMillis},
};
use proptest::prelude::*;

use super::{NEXT, example, upload, version, world};
use crate::world::{NOW, Who, World, uuid};

fn set(value: &str, from: Option<UtcMillis>) -> Command {
    setting::Set { key: SettingKey::DesignUploaders, value: value.into(), effective_from: from }.into()
}

fn says(world: &World, who: Who, now: UtcMillis) -> String {
    world.judge(who, now, example("design.upload"), 1).map_or_else(|refusal| refusal.code.wire().to_owned(), |_| "ok".to_owned())
}

#[test]
fn the_setting_says_who_uploads() {
    const TABLE: [(Option<&str>, [&str; 6]); 3] = [
        (None, ["ok", "ok", "ok", "not_allowed", "not_allowed", "not_allowed"]),
        (Some("staff"), ["ok", "ok", "ok", "not_allowed", "not_allowed", "not_allowed"]),
        (Some("admin"), ["ok", "ok", "not_allowed", "not_allowed", "not_allowed", "not_allowed"]),
    ];
    for (value, expected) in TABLE {
        let mut world = world("submitted");
        if let Some(value) = value {
            world.run(Who::Admin, NOW, set(value, None)).unwrap();
        }
        let people = [Who::System, Who::Admin, Who::Cs, Who::Expert, Who::Owner, Who::OtherClient];
        assert_eq!(people.map(|who| says(&world, who, NOW)), expected, "{value:?}");
    }
}

#[test]
fn it_is_refused_like_a_role_with_the_rule_the_setting_and_who_may() {
    let mut world = world("submitted");
    world.run(Who::Admin, NOW, set("admin", None)).unwrap();
    let refusal = world.judge(Who::Cs, NOW, example("design.upload"), 1).unwrap_err();
    assert_eq!((refusal.code, refusal.rule), (Code::NotAllowed, "C-13"));
    assert_eq!((refusal.details.roles.as_slice(), refusal.details.setting), ([Role::Admin].as_slice(), Some(SettingKey::DesignUploaders)));
}

#[test]
fn what_was_uploaded_before_stays_and_goes_on() {
    let mut world = world("submitted");
    world.run(Who::Cs, NOW, example("design.upload")).unwrap();
    let before = version(&world, NEXT).clone();
    world.run(Who::Admin, NOW, set("admin", None)).unwrap();
    assert_eq!(*version(&world, NEXT), before);
    for act in [domain::commands::design::Submit { id: before.id }.into(), example("design.set_current")] {
        let act: Command = act;
        assert!(world.run(Who::Cs, NOW, act.clone()).is_ok(), "{act:?}: the setting is about uploading alone");
    }
}

#[test]
fn it_holds_from_its_moment_on() {
    let mut world = world("submitted");
    world.run(Who::Admin, NOW, set("admin", Some(NOW.plus(HOUR)))).unwrap();
    assert_eq!([says(&world, Who::Cs, NOW.plus(HOUR - 1)), says(&world, Who::Cs, NOW.plus(HOUR))], ["ok", "not_allowed"]);
}

#[test]
fn nobody_but_an_admin_sets_it_and_all_of_the_staff_can_know_it() {
    let mut world = world("submitted");
    for who in [Who::Cs, Who::Expert, Who::Owner] {
        assert_eq!(world.judge(who, NOW, set("admin", None), 1).unwrap_err().code, Code::NotAllowed, "{who:?}");
    }
    let changes = world.run(Who::Admin, NOW, set("admin", None)).unwrap();
    let AnyRecord::Setting(_) = &*changes.writes[0].record else { panic!("a setting") };
    let sees = |who: Who| may_see(&who.actor(), &changes.writes[0].record, None);
    assert!(sees(Who::Cs) && sees(Who::Expert) && !sees(Who::Owner));
    assert_eq!(world.judge(Who::Admin, NOW, set("cs", None), 1).unwrap_err().details.field.as_deref(), Some("value"));
}

#[test]
fn a_desk_that_has_no_settings_yet_leaves_it_to_the_server() {
    let given = Given { id: CommandId::from_uuid(uuid(1)), command: example("design.upload") };
    assert!(given.command.keys().contains(&Key::Lookup(Lookup::Settings)), "it says at once what it surely needs");
    let mut facts = Facts::default();
    facts.cannot_know(Key::Lookup(Lookup::Settings));
    let said = decide(&facts, &Who::Cs.actor(), NOW, &given);
    assert_eq!(said, Decision::Unknown(vec![Key::Lookup(Lookup::Settings)]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is set when, an upload is judged by what holds at its moment, and by nothing else.
    #[test]
    fn the_value_of_the_moment_counts(
        sets in prop::collection::vec((0_i64..10, prop::sample::select(vec!["staff", "admin"]), prop::option::of(0_i64..20)), 0..6),
        at in 0_i64..20,
        who in prop::sample::select(vec![Who::Admin, Who::Cs]),
    ) {
        let mut world = world("submitted");
        let mut sets = sets;
        sets.sort_by_key(|it| it.0);
        for (written, value, from) in sets {
            world.run(Who::Admin, NOW.plus(written), set(value, from.map(|from| NOW.plus(from)))).unwrap();
        }
        let now = NOW.plus(at);
        let all: Vec<_> = world.rows.values().filter_map(|held| if let AnyRecord::Setting(it) = &*held.record { Some(it.clone()) } else { None }).collect();
        let holds = Settings::at(now, &all).uploaders;
        let may = who == Who::Admin || holds == Uploaders::Staff;
        prop_assert_eq!(world.judge(who, now, upload(NEXT, b"the next version"), 1).is_ok(), may, "{:?} under {:?}", who, holds);
    }
}
