//! The desk's folder holds no plain text of names, addresses and tokens.

use serde_json::json;
use std::fs;
use testkit::records::consultation;

use crate::world::{EMAIL, PASSWORD, World, rani};

#[tokio::test]
async fn the_folder_tells_nothing() {
    let world = World::new(30, 30);
    world.net.serve(|model| model.commit(rani(90)));
    let seat = world.whole().await;
    let args = json!({ "record": consultation(90), "text": "Hubungi lewat telepon rumah.", "private": true });
    let id = seat.desk.new_ids(bridge::NewIds { count: 1 }).await.unwrap().ids[0];
    let mut note = args;
    note["id"] = json!(id);
    seat.desk.submit(bridge::Submit { act: "note.add".into(), args: note, seen: Vec::new() }).await.unwrap();
    seat.reject(90, "Topik ini di luar cakupan layanan.").await;
    let filter = bridge::InboxFilter { text: "cakupan layanan".to_owned(), ..Default::default() };
    let views = vec![bridge::SavedView { name: "Klien A".to_owned(), filter: bridge::ViewFilter::Inbox(filter) }];
    seat.desk.keep_views(bridge::KeepViews { views }).await.unwrap();
    // What lies beside the files while they are open counts as well, and so do the copies.
    world.net.clock.pass(10_000..=10_000).await;
    seat.until("the outbox was copied", async |_| world.has_file("outbox.copy-1.db")).await;
    let who = world.door.session();
    world.net.expire(who);
    world.net.kill_streams();
    seat.desk.sync_now(bridge::SyncNow {}).await.unwrap();
    seat.until("the token was renewed", async |_| world.net.session(who).refresh_token != format!("r{who}.0")).await;
    let open = plain(&world);
    seat.quit().await;
    assert_eq!((open, plain(&world)), (Vec::<String>::new(), Vec::new()));
}

/// What was found in plain text, and where.
fn plain(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    let known = [
        "Rani",
        "Kusumawardani",
        "Klien A",
        "portofolio",
        "Dewi",
        "Lestari",
        EMAIL,
        "ruangkarsa.id\",\"email",
        PASSWORD,
        "6281234567890",
        "KG-2026",
        "telepon rumah",
        "cakupan layanan",
        "refresh_token",
        "\"r0.",
    ];
    for file in world.files() {
        let bytes = fs::read(&file).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        found.extend(known.iter().filter(|text| has(text)).map(|text| format!("{text} in {}", file.display())));
    }
    assert!(world.files().len() >= 6, "there is something to search");
    found
}
