//! Files of kept orders: fetched by themselves, one at a time, behind everything that people have done, through every cut.

use domain::{
    file::MediaType,
    id::{CommandId, OrderId},
    record::AnyRecord,
    records::{Design, OrderStatus},
    status::{CommandState, Connection},
};
use mirror::{KeepAnswer, Kept, KeptFiles};
use std::{collections::HashSet, sync::Arc};
use sync::{Fault, FileAsk, News};
use testkit::{
    Mishap, Model, Net, Op, problem,
    records::{design_record, order, reachable},
};

use crate::{desk::Desk, uploads::attach};

fn id(n: u64) -> OrderId {
    order(n).id.into()
}
fn bytes(version: i64) -> Vec<u8> {
    format!("berkas {version}").into_bytes()
}
fn design(version: i64) -> Design {
    design_record(0, version, MediaType::Png, &bytes(version))
}
/// The server has the file of this version, and its small picture.
fn serve(net: &Net, version: i64) {
    let it = design(version);
    net.set_file(FileAsk::Whole(it.sha256), bytes(version));
    net.set_file(FileAsk::Preview(it.sha256, "thumb"), b"kecil".to_vec());
    net.serve(|model| model.commit([AnyRecord::Design(it)]));
}
/// A desk that has everything of an order with so many versions.
async fn world(versions: i64) -> (Arc<Net>, Desk) {
    let mut model = Model::with(2, 0);
    model.commit((0..3).flat_map(|n| reachable(n, OrderStatus::InProgress)));
    let net = Net::new(model);
    (1..=versions).for_each(|version| serve(&net, version));
    let desk = Desk::whole(&net).await;
    (net, desk)
}
async fn keep(desk: &Desk, keep: bool) {
    let answer = desk.cabinet.keep_order(id(0), keep, 0, desk.handle.now()).await.unwrap();
    assert_eq!(answer, KeepAnswer::Done);
    desk.handle.kept();
}
async fn files(desk: &Desk) -> Option<KeptFiles> {
    desk.cabinet.kept_files(id(0), desk.handle.now()).await.unwrap()
}
async fn here(desk: &Desk) -> u32 {
    files(desk).await.map_or(0, |it| it.here)
}
async fn become_here(desk: &Desk, many: u32) {
    desk.until(&format!("{many} files are here"), async |d| here(d).await == many).await;
}

#[tokio::test]
async fn a_kept_orders_files_come_one_at_a_time_and_new_versions_by_themselves() {
    let (net, desk) = world(2).await;
    assert_eq!(net.count(Op::File), 0, "nobody asked for any");
    keep(&desk, true).await;
    become_here(&desk, 2).await;
    desk.until("it rests", async |d| d.handle.keeping().fetching.is_none()).await;
    assert_eq!(net.count(Op::File), 4, "each file and each picture once");
    assert!(desk.heard(|news| matches!(news, News::Kept(order) if *order == id(0))) >= 4);
    serve(&net, 3);
    become_here(&desk, 3).await;
    net.offline(true);
    for version in 1..=3 {
        let kept = desk.cabinet.kept(design(version).id, Kept::File, desk.handle.now()).await.unwrap();
        assert_eq!(kept, Some(bytes(version)), "byte for byte, without a line");
    }
    let desk = desk.restart().await;
    assert_eq!((here(&desk).await, net.count(Op::File)), (3, 6), "a restart fetches nothing again");
}

/// What a fetch waits for after it failed passes, and nothing else: not the beat, which would let hours go by and every token end.
async fn time_passes(net: &Net) {
    loop {
        net.clock.pass(250..=4_999).await;
    }
}

#[tokio::test]
async fn a_cut_costs_one_file_and_no_other() {
    for at in 0..4 {
        for fault in [Fault::Cut, Fault::TooSlow, problem(503, "", None), problem(500, "internal", None)] {
            let (net, desk) = world(2).await;
            net.mute(true);
            desk.until("it listens", async |d| d.listens()).await;
            for _ in 0..at {
                // What came before it is here and stays.
                net.mishap(Op::File, Mishap::AnswerLost(Fault::Cut));
            }
            net.fails(Op::File, fault.clone());
            keep(&desk, true).await;
            let came = async {
                become_here(&desk, 2).await;
                let wants = async |d: &Desk| d.cabinet.next_wanted(&HashSet::new(), d.handle.now()).await.unwrap();
                desk.until("the pictures too", async |d| wants(d).await.is_none()).await;
            };
            tokio::select! {
                () = time_passes(&net) => {}
                () = came => {}
            }
            assert_eq!(net.count(Op::File), 5 + at, "{fault}, {at}: what is here is not fetched again");
            assert!(!matches!(desk.line().connection, Connection::Offline), "{fault}: a file that does not come says nothing of the line");
        }
    }
}

#[tokio::test]
async fn without_a_line_nothing_is_asked_and_with_one_it_goes_on() {
    let (net, desk) = world(2).await;
    net.offline(true);
    desk.until("offline", async |d| d.line().offline_since.is_some()).await;
    keep(&desk, true).await;
    desk.until("it was tried", async |_| net.count(Op::File) == 1).await;
    assert_eq!(files(&desk).await.map(|it| (it.files, it.here)), Some((2, 0)));
    net.offline(false);
    desk.handle.sync_now();
    become_here(&desk, 2).await;
}

#[tokio::test]
async fn what_people_have_done_goes_first() {
    let (net, mut desk) = world(2).await;
    desk.handle.pause(true);
    desk.until("paused", async |d| d.line().connection == Connection::Paused).await;
    let accept: CommandId = desk.accept(0).await;
    let upload = attach(&mut desk, 1).await;
    keep(&desk, true).await;
    let before = net.calls().len();
    desk.handle.pause(false);
    become_here(&desk, 2).await;
    assert_eq!((desk.state(accept).await, desk.state(upload).await), (CommandState::Applied, CommandState::Applied));
    let calls: Vec<Op> = net.calls().into_iter().skip(before).map(|(op, _)| op).collect();
    let first = calls.iter().position(|op| *op == Op::File).unwrap();
    let last = calls.iter().rposition(|op| matches!(op, Op::Commands | Op::BeginUpload | Op::Bytes)).unwrap();
    assert!(last < first, "{calls:?}");
}

#[tokio::test]
async fn whoever_lets_go_ends_what_is_being_fetched() {
    let (net, desk) = world(2).await;
    net.mishap(Op::File, Mishap::Stuck);
    keep(&desk, true).await;
    desk.until("one is being fetched", async |d| d.handle.keeping().fetching.is_some() && net.count(Op::File) == 1).await;
    // Whoever keeps it once more, or another one, does not begin it again.
    keep(&desk, true).await;
    keep(&desk, false).await;
    desk.until("it is not any more", async |d| d.handle.keeping().fetching.is_none()).await;
    assert_eq!((net.count(Op::File), files(&desk).await), (1, None));
    keep(&desk, true).await;
    become_here(&desk, 2).await;
}

#[tokio::test]
async fn what_the_server_does_not_give_is_named_and_keeps_nobody_waiting() {
    let (net, desk) = world(3).await;
    net.set_file(FileAsk::Whole(design(2).sha256), b"lain".to_vec());
    net.fails(Op::File, problem(404, "no_preview", None));
    keep(&desk, true).await;
    become_here(&desk, 2).await;
    desk.until("it rests", async |d| d.handle.keeping().fetching.is_none()).await;
    assert_eq!(desk.handle.keeping().refused, [(id(0), design(2).id)].into(), "other bytes than the record's are none of it");
    let kept = desk.cabinet.kept(design(2).id, Kept::File, desk.handle.now()).await.unwrap();
    assert_eq!(kept, None);
    net.set_file(FileAsk::Whole(design(2).sha256), bytes(2));
    keep(&desk, true).await;
    become_here(&desk, 3).await;
    assert!(desk.handle.keeping().refused.is_empty(), "whoever asks again is answered again");
}

#[tokio::test]
async fn what_comes_and_cannot_be_kept_is_not_fetched_without_end() {
    let (net, desk) = world(0).await;
    // A record that says of its file that it has fewer bytes than it has, where those it has have no room.
    let full = Design { size: i64::try_from(mirror::KEPT_MOST - 4).unwrap(), ..design(1) };
    let lie = Design { size: 1, ..design(2) };
    net.set_file(FileAsk::Whole(full.sha256), bytes(1));
    net.set_file(FileAsk::Whole(lie.sha256), bytes(2));
    keep(&desk, true).await;
    net.serve(|model| model.commit([AnyRecord::Design(full)]));
    become_here(&desk, 1).await;
    net.serve(|model| model.commit([AnyRecord::Design(lie)]));
    let name = format!("{:?}", FileAsk::Whole(design(2).sha256));
    let asked = |net: &Net| net.calls().iter().filter(|(op, what)| *op == Op::File && *what == name).count();
    desk.until("it was fetched", async |_| asked(&net) > 0).await;
    desk.until("it rests", async |d| d.handle.keeping().fetching.is_none()).await;
    desk.handle.sync_now();
    desk.settled().await;
    assert_eq!((asked(&net), here(&desk).await), (1, 1), "once is enough");
}

#[tokio::test]
async fn a_locked_desk_fetches_nothing() {
    let (net, desk) = world(1).await;
    net.offline(true);
    keep(&desk, true).await;
    let locked = desk.lock().await;
    let before = net.count(Op::File);
    net.offline(false);
    serve(&net, 2);
    locked.listens().await;
    assert_eq!(net.count(Op::File), before);
    let desk = locked.unlock().await;
    become_here(&desk, 2).await;
}

#[tokio::test]
async fn a_large_file_goes_on_where_it_was_cut_off() {
    let (net, desk) = world(0).await;
    let large: Vec<u8> = (0..1_300_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let it = design_record(0, 1, MediaType::Pdf, &large);
    net.set_file(FileAsk::Whole(it.sha256), large.clone());
    // The first part comes, for it has no lines; the second is cut off.
    net.mishap(Op::File, Mishap::CutAfter(0));
    net.mishap(Op::File, Mishap::AnswerLost(Fault::Cut));
    keep(&desk, true).await;
    net.serve(|model| model.commit([AnyRecord::Design(it.clone())]));
    tokio::select! {
        () = time_passes(&net) => {}
        () = become_here(&desk, 1) => {}
    }
    let asked: Vec<String> = net.calls().into_iter().filter(|(op, _)| *op == Op::File).map(|(_, what)| what).collect();
    let part = |from: u64, upto: u64| format!("{:?}", FileAsk::Part(it.sha256, from, upto));
    let expected = [part(0, 524_288), part(524_288, 1_048_576), part(524_288, 1_048_576), part(1_048_576, 1_300_000)];
    assert_eq!(asked, expected, "what had come is not asked for again");
    assert_eq!(desk.cabinet.kept(it.id, Kept::File, desk.handle.now()).await.unwrap(), Some(large));
}

#[tokio::test]
async fn a_large_file_that_is_another_one_is_refused() {
    let (net, desk) = world(0).await;
    let large = vec![7; 600_000];
    let it = design_record(0, 1, MediaType::Pdf, &large);
    for lie in [vec![8; 600_000], vec![7; 590_000], vec![7; 500_000]] {
        net.set_file(FileAsk::Whole(it.sha256), lie);
        net.serve(|model| model.commit([AnyRecord::Design(it.clone())]));
        keep(&desk, true).await;
        desk.until("it is refused", async |d| !d.handle.keeping().refused.is_empty()).await;
        assert_eq!(here(&desk).await, 0);
    }
    net.set_file(FileAsk::Whole(it.sha256), large);
    keep(&desk, true).await;
    become_here(&desk, 1).await;
}
