//! The end of a session: logging out, a session the server lost, a device that was ended.

use bridge::{ErrorCode, Logout, SessionState};
use domain::{role::Role, status::CommandState};
use testkit::Op;

use crate::world::{ADDRESS, EMAIL, PASSWORD, Seat, World};

async fn log_out(seat: &Seat, anyway: bool) -> (u32, bool) {
    let reply = seat.desk.logout(Logout { anyway }).await.unwrap();
    (reply.unsent, reply.done)
}

#[tokio::test]
async fn logging_out_sends_what_was_held_and_tells_the_server() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let id = seat.accept(1).await;
    assert_eq!(log_out(&seat, false).await, (0, true));
    assert_eq!(world.net.model().effects.get(&id), Some(&1));
    assert_eq!(world.door.asked(), ["login", "logout"]);
    assert_eq!(world.net.count(Op::Refresh), 0, "the access token is enough");
    let SessionState::LoggedOut { email, unsent, .. } = seat.session().await else { panic!("nobody is logged in") };
    assert_eq!((email.as_deref(), unsent), (Some(EMAIL), 0));
    assert_eq!(seat.desk.undo(bridge::Undo { id: None }).await.unwrap_err().code, ErrorCode::NoSession);
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::LoggedOut { .. }), "an open keyring alone lets nobody in after a logout");
    seat.log_in(true).await;
    assert_eq!(seat.waiting().await.total, 1, "the copy here was kept");
}

#[tokio::test]
async fn logging_out_renews_a_token_that_has_run_out() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.expire(world.door.session());
    assert_eq!(log_out(&seat, false).await, (0, true));
    assert_eq!(world.door.asked(), ["login", "logout", "logout"]);
    assert_eq!(world.net.count(Op::Refresh), 1);
}

#[tokio::test]
async fn logging_out_names_what_is_unsent_and_keeps_it() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    assert_eq!(log_out(&seat, false).await, (1, false));
    assert!(matches!(seat.session().await, SessionState::Open { .. }), "nothing was done");
    assert_eq!(log_out(&seat, true).await, (1, true));
    assert!(matches!(seat.session().await, SessionState::LoggedOut { unsent: 1, .. }));
    seat.quit().await;
    world.offline(false);
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::LoggedOut { unsent: 1, .. }), "it is named until it was sent");
    seat.log_in(true).await;
    seat.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn a_device_that_was_ended_destroys_its_copy_and_keeps_what_was_not_sent() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    world.net.end_session(world.door.session(), 401, "device_ended");
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    let revoked = async |s: &Seat| matches!(s.session().await, SessionState::Revoked { .. });
    seat.until("it is told", revoked).await;
    let SessionState::Revoked { server: Some(server), email, unsent: 1 } = seat.session().await else { panic!("one is unsent") };
    assert_eq!((server.address.as_str(), email.as_str()), (ADDRESS, EMAIL), "neither is asked for again");
    assert!(!world.has_file("mirror.db") && world.has_file("outbox.db"));
    let keys = world.files().into_iter().find(|f| f.ends_with("keys.json")).unwrap();
    let keys: serde_json::Value = serde_json::from_slice(&std::fs::read(keys).unwrap()).unwrap();
    assert!(keys["mirror_by_password"].is_null() && keys["mirror_without_asking"].is_null());
    assert!(keys["outbox"].is_string());
    seat.quit().await;
    let seat = world.open().await;
    assert!(revoked(&seat).await, "it is told again after a start");
    seat.log_in(true).await;
    seat.settled().await;
    seat.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn a_session_that_the_server_lost_destroys_nothing() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    world.net.end_session(world.door.session(), 401, "token_unknown");
    world.net.kill_streams();
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is told", async |s| matches!(s.session().await, SessionState::LoggedOut { .. })).await;
    assert!(world.has_file("mirror.db"));
    world.offline(true);
    assert_eq!(seat.desk.login(Seat::login(true)).await.unwrap_err().code, ErrorCode::Unreachable);
    world.offline(false);
    seat.log_in(true).await;
    assert_eq!(seat.waiting().await.total, 2);
}

#[tokio::test]
async fn other_rights_are_told_and_the_copy_follows() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let mut actor = testkit::records::admin(1);
    actor.roles = vec![Role::Expert];
    world.net.set_actor(world.door.session(), actor);
    world.net.beat();
    let roles = async |s: &Seat| match s.session().await {
        SessionState::Open { session } => session.roles,
        _ => Vec::new(),
    };
    seat.until("the roles are told", async |s| roles(s).await == [Role::Expert]).await;
    seat.until("what is no longer theirs is gone", async |s| s.waiting().await.total == 0).await;
    seat.quit().await;
    let seat = world.open().await;
    assert_eq!(roles(&seat).await, [Role::Expert]);
}

#[tokio::test]
async fn a_locked_desk_opens_by_the_password_alone() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let id = seat.accept(1).await;
    seat.desk.lock().await;
    seat.until("what was held goes", async |_| world.net.model().effects.get(&id) == Some(&1)).await;
    let locked = |state: &SessionState| matches!(state, SessionState::Locked { session, .. } if session.email == EMAIL);
    assert!(locked(&seat.session().await));
    assert_eq!(seat.status().await.connection, domain::status::Connection::Locked);
    assert_eq!(seat.desk.outbox_list(bridge::OutboxList { finished: 1 }).await.unwrap_err().code, ErrorCode::NoSession);
    seat.quit().await;
    let seat = world.open().await;
    assert!(locked(&seat.session().await), "a restart, with the keyring open, lets nobody in");
    world.offline(true);
    let unlock = async |seat: &Seat, secret: &str| seat.desk.unlock(bridge::Unlock { secret: secret.to_owned() }).await;
    assert_eq!(unlock(&seat, "salah").await.unwrap_err().code, ErrorCode::WrongPassphrase);
    assert!(locked(&seat.session().await));
    assert!(matches!(unlock(&seat, PASSWORD).await.unwrap(), SessionState::Open { .. }), "also without a network");
    assert_eq!(seat.waiting().await.total, 1);
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Open { .. }), "unlocked, it opens without asking again");
    seat.desk.lock().await;
    assert_eq!(log_out(&seat, false).await, (0, true), "somebody else may log in");
}
