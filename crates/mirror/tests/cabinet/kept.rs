//! What is kept of design versions: until it must make room, and no longer than the version is this person's to see.

use domain::{
    file::MediaType,
    id::DesignId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Design, Order, OrderStatus, Purge},
    time::{DAY, UtcMillis},
};
use mirror::{Kept, Owner, TakenBack};
use serde_json::json;
use testkit::{
    Model,
    records::{NOW, design_record, order, person, reachable},
};

use crate::world::Desk;

const MOST: u64 = 1_000_000;

/// A server with one order of so many versions, and a desk that has all of it.
async fn desk(versions: i64) -> (Model, Desk, Vec<DesignId>) {
    let mut server = Model::with(0, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    let made: Vec<_> = (1..=versions).map(|n| design_record(0, n, MediaType::Png, &n.to_be_bytes())).collect();
    let ids = made.iter().map(|it| it.id).collect();
    server.commit(made.into_iter().map(AnyRecord::Design));
    let desk = Desk::whole(&server).await;
    (server, desk, ids)
}

fn bytes(n: u8, size: usize) -> Vec<u8> {
    (0..size).map(|at| n ^ u8::try_from(at % 251).unwrap()).collect()
}

fn at(n: i64) -> UtcMillis {
    NOW.plus(n)
}

#[tokio::test]
async fn what_is_kept_is_there_after_a_restart_byte_for_byte() {
    let (_, mut desk, ids) = desk(2).await;
    let large = bytes(1, 700_001);
    desk.cabinet.keep(ids[0], Kept::File, &large, MOST, NOW).await.unwrap();
    desk.cabinet.keep(ids[0], Kept::Thumb, b"kecil", MOST, NOW).await.unwrap();
    desk.restart().await;
    assert_eq!(desk.cabinet.kept(ids[0], Kept::File, NOW).await.unwrap(), Some(large));
    assert_eq!(desk.cabinet.kept(ids[0], Kept::Thumb, NOW).await.unwrap().as_deref(), Some(&b"kecil"[..]));
    assert_eq!(desk.cabinet.kept(ids[0], Kept::Full, NOW).await.unwrap(), None);
    assert_eq!(desk.cabinet.kept(ids[1], Kept::File, NOW).await.unwrap(), None);
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap(), [ids[0]].into());
    desk.cabinet.keep(ids[0], Kept::File, b"pendek", MOST, NOW).await.unwrap();
    assert_eq!(
        desk.cabinet.kept(ids[0], Kept::File, NOW).await.unwrap().as_deref(),
        Some(&b"pendek"[..]),
        "nothing of the longer one is left"
    );
}

#[tokio::test]
async fn what_was_used_least_makes_room() {
    let (_, desk, ids) = desk(4).await;
    for (n, id) in (0..).zip(&ids[..3]) {
        desk.cabinet.keep(*id, Kept::File, &bytes(0, 300_000), MOST, at(n)).await.unwrap();
    }
    assert!(desk.cabinet.kept(ids[0], Kept::File, at(10)).await.unwrap().is_some(), "it is used now");
    desk.cabinet.keep(ids[3], Kept::File, &bytes(0, 300_000), MOST, at(11)).await.unwrap();
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap(), [ids[0], ids[2], ids[3]].into());
    desk.cabinet.keep(ids[1], Kept::File, &bytes(0, 1_000_001), MOST, at(12)).await.unwrap();
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap().len(), 3, "what has no room at all takes none from others");
    desk.cabinet.keep(ids[1], Kept::File, &bytes(0, 1_000_000), MOST, at(13)).await.unwrap();
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap(), [ids[1]].into());
}

#[tokio::test]
async fn with_the_record_goes_what_is_kept_of_it() {
    let (mut server, mut desk, ids) = desk(2).await;
    for id in &ids {
        desk.cabinet.keep(*id, Kept::File, &bytes(3, 300_000), MOST, NOW).await.unwrap();
    }
    server.lose(RecordRef::new(Kind::Design, ids[0]));
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.cabinet.kept(ids[0], Kept::File, NOW).await.unwrap(), None);
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap(), [ids[1]].into());
    desk.cabinet.keep(ids[0], Kept::File, b"terlambat", MOST, NOW).await.unwrap();
    assert_eq!(desk.cabinet.kept(ids[0], Kept::File, NOW).await.unwrap(), None, "an answer that came late brings nothing back");
}

/// That the server has no file of it any more.
fn purged(it: Design) -> AnyRecord {
    let reason = "Masa simpan habis".to_owned();
    AnyRecord::Design(Design { purged: Some(Purge { by: person(4), at: NOW, reason }), ..it })
}

#[tokio::test]
async fn with_the_servers_file_goes_what_is_kept_of_it_and_nothing_comes_after() {
    let (mut server, mut desk, ids) = desk(2).await;
    for id in &ids {
        desk.cabinet.keep(*id, Kept::File, &bytes(3, 300_000), MOST, NOW).await.unwrap();
        desk.cabinet.keep(*id, Kept::Thumb, b"kecil", MOST, NOW).await.unwrap();
    }
    server.commit([purged(design_record(0, 1, MediaType::Png, &1_i64.to_be_bytes()))]);
    desk.read(&server, usize::MAX).await;
    for what in [Kept::File, Kept::Thumb] {
        assert_eq!(desk.cabinet.all_kept(what, NOW).await.unwrap(), [ids[1]].into(), "{what:?}");
    }
    desk.cabinet.keep(ids[0], Kept::Thumb, b"terlambat", MOST, NOW).await.unwrap();
    assert_eq!(desk.cabinet.kept(ids[0], Kept::Thumb, NOW).await.unwrap(), None, "an answer that came late is not kept");
    let page = desk.cabinet.designs(order(0).id.into(), NOW).await.unwrap();
    assert_eq!(page.versions.iter().map(|it| (it.design.version, it.here)).collect::<Vec<_>>(), [(2, true), (1, false)]);
}

#[tokio::test]
async fn what_only_this_desk_takes_away_is_kept_until_the_server_says_so() {
    let (mut server, mut desk, ids) = desk(1).await;
    let [_, AnyRecord::Order(ended)] = reachable(0, OrderStatus::Cancelled) else { panic!("an order") };
    server.commit([AnyRecord::Order(Order { status_at: NOW.plus(-400 * DAY), versions: 1, current_version: Some(1), ..ended })]);
    desk.read(&server, usize::MAX).await;
    desk.cabinet.keep(ids[0], Kept::File, b"berkas", MOST, NOW).await.unwrap();
    let id = desk.act("design.purge", json!({ "id": ids[0], "reason": "Masa simpan habis" }), &[]).await;
    let shown = async |desk: &Desk| desk.cabinet.designs(order(0).id.into(), NOW).await.unwrap().versions.remove(0);
    let it = shown(&desk).await;
    assert_eq!((it.design.purged.is_some(), it.ours, it.here), (true, true, false));
    assert_eq!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap(), [ids[0]].into(), "it can still be taken back");
    assert!(matches!(desk.cabinet.take_back(Some(id), NOW).await.unwrap(), TakenBack::Done(..)));
    let it = shown(&desk).await;
    assert_eq!((it.design.purged.is_some(), it.here), (false, true));
    let _again = desk.act("design.purge", json!({ "id": ids[0], "reason": "Masa simpan habis" }), &[]).await;
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    let it = shown(&desk).await;
    assert_eq!((it.design.purged.is_some(), it.ours), (true, false));
    assert!(desk.cabinet.all_kept(Kept::File, NOW).await.unwrap().is_empty());
}

/// Files of messages are kept by their places, and go with the message.
#[tokio::test]
async fn what_is_kept_of_a_message_goes_with_it() {
    use testkit::records::{client_actor, message};
    let mut server = Model::with(0, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    server.say(&client_actor(0), 1, 0, "Ini contohnya");
    let mut desk = Desk::whole(&server).await;
    let of = |place| Owner::Message(message(1).id.into(), place);
    desk.cabinet.keep(of(0), Kept::File, b"satu", MOST, NOW).await.unwrap();
    desk.cabinet.keep(of(1), Kept::File, b"dua", MOST, NOW).await.unwrap();
    desk.cabinet.keep(of(1), Kept::Thumb, b"kecil", MOST, NOW).await.unwrap();
    desk.restart().await;
    for (place, what, bytes) in
        [(0, Kept::File, Some(&b"satu"[..])), (1, Kept::File, Some(b"dua")), (0, Kept::Thumb, None), (1, Kept::Thumb, Some(b"kecil"))]
    {
        assert_eq!(desk.cabinet.kept(of(place), what, NOW).await.unwrap().as_deref(), bytes, "{place} {what:?}");
    }
    desk.cabinet.keep(Owner::Message(message(9).id.into(), 0), Kept::File, b"tiada", MOST, NOW).await.unwrap();
    assert_eq!(
        desk.cabinet.kept(Owner::Message(message(9).id.into(), 0), Kept::File, NOW).await.unwrap(),
        None,
        "a message that is not here"
    );
    server.lose(message(1));
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.cabinet.kept(of(0), Kept::File, NOW).await.unwrap(), None, "nobody who may not read it keeps its files");
}

#[tokio::test]
async fn what_was_kept_of_a_message_before_the_server_had_it_goes_with_it_too() {
    use testkit::records::message;
    let mut server = Model::with(0, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    let mut desk = Desk::whole(&server).await;
    let of = Owner::Message(message(1).id.into(), 0);
    desk.act("message.send", json!({ "id": message(1).id, "order_id": order(0).id, "text": "Ini contohnya" }), &[]).await;
    desk.cabinet.keep(of, Kept::File, b"satu", MOST, NOW).await.unwrap();
    desk.send(&mut server, true).await;
    desk.read(&server, usize::MAX).await;
    assert!(desk.cabinet.kept(of, Kept::File, NOW).await.unwrap().is_some(), "what was laid over comes and goes, and takes nothing along");
    server.lose(message(1));
    desk.read(&server, usize::MAX).await;
    assert_eq!(desk.cabinet.kept(of, Kept::File, NOW).await.unwrap(), None);
}
