//! What a version looks like at a desk, with a line and without one, and its file.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bridge::{DesignContents, DesignImage, DesignImageReply, Designs, ErrorCode, ImageSize, NoImage, SaveDesign, SendMessage, SentFile};
use domain::{
    file::{MediaType, Sha256},
    id::DesignId,
    record::AnyRecord,
    records::{Design, OrderStatus, Purge},
};
use inspect::testing::{Member, chunk, deflated, pixels, png_of, zip};
use sync::FileAsk;
use testkit::records::{NOW, design_record, person, reachable};

use crate::world::{Seat, World};

/// A picture of so many pixels.
fn png(width: u32, height: u32) -> Vec<u8> {
    let rows = pixels(usize::try_from(width).unwrap(), usize::try_from(height).unwrap(), 3);
    png_of(width, height, [8, 2, 0, 0, 0], &[chunk(b"IDAT", &deflated(&rows, 6))])
}

/// A desk whose server has this file, and small pictures of it.
async fn desk(media_type: MediaType, bytes: &[u8]) -> (World, Seat, DesignId) {
    let world = World::new(0, 0);
    let design = design_record(0, 1, media_type, bytes);
    let (id, sha256) = (design.id, design.sha256);
    world.net.serve(|model| {
        model.commit(reachable(0, OrderStatus::InProgress));
        model.commit([AnyRecord::Design(design)]);
    });
    let files = [(FileAsk::Whole(sha256), bytes.to_vec()), (FileAsk::Preview(sha256, "thumb"), png(16, 8))];
    world.door.files.lock().unwrap().extend(files);
    let seat = world.whole().await;
    (world, seat, id)
}

async fn image(seat: &Seat, design: DesignId, size: ImageSize) -> DesignImageReply {
    seat.desk.design_image(DesignImage { design, size }).await.unwrap()
}

/// How large a picture is; nothing where there is none.
fn dimensions(reply: &DesignImageReply) -> Option<(u32, u32)> {
    let DesignImageReply::Image { width, height, data, .. } = reply else { return None };
    assert!(!STANDARD.decode(data).unwrap().is_empty());
    Some((*width, *height))
}

fn asked(world: &World) -> usize {
    world.door.asked().iter().filter(|text| text.starts_with("file ")).count()
}

#[tokio::test]
async fn a_small_picture_is_fetched_once_and_seen_without_a_line() {
    let (world, seat, id) = desk(MediaType::Png, &png(400, 200)).await;
    assert_eq!(dimensions(&image(&seat, id, ImageSize::Thumb).await), Some((16, 8)), "the server's");
    world.offline(true);
    assert_eq!(dimensions(&image(&seat, id, ImageSize::Thumb).await), Some((16, 8)));
    assert_eq!(asked(&world), 1);
    assert_eq!(image(&seat, id, ImageSize::Full).await, DesignImageReply::None { why: NoImage::Offline });
}

#[tokio::test]
async fn a_file_that_is_here_is_drawn_here() {
    let (world, seat, id) = desk(MediaType::Png, &png(400, 200)).await;
    let saved = seat.desk.save_design(SaveDesign { design: id }).await.unwrap();
    assert!(saved.path.ends_with("_logo.png") && saved.path.contains("ORD-"), "{}", saved.path);
    assert_eq!(std::fs::read(&saved.path).unwrap(), png(400, 200));
    world.offline(true);
    assert_eq!(dimensions(&image(&seat, id, ImageSize::Thumb).await), Some((160, 80)));
    assert_eq!(dimensions(&image(&seat, id, ImageSize::Full).await), Some((400, 200)));
    let again = seat.desk.save_design(SaveDesign { design: id }).await.unwrap();
    assert_ne!(again.path, saved.path, "never over another one");
    assert_eq!(asked(&world), 1);
}

#[tokio::test]
async fn what_was_not_fetched_cannot_be_saved_without_a_line() {
    let (world, seat, id) = desk(MediaType::Png, &png(400, 200)).await;
    world.offline(true);
    assert_eq!(seat.desk.save_design(SaveDesign { design: id }).await.unwrap_err().code, ErrorCode::Unreachable);
    let nobodys = DesignId::from_uuid(testkit::records::uuid(9));
    assert_eq!(seat.desk.save_design(SaveDesign { design: nobodys }).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn other_bytes_than_the_versions_are_not_taken() {
    let (world, seat, id) = desk(MediaType::Png, &png(400, 200)).await;
    world.door.files.lock().unwrap().insert(FileAsk::Whole(Sha256::of(&png(400, 200))), b"lain".to_vec());
    assert_eq!(seat.desk.save_design(SaveDesign { design: id }).await.unwrap_err().code, ErrorCode::NotMeja);
    assert!(std::fs::read_dir(world.downloads.path()).unwrap().next().is_none(), "nothing was written");
}

#[tokio::test]
async fn an_archive_says_what_is_in_it_and_has_no_picture() {
    let packed = zip(&[Member::packed("logo/final.svg", b"<svg/>"), Member::kept("baca.txt", b"Halo")]);
    let (_world, seat, id) = desk(MediaType::Zip, &packed).await;
    assert_eq!(image(&seat, id, ImageSize::Thumb).await, DesignImageReply::None { why: NoImage::NotAPicture });
    let entries = seat.desk.design_contents(DesignContents { design: id }).await.unwrap();
    let read: Vec<(&str, u64)> = entries.iter().map(|entry| (entry.name.as_str(), entry.size)).collect();
    assert_eq!(read, [("logo/final.svg", 6), ("baca.txt", 4)]);
}

#[tokio::test]
async fn of_a_file_that_was_taken_away_nothing_is_seen_saved_or_sent_on() {
    let (world, seat, id) = desk(MediaType::Png, &png(400, 200)).await;
    assert!(dimensions(&image(&seat, id, ImageSize::Thumb).await).is_some());
    let saved = seat.desk.save_design(SaveDesign { design: id }).await.unwrap();
    let it = design_record(0, 1, MediaType::Png, &png(400, 200));
    let order_id = it.order_id;
    let purge = Purge { by: person(4), at: NOW, reason: "Masa simpan habis".to_owned() };
    world.net.serve(|model| model.commit([AnyRecord::Design(Design { purged: Some(purge.clone()), ..it })]));
    let line = async |seat: &Seat| seat.desk.designs(Designs { order: order_id }).await.unwrap().versions.remove(0);
    seat.until("it has heard of it", async |s| line(s).await.design.purged.is_some()).await;
    let shown = line(&seat).await;
    assert_eq!((shown.here, shown.design.purged), (false, Some(purge)));
    for size in [ImageSize::Thumb, ImageSize::Full] {
        assert_eq!(image(&seat, id, size).await, DesignImageReply::None { why: NoImage::Purged });
    }
    assert_eq!(seat.desk.save_design(SaveDesign { design: id }).await.unwrap_err().code, ErrorCode::NotFound);
    let send = SendMessage { order_id, text: "Ini".into(), read: None, files: vec![SentFile::Version(id)] };
    assert_eq!(seat.desk.send_message(send).await.unwrap_err().code, ErrorCode::NotFound);
    assert!(std::path::Path::new(&saved.path).exists(), "what was saved elsewhere is the person's own");
}
