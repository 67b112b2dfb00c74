//! What admins do with colleagues' accounts, and what they cannot do to their own.

use domain::{
    commands::{account, factor, staff},
    decision::{Beside, Changes, Code, Refusal},
    id::{DeviceId, UserId},
    record::AnyRecord,
    records::{User, UserStatus},
    role::Role,
};
use proptest::prelude::*;
use rstest::rstest;

use crate::{
    table::example,
    world::{NOW, Who, World, id, uuid},
};

fn code(answer: Result<Changes, Refusal>) -> Option<Code> {
    answer.err().map(|refusal| refusal.code)
}
fn set(who: Who, status: UserStatus) -> account::SetStatus {
    account::SetStatus { id: who.user(), status }
}
fn roles(who: Who, roles: &[Role]) -> account::EditUser {
    account::EditUser { id: who.user(), name: None, roles: Some(roles.to_vec()) }
}
fn invite(n: u64, email: &str) -> staff::Invite {
    staff::Invite { id: id(n), name: "Sari Wulandari".into(), email: email.into(), roles: vec![Role::Cs] }
}
fn written(changes: &Changes) -> &User {
    match &*changes.writes[0].record {
        AnyRecord::User(user) => user,
        _ => panic!("an account"),
    }
}

#[test]
fn whoever_is_invited_gets_a_mail_and_is_at_work_once_they_set_a_password() {
    let mut world = World::new();
    let changes = world.run(Who::Admin, NOW, invite(2_000, " SARI@x.id ")).unwrap();
    let user = written(&changes).clone();
    assert_eq!((&user.status, user.email.as_str(), user.can_work()), (&UserStatus::Invited, "sari@x.id", false));
    assert_eq!(changes.beside, [Beside::MailToken(user.id)]);
    let joined = world.run(Who::System, NOW.plus(1), account::SetPassword { id: user.id }).unwrap();
    assert_eq!((&written(&joined).status, written(&joined).can_work()), (&UserStatus::Active, true));
    let again = world.run(Who::System, NOW.plus(2), account::SetPassword { id: user.id }).unwrap();
    assert_eq!(written(&again).status, UserStatus::Active);
}

#[test]
fn a_closed_account_is_not_opened_by_a_password() {
    let mut world = World::new();
    world.run(Who::Admin, NOW, set(Who::Cs, UserStatus::Disabled)).unwrap();
    let changes = world.run(Who::System, NOW, account::SetPassword { id: Who::Cs.user() }).unwrap();
    assert_eq!(written(&changes).status, UserStatus::Disabled);
}

#[rstest]
#[case("x", "sari@x.id", &[Role::Cs], "name")]
#[case("Sari Wulandari", "sari", &[Role::Cs], "email")]
#[case("Sari Wulandari", "sari@x.id", &[], "roles")]
#[case("Sari Wulandari", "sari@x.id", &[Role::Client], "roles")]
fn an_invitation_is_checked_field_by_field(#[case] name: &str, #[case] email: &str, #[case] roles: &[Role], #[case] field: &str) {
    let invite = staff::Invite { id: id(2_000), name: name.into(), email: email.into(), roles: roles.to_vec() };
    let refusal = World::new().judge(Who::Admin, NOW, invite, 1).unwrap_err();
    assert_eq!((refusal.code, refusal.details.field.as_deref()), (Code::InvalidArgs, Some(field)));
}

#[test]
fn one_address_is_invited_once() {
    let mut world = World::new();
    world.run(Who::Admin, NOW, invite(2_000, "sari@x.id")).unwrap();
    assert_eq!(code(world.judge(Who::Admin, NOW, invite(2_001, "Sari@x.id"), 1)), Some(Code::EmailTaken));
    assert_eq!(code(world.judge(Who::Admin, NOW, invite(2_000, "lain@x.id"), 1)), Some(Code::AlreadyExists));
}

#[test]
fn closing_ends_the_sessions_and_opening_ends_nothing() {
    let mut world = World::new();
    let closed = world.run(Who::Admin, NOW, set(Who::Cs, UserStatus::Disabled)).unwrap();
    assert_eq!(closed.beside, [Beside::EndSessions(Who::Cs.user())]);
    let again = world.run(Who::Admin, NOW, set(Who::Cs, UserStatus::Disabled)).unwrap();
    assert!(again.writes.is_empty() && again.beside.is_empty(), "what is so already is not done again");
    let opened = world.run(Who::Admin, NOW, set(Who::Cs, UserStatus::Active)).unwrap();
    assert_eq!((&written(&opened).status, opened.beside.len()), (&UserStatus::Active, 0));
}

#[test]
fn a_second_factor_is_reset_for_a_colleague_and_by_nobody_for_themselves() {
    let world = World::new();
    let reset = |who: Who| factor::ResetFactor { id: who.user() };
    for by in [Who::Admin, Who::System] {
        let changes = world.judge(by, NOW, reset(Who::Cs), 1).unwrap();
        assert_eq!(changes.beside, [Beside::DropFactor(Who::Cs.user()), Beside::EndSessions(Who::Cs.user())]);
    }
    assert_eq!(code(world.judge(Who::Admin, NOW, reset(Who::Admin), 1)), Some(Code::OwnAccount));
    assert!(world.judge(Who::System, NOW, reset(Who::Admin), 1).is_ok(), "whoever runs the server helps the last admin");
    let mut client = World::new();
    client.account(Who::Cs, |user| user.roles = vec![Role::Client]);
    assert_eq!(code(client.judge(Who::System, NOW, reset(Who::Cs), 1)), Some(Code::CannotWork), "a client has none");
}

#[rstest]
#[case(UserStatus::Invited, UserStatus::Active, Some(Code::NotJoined))]
#[case(UserStatus::Invited, UserStatus::Disabled, None)]
#[case(UserStatus::Active, UserStatus::Invited, Some(Code::InvalidArgs))]
#[case(UserStatus::Disabled, UserStatus::Invited, Some(Code::InvalidArgs))]
fn an_invitation_is_neither_taken_nor_given_by_a_state(#[case] from: UserStatus, #[case] to: UserStatus, #[case] expected: Option<Code>) {
    let mut world = World::new();
    world.account(Who::Cs, |user| user.status = from);
    for who in [Who::Admin, Who::System] {
        assert_eq!(code(world.judge(who, NOW, set(Who::Cs, to.clone()), 1)), expected);
    }
}

#[test]
fn a_link_and_the_end_of_a_device_are_the_servers_to_see_to() {
    let mut world = World::new();
    let sent = world.run(Who::Admin, NOW.plus(1), staff::SendLink { id: Who::Cs.user() }).unwrap();
    assert_eq!((sent.beside.as_slice(), written(&sent).updated_at), ([Beside::MailToken(Who::Cs.user())].as_slice(), NOW.plus(1)));
    let device = DeviceId::from_uuid(uuid(9));
    let revoke = staff::RevokeDevice { user: Who::Cs.user(), device };
    let ended = world.run(Who::Admin, NOW.plus(2), revoke).unwrap();
    assert_eq!((ended.beside.as_slice(), ended.writes.len()), ([Beside::EndDevice(Who::Cs.user(), device)].as_slice(), 1));
    let of_a_client = staff::RevokeDevice { user: Who::Owner.user(), device };
    assert_eq!(code(world.judge(Who::Admin, NOW, of_a_client, 1)), Some(Code::NotFound), "a client's account is not the staff's to see");
    let to_a_client = staff::SendLink { id: Who::Owner.user() };
    assert_eq!(code(world.judge(Who::Admin, NOW, to_a_client, 1)), Some(Code::NotFound));
}

#[test]
fn nobody_takes_their_own_rights_and_may_rename_themselves() {
    let world = World::new();
    let own = Some(Code::OwnAccount);
    assert_eq!(code(world.judge(Who::Admin, NOW, set(Who::Admin, UserStatus::Disabled), 1)), own);
    assert_eq!(code(world.judge(Who::Admin, NOW, roles(Who::Admin, &[Role::Cs]), 1)), own);
    assert!(world.judge(Who::Admin, NOW, roles(Who::Admin, &[Role::Cs, Role::Admin]), 1).is_ok());
    let rename = account::EditUser { id: Who::Admin.user(), name: Some("Dewi Lestari".into()), roles: None };
    assert!(world.judge(Who::Admin, NOW, rename, 1).is_ok());
    assert!(world.judge(Who::System, NOW, set(Who::Admin, UserStatus::Disabled), 1).is_ok(), "whoever runs the server stands above");
}

#[test]
fn whoever_is_no_admin_any_more_gives_and_takes_no_rights() {
    let mut world = World::new();
    world.run(Who::Admin, NOW, roles(Who::OtherAdmin, &[Role::Cs])).unwrap();
    for name in ["user.invite", "user.edit", "user.set_status", "user.send_link", "device.revoke", "account.reset_factor"] {
        let refusal = world.judge(Who::OtherAdmin, NOW, example(name), 1).unwrap_err();
        assert_eq!((refusal.code, refusal.details.roles.as_slice()), (Code::NotAllowed, [Role::Admin].as_slice()), "{name}");
    }
}

fn act() -> impl Strategy<Value = (Who, domain::command::Command)> {
    let admin = || prop::sample::select(vec![Who::Admin, Who::OtherAdmin]);
    let anybody = || prop::sample::select(vec![Who::Admin, Who::OtherAdmin, Who::Cs]);
    let some_roles = prop::sample::select(vec![vec![Role::Admin], vec![Role::Cs], vec![Role::Cs, Role::Admin]]);
    prop_oneof![
        (admin(), anybody(), some_roles).prop_map(|(by, who, all)| (by, roles(who, &all).into())),
        (admin(), anybody(), any::<bool>())
            .prop_map(|(by, who, open)| { (by, set(who, if open { UserStatus::Active } else { UserStatus::Disabled }).into()) }),
    ]
}

proptest! {
    /// The people here always believe to be admins, as somebody does whose command is on its way while they lose their rights.
    #[test]
    fn there_is_an_admin_whatever_admins_do(acts in prop::collection::vec(act(), 1..30)) {
        let mut world = World::new();
        for (who, act) in acts {
            let _ = world.run(who, NOW, act);
            let admins = [Who::Admin, Who::OtherAdmin, Who::Cs].map(|who| world.user(who).clone());
            prop_assert!(admins.iter().any(|user| user.status == UserStatus::Active && user.roles.contains(&Role::Admin)));
        }
    }
}

#[test]
fn ids_of_accounts_are_not_taken_for_others() {
    let held: UserId = Who::Cs.user();
    let invite = staff::Invite { id: held, ..invite(1, "baru@x.id") };
    assert_eq!(code(World::new().judge(Who::Admin, NOW, invite, 1)), Some(Code::AlreadyExists));
}
