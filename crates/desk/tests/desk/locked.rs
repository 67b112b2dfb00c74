//! A locked desk: it sends and notifies, and says no names.

use bridge::{ErrorCode, Event, SessionState, SyncStatus, Unlock};
use domain::{
    id::CommandId,
    records::ConsultationStatus,
    status::{CommandState, Connection},
};
use serde_json::json;
use testkit::{
    Op,
    records::{admin, colleague, consultation},
};

use crate::{
    toasts::caught_up,
    world::{PASSWORD, Seat, World, other_accepts, rani},
};

async fn unlock(seat: &Seat) {
    let state = seat.desk.unlock(Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    assert!(matches!(state, SessionState::Open { .. }), "{state:?}");
}

/// Locks the desk, and waits until it hears the feed.
async fn lock(world: &World, seat: &Seat) {
    let before = world.net.count(Op::Live);
    seat.desk.lock().await;
    listens(world, seat, before).await;
}

pub(crate) async fn listens(world: &World, seat: &Seat, before: usize) {
    seat.until("it listens", async |_| world.net.count(Op::Live) > before).await;
}

fn effects(world: &World, id: CommandId) -> u32 {
    world.net.model().effects.get(&id).copied().unwrap_or(0)
}

fn titles(world: &World) -> Vec<String> {
    world.notifier.shown().into_iter().map(|toast| toast.title).collect()
}

async fn counts(seat: &Seat) -> (u32, u32, u32) {
    let SyncStatus { queued, refused, conflicts, .. } = seat.status().await;
    (queued, refused, conflicts)
}

/// Waits for an event after which nothing of the kind is to come.
async fn hears(events: &mut tokio::sync::broadcast::Receiver<Event>, what: &Event) {
    while events.recv().await.unwrap() != *what {}
}

#[tokio::test]
async fn what_was_held_is_sent_behind_the_lock_and_shown_when_it_is_opened() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let id = seat.accept(1).await;
    let as_of = seat.status().await.as_of;
    lock(&world, &seat).await;
    seat.until("it was sent", async |s| effects(&world, id) == 1 && s.status().await.queued == 0).await;
    let status = seat.status().await;
    assert_eq!((status.connection, status.as_of, status.waiting), (Connection::Locked, as_of, 1), "counts are those of the lock");
    assert_eq!(seat.desk.outbox_list(bridge::OutboxList { finished: 1 }).await.unwrap_err().code, ErrorCode::NoSession);
    unlock(&seat).await;
    assert_eq!(seat.shown(1).await, ConsultationStatus::Accepted);
    seat.becomes(id, CommandState::Applied).await;
    seat.until("the line is well", async |s| s.status().await.connection == Connection::Online).await;
    assert_eq!((effects(&world, id), world.net.count(Op::Refresh)), (1, 0), "the tokens go on through lock and unlock");
}

#[tokio::test]
async fn after_a_start_what_waits_is_sent_before_anybody_unlocks() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    seat.desk.lock().await;
    assert_eq!(counts(&seat).await, (1, 0, 0));
    let SessionState::Locked { since, .. } = seat.session().await else { panic!("it is locked") };
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, SessionState::Locked { since: still, .. } if still == since));
    let status = seat.status().await;
    assert_eq!((status.connection, status.queued, status.waiting), (Connection::Locked, 1, 1), "counts are those of the lock");
    assert!(status.as_of.is_some());
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it was sent", async |s| effects(&world, id) == 1 && s.status().await.queued == 0).await;
    // The keys of the session go on being renewed: unlocking goes on with the newest.
    world.net.expire(world.door.session());
    unlock(&seat).await;
    seat.settled().await;
    seat.becomes(id, CommandState::Applied).await;
    assert_eq!((effects(&world, id), seat.shown(1).await), (1, ConsultationStatus::Accepted));
}

#[tokio::test]
async fn a_wrong_password_disturbs_nothing_and_a_pause_goes_on() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    seat.desk.pause(bridge::Pause { paused: true, rest: None }).await.unwrap();
    let id = seat.accept(1).await;
    seat.desk.lock().await;
    assert_eq!(seat.desk.unlock(Unlock { secret: "salah".into() }).await.unwrap_err().code, ErrorCode::WrongPassphrase);
    assert_eq!((counts(&seat).await, effects(&world, id)), ((1, 0, 0), 0), "it is still paused");
    unlock(&seat).await;
    assert_eq!((seat.status().await.connection, effects(&world, id)), (Connection::Paused, 0));
    seat.desk.lock().await;
    seat.desk.pause(bridge::Pause { paused: false, rest: None }).await.unwrap();
    seat.until("it was sent", async |_| effects(&world, id) == 1).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_mirror_is_closed_and_the_outbox_is_open() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let data = world.data().canonicalize().unwrap();
    let open = |name: &str| {
        let files = std::fs::read_dir("/proc/self/fd").unwrap().flatten().filter_map(|fd| std::fs::read_link(fd.path()).ok());
        files.filter(|path| path.starts_with(&data)).any(|path| path.file_name().is_some_and(|n| n == name))
    };
    assert!(open("mirror.db") && open("outbox.db"));
    seat.desk.lock().await;
    assert!(!open("mirror.db") && open("outbox.db"));
    unlock(&seat).await;
    assert!(open("mirror.db") && open("outbox.db"));
}

#[tokio::test]
async fn a_device_that_is_ended_behind_the_lock_destroys_its_copy() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    lock(&world, &seat).await;
    world.net.end_session(world.door.session(), 401, "device_ended");
    world.net.kill_streams();
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is told", async |s| matches!(s.session().await, SessionState::Revoked { .. })).await;
    assert!(!world.has_file("mirror.db") && world.has_file("outbox.db"));
}

#[tokio::test]
async fn a_session_that_is_lost_behind_the_lock_destroys_nothing() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    lock(&world, &seat).await;
    world.net.end_session(world.door.session(), 401, "token_unknown");
    world.net.kill_streams();
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is told", async |s| matches!(s.session().await, SessionState::LoggedOut { .. })).await;
    assert!(world.has_file("mirror.db"));
    seat.log_in(true).await;
    assert_eq!(seat.waiting().await.total, 2);
}

#[tokio::test]
async fn logging_out_behind_the_lock_names_what_is_unsent_and_tells_the_server() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    seat.accept(1).await;
    seat.desk.lock().await;
    let reply = seat.desk.logout(bridge::Logout { anyway: false }).await.unwrap();
    assert_eq!((reply.unsent, reply.done), (1, false));
    assert!(matches!(seat.session().await, SessionState::Locked { .. }));
    world.offline(false);
    let reply = seat.desk.logout(bridge::Logout { anyway: false }).await.unwrap();
    assert_eq!((reply.unsent, reply.done), (0, true), "it goes on the way out");
    assert_eq!(world.door.asked(), ["login", "logout"]);
}

#[tokio::test]
async fn names_leave_the_screen_with_whoever_locks() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is shown", async |_| world.notifier.shown().len() == 1).await;
    seat.desk.lock().await;
    assert_eq!(world.notifier.withdrawn(), [consultation(40).to_string()]);
}

#[tokio::test]
async fn a_new_request_is_told_of_without_a_name_and_a_click_waits_for_the_password() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    lock(&world, &seat).await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.title.as_str(), toast.body.as_str()), ("Ada permintaan baru di Meja", ""));
    seat.until("it is counted", async |s| s.status().await.unread == 3).await;
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    hears(&mut events, &Event::Go { place: "inbox".into() }).await;
    // The page that brings the request is late: the click waits for it as well.
    unlock(&seat).await;
    hears(&mut events, &Event::Open { record: consultation(40) }).await;
    assert_eq!(seat.shown(40).await, ConsultationStatus::Waiting);
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 1, "once is enough");
    seat.desk.lock().await;
    unlock(&seat).await;
    world.notifier.click(&toast.key);
    hears(&mut events, &Event::Open { record: consultation(40) }).await;
}

#[tokio::test]
async fn a_click_is_for_whoever_unlocks_and_for_nobody_else() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    lock(&world, &seat).await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    world.notifier.click(&consultation(40).to_string());
    seat.desk.logout(bridge::Logout { anyway: true }).await.unwrap();
    let mut events = seat.desk.events();
    seat.log_in(true).await;
    caught_up(&world, &seat).await;
    while let Ok(event) = events.try_recv() {
        assert!(!matches!(event, Event::Open { .. }), "{event:?}");
    }
}

#[tokio::test]
async fn behind_the_lock_each_kind_is_counted() {
    let world = World::new(6, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    for n in 1..=2 {
        seat.accept(n).await;
        other_accepts(&world.net, n);
    }
    let before = world.net.count(Op::Live);
    seat.desk.lock().await;
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("the conflicts are told of", async |_| titles(&world).contains(&"2 perintah perlu keputusan".to_owned())).await;
    assert_eq!(counts(&seat).await, (0, 0, 2));
    listens(&world, &seat, before).await;
    world.net.serve(|model| {
        model.commit((60..62).flat_map(rani));
        model.act(&colleague(), 9, "item.assign", json!({ "record": consultation(3), "to": admin(1).id() }));
    });
    seat.until("the rest is told of", async |_| titles(&world).len() == 2).await;
    let told = titles(&world);
    assert_eq!(told[1], "Ada 3 kabar baru di Meja");
    assert!(world.notifier.shown().iter().all(|toast| toast.body.is_empty()));
    unlock(&seat).await;
    seat.settled().await;
    caught_up(&world, &seat).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    caught_up(&world, &seat).await;
    assert_eq!(titles(&world), told, "nothing is told twice");
}
