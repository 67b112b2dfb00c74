//! The feed: work, down, up, live, check.

use e2e::server::Server;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::client::{Peer, command, day, id, puts};

type Mirror = BTreeMap<(String, String), Value>;

/// Lays lines over a mirror as the page says: a put counts only above the number already held.
fn lay(mirror: &mut Mirror, lines: &[Value]) {
    for line in lines {
        if let Some(put) = line.get("put") {
            let key = (put["kind"].as_str().unwrap().to_owned(), put["id"].as_str().unwrap().to_owned());
            if mirror.get(&key).is_none_or(|held| held["seq"].as_i64() < put["seq"].as_i64()) {
                mirror.insert(key, put.clone());
            }
        } else if let Some(gone) = line.get("gone") {
            mirror.remove(&(gone["kind"].as_str().unwrap().to_owned(), gone["id"].as_str().unwrap().to_owned()));
        }
    }
}

/// A whole first sync: work, then downwards; and where to go on upwards.
async fn first_sync(peer: &Peer, limit: u32) -> (Mirror, String) {
    let mut mirror = Mirror::new();
    let work = peer.page("/v1/feed/work").await;
    assert!(work.marks.is_empty(), "work comes without marks");
    lay(&mut mirror, &work.lines);
    let mut at = work.cursor.clone();
    loop {
        let page = peer.page(&format!("/v1/feed?before={at}&limit={limit}")).await;
        assert!(page.lines.iter().all(|l| l.get("put").is_some()), "downwards there are puts only");
        let numbers: Vec<i64> = page.lines.iter().map(|l| l["put"]["seq"].as_i64().unwrap()).collect();
        assert!(numbers.is_sorted_by(|a, b| a >= b), "downwards: {numbers:?}");
        lay(&mut mirror, &page.lines);
        at = page.cursor;
        if !page.more {
            return (mirror, work.cursor);
        }
    }
}

/// Count and sum as the page defines them.
fn check(mirror: &Mirror) -> (i64, String) {
    let term = |((kind, id), put): (&(String, String), &Value)| {
        let hash = Sha256::digest(format!("{kind}/{id}/{}", put["rev"]).as_bytes());
        u64::from_be_bytes(hash[..8].try_into().unwrap())
    };
    let sum = mirror.iter().map(term).fold(0_u64, u64::wrapping_add);
    (i64::try_from(mirror.len()).unwrap(), sum.to_string())
}

async fn check_page(peer: &Peer, after: &str) -> (i64, String) {
    let page = peer.page(&format!("/v1/feed?after={after}&check=1")).await;
    assert!(!page.more);
    (page.page["count"].as_i64().unwrap(), page.page["sum"].as_str().unwrap().to_owned())
}

async fn clients(peer: &Peer, n: usize) -> Vec<String> {
    let ids: Vec<String> = (0..n).map(|_| id()).collect();
    for chunk in ids.chunks(100) {
        let batch = chunk.iter().map(|client| command(&id(), "client.create", json!({"id": client, "name": "Made Ayu"}))).collect();
        assert!(peer.give_all(batch).await.iter().all(|o| o["status"] == "applied"));
    }
    ids
}

#[tokio::test]
async fn without_a_cursor_the_page_is_empty_and_names_the_head() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let page = admin.page("/v1/feed").await;
    assert!(page.lines.is_empty() && !page.more && page.page["seq"].is_i64());
    let (lines, at) = admin.follow(&page.head).await;
    assert!(lines.is_empty());
    clients(&admin, 3).await;
    let (lines, _) = admin.follow(&at).await;
    assert_eq!(puts(&lines, "client").len(), 3);
    assert_eq!(lines.iter().filter(|l| l.get("outcome").is_some()).count(), 3, "outcomes come by the feed, too");
    for put in puts(&lines, "client") {
        assert!(put["rev"] == 1 && put["seq"].is_i64() && put["body"]["id"] == put["id"], "{put}");
    }
}

#[tokio::test]
async fn every_way_through_the_feed_leads_to_the_same_records() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let start = admin.head().await;
    let ids = clients(&admin, 250).await;
    for id in ids.iter().take(20) {
        admin.give("client.edit", json!({"id": id, "name": "Nama Lain"})).await;
    }
    let asked = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    asked.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201);

    let (down, cursor) = first_sync(&admin, 40).await;
    let (other, _) = first_sync(&admin, 5_000).await;
    assert_eq!(down, other, "the size of the pages does not matter");
    let (lines, _) = admin.follow(&start).await;
    let mut up = Mirror::new();
    lay(&mut up, &lines);
    assert!(up.iter().all(|(key, put)| down.get(key) == Some(put)), "what came upwards is what stands");
    assert_eq!(down.keys().filter(|(kind, _)| kind == "client").count(), 251);
    assert_eq!(check(&down), check_page(&admin, &cursor).await, "the mirror proves that it is right");
}

#[tokio::test]
async fn pages_have_marks_and_each_mark_is_good() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let start = admin.head().await;
    for _ in 0..35 {
        clients(&admin, 10).await;
    }
    let page = admin.page(&format!("/v1/feed?after={start}&limit=5000")).await;
    assert!(!page.marks.is_empty(), "{} lines without a mark", page.lines.len());
    for (at, cursor) in &page.marks {
        let (rest, _) = admin.follow(cursor).await;
        let (mut whole, mut cut) = (Mirror::new(), Mirror::new());
        lay(&mut whole, &page.lines);
        lay(&mut cut, &page.lines[..*at]);
        lay(&mut cut, &rest);
        assert_eq!(whole, cut, "a page cut off behind its mark at {at} loses nothing");
    }
}

#[tokio::test]
async fn work_is_open_records_and_what_they_name() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let made = Peer::client(&server, "made@x.id", "Made Ayu").await;
    let open = rani.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
    let done = made.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
    admin.give("consultation.accept", json!({"id": done["id"]})).await;
    let work = admin.page("/v1/feed/work").await;
    let found = work.puts("consultation");
    assert!(found.len() == 1 && found[0]["id"] == open["id"], "{found:?}");
    let client = &found[0]["body"]["client_id"];
    assert!(work.puts("client").iter().any(|c| c["id"] == *client), "the client it names comes with it");
    assert_eq!(work.cursor, work.head);
}

#[tokio::test]
async fn a_waiting_page_answers_when_something_happens() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let head = admin.head().await;
    let path = format!("/v1/feed?after={head}&wait=25");
    let (page, ids) = tokio::join!(admin.page(&path), async {
        tokio::task::yield_now().await;
        clients(&admin, 1).await
    });
    assert_eq!(page.puts("client").first().map(|p| p["id"].as_str().unwrap().to_owned()), ids.first().cloned());
    let quick = admin.page(&format!("/v1/feed?after={}&wait=1", page.cursor)).await;
    assert!(quick.lines.is_empty() && !quick.more);
}

#[tokio::test]
async fn the_live_stream_runs_to_the_head_and_resumes() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let head = admin.head().await;
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), None).await;
    let first = clients(&admin, 1).await.remove(0);
    let mut seen = Vec::new();
    let mut last = String::new();
    while !seen.iter().any(|l: &Value| l["put"]["id"] == json!(first)) {
        let event = events.until("changes").await;
        last = event.id.clone().unwrap();
        let data = event.json();
        assert!(data["seq"].is_i64());
        seen.extend(data["lines"].as_array().unwrap().clone());
    }
    drop(events);
    let second = clients(&admin, 1).await.remove(0);
    // Last-Event-ID wins over `after`.
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), Some(&last)).await;
    let data = events.until("changes").await.json().to_string();
    assert!(data.contains(&second) && !data.contains(&first), "{data}");
}

#[tokio::test]
async fn an_idle_stream_says_where_it_is() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let head = admin.head().await;
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), None).await;
    let at = events.until("at").await;
    assert!(at.json()["seq"].is_i64());
    let (lines, _) = admin.follow(&at.id.unwrap()).await;
    assert!(lines.is_empty());
}

#[tokio::test]
async fn what_leaves_somebodys_sight_is_gone() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let bagus = Peer::staff(&server, "expert", "bagus@x.id").await;
    let maya = Peer::staff(&server, "expert", "maya@x.id").await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let asked = rani.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
    let record = json!({"kind": "consultation", "id": asked["id"]});
    let note = id();
    admin.give("note.add", json!({"id": note, "record": record, "text": "hanya untuk staf"})).await;
    let (before, cursor) = first_sync(&bagus, 100).await;
    assert!(!before.keys().any(|(kind, _)| kind == "consultation" || kind == "client" || kind == "note"), "{before:?}");

    admin.give("item.assign", json!({"record": record, "to": bagus.user["id"]})).await;
    let (lines, cursor) = bagus.follow(&cursor).await;
    assert_eq!((puts(&lines, "consultation").len(), puts(&lines, "note").len()), (1, 1), "its notes come with it");
    admin.give("item.assign", json!({"record": record, "to": maya.user["id"]})).await;
    let (lines, _) = bagus.follow(&cursor).await;
    let gone: Vec<&Value> = lines.iter().filter_map(|l| l.get("gone")).collect();
    assert!(gone.iter().any(|g| g["kind"] == "consultation" && g["id"] == asked["id"] && g["seq"].is_i64()), "{lines:?}");
    assert!(gone.iter().any(|g| g["kind"] == "note" && g["id"] == json!(note)));
    let (after, cursor) = first_sync(&bagus, 100).await;
    assert!(!after.keys().any(|(kind, _)| kind == "consultation" || kind == "note"));
    assert_eq!(check(&after), check_page(&bagus, &cursor).await);
}

#[tokio::test]
async fn a_private_note_is_its_authors_alone() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let client = clients(&admin, 1).await.remove(0);
    let (private, shared) = (id(), id());
    let record = json!({"kind": "client", "id": client});
    cs.give("note.add", json!({"id": private, "record": record, "text": "untuk saya", "private": true})).await;
    cs.give("note.add", json!({"id": shared, "record": record, "text": "untuk semua"})).await;
    let notes = |m: &Mirror| m.keys().filter(|(kind, _)| kind == "note").count();
    assert_eq!((notes(&first_sync(&cs, 100).await.0), notes(&first_sync(&admin, 100).await.0)), (2, 1));
}

#[tokio::test]
async fn cursors_of_others_and_of_nobody() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let head = cs.head().await;
    for path in [format!("/v1/feed?after={head}"), format!("/v1/feed?before={head}")] {
        assert_eq!(admin.get(&path).await.expect(410).code(), "cursor_reset");
    }
    let other = Server::start().await;
    let elsewhere = Peer::staff(&other, "cs", "b@x.id").await;
    assert_eq!(elsewhere.get(&format!("/v1/feed?after={head}")).await.expect(410).code(), "cursor_reset");
    for bad in ["x", "%00", "a.b.c", &"z".repeat(5_000), "v1~~~~", "~"] {
        let answer = admin.get(&format!("/v1/feed?after={bad}")).await;
        assert!(matches!(answer.status, 400 | 410 | 414 | 431), "{bad}: {}", answer.status);
    }
    for query in ["limit=x", "limit=-1", "wait=x", "after=", "limit=0"] {
        let answer = admin.get(&format!("/v1/feed?{query}")).await;
        assert!(answer.status == 200 || answer.status == 400, "{query}: {}", answer.status);
    }
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), None).await;
    assert_eq!(events.next().await.unwrap().event, "reset");
}

#[tokio::test]
async fn other_rights_are_another_feed() {
    let server = Server::start().await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let head = cs.head().await;
    let mut events = cs.events(&format!("/v1/feed/live?after={head}"), None).await;
    server.run(&["user", "edit", "--email", "b@x.id", "--role", "expert"], "");
    // The stream ends with the rights it was opened with.
    let mut ended = false;
    while let Some(event) = events.next().await {
        if event.event == "reset" {
            ended = true;
            break;
        }
    }
    let answer = cs.get(&format!("/v1/feed?after={head}")).await;
    assert!(answer.status == 410 || answer.status == 401, "{}", answer.status);
    assert!(ended || answer.status != 200);
}

#[tokio::test]
async fn a_draining_server_says_goodbye() {
    let mut server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let head = admin.head().await;
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), None).await;
    server.terminate();
    let bye = events.until("bye").await;
    assert!(bye.retry.is_some(), "{bye:?}");
    assert_eq!(server.exit_code().await, 0);
}
