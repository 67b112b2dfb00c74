//! A desk that nobody is at locks itself, after as long as its person has set.

use bridge::{Preferences, Present, SessionState, SetPreferences};
use domain::time::{MINUTE, SECOND};

use crate::world::{PASSWORD, Seat, World};

async fn lock_after(seat: &Seat, lock_after: u8) {
    let preferences = Preferences { lock_after, ..Preferences::default() };
    seat.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
}
/// Lets so much time pass, and waits until the desk has looked at the clock.
async fn pass(world: &World, ms: i64) {
    world.net.clock.sleeper(10_000..=10_000).await;
    world.net.clock.advance(ms);
    world.net.clock.sleeper(10_000..=10_000).await;
}
async fn is_locked(seat: &Seat) -> bool {
    matches!(seat.session().await, SessionState::Locked { .. })
}

#[tokio::test]
async fn a_desk_that_was_left_locks_itself_and_one_that_is_used_does_not() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    lock_after(&seat, 1).await;
    pass(&world, 50 * SECOND).await;
    seat.desk.present(Present {}).await.unwrap();
    pass(&world, 50 * SECOND).await;
    assert!(!is_locked(&seat).await, "somebody was here 50 seconds ago");
    world.net.clock.advance(10 * SECOND);
    seat.until("it locks", is_locked).await;
    seat.desk.unlock(bridge::Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    pass(&world, 50 * SECOND).await;
    assert!(!is_locked(&seat).await, "whoever unlocked it is at it");
}

#[tokio::test]
async fn a_computer_that_slept_wakes_up_locked() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    lock_after(&seat, 5).await;
    world.net.clock.sleeper(10_000..=10_000).await;
    world.net.clock.set_wall(5 * MINUTE);
    world.net.clock.advance(10 * SECOND);
    seat.until("it locks", is_locked).await;
}

#[tokio::test]
async fn never_is_never() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    lock_after(&seat, 0).await;
    pass(&world, 31 * MINUTE).await;
    assert!(!is_locked(&seat).await);
}
