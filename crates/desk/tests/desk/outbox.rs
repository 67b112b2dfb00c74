//! What the server refuses comes back to the person, with what they typed.

use bridge::{ErrorCode, Settle, SettleHow, VerdictState};
use domain::{records::ConsultationStatus, status::CommandState};
use serde_json::json;
use testkit::records::consultation;

use crate::world::{Seat, World, other_accepts};

const REASON: &str = "Tanggalnya penuh untuk semua ahli.";

/// A reject that was given without a network while a colleague accepted.
async fn overtaken(world: &World) -> (Seat, domain::id::CommandId) {
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let id = seat.reject(1, REASON).await;
    other_accepts(&world.net, 1);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    (seat, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_shows_what_was_seen_and_what_stands() {
    let world = World::new(3, 0);
    let (seat, id) = overtaken(&world).await;
    seat.becomes(id, CommandState::Conflict).await;
    seat.until("the server's answer is shown", async |s| s.shown(1).await == ConsultationStatus::Accepted).await;
    let whole = seat.command(id).await;
    assert_eq!((whole.code.as_deref(), whole.entry.args["reason"].as_str()), (Some("not_waiting"), Some(REASON)));
    assert!(whole.message.is_some() && whole.rule.is_some());
    assert_eq!(whole.entry.title, "Klien Ab");
    let (seen, current) = (whole.seen.unwrap(), whole.current.unwrap());
    assert_eq!(
        (seen.consultation().unwrap().status.clone(), current.consultation().unwrap().status.clone()),
        (ConsultationStatus::Waiting, ConsultationStatus::Accepted)
    );
    assert!(current.rev > seen.rev && current.consultation().unwrap().decided_by.is_some(), "who decided what, and when");
    assert!(matches!(whole.again, Some(VerdictState::Refused { .. })), "what giving it again would bring");
    assert!(!whole.can_undo);
    let file = seat.desk.evidence(bridge::Evidence { id }).await.unwrap();
    let written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file.path).unwrap()).unwrap();
    assert_eq!(written["command"], serde_json::to_value(seat.command(id).await).unwrap(), "what is written out is what is shown");
    assert_eq!((&written["written_by"]["name"], &written["command"]["entry"]["args"]["reason"]), (&json!("Dewi Lestari"), &json!(REASON)));
    assert_eq!(seat.desk.evidence(bridge::Evidence { id: testkit::records::command(99) }).await.unwrap_err().code, ErrorCode::NotFound);
    let status = seat.status().await;
    assert_eq!((status.queued, status.refused, status.conflicts), (0, 0, 1));
    let row = seat.list(bridge::InboxView::Accepted).await.rows.remove(0);
    assert_eq!((row.mark, row.command, row.ours), (Some(CommandState::Conflict), Some(id), false));
}

#[tokio::test]
async fn it_stays_until_it_is_handled_or_discarded() {
    for how in [SettleHow::Handled, SettleHow::Discard] {
        let world = World::new(3, 0);
        let (seat, id) = overtaken(&world).await;
        seat.becomes(id, CommandState::Conflict).await;
        seat.quit().await;
        let seat = world.open().await;
        seat.start().await;
        let list = seat.outbox().await;
        assert_eq!(list.decide.iter().map(|e| (e.id, e.args["reason"].as_str())).collect::<Vec<_>>(), [(id, Some(REASON))]);
        seat.desk.settle(Settle { id, how: how.clone() }).await.unwrap();
        assert!(seat.outbox().await.decide.is_empty());
        assert_eq!(seat.command(id).await.entry.state, CommandState::Settled, "the file keeps it");
        assert_eq!(seat.desk.settle(Settle { id, how }).await.unwrap_err().code, ErrorCode::TooLate);
    }
}

#[tokio::test]
async fn what_was_typed_can_be_edited_and_sent_as_a_new_command() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    // A colleague holds it while this one answers, unaware.
    let id = seat.reject(1, REASON).await;
    let hold = testkit::records::command(6_000_001);
    world.net.serve(|model| {
        let args = json!({ "record": consultation(1) });
        let made_at = Some(model.now);
        let envelope = domain::wire::Envelope { id: hold, v: 1, name: "item.claim".into(), args, made_at, after: vec![], seen: vec![] };
        model.give(&testkit::records::colleague(), &envelope)
    });
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(id, CommandState::Conflict).await;
    assert_eq!(seat.command(id).await.code.as_deref(), Some("claimed_by_other"));
    seat.until("the claim is shown", async |s| s.detail(1).await.consultation.claim.is_some()).await;
    let args = |reason: &str| json!({ "id": consultation(1).id, "reason": reason });
    let again = |reason: &str| Settle { id, how: SettleHow::SendAgain { args: args(reason) } };
    let refused = seat.desk.settle(again("Sudah penuh.")).await.unwrap_err();
    assert_eq!((refused.code, refused.refusal.as_deref()), (ErrorCode::Refused, Some("claimed_by_other")));
    assert_eq!(seat.command(id).await.entry.args["reason"], REASON, "a refusal here leaves it as it was");
    // The claim runs out.
    world.net.clock.advance(15 * 60_000);
    seat.desk.settle(again("Sudah penuh.")).await.unwrap();
    seat.until("the new command is done", async |s| {
        s.shown(1).await == ConsultationStatus::Rejected && s.outbox().await.running.is_empty()
    })
    .await;
    assert_eq!(seat.command(id).await.entry.state, CommandState::Settled);
    let list = seat.outbox().await;
    let new = list.finished.iter().find(|e| e.id != id).unwrap();
    assert_eq!((new.state, new.args["reason"].as_str()), (CommandState::Applied, Some("Sudah penuh.")));
    assert_ne!(new.receipt, id.receipt());
}

#[tokio::test]
async fn what_builds_on_a_refused_command_is_blocked_and_names_its_cause() {
    let world = World::new(3, 0);
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let claim = json!({ "record": consultation(1) });
    let first = seat.desk.submit(bridge::Submit { act: "item.claim".into(), args: claim, seen: vec![consultation(1)] }).await.unwrap().id;
    let second = seat.reject(1, REASON).await;
    other_accepts(&world.net, 1);
    let cancelled = testkit::records::command(6_000_002);
    world.net.serve(|model| {
        let args = json!({ "id": consultation(1).id, "reason": "Klien meminta." });
        let made_at = Some(model.now);
        let envelope =
            domain::wire::Envelope { id: cancelled, v: 1, name: "consultation.cancel".into(), args, made_at, after: vec![], seen: vec![] };
        model.give(&testkit::records::colleague(), &envelope)
    });
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.becomes(first, CommandState::Conflict).await;
    seat.becomes(second, CommandState::Blocked).await;
    let whole = seat.command(second).await;
    assert_eq!(whole.waits_for.map(|e| e.id), Some(first));
    assert_eq!(whole.entry.args["reason"], REASON);
    assert_eq!(
        seat.desk.outbox_detail(bridge::OutboxDetail { id: testkit::records::command(1) }).await.unwrap_err().code,
        ErrorCode::NotFound
    );
}
