//! The whole way of a file that is taken away long after its order: who may and when, what everybody reads of it then, and that its bytes
//! go once no record holds them, whichever engine keeps the records (C-15).

use domain::{file::Sha256, role::Role};
use inspect::testing::{pdf, png};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use store::{
    Store,
    memory::Memory,
    postgres::{self, Postgres},
    sqlite::{self, Sqlite},
};
use uuid::Uuid;

use crate::{
    jobs::sweep,
    shell::Shell,
    testing::{PASSWORD, Peer, TestApp, TestClock},
};

const YEAR: Duration = Duration::from_secs(366 * 86_400);

async fn applied(peer: &Peer, name: &str, args: Value) {
    let outcome = peer.give(name, args).await;
    assert_eq!(outcome["status"], "applied", "{name}: {outcome}");
}

async fn refused(peer: &Peer, name: &str, args: Value) -> Value {
    let outcome = peer.give(name, args).await;
    assert_eq!(outcome["status"], "refused", "{name}: {outcome}");
    outcome
}

/// The same client, a year later.
async fn back(app: &TestApp, email: &str) -> Peer {
    let mut peer = app.stranger();
    let session = peer.post("/api/auth/login", &json!({"email": email, "password": PASSWORD})).await.expect(200).json();
    peer.adopt(&session);
    peer
}

/// An order that is being made.
async fn ordered(client: &Peer, cs: &Peer) -> Value {
    let order = client.ask("/api/orders", &json!({"design_type": "logo", "description": "Logo kedai kopi"})).await.expect(201).json();
    for to in ["approved", "in_progress"] {
        applied(cs, "order.set_status", json!({"id": order["id"], "to": to})).await;
    }
    order
}

fn designs(order: &Value) -> String {
    format!("/api/orders/{}/designs", order["id"].as_str().unwrap())
}

/// The ids of an order's versions, by number.
async fn versions(admin: &Peer, order: &Value) -> Vec<String> {
    let head = admin.head().await;
    let page = admin.page(&format!("/v1/feed?before={head}&limit=5000")).await;
    let mut all: Vec<(i64, String)> = Vec::new();
    for put in page.puts("design").into_iter().filter(|put| put["body"]["order_id"] == order["id"]) {
        all.push((put["body"]["version"].as_i64().unwrap(), put["id"].as_str().unwrap().to_owned()));
    }
    all.sort();
    all.into_iter().map(|(_, id)| id).collect()
}

/// What each of these is answered when they ask for a file.
async fn asked(file: &str, people: [&Peer; 5]) -> Vec<(u16, String)> {
    let mut all = Vec::new();
    for peer in people {
        let answer = peer.get(file).await;
        let code = if answer.status == 200 { String::new() } else { answer.code() };
        all.push((answer.status, code));
    }
    all
}

fn said(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn gone_for_good(app: TestApp) {
    let (admin, cs) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "b@x.id").await);
    app.add_user("e@x.id", &[Role::Expert]).await;
    let (rani, made) = (app.client("rani@x.id", "Rani Kusuma").await, app.client("made@x.id", "Made Ayu").await);
    let (order, other) = (ordered(&rani, &cs).await, ordered(&made, &cs).await);
    let (first, last) = (pdf(2_000), png(3_000));
    let sha256 = cs.show(&order, "satu.pdf", &first).await;
    let kept = cs.show(&order, "dua.png", &last).await;
    let _ = rani.ask(&format!("{}/2/approve", designs(&order)), &json!({ "sha256": kept })).await.expect(200);
    assert_eq!(cs.show(&other, "sama.pdf", &first).await, sha256, "the other order has a version with the same bytes");
    let (of_order, of_other) = (versions(&admin, &order).await, versions(&admin, &other).await);
    let purge = |id: &str| json!({"id": id, "reason": "Masa simpan habis"});
    assert_eq!(refused(&admin, "design.purge", purge(&of_order[0])).await["code"], "still_open");
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "completed"})).await;
    let early = refused(&admin, "design.purge", purge(&of_order[0])).await;
    assert_eq!((&early["code"], &early["rule"], &early["details"]["bound"]), (&json!("too_early"), &json!("C-15"), &json!(365)));
    assert_eq!(early["details"]["setting"], "design.retention_days");
    assert!(early["details"]["until"].as_str().unwrap() > admin.day(364).as_str(), "it says when: {early}");

    app.clock.advance(YEAR);
    let (admin, cs, expert) = (app.login("a@x.id").await, app.login("b@x.id").await, app.login("e@x.id").await);
    let (rani, made) = (back(&app, "rani@x.id").await, back(&app, "made@x.id").await);
    let mut events = rani.events("/api/events", None).await;
    assert_eq!(refused(&cs, "design.purge", purge(&of_order[0])).await["code"], "not_allowed");
    assert_eq!(refused(&admin, "design.purge", json!({"id": of_order[0], "reason": " "})).await["code"], "reason_required");
    assert_eq!(refused(&admin, "design.purge", purge(&of_order[1])).await["code"], "delivered");
    applied(&admin, "design.purge", purge(&of_order[0])).await;
    assert_eq!(refused(&admin, "design.purge", purge(&of_order[0])).await["code"], "purged");

    // Its client hears of it, and reads neither who nor why.
    let heard = events.until("design").await.json();
    assert_eq!((&heard["version"], heard["purged_at"].is_string()), (&json!(1), true));
    let list = rani.get(&designs(&order)).await.expect(200);
    let gone: Vec<bool> = list.json()["items"].as_array().unwrap().iter().map(|it| it["purged_at"].is_string()).collect();
    assert_eq!(gone, [false, true], "newest first");
    assert!(!list.text.contains("Masa simpan") && !list.text.contains("Orang admin"), "{}", list.text);
    let history = rani.get(&format!("/api/orders/{}", order["id"].as_str().unwrap())).await.expect(200).text;
    assert!(!history.contains("design.purge") && !history.contains("Masa simpan"), "{history}");
    assert_eq!(rani.get(&format!("{}/1/file", designs(&order))).await.expect(410).code(), "purged");
    let _ = rani.get(&format!("{}/2/file", designs(&order))).await.expect(200);
    // Whoever sees the other order has the file still.
    let file = format!("/v1/files/{sha256}");
    let people = [&admin, &cs, &made, &rani, &expert];
    let still = [said(200, ""), said(200, ""), said(200, ""), said(410, "purged"), said(404, "not_found")];
    assert_eq!(asked(&file, people).await, still);
    assert_eq!(sweep(&app.app).await.unwrap().files, 0, "another record holds it");

    applied(&admin, "order.set_status", json!({"id": other["id"], "to": "cancelled", "reason": "Klien menunda"})).await;
    app.clock.advance(YEAR);
    let (admin, cs, expert) = (app.login("a@x.id").await, app.login("b@x.id").await, app.login("e@x.id").await);
    let (rani, made) = (back(&app, "rani@x.id").await, back(&app, "made@x.id").await);
    let small = format!("{file}/preview/thumb");
    applied(&admin, "design.purge", purge(&of_other[0])).await;
    let people = [&admin, &cs, &made, &rani, &expert];
    let gone = [said(410, "purged"), said(410, "purged"), said(410, "purged"), said(410, "purged"), said(404, "not_found")];
    for path in [&file, &small] {
        assert_eq!(asked(path, people).await, gone, "{path}: it is gone at once, not with the bytes");
    }
    assert_eq!(app.app.shelf.size(&sha256).await.unwrap(), Some(2_000), "they go with the next sweep");
    assert_eq!(sweep(&app.app).await.unwrap().files, 1);
    assert_eq!((app.app.shelf.size(&sha256).await.unwrap(), app.app.shelf.size(&kept).await.unwrap()), (None, Some(3_000)));
    assert_eq!(asked(&file, people).await, gone);

    // What was said of it stays: record, history and audit.
    let audit = admin.get("/v1/audit?act=design.purge&limit=100").await.expect(200).json();
    let told: Vec<&Value> = audit["items"].as_array().unwrap().iter().map(|it| &it["actor"]["name"]).collect();
    assert_eq!(told, [&admin.user["name"], &admin.user["name"]]);
    again(&app, (&admin, &cs), &order, &first, &sha256).await;
}

/// The same bytes can be brought once more, where the order is taken up again: they come anew, and are a new version.
async fn again(app: &TestApp, (admin, cs): (&Peer, &Peer), order: &Value, bytes: &[u8], sha256: &Sha256) {
    let back = json!({"id": order["id"], "to": "in_progress", "reason": "Klien minta tambahan"});
    applied(admin, "order.set_status", back).await;
    assert_eq!(cs.show(order, "lagi.pdf", bytes).await, *sha256);
    assert_eq!(app.app.shelf.size(sha256).await.unwrap(), Some(2_000));
    let _ = cs.get(&format!("/v1/files/{sha256}")).await.expect(200);
    assert_eq!(versions(admin, order).await.len(), 3);
    let twice =
        json!({"id": cs.id(), "order_id": order["id"], "sha256": sha256, "size": 1, "media_type": "application/pdf", "name": "x.pdf"});
    assert_eq!(refused(cs, "design.upload", twice).await["details"]["number"], "V3", "but not twice");
}

async fn on(store: Arc<dyn Store>) -> TestApp {
    // Files lie on their shelf since the time of this machine.
    TestApp::builder().on(store).at(Arc::new(TestClock::at(Shell::system().now()))).start().await
}

#[tokio::test]
async fn a_file_is_gone_for_good_in_memory() {
    gone_for_good(on(Arc::new(Memory::new(Uuid::from_u128(1)))).await).await;
}

#[tokio::test]
async fn a_file_is_gone_for_good_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let options = sqlite::Options::new(folder.path().join("meja.db"), Uuid::from_u128(1));
    gone_for_good(on(Arc::new(Sqlite::open(options).await.unwrap())).await).await;
}

#[tokio::test]
async fn a_file_is_gone_for_good_in_a_database() {
    let database = store::testing::postgres::database().await;
    let options = postgres::Options::new(database.url.clone(), Uuid::from_u128(1));
    let app = on(Arc::new(Postgres::open(options).await.unwrap())).await;
    app.leave_jobs();
    gone_for_good(app).await;
}
