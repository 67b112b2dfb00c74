//! Files that a person keeps on this computer: they come by themselves, are there without a line, and are nobody's any more when this
//! device is not.

use bridge::{
    DesignImage, DesignImageReply, Designs, ErrorCode, Event, ImageSize, KeepOrder, KeepOrderReply, KeptFiles, KeptOrders, SaveDesign,
};
use domain::{
    file::MediaType,
    id::OrderId,
    record::AnyRecord,
    records::{Design, OrderStatus},
};
use inspect::testing::{chunk, deflated, pixels, png_of};
use mirror::KEPT_MOST;
use sync::FileAsk;
use testkit::records::{design_record, order, reachable};

use crate::world::{Seat, World};

fn png(version: i64) -> Vec<u8> {
    let width = 40 + usize::try_from(version).unwrap();
    png_of(u32::try_from(width).unwrap(), 8, [8, 2, 0, 0, 0], &[chunk(b"IDAT", &deflated(&pixels(width, 8, 3), 6))])
}
fn design(n: u64, version: i64) -> Design {
    design_record(n, version, MediaType::Png, &png(version))
}
fn id(n: u64) -> OrderId {
    order(n).id.into()
}
/// The server has this version of an order, its file and its small picture.
fn serve(world: &World, n: u64, version: i64) {
    let it = design(n, version);
    let files = [(FileAsk::Whole(it.sha256), png(version)), (FileAsk::Preview(it.sha256, "thumb"), png(1))];
    world.door.files.lock().unwrap().extend(files);
    world.net.serve(|model| model.commit([AnyRecord::Design(it)]));
}
/// A desk with two orders of so many versions.
async fn desk(versions: i64) -> (World, Seat) {
    let world = World::new(0, 0);
    world.net.serve(|model| model.commit((0..2).flat_map(|n| reachable(n, OrderStatus::InProgress))));
    for (n, version) in (0..2).flat_map(|n| (1..=versions).map(move |version| (n, version))) {
        serve(&world, n, version);
    }
    let seat = world.whole().await;
    (world, seat)
}
async fn keep(seat: &Seat, n: u64, keep: bool) -> KeepOrderReply {
    seat.desk.keep_order(KeepOrder { order: id(n), keep }).await.unwrap()
}
async fn kept(seat: &Seat, n: u64) -> Option<KeptFiles> {
    let all = seat.desk.kept_orders(KeptOrders {}).await.unwrap();
    all.orders.into_iter().find(|it| it.order == id(n)).map(|it| it.files)
}
async fn become_here(seat: &Seat, n: u64, many: u32) {
    seat.until("its files are here", async |s| kept(s, n).await.is_some_and(|it| it.here == many && !it.fetching)).await;
}

#[tokio::test]
async fn what_is_kept_comes_by_itself_and_is_there_without_a_line() {
    let (world, seat) = desk(2).await;
    let KeepOrderReply::Done { kept: Some(begun) } = keep(&seat, 0, true).await else { panic!("it is kept") };
    assert_eq!(begun.files, 2);
    become_here(&seat, 0, 2).await;
    let mut events = seat.desk.events();
    serve(&world, 0, 3);
    become_here(&seat, 0, 3).await;
    let told = |event: &Event| matches!(event, Event::Kept { order, kept: Some(kept) } if *order == id(0) && kept.here == 3);
    while !told(&events.recv().await.unwrap()) {}
    world.offline(true);
    for version in 1..=3 {
        let saved = seat.desk.save_design(SaveDesign { design: design(0, version).id }).await.unwrap();
        assert_eq!(std::fs::read(saved.path).unwrap(), png(version));
        for size in [ImageSize::Thumb, ImageSize::Full] {
            let image = seat.desk.design_image(DesignImage { design: design(0, version).id, size }).await.unwrap();
            assert!(matches!(image, DesignImageReply::Image { .. }), "V{version} {size:?}: {image:?}");
        }
    }
    let elsewhere = seat.desk.save_design(SaveDesign { design: design(1, 1).id }).await.unwrap_err();
    assert_eq!(elsewhere.code, ErrorCode::Unreachable, "nobody keeps the other order");
    let versions = seat.desk.designs(Designs { order: id(0) }).await.unwrap().versions;
    assert!(versions.iter().all(|view| view.kept && view.here));
    seat.quit().await;
    let seat = world.open().await;
    seat.until("it is open", async |s| matches!(s.session().await, bridge::SessionState::Open { .. })).await;
    assert_eq!(kept(&seat, 0).await.map(|it| (it.files, it.here)), Some((3, 3)), "a restart forgets nothing");
}

#[tokio::test]
async fn what_could_not_come_is_said_and_letting_go_is_told() {
    let (world, seat) = desk(2).await;
    world.door.files.lock().unwrap().remove(&FileAsk::Whole(design(0, 1).sha256));
    keep(&seat, 0, true).await;
    become_here(&seat, 0, 1).await;
    seat.until("one is not given", async |s| kept(s, 0).await.is_some_and(|it| it.refused == 1)).await;
    let detail = seat.desk.order_detail(bridge::OrderDetail { record: order(0) }).await.unwrap();
    assert_eq!(detail.kept.map(|it| (it.files, it.here, it.refused, it.is_whole())), Some((2, 1, 1, false)));
    let mut events = seat.desk.events();
    assert_eq!(keep(&seat, 0, false).await, KeepOrderReply::Done { kept: None });
    while events.recv().await.unwrap() != (Event::Kept { order: id(0), kept: None }) {}
    assert_eq!(kept(&seat, 0).await, None);
    assert_eq!(keep(&seat, 0, false).await, KeepOrderReply::Done { kept: None }, "twice is once");
    let nobodys = OrderId::from_uuid(testkit::records::uuid(9));
    let error = seat.desk.keep_order(KeepOrder { order: nobodys, keep: true }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn what_has_no_room_is_refused_in_words() {
    let (world, seat) = desk(1).await;
    let large = Design { size: i64::try_from(KEPT_MOST).unwrap(), ..design(0, 2) };
    world.net.serve(|model| model.commit([AnyRecord::Design(large)]));
    seat.until("it is here", async |s| s.desk.designs(Designs { order: id(0) }).await.unwrap().versions.len() == 2).await;
    let reply = keep(&seat, 0, true).await;
    let needs = KEPT_MOST + u64::try_from(design(0, 1).size).unwrap();
    assert_eq!(reply, KeepOrderReply::NoRoom { needs, left: KEPT_MOST });
    assert_eq!(kept(&seat, 0).await, None);
}

#[tokio::test]
async fn whoever_locks_fetches_nothing_and_whoever_is_ended_keeps_nothing() {
    let (world, seat) = desk(1).await;
    keep(&seat, 0, true).await;
    become_here(&seat, 0, 1).await;
    seat.desk.lock().await;
    let locked = seat.desk.kept_orders(KeptOrders {}).await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::NoSession, "behind the lock nothing is said");
    let error = seat.desk.keep_order(KeepOrder { order: id(1), keep: true }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NoSession);
    world.net.end_session(world.door.session(), 401, "device_ended");
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is ended", async |s| matches!(s.session().await, bridge::SessionState::Revoked { .. })).await;
    seat.log_in(true).await;
    seat.settled().await;
    assert!(seat.desk.kept_orders(KeptOrders {}).await.unwrap().orders.is_empty());
}
