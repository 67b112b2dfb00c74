//! Files on their way: whatever happens, what has arrived is not sent again, and the act goes once, behind its bytes.

use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    id::{CommandId, DesignId},
    record::{Kind, RecordRef},
    records::OrderStatus,
    status::CommandState,
};
use mirror::{Attachment, Given, Submission};
use serde_json::json;
use std::sync::Arc;
use sync::{Clock, Fault, News};
use testkit::{
    Mishap, Model, Net, Op, problem,
    records::{command, id, order, reachable},
};

use crate::desk::Desk;

const SIZE: usize = 700_000;
const FIRST: u64 = 256 << 10;

fn version(n: u64) -> RecordRef {
    RecordRef::new(Kind::Design, id::<DesignId>(80_000_000 + n))
}

async fn world() -> (Arc<Net>, Desk) {
    let mut model = Model::with(2, 0);
    model.commit((0..3).flat_map(|n| reachable(n, OrderStatus::InProgress)));
    let net = Net::new(model);
    let desk = Desk::whole(&net).await;
    (net, desk)
}

/// Attaches a file to the n-th order: the act that waits for it.
pub(crate) async fn attach(desk: &mut Desk, n: u64) -> CommandId {
    let bytes: Vec<u8> = (0..SIZE).map(|at| u8::try_from(at % 251).unwrap().wrapping_add(u8::try_from(n).unwrap())).collect();
    let file = Attachment {
        sha256: Sha256::of(&bytes),
        policy: FilePolicy::Design,
        name: FileName::new("logo.png").unwrap(),
        media_type: MediaType::Png,
        bytes,
    };
    let args = json!({ "id": version(n).id, "order_id": order(n).id, "sha256": file.sha256, "size": SIZE, "media_type": file.media_type,
        "name": file.name });
    let (id, now) = (command(90_000 + n), desk.handle.now());
    let given = Given { id, name: "design.upload".into(), args, seen: Vec::new(), seen_at: now, held_until: None };
    let taken = desk.cabinet.attach(given, vec![file], now).await.unwrap();
    assert!(matches!(taken, Submission::Taken(_)), "{taken:?}");
    desk.handle.given();
    id
}

/// What of a file is here, and how far it is.
async fn sent(desk: &Desk) -> Vec<u64> {
    desk.cabinet.staged(desk.handle.now()).await.unwrap().into_iter().map(|(it, _)| it.sent).collect()
}

/// That every byte arrived, each once and in its place, and the act was done once.
fn once(net: &Net, id: CommandId) {
    let mut at = 0;
    for (from, len) in net.parts() {
        assert_eq!(from, at, "{:?}", net.parts());
        at = from + len as u64;
    }
    assert_eq!((at, net.model().effects[&id]), (SIZE as u64, 1));
}

#[tokio::test]
async fn a_file_goes_part_by_part_and_its_act_behind_it() {
    let (net, mut desk) = world().await;
    let id = attach(&mut desk, 0).await;
    desk.becomes(id, CommandState::Applied).await;
    once(&net, id);
    assert!(net.parts().len() > 1, "in several parts");
    let order: Vec<Op> = net.calls().into_iter().map(|(op, _)| op).filter(|op| matches!(op, Op::Bytes | Op::Commands)).collect();
    assert_eq!(order.iter().position(|op| *op == Op::Commands), Some(net.parts().len()), "{order:?}");
    assert_eq!((net.count(Op::BeginUpload), net.count(Op::Offset)), (1, 0), "nothing is asked that is known");
    assert!(desk.heard(|news| matches!(news, News::Transfer(_))) >= 2 && desk.handle.moving().is_none());
    desk.until("its bytes are gone", async |d| sent(d).await.is_empty()).await;
    desk.settled().await;
    desk.is_the_server().await;
}

#[tokio::test]
async fn a_line_that_breaks_at_any_part_goes_on_where_the_server_stands() {
    for lost in [false, true] {
        for part in 0..4 {
            let (net, mut desk) = world().await;
            net.mute(true);
            for _ in 0..part {
                net.mishap(Op::Bytes, Mishap::AnswerLost(Fault::TooSlow));
            }
            let cut = if lost { Mishap::AnswerLost(Fault::Cut) } else { Mishap::Fails(Fault::Cut) };
            net.mishap(Op::Bytes, cut);
            let id = attach(&mut desk, 0).await;
            for _ in 0..=part {
                // Each time something had arrived before.
                net.clock.pass(375..=375).await;
            }
            desk.becomes(id, CommandState::Applied).await;
            once(&net, id);
            assert_eq!(net.count(Op::BeginUpload), 1, "part {part}, lost {lost}: it never starts over");
            assert!(net.count(Op::Offset) > 0, "part {part}, lost {lost}: the server was asked");
        }
    }
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_asked_at_growing_distance() {
    let (net, mut desk) = world().await;
    net.mute(true);
    for _ in 0..3 {
        net.fails(Op::Bytes, problem(503, "unavailable", None));
    }
    let id = attach(&mut desk, 0).await;
    for wait in [375, 750, 1_500] {
        net.clock.pass(wait..=wait).await;
    }
    desk.becomes(id, CommandState::Applied).await;
    once(&net, id);
}

#[tokio::test]
async fn a_lost_beginning_is_begun_again() {
    let (net, mut desk) = world().await;
    net.mute(true);
    net.mishap(Op::BeginUpload, Mishap::AnswerLost(Fault::Cut));
    let id = attach(&mut desk, 0).await;
    net.clock.pass(250..=375).await;
    desk.becomes(id, CommandState::Applied).await;
    once(&net, id);
}

#[tokio::test]
async fn an_upload_that_the_server_lost_is_begun_anew() {
    let (net, mut desk) = world().await;
    net.mute(true);
    net.mishap(Op::Bytes, Mishap::AnswerLost(Fault::Cut));
    let id = attach(&mut desk, 0).await;
    net.clock.sleeper(250..=375).await;
    net.lose_uploads();
    net.clock.advance(375);
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!((net.count(Op::BeginUpload), net.model().effects[&id]), (2, 1));
}

#[tokio::test]
async fn a_restart_goes_on_at_the_servers_offset() {
    let (net, mut desk) = world().await;
    net.mishap(Op::Bytes, Mishap::AnswerLost(Fault::Cut));
    net.mute(true);
    let id = attach(&mut desk, 0).await;
    net.clock.sleeper(250..=375).await;
    assert_eq!((sent(&desk).await, net.parts()), (vec![0], vec![(0, 256 << 10)]), "nobody here knows that it arrived");
    // Days go by: the desk asks before it sends.
    let desk = desk.restart().await;
    desk.becomes(id, CommandState::Applied).await;
    once(&net, id);
    assert_eq!((net.count(Op::BeginUpload), net.count(Op::Offset)), (1, 1));
}

#[tokio::test]
async fn a_locked_desk_sends_it_to_its_end() {
    let (net, mut desk) = world().await;
    net.mishap(Op::Bytes, Mishap::Stuck);
    let id = attach(&mut desk, 0).await;
    desk.until("it is on its way", async |d| d.net.count(Op::Bytes) == 1).await;
    let locked = desk.lock().await;
    locked.becomes(id, CommandState::Applied).await;
    once(&net, id);
}

#[tokio::test]
async fn a_paused_file_rests_and_lets_others_by() {
    let (net, mut desk) = world().await;
    net.mishap(Op::Bytes, Mishap::Stuck);
    let first = attach(&mut desk, 0).await;
    desk.until("it is on its way", async |d| d.net.count(Op::Bytes) == 1).await;
    let moving = desk.handle.moving().unwrap();
    assert_eq!((moving.sent, moving.size), (0, SIZE as u64));
    desk.cabinet.pause_transfer(&moving.sha256, true, desk.handle.now()).await.unwrap();
    let mut desk = desk.restart().await;
    let second = attach(&mut desk, 1).await;
    desk.becomes(second, CommandState::Applied).await;
    assert_eq!((desk.state(first).await, desk.handle.moving()), (CommandState::Queued, None));
    desk.cabinet.pause_transfer(&moving.sha256, false, desk.handle.now()).await.unwrap();
    desk.handle.given();
    desk.becomes(first, CommandState::Applied).await;
}

#[tokio::test]
async fn a_file_that_is_not_taken_goes_to_a_person_and_others_go_on() {
    let (net, mut desk) = world().await;
    net.refuse_file("too_many_pixels");
    let (first, second) = (attach(&mut desk, 0).await, attach(&mut desk, 1).await);
    desk.becomes(first, CommandState::Refused).await;
    desk.becomes(second, CommandState::Applied).await;
    let said = desk.cabinet.command(first, desk.handle.now()).await.unwrap().unwrap().entry.outcome.unwrap();
    assert_eq!(said.code.unwrap().wire(), "too_many_pixels");
    assert_eq!(sent(&desk).await.len(), 1, "its bytes are here until somebody decides");
    let announced = problem(413, "too_large", None);
    net.fails(Op::BeginUpload, announced);
    let third = attach(&mut desk, 2).await;
    desk.becomes(third, CommandState::Refused).await;
}

#[tokio::test]
async fn a_file_that_is_there_already_is_not_sent() {
    let (net, mut desk) = world().await;
    let first = attach(&mut desk, 0).await;
    desk.becomes(first, CommandState::Applied).await;
    let bytes: Vec<u8> = (0..SIZE).map(|at| u8::try_from(at % 251).unwrap()).collect();
    let file = Attachment {
        sha256: Sha256::of(&bytes),
        policy: FilePolicy::Design,
        name: FileName::new("lagi.png").unwrap(),
        media_type: MediaType::Png,
        bytes,
    };
    let args = json!({ "id": version(9).id, "order_id": order(1).id, "sha256": file.sha256, "size": SIZE, "media_type": "image/png", "name": "lagi.png" });
    let (id, now) = (command(95_000), desk.handle.now());
    let given = Given { id, name: "design.upload".into(), args, seen: Vec::new(), seen_at: now, held_until: None };
    desk.cabinet.attach(given, vec![file], now).await.unwrap();
    let before = net.count(Op::Bytes);
    desk.handle.given();
    desk.becomes(id, CommandState::Applied).await;
    assert_eq!(net.count(Op::Bytes), before);
}

#[tokio::test]
async fn a_token_that_has_expired_is_renewed_on_the_way_and_a_full_house_is_waited_for() {
    let (net, mut desk) = world().await;
    net.mute(true);
    net.expire(desk.who);
    net.fails(Op::BeginUpload, problem(429, "too_many_uploads", Some(60)));
    let before = net.clock.mono();
    let id = attach(&mut desk, 0).await;
    net.clock.sleeper(60_000..=75_000).await;
    net.clock.advance(75_000);
    desk.becomes(id, CommandState::Applied).await;
    assert!(net.clock.mono() - before >= 60_000);
    once(&net, id);
}

#[tokio::test]
async fn what_is_offline_waits_and_goes_when_there_is_a_line() {
    let (net, mut desk) = world().await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    let id = attach(&mut desk, 0).await;
    let accepted = desk.accept(0).await;
    net.offline(false);
    desk.handle.sync_now();
    desk.becomes(accepted, CommandState::Applied).await;
    desk.becomes(id, CommandState::Applied).await;
    once(&net, id);
    assert!(net.parts()[0].1 as u64 <= FIRST, "a line that was away begins with little");
}
