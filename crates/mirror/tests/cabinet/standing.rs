//! What is here of each kind, and reading all of it.

use domain::{records::ConsultationStatus, time::HOUR};
use testkit::{
    Model,
    records::{NOW, request},
};

use crate::world::{Desk, chunk};

#[tokio::test]
async fn each_kind_is_counted_with_its_newest_moment() {
    let mut server = Model::with(2, 3);
    let mut desk = Desk::new().await;
    desk.work(&server).await;
    let before = desk.cabinet.standing(NOW).await.unwrap();
    assert!(!before.walked && before.whole.is_some(), "history is still to come: {before:?}");
    desk.walk_on(&server, usize::MAX).await;
    server.commit([request(50, ConsultationStatus::Waiting)]);
    desk.read(&server, usize::MAX).await;
    let standing = desk.cabinet.standing(NOW).await.unwrap();
    let of = |kind: &str| standing.kinds.iter().find(|it| it.kind == kind).unwrap();
    assert_eq!((standing.walked, standing.whole), (true, Some(server.head)));
    assert_eq!(of("consultation").records, 6);
    let newest = of("consultation").newest.unwrap();
    assert!(newest.since(NOW).abs() <= 200 * 24 * HOUR, "{newest}");
    assert_eq!(standing.compared_at, None, "nobody has asked the server yet");
    let all: u64 = standing.kinds.iter().map(|it| it.records).sum();
    assert_eq!(desk.cabinet.read_mirror(NOW).await.unwrap(), all);
    assert_eq!(desk.cabinet.read_outbox(NOW).await.unwrap(), 0);
}

#[tokio::test]
async fn records_of_a_newer_servers_kind_count_and_what_is_no_record_is_damage() {
    let server = Model::with(1, 0);
    let mut desk = Desk::whole(&server).await;
    let line = |kind: &str, n: u8| {
        format!(
            r#"{{"put":{{"kind":"{kind}","id":"019abf6b-9d3c-7c11-8a52-0123456789{n:02x}","rev":1,"seq":{},"body":{{"a":1}}}}}}"#,
            server.head + 1
        )
    };
    let place = || mirror::Place::Up { cursor: (server.head + 1).to_string(), whole: Some(server.head + 1) };
    desk.cabinet.apply(chunk(&[(0, line("tool", 1))]), place(), NOW).await.unwrap();
    let standing = desk.cabinet.standing(NOW).await.unwrap();
    assert!(standing.kinds.iter().any(|it| (it.kind.as_str(), it.records, it.newest) == ("tool", 1, None)), "{standing:?}");
    assert!(desk.cabinet.read_mirror(NOW).await.is_ok(), "it is whole all the same");
    desk.cabinet.apply(chunk(&[(0, line("client", 2))]), place(), NOW).await.unwrap();
    let error = desk.cabinet.read_mirror(NOW).await.unwrap_err();
    assert!(error.is_damage(), "{error}");
    desk.next = 0;
}
