//! Native notifications: once, for what others ask, and a click shows it.

use bridge::{Event, Notify, Submit, Ways};
use desk::notify::Toast;
use domain::{
    record::AnyRecord,
    records::{Consultation, ConsultationStatus},
    status::CommandState,
    words::Lang,
};
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::records::{admin, client, client_actor, colleague, consultation, request};

use crate::world::{Seat, World, other_accepts, rani};

/// So many messages a desk may be behind with what it says.
pub(crate) const MESSAGES: usize = 8;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A marker that comes after everything: what was to be shown has been shown by then.
pub(crate) async fn caught_up(world: &World, seat: &Seat) {
    let n = 700 + NEXT.fetch_add(1, Ordering::SeqCst);
    world.net.serve(|model| model.commit([testkit::records::client_record(n)]));
    let here = async |s: &Seat| {
        let text = testkit::records::letters(n);
        s.desk.clients(bridge::Clients { text: format!("Klien {text}") }).await.unwrap().iter().any(|h| h.client.id == client(n).id.into())
    };
    seat.until("the marker came", here).await;
    // The status is told last of what one message brings.
    seat.status().await;
}

/// Waits until so much was told of: what is told of after the clock has moved need not be followed by anything that the desk says.
pub(crate) async fn told(world: &World, seat: &Seat, so: impl Fn(&[Toast]) -> bool) {
    for _ in 0..MESSAGES {
        if so(&world.notifier.shown()) {
            break;
        }
        caught_up(world, seat).await;
    }
    assert!(so(&world.notifier.shown()), "this was told of: {:?}", world.notifier.shown());
}

/// This kind makes a sound, and no other.
fn sounding(kind: fn(&mut Notify) -> &mut Ways) -> Notify {
    let mut notify = Notify::default();
    kind(&mut notify).sound = true;
    notify
}

/// Who reads in another zone than the organisation's is told in theirs, and has their own days.
#[tokio::test]
async fn times_are_told_in_the_zone_that_was_chosen() {
    let world = World::new(0, 0);
    let seat = world.whole().await;
    let preferences = bridge::Preferences { zone: Some(domain::time::Zone::Wit), ..bridge::Preferences::default() };
    let mut events = seat.desk.events();
    seat.desk.set_preferences(bridge::SetPreferences { preferences }).await.unwrap();
    let told: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok()).collect();
    let all = |event: &Event| matches!(event, Event::Changed { records, .. } if records.is_empty());
    assert!(told.iter().any(all), "lists have other days now: {told:?}");
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is shown", async |_| !world.notifier.shown().is_empty()).await;
    let body = world.notifier.shown()[0].body.clone();
    assert!(body.ends_with("Tenggat 11:00 WIT."), "{body}");
}

#[tokio::test]
async fn a_new_request_raises_one_with_name_and_date_and_a_click_opens_it() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    assert!(world.notifier.shown().is_empty(), "what was there before is no news");
    let mut events = seat.desk.events();
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is shown", async |_| !world.notifier.shown().is_empty()).await;
    let shown = world.notifier.shown();
    assert_eq!((shown.len(), shown[0].key.clone(), shown[0].sound), (1, consultation(40).to_string(), false));
    assert_eq!(shown[0].title, "Permintaan konsultasi baru");
    assert_eq!(shown[0].body, "\u{2068}Rani Kusumawardani\u{2069}, Kam, 26 Nov. Tenggat 09:00 WIB.");
    world.notifier.click(&consultation(40).to_string());
    loop {
        if let Event::Open { record } = events.recv().await.unwrap() {
            assert_eq!(record, consultation(40));
            break;
        }
    }
    seat.desk.toast_clicked("inbox");
    seat.desk.toast_clicked("nothing of ours");
    loop {
        if let Event::Go { place } = events.recv().await.unwrap() {
            assert_eq!(place, "inbox");
            break;
        }
    }
}

#[tokio::test]
async fn it_is_told_once_whatever_is_restarted_or_reset() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is shown", async |_| world.notifier.shown().len() == 1).await;
    // The request changes, the line breaks, the program starts again, the server begins another history.
    world.net.serve(|model| model.commit(rani(40)));
    world.net.kill_streams();
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    caught_up(&world, &seat).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    caught_up(&world, &seat).await;
    world.net.serve(|model| model.epoch += 1);
    seat.until("a new history is here", async |s| s.status().await.complete).await;
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 1, "{:?}", world.notifier.shown());
}

#[tokio::test]
async fn what_this_person_entered_is_no_news() {
    let world = World::new(0, 3);
    let seat = world.whole().await;
    seat.hold(0).await;
    let id = seat.desk.new_ids(bridge::NewIds { count: 1 }).await.unwrap().ids[0];
    let args = json!({ "id": id, "client_id": client(1).id, "requested_date": "2026-11-27", "source": "phone" });
    let given = seat.desk.submit(Submit { act: "consultation.request".into(), args, seen: Vec::new() }).await.unwrap();
    seat.becomes(given.id, CommandState::Applied).await;
    caught_up(&world, &seat).await;
    assert!(world.notifier.shown().is_empty(), "{:?}", world.notifier.shown());
}

#[tokio::test]
async fn many_at_once_are_told_of_together() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit((60..65).flat_map(rani)));
    seat.until("they are told of", async |_| !world.notifier.shown().is_empty()).await;
    caught_up(&world, &seat).await;
    let shown = world.notifier.shown();
    assert_eq!((shown.len(), shown[0].key.as_str(), shown[0].title.as_str()), (1, "inbox", "5 permintaan baru"));
}

#[tokio::test]
async fn one_that_somebody_settled_is_taken_back() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    world.net.serve(|model| model.commit(rani(40)));
    seat.until("it is shown", async |_| world.notifier.shown().len() == 1).await;
    other_accepts(&world.net, 40);
    seat.until("it is taken back", async |_| world.notifier.withdrawn().contains(&consultation(40).to_string())).await;
}

#[tokio::test]
async fn it_speaks_the_language_that_was_chosen() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let preferences =
        bridge::Preferences { lang: Lang::En, notify: sounding(|notify| &mut notify.request), ..bridge::Preferences::default() };
    seat.desk.set_preferences(bridge::SetPreferences { preferences }).await.unwrap();
    assert_eq!(seat.desk.lang(), Lang::En);
    world.net.serve(|model| model.commit(rani(41)));
    seat.until("it is shown", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert!(toast.sound && toast.title != "Permintaan konsultasi baru", "{toast:?}");
}

#[tokio::test]
async fn work_that_was_handed_over_is_told_of_once() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    let assign = |n: u64, to| {
        let args = json!({ "record": consultation(n), "to": to });
        world.net.serve(|model| model.act(&colleague(), n, "item.assign", args.clone()))
    };
    assign(1, admin(1).id());
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.key, toast.title.as_str()), (consultation(1).to_string(), "Pekerjaan diteruskan kepada Anda"));
    assert_eq!(toast.body, "\u{2068}Admin Ae\u{2069} meneruskan \u{2068}Klien Ab\u{2069} kepada Anda.");
    assign(2, admin(2).id());
    seat.hold(0).await;
    let own = seat.give("item.assign", 0, json!({ "record": consultation(0), "to": admin(1).id() })).await.id;
    seat.becomes(own, CommandState::Applied).await;
    caught_up(&world, &seat).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    world.net.serve(|model| model.epoch += 1);
    seat.until("a new history is here", async |s| s.status().await.complete).await;
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 1, "not what others got, not what this person did: {:?}", world.notifier.shown());
}

#[tokio::test]
async fn whoever_accepted_hears_once_that_the_client_called_it_off() {
    let world = World::new(3, 0);
    for n in [1, 2] {
        let AnyRecord::Consultation(it) = request(n, ConsultationStatus::Waiting) else { panic!("a request") };
        let asked = Consultation { client_user: Some(client_actor(n).id()), ..it };
        world.net.serve(|model| model.commit([AnyRecord::Consultation(asked.clone())]));
    }
    let seat = world.whole().await;
    seat.hold(0).await;
    let accepted = seat.accept(1).await;
    seat.becomes(accepted, CommandState::Applied).await;
    let cancel =
        |n: u64| world.net.serve(|model| model.act(&client_actor(n), 10 + n, "consultation.cancel", json!({ "id": consultation(n).id })));
    // One that nobody had taken up is nobody's.
    for n in [2, 1] {
        assert_eq!(cancel(n).code, None);
    }
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!(toast.title, "Konsultasi dibatalkan klien");
    assert_eq!(toast.body, "\u{2068}Klien Ab\u{2069} membatalkan konsultasinya.");
    caught_up(&world, &seat).await;
    assert_eq!((world.notifier.shown().len(), world.notifier.withdrawn().len()), (1, 0), "it stays, although the request waits for nobody");
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Open { record: consultation(1) }) {}
}

#[tokio::test]
async fn a_conflict_is_told_of_once_and_taken_back_when_it_is_settled() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    other_accepts(&world.net, 1);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!((toast.key.as_str(), toast.title.as_str()), (format!("outbox/{id}").as_str(), "Didahului orang lain"));
    assert_eq!(toast.body, "Terima untuk \u{2068}Klien Ab\u{2069} perlu keputusan Anda.");
    let mut events = seat.desk.events();
    world.notifier.click(&toast.key);
    while events.recv().await.unwrap() != (Event::Go { place: "outbox".into() }) {}
    // The feed brings the same outcome, the program starts again, the server is asked what it knows.
    caught_up(&world, &seat).await;
    seat.quit().await;
    let seat = world.open().await;
    seat.settled().await;
    world.net.serve(|model| model.epoch += 1);
    seat.until("it was asked", async |_| world.net.count(testkit::Op::Known) > 0).await;
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 1, "{:?}", world.notifier.shown());
    seat.desk.settle(bridge::Settle { id, how: bridge::SettleHow::Discard }).await.unwrap();
    caught_up(&world, &seat).await;
    assert_eq!(world.notifier.shown().len(), 1, "what a person settles themselves is no news");
}

#[tokio::test]
async fn a_refusal_is_told_of_with_its_reason() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.accept(1).await;
    world.net.spoil(id, 413);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is told of", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert_eq!(toast.title, "Perintah ditolak server");
    assert_eq!(toast.body, "Terima untuk \u{2068}Klien Ab\u{2069}: Isi perintah ini terlalu besar untuk dikirim.");
    seat.desk.settle(bridge::Settle { id, how: bridge::SettleHow::Handled }).await.unwrap();
    assert_eq!(world.notifier.withdrawn(), [format!("outbox/{id}")]);
}

#[tokio::test]
async fn many_decisions_at_once_are_told_of_together() {
    let world = World::new(6, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    for n in 0..4 {
        seat.accept(n).await;
        other_accepts(&world.net, n);
    }
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("they are told of", async |_| !world.notifier.shown().is_empty()).await;
    caught_up(&world, &seat).await;
    let shown = world.notifier.shown();
    assert_eq!((shown.len(), shown[0].key.as_str(), shown[0].title.as_str()), (1, "outbox", "4 perintah perlu keputusan"));
}
