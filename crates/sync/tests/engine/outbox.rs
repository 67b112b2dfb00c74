//! Sending: once, in order, and nothing lost in silence.

use domain::{records::ConsultationStatus::Accepted, status::CommandState};
use mirror::Given;
use serde_json::json;
use std::time::Duration;
use sync::{Clock, Fault};
use testkit::{
    Mishap, Model, Net, Op, problem,
    records::{command, consultation},
};

use crate::desk::{Desk, bodies, note, other_accepts};

async fn whole(waiting: u64) -> (std::sync::Arc<Net>, Desk) {
    let net = Net::new(Model::with(waiting, 0));
    let desk = Desk::whole(&net).await;
    (net, desk)
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_the_act_is_done_once() {
    let (net, mut desk) = whole(3).await;
    net.mute(true);
    net.mishap(Op::Commands, Mishap::AnswerLost(Fault::Cut));
    let id = desk.accept(0).await;
    net.clock.sleeper(250..=375).await;
    assert_eq!((desk.state(id).await, desk.tries(id).await), (CommandState::Sent, 1), "it may have arrived");
    net.clock.advance(375);
    desk.becomes(id, CommandState::Applied).await;
    let bodies = bodies(&net);
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0], bodies[1], "its bytes are those of the first sending");
    assert_eq!(net.model().effects[&id], 1);
}

/// Somebody put it into the outbox and could not say so: what was abandoned came back when the file was mended.
#[tokio::test]
async fn what_nobody_gave_is_sent_with_the_next_beat() {
    let (net, desk) = whole(3).await;
    desk.until("nothing waits", async |d| d.handle.flush(Duration::from_secs(1)).await).await;
    let (id, now) = (command(9), desk.handle.now());
    let args = json!({ "id": consultation(0).id });
    let given = Given { id, name: "consultation.accept".into(), args, seen: Vec::new(), seen_at: now, held_until: None };
    desk.cabinet.submit(given, now).await.unwrap();
    net.clock.pass(5_000..=5_000).await;
    desk.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn what_surely_did_not_leave_can_be_taken_back() {
    let (net, mut desk) = whole(3).await;
    net.fails(Op::Commands, Fault::Unreachable);
    let id = desk.accept(0).await;
    net.clock.sleeper(250..=375).await;
    assert_eq!(desk.state(id).await, CommandState::Queued);
    let back = desk.cabinet.take_back(Some(id), desk.handle.now()).await.unwrap();
    assert!(matches!(back, mirror::TakenBack::Done(..)));
    net.clock.advance(375);
    desk.handle.given();
    assert!(desk.handle.flush(Duration::from_secs(5)).await);
    assert_eq!(net.model().effects.get(&id), None);
}

#[tokio::test]
async fn a_server_that_is_overrun_says_when() {
    for fault in [problem(429, "too_many_requests", Some(20)), problem(503, "unavailable", Some(20))] {
        let (net, mut desk) = whole(3).await;
        net.fails(Op::Commands, fault);
        let id = desk.accept(0).await;
        net.clock.sleeper(20_000..=25_000).await;
        net.beat();
        net.clock.advance(19_000);
        desk.settled().await;
        assert_eq!(net.count(Op::Commands), 1, "not before that, although the line is well");
        net.clock.advance(6_000);
        desk.becomes(id, CommandState::Applied).await;
    }
}

#[tokio::test]
async fn faults_of_the_server_are_tried_again_at_growing_distance() {
    let (net, mut desk) = whole(3).await;
    for _ in 0..4 {
        net.fails(Op::Commands, problem(500, "internal", None));
    }
    let id = desk.accept(0).await;
    let mut waits = Vec::new();
    for around in [375, 750, 1_500, 3_000] {
        waits.push(net.clock.pass(around..=around).await);
    }
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!(waits, [375, 750, 1_500, 3_000], "with half of each spread by chance");
}

#[tokio::test]
async fn a_body_that_is_refused_is_halved_down_to_the_one_that_a_person_decides() {
    for status in [400, 413] {
        let (net, mut desk) = whole(8).await;
        net.offline(true);
        desk.until("offline", async |d| d.line().offline_since.is_some()).await;
        let mut ids = Vec::new();
        for n in 0..8 {
            ids.push(desk.accept(n).await);
        }
        net.spoil(ids[5], status);
        net.offline(false);
        desk.handle.sync_now();
        for (n, id) in ids.iter().enumerate() {
            desk.becomes(*id, if n == 5 { CommandState::Refused } else { CommandState::Applied }).await;
        }
        assert!(desk.handle.flush(Duration::from_secs(5)).await, "and nothing waits for it");
        assert_ne!(desk.status(5).await, Some(Accepted), "what was not done is not shown as done");
    }
}

#[tokio::test]
async fn a_refusal_stops_what_builds_on_it_and_nothing_else() {
    let (net, mut desk) = whole(4).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let first = desk.accept(0).await;
    let builds = desk.act("note.add", json!({ "id": note(1), "record": consultation(0), "text": "Sudah ditelepon" })).await;
    let stranger = desk.accept(1).await;
    other_accepts(&net, 0);
    net.offline(false);
    desk.handle.sync_now();
    desk.until("the first is refused", async |d| d.state(first).await.needs_decision()).await;
    desk.becomes(stranger, CommandState::Applied).await;
    desk.until("what builds on it waits for a person", async |d| d.state(builds).await == CommandState::Blocked).await;
    desk.settled().await;
}

#[tokio::test]
async fn a_hold_is_counted_on_the_monotonic_clock_and_ends_by_sending() {
    let (net, mut desk) = whole(3).await;
    let until = net.clock.mono() + 8_000;
    let id = desk.act_held("consultation.accept", json!({ "id": consultation(0).id }), Some(until)).await;
    net.clock.sleeper(8_000..=8_000).await;
    net.clock.set_wall(3_600_000);
    net.clock.advance(7_999);
    desk.settled().await;
    assert_eq!(desk.state(id).await, CommandState::Held);
    net.clock.advance(1);
    desk.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn hiding_the_window_ends_all_holds_at_once() {
    let (_net, mut desk) = whole(3).await;
    let until = desk.net.clock.mono() + 8_000;
    let id = desk.act_held("consultation.accept", json!({ "id": consultation(0).id }), Some(until)).await;
    desk.handle.release_holds().await;
    assert_ne!(desk.state(id).await, CommandState::Held, "they are gone when it returns");
    desk.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn quitting_sends_what_waits_or_says_that_it_could_not() {
    let (net, mut desk) = whole(3).await;
    let until = net.clock.mono() + 8_000;
    let id = desk.act_held("consultation.accept", json!({ "id": consultation(0).id }), Some(until)).await;
    assert!(desk.handle.flush(Duration::from_secs(5)).await);
    assert_eq!(desk.state(id).await, CommandState::Applied);
    net.offline(true);
    desk.accept(1).await;
    assert!(!desk.handle.flush(Duration::from_secs(5)).await);
    desk.handle.stop().await;
    assert!(!desk.handle.flush(Duration::from_secs(5)).await, "whoever has stopped sends nothing");
    desk.cabinet.close().await.unwrap();
}

#[tokio::test]
async fn what_was_on_its_way_when_the_program_ended_is_sent_again() {
    let (net, mut desk) = whole(3).await;
    net.mishap(Op::Commands, Mishap::Stuck);
    let id = desk.accept(0).await;
    desk.until("it is on its way", async |d| d.net.count(Op::Commands) == 1).await;
    let desk = desk.restart().await;
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!((desk.tries(id).await, net.model().effects[&id]), (2, 1));
}

#[tokio::test]
async fn many_go_a_hundred_at_a_time_in_their_order() {
    let (net, mut desk) = whole(250).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let mut ids = Vec::new();
    for n in 0..250 {
        ids.push(desk.accept(n).await);
    }
    let before = bodies(&net).len();
    net.offline(false);
    assert!(desk.handle.flush(Duration::from_secs(30)).await);
    let sent = &bodies(&net)[before..];
    let order: Vec<String> = sent
        .iter()
        .flat_map(|b| serde_json::from_str::<domain::wire::CommandBatch>(b).unwrap().commands)
        .map(|c| c.id.to_string())
        .collect();
    assert_eq!(sent.len(), 3);
    assert_eq!(order, ids.iter().map(ToString::to_string).collect::<Vec<_>>());
    desk.settled().await;
    desk.is_the_server().await;
}
