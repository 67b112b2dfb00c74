//! The desk inside the window keeps the promises that screens rely on.

use bridge::{Detail, Inbox, InboxFilter, OutboxList, Submit, Undo, VerdictState};
use domain::{
    id::ConsultationId,
    record::{Kind, RecordRef},
    records::ConsultationStatus,
    status::CommandState,
};
use serde_json::json;

use super::{
    desk::Desk,
    sample::{BEGIN, id},
    situation::Situation,
};

fn desk(address: &str) -> Desk {
    let pairs: Vec<(&str, &str)> = address.split('&').filter_map(|pair| pair.split_once('=')).collect();
    Desk::new(Situation::read(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())))
}
fn request(n: u32) -> RecordRef {
    RecordRef::new(Kind::Consultation, id(4, n))
}
fn accept(desk: &mut Desk, n: u32) -> bridge::Submitted {
    let args = json!({ "id": ConsultationId::from(id(4, n)) });
    desk.submit(&Submit { act: "consultation.accept".into(), args, seen: vec![request(n)] }).unwrap()
}
fn rows(desk: &mut Desk, shown: Option<u64>) -> bridge::InboxReply {
    desk.inbox(&Inbox { filter: InboxFilter::default(), offset: 0, limit: 200, around: None, shown }).unwrap()
}

#[test]
fn the_morning_has_every_group_and_every_request_is_read_back() {
    let mut desk = desk("");
    let reply = rows(&mut desk, None);
    assert_eq!(reply.groups.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2, 7, 3]);
    assert_eq!(reply.total, 12);
    for row in &reply.rows {
        let record = row.item.record();
        assert_eq!(Some(&desk.detail(&Detail { record }).unwrap().consultation), row.item.consultation());
    }
}

#[test]
fn a_held_act_keeps_its_row_in_place_and_undoing_it_leaves_no_trace() {
    let mut desk = desk("hold=8");
    let before = rows(&mut desk, None);
    let held = accept(&mut desk, 2);
    assert_eq!(held.held_ms, Some(8_000));
    let during = rows(&mut desk, None);
    let place = |reply: &bridge::InboxReply| reply.rows.iter().position(|r| r.item.record().id == id(4, 2));
    assert_eq!((place(&before), during.total), (place(&during), before.total));
    let row = &during.rows[place(&during).unwrap()];
    assert!(row.ours && row.mark == Some(CommandState::Held) && row.item.consultation().unwrap().status == ConsultationStatus::Accepted);
    desk.undo(&Undo { id: None }).unwrap();
    assert_eq!(rows(&mut desk, None).rows, before.rows);
}

#[test]
fn when_the_hold_ends_it_is_sent_and_acknowledged() {
    let mut desk = desk("hold=8");
    accept(&mut desk, 2);
    for ms in [8_100, 8_200, 8_700] {
        desk.pass_time(BEGIN.plus(ms));
    }
    assert_eq!(rows(&mut desk, None).total, 11);
    let list = desk.outbox_list(&OutboxList { finished: 10 }).unwrap();
    assert_eq!(list.finished.iter().map(|e| e.state).collect::<Vec<_>>(), [CommandState::Applied]);
}

#[test]
fn what_comes_later_is_left_out_until_it_is_let_in() {
    let mut desk = desk("arrivals=1000");
    let shown = rows(&mut desk, None);
    desk.pass_time(BEGIN.plus(1_500));
    let kept = rows(&mut desk, Some(shown.version));
    assert_eq!((kept.total, kept.newer), (shown.total, 3));
    assert_eq!(rows(&mut desk, None).total, shown.total + 3);
}

#[test]
fn two_who_decide_at_once_end_in_a_conflict_that_shows_both_sides() {
    let mut desk = desk("race=1&hold=0");
    let args = json!({ "id": ConsultationId::from(id(4, 2)), "reason": "Tanggalnya penuh." });
    let given = desk.submit(&Submit { act: "consultation.reject".into(), args, seen: vec![request(2)] }).unwrap();
    for ms in [100, 600] {
        desk.pass_time(BEGIN.plus(ms));
    }
    let whole = desk.outbox_detail(&bridge::OutboxDetail { id: given.id }).unwrap();
    assert_eq!(whole.entry.state, CommandState::Conflict);
    assert_eq!(whole.entry.args["reason"], "Tanggalnya penuh.");
    assert_eq!(whole.seen.unwrap().consultation().unwrap().status, ConsultationStatus::Waiting);
    assert_eq!(whole.current.unwrap().consultation().unwrap().status, ConsultationStatus::Accepted);
    assert!(matches!(whole.again, Some(VerdictState::Refused { .. })), "the rulebook says what giving it again would bring");
}

#[test]
fn every_state_of_a_command_can_be_looked_at() {
    let mut desk = desk("outbox=mixed&line=offline");
    let list = desk.outbox_list(&OutboxList { finished: 10 }).unwrap();
    let states: Vec<CommandState> = list.decide.iter().map(|e| e.state).collect();
    assert_eq!(states, [CommandState::Conflict, CommandState::Refused, CommandState::Blocked]);
    assert_eq!(list.running.len(), 2);
    assert_eq!(list.finished.len(), 2);
}

#[test]
fn roles_see_and_do_only_what_is_theirs() {
    let mut cs = desk("role=cs");
    let acts: Vec<String> = cs.detail(&Detail { record: request(2) }).unwrap().verdicts.into_iter().map(|v| v.act).collect();
    assert_eq!(acts, ["item.claim", "item.release", "note.add"]);
    let mut expert = desk("role=expert");
    assert_eq!(rows(&mut expert, None).total, 0, "an expert sees what is assigned to them");
}

#[test]
fn fifty_thousand_rows_are_listed_in_one_window_of_two_hundred() {
    let mut desk = desk("rows=50000");
    let record = RecordRef::new(Kind::Consultation, id(4, 1_000 + 25_000));
    let query = Inbox { filter: InboxFilter::default(), offset: 0, limit: 200, around: Some(record), shown: None };
    let reply = desk.inbox(&query).unwrap();
    assert_eq!((reply.total, reply.rows.len()), (50_012, 200));
    let at = usize::try_from(reply.at.unwrap() - reply.offset).unwrap();
    assert_eq!(reply.rows[at].item.record(), record);
}
