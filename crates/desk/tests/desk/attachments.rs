//! Files that go with messages at a desk: chosen, looked at before anything is kept, sent with what is said, and seen without a line.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{
    DesignImageReply, DropFiles, ErrorCode, Event, FileImage, ForgetFiles, ImageSize, MessageView, PasteFile, PickFiles, PickedFile,
    SaveFile, SendMessage, SentFile, SessionState, Talk, Unlock,
};
use domain::{
    file::{MediaType, Sha256},
    id::OrderId,
    record::{AnyRecord, Kind, RecordRef},
    records::{Attachments, Message, OrderStatus},
};
use inspect::testing::{jpeg, pdf, png};
use std::{fs, path::PathBuf};
use testkit::records::{order, reachable};

use crate::world::{PASSWORD, Seat, World};

fn order_id() -> OrderId {
    order(0).id.into()
}
fn serving() -> World {
    let world = World::new(1, 0);
    world.net.serve(|model| model.commit(reachable(0, OrderStatus::InProgress)));
    world
}
fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.downloads.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}
async fn pick(world: &World, seat: &Seat, paths: Vec<PathBuf>) -> Vec<PickedFile> {
    *world.chosen.0.lock().unwrap() = paths;
    seat.desk.pick_files(PickFiles {}).await.unwrap()
}
fn numbers(all: &[PickedFile]) -> Vec<SentFile> {
    all.iter().filter_map(|it| it.file).map(SentFile::Picked).collect()
}
async fn send(seat: &Seat, text: &str, files: Vec<SentFile>) -> Result<bridge::Submitted, bridge::DeskError> {
    seat.desk.send_message(SendMessage { order_id: order_id(), text: text.to_owned(), read: None, files }).await
}
async fn said(seat: &Seat) -> Vec<MessageView> {
    seat.desk.talk(Talk { order_id: order_id(), before: None, limit: 50 }).await.unwrap().messages
}

#[tokio::test]
async fn files_are_sent_with_what_is_said_and_keep_their_place() {
    let world = serving();
    let seat = world.whole().await;
    seat.hold(0).await;
    world.offline(true);
    let (large, small) = (png(700_000), pdf(3_000));
    let picked = pick(&world, &seat, vec![file(&world, "sketsa bakso.png", &large), file(&world, "brief.pdf", &small)]).await;
    let told: Vec<_> = picked.iter().map(|it| (it.name.as_str(), it.size, it.media_type.clone(), it.refused.as_deref())).collect();
    let expected = [
        ("sketsa bakso.png", large.len() as u64, Some(MediaType::Png), None),
        ("brief.pdf", small.len() as u64, Some(MediaType::Pdf), None),
    ];
    assert_eq!(told, expected);
    assert!(seat.outbox().await.running.is_empty(), "nothing is kept before it is sent");
    send(&seat, "", numbers(&picked)).await.unwrap();
    send(&seat, "Bagaimana menurut Anda?", Vec::new()).await.unwrap();
    let again = send(&seat, "", numbers(&picked)).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound, "what was sent waits no more");
    let shown = said(&seat).await;
    let names: Vec<_> = shown[0].message.attachments.0.iter().map(|it| it.name.as_str()).collect();
    assert_eq!((names, shown[0].state.is_some(), shown[0].files.len()), (vec!["sketsa bakso.png", "brief.pdf"], true, 2));
    assert!(shown[0].files.iter().all(|it| it.here && it.transfer.is_some()), "{:?}", shown[0].files);
    let first = shown[0].message.id;
    seat.quit().await;
    fs::remove_file(world.downloads.path().join("sketsa bakso.png")).unwrap();
    let seat = world.open().await;
    seat.start().await;
    let image = seat.desk.file_image(FileImage { message: first, place: 0, size: ImageSize::Thumb }).await.unwrap();
    assert!(matches!(image, DesignImageReply::Image { .. }), "seen before anybody has it: {image:?}");
    let mut events = seat.desk.events();
    world.offline(false);
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("both are the server's", async |s| said(s).await.iter().all(|it| it.state.is_none())).await;
    let moved = |event: &Event| matches!(event, Event::FileMoved { message, .. } if *message == first);
    assert!(std::iter::from_fn(|| events.try_recv().ok()).any(|event| moved(&event)), "it is told how far they are");
    let held = world.net.model().held(RecordRef::new(Kind::Message, first)).cloned().unwrap();
    let AnyRecord::Message(Message { number, attachments: Attachments(files), .. }) = &*held.record else { panic!("a message") };
    let arrived: Vec<_> = files.iter().map(|it| it.sha256).collect();
    assert_eq!((*number, arrived), (1, vec![Sha256::of(&large), Sha256::of(&small)]), "before what was said after it");
    let sent: usize = world.net.parts().iter().map(|(_, len)| len).sum();
    assert_eq!(sent, large.len() + small.len(), "each byte once");
    world.offline(true);
    let shown = said(&seat).await;
    assert!(
        shown[0].files.iter().all(|it| it.here && it.transfer.is_none()),
        "whoever sent them need not fetch them: {:?}",
        shown[0].files
    );
    let saved = seat.desk.save_file(SaveFile { message: first, place: 1 }).await.unwrap();
    assert_eq!(fs::read(saved.path).unwrap(), small);
    for (message, place) in [(first, 2), (shown[1].message.id, 0)] {
        let missing = seat.desk.save_file(SaveFile { message, place }).await.unwrap_err();
        assert_eq!(missing.code, ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn what_is_chosen_is_looked_at_and_waits_in_memory_alone() {
    let world = serving();
    let seat = world.whole().await;
    let bytes = jpeg(2_000);
    let paths = vec![
        file(&world, "a.jpg", &bytes),
        file(&world, "b.exe", b"MZ"),
        file(&world, "c.png", &bytes),
        world.downloads.path().join("tidak ada.png"),
    ];
    let why: Vec<_> = pick(&world, &seat, paths).await.into_iter().map(|it| (it.file.is_some(), it.refused)).collect();
    let not = |why: &str| (false, Some(why.to_owned()));
    assert_eq!(why, [(true, None), not("extension_unknown"), not("magic_mismatch"), not("unreadable")]);
    let pasted = PasteFile { name: "tempel.png".to_owned(), data: STANDARD.encode(png(700)) };
    let pasted = seat.desk.paste_file(pasted).await.unwrap();
    let wrong = PasteFile { name: "tempel.png".to_owned(), data: "?".to_owned() };
    assert_eq!(seat.desk.paste_file(wrong).await.unwrap_err().code, ErrorCode::BadCall);
    assert_eq!(seat.desk.drop_files(DropFiles { handle: 9 }).await.unwrap_err().code, ErrorCode::NotFound);
    let many: Vec<PathBuf> = (0..9_u8).map(|n| file(&world, &format!("{n}.png"), &png(600 + usize::from(n)))).collect();
    let all = pick(&world, &seat, many).await;
    let taken = all.iter().filter(|it| it.file.is_some()).count();
    assert_eq!((taken, all.last().unwrap().refused.as_deref()), (8, Some("too_many_files")), "two messages' worth wait at most");
    seat.desk.forget_files(ForgetFiles { files: vec![pasted.file.unwrap()] }).await.unwrap();
    assert_eq!(send(&seat, "", numbers(&[pasted])).await.unwrap_err().code, ErrorCode::NotFound);
    let six = send(&seat, "", numbers(&all[..6])).await.unwrap_err();
    assert_eq!(six.code, ErrorCode::Refused, "the rulebook says how many go with one message");
    seat.desk.lock().await;
    let state = seat.desk.unlock(Unlock { secret: PASSWORD.to_owned() }).await.unwrap();
    assert!(matches!(state, SessionState::Open { .. }));
    assert_eq!(send(&seat, "", numbers(&all[..1])).await.unwrap_err().code, ErrorCode::NotFound, "whoever locks leaves nothing lying");
    assert!(said(&seat).await.is_empty());
}
