//! A locked desk, and one that was started and not unlocked yet: what waits goes, and the feed only wakes.

use domain::{
    record::RecordRef,
    records::ConsultationStatus::{Accepted, Waiting},
    status::{CommandState, Connection},
};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use sync::{Clock, Ended, Fault, News};
use testkit::{
    Mishap, Model, Net, Op, problem,
    records::{client_record, consultation, request},
};

use crate::desk::{Desk, bodies, note, other_accepts};

async fn whole(waiting: u64) -> (Arc<Net>, Desk) {
    let net = Net::new(Model::with(waiting, 3));
    let desk = Desk::whole(&net).await;
    (net, desk)
}

/// How often anything was asked that brings records.
fn asked_for_records(net: &Net) -> usize {
    net.count(Op::Work) + net.count(Op::Up) + net.count(Op::Down)
}

fn tells_of(news: &News, name: RecordRef) -> bool {
    matches!(news, News::Applied(applied) if applied.fresh.iter().any(|r| r.reference() == name))
}

#[tokio::test]
async fn what_was_held_when_the_desk_was_locked_is_sent_while_it_is_locked() {
    let (net, mut desk) = whole(3).await;
    let until = net.clock.mono() + 8_000;
    let id = desk.act_held("consultation.accept", json!({ "id": consultation(0).id }), Some(until)).await;
    let read = asked_for_records(&net);
    let locked = desk.lock().await;
    locked.becomes(id, CommandState::Applied).await;
    assert_eq!(net.model().effects[&id], 1);
    assert!(locked.handle.flush(Duration::from_secs(5)).await, "and nothing waits any more");
    assert_eq!(asked_for_records(&net), read, "no record was read");
    let desk = locked.unlock().await;
    assert_eq!(desk.status(0).await, Some(Accepted), "what was applied meanwhile is shown at once");
    desk.settled().await;
    desk.is_the_server().await;
    assert_eq!(net.model().effects[&id], 1);
}

#[tokio::test]
async fn a_start_without_the_mirrors_key_sends_what_waits() {
    let (net, mut desk) = whole(3).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let first = desk.accept(0).await;
    let builds = desk.act("note.add", json!({ "id": note(1), "record": consultation(0), "text": "Sudah ditelepon" })).await;
    let locked = desk.end().await;
    locked.until("it is tried", async |d| d.line().offline_since.is_some()).await;
    net.offline(false);
    locked.handle.sync_now();
    locked.becomes(first, CommandState::Applied).await;
    locked.becomes(builds, CommandState::Applied).await;
    let locked = locked.restart().await;
    assert!(locked.handle.flush(Duration::from_secs(5)).await);
    let desk = locked.unlock().await;
    desk.settled().await;
    desk.is_the_server().await;
    assert_eq!(bodies(&net).len(), 1, "once");
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_by_whoever_is_there() {
    for unlock in [false, true] {
        let (net, mut desk) = whole(3).await;
        net.offline(true);
        let id = desk.accept(0).await;
        let locked = desk.lock().await;
        net.offline(false);
        net.mishap(Op::Commands, Mishap::AnswerLost(Fault::Cut));
        locked.handle.sync_now();
        locked.until("the server has it", async |_| net.model().effects.contains_key(&id)).await;
        let locked = if unlock { locked.unlock().await.lock().await } else { locked };
        locked.handle.sync_now();
        locked.becomes(id, CommandState::Applied).await;
        let sent = bodies(&net);
        let sent: Vec<_> = sent.iter().filter(|b| b.contains(&id.to_string())).collect();
        assert!(sent.windows(2).all(|w| w[0] == w[1]), "its bytes are those of the first sending");
        assert_eq!(net.model().effects[&id], 1);
    }
}

#[tokio::test]
async fn tokens_back_off_and_bodies_that_are_refused_are_as_ever() {
    let (net, mut desk) = whole(8).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let mut ids = Vec::new();
    for n in 0..8 {
        ids.push(desk.accept(n).await);
    }
    net.spoil(ids[5], 413);
    let locked = desk.lock().await;
    net.offline(false);
    net.expire(0);
    net.fails(Op::Commands, problem(503, "unavailable", Some(20)));
    locked.handle.sync_now();
    locked.until("it was turned away", async |_| net.count(Op::Commands) > 0).await;
    net.clock.sleeper(20_000..=25_000).await;
    net.clock.advance(25_000);
    for (n, id) in ids.iter().enumerate() {
        locked.becomes(*id, if n == 5 { CommandState::Refused } else { CommandState::Applied }).await;
    }
    assert!(locked.handle.flush(Duration::from_secs(5)).await);
    assert_eq!(locked.drawer.tallies().await.unwrap().refused, 1);
}

#[tokio::test]
async fn a_refusal_is_told_and_what_builds_on_it_waits_for_a_person() {
    let (net, mut desk) = whole(3).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let first = desk.accept(0).await;
    let builds = desk.act("note.add", json!({ "id": note(1), "record": consultation(0), "text": "Sudah ditelepon" })).await;
    let stranger = desk.accept(1).await;
    other_accepts(&net, 0);
    let locked = desk.lock().await;
    net.offline(false);
    locked.handle.sync_now();
    locked.becomes(stranger, CommandState::Applied).await;
    locked.becomes(builds, CommandState::Blocked).await;
    assert!(locked.state(first).await.needs_decision());
    let told = |news: &News| matches!(news, News::Applied(applied) if applied.commands.contains(&first));
    locked.until("it is told", async |d| d.heard(told) > 0).await;
    let desk = locked.unlock().await;
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_locked_desk_is_woken_and_keeps_nothing_of_it() {
    let (net, desk) = whole(3).await;
    let read = asked_for_records(&net);
    let locked = desk.lock().await;
    locked.listens().await;
    assert_eq!(locked.heard(|n| tells_of(n, consultation(1))), 0, "what was there before is no news");
    net.serve(|model| model.commit([client_record(40), request(40, Waiting)]));
    locked.until("it is woken", async |d| d.heard(|n| tells_of(n, consultation(40))) == 1).await;
    // What comes while there is no line is told when there is one again.
    net.offline(true);
    net.kill_streams();
    net.serve(|model| model.commit([client_record(41), request(41, Waiting)]));
    net.offline(false);
    locked.handle.sync_now();
    locked.until("it is woken again", async |d| d.heard(|n| tells_of(n, consultation(41))) == 1).await;
    assert_eq!(locked.heard(|n| tells_of(n, consultation(40))), 1, "and nothing is told twice");
    let line = locked.line();
    assert_eq!(line.connection, Connection::Locked);
    assert_eq!((line.as_of, line.offline_since), (None, None), "nothing is shown that could grow fresher");
    assert_eq!(asked_for_records(&net), read);
    let desk = locked.unlock().await;
    desk.settled().await;
    desk.is_the_server().await;
    assert_eq!(desk.line().connection, Connection::Online);
}

#[tokio::test]
async fn another_database_is_noticed_and_asked_what_it_knows() {
    let (net, mut desk) = whole(3).await;
    let done = desk.accept(0).await;
    desk.becomes(done, CommandState::Applied).await;
    desk.settled().await;
    let locked = desk.lock().await;
    locked.listens().await;
    let mut model = Model::with(3, 3);
    model.epoch = 7;
    net.serve(|m| *m = model);
    locked.becomes(done, CommandState::Unknown).await;
    locked.until("it has asked", async |d| d.drawer.stand().await.unwrap().asked).await;
    let desk = locked.unlock().await;
    desk.until("the new history is here", async |d| d.is_settled().await && d.status(0).await == Some(Waiting)).await;
    assert!(net.model().effects.is_empty(), "nothing was done again by itself");
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_device_that_is_ended_while_locked_sends_nothing_more() {
    let (net, mut desk) = whole(3).await;
    net.offline(true);
    let id = desk.accept(0).await;
    net.end_session(0, 401, "device_ended");
    let locked = desk.lock().await;
    net.offline(false);
    locked.handle.sync_now();
    locked.until("it ends", async |d| d.heard(|n| matches!(n, News::Ended(Ended::DeviceEnded))) == 1).await;
    assert_eq!(locked.line().connection, Connection::Revoked);
    assert!(locked.state(id).await.is_waiting(), "the outbox stays");
}

#[tokio::test]
async fn a_pause_holds_while_locked() {
    let (net, mut desk) = whole(3).await;
    desk.handle.pause(true);
    assert!(desk.handle.is_paused());
    let id = desk.accept(0).await;
    let locked = desk.lock().await;
    locked.handle.pause(true);
    assert!(!locked.handle.flush(Duration::from_secs(5)).await);
    locked.handle.pause(false);
    locked.becomes(id, CommandState::Applied).await;
    assert_eq!(net.model().effects[&id], 1);
}
