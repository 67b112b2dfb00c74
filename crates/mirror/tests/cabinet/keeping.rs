//! Orders whose files a person keeps: beyond the cache, through everything that becomes of the mirror, and no longer than they may be
//! seen.

use domain::{
    file::{FilePolicy, MediaType},
    id::{DesignId, OrderId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Design, OrderStatus, Purge},
    role::Actor,
};
use mirror::{Attachment, Given, KEPT_MOST, KEPT_ORDERS, KeepAnswer, Kept, KeptFiles, Submission};
use serde_json::json;
use std::collections::HashSet;
use testkit::{
    Model,
    records::{NOW, client, client_record, command, design_record, order, person, reachable},
};

use crate::{
    crash::Copies,
    world::{Desk, open},
};

const CACHE: u64 = 1_000;

fn id(n: u64) -> OrderId {
    order(n).id.into()
}
fn design(n: u64, version: i64) -> Design {
    design_record(n, version, MediaType::Png, format!("{n}/{version}").as_bytes())
}

/// A server with so many orders of two versions each, and a desk that has all of it.
async fn desk(orders: u64) -> (Model, Desk) {
    let mut server = Model::with(0, 0);
    for n in 0..orders {
        server.commit(reachable(n, OrderStatus::InProgress));
        server.commit([1, 2].map(|version| AnyRecord::Design(design(n, version))));
    }
    let desk = Desk::whole(&server).await;
    (server, desk)
}

async fn keep(desk: &Desk, n: u64) {
    assert_eq!(desk.cabinet.keep_order(id(n), true, CACHE, NOW).await.unwrap(), KeepAnswer::Done);
}
async fn put(desk: &Desk, of: DesignId, what: Kept, size: usize) {
    desk.cabinet.keep(of, what, &vec![7; size], CACHE, NOW).await.unwrap();
}
async fn has(desk: &Desk, of: DesignId, what: Kept) -> bool {
    desk.cabinet.kept(of, what, NOW).await.unwrap().is_some()
}
async fn files(desk: &Desk, n: u64) -> Option<KeptFiles> {
    desk.cabinet.kept_files(id(n), NOW).await.unwrap()
}
async fn wanted(desk: &Desk) -> Vec<(DesignId, Kept)> {
    let mut all = HashSet::new();
    let mut found = Vec::new();
    while let Some(it) = desk.cabinet.next_wanted(&all, NOW).await.unwrap() {
        all.insert((it.design, it.what));
        found.push((it.design, it.what));
    }
    found
}

#[tokio::test]
async fn what_is_kept_takes_no_room_from_the_cache_and_never_makes_room_for_it() {
    let (_, desk) = desk(2).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 5_000).await;
    put(&desk, design(0, 1).id, Kept::Thumb, 100).await;
    put(&desk, design(1, 1).id, Kept::File, 900).await;
    assert!(has(&desk, design(1, 1).id, Kept::File).await, "the cache has all of its room");
    put(&desk, design(1, 2).id, Kept::File, 1_000).await;
    assert!(!has(&desk, design(1, 1).id, Kept::File).await, "and no more");
    for what in [Kept::File, Kept::Thumb] {
        assert!(has(&desk, design(0, 1).id, what).await, "{what:?} stays, however much else is looked at");
    }
    put(&desk, design(0, 1).id, Kept::Full, 600).await;
    assert!(!has(&desk, design(1, 2).id, Kept::File).await, "what can be drawn from the file is cache like all else");
}

#[tokio::test]
async fn letting_go_makes_it_cache() {
    let (_, desk) = desk(2).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 700).await;
    put(&desk, design(0, 2).id, Kept::File, 600).await;
    assert_eq!(desk.cabinet.keep_order(id(0), false, CACHE, NOW).await.unwrap(), KeepAnswer::Done);
    let here = [has(&desk, design(0, 1).id, Kept::File).await, has(&desk, design(0, 2).id, Kept::File).await];
    assert_eq!(here.iter().filter(|it| **it).count(), 1, "at once it is as large as it may be");
    assert_eq!((files(&desk, 0).await, wanted(&desk).await), (None, vec![]));
    put(&desk, design(1, 1).id, Kept::File, 900).await;
    let here = [has(&desk, design(0, 1).id, Kept::File).await, has(&desk, design(0, 2).id, Kept::File).await];
    assert_eq!(here, [false, false], "and it goes like all else");
}

#[tokio::test]
async fn what_is_missing_is_wanted_newest_first_the_small_picture_before_the_file() {
    let (mut server, mut desk) = desk(2).await;
    assert_eq!(wanted(&desk).await, [], "of an order that nobody keeps");
    keep(&desk, 1).await;
    keep(&desk, 0).await;
    let of = |n, version| [(design(n, version).id, Kept::Thumb), (design(n, version).id, Kept::File)];
    let all = [of(1, 2), of(1, 1), of(0, 2), of(0, 1)].concat();
    assert_eq!(wanted(&desk).await.iter().collect::<HashSet<_>>(), all.iter().collect());
    assert_eq!(wanted(&desk).await[..2], of(0, 2), "kept at one moment, in the order of their ids");
    put(&desk, design(0, 2).id, Kept::Thumb, 10).await;
    put(&desk, design(0, 2).id, Kept::File, 10).await;
    let size = u64::try_from(design(0, 1).size).unwrap();
    let expected = KeptFiles { files: 2, here: 1, bytes: 2 * size, bytes_here: size, full: false };
    assert_eq!(files(&desk, 0).await, Some(expected));
    let brief = design_record(0, 3, MediaType::Pdf, b"brief");
    server.commit([AnyRecord::Design(brief.clone())]);
    desk.read(&server, usize::MAX).await;
    assert_eq!(wanted(&desk).await[0], (brief.id, Kept::File), "a version that came later; a PDF has no picture");
    assert_eq!(files(&desk, 0).await.map(|it| (it.files, it.here)), Some((3, 1)));
}

#[tokio::test]
async fn bytes_that_wait_for_another_act_are_nothing_to_rely_on() {
    let (_, desk) = desk(2).await;
    keep(&desk, 0).await;
    let (it, bytes) = (design(0, 1), b"0/1".to_vec());
    let file = Attachment { sha256: it.sha256, policy: FilePolicy::Design, name: it.name, media_type: it.media_type, bytes };
    let own = testkit::records::id::<DesignId>(80_000_000);
    let args = json!({ "id": own, "order_id": id(1), "sha256": it.sha256, "size": 3, "media_type": "image/png", "name": "logo.png" });
    let given = Given { id: command(9), name: "design.upload".into(), args, seen: Vec::new(), seen_at: NOW, held_until: None };
    assert!(matches!(desk.cabinet.attach(given, vec![file], NOW).await.unwrap(), Submission::Taken(_)));
    assert!(wanted(&desk).await.contains(&(it.id, Kept::File)), "they go with that act, and the version's file would be gone");
    keep(&desk, 1).await;
    assert_eq!(files(&desk, 1).await.map(|it| (it.files, it.here)), Some((3, 1)), "what goes from here is here");
    assert!(!wanted(&desk).await.iter().any(|(id, _)| *id == own), "and nobody has it to give");
}

#[tokio::test]
async fn the_choice_is_kept_where_the_mirror_is_not() {
    let (server, mut desk) = desk(2).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 5_000).await;
    desk.restart().await;
    put(&desk, design(1, 1).id, Kept::File, 900).await;
    assert!(has(&desk, design(0, 1).id, Kept::File).await, "after a restart as before");
    // The mirror is lost with everything in it.
    desk.cabinet.keep_copy(NOW).await.unwrap();
    let Desk { dir, cabinet, .. } = desk;
    cabinet.close().await.unwrap();
    for file in ["mirror.db", "mirror.db-wal"] {
        let _ = std::fs::remove_file(dir.path().join(file));
    }
    let (cabinet, _) = open(dir.path(), None).await;
    let mut desk = Desk { dir, cabinet, live: 0, walk: None, next: 0 };
    assert_eq!(wanted(&desk).await, [], "nothing is fetched before the first copy");
    assert_eq!(desk.cabinet.kept_orders(NOW).await.unwrap().unknown, 1);
    desk.work(&server).await;
    assert_eq!(wanted(&desk).await, [], "nor before it is whole");
    desk.walk_on(&server, usize::MAX).await;
    assert_eq!(files(&desk, 0).await.map(|it| (it.files, it.here)), Some((2, 0)));
    assert_eq!(wanted(&desk).await.len(), 4, "and then everything again");
}

#[tokio::test]
async fn a_new_history_beside_the_old_one_keeps_the_choice() {
    let (server, mut desk) = desk(1).await;
    keep(&desk, 0).await;
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    assert!(files(&desk, 0).await.is_some(), "what was not read yet is not gone");
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    assert_eq!(wanted(&desk).await.len(), 4);
}

#[tokio::test]
async fn an_order_that_is_nobodys_to_see_is_let_go_of() {
    let (mut server, mut desk) = desk(2).await;
    keep(&desk, 0).await;
    keep(&desk, 1).await;
    put(&desk, design(0, 1).id, Kept::File, 10).await;
    for gone in [RecordRef::new(Kind::Design, design(0, 1).id), RecordRef::new(Kind::Design, design(0, 2).id), order(0)] {
        server.lose(gone);
    }
    desk.read(&server, usize::MAX).await;
    assert_eq!((files(&desk, 0).await, has(&desk, design(0, 1).id, Kept::File).await), (None, false));
    assert!(files(&desk, 1).await.is_some());
    // And where it went while nobody listened.
    server.lose(order(1));
    desk.cabinet.begin_anew(true, NOW).await.unwrap();
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    assert_eq!(files(&desk, 1).await, None);
    assert!(desk.cabinet.kept_orders(NOW).await.unwrap().orders.is_empty());
}

#[tokio::test]
async fn with_the_servers_file_goes_what_is_kept_and_the_order_stays_kept() {
    let (mut server, mut desk) = desk(1).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 10).await;
    let purge = Purge { by: person(4), at: NOW, reason: "Masa simpan habis".to_owned() };
    server.commit([AnyRecord::Design(Design { purged: Some(purge), ..design(0, 1) })]);
    desk.read(&server, usize::MAX).await;
    assert!(!has(&desk, design(0, 1).id, Kept::File).await);
    assert_eq!(files(&desk, 0).await.map(|it| (it.files, it.here)), Some((1, 0)));
    assert_eq!(wanted(&desk).await.iter().map(|(id, _)| *id).collect::<HashSet<_>>(), [design(0, 2).id].into());
}

#[tokio::test]
async fn of_a_client_who_was_erased_nothing_is_kept() {
    let (mut server, mut desk) = desk(2).await;
    server.commit([client_record(0)]);
    keep(&desk, 0).await;
    keep(&desk, 1).await;
    put(&desk, design(0, 1).id, Kept::File, 10).await;
    let outcome = server.act(&Actor::system(), 9, "client.erase", json!({ "id": client(0).id }));
    assert!(outcome.code.is_none(), "{outcome:?}");
    desk.read(&server, usize::MAX).await;
    assert_eq!((files(&desk, 0).await, has(&desk, design(0, 1).id, Kept::File).await), (None, false));
    assert!(files(&desk, 1).await.is_some(), "another client's order stays");
}

#[tokio::test]
async fn a_program_that_ends_at_an_erasure_keeps_nothing_of_the_erased() {
    let mut server = Model::with(0, 0);
    server.commit(reachable(0, OrderStatus::InProgress));
    server.commit([client_record(0), AnyRecord::Design(design(0, 1))]);
    let copies = Copies::default();
    let mut desk = Desk::with_steps(Some(copies.steps())).await;
    desk.work(&server).await;
    desk.walk_on(&server, usize::MAX).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 10).await;
    server.act(&Actor::system(), 9, "client.erase", json!({ "id": client(0).id }));
    copies.watch(&desk);
    desk.read(&server, usize::MAX).await;
    let taken = copies.taken();
    assert!(taken.iter().any(|(step, _)| *step == "mirror"));
    for (step, dir) in taken {
        let (cabinet, _) = open(dir.path(), None).await;
        let desk = Desk { dir, cabinet, live: 0, walk: None, next: 0 };
        assert_eq!((files(&desk, 0).await, has(&desk, design(0, 1).id, Kept::File).await), (None, false), "{step}");
    }
}

#[tokio::test]
async fn what_has_no_room_is_refused_with_what_it_lacks() {
    let (mut server, mut desk) = desk(3).await;
    let large = |n, size: u64| AnyRecord::Design(Design { size: i64::try_from(size).unwrap(), ..design(n, 3) });
    server.commit([large(0, KEPT_MOST - 500), large(1, 600)]);
    desk.read(&server, usize::MAX).await;
    keep(&desk, 0).await;
    let small = |n: u64| (1..=2).map(|version| u64::try_from(design(n, version).size).unwrap()).sum::<u64>();
    let (needs, left) = (600 + small(1), 500 - small(0));
    let answer = desk.cabinet.keep_order(id(1), true, CACHE, NOW).await.unwrap();
    assert_eq!(answer, KeepAnswer::NoRoom { needs, left });
    assert_eq!(files(&desk, 1).await, None, "nothing of it is kept");
    keep(&desk, 2).await;
    keep(&desk, 0).await;
    assert_eq!(desk.cabinet.keep_order(id(99), true, CACHE, NOW).await.unwrap(), KeepAnswer::NotFound);
    // A version that comes later has no room either, and says so.
    put(&desk, design(0, 3).id, Kept::File, 10).await;
    server.commit([large(2, 700)]);
    desk.read(&server, usize::MAX).await;
    assert_eq!(files(&desk, 2).await.map(|it| it.full), Some(true));
    assert!(!wanted(&desk).await.contains(&(design(2, 3).id, Kept::File)) && wanted(&desk).await.contains(&(design(2, 1).id, Kept::File)));
    desk.cabinet.keep_order(id(0), false, CACHE, NOW).await.unwrap();
    assert_eq!(files(&desk, 2).await.map(|it| it.full), Some(false));
    assert!(wanted(&desk).await.contains(&(design(2, 3).id, Kept::File)));
}

#[tokio::test]
async fn what_is_kept_is_counted_apart_and_told_of_each_version() {
    let (_, desk) = desk(1).await;
    keep(&desk, 0).await;
    put(&desk, design(0, 1).id, Kept::File, 10).await;
    put(&desk, design(0, 1).id, Kept::Full, 30).await;
    let all = desk.cabinet.kept_orders(NOW).await.unwrap();
    assert_eq!((all.held, all.cached), (u64::try_from(design(0, 1).size).unwrap(), 30));
    let page = desk.cabinet.designs(id(0), NOW).await.unwrap();
    assert_eq!(page.versions.iter().map(|it| (it.design.version, it.kept)).collect::<Vec<_>>(), [(2, false), (1, true)]);
    let whole = desk.cabinet.order(order(0), &[], NOW).await.unwrap().unwrap();
    assert_eq!(whole.kept.map(|it| it.here), Some(1));
    desk.cabinet.keep_none(NOW).await.unwrap();
    assert!(desk.cabinet.kept_orders(NOW).await.unwrap().orders.is_empty());
}

#[tokio::test]
async fn so_many_orders_are_kept_and_no_more() {
    let most = u64::try_from(KEPT_ORDERS).unwrap();
    let (_, desk) = desk(most + 1).await;
    for n in 0..most {
        keep(&desk, n).await;
    }
    assert_eq!(desk.cabinet.keep_order(id(most), true, CACHE, NOW).await.unwrap(), KeepAnswer::TooMany);
    keep(&desk, 7).await;
    assert_eq!(desk.cabinet.keep_order(id(7), false, CACHE, NOW).await.unwrap(), KeepAnswer::Done);
    keep(&desk, most).await;
}
