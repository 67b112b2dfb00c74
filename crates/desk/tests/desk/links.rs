//! Links from outside: they open once somebody is at work, they never act, and what opens nothing says why.

use bridge::{Event, LinkProblem};
use domain::{
    id::NoteId,
    record::{AnyRecord, Kind, RecordRef},
    records::OrderStatus,
};
use hostile::TEXTS;
use serde_json::json;
use testkit::records::{
    client, client_actor, client_record, colleague, consultation, conversation, id, message, order, order_record, reachable, user,
};
use tokio::sync::broadcast::Receiver;

use crate::world::{PASSWORD, Seat, World};

fn link(record: RecordRef) -> String {
    format!("meja://record/{record}")
}
/// What the next link opens, or why it opens nothing.
async fn told(events: &mut Receiver<Event>) -> Result<RecordRef, LinkProblem> {
    loop {
        match events.recv().await.unwrap() {
            Event::Open { record } => return Ok(record),
            Event::BadLink { why } => return Err(why),
            _ => {}
        }
    }
}
/// A desk at which everything is here, and whose window listens.
async fn listening(world: &World) -> Seat {
    let seat = world.whole().await;
    seat.start().await;
    seat
}

#[tokio::test]
async fn a_link_opens_its_request_and_changes_nothing() {
    let world = World::new(3, 0);
    let seat = listening(&world).await;
    let mut events = seat.desk.events();
    seat.desk.open_link(&link(consultation(1))).await;
    assert_eq!(told(&mut events).await, Ok(consultation(1)));
    assert_eq!(seat.outbox().await.running.len(), 0, "nothing is given");
    assert_eq!(seat.status().await.unread, 3, "nothing counts as looked at before it is shown");
}

#[tokio::test]
async fn a_link_opens_an_order_and_a_note_opens_the_order_it_is_about() {
    let world = World::new(1, 0);
    world.net.serve(|model| {
        model.commit([client_record(3), AnyRecord::Order(order_record(3, OrderStatus::Pending))]);
        let args = json!({ "id": id::<NoteId>(9_001), "record": order(3), "text": "Minta warna hangat" });
        model.act(&colleague(), 1, "note.add", args)
    });
    let seat = listening(&world).await;
    let mut events = seat.desk.events();
    for record in [order(3), RecordRef::new(Kind::Note, id::<NoteId>(9_001))] {
        seat.desk.open_link(&link(record)).await;
        assert_eq!(told(&mut events).await, Ok(order(3)));
    }
    seat.desk.open_link(&link(client(3))).await;
    assert_eq!(told(&mut events).await, Ok(client(3)));
    seat.desk.open_link(&link(order(77))).await;
    assert_eq!(told(&mut events).await, Err(LinkProblem::NotHere));
}

#[tokio::test]
async fn a_link_opens_a_conversation_and_a_message_opens_the_one_it_is_in() {
    let world = World::new(1, 0);
    world.net.serve(|model| {
        model.commit(reachable(3, OrderStatus::Pending));
        model.say(&client_actor(3), 1, 3, "Halo")
    });
    let seat = listening(&world).await;
    let mut events = seat.desk.events();
    for record in [conversation(3), message(1)] {
        seat.desk.open_link(&link(record)).await;
        assert_eq!(told(&mut events).await, Ok(conversation(3)));
    }
    seat.desk.open_link(&link(message(2))).await;
    assert_eq!(told(&mut events).await, Err(LinkProblem::NotHere));
}

#[tokio::test]
async fn what_opens_nothing_says_why_and_breaks_nothing() {
    let world = World::new(1, 0);
    let seat = listening(&world).await;
    let mut events = seat.desk.events();
    let cases = [
        (link(consultation(77)), LinkProblem::NotHere),
        (link(client(77)), LinkProblem::NotHere),
        (link(user(1).reference()), LinkProblem::NoScreen),
        ("meja://record/moon/1".to_owned(), LinkProblem::Unreadable),
        (format!("{}?act=consultation.accept", link(consultation(0))), LinkProblem::Unreadable),
    ];
    for (text, why) in cases {
        seat.desk.open_link(&text).await;
        assert_eq!(told(&mut events).await, Err(why), "{text}");
    }
    for text in TEXTS {
        seat.desk.open_link(text).await;
        assert_eq!(told(&mut events).await, Err(LinkProblem::Unreadable), "{text:?}");
    }
    seat.desk.pause(bridge::Pause { paused: true, rest: None }).await.unwrap();
    seat.until("nothing comes", async |s| s.status().await.connection == domain::status::Connection::Paused).await;
    seat.desk.open_link(&link(consultation(78))).await;
    assert_eq!(told(&mut events).await, Err(LinkProblem::NotHere), "nobody waits for what does not come by itself");
}

#[tokio::test]
async fn a_link_waits_behind_the_lock_and_is_for_whoever_unlocks() {
    let world = World::new(2, 0);
    let seat = listening(&world).await;
    seat.desk.lock().await;
    let mut events = seat.desk.events();
    seat.desk.open_link(&link(consultation(1))).await;
    assert_eq!(events.recv().await.unwrap(), Event::Go { place: "inbox".to_owned() }, "the lock comes before the person");
    seat.desk.unlock(bridge::Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    assert_eq!(told(&mut events).await, Ok(consultation(1)));
    seat.desk.lock().await;
    seat.desk.open_link(&link(consultation(0))).await;
    seat.desk.logout(bridge::Logout { anyway: true }).await.unwrap();
    seat.log_in(true).await;
    seat.settled().await;
    assert!(std::iter::from_fn(|| events.try_recv().ok()).all(|event| !matches!(event, Event::Open { .. })), "not for the next one");
}

#[tokio::test]
async fn a_program_that_a_link_started_opens_it_once_its_window_listens() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    seat.quit().await;
    let seat = world.open().await;
    let mut events = seat.desk.events();
    seat.desk.open_link(&link(consultation(1))).await;
    seat.settled().await;
    assert!(std::iter::from_fn(|| events.try_recv().ok()).all(|event| !matches!(event, Event::Open { .. })), "nobody would hear it");
    seat.start().await;
    assert_eq!(told(&mut events).await, Ok(consultation(1)));
}

#[tokio::test]
async fn a_link_that_comes_before_the_login_opens_after_it() {
    let world = World::new(2, 0);
    let seat = world.open().await;
    seat.start().await;
    let mut events = seat.desk.events();
    seat.desk.open_link(&link(consultation(1))).await;
    seat.log_in(true).await;
    assert_eq!(told(&mut events).await, Ok(consultation(1)));
}
