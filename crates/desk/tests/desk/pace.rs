//! When notifications come: one in twenty seconds, what time brings, and what of each kind a person wants.

use bridge::{Notify, Preferences, SetPreferences, SyncNow, Ways};
use domain::record::{AnyRecord, Kind};
use serde_json::{Value, json};
use testkit::records::{admin, colleague, consultation};

use crate::{
    locked::listens,
    quiet::{a_turn, pass, titles},
    toasts::{caught_up, told},
    world::{Seat, World, other_accepts, rani},
};

async fn prefer(seat: &Seat, notify: Notify) {
    let preferences = Preferences { hold_seconds: 0, notify, ..Preferences::default() };
    seat.desk.set_preferences(SetPreferences { preferences }).await.unwrap();
}
/// A new request with these fields.
fn asked(n: u64, fields: Value) -> AnyRecord {
    let mut body = rani(n)[1].to_value().unwrap();
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    AnyRecord::from_value(Kind::Consultation, body).unwrap()
}
async fn first(world: &World, seat: &Seat) {
    world.net.serve(|model| model.commit(rani(40)));
    told(world, seat, |shown| shown.len() == 1).await;
    assert_eq!(titles(world), ["Permintaan konsultasi baru"]);
}

#[tokio::test]
async fn what_comes_within_twenty_seconds_is_told_of_together_with_the_names_nearest_to_harm() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    first(&world, &seat).await;
    world.net.serve(|model| {
        let named = |n: u64, name: &str, due: &str| asked(n, json!({ "client_name": name, "due_at": due }));
        model.commit([named(41, "Bagus Hermawan", "2026-11-25T04:00:00.000Z"), named(42, "Made Ayu Lestari", "2026-11-25T03:00:00.000Z")]);
        model.commit([named(43, "Sudah Dijawab", "2026-11-25T02:30:00.000Z"), named(44, "Wayan Sudiarta", "2026-11-25T05:00:00.000Z")]);
        model.act(&colleague(), 9, "item.assign", json!({ "record": consultation(1), "to": admin(1).id() }));
    });
    caught_up(&world, &seat).await;
    other_accepts(&world.net, 43);
    caught_up(&world, &seat).await;
    assert_eq!(titles(&world).len(), 1, "{:?}", titles(&world));
    a_turn(&world).await;
    let toast = world.notifier.shown().remove(1);
    assert_eq!((toast.key.as_str(), toast.title.as_str()), ("inbox", "3 permintaan baru, 1 pekerjaan diteruskan kepada Anda"));
    let body: String = toast.body.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    assert_eq!(body, "Made Ayu Lestari, Bagus Hermawan, Wayan Sudiarta, dan 1 lainnya. Tenggat terdekat 10:00 WIB.");
    world.net.serve(|model| model.commit(rani(45)));
    caught_up(&world, &seat).await;
    assert_eq!(titles(&world).len(), 2, "the next twenty seconds have begun");
    a_turn(&world).await;
    assert_eq!(titles(&world)[2..], ["Permintaan konsultasi baru"]);
}

#[tokio::test]
async fn what_waits_for_its_turn_has_no_names_behind_the_lock_and_nothing_for_who_comes_next() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    first(&world, &seat).await;
    world.net.serve(|model| model.commit((41..43).flat_map(rani)));
    caught_up(&world, &seat).await;
    seat.desk.lock().await;
    a_turn(&world).await;
    assert_eq!(titles(&world)[1..], ["Ada 2 permintaan baru di Meja"]);
    assert_eq!(world.notifier.shown()[1].body, "");
    seat.desk.unlock(bridge::Unlock { secret: crate::world::PASSWORD.to_owned() }).await.unwrap();
    seat.settled().await;
    world.net.serve(|model| model.commit(rani(43)));
    caught_up(&world, &seat).await;
    seat.desk.logout(bridge::Logout { anyway: true }).await.unwrap();
    seat.log_in(true).await;
    a_turn(&world).await;
    assert_eq!(titles(&world).len(), 2, "{:?}", titles(&world));
}

/// The world begins at eight, and what waits in it is due at nine.
#[tokio::test]
async fn a_deadline_is_told_of_once_when_it_is_near_and_only_to_whose_it_is() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.serve(|model| {
        let held = |n: u64, by: u64| {
            let by = json!({ "id": admin(by).id(), "name": "Orang Lain" });
            asked(n, json!({ "client_name": "Punya Siapa", "assignee": by }))
        };
        let off = json!({ "snooze": { "until": "2026-11-25T03:00:00.000Z", "by": { "id": admin(2).id(), "name": "Orang Lain" } } });
        model.commit([held(40, 1), held(41, 2), asked(42, off), asked(43, json!({ "due_at": "2026-11-25T00:59:00.000Z" }))]);
    });
    caught_up(&world, &seat).await;
    a_turn(&world).await;
    let before = titles(&world).len();
    pass(&world, 29).await;
    assert_eq!(titles(&world).len(), before, "{:?}", titles(&world));
    pass(&world, 1).await;
    let toast = world.notifier.shown().remove(before);
    assert_eq!((toast.title.as_str(), toast.key.clone()), ("Tenggat 30 menit lagi", consultation(40).to_string()));
    assert_eq!(toast.body, "Konsultasi \u{2068}Punya Siapa\u{2069}, 09:00 WIB.");
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    pass(&world, 5).await;
    assert_eq!(titles(&world).len(), before + 1, "{:?}", titles(&world));
}

/// Behind the lock no mirror is open, and what came before it is known all the same, also after a restart.
#[tokio::test]
async fn behind_the_lock_a_deadline_is_told_of_without_a_name_unless_somebody_has_answered() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit((40..43).flat_map(rani)));
    told(&world, &seat, |shown| shown.len() == 1).await;
    let live = world.net.count(testkit::Op::Live);
    seat.desk.lock().await;
    listens(&world, &seat, live).await;
    other_accepts(&world.net, 40);
    world.net.serve(|model| model.commit(rani(43)));
    seat.until("the new one is here", async |seat| seat.status().await.unread == 4).await;
    a_turn(&world).await;
    let before = titles(&world).len();
    seat.quit().await;
    let seat = world.open().await;
    assert!(matches!(seat.session().await, bridge::SessionState::Locked { .. }));
    pass(&world, 29).await;
    assert_eq!(titles(&world)[before - 1..], ["Ada permintaan baru di Meja"]);
    pass(&world, 1).await;
    pass(&world, 1).await;
    assert_eq!(titles(&world)[before..], ["Ada 3 tenggat yang mendekat"]);
    assert!(world.notifier.shown()[before - 1..].iter().all(|toast| toast.body.is_empty()));
    pass(&world, 10).await;
    assert_eq!(titles(&world).len(), before + 1, "once");
}

#[tokio::test]
async fn commands_that_are_not_sent_for_a_quarter_of_an_hour_are_told_of_once_each_time() {
    let world = World::new(0, 3);
    let seat = world.whole().await;
    prefer(&seat, Notify::default()).await;
    world.offline(true);
    pass(&world, 20).await;
    assert!(titles(&world).is_empty(), "nothing waits: {:?}", titles(&world));
    let client = testkit::records::client(1).id;
    let args = json!({ "id": client, "phone": "+6281234567890" });
    seat.desk.submit(bridge::Submit { act: "client.edit".into(), args, seen: Vec::new() }).await.unwrap();
    pass(&world, 1).await;
    pass(&world, 14).await;
    assert!(titles(&world).is_empty(), "{:?}", titles(&world));
    pass(&world, 1).await;
    assert_eq!(titles(&world), ["Sinkron macet 15 menit"]);
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.key.as_str(), toast.body.as_str()), ("outbox", "1 perintah belum terkirim."));
    pass(&world, 20).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    pass(&world, 1).await;
    pass(&world, 20).await;
    assert_eq!(titles(&world).len(), 1, "once, also after a restart: {:?}", titles(&world));
    world.offline(false);
    seat.desk.sync_now(SyncNow {}).await.unwrap();
    seat.until("it is sent", async |s| s.status().await.queued == 0).await;
}

#[tokio::test]
async fn each_kind_has_its_sound_its_count_and_its_place_after_quiet_hours() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let assigned = Ways { sound: true, summary: false, ..Ways::default() };
    prefer(&seat, Notify { assigned, request: Ways { count: false, ..Ways::default() }, ..Notify::default() }).await;
    let assign = |n: u64, command: u64| {
        let args = json!({ "record": consultation(n), "to": admin(1).id() });
        world.net.serve(|model| model.act(&colleague(), command, "item.assign", args.clone()));
    };
    first(&world, &seat).await;
    assert_eq!(seat.status().await.unread, 0, "three requests that nobody looked at do not count");
    a_turn(&world).await;
    assign(0, 1);
    told(&world, &seat, |shown| shown.len() == 2).await;
    let sounds: Vec<bool> = world.notifier.shown().iter().map(|toast| toast.sound).collect();
    assert_eq!((sounds, seat.status().await.unread), (vec![false, true], 1));
    seat.desk.be_quiet(Some(domain::quiet::Rest::Hour)).await.unwrap();
    assign(1, 2);
    world.net.serve(|model| model.commit(rani(41)));
    caught_up(&world, &seat).await;
    seat.desk.be_quiet(None).await.unwrap();
    assert_eq!(titles(&world)[2..], ["Selama jam tenang: 1 baru"], "work that was handed over is not told of then");
}
