//! Native notifications: once, for what others ask, and a click shows it.

use bridge::{Event, Submit};
use domain::{status::CommandState, words::Lang};
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use testkit::records::{client, consultation};

use crate::world::{Seat, World, other_accepts, rani};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A marker that comes after everything: what was to be shown has been shown by then.
async fn caught_up(world: &World, seat: &Seat) {
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
    let preferences = bridge::Preferences { lang: Lang::En, sound: true, ..bridge::Preferences::default() };
    seat.desk.set_preferences(bridge::SetPreferences { preferences }).await.unwrap();
    assert_eq!(seat.desk.lang(), Lang::En);
    world.net.serve(|model| model.commit(rani(41)));
    seat.until("it is shown", async |_| world.notifier.shown().len() == 1).await;
    let toast = world.notifier.shown().remove(0);
    assert!(toast.sound && toast.title != "Permintaan konsultasi baru", "{toast:?}");
}
