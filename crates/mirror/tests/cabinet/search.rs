//! Finding: by any part of a text, by any writing of a number, with one mistake forgiven, and never by what is no longer so.

use domain::{
    id::NoteId,
    record::{Kind, RecordRef},
    records::Consultation,
    search::{Wanted, fold_all},
};
use mirror::queries::{InboxAsk, InboxPage, View};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, client, colleague, consultation, id},
};

use crate::world::Desk;

async fn page(desk: &Desk, ask: &InboxAsk) -> InboxPage {
    desk.cabinet.inbox(ask, NOW).await.unwrap()
}

fn names(page: &InboxPage) -> Vec<RecordRef> {
    page.rows.iter().map(|row| row.item.record()).collect()
}

async fn find(desk: &Desk, view: View, text: &str) -> Vec<RecordRef> {
    names(&page(desk, &InboxAsk { view, text: text.into(), limit: 100, ..InboxAsk::default() }).await)
}

fn rename(server: &mut Model, n: u64, act: u64, name: &str, phone: &str) {
    let done = server.act(&colleague(), act, "client.edit", json!({ "id": client(n).id, "name": name, "phone": phone }));
    assert!(done.code.is_none(), "{done:?}");
}

#[tokio::test]
async fn one_mistake_is_forgiven_in_a_long_word_when_nothing_is_found_as_it_is_typed() {
    let mut server = Model::with(6, 0);
    rename(&mut server, 1, 1, "Rani Kusumawardani", "");
    rename(&mut server, 2, 2, "Rachma Wijaya", "");
    rename(&mut server, 3, 3, "Élan Dewi", "");
    let desk = Desk::whole(&server).await;
    for text in ["kusumawardani", "kusumawardhani", "kusumwardani", "lusumawardani", "rani kusuamwardani", "KUSUMAWARDNI"] {
        assert_eq!(find(&desk, View::Waiting, text).await, [consultation(1)], "{text}");
    }
    assert_eq!(find(&desk, View::Waiting, "wijaja").await, [consultation(2)]);
    assert_eq!(find(&desk, View::Waiting, "elan").await, [consultation(3)], "marks on letters are left out");
    assert!(find(&desk, View::Waiting, "rnai").await.is_empty(), "short words must be typed rightly");
    assert!(find(&desk, View::Waiting, "kusumawradhani").await.is_empty(), "two mistakes are another word");
    let hits = desk.cabinet.clients("Kusumawardhani", 5, NOW).await.unwrap();
    assert_eq!(hits.iter().map(|h| h.client.id).collect::<Vec<_>>(), [client(1).id.into()], "clients too");
}

#[tokio::test]
async fn requests_are_found_by_the_number_of_their_client_in_any_writing() {
    let mut server = Model::with(4, 0);
    rename(&mut server, 1, 1, "Rani Kusumawardani", "0812-3456-7890");
    let desk = Desk::whole(&server).await;
    for text in ["0812-3456", "+62 812 3456 7890", "62812", "34567890"] {
        assert_eq!(find(&desk, View::Waiting, text).await, [consultation(1)], "{text}");
    }
    assert!(find(&desk, View::Answered, "0812-3456").await.is_empty(), "it waits");
    assert!(find(&desk, View::Waiting, "0813").await.is_empty());
}

#[tokio::test]
async fn what_is_found_among_answered_ones_has_the_order_and_places_of_the_whole_list() {
    let server = Model::with(3, 60);
    let desk = Desk::whole(&server).await;
    for view in [View::Answered, View::Accepted, View::Rejected, View::Cancelled] {
        let plain = InboxAsk { view, limit: 7, ..InboxAsk::default() };
        let all = page(&desk, &InboxAsk { limit: 200, ..plain.clone() }).await;
        let middle = names(&all).get(all.rows.len() / 2).copied();
        let asks = [(0, None), (5, None), (1_000, None), (0, middle), (3, Some(consultation(0)))];
        for (offset, around) in asks {
            let ask = InboxAsk { offset, around, ..plain.clone() };
            let (plain, found) = (page(&desk, &ask).await, page(&desk, &InboxAsk { text: "kg".into(), ..ask.clone() }).await);
            assert_eq!(names(&found), names(&plain), "{ask:?}");
            assert_eq!((found.total, found.offset, found.at, found.groups), (plain.total, plain.offset, plain.at, plain.groups), "{ask:?}");
        }
    }
}

#[tokio::test]
async fn notes_are_found_with_the_request_they_are_about() {
    let mut server = Model::with(3, 3);
    let note = |n: u64, about: RecordRef, text: &str| json!({ "id": id::<NoteId>(n), "record": about, "text": text });
    server.act(&colleague(), 1, "note.add", note(9_001, consultation(2), "Minta dijadwalkan sesudah Lebaran"));
    server.act(&colleague(), 2, "note.add", note(9_002, consultation(1), "Lebaran: kantor tutup"));
    let mut desk = Desk::whole(&server).await;
    let found = async |desk: &Desk, text: &str| {
        let hits = desk.cabinet.notes(text, 10, NOW).await.unwrap();
        hits.iter().map(|h| RecordRef::new(Kind::Consultation, h.consultation.id)).collect::<Vec<_>>()
    };
    let mut both = found(&desk, "lebaran").await;
    both.sort();
    assert_eq!(both, [consultation(1), consultation(2)]);
    assert_eq!(found(&desk, "dijadwalkn").await, [consultation(2)]);
    assert!(found(&desk, "natal").await.is_empty() && found(&desk, " ").await.is_empty());
    // One of ours is found before the server has it, and no longer once it is taken back.
    let ours = desk.act("note.add", note(9_003, consultation(0), "Tanya soal Natal"), &[]).await;
    assert_eq!(found(&desk, "natal").await, [consultation(0)]);
    desk.cabinet.take_back(Some(ours), NOW).await.unwrap();
    assert!(found(&desk, "natal").await.is_empty());
}

/// What the lists have, found the long way.
async fn expected(desk: &Desk, view: View, text: &str) -> Vec<RecordRef> {
    let all = page(desk, &InboxAsk { view, limit: 200, ..InboxAsk::default() }).await;
    let wanted = Wanted::new(text);
    let text_of = |it: &Consultation| {
        let (topic, note) = (it.topic.as_ref().map_or("", |t| t.as_str()), it.note.as_ref().map_or("", |n| n.as_str()));
        fold_all(&[it.client_name.as_str(), &it.number, topic, note])
    };
    let found = all.rows.iter().filter(|row| wanted.is_in(&text_of(row.item.consultation().unwrap())));
    found.map(|row| row.item.record()).collect()
}

#[tokio::test]
async fn what_changes_is_found_as_it_stands_and_what_is_gone_is_not_found() {
    let mut server = Model::with(12, 12);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let texts = ["kg", "rani", "budi", "00000"];
    let check = async |desk: &Desk, when: &str| {
        for (view, text) in [View::Waiting, View::Answered, View::Accepted].into_iter().flat_map(|view| texts.map(|text| (view, text))) {
            assert_eq!(find(desk, view, text).await, expected(desk, view, text).await, "{view:?} «{text}» {when}");
        }
    };
    check(&desk, "at the beginning").await;
    desk.walk_on(&server, 5).await;
    check(&desk, "while it walks").await;
    desk.walk_on(&server, usize::MAX).await;
    check(&desk, "with all of it").await;
    rename(&mut server, 3, 1, "Rani Baru", "");
    rename(&mut server, 4, 2, "Budi Rani", "");
    server.act(&colleague(), 3, "consultation.accept", json!({ "id": consultation(3).id }));
    desk.read(&server, usize::MAX).await;
    check(&desk, "after others acted").await;
    assert_eq!(find(&desk, View::Accepted, "rani baru").await, [consultation(3)]);
    let seen = [consultation(4)];
    let ours = desk.act("consultation.accept", json!({ "id": consultation(4).id }), &seen).await;
    check(&desk, "with one of ours laid over").await;
    desk.cabinet.take_back(Some(ours), NOW).await.unwrap();
    check(&desk, "with it taken back").await;
    server.lose(consultation(4));
    server.request(40);
    desk.read(&server, usize::MAX).await;
    check(&desk, "after a loss and an arrival").await;
    assert!(!find(&desk, View::Waiting, "budi rani").await.contains(&consultation(4)));
    // A new beginning: nothing of before is found.
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    check(&desk, "after a reset").await;
}

#[tokio::test]
async fn preparing_ends_and_changes_nothing() {
    let server = Model::with(5, 20);
    let desk = Desk::whole(&server).await;
    while !desk.cabinet.prepare_search(NOW).await.unwrap() {}
    assert_eq!(find(&desk, View::Waiting, "kg").await.len(), 5);
    assert_eq!(find(&desk, View::Answered, "kg").await.len(), 20);
}
