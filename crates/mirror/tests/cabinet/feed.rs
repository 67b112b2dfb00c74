//! Pages, live events, the walk, resets and the check.

use domain::{
    record::{AnyRecord, Kind, RecordRef},
    records::ConsultationStatus,
    status::CommandState,
    wire::{KnownAnswer, Line, check_term},
};
use mirror::{Chunk, Place, Tally};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, colleague, consultation, uuid},
};

use crate::world::{Desk, admin, chunk};

fn accept(n: u64) -> serde_json::Value {
    json!({ "id": consultation(n).id })
}

async fn is_the_server(desk: &Desk, server: &Model) {
    let visible = server.visible(&admin());
    for (name, held) in &visible {
        assert_eq!(desk.shown(*name).await.as_ref(), Some(&*held.record), "{name} as the server has it");
    }
    let mut tally = Tally::default();
    for (name, held) in &visible {
        tally.count += 1;
        tally.sum = tally.sum.wrapping_add(check_term(name.kind.wire(), name.id, held.rev));
    }
    let right = desk.cabinet.check(tally, &desk.live.to_string(), NOW).await.unwrap();
    assert_eq!(right, Some(true), "count and sum say that nothing is missing and nothing too much");
}

#[tokio::test]
async fn work_comes_first_and_is_enough_to_work_with() {
    let mut server = Model::with(3, 0);
    server.act(&colleague(), 1, "consultation.accept", accept(2));
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    assert!(desk.shown(consultation(0)).await.is_some() && desk.shown(client(0)).await.is_some());
    assert!(desk.shown(consultation(2)).await.is_none(), "what is answered comes with the walk");
    desk.act("consultation.accept", accept(0), &[]).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted);
    desk.walk_on(&server, usize::MAX).await;
    assert!(desk.shown(consultation(2)).await.is_some());
}

#[tokio::test]
async fn from_the_head_alone_everything_comes_with_the_walk_and_nothing_is_said_not_to_be_there() {
    let mut server = Model::with(3, 4);
    let mut desk = Desk::new().await;
    let left = server.open(&admin());
    desk.cabinet.apply(chunk(&left), Place::Opening, NOW).await.unwrap();
    server.lose(consultation(0));
    desk.head(&server).await;
    assert!(desk.shown(consultation(0)).await.is_none(), "what an answer that was cut off has left goes with this beginning too");
    let asks = json!({ "id": consultation(50).id, "client_id": client(1).id, "source": "phone", "requested_date": "2026-11-27" });
    desk.cabinet.expect(&[consultation(50).id], NOW).await.unwrap();
    let id = desk.act("consultation.request", asks, &[]).await;
    let verdict = desk.cabinet.command(id, NOW).await.unwrap().expect("it was taken");
    assert_eq!(verdict.entry.state, CommandState::Queued);
    assert!(desk.shown(consultation(50)).await.is_none(), "whether this client waits already is not known here yet: the server decides");
    desk.walk_on(&server, 3).await;
    desk.walk_on(&server, usize::MAX).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    is_the_server(&desk, &server).await;
}

#[tokio::test]
async fn what_a_beginning_left_that_was_cut_off_is_shown_and_goes_with_the_next() {
    let mut server = Model::with(4, 2);
    let mut desk = Desk::new().await;
    let open = server.open(&admin());
    desk.cabinet.apply(chunk(&open), Place::Opening, NOW).await.unwrap();
    desk.act("consultation.accept", accept(1), &[consultation(1)]).await;
    assert!(desk.shown(consultation(0)).await.is_some(), "it is shown as it comes");
    desk.restart().await;
    assert!(desk.shown(consultation(0)).await.is_some() && desk.is_ours(consultation(1)).await);
    assert_eq!(desk.cabinet.stand().await.unwrap().live, None, "and counts for nothing");
    server.lose(consultation(0));
    server.lose(client(0));
    let open = server.open(&admin());
    let (first, rest) = open.split_at(3);
    let applied = desk.cabinet.apply(chunk(first), Place::Opening, NOW).await.unwrap();
    assert!(applied.any && applied.changed.is_empty(), "whoever shows a list reads it again");
    assert!(desk.shown(consultation(0)).await.is_none(), "no line says that it is gone");
    let place = Place::Work { cursor: server.head.to_string(), seq: server.head };
    desk.cabinet.apply(Chunk { continues: true, ..chunk(rest) }, place, NOW).await.unwrap();
    (desk.live, desk.walk) = (server.head, Some(server.head));
    assert_eq!(desk.status(1).await, ConsultationStatus::Accepted, "what was done meanwhile is laid on top again");
    desk.walk_on(&server, usize::MAX).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    is_the_server(&desk, &server).await;
}

#[tokio::test]
async fn walk_and_live_feed_meet_in_one_whole() {
    let mut server = Model::with(8, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    for n in 0..8 {
        server.act(&colleague(), n, "consultation.accept", accept(n));
        if n % 3 == 0 {
            server.lose(client(n));
        }
        desk.walk_on(&server, 3).await;
        desk.read(&server, 2).await;
    }
    desk.walk_on(&server, usize::MAX).await;
    desk.read(&server, usize::MAX).await;
    is_the_server(&desk, &server).await;
    assert!(desk.shown(client(3)).await.is_none());
}

#[tokio::test]
async fn a_page_of_the_walk_does_not_bring_back_what_was_lost_meanwhile() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let stale = server.below(&admin(), server.head);
    server.lose(consultation(1));
    desk.read(&server, usize::MAX).await;
    desk.restart().await;
    desk.cabinet.apply(chunk(&stale), Place::Down { from: desk.walk.unwrap().to_string(), cursor: None }, NOW).await.unwrap();
    assert!(desk.shown(consultation(1)).await.is_none());
    is_the_server(&desk, &server).await;
}

/// Parts of the walk share a transaction. Where that failed with what others wrote into it, the walk goes on from where it stands in
/// the file, and whatever was read behind that is read again: otherwise a hole would count as walked.
#[tokio::test]
async fn a_part_of_the_walk_that_goes_on_elsewhere_is_passed_over() {
    let server = Model::with(2, 6);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let all = server.below(&admin(), server.head);
    let place = Place::Down { from: "elsewhere".into(), cursor: None };
    let applied = desk.cabinet.apply(chunk(&all[3..]), place, NOW).await.unwrap();
    assert!(applied.passed_over && !applied.any);
    let stand = desk.cabinet.stand().await.unwrap();
    assert_eq!((stand.walked, stand.walk), (false, Some(server.head.to_string())));
    desk.walk_on(&server, usize::MAX).await;
    is_the_server(&desk, &server).await;
}

#[tokio::test]
async fn an_older_word_never_replaces_a_newer_one() {
    let mut server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let old = server.below(&admin(), server.head);
    server.act(&colleague(), 1, "consultation.accept", accept(0));
    desk.read(&server, usize::MAX).await;
    let place = Place::Up { cursor: desk.live.to_string(), whole: Some(desk.live) };
    desk.cabinet.apply(chunk(&old), place, NOW).await.unwrap();
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted);
}

#[tokio::test]
async fn kinds_and_fields_of_a_newer_server_are_kept_byte_for_byte() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let id = uuid(4_444);
    let body = r#"{"b": 1,   "a":[2, {"x":null}]}"#;
    let line = format!(r#"{{"put":{{"kind":"voucher","id":"{id}","rev":3,"seq":{},"body":{body}}}}}"#, server.head + 1);
    let mut foreign = Chunk::default();
    foreign.take(serde_json::from_str::<Line<'_>>(&line).unwrap());
    desk.live = server.head + 1;
    let place = Place::Up { cursor: desk.live.to_string(), whole: Some(desk.live) };
    desk.cabinet.apply(foreign, place, NOW).await.unwrap();
    desk.restart().await;
    let mut tally = Tally { count: 1, sum: check_term("voucher", domain::id::RecordId::from_uuid(id), 3) };
    for (name, held) in server.visible(&admin()) {
        tally.count += 1;
        tally.sum = tally.sum.wrapping_add(check_term(name.kind.wire(), name.id, held.rev));
    }
    assert_eq!(desk.cabinet.check(tally, &desk.live.to_string(), NOW).await.unwrap(), Some(true));
}

#[tokio::test]
async fn a_body_this_program_cannot_read_is_kept_and_breaks_nothing() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let line =
        format!(r#"{{"put":{{"kind":"client","id":"{}","rev":9,"seq":{},"body":{{"name":["changed"]}}}}}}"#, client(0).id, server.head + 1);
    let mut odd = Chunk::default();
    odd.take(serde_json::from_str::<Line<'_>>(&line).unwrap());
    let place = Place::Up { cursor: "x".into(), whole: Some(server.head + 1) };
    desk.cabinet.apply(odd, place, NOW).await.unwrap();
    let error = desk.cabinet.record(client(0), NOW).await.unwrap_err();
    assert!(error.to_string().contains("record.body"), "named, not skipped: {error}");
    assert!(desk.shown(consultation(0)).await.is_some());
    let (_, asked) = desk.try_act("client.edit", json!({ "id": client(0).id, "name": "Nama Lain" }), &[], None).await;
    assert!(matches!(asked, mirror::Submission::Refused(_) | mirror::Submission::Taken(_)), "no panic");
}

#[tokio::test]
async fn what_others_do_meets_what_waits_here() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let id = desk.act("consultation.accept", accept(0), &[consultation(0)]).await;
    server.act(&colleague(), 1, "consultation.reject", json!({ "id": consultation(0).id, "reason": "Penuh" }));
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Rejected, "what can no longer be done is not shown as done");
    let pending = desk.cabinet.command(id, NOW).await.unwrap().unwrap();
    assert!(pending.will_be_refused && pending.entry.state == CommandState::Queued, "«akan ditolak», and still to be sent");
    desk.send(&mut server, true).await;
    assert_eq!(desk.state(id).await, CommandState::Conflict);
}

#[tokio::test]
async fn newcomers_are_named_once_and_only_above_the_first_head() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    server.request(5);
    server.act(&colleague(), 1, "item.claim", json!({ "record": consultation(1) }));
    let applied = desk.read(&server, usize::MAX).await;
    let names: Vec<RecordRef> = applied.fresh.iter().map(|r| r.reference()).filter(|r| r.kind == Kind::Consultation).collect();
    assert_eq!(names, [consultation(5)], "a claim makes no newcomer, and the walk brings none");
    desk.walk_on(&server, usize::MAX).await;
    server.act(&colleague(), 2, "item.claim", json!({ "record": consultation(5) }));
    assert!(desk.read(&server, usize::MAX).await.fresh.is_empty());
}

#[tokio::test]
async fn a_reset_builds_beside_and_keeps_the_outbox() {
    let mut server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let applied = desk.act("consultation.accept", accept(0), &[]).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let queued = desk.act("consultation.accept", accept(1), &[]).await;
    // The server was restored from a backup of yesterday: it does not know of the acceptance.
    let mut restored = Model::with(3, 0);
    restored.head += 100;
    desk.cabinet.begin_anew(false, NOW).await.unwrap();
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted, "the old mirror stays until the new one has the open records");
    assert_eq!(desk.cabinet.stand().await.unwrap().live, None, "and the feed begins anew");
    let ask = desk.cabinet.to_ask(NOW).await.unwrap();
    assert_eq!(ask, [applied], "only what was tried can be known");
    let known = desk.cabinet.known(&KnownAnswer { outcomes: Vec::new(), unknown: ask }, NOW).await.unwrap();
    assert_eq!(known.forgotten, [applied]);
    desk.work(&restored).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Waiting, "what stands now, whatever the other history said");
    assert_eq!((desk.state(applied).await, desk.state(queued).await), (CommandState::Unknown, CommandState::Queued));
    assert_eq!(desk.status(1).await, ConsultationStatus::Accepted, "what waits is laid over the new one");
    desk.walk_on(&restored, usize::MAX).await;
    desk.restart().await;
    assert_eq!(desk.status(1).await, ConsultationStatus::Accepted);
    assert_eq!(desk.state(applied).await, CommandState::Unknown);
}

#[tokio::test]
async fn a_change_of_rights_drops_the_old_mirror_at_once() {
    let server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let act = desk.act("consultation.accept", accept(1), &[]).await;
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    assert!(desk.shown(consultation(0)).await.is_none() && desk.shown(client(0)).await.is_none());
    assert_eq!(desk.state(act).await, CommandState::Queued, "the outbox is nobody's to clear");
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    is_the_server_but_for_ours(&desk, &server).await;
}

async fn is_the_server_but_for_ours(desk: &Desk, server: &Model) {
    for (name, held) in server.visible(&admin()) {
        if !desk.is_ours(name).await {
            assert_eq!(desk.shown(name).await.as_ref(), Some(&*held.record));
        }
    }
}

#[tokio::test]
async fn the_check_finds_a_missing_record_and_overlays_do_not_count() {
    let mut server = Model::with(4, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.accept", accept(0), &[]).await;
    desk.act("client.create", json!({ "id": client(50).id, "name": "Dewi Lestari" }), &[]).await;
    is_the_server_but_for_ours(&desk, &server).await;
    let mut tally = Tally::default();
    for (name, held) in server.visible(&admin()) {
        tally.count += 1;
        tally.sum = tally.sum.wrapping_add(check_term(name.kind.wire(), name.id, held.rev));
    }
    let at = desk.live.to_string();
    assert_eq!(desk.cabinet.check(tally, &at, NOW).await.unwrap(), Some(true), "what is ours alone is not counted");
    let wrong = Tally { count: tally.count, sum: tally.sum ^ 1 };
    assert_eq!(desk.cabinet.check(wrong, &at, NOW).await.unwrap(), Some(false));
    assert_eq!(desk.cabinet.check(tally, "elsewhere", NOW).await.unwrap(), None, "only at the same place");
    assert!(desk.cabinet.stand().await.unwrap().checked_at.is_some());
    server.request(9);
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.cabinet.check(tally, &desk.live.to_string(), NOW).await.unwrap(), Some(false));
}

#[tokio::test]
async fn an_answer_of_the_other_history_is_never_laid_on_top() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.accept", accept(0), &[]).await;
    server.head += 1_000;
    desk.send(&mut server, true).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Accepted, "applied above the whole position: still laid on top");
    let restored = Model::with(2, 0);
    desk.cabinet.begin_anew(false, NOW).await.unwrap();
    desk.work(&restored).await;
    assert_eq!(desk.status(0).await, ConsultationStatus::Waiting, "its number means nothing here");
}

#[tokio::test]
async fn a_role_that_was_taken_away_takes_its_acts_off() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("consultation.accept", accept(0), &[]).await;
    let mut lesser = admin();
    lesser.roles = vec![domain::role::Role::Cs];
    desk.cabinet.set_actor(lesser, NOW).await.unwrap();
    assert_eq!(desk.status(0).await, ConsultationStatus::Waiting);
    assert!(matches!(desk.shown(consultation(0)).await, Some(AnyRecord::Consultation(_))));
}
