//! The lists: order, groups, counts, places.

use domain::{
    id::{CommandId, NoteId},
    record::{AnyRecord, RecordRef},
    records::ConsultationStatus,
    time::{HOUR, MINUTE, Zone},
};
use mirror::queries::{InboxAsk, InboxPage, View};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, colleague, consultation, id},
};

use crate::world::{Desk, admin};

fn ask(view: View) -> InboxAsk {
    InboxAsk { view, limit: 50, ..InboxAsk::default() }
}

async fn page(desk: &Desk, ask: &InboxAsk) -> InboxPage {
    desk.cabinet.inbox(ask, NOW).await.unwrap()
}

fn names(page: &InboxPage) -> Vec<RecordRef> {
    page.rows.iter().map(|row| row.item.record()).collect()
}

/// Gives request `n` another deadline, as if its settings had been others.
fn due(server: &mut Model, n: u64, offset: i64) {
    let mut it = server.consultation(n).clone();
    it.due_at = NOW.plus(offset);
    server.commit([AnyRecord::Consultation(it)]);
}

#[tokio::test]
async fn the_earliest_deadline_comes_first_and_ties_by_who_waits_longest() {
    let mut server = Model::with(2, 0);
    server.now = NOW.plus(-HOUR);
    server.request(2);
    for (n, offset) in [(0, 26 * HOUR), (1, -HOUR), (2, -HOUR)] {
        due(&mut server, n, offset);
    }
    server.now = NOW;
    let desk = Desk::whole(&server).await;
    let page = page(&desk, &ask(View::Waiting)).await;
    assert_eq!(names(&page), [consultation(2), consultation(1), consultation(0)]);
    assert_eq!((page.groups.late, page.groups.today, page.groups.next, page.total), (2, 0, 1, 3));
    assert_eq!(page.rows.iter().map(|r| r.group).collect::<Vec<_>>(), [0, 0, 2]);
    assert_eq!((page.counts.waiting, page.counts.late, page.counts.unseen), (3, 2, 3));
}

#[tokio::test]
async fn counts_turn_with_the_clock_alone() {
    let server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    desk.act("item.snooze", json!({ "record": consultation(1), "until": NOW.plus(2 * HOUR) }), &[]).await;
    let at = async |ms: i64| desk.cabinet.counts(Zone::Wib, NOW.plus(ms)).await.unwrap();
    let now = at(0).await;
    assert_eq!((now.waiting, now.late, now.today, now.snoozed), (1, 0, 1, 1));
    assert_eq!(at(HOUR - 1).await, now);
    assert_eq!(at(HOUR).await.late, 1, "a deadline passes without anything arriving");
    let later = at(2 * HOUR).await;
    assert_eq!((later.waiting, later.snoozed), (2, 0), "and a snooze ends");
}

#[tokio::test]
async fn what_is_put_off_or_in_my_hands_has_lists_of_its_own() {
    let mut server = Model::with(4, 0);
    server.act(&colleague(), 1, "item.assign", json!({ "record": consultation(1), "to": admin().id() }));
    let mut desk = Desk::whole(&server).await;
    desk.act("item.snooze", json!({ "record": consultation(0), "until": NOW.plus(HOUR) }), &[]).await;
    desk.act("item.claim", json!({ "record": consultation(2) }), &[]).await;
    assert_eq!(names(&page(&desk, &ask(View::Waiting)).await), [consultation(1), consultation(2), consultation(3)]);
    assert_eq!(names(&page(&desk, &ask(View::Snoozed)).await), [consultation(0)]);
    let mine = page(&desk, &ask(View::Mine)).await;
    assert_eq!(names(&mine), [consultation(1), consultation(2)]);
    assert!(mine.rows[1].claim_ours && !mine.rows[1].ours, "the ring is ours, the state is not");
    assert_eq!(mine.counts.mine, 2);
    let later = desk.cabinet.inbox(&ask(View::Mine), NOW.plus(15 * MINUTE)).await.unwrap();
    assert_eq!(names(&later), [consultation(1)], "a claim ends by itself");
}

#[tokio::test]
async fn a_held_act_keeps_its_row_in_its_place_until_the_hold_ends() {
    let server = Model::with(3, 0);
    let mut desk = Desk::whole(&server).await;
    let hold = desk.try_act("consultation.accept", json!({ "id": consultation(1).id }), &[], Some(8_000)).await.0;
    let waiting = page(&desk, &ask(View::Waiting)).await;
    assert_eq!(names(&waiting), [consultation(0), consultation(1), consultation(2)]);
    assert_eq!(waiting.rows[1].item.consultation().unwrap().status, ConsultationStatus::Accepted);
    assert!(waiting.rows[1].ours && waiting.rows[1].mark.is_some_and(|(_, id)| id == hold));
    assert!(names(&page(&desk, &ask(View::Accepted)).await).is_empty());
    // What follows on the same record does not move it either.
    desk.act("note.add", json!({ "id": id::<NoteId>(9_001), "record": consultation(1), "text": "Oke" }), &[]).await;
    assert_eq!(names(&page(&desk, &ask(View::Waiting)).await).len(), 3);
    desk.cabinet.release_holds(None, NOW).await.unwrap();
    assert_eq!(names(&page(&desk, &ask(View::Waiting)).await), [consultation(0), consultation(2)]);
    assert_eq!(names(&page(&desk, &ask(View::Accepted)).await), [consultation(1)]);
    assert_eq!(page(&desk, &ask(View::Answered)).await.total, 1);
}

#[tokio::test]
async fn what_came_after_the_list_was_let_in_is_counted_and_left_out() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let version = page(&desk, &ask(View::Waiting)).await.version;
    server.request(7);
    server.act(&colleague(), 1, "item.claim", json!({ "record": consultation(0) }));
    desk.read(&server, usize::MAX).await;
    let shown = InboxAsk { shown: Some(version), ..ask(View::Waiting) };
    let as_let_in = page(&desk, &shown).await;
    assert_eq!((names(&as_let_in), as_let_in.newer, as_let_in.total), (vec![consultation(0), consultation(1)], 1, 2));
    assert_eq!(as_let_in.counts.waiting, 3, "the counts tell the truth all the same");
    assert!(as_let_in.version > version);
    let let_in = page(&desk, &InboxAsk { shown: Some(as_let_in.version), ..ask(View::Waiting) }).await;
    assert_eq!((let_in.newer, let_in.total), (0, 3));
    server.act(&colleague(), 2, "consultation.accept", json!({ "id": consultation(1).id }));
    desk.read(&server, usize::MAX).await;
    let answered = page(&desk, &InboxAsk { shown: Some(let_in.version), ..ask(View::Answered) }).await;
    assert_eq!((answered.newer, answered.total), (1, 0), "it came into this list now");
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    desk.work(&server).await;
    assert_eq!(page(&desk, &shown).await.newer, 0, "a version too old to know means that all is let in");
}

#[tokio::test]
async fn a_list_is_read_around_a_row() {
    let server = Model::with(40, 0);
    let desk = Desk::whole(&server).await;
    let around = |n| InboxAsk { around: Some(consultation(n)), limit: 10, ..ask(View::Waiting) };
    let middle = page(&desk, &around(20)).await;
    assert_eq!((middle.at, middle.offset, middle.rows.len()), (Some(20), 15, 10));
    assert!(names(&middle).contains(&consultation(20)));
    assert_eq!((page(&desk, &around(1)).await.offset, page(&desk, &around(39)).await.offset), (0, 30));
    let elsewhere = page(&desk, &InboxAsk { offset: 3, ..around(99) }).await;
    assert_eq!((elsewhere.at, elsewhere.offset), (None, 3), "a row the list does not have changes nothing");
}

#[tokio::test]
async fn texts_find_names_topics_and_numbers() {
    let mut server = Model::with(30, 0);
    server.act(&colleague(), 1, "client.edit", json!({ "id": client(4).id, "name": "Hj. Nur'aini Al-Farizi" }));
    let desk = Desk::whole(&server).await;
    let find = async |text: &str| names(&page(&desk, &InboxAsk { text: text.into(), ..ask(View::Waiting) }).await);
    assert_eq!(find("nuraini").await, [consultation(4)]);
    assert_eq!(find("FARIZI al").await, [consultation(4)]);
    assert_eq!(find("KG-20261125-000007").await, [consultation(7)]);
    assert!(find("tidak ada").await.is_empty());
    let found = page(&desk, &InboxAsk { text: "nuraini".into(), ..ask(View::Waiting) }).await;
    assert_eq!((found.total, found.groups.today, found.counts.waiting), (1, 1, 30));
}

#[tokio::test]
async fn a_client_is_found_by_name_and_by_any_writing_of_their_number() {
    let mut server = Model::with(3, 0);
    server.act(&colleague(), 1, "client.edit", json!({ "id": client(1).id, "name": "Rani Kusumawardani", "phone": "0812-3456-7890" }));
    let done = server.act(&colleague(), 2, "consultation.accept", json!({ "id": consultation(1).id }));
    assert!(done.code.is_none());
    let desk = Desk::whole(&server).await;
    for text in ["rani", "kusuma RANI", "0812 3456", "+62 812-3456-7890", "62812", "34567890"] {
        let hits = desk.cabinet.clients(text, 20, NOW).await.unwrap();
        assert_eq!(hits.iter().map(|h| h.client.id).collect::<Vec<_>>(), [client(1).id.into()], "{text}");
        assert_eq!(hits[0].waiting, None);
    }
    let hits = desk.cabinet.clients("klien", 20, NOW).await.unwrap();
    assert_eq!(hits.len(), 2);
    assert!(hits.iter().all(|h| h.waiting.is_some()), "another request cannot be entered for them");
    assert!(desk.cabinet.clients("  ", 20, NOW).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_detail_has_everything_about_its_request() {
    let mut server = Model::with(2, 0);
    server.act(&colleague(), 1, "note.add", json!({ "id": id::<NoteId>(8_001), "record": consultation(0), "text": "Pertama" }));
    let mut desk = Desk::whole(&server).await;
    desk.act("note.add", json!({ "id": id::<NoteId>(8_002), "record": consultation(0), "text": "Kedua" }), &[]).await;
    let accepted = desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[]).await;
    let probes: Vec<domain::command::Given> = ["consultation.accept", "item.claim"]
        .iter()
        .map(|name| {
            let args = if name.starts_with("item") { json!({ "record": consultation(0) }) } else { json!({ "id": consultation(0).id }) };
            let command = domain::command::Command::parse(name, &args).unwrap();
            domain::command::Given { id: CommandId::from_uuid(testkit::records::uuid(1)), command }
        })
        .collect();
    let detail = desk.cabinet.detail(consultation(0), &probes, NOW).await.unwrap().unwrap();
    assert_eq!(detail.notes.iter().map(|n| (n.note.text.as_str(), n.ours)).collect::<Vec<_>>(), [("Pertama", false), ("Kedua", true)]);
    assert!(detail.ours && detail.rev == 1 && detail.client_requests == 1);
    assert_eq!(detail.server.map(|s| s.status), Some(ConsultationStatus::Waiting));
    assert_eq!(detail.client.map(|c| c.id), Some(client(0).id.into()));
    assert!(matches!(&detail.verdicts[0], mirror::Verdict::Refused(r) if r.code.wire() == "not_waiting"));
    assert!(matches!(detail.verdicts[1], mirror::Verdict::Applied));
    assert_eq!(detail.pending.last().map(|p| p.entry.id), Some(accepted));
    assert!(desk.cabinet.detail(consultation(77), &[], NOW).await.unwrap().is_none());
}

#[tokio::test]
async fn what_was_looked_at_is_no_longer_unseen() {
    let mut server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    desk.cabinet.mark_looked(consultation(0), NOW).await.unwrap();
    let seen = page(&desk, &ask(View::Waiting)).await;
    assert_eq!(seen.rows.iter().map(|r| r.unseen).collect::<Vec<_>>(), [false, true]);
    server.act(&colleague(), 1, "item.claim", json!({ "record": consultation(0) }));
    desk.read(&server, usize::MAX).await;
    assert_eq!(page(&desk, &ask(View::Waiting)).await.counts.unseen, 1, "a change does not make it unseen again");
    desk.act("client.create", json!({ "id": client(9).id, "name": "Dewi Lestari" }), &[]).await;
    desk.act("consultation.request", json!({ "id": consultation(9).id, "client_id": client(9).id, "requested_date": "2026-11-27" }), &[])
        .await;
    assert_eq!(page(&desk, &ask(View::Waiting)).await.counts.unseen, 1, "nobody has to look at what they wrote themselves");
}

#[tokio::test]
async fn staff_settings_and_notifications() {
    let mut server = Model::with(1, 0);
    server.act(&colleague(), 1, "setting.set", json!({ "key": "org.name", "value": "Ruang Karsa" }));
    server.act(&colleague(), 2, "item.assign", json!({ "record": consultation(0), "to": admin().id() }));
    let mut desk = Desk::whole(&server).await;
    let staff = desk.cabinet.staff(NOW).await.unwrap();
    assert_eq!(staff.iter().map(|u| u.name.as_str()).collect::<Vec<_>>(), ["Admin Ab", "Admin Ac", "Admin Ad", "Admin Ae"]);
    assert_eq!(desk.cabinet.settings(NOW).await.unwrap().org_name, "Ruang Karsa");
    let told = desk.cabinet.notifications(10, NOW).await.unwrap();
    assert_eq!((told.items.len(), told.unread), (1, 1));
    desk.act("notification.read", json!({ "ids": [told.items[0].id] }), &[]).await;
    assert_eq!(desk.cabinet.notifications(10, NOW).await.unwrap().unread, 0);
}

#[tokio::test]
async fn a_list_has_as_many_rows_as_it_says() {
    let (mut server, colleague) = (Model::with(12, 60), colleague());
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    while desk.walk.is_some() {
        // Few lines each: what is known already comes again among what is new.
        desk.walk_on(&server, 7).await;
        are_as_said(&desk).await;
    }
    server.act(&colleague, 1, "consultation.accept", json!({ "id": consultation(0).id }));
    server.act(&colleague, 2, "consultation.reject", json!({ "id": consultation(1).id, "reason": "Di luar cakupan" }));
    server.request(80);
    server.lose(consultation(2));
    desk.read(&server, usize::MAX).await;
    are_as_said(&desk).await;
    desk.act("consultation.accept", json!({ "id": consultation(3).id }), &[]).await;
    are_as_said(&desk).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    are_as_said(&desk).await;
}

/// Each list says that it has the rows that it gives.
async fn are_as_said(desk: &Desk) {
    for view in [View::Waiting, View::Answered, View::Accepted, View::Rejected] {
        let page = page(desk, &InboxAsk { limit: 500, ..ask(view) }).await;
        assert_eq!(page.total as usize, page.rows.len(), "{view:?}");
    }
}
