//! Work on the outbox may be dropped at any of its waits: the line is broken off, the desk paused. What is remembered of the
//! file is then what stands in it, whatever the file's own thread still did.

use domain::{
    decision::Code,
    id::{CommandId, NoteId},
    status::CommandState,
    wire::{KnownAnswer, Outcome, OutcomeStatus},
};
use mirror::{Cabinet, Given, Settled, TakenBack};
use serde_json::json;
use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};
use testkit::{
    Model,
    records::{NOW, client, command, consultation, id},
};

use crate::world::Desk;

/// Does this work up to its n-th wait, and drops it there; what came of it, if it has fewer.
async fn up_to<T>(wait: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = wait;
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => {
            left -= 1;
            if left == 0 { Poll::Ready(None) } else { Poll::Pending }
        }
    })
    .await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Taking,
    Releasing,
    Sending,
    PuttingBack,
    TakingBack,
    Answering,
    Remembering,
    Settling,
}

impl Work {
    const ALL: [Self; 8] = [
        Self::Taking,
        Self::Releasing,
        Self::Sending,
        Self::PuttingBack,
        Self::TakingBack,
        Self::Answering,
        Self::Remembering,
        Self::Settling,
    ];
    /// What was before it: two commands, of which the second builds on the first.
    async fn desk(self, server: &Model) -> (Desk, [CommandId; 2]) {
        let mut desk = Desk::whole(server).await;
        let hold = (self == Self::Releasing).then_some(8_000);
        let first = desk.try_act("consultation.accept", json!({ "id": consultation(0).id }), &[], hold).await.0;
        let args = json!({ "id": id::<NoteId>(70_000), "record": consultation(0), "text": "Sudah ditelepon" });
        let second = desk.try_act("note.add", args, &[consultation(0)], hold).await.0;
        if matches!(self, Self::PuttingBack | Self::Answering | Self::Remembering | Self::Settling) {
            desk.cabinet.next_batch(100, None, NOW).await.unwrap();
        }
        match self {
            Self::Remembering => drop(desk.cabinet.answered(&[applied(first), applied(second)], NOW).await.unwrap()),
            Self::Settling => drop(desk.cabinet.answered(&[refused(first)], NOW).await.unwrap()),
            _ => {}
        }
        (desk, [first, second])
    }
    async fn on(self, desk: &Cabinet, ids: [CommandId; 2]) -> mirror::Result<()> {
        match self {
            Self::Taking => desk.submit(edit(), NOW).await.map(drop),
            Self::Releasing => desk.release_holds(None, NOW).await.map(drop),
            Self::Sending => desk.next_batch(100, None, NOW).await.map(drop),
            Self::PuttingBack => desk.unsent(&ids, NOW).await,
            Self::TakingBack => desk.take_back(None, NOW).await.map(drop),
            Self::Answering => desk.answered(&[refused(ids[0])], NOW).await.map(drop),
            Self::Remembering => desk.known(&KnownAnswer { outcomes: Vec::new(), unknown: ids.to_vec() }, NOW).await.map(drop),
            Self::Settling => desk.settle(ids[0], Settled::Discarded, NOW).await.map(drop),
        }
    }
}

fn edit() -> Given {
    let args = json!({ "id": client(1).id, "name": "Dewi Lestari" });
    Given { id: command(900), name: "client.edit".into(), args, seen: Vec::new(), seen_at: NOW, held_until: Some(8_000) }
}
fn applied(id: CommandId) -> Outcome {
    Outcome::applied(id, 10_000)
}
fn refused(id: CommandId) -> Outcome {
    Outcome { status: OutcomeStatus::Refused, code: Some(Code::InvalidArgs), ..Outcome::blocked(id) }
}

/// Where each command stands. What is held is queued by a restart, and nothing else is changed by one.
async fn stands(desk: &Cabinet, ids: [CommandId; 2]) -> (Vec<Option<(CommandState, u32)>>, bool) {
    let mut all = Vec::new();
    let mut holds = false;
    for id in ids.into_iter().chain([command(900)]) {
        let entry = desk.command(id, NOW).await.unwrap().map(|pending| pending.entry);
        holds |= entry.as_ref().is_some_and(|e| e.state == CommandState::Held);
        let after_restart = |state| if state == CommandState::Held { CommandState::Queued } else { state };
        all.push(entry.map(|e| (after_restart(e.state), e.tries)));
    }
    assert_eq!(desk.next_hold(NOW).await.unwrap().is_some(), holds, "what is held has an end");
    let sends = holds || desk.has_to_send(NOW).await.unwrap();
    (all, sends)
}

#[tokio::test]
async fn what_is_remembered_is_what_stands_in_the_file_wherever_work_was_dropped() {
    let server = Model::with(2, 0);
    for work in Work::ALL {
        let mut waits = 1;
        loop {
            let (mut desk, ids) = work.desk(&server).await;
            let done = up_to(waits, work.on(&desk.cabinet, ids)).await;
            let remembered = stands(&desk.cabinet, ids).await;
            desk.restart().await;
            assert_eq!(remembered, stands(&desk.cabinet, ids).await, "{work:?}, dropped at wait {waits}");
            if done.is_some() {
                break;
            }
            waits += 1;
        }
        assert!(waits > 1, "{work:?} was dropped somewhere");
    }
}

/// Found by the simulation (seed 5090): the clock jumped while a command was about to be sent, and its person took it back.
#[tokio::test]
async fn what_was_taken_back_after_its_sending_was_dropped_never_comes_back() {
    let server = Model::with(2, 0);
    for waits in 1.. {
        let mut desk = Desk::whole(&server).await;
        let id = desk.act("item.claim", json!({ "record": consultation(0) }), &[]).await;
        let sent = up_to(waits, desk.cabinet.next_batch(100, None, NOW)).await;
        let taken_back = matches!(desk.cabinet.take_back(Some(id), NOW).await.unwrap(), TakenBack::Done(..));
        desk.restart().await;
        let is_there = desk.cabinet.command(id, NOW).await.unwrap().is_some();
        assert_eq!(is_there, !taken_back, "dropped at wait {waits}");
        assert_eq!(desk.cabinet.has_to_send(NOW).await.unwrap(), !taken_back, "dropped at wait {waits}");
        if sent.is_some() {
            assert!(!taken_back, "what has left is not taken back");
            break;
        }
    }
}

#[tokio::test]
async fn a_held_act_whose_ground_was_refused_stays_blocked_when_its_hold_ends() {
    let server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let first = desk.try_act("consultation.accept", json!({ "id": consultation(0).id }), &[], None).await.0;
    let args = json!({ "id": id::<NoteId>(70_000), "record": consultation(0), "text": "Sudah ditelepon" });
    let second = desk.try_act("note.add", args, &[consultation(0)], Some(8_000)).await.0;
    desk.cabinet.next_batch(100, None, NOW).await.unwrap();
    desk.cabinet.answered(&[refused(first)], NOW).await.unwrap();
    assert_eq!(desk.state(second).await, CommandState::Blocked);
    desk.cabinet.release_holds(Some(9_000), NOW).await.unwrap();
    assert_eq!(desk.state(second).await, CommandState::Blocked, "queued it would wait for ever for what was refused");
}
