//! A keyring that is missing, locked, slow, or has lost what it kept.

use bridge::{ErrorCode, SessionState, Unlock, VaultState};
use desk::vault::{Keyring, Secret, Vault, VaultError};
use domain::status::CommandState;
use std::sync::mpsc;

use crate::world::{EMAIL, Seat, World};

const PHRASE: &str = "meja kayu jati tua";

async fn unlock(seat: &Seat, secret: &str) -> Result<SessionState, bridge::DeskError> {
    seat.desk.unlock(Unlock { secret: secret.to_owned() }).await
}

#[tokio::test]
async fn without_a_keyring_a_passphrase_is_chosen_and_asked_for() {
    let world = World::new(2, 0);
    world.keyring.fail(Some(VaultError::Absent));
    let seat = world.open().await;
    let state = seat.desk.login(Seat::login(true)).await.unwrap();
    assert_eq!(state, SessionState::NeedsPassphrase { vault: VaultState::Absent, choose: true, email: Some(EMAIL.into()) });
    assert_eq!(seat.session().await, state, "a window that is loaded again asks the same");
    let short = unlock(&seat, "pendek").await.unwrap_err();
    assert_eq!((short.code, short.details.unwrap().bound), (ErrorCode::Refused, Some(12)));
    assert!(matches!(unlock(&seat, PHRASE).await.unwrap(), SessionState::Open { .. }));
    seat.settled().await;
    seat.quit().await;
    let seat = world.open().await;
    let state = SessionState::NeedsPassphrase { vault: VaultState::Absent, choose: false, email: None };
    assert_eq!(seat.session().await, state);
    assert_eq!(unlock(&seat, "meja kayu jati muda").await.unwrap_err().code, ErrorCode::WrongPassphrase);
    assert_eq!(seat.session().await, state);
    world.offline(true);
    assert!(matches!(unlock(&seat, PHRASE).await.unwrap(), SessionState::Open { .. }));
    assert_eq!(seat.waiting().await.total, 2);
}

async fn start_afresh(seat: &Seat) -> Result<SessionState, bridge::DeskError> {
    seat.desk.start_afresh(bridge::StartAfresh {}).await
}

/// A desk under a passphrase, whose one decision never left it.
async fn under_a_passphrase() -> World {
    let world = World::new(2, 0);
    world.keyring.fail(Some(VaultError::Absent));
    let seat = world.open().await;
    seat.desk.login(Seat::login(true)).await.unwrap();
    unlock(&seat, PHRASE).await.unwrap();
    seat.settled().await;
    seat.hold(0).await;
    world.offline(true);
    seat.accept(1).await;
    seat.quit().await;
    world.offline(false);
    world
}

#[tokio::test]
async fn a_forgotten_passphrase_is_left_behind_with_the_files_it_guards() {
    let world = under_a_passphrase().await;
    let seat = world.open().await;
    let SessionState::LoggedOut { server, .. } = start_afresh(&seat).await.unwrap() else { panic!("a login begins") };
    assert_eq!(server.unwrap().shown, "meja.ruangkarsa.id");
    let again = start_afresh(&seat).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::BadCall, "there is nothing to give up any more");
    let state = seat.desk.login(Seat::login(true)).await.unwrap();
    assert!(matches!(state, SessionState::NeedsPassphrase { choose: true, .. }), "{state:?}");
    assert!(matches!(unlock(&seat, "meja kayu jati muda").await.unwrap(), SessionState::Open { .. }));
    seat.settled().await;
    assert_eq!(seat.waiting().await.total, 2, "everything that the server has is here again");
    assert!(seat.outbox().await.running.is_empty(), "what never left is left behind, and not sent by somebody else");
    let outboxes = world.files().into_iter().filter(|f| f.ends_with("outbox.db")).count();
    assert_eq!(outboxes, 2, "who remembers the passphrase later finds what they did");
}

#[tokio::test]
async fn whoever_has_logged_in_and_forgot_the_passphrase_chooses_another_at_once() {
    let world = under_a_passphrase().await;
    let seat = world.open().await;
    let reply = seat.desk.logout(bridge::Logout { anyway: false }).await.unwrap();
    assert!(reply.done, "another account may log in: nothing is lost by it");
    let state = seat.desk.login(Seat::login(true)).await.unwrap();
    assert!(matches!(state, SessionState::NeedsPassphrase { choose: false, .. }), "the files are still guarded: {state:?}");
    let state = start_afresh(&seat).await.unwrap();
    assert!(matches!(state, SessionState::NeedsPassphrase { choose: true, .. }), "{state:?}");
    assert!(matches!(unlock(&seat, "meja kayu jati muda").await.unwrap(), SessionState::Open { .. }));
}

#[tokio::test]
async fn after_five_wrong_passphrases_the_right_one_waits_too() {
    let world = under_a_passphrase().await;
    let seat = world.open().await;
    for _ in 0..5 {
        assert_eq!(unlock(&seat, "meja kayu jati muda").await.unwrap_err().code, ErrorCode::WrongPassphrase);
    }
    let wait = unlock(&seat, PHRASE).await.unwrap_err();
    assert_eq!((wait.code, wait.retry_after), (ErrorCode::TooManyTries, Some(30)));
    world.net.clock.advance(30_000);
    assert!(matches!(unlock(&seat, PHRASE).await.unwrap(), SessionState::Open { .. }));
}

#[tokio::test]
async fn files_under_a_passphrase_stay_in_use_when_a_keyring_comes() {
    let world = World::new(1, 0);
    world.keyring.fail(Some(VaultError::Absent));
    let seat = world.open().await;
    seat.desk.login(Seat::login(false)).await.unwrap();
    unlock(&seat, PHRASE).await.unwrap();
    seat.settled().await;
    seat.quit().await;
    world.keyring.fail(None);
    let seat = world.open().await;
    assert_eq!(seat.session().await, SessionState::NeedsPassphrase { vault: VaultState::Ok, choose: false, email: None });
    let SessionState::LoggedOut { email, .. } = unlock(&seat, PHRASE).await.unwrap() else { panic!("it was not to be remembered") };
    assert_eq!(email.as_deref(), Some(EMAIL));
    let state = seat.desk.login(Seat::login(true)).await.unwrap();
    assert_eq!(state, SessionState::NeedsPassphrase { vault: VaultState::Ok, choose: false, email: Some(EMAIL.into()) });
    assert!(matches!(unlock(&seat, PHRASE).await.unwrap(), SessionState::Open { .. }));
}

#[tokio::test]
async fn a_locked_keyring_at_the_start_is_waited_for() {
    let world = World::new(2, 0);
    world.whole().await.quit().await;
    world.keyring.fail(Some(VaultError::Locked));
    let seat = world.open().await;
    let SessionState::LoggedOut { server, .. } = seat.session().await else { panic!("nobody is let in") };
    assert_eq!(server.unwrap().shown, "meja.ruangkarsa.id");
    world.net.clock.sleeper(10_000..=10_000).await;
    world.keyring.fail(None);
    world.net.clock.advance(10_000);
    seat.until("the desk opens by itself", async |s| matches!(s.session().await, SessionState::Open { .. })).await;
    assert_eq!(seat.waiting().await.total, 2);
}

#[tokio::test]
async fn a_locked_keyring_at_the_login_leads_to_a_passphrase() {
    let world = World::new(1, 0);
    world.keyring.fail(Some(VaultError::Locked));
    let seat = world.open().await;
    let state = seat.desk.login(Seat::login(true)).await.unwrap();
    assert_eq!(state, SessionState::NeedsPassphrase { vault: VaultState::Locked, choose: true, email: Some(EMAIL.into()) });
}

/// A keyring whose daemon waits for a person who does not come.
struct Stuck(mpsc::Receiver<()>);
impl Keyring for Stuck {
    fn read(&mut self, _: &str) -> Result<Option<Secret>, VaultError> {
        let _ = self.0.recv();
        Ok(None)
    }
    fn write(&mut self, _: &str, _: &[u8]) -> Result<(), VaultError> {
        Ok(())
    }
    fn delete(&mut self, _: &str) -> Result<(), VaultError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_keyring_that_does_not_answer_is_no_hang() {
    let world = World::new(1, 0);
    let (come, door) = mpsc::channel();
    let mut parts = world.parts();
    parts.vault = Vault::with_patience(Stuck(door), std::time::Duration::from_millis(50));
    let desk = desk::Desk::open(parts).await.unwrap();
    let state = desk.login(Seat::login(true)).await.unwrap();
    assert!(matches!(state, SessionState::NeedsPassphrase { vault: VaultState::Locked, .. }), "{state:?}");
    drop(come);
}

#[tokio::test]
async fn a_keyring_that_lost_its_secret_ends_in_new_files_and_keeps_the_old_ones() {
    let world = World::new(1, 0);
    world.whole().await.quit().await;
    let before: Vec<_> = world.files().into_iter().filter(|f| f.ends_with("outbox.db")).collect();
    let world = World { keyring: desk::vault::MemoryKeyring::default(), ..world };
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::LoggedOut { .. }));
    seat.log_in(true).await;
    seat.settled().await;
    let after = world.files().into_iter().filter(|f| f.ends_with("outbox.db")).count();
    assert_eq!((before.len(), after), (1, 2), "what somebody may still open is not thrown away");
}

#[tokio::test]
async fn a_keyring_that_is_emptied_while_the_desk_runs_takes_no_decision_away() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.keyring.empty();
    let done = seat.accept(0).await;
    seat.becomes(done, CommandState::Applied).await;
    assert_eq!(seat.waiting().await.total, 2, "what is open stays open");
    world.offline(true);
    let unsent = seat.accept(1).await;
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::LoggedOut { .. }), "nobody has the key to the files any more");
    let old = world.files().into_iter().filter(|f| f.ends_with("outbox.db")).count();
    assert_eq!(old, 1, "what was not sent is still on the disk");
    world.offline(false);
    seat.log_in(true).await;
    seat.settled().await;
    assert!(seat.outbox().await.running.iter().all(|e| e.id != unsent), "the new outbox is another one");
    assert_eq!(world.files().into_iter().filter(|f| f.ends_with("outbox.db")).count(), 2, "and the old one is not thrown away");
}
