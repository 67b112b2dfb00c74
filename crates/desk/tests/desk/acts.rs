//! Acts: the hold, taking back, what ends a hold.

use bridge::{ErrorCode, Event, InboxView, NewIds, Prediction, Submit, Undo};
use domain::{records::ConsultationStatus, status::CommandState};
use serde_json::json;
use testkit::{Op, records::consultation};

use crate::world::World;

#[tokio::test]
async fn a_held_act_keeps_its_row_in_place_and_undoing_it_leaves_no_trace() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    let before = seat.waiting().await;
    let mut events = seat.desk.events();
    let given = seat.give("consultation.reject", 1, json!({ "reason": "Tanggalnya penuh." })).await;
    assert_eq!((given.held_ms, &given.prediction), (Some(8_000), &Prediction::Applied));
    assert_eq!(given.receipt, given.id.receipt());
    let Event::Changed { records, version } = events.recv().await.unwrap() else { panic!("the window hears of the change first") };
    assert!(records.contains(&consultation(1)) && version > before.version);
    assert_eq!(events.recv().await.unwrap(), Event::Outbox { commands: vec![given.id] });
    let during = seat.waiting().await;
    let row = during.rows.iter().find(|r| r.item.record() == consultation(1)).unwrap();
    assert!(row.ours && row.mark == Some(CommandState::Held) && row.command == Some(given.id));
    assert_eq!((during.total, row.item.consultation().unwrap().status.clone()), (before.total, ConsultationStatus::Rejected));
    let pending = seat.detail(1).await.pending;
    let until = pending[0].held_until.unwrap();
    assert_eq!((pending.len(), until.since(seat.status().await.now)), (1, 8_000));
    let undone = seat.desk.undo(Undo { id: None }).await.unwrap();
    assert_eq!((undone.id, undone.act.as_str(), undone.record), (given.id, "consultation.reject", Some(consultation(1))));
    assert_eq!(undone.args["reason"], "Tanggalnya penuh.");
    assert_eq!(seat.waiting().await.rows, before.rows);
    assert_eq!(world.net.count(Op::Commands), 0, "nothing of it left this computer");
    assert_eq!(seat.desk.undo(Undo { id: None }).await.unwrap_err().code, ErrorCode::NotFound);
    // What was taken back can be given again as it was.
    assert_eq!(undone.seen, [consultation(1)]);
    let again = seat.desk.submit(Submit { act: undone.act, args: undone.args, seen: undone.seen }).await.unwrap();
    assert_ne!(again.id, given.id, "another command, with another receipt");
    assert_eq!(seat.waiting().await.rows.iter().filter(|row| row.mark == Some(CommandState::Held)).count(), 1);
}

#[tokio::test]
async fn when_the_hold_ends_it_is_sent_and_acknowledged() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    let id = seat.accept(1).await;
    world.net.clock.sleeper(8_000..=8_000).await;
    world.net.clock.advance(7_999);
    assert_eq!(seat.command(id).await.entry.state, CommandState::Held);
    world.net.clock.advance(1);
    seat.becomes(id, CommandState::Applied).await;
    seat.until("it left the list", async |s| s.waiting().await.total == 2).await;
    assert_eq!(seat.list(InboxView::Accepted).await.total, 1);
    let late = seat.desk.undo(Undo { id: Some(id) }).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::TooLate);
    let list = seat.outbox().await;
    assert_eq!((list.finished_total, list.finished[0].id, list.finished[0].tries), (1, id, 1));
}

#[tokio::test]
async fn hiding_the_window_ends_a_hold_by_sending() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let id = seat.accept(0).await;
    seat.desk.hidden().await;
    seat.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn quitting_ends_a_hold_by_sending() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let id = seat.accept(0).await;
    seat.quit().await;
    assert_eq!(world.net.model().effects.get(&id), Some(&1), "it was sent before the program ended");
}

#[tokio::test]
async fn what_was_held_when_the_program_died_is_named_and_sent_at_the_next_start() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let id = seat.accept(0).await;
    // The program is gone without a word; its files stand as they are.
    let copy = World::new(1, 0);
    for file in world.files() {
        let to = copy.data().join(file.strip_prefix(world.data()).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, &to).unwrap();
    }
    seat.quit().await;
    let again = World { keyring: world.keyring.clone(), ..copy };
    let who = again.net.add(testkit::records::admin(1));
    *again.door.who.lock().unwrap() = Some(who);
    let seat = again.open().await;
    assert_eq!(seat.recovered(false).await.held, [id]);
    seat.becomes(id, CommandState::Applied).await;
}

#[tokio::test]
async fn what_is_written_is_not_held_and_a_hold_can_be_switched_off() {
    let world = World::new(2, 0);
    let seat = world.whole().await;
    let ids = seat.desk.new_ids(NewIds { count: 2 }).await.unwrap().ids;
    let note = json!({ "id": ids[0], "record": consultation(0), "text": "Telepon dulu.", "private": false });
    let given = seat.desk.submit(Submit { act: "note.add".into(), args: note, seen: Vec::new() }).await.unwrap();
    assert_eq!((given.held_ms, given.prediction), (None, Prediction::Applied));
    assert_eq!(seat.detail(0).await.notes.len(), 1);
    seat.becomes(given.id, CommandState::Applied).await;
    seat.until("the server has the note", async |s| !s.detail(0).await.notes[0].ours).await;
    seat.hold(0).await;
    let given = seat.give("consultation.accept", 1, json!({})).await;
    assert_eq!(given.held_ms, None);
    seat.becomes(given.id, CommandState::Applied).await;
    assert_eq!(seat.desk.new_ids(NewIds { count: 17 }).await.unwrap_err().code, ErrorCode::BadCall);
}

#[tokio::test]
async fn what_the_rulebook_refuses_is_not_given() {
    let world = World::new(1, 0);
    let seat = world.whole().await;
    let refused = async |act: &str, args| {
        let error = seat.desk.submit(Submit { act: act.into(), args, seen: vec![consultation(0)] }).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Refused);
        error.refusal.unwrap()
    };
    assert_eq!(refused("consultation.reject", json!({ "id": consultation(0).id, "reason": "x" })).await, "reason_required");
    assert_eq!(refused("consultation.reject", json!({ "id": 7 })).await, "invalid_args");
    assert_eq!(refused("consultation.explode", json!({})).await, "unknown_command");
    let list = seat.outbox().await;
    assert!(list.running.is_empty() && list.decide.is_empty());
    assert_eq!(seat.shown(0).await, ConsultationStatus::Waiting);
}
