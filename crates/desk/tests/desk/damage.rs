//! Files that were damaged between two starts: told, mended where it can be, never an end.

use bridge::{Preferences, SessionState};
use domain::{records::ConsultationStatus, status::CommandState};
use std::{fs, path::PathBuf};

use crate::world::{Seat, World};

fn file(world: &World, name: &str) -> PathBuf {
    world.files().into_iter().find(|f| f.file_name().is_some_and(|n| n == name)).unwrap()
}
fn spoil(world: &World, name: &str) {
    let path = file(world, name);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes.truncate(middle);
    bytes.iter_mut().for_each(|b| *b = b.wrapping_add(77));
    fs::write(path, bytes).unwrap();
}
/// A desk with everything, and with a decision that never left it.
async fn with_unsent() -> (World, domain::id::CommandId) {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    seat.quit().await;
    (world, id)
}
async fn is_out(seat: &Seat) -> bool {
    matches!(seat.session().await, SessionState::LoggedOut { .. })
}

#[tokio::test]
async fn a_damaged_copy_is_read_anew_and_no_decision_is_lost() {
    let (world, id) = with_unsent().await;
    spoil(&world, "mirror.db");
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Open { .. }));
    assert_eq!(seat.outbox().await.running.iter().map(|e| e.id).collect::<Vec<_>>(), [id]);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(id, CommandState::Applied).await;
    seat.until("everything is here again", async |s| s.waiting().await.total == 2).await;
    assert_eq!(seat.shown(1).await, ConsultationStatus::Accepted);
}

#[tokio::test]
async fn a_damaged_outbox_is_told_until_it_was_seen() {
    let (world, _) = with_unsent().await;
    let path = file(&world, "outbox.db");
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[end - 2_000..end - 1_000].fill(0);
    fs::write(path, bytes).unwrap();
    let seat = world.open().await;
    let told = seat.recovered(false).await.salvaged.expect("the damage is told");
    let kept = seat.outbox().await.running.len() as u64;
    assert_eq!(told.commands, kept, "what is told to be saved is there");
    assert!(told.from_copies <= told.commands);
    assert_eq!(seat.recovered(false).await.salvaged, Some(told), "a window that is loaded again tells it too");
    assert_eq!(seat.recovered(true).await, bridge::RecoveredReply::default());
    assert_eq!(seat.recovered(false).await, bridge::RecoveredReply::default());
}

#[tokio::test]
async fn a_damaged_account_is_mended_by_logging_in_and_no_decision_is_lost() {
    let (world, id) = with_unsent().await;
    spoil(&world, "account.sealed");
    let seat = world.open().await;
    assert!(is_out(&seat).await);
    world.offline(false);
    seat.log_in(true).await;
    seat.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn damaged_keys_and_a_damaged_list_of_accounts_end_at_the_login() {
    for name in ["keys.json", "desk.json"] {
        let (world, _) = with_unsent().await;
        spoil(&world, name);
        world.offline(false);
        let seat = world.open().await;
        assert!(is_out(&seat).await, "{name}");
        seat.log_in(true).await;
        seat.settled().await;
        assert_eq!(seat.waiting().await.total, 3, "{name}");
        let outboxes = world.files().into_iter().filter(|f| f.ends_with("outbox.db")).count();
        assert_eq!(outboxes, 2, "what cannot be opened now is kept: {name}");
    }
}

#[tokio::test]
async fn damaged_preferences_are_the_defaults() {
    let world = World::new(0, 0);
    let seat = world.open().await;
    seat.hold(30).await;
    seat.quit().await;
    spoil(&world, "preferences.json");
    let seat = world.open().await;
    assert_eq!(seat.start().await.preferences, Preferences::default());
}
