//! What this desk does, laid over what the server said, until the server says otherwise.

use domain::{
    id::{DesignId, NoteId},
    record::{AnyRecord, Kind, RecordRef},
    records::ConsultationStatus,
    status::CommandState,
    wire::{Outcome, OutcomeStatus},
};
use mirror::{SentAgain, Settled, Submission, TakenBack, Verdict};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, colleague, command, consultation, id, order, uuid},
};

use crate::world::Desk;

fn accept(n: u64) -> serde_json::Value {
    json!({ "id": consultation(n).id })
}
fn reject(n: u64, reason: &str) -> serde_json::Value {
    json!({ "id": consultation(n).id, "reason": reason })
}

#[tokio::test]
async fn an_act_is_shown_at_once_and_becomes_solid_when_the_feed_brings_it() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[consultation(0)]).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted);
    assert!(desk.is_ours(consultation(0)).await && !desk.is_ours(consultation(1)).await);
    desk.send(&mut server, true).await;
    assert_eq!(desk.state(id).await, CommandState::Applied);
    assert!(desk.is_ours(consultation(0)).await, "an answer alone does not make it the server's: the feed has not brought it");
    desk.read(&server, usize::MAX).await;
    assert!(!desk.is_ours(consultation(0)).await);
    assert_eq!(desk.shown(consultation(0)).await.as_ref(), Some(&*server.held(consultation(0)).unwrap().record));
}

#[tokio::test]
async fn a_lost_answer_comes_by_the_feed() {
    let mut server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[consultation(0)]).await;
    desk.send(&mut server, false).await;
    assert_eq!(desk.state(id).await, CommandState::Sent);
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.state(id).await, CommandState::Applied);
    assert!(!desk.is_ours(consultation(0)).await);
}

#[tokio::test]
async fn the_same_bytes_go_out_every_time() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[consultation(0)]).await;
    let first = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert_eq!((first.ids.as_slice(), first.first.as_slice()), ([id].as_slice(), [id].as_slice()));
    desk.restart().await;
    let second = desk.cabinet.next_batch(100, None, NOW.plus(5_000)).await.unwrap().unwrap();
    assert_eq!(first.body, second.body);
    assert!(second.first.is_empty(), "it may have left: it cannot be undone any more");
    assert_eq!(desk.cabinet.command(id, NOW).await.unwrap().unwrap().entry.tries, 2);
}

#[tokio::test]
async fn a_refusal_goes_back_to_what_the_server_says_and_keeps_what_was_typed() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let first = desk.act("consultation.reject", reject(0, "Jadwal penuh sampai Desember"), &[consultation(0)]).await;
    let other = desk.act("consultation.accept", accept(1), &[consultation(1)]).await;
    server.act(&colleague(), 1, "consultation.accept", accept(0));
    let outcomes = desk.send(&mut server, true).await;
    assert_eq!(outcomes[0].status, OutcomeStatus::Refused);
    assert_eq!(desk.state(first).await, CommandState::Conflict, "somebody else changed what was seen");
    assert_eq!(desk.state(other).await, CommandState::Applied, "strangers never wait");
    assert_eq!(desk.status(0).await, ConsultationStatus::Waiting, "rolled back to what is here");
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted);
    let entry = desk.cabinet.command(first, NOW).await.unwrap().unwrap().entry;
    assert_eq!(entry.args["reason"], "Jadwal penuh sampai Desember");
    let saw: domain::records::Consultation = serde_json::from_str(entry.saw[0].body.get()).unwrap();
    assert_eq!(saw.status, ConsultationStatus::Waiting, "how it looked when the person pressed");
}

#[tokio::test]
async fn what_builds_on_a_refused_act_is_blocked_and_follows_it_when_it_is_sent_again() {
    let mut server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let claim = desk.act("item.claim", json!({ "record": consultation(0) }), &[consultation(0)]).await;
    let note = id::<NoteId>(5_001);
    let add = json!({ "id": note, "record": consultation(0), "text": "Sudah ditelepon" });
    let noted = desk.act("note.add", add, &[consultation(0)]).await;
    let entry = desk.cabinet.command(noted, NOW).await.unwrap().unwrap().entry;
    assert_eq!(entry.after, [claim], "it builds on the claim, which wrote what it read");
    assert!(desk.shown(RecordRef::new(Kind::Note, note)).await.is_some());
    // A colleague holds the request: the claim is refused, the note blocked although nothing is wrong with it.
    server.act(&colleague(), 1, "item.claim", json!({ "record": consultation(0) }));
    desk.send(&mut server, true).await;
    assert_eq!((desk.state(claim).await, desk.state(noted).await), (CommandState::Conflict, CommandState::Blocked));
    assert!(desk.shown(RecordRef::new(Kind::Note, note)).await.is_none(), "what is blocked is not laid on top");
    desk.read(&server, usize::MAX).await;
    server.act(&colleague(), 2, "item.release", json!({ "record": consultation(0) }));
    desk.read(&server, usize::MAX).await;
    let mut n = 100;
    let mut ids = || {
        n += 1;
        command(n)
    };
    let again = desk.cabinet.send_again(claim, json!({ "record": consultation(0) }), &mut ids, NOW).await.unwrap();
    assert!(matches!(again, SentAgain::Done(_)), "{again:?}");
    assert_eq!((desk.state(claim).await, desk.state(noted).await), (CommandState::Settled, CommandState::Settled));
    let follower = desk.cabinet.command(command(102), NOW).await.unwrap().unwrap().entry;
    assert_eq!((follower.name.as_str(), follower.after.as_slice()), ("note.add", [command(101)].as_slice()));
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    assert!(server.held(RecordRef::new(Kind::Note, note)).is_some() && !desk.is_ours(RecordRef::new(Kind::Note, note)).await);
}

#[tokio::test]
async fn an_act_that_empties_a_lookup_is_built_upon_by_one_that_found_it_empty() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let cancel = desk.act("consultation.cancel", json!({ "id": consultation(0).id, "reason": "Diminta klien" }), &[]).await;
    let new = consultation(77);
    let ask = json!({ "id": new.id, "client_id": client(0).id, "requested_date": "2026-11-27" });
    let asked = desk.act("consultation.request", ask, &[]).await;
    let entry = desk.cabinet.command(asked, NOW).await.unwrap().unwrap().entry;
    assert_eq!(entry.after, [cancel], "«there is no waiting request» is the cancellation's doing");
    assert!(entry.makes.contains(&new));
}

#[tokio::test]
async fn the_rulebook_refuses_before_anything_is_kept() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.accept", accept(0), &[]).await;
    let (id, second) = desk.try_act("consultation.reject", reject(0, "Penuh"), &[], None).await;
    let Submission::Refused(refusal) = second else { panic!("{second:?}") };
    assert_eq!(refusal.code.wire(), "not_waiting");
    assert!(desk.cabinet.command(id, NOW).await.unwrap().is_none());
    let (_, bad) = desk.try_act("consultation.reject", json!({}), &[], None).await;
    assert!(matches!(bad, Submission::Refused(r) if r.code.wire() == "invalid_args"));
}

#[tokio::test]
async fn what_cannot_be_known_here_is_left_to_the_server() {
    let mut server = Model::with(3, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    // The walk has not come: whether this client has a waiting request is known, the client of another is not.
    let stranger = client(900);
    let ask = json!({ "id": consultation(78).id, "client_id": stranger.id, "requested_date": "2026-11-27" });
    let (id, taken) = desk.try_act("consultation.request", ask, &[], None).await;
    assert!(matches!(taken, Submission::Taken(t) if t.verdict == Verdict::ServerDecides));
    assert!(desk.shown(consultation(78)).await.is_none(), "nothing is promised");
    let pending = desk.cabinet.command(id, NOW).await.unwrap().unwrap();
    assert!(!pending.will_be_refused, "and nothing is foretold before everything is here");
    desk.walk_on(&server, usize::MAX).await;
    assert!(desk.cabinet.command(id, NOW).await.unwrap().unwrap().will_be_refused, "now it is known that there is no such client");
    let outcome = desk.send(&mut server, true).await;
    assert_eq!(outcome[0].code.as_ref().map(domain::decision::Code::wire), Some("not_found"), "it is still sent: the server decides");
}

#[tokio::test]
async fn acts_about_what_is_not_here_go_one_after_the_other() {
    let server = Model::with(3, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    // The walk has not come: of this order nothing is known, and what the first act does to it neither.
    let version = |n: u64, sha: &str| {
        json!({ "id": DesignId::from_uuid(uuid(7_000 + n)), "order_id": order(77).id, "sha256": sha.repeat(64), "size": 1_000,
            "media_type": "application/pdf", "name": format!("desain-{n}.pdf") })
    };
    let (first, _) = desk.try_act("design.upload", version(1, "a"), &[], Some(8_000)).await;
    let (second, _) = desk.try_act("design.upload", version(2, "b"), &[], None).await;
    let (third, _) = desk.try_act("consultation.accept", accept(0), &[], None).await;
    let pending = desk.cabinet.command(second, NOW).await.unwrap().unwrap();
    assert_eq!(pending.entry.after, [first], "versions are numbered as they were given");
    let sendable = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert_eq!(sendable.ids, [third], "strangers do not wait for what is held");
}

#[tokio::test]
async fn a_new_record_of_this_desk_is_known_to_be_nowhere_else() {
    let server = Model::with(1, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let new = client(901);
    desk.cabinet.expect(&[new.id], NOW).await.unwrap();
    desk.act("client.create", json!({ "id": new.id, "name": "Dewi Lestari" }), &[]).await;
    assert!(desk.shown(new).await.is_some(), "shown although the walk has not ended");
    desk.restart().await;
    assert!(desk.shown(new).await.is_some(), "and still after a restart: the outbox knows what it makes");
}

#[tokio::test]
async fn an_act_can_be_taken_back_until_it_may_have_left() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let first = desk.act("consultation.accept", accept(0), &[]).await;
    let (held, _) = desk.try_act("consultation.reject", reject(1, "Penuh"), &[], Some(8_000)).await;
    assert_eq!(desk.state(held).await, CommandState::Held);
    let TakenBack::Done(entry, _) = desk.cabinet.take_back(None, NOW).await.unwrap() else { panic!("the newest can be taken back") };
    assert_eq!((entry.id, &entry.args["reason"]), (held, &json!("Penuh")));
    assert_eq!(desk.status(1).await, ConsultationStatus::Waiting);
    let batch = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert!(matches!(desk.cabinet.take_back(Some(first), NOW).await.unwrap(), TakenBack::TooLate));
    desk.cabinet.unsent(&batch.first, NOW).await.unwrap();
    assert!(matches!(desk.cabinet.take_back(Some(first), NOW).await.unwrap(), TakenBack::Done(..)), "it surely did not leave");
    assert!(matches!(desk.cabinet.take_back(Some(first), NOW).await.unwrap(), TakenBack::NotFound));
    assert!(desk.send(&mut server, true).await.is_empty());
}

#[tokio::test]
async fn what_the_feed_has_said_of_a_command_is_not_unsaid_by_its_request() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[]).await;
    let batch = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    // A copy of an earlier request had come through after all, and this one is told not to have left.
    desk.cabinet.answered(&[Outcome::applied(id, 900)], NOW).await.unwrap();
    desk.cabinet.unsent(&batch.first, NOW).await.unwrap();
    assert_eq!(desk.state(id).await, CommandState::Applied);
}

#[tokio::test]
async fn nothing_is_taken_back_from_under_what_builds_on_it() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let claim = desk.act("item.claim", json!({ "record": consultation(0) }), &[]).await;
    let accepted = desk.act("consultation.accept", accept(0), &[]).await;
    assert!(matches!(desk.cabinet.take_back(Some(claim), NOW).await.unwrap(), TakenBack::TooLate));
    let TakenBack::Done(entry, _) = desk.cabinet.take_back(None, NOW).await.unwrap() else { panic!("the newest goes") };
    assert_eq!(entry.id, accepted);
    assert!(matches!(desk.cabinet.take_back(None, NOW).await.unwrap(), TakenBack::Done(e, _) if e.id == claim));
}

#[tokio::test]
async fn a_hold_ends_by_sending() {
    let server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let (held, _) = desk.try_act("consultation.accept", accept(0), &[], Some(8_000)).await;
    let after = desk.act("note.add", json!({ "id": id::<NoteId>(5_002), "record": consultation(0), "text": "Oke" }), &[]).await;
    let stranger = desk.act("item.claim", json!({ "record": consultation(1) }), &[]).await;
    let batch = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert_eq!(batch.ids, [stranger], "what is held stays, and what builds on it; strangers go");
    assert_eq!(desk.cabinet.next_hold(NOW).await.unwrap(), Some(8_000));
    assert!(desk.cabinet.release_holds(Some(7_999), NOW).await.unwrap().commands.is_empty());
    assert_eq!(desk.cabinet.release_holds(Some(8_000), NOW).await.unwrap().commands, [held]);
    let batch = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert_eq!(batch.ids, [held, after, stranger], "what was sent and not answered goes again");
    let (late, _) = desk.try_act("consultation.accept", accept(2), &[], Some(99_000)).await;
    let opened = desk.restart().await;
    assert_eq!(opened.recovered, [late], "a crash lets go as well, and says so");
    assert_eq!(desk.state(late).await, CommandState::Queued);
}

#[tokio::test]
async fn a_person_settles_what_needs_a_decision() {
    let mut server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[]).await;
    assert!(!desk.cabinet.settle(id, Settled::Discarded, NOW).await.unwrap(), "it needs no decision yet");
    server.act(&colleague(), 1, "consultation.reject", reject(0, "Penuh"));
    desk.send(&mut server, true).await;
    assert!(desk.cabinet.settle(id, Settled::Handled, NOW).await.unwrap());
    let lists = desk.cabinet.outbox(10, domain::time::Zone::Wib, NOW).await.unwrap();
    assert!(lists.decide.is_empty() && lists.running.is_empty());
    assert_eq!(lists.finished.iter().map(|e| (e.id, e.settled)).collect::<Vec<_>>(), [(id, Some(Settled::Handled))]);
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.state(id).await, CommandState::Settled, "the feed's late word changes nothing about the decision");
}

#[tokio::test]
async fn large_batches_are_cut_and_single_giants_go_alone() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let text = "x".repeat(2_000);
    for n in 0..300 {
        let add = json!({ "id": id::<NoteId>(6_000 + n), "record": consultation(0), "text": text });
        desk.act("note.add", add, &[]).await;
    }
    let batch = desk.cabinet.next_batch(100, None, NOW).await.unwrap().unwrap();
    assert_eq!(batch.ids.len(), 100);
    let alone = desk.cabinet.next_batch(100, Some(&batch.ids[3..4]), NOW).await.unwrap().unwrap();
    assert_eq!(alone.ids, batch.ids[3..4], "when a batch is split, single commands are asked for");
    let shown = desk.shown(RecordRef::new(Kind::Note, id::<NoteId>(6_299))).await;
    assert!(matches!(shown, Some(AnyRecord::Note(_))));
}
