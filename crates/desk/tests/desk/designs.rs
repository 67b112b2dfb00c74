//! Design files at a desk: chosen, let fall or pasted, looked at before anything is kept, and sent whenever there is a line.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{
    Attached, CancelTransfer, DesignView, Designs, DesignsReply, DropDesigns, ErrorCode, Event, PasteDesign, PauseTransfer, PickDesigns,
    TransferState, VerdictState,
};
use domain::{
    file::{FileName, MediaType, Sha256},
    id::{DesignId, OrderId},
    record::{AnyRecord, Kind, RecordRef},
    records::{Design, DesignStatus, OrderStatus, Pins},
    role::{Actor, Role},
    status::CommandState,
};
use inspect::testing::{jpeg, png};
use std::{fs, path::PathBuf};
use testkit::{
    Mishap, Op,
    records::{NOW, client_actor, order, person, reachable},
};

use crate::{
    locked::listens,
    toasts::told,
    world::{Seat, World},
};

fn order_id(n: u64) -> OrderId {
    order(n).id.into()
}
fn serving() -> World {
    let world = World::new(1, 0);
    world.net.serve(|model| (0..2).for_each(|n| model.commit(reachable(n, OrderStatus::InProgress))));
    world
}
/// A file of this name on this computer.
fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.downloads.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}
async fn designs(seat: &Seat, n: u64) -> DesignsReply {
    seat.desk.designs(Designs { order: order_id(n) }).await.unwrap()
}
async fn drop_on(seat: &Seat, n: u64, paths: Vec<PathBuf>) -> Vec<Attached> {
    let mut events = seat.desk.events();
    seat.desk.files_above(paths.len());
    seat.desk.files_dropped(paths);
    loop {
        if let Event::Dropped { handle: Some(handle), .. } = events.recv().await.unwrap() {
            return seat.desk.drop_designs(DropDesigns { order: order_id(n), handle }).await.unwrap();
        }
    }
}
async fn paste(seat: &Seat, n: u64, name: &str, bytes: &[u8]) -> Attached {
    let query = PasteDesign { order: order_id(n), name: name.to_owned(), data: STANDARD.encode(bytes) };
    seat.desk.paste_design(query).await.unwrap()
}
fn state(it: &DesignView) -> Option<TransferState> {
    it.transfer.as_ref().map(|it| it.state)
}

#[tokio::test]
async fn a_file_dropped_offline_is_there_after_a_restart_and_arrives_once() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    let bytes = png(900_000);
    world.offline(true);
    let said = drop_on(&seat, 0, vec![file(&world, "logo bakso.png", &bytes)]).await;
    let [Attached { name, design: Some(id), refused: None, details: None }] = &said[..] else { panic!("{said:?}") };
    assert_eq!(name, "logo bakso.png");
    let shown = designs(&seat, 0).await.versions.remove(0);
    assert_eq!((shown.design.id, shown.design.version, shown.ours, shown.here, shown.current), (*id, 1, true, true, true));
    assert_eq!((shown.mark, state(&shown).is_some()), (Some(CommandState::Queued), true));
    seat.quit().await;
    // What it was read from is gone: the desk has its own.
    fs::remove_file(world.downloads.path().join("logo bakso.png")).unwrap();
    let seat = world.open().await;
    seat.start().await;
    assert_eq!(designs(&seat, 0).await.versions[0].design.id, *id);
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("it is the server's", async |s| designs(s, 0).await.versions.first().is_some_and(|it| !it.ours && it.transfer.is_none()))
        .await;
    let held = world.net.model().held(RecordRef::new(Kind::Design, *id)).cloned().unwrap();
    let AnyRecord::Design(design) = &*held.record else { panic!("a version") };
    assert_eq!((design.sha256, design.size, design.version), (Sha256::of(&bytes), i64::try_from(bytes.len()).unwrap(), 1));
    assert_eq!(world.net.parts().iter().map(|(_, len)| len).sum::<usize>(), bytes.len(), "each byte once");
    assert_eq!(world.net.model().effects.values().sum::<u32>(), 1, "and the act once");
    world.offline(true);
    assert!(designs(&seat, 0).await.versions[0].here, "whoever sent it need not fetch it to see it");
    let saved = seat.desk.save_design(bridge::SaveDesign { design: *id }).await.unwrap();
    assert_eq!(fs::read(saved.path).unwrap(), bytes);
}

#[tokio::test]
async fn what_is_chosen_is_looked_at_before_anything_is_kept() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let bytes = jpeg(2_000);
    *world.chosen.0.lock().unwrap() = vec![
        file(&world, "a.jpg", &bytes),
        file(&world, "b.exe", b"MZ"),
        file(&world, "c.png", &bytes),
        world.downloads.path().join("missing.png"),
        file(&world, "lagi.jpg", &bytes),
    ];
    let said = seat.desk.pick_designs(PickDesigns { order: order_id(0) }).await.unwrap();
    let number = |it: &Attached| it.details.as_ref().and_then(|details| details.number.clone());
    let why: Vec<_> = said.iter().map(|it| (it.name.as_str(), it.refused.as_deref(), number(it))).collect();
    let expected = [
        ("a.jpg", None, None),
        ("b.exe", Some("extension_unknown"), None),
        ("c.png", Some("magic_mismatch"), None),
        ("missing.png", Some("unreadable"), None),
        ("lagi.jpg", Some("same_design"), Some("V1".to_owned())),
    ];
    assert_eq!(why, expected);
    assert_eq!(*world.chosen.1.lock().unwrap(), ["jpg", "jpeg", "png", "pdf", "zip", "rar"]);
    assert_eq!((designs(&seat, 0).await.versions.len(), seat.outbox().await.running.len()), (1, 1));
    world.chosen.0.lock().unwrap().clear();
    assert_eq!(seat.desk.pick_designs(PickDesigns { order: order_id(0) }).await.unwrap(), [], "nobody chose anything");
}

#[tokio::test]
async fn a_handle_is_good_once_and_only_the_newest_and_not_for_long() {
    let world = serving();
    let seat = world.whole().await;
    let path = file(&world, "logo.png", &png(600));
    let take = async |handle| seat.desk.drop_designs(DropDesigns { order: order_id(0), handle }).await;
    seat.desk.files_dropped(vec![path.clone()]);
    seat.desk.files_dropped(vec![path.clone()]);
    assert_eq!(take(1).await.unwrap_err().code, ErrorCode::NotFound, "others fell meanwhile");
    assert_eq!(take(2).await.unwrap().len(), 1);
    assert_eq!(take(2).await.unwrap_err().code, ErrorCode::NotFound, "it was used");
    seat.desk.files_dropped(vec![path]);
    world.net.clock.advance(10 * 60_000);
    assert_eq!(take(3).await.unwrap_err().code, ErrorCode::NotFound, "it is too old");
    assert_eq!(take(0).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_pasted_picture_is_one_file_and_what_is_too_long_is_not_decoded() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    let pasted = paste(&seat, 0, "tempel.png", &png(700)).await;
    assert!(pasted.design.is_some() && pasted.refused.is_none(), "{pasted:?}");
    let query = |data: String| PasteDesign { order: order_id(0), name: "besar.png".to_owned(), data };
    let long = seat.desk.paste_design(query("A".repeat(15_000_000))).await.unwrap();
    assert_eq!((long.name.as_str(), long.refused.as_deref()), ("besar.png", Some("too_large")));
    assert_eq!(seat.desk.paste_design(query("?".to_owned())).await.unwrap_err().code, ErrorCode::BadCall);
    assert_eq!(paste(&seat, 0, "kosong.png", &[]).await.refused.as_deref(), Some("empty"));
}

/// 10,485,760 bytes pass; one more is refused here, and the line never hears of it (R-077, C-34).
#[tokio::test]
async fn exactly_ten_megabytes_are_taken_and_one_byte_more_never_leaves() {
    const MOST: usize = 10_485_760;
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    let more = png(MOST + 1);
    let dropped = drop_on(&seat, 0, vec![file(&world, "lebih.png", &more)]).await;
    for it in [&dropped[0], &paste(&seat, 0, "tempel.png", &more).await] {
        assert_eq!((it.design, it.refused.as_deref()), (None, Some("too_large")));
    }
    let sent = || [Op::BeginUpload, Op::Bytes, Op::Commands].map(|op| world.net.count(op));
    assert_eq!((sent(), designs(&seat, 0).await.versions), ([0; 3], vec![]), "nobody hears of it");
    let dropped = drop_on(&seat, 0, vec![file(&world, "batas.png", &png(MOST))]).await;
    assert!(dropped[0].design.is_some() && dropped[0].refused.is_none(), "{dropped:?}");
    seat.until("it is there", async |s| designs(s, 0).await.versions.first().is_some_and(|it| state(it).is_none())).await;
    assert_eq!(world.net.parts().iter().map(|(_, len)| len).sum::<usize>(), MOST);
}

#[tokio::test]
async fn an_upload_that_another_act_waits_for_goes_on_when_one_is_called_off() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    world.net.mishap(Op::Bytes, Mishap::Stuck);
    let bytes = png(600_000);
    let first = paste(&seat, 0, "satu.png", &bytes).await.design.unwrap();
    seat.until("it is being sent", async |s| state(&designs(s, 0).await.versions.remove(0)) == Some(TransferState::Sending)).await;
    let second = paste(&seat, 1, "satu.png", &bytes).await.design.unwrap();
    seat.desk.cancel_transfer(CancelTransfer { design: first }).await.unwrap();
    // Whatever was to be said at once has been said when something else has gone there and back.
    let other = seat.accept(0).await;
    seat.becomes(other, CommandState::Applied).await;
    assert_eq!(world.net.count(Op::EndUpload), 0, "another act waits for the same bytes");
    seat.desk.cancel_transfer(CancelTransfer { design: second }).await.unwrap();
    seat.until("the server is told once nobody waits for it", async |_| world.net.count(Op::EndUpload) == 1).await;
}

#[tokio::test]
async fn an_upload_can_be_paused_and_called_off() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    world.net.mishap(Op::Bytes, Mishap::Stuck);
    let id = paste(&seat, 0, "satu.png", &png(600_000)).await.design.unwrap();
    let first = async |s: &Seat| designs(s, 0).await.versions.remove(0);
    seat.until("it is being sent", async |s| state(&first(s).await) == Some(TransferState::Sending)).await;
    assert_eq!(seat.status().await.uploading, Some(0), "in percent");
    let mut events = seat.desk.events();
    seat.desk.pause_transfer(PauseTransfer { design: id, paused: true }).await.unwrap();
    assert_eq!(state(&first(&seat).await), Some(TransferState::Paused));
    let told = async {
        loop {
            if let Event::Transfer { design, transfer: Some(it) } = events.recv().await.unwrap() {
                return (design, it.state);
            }
        }
    };
    assert_eq!(told.await, (id, TransferState::Paused));
    let unknown = DesignId::from(order(7).id);
    let missing = seat.desk.pause_transfer(PauseTransfer { design: unknown, paused: true }).await;
    assert_eq!(missing.unwrap_err().code, ErrorCode::NotFound);
    let submit = bridge::Submit { act: "design.submit".into(), args: serde_json::json!({ "id": id }), seen: Vec::new() };
    let submit = seat.desk.submit(submit).await.unwrap().id;
    seat.desk.cancel_transfer(CancelTransfer { design: id }).await.unwrap();
    assert_eq!(designs(&seat, 0).await.versions, []);
    assert_eq!(seat.command(submit).await.entry.state, CommandState::Blocked, "what followed on it waits for a person");
    seat.until("the server is told", async |_| world.net.count(Op::EndUpload) == 1).await;
    assert_eq!(seat.desk.cancel_transfer(CancelTransfer { design: id }).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn a_file_that_the_server_does_not_take_stands_there_with_its_reason() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    world.net.refuse_file("too_many_pixels");
    let id = paste(&seat, 0, "satu.png", &png(900)).await.design.unwrap();
    let refused = async |s: &Seat| designs(s, 0).await.versions.first().and_then(state) == Some(TransferState::Refused);
    seat.until("it is refused", refused).await;
    let it = designs(&seat, 0).await.versions.remove(0);
    assert_eq!((it.design.id, it.current, it.mark, it.here), (id, false, Some(CommandState::Refused), true));
    assert_eq!((it.transfer.unwrap().refused.as_deref(), it.verdicts.len()), (Some("too_many_pixels"), 0));
    assert_eq!(seat.outbox().await.decide.len(), 1);
    seat.desk.cancel_transfer(CancelTransfer { design: id }).await.unwrap();
    assert_eq!((designs(&seat, 0).await.versions, seat.outbox().await.decide.len()), (vec![], 0));
}

#[tokio::test]
async fn what_can_be_done_with_each_version_is_said() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    let upload = |reply: &DesignsReply| reply.upload.as_ref().map(|it| (it.act.clone(), it.verdict.clone()));
    assert_eq!(upload(&designs(&seat, 0).await), Some(("design.upload".to_owned(), VerdictState::Allowed)));
    paste(&seat, 0, "satu.png", &png(600)).await;
    paste(&seat, 0, "dua.png", &png(700)).await;
    let reply = designs(&seat, 0).await;
    let seen: Vec<_> = reply.versions.iter().map(|it| (it.design.version, it.current, it.superseded)).collect();
    assert_eq!(seen, [(2, true, false), (1, false, true)], "newest first");
    let allowed = |it: &DesignView| {
        let may = it.verdicts.iter().filter(|it| it.verdict == VerdictState::Allowed);
        may.map(|it| it.act.clone()).collect::<Vec<_>>()
    };
    assert_eq!(allowed(&reply.versions[0]), ["design.submit"]);
    assert_eq!(allowed(&reply.versions[1]), ["design.submit", "design.set_current"]);
}

#[tokio::test]
async fn whoever_may_never_upload_is_told_nothing_of_it() {
    let world = serving();
    *world.door.person.lock().unwrap() = Actor::person(person(1), vec![Role::Expert], None, None);
    let seat = world.whole().await;
    let reply = designs(&seat, 0).await;
    assert_eq!((reply.versions, reply.upload), (vec![], None));
}

#[tokio::test]
async fn a_held_upload_can_be_undone_and_sends_nothing_before() {
    let world = serving();
    let seat = world.whole().await;
    let attached = paste(&seat, 0, "satu.png", &png(600)).await;
    let it = designs(&seat, 0).await.versions.remove(0);
    assert_eq!((Some(it.design.id), it.mark, state(&it)), (attached.design, Some(CommandState::Held), Some(TransferState::Waiting)));
    let undone = seat.desk.undo(bridge::Undo { id: None }).await.unwrap();
    assert_eq!(undone.act, "design.upload");
    assert_eq!((designs(&seat, 0).await.versions, world.net.count(Op::BeginUpload)), (vec![], 0));
}

/// A version that the client of the n-th order looks at.
fn submitted(n: u64) -> Design {
    Design {
        id: DesignId::from(order(9_000 + n).id),
        order_id: order_id(n),
        order_number: "ORD-202611-0042".to_owned(),
        version: 2,
        sha256: Sha256::of(b"x"),
        size: 1,
        media_type: MediaType::Png,
        name: FileName::new("logo.png").unwrap(),
        by: person(4),
        status: DesignStatus::Submitted,
        comment: None,
        pins: Pins::default(),
        submitted_at: Some(NOW),
        reviewed_at: None,
        purged: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

#[tokio::test]
async fn what_a_client_decides_on_a_version_is_told_of_once_and_without_names_behind_the_lock() {
    let world = serving();
    world.net.serve(|model| model.commit((0..2).map(|n| AnyRecord::Design(submitted(n)))));
    let seat = world.whole().await;
    assert!(world.notifier.shown().is_empty(), "what was there before is no news");
    let decide = |n: u64, act: &str, comment: Option<&str>| {
        let mut args = serde_json::json!({ "id": submitted(n).id, "sha256": submitted(n).sha256 });
        if let Some(comment) = comment {
            args["comment"] = comment.into();
        }
        let outcome = world.net.serve(|model| model.act(&client_actor(n), 40 + n, act, args));
        assert!(outcome.code.is_none(), "{outcome:?}");
    };
    decide(0, "design.request_revision", Some("Warnanya lebih hangat"));
    told(&world, &seat, |shown| !shown.is_empty()).await;
    let shown = world.notifier.shown().remove(0);
    assert_eq!((shown.title.as_str(), shown.key), ("Klien minta revisi", order(0).to_string()));
    assert_eq!(shown.body, "\u{2068}ORD-202611-0042\u{2069}, V2.");
    let before = world.net.count(Op::Live);
    seat.desk.lock_now(bridge::Lock {}).await.unwrap();
    listens(&world, &seat, before).await;
    world.net.clock.advance(60_000);
    decide(1, "design.approve", None);
    seat.until("it is told", async |_| world.notifier.shown().iter().any(|it| it.title == "Ada kabar pesanan")).await;
    assert!(world.notifier.shown().iter().filter(|it| it.title == "Ada kabar pesanan").all(|it| it.body.is_empty()));
}
