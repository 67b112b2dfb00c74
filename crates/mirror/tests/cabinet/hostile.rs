//! What nobody types and no server sends: the files bear it, and go on afterwards (issue 3).

use domain::{
    id::RecordId,
    record::{AnyRecord, Kind, RecordRef},
    wire::Line,
};
use hostile::{TEXTS, near};
use mirror::{
    Chunk, Place,
    queries::{InboxAsk, View},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use testkit::{
    Model,
    records::{NOW, client, consultation, id},
};

use crate::world::{Desk, admin};

fn ask(text: &str) -> InboxAsk {
    InboxAsk { view: View::Waiting, text: text.to_owned(), limit: 200, ..InboxAsk::default() }
}

/// Texts that somebody pastes into a search field, or that a script types there.
fn searches() -> Vec<String> {
    let mut all: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    all.extend(["a ".repeat(5_000), "x".repeat(100_000), "%_*?[".to_owned(), (0..40_000).map(|n| format!("{n} ")).collect()]);
    all
}

#[tokio::test]
async fn a_search_of_any_length_is_answered() {
    let desk = Desk::whole(&Model::with(3, 3)).await;
    for text in searches() {
        let cut: String = text.chars().take(30).collect();
        for view in [View::Waiting, View::Mine, View::Answered] {
            assert!(desk.cabinet.inbox(&InboxAsk { view, ..ask(&text) }, NOW).await.is_ok(), "{cut:?} in {view:?}");
        }
        assert!(desk.cabinet.clients(&text, 20, NOW).await.is_ok(), "{cut:?} among clients");
    }
}

#[tokio::test]
async fn any_part_of_a_list_can_be_asked_for() {
    let desk = Desk::whole(&Model::with(3, 3)).await;
    for (offset, limit) in [(0, 0), (u32::MAX, 1), (u32::MAX, u32::MAX), (1, u32::MAX)] {
        for around in [None, Some(consultation(1)), Some(RecordRef::new(Kind::Consultation, id::<RecordId>(999)))] {
            for shown in [None, Some(0), Some(u64::MAX)] {
                let page = desk.cabinet.inbox(&InboxAsk { offset, limit, around, shown, ..ask("") }, NOW).await.unwrap();
                assert!(page.rows.len() <= 3 && page.total <= 3);
            }
        }
    }
}

/// A revision or number at the edge of what can be written: the rulebook reckons with it, and the desk goes on.
#[tokio::test]
async fn a_record_at_the_end_of_all_numbers_can_be_acted_on() {
    let server = Model::with(2, 0);
    let mut desk = Desk::whole(&server).await;
    let body = server.held(consultation(0)).unwrap().record.to_value().unwrap();
    let line = json!({"put": {"kind": "consultation", "id": consultation(0).id, "rev": i64::MAX, "seq": i64::MAX, "body": body}});
    let mut chunk = Chunk::default();
    chunk.take(serde_json::from_str::<Line<'_>>(&line.to_string()).unwrap());
    desk.cabinet.apply(chunk, Place::Up { cursor: "c".into(), whole: Some(i64::MAX) }, NOW).await.unwrap();
    desk.act("consultation.accept", json!({ "id": consultation(0).id }), &[consultation(0)]).await;
    assert!(desk.is_ours(consultation(0)).await);
}

fn lines(server: &Model) -> Vec<Value> {
    let mut lines: Vec<Value> = server.above(&admin(), 0).iter().map(|(_, line)| serde_json::from_str(line).unwrap()).collect();
    lines.push(json!({"gone": {"kind": "consultation", "id": consultation(0).id, "seq": 3}}));
    lines.push(json!({"outcome": {"id": testkit::records::command(1), "seq": 4, "status": "refused", "code": "not_waiting"}}));
    lines
}

/// Forty parts of a feed that is not right, one after another into one mirror: after each of them lists, details and acts are
/// answered, and in the end a desk that begins anew has all of the server.
#[tokio::test]
async fn whatever_the_feed_brings_the_desk_goes_on() {
    let server = Model::with(4, 4);
    let mut desk = Desk::whole(&server).await;
    let strategy = proptest::collection::vec(near(lines(&server)), 1..6);
    let mut runner = TestRunner::deterministic();
    let mut taken = 0;
    for _ in 0..40 {
        let mut chunk = Chunk::default();
        for value in strategy.new_tree(&mut runner).unwrap().current() {
            if let Ok(line) = serde_json::from_str::<Line<'_>>(&value.to_string()) {
                chunk.take(line);
                taken += 1;
            }
        }
        // What it says of a part that it does not take is its own affair; it stands as it stood then.
        let _ = desk.cabinet.apply(chunk, Place::Up { cursor: "c".into(), whole: None }, NOW).await;
        assert!(desk.cabinet.inbox(&ask(""), NOW).await.is_ok());
        for n in 0..4 {
            assert!(desk.cabinet.detail(consultation(n), &[], NOW).await.is_ok());
        }
        drop(desk.try_act("item.claim", json!({ "record": consultation(1) }), &[consultation(1), client(1)], None).await);
    }
    assert!(taken > 40, "{taken} lines were lines");
    let fresh = Desk::whole(&server).await;
    assert!(matches!(fresh.shown(consultation(0)).await, Some(AnyRecord::Consultation(_))));
}
