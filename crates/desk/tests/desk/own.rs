//! One's own account: where one is logged in, and another password.

use bridge::{ChangePassword, Devices, EndDevice, ErrorCode, PasswordChanged, SessionState, Unlock};
use desk::vault::VaultError;
use domain::{id::DeviceId, wire::DeviceInfo};
use sync::Fault;
use testkit::{
    Mishap, Op, problem,
    records::{NOW, person, uuid},
};

use crate::world::{PASSWORD, Seat, World};

const NEW: &str = "rahasia-yang-lain";

fn device(n: u64, name: &str) -> DeviceInfo {
    let id = DeviceId::from_uuid(uuid(n));
    DeviceInfo { id, name: name.into(), platform: "linux".into(), created_at: NOW, last_seen_at: NOW, current: n == 7 }
}
fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword { current: current.into(), new: new.into() }
}
async fn opens(seat: &Seat, password: &str) -> bool {
    match seat.desk.unlock(Unlock { secret: password.to_owned() }).await {
        Ok(state) => matches!(state, SessionState::Open { .. }),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::WrongPassphrase);
            false
        }
    }
}

#[tokio::test]
async fn devices_are_asked_of_the_server_and_one_of_them_is_ended() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.set_devices(vec![device(7, "Laptop kantor"), device(8, "Laptop lama")]);
    let reply = seat.desk.devices(Devices { of: None }).await.unwrap();
    assert_eq!(
        reply.devices.iter().map(|d| (d.name.as_str(), d.current)).collect::<Vec<_>>(),
        [("Laptop kantor", true), ("Laptop lama", false)]
    );
    assert_eq!(world.net.last(Op::Devices), "None");
    seat.desk.end_device(EndDevice { id: reply.devices[1].id }).await.unwrap();
    assert_eq!(world.net.last(Op::EndDevice), reply.devices[1].id.to_string());
    assert_eq!(seat.desk.devices(Devices { of: None }).await.unwrap().devices.len(), 1);
    let again = seat.desk.end_device(EndDevice { id: reply.devices[1].id }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound, "it has ended already");
    let of = Some(person(4).id);
    seat.desk.devices(Devices { of }).await.unwrap();
    assert_eq!(world.net.last(Op::Devices), format!("{of:?}"), "a colleague's");
}

#[tokio::test]
async fn without_a_line_devices_are_not_there_and_a_refusal_says_why() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.fails(Op::Devices, Fault::Unreachable);
    assert_eq!(seat.desk.devices(Devices { of: None }).await.unwrap_err().code, ErrorCode::Unreachable);
    world.net.fails(Op::Devices, problem(403, "not_allowed", None));
    let refused = seat.desk.devices(Devices { of: Some(person(4).id) }).await.unwrap_err();
    assert_eq!((refused.code, refused.refusal.as_deref()), (ErrorCode::Refused, Some("not_allowed")));
    world.net.fails(Op::EndDevice, problem(404, "", None));
    let other = seat.desk.end_device(EndDevice { id: DeviceId::from_uuid(uuid(8)) }).await.unwrap_err();
    assert_eq!(other.code, ErrorCode::NotMeja, "a proxy's 404 says nothing of a device");
}

#[tokio::test]
async fn the_new_password_unlocks_and_the_old_one_does_not_without_a_line_and_after_a_start() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    assert_eq!(seat.desk.change_password(change(PASSWORD, NEW)).await.unwrap(), PasswordChanged { unlocks: true });
    world.offline(true);
    seat.desk.lock().await;
    assert!(!opens(&seat, PASSWORD).await);
    assert!(opens(&seat, NEW).await);
    assert_eq!(seat.waiting().await.total, 2, "the mirror is the one that was there");
    seat.desk.lock().await;
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Locked { .. }));
    assert!(!opens(&seat, PASSWORD).await);
    assert!(opens(&seat, NEW).await);
    assert_eq!(seat.waiting().await.total, 2);
}

#[tokio::test]
async fn a_desk_that_opens_without_asking_still_does() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.desk.change_password(change(PASSWORD, NEW)).await.unwrap();
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Open { .. }));
    assert_eq!(seat.waiting().await.total, 2);
}

#[tokio::test]
async fn a_password_that_is_not_changed_stays_the_one_that_unlocks() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let weak = seat.desk.change_password(change(PASSWORD, "12345678")).await.unwrap_err();
    assert_eq!((weak.code, weak.refusal.as_deref()), (ErrorCode::Refused, Some("invalid_args")));
    assert_eq!(weak.details.unwrap().field.as_deref(), Some("new"));
    assert_eq!(world.net.count(Op::Password), 0, "nobody is asked about one that cannot be set");
    let wrong = seat.desk.change_password(change("salah", NEW)).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::InvalidCredentials);
    world.net.fails(Op::Password, problem(429, "too_many_requests", Some(30)));
    let often = seat.desk.change_password(change(PASSWORD, NEW)).await.unwrap_err();
    assert_eq!((often.code, often.retry_after), (ErrorCode::TooManyTries, Some(30)));
    world.net.fails(Op::Password, Fault::Unreachable);
    assert_eq!(seat.desk.change_password(change(PASSWORD, NEW)).await.unwrap_err().code, ErrorCode::Unreachable);
    seat.desk.lock().await;
    assert!(!opens(&seat, NEW).await);
    assert!(opens(&seat, PASSWORD).await);
}

#[tokio::test]
async fn whoever_locks_does_not_wait_for_a_server_that_does_not_answer() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    world.net.mishap(Op::Password, Mishap::Stuck);
    let desk = seat.desk.clone();
    let asked = tokio::spawn(async move { desk.change_password(change(PASSWORD, NEW)).await });
    seat.until("it is asked", async |_| world.net.count(Op::Password) == 1).await;
    seat.desk.lock().await;
    assert!(matches!(seat.session().await, SessionState::Locked { .. }));
    asked.abort();
}

#[tokio::test]
async fn the_new_password_unlocks_where_a_passphrase_stands_in_for_the_keyring() {
    let world = World::new(2, 0);
    world.keyring.fail(Some(VaultError::Absent));
    let seat = world.open().await;
    seat.desk.login(Seat::login(true)).await.unwrap();
    assert!(opens(&seat, "frasa yang panjang sekali").await);
    seat.settled().await;
    seat.desk.change_password(change(PASSWORD, NEW)).await.unwrap();
    seat.desk.lock().await;
    assert!(!opens(&seat, PASSWORD).await);
    assert!(opens(&seat, NEW).await);
    assert_eq!(seat.waiting().await.total, 2);
}
