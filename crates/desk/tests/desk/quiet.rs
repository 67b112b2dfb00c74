//! What a person wants to be told of, and when: kinds, names, quiet hours with one notification at their end, and a try.

use bridge::{Notify, Preferences, SessionState, SetPreferences, TestToast, Ways};
use domain::{
    quiet::{QuietHours, Rest},
    time::{MINUTE, SECOND},
};
use serde_json::json;
use testkit::records::{admin, colleague, consultation};

use crate::{
    toasts::{caught_up, told},
    world::{PASSWORD, Seat, World, other_accepts, rani},
};

/// It is eight in the morning in Jakarta when a world begins, and a new request waits until nine.
pub(crate) const QUIET: QuietHours = QuietHours { on: true, from: 7 * 60, to: 9 * 60 + 30, days: [true; 7], spell: None };

async fn prefer(seat: &Seat, preferences: Preferences) {
    seat.desk.set_preferences(SetPreferences { preferences: Preferences { hold_seconds: 0, ..preferences } }).await.unwrap();
}
async fn quiet(seat: &Seat) {
    prefer(seat, Preferences { quiet: QUIET, ..Preferences::default() }).await;
}
/// Lets so much time pass, and waits until the desk has looked at the clock.
pub(crate) async fn pass(world: &World, minutes: i64) {
    world.net.clock.sleeper(10_000..=10_000).await;
    world.net.clock.advance(minutes * MINUTE);
    world.net.clock.sleeper(10_000..=10_000).await;
}
/// Lets so much time pass that the next notification may come.
pub(crate) async fn a_turn(world: &World) {
    world.net.clock.sleeper(10_000..=10_000).await;
    world.net.clock.advance(20 * SECOND);
    world.net.clock.sleeper(10_000..=10_000).await;
}
pub(crate) fn titles(world: &World) -> Vec<String> {
    world.notifier.shown().into_iter().map(|toast| toast.title).collect()
}

#[tokio::test]
async fn in_quiet_hours_requests_wait_for_one_notification_at_the_end_and_a_conflict_does_not() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    quiet(&seat).await;
    world.offline(true);
    seat.accept(1).await;
    other_accepts(&world.net, 1);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("the conflict is told of", async |_| titles(&world) == ["Didahului orang lain"]).await;
    world.net.serve(|model| {
        model.commit((40..43).flat_map(rani));
        model.act(&colleague(), 9, "item.assign", json!({ "record": consultation(2), "to": admin(1).id() }));
    });
    caught_up(&world, &seat).await;
    assert_eq!(titles(&world).len(), 1, "{:?}", titles(&world));
    other_accepts(&world.net, 41);
    seat.desk.mark_seen(bridge::MarkSeen { record: consultation(42) }).await.unwrap();
    caught_up(&world, &seat).await;
    pass(&world, 89).await;
    assert_eq!(titles(&world).len(), 1, "it is a minute before the end");
    pass(&world, 1).await;
    let toast = world.notifier.shown().remove(1);
    assert_eq!(toast.title, "Selama jam tenang: 1 lewat tenggat, 1 kabar pekerjaan Anda", "settled and seen ones are left out");
    assert_eq!((toast.key.as_str(), toast.body.as_str()), ("inbox", ""));
    pass(&world, 10).await;
    assert_eq!(titles(&world).len(), 2, "once");
}

#[tokio::test]
async fn what_is_held_outlives_a_lock_and_a_restart_and_is_told_of_at_the_locked_desk() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    quiet(&seat).await;
    world.net.serve(|model| model.commit(rani(40)));
    caught_up(&world, &seat).await;
    seat.desk.lock().await;
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Locked { .. }));
    assert!(titles(&world).is_empty());
    pass(&world, 91).await;
    assert_eq!(titles(&world), ["Selama jam tenang: 1 lewat tenggat"]);
    seat.desk.unlock(bridge::Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    pass(&world, 1).await;
    assert_eq!(titles(&world).len(), 1, "once, whoever is at the desk");
}

#[tokio::test]
async fn what_would_be_late_by_the_end_passes_and_switching_off_ends_the_quiet() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    quiet(&seat).await;
    world.net.serve(|model| model.commit(rani(40)));
    caught_up(&world, &seat).await;
    pass(&world, 31).await;
    seat.settled().await;
    assert_eq!(titles(&world), ["2 tenggat mendekat"]);
    a_turn(&world).await;
    world.net.serve(|model| model.commit(rani(41)));
    told(&world, &seat, |shown| shown.len() == 2).await;
    let toast = &world.notifier.shown()[1];
    assert_eq!((toast.title.as_str(), toast.key.clone()), ("Permintaan konsultasi baru", consultation(41).to_string()));
    prefer(&seat, Preferences::default()).await;
    pass(&world, 1).await;
    assert_eq!(titles(&world)[2..], ["Selama jam tenang: 1 baru"], "and nobody hears twice that its deadline is near");
}

#[tokio::test]
async fn a_kind_that_nobody_wants_is_not_told_of_then_or_later() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let notify = Notify { request: Ways { system: false, ..Ways::default() }, ..Notify::default() };
    prefer(&seat, Preferences { notify, ..Preferences::default() }).await;
    world.net.serve(|model| {
        model.commit(rani(40));
        model.act(&colleague(), 9, "item.assign", json!({ "record": consultation(0), "to": admin(1).id() }));
    });
    seat.until("the other kind is told of", async |_| titles(&world) == ["Pekerjaan diteruskan kepada Anda"]).await;
    caught_up(&world, &seat).await;
    prefer(&seat, Preferences::default()).await;
    world.net.serve(|model| model.commit(rani(40)));
    caught_up(&world, &seat).await;
    assert_eq!(titles(&world).len(), 1, "{:?}", titles(&world));
}

#[tokio::test]
async fn names_can_be_left_out_at_an_open_desk_too() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let notify = Notify { hide_names: true, ..Notify::default() };
    prefer(&seat, Preferences { notify, ..Preferences::default() }).await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is told of", async |_| !titles(&world).is_empty()).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.title.as_str(), toast.body.as_str()), ("Ada permintaan baru di Meja", ""));
}

#[tokio::test]
async fn a_try_says_whether_the_system_shows_any() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    quiet(&seat).await;
    assert!(seat.desk.test_toast(TestToast {}).await.unwrap().shown, "whoever tries wants to see it, also in quiet hours");
    assert_eq!(titles(&world), ["Pemberitahuan uji"]);
    world.notifier.refuse();
    assert!(!seat.desk.test_toast(TestToast {}).await.unwrap().shown);
}

#[tokio::test]
async fn an_hour_of_quiet_holds_what_comes_and_tells_of_it_at_its_end() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    seat.desk.be_quiet(Some(Rest::Hour)).await.unwrap();
    let status = seat.status().await;
    assert_eq!((status.quiet, status.quiet_until), (true, Some(status.now.plus(60 * MINUTE))), "the tray shows it");
    world.net.serve(|model| model.commit(rani(40)));
    caught_up(&world, &seat).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.session().await;
    pass(&world, 59).await;
    assert_eq!(titles(&world), ["2 tenggat mendekat"], "it outlives a restart, and what would be late after it passes");
    pass(&world, 1).await;
    assert_eq!(titles(&world)[1..], ["Selama jam tenang: 1 lewat tenggat"]);
    assert!(!seat.status().await.quiet);
}

#[tokio::test]
async fn whoever_ends_the_quiet_hears_what_was_held_at_once_also_within_planned_hours() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    quiet(&seat).await;
    world.net.serve(|model| model.commit(rani(40)));
    caught_up(&world, &seat).await;
    seat.desk.be_quiet(None).await.unwrap();
    assert_eq!(titles(&world), ["Selama jam tenang: 1 baru"]);
    world.net.serve(|model| model.commit(rani(41)));
    seat.until("the next one is told of", async |_| titles(&world).len() == 2).await;
    seat.desk.lock().await;
    seat.desk.be_quiet(Some(Rest::Tomorrow)).await.unwrap();
    assert!(seat.status().await.quiet, "at a locked desk too");
}
