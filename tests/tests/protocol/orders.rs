//! Design orders: how a client orders, what the staff does, and who is told of what.

use e2e::server::Server;
use serde_json::{Value, json};
use std::collections::BTreeSet;

use crate::client::{Event, Events, Peer, day, id, puts};

/// Admin, CS, expert, and two clients.
pub(crate) async fn people(server: &Server) -> [Peer; 5] {
    [
        Peer::staff(server, "admin", "a@x.id").await,
        Peer::staff(server, "cs", "b@x.id").await,
        Peer::staff(server, "expert", "e@x.id").await,
        Peer::client(server, "rani@x.id", "Rani Kusuma").await,
        Peer::client(server, "made@x.id", "Made Ayu").await,
    ]
}

fn design() -> Value {
    json!({"design_type": "logo", "description": "Logo kedai kopi", "needs": "Berkas SVG", "deadline": day(20), "budget": 750_000})
}

pub(crate) async fn ordered(client: &Peer) -> Value {
    client.ask("/api/orders", design()).await.expect(201).json()
}

pub(crate) fn path(order: &Value) -> String {
    format!("/api/orders/{}", order["id"].as_str().unwrap())
}

pub(crate) fn fields(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const FIELDS: [&str; 13] = [
    "id",
    "number",
    "design_type",
    "description",
    "needs",
    "deadline",
    "budget",
    "status",
    "product_status",
    "reason",
    "design",
    "created_at",
    "updated_at",
];

/// The next event about an order: the order, or that it is gone. Notifications are passed over.
async fn about_orders(events: &mut Events) -> Event {
    loop {
        let event = events.next().await.expect("the stream goes on");
        if event.event != "notification" {
            return event;
        }
    }
}

pub(crate) async fn applied(peer: &Peer, name: &str, args: Value) {
    let outcome = peer.give(name, args).await;
    assert_eq!(outcome["status"], "applied", "{name}: {outcome}");
}

#[tokio::test]
async fn an_order_goes_its_way() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let mut events = rani.events("/api/events", None).await;
    let order = ordered(&rani).await;
    assert_eq!(fields(&order), FIELDS.into(), "a client is told what the page says, and no more");
    let number = order["number"].as_str().unwrap();
    let month = day(0).replace('-', "")[..6].to_owned();
    assert_eq!(number, format!("ORD-{month}-0001"));
    let stands = |of: &Value| (of["status"].clone(), of["product_status"].clone(), of["reason"].clone());
    assert_eq!(stands(&order), (json!("pending"), json!("pending"), Value::Null));
    assert_eq!((&order["deadline"], &order["budget"]), (&json!(day(20)), &json!(750_000)));
    let event = about_orders(&mut events).await;
    assert_eq!((event.event.as_str(), event.json()), ("order", order.clone()), "the stream says what the answer said");

    let it = &order["id"];
    applied(&cs, "order.set_note", json!({"id": it, "note": "Titipan untuk staf"})).await;
    applied(&admin, "order.assign", json!({"id": it, "to": cs.user["id"]})).await;
    applied(&cs, "order.claim", json!({"id": it})).await;
    applied(&cs, "order.snooze", json!({"id": it, "until": format!("{}T00:00:00Z", day(3))})).await;
    for to in ["approved", "in_progress", "review"] {
        applied(&cs, "order.set_status", json!({"id": it, "to": to})).await;
    }
    applied(&cs, "order.set_product_status", json!({"id": it, "to": "proses"})).await;
    applied(&cs, "order.set_status", json!({"id": it, "to": "cancelled", "reason": "Klien menunda"})).await;
    let detail = rani.get(&path(&order)).await.expect(200);
    for hidden in ["Titipan", "Orang", "assignee", "staff_note", "due_at", "\"by\""] {
        assert!(!detail.text.contains(hidden), "{hidden} is the staff's: {}", detail.text);
    }
    let detail = detail.json();
    assert_eq!(stands(&detail), (json!("cancelled"), json!("proses"), json!("Klien menunda")));
    let lines: Vec<(&str, &str)> = detail["history"]
        .as_array()
        .unwrap()
        .iter()
        .inspect(|line| assert_eq!(fields(line), ["at", "act", "to"].into()))
        .map(|line| (line["act"].as_str().unwrap(), line["to"].as_str().unwrap_or_default()))
        .collect();
    let (moved, made) = ("order.set_status", "order.set_product_status");
    let expected =
        [("order.create", ""), (moved, "approved"), (moved, "in_progress"), (moved, "review"), (made, "proses"), (moved, "cancelled")];
    assert_eq!(lines, expected, "without what the staff does for itself");
    let mut told = Vec::new();
    while told.last() != Some(&json!("cancelled")) {
        let event = about_orders(&mut events).await;
        assert_eq!((event.event.as_str(), fields(&event.json())), ("order", FIELDS.into()));
        told.push(event.json()["status"].clone());
    }
    let told: Vec<Value> = rani.get("/api/notifications").await.json()["items"].as_array().unwrap().clone();
    let texts: Vec<&str> = told.iter().rev().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(texts.first(), Some(&"Pesanan berhasil dibuat"));
    assert_eq!(texts.last(), Some(&"Pesanan Anda dibatalkan"));
    assert_eq!((&told[0]["detail"], &told[0]["record"]), (&json!("Klien menunda"), &json!({"kind": "order", "id": it})));
}

#[tokio::test]
async fn a_key_makes_ordering_twice_ordering_once() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    rani.post("/api/orders", design()).await.expect(400).code();
    let key = id();
    let first = rani.ask_with("/api/orders", design(), &key).await.expect(201);
    let again = rani.ask_with("/api/orders", design(), &key).await.expect(201);
    assert_eq!((first.json(), again.headers.get("idempotent-replayed").map(String::as_str)), (again.json(), Some("true")));
    let mut other = design();
    other["budget"] = json!(900_000);
    assert_eq!(rani.ask_with("/api/orders", other, &key).await.expect(422).code(), "idempotency_key_reused");
    let (edit, key) = (format!("{}/edit", path(&first.json())), id());
    for _ in 0..2 {
        let edited = rani.ask_with(&edit, json!({"needs": "Dua konsep"}), &key).await.expect(200).json();
        assert_eq!(edited["needs"], "Dua konsep");
    }
    assert_eq!(rani.ask_with(&edit, json!({"needs": null}), &key).await.expect(422).code(), "idempotency_key_reused");
    assert_eq!(rani.get("/api/orders").await.json()["items"].as_array().unwrap().len(), 1);
    let detail = rani.get(&path(&first.json())).await.json();
    assert_eq!(detail["history"].as_array().unwrap().len(), 2, "made once, changed once");
    assert!(ordered(&rani).await["number"].as_str().unwrap().ends_with("-0002"), "what was asked twice took one number");
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_clears() {
    let server = Server::start().await;
    let [_, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let edit = format!("{}/edit", path(&order));
    let changed = rani.ask(&edit, json!({"description": "Logo kedai teh", "deadline": null, "budget": 900_000})).await.expect(200).json();
    let expected = json!([changed["design_type"], "Logo kedai teh", "Berkas SVG", null, 900_000]);
    let now = |it: &Value| json!([it["design_type"], it["description"], it["needs"], it["deadline"], it["budget"]]);
    assert_eq!((now(&changed), &changed["design_type"]), (expected.clone(), &json!("logo")));
    let same = rani.ask(&edit, json!({})).await.expect(200).json();
    assert_eq!(now(&same), expected);
    for (body, field) in [
        (json!({"description": " "}), "description"),
        (json!({"deadline": "besok"}), "deadline"),
        (json!({"deadline": day(-1)}), "deadline"),
        (json!({"budget": 0}), "budget"),
        (json!({"design_type": "patung"}), "design_type"),
    ] {
        let problem = rani.ask(&edit, body).await.expect(422).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "approved"})).await;
    assert_eq!(rani.ask(&edit, json!({"budget": 1})).await.expect(422).code(), "not_pending");
    applied(&cs, "order.edit", json!({"id": order["id"], "budget": 950_000})).await;
    assert_eq!(now(&rani.get(&path(&order)).await.json())[4], json!(950_000));
}

#[tokio::test]
async fn the_rules_of_ordering_answer_with_their_names() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    for (field, value, code) in [
        ("deadline", json!(day(-1)), "date_in_past"),
        ("deadline", json!(day(800)), "date_too_far"),
        ("deadline", json!("2026-02-30"), "invalid_args"),
        ("description", json!(""), "invalid_args"),
        ("description", json!("x".repeat(2_001)), "invalid_args"),
        ("needs", json!("x".repeat(2_001)), "invalid_args"),
        ("budget", json!(-5), "invalid_args"),
        ("budget", json!(1_000_000_000_001_i64), "invalid_args"),
        ("design_type", json!("patung"), "invalid_args"),
    ] {
        let mut body = design();
        body[field] = value;
        let answer = rani.ask("/api/orders", body).await.expect(422);
        assert_eq!((answer.code().as_str(), &answer.json()["errors"][0]["field"]), (code, &json!(field)), "{}", answer.text);
    }
    for bad in [json!({}), json!({"design_type": "logo"}), json!({"design_type": 7, "description": "x"}), json!([])] {
        assert_eq!(rani.ask("/api/orders", bad).await.expect(400).code(), "malformed");
    }
    assert!(ordered(&rani).await["number"].as_str().unwrap().ends_with("-0001"), "what was refused took no number");
}

#[tokio::test]
async fn orders_are_paged_newest_first() {
    let server = Server::start().await;
    let [admin, _, _, rani, made] = people(&server).await;
    ordered(&made).await;
    let mut numbers = Vec::new();
    for n in 0..25 {
        let order = ordered(&rani).await;
        if n == 7 {
            applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
        } else {
            numbers.insert(0, order["number"].clone());
        }
    }
    let (mut found, mut next) = (Vec::new(), "?limit=5".to_owned());
    for _ in 0..9 {
        let page = rani.get(&format!("/api/orders{next}")).await.expect(200).json();
        assert!(page["items"].as_array().unwrap().iter().all(|order| fields(order) == FIELDS.into()));
        found.extend(page["items"].as_array().unwrap().iter().map(|order| order["number"].clone()));
        match page["next"].as_str() {
            Some(more) => next = format!("?limit=5&after={more}"),
            None => break,
        }
    }
    assert_eq!(found, numbers, "all that are theirs to see, newest first, each once");
    assert_eq!(rani.get("/api/orders").await.json()["items"].as_array().unwrap().len(), 15, "R-073");
    rani.get("/api/orders?limit=0").await.expect(400).code();
    rani.get("/api/orders?after=x").await.expect(400).code();
}

#[tokio::test]
async fn an_order_of_another_does_not_exist() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, made] = people(&server).await;
    let mut events = made.events("/api/events", None).await;
    let order = ordered(&rani).await;
    let (foreign, nothing) = (made.get(&path(&order)).await.expect(404), made.get(&format!("/api/orders/{}", id())).await.expect(404));
    assert_eq!((foreign.code(), &foreign.json()["detail"]), (nothing.code(), &nothing.json()["detail"]), "never a hint that it exists");
    made.ask(&format!("{}/edit", path(&order)), json!({"budget": 1})).await.expect(404).code();
    made.get("/api/orders/not-an-id").await.expect(404).code();
    assert_eq!(made.get("/api/orders").await.expect(200).json()["items"], json!([]));
    assert_eq!(made.get(&format!("/api/orders?after={}", order["id"].as_str().unwrap())).await.json()["items"], json!([]));
    for staff in [&admin, &cs] {
        staff.get(&path(&order)).await.expect(403).code();
    }
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "approved"})).await;
    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    applied(&admin, "order.restore", json!({"id": order["id"]})).await;
    let own = ordered(&made).await;
    let first = events.next().await.unwrap();
    let heard = if first.event == "notification" { events.next().await.unwrap().json() } else { first.json() };
    assert_eq!(heard["id"], own["id"], "the first that Made ever hears of is her own");
    let (lines, _) = expert.follow(&expert.head().await).await;
    let work = expert.page("/v1/feed/work").await;
    let head = expert.head().await;
    let walked = expert.page(&format!("/v1/feed?before={head}&limit=5000")).await;
    assert!(puts(&lines, "order").is_empty() && work.puts("order").is_empty() && walked.puts("order").is_empty());
    let outcome = expert.give("order.set_status", json!({"id": order["id"], "to": "in_progress"})).await;
    assert_eq!(outcome["code"], "not_allowed");
}

#[tokio::test]
async fn what_is_deleted_is_the_admins_alone_until_it_is_brought_back() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let it = &order["id"];
    let note = id();
    applied(&cs, "note.add", json!({"id": note, "record": {"kind": "order", "id": it}, "text": "hanya untuk staf"})).await;
    let (of_cs, of_admin) = (cs.head().await, admin.head().await);
    let mut events = rani.events("/api/events", None).await;
    assert_eq!(cs.give("order.delete", json!({"id": it, "reason": "Pesanan ganda"})).await["code"], "not_allowed");
    assert_eq!(admin.give("order.delete", json!({"id": it, "reason": " "})).await["code"], "reason_required");
    assert_eq!(admin.give("order.restore", json!({"id": it})).await["code"], "not_deleted");
    applied(&admin, "order.delete", json!({"id": it, "reason": "Pesanan ganda"})).await;

    let (lines, of_cs) = cs.follow(&of_cs).await;
    let gone: Vec<&Value> = lines.iter().filter_map(|line| line.get("gone")).collect();
    assert!(gone.iter().any(|g| g["kind"] == "order" && g["id"] == *it), "CS lose it: {lines:?}");
    assert!(gone.iter().all(|g| g["kind"] != "note"), "whoever wrote a note keeps it");
    assert!(puts(&lines, "order").is_empty() && puts(&lines, "counter").is_empty());
    let (lines, _) = admin.follow(&of_admin).await;
    let deleted = puts(&lines, "order");
    assert_eq!(deleted.last().unwrap()["body"]["deleted"]["reason"], "Pesanan ganda", "an admin sees it, and why");
    assert_eq!(admin.give("order.set_status", json!({"id": it, "to": "approved"})).await["code"], "deleted");
    assert_eq!(cs.give("order.set_status", json!({"id": it, "to": "approved"})).await["code"], "not_found");

    let event = about_orders(&mut events).await;
    assert_eq!((event.event.as_str(), event.json()), ("gone", json!({"kind": "order", "id": it})));
    rani.get(&path(&order)).await.expect(404);
    rani.ask(&format!("{}/edit", path(&order)), json!({"budget": 1})).await.expect(404);
    assert_eq!(rani.get("/api/orders").await.json()["items"], json!([]));
    let told = rani.get("/api/notifications").await.json()["items"][0].clone();
    assert_eq!((&told["text"], &told["detail"]), (&json!("Pesanan Anda dihapus"), &json!("Pesanan ganda")));

    applied(&admin, "order.restore", json!({"id": it})).await;
    let (lines, _) = cs.follow(&of_cs).await;
    assert_eq!(puts(&lines, "order").last().unwrap()["id"], *it, "and have it again");
    let event = about_orders(&mut events).await;
    assert_eq!((event.event.as_str(), &event.json()["id"], &event.json()["status"]), ("order", it, &json!("pending")));
    rani.get(&path(&order)).await.expect(200);
}

#[tokio::test]
async fn whoever_was_away_hears_that_it_is_gone() {
    let server = Server::start().await;
    let [admin, _, _, rani, _] = people(&server).await;
    let mut events = rani.events("/api/events", None).await;
    let order = ordered(&rani).await;
    let mut at = None;
    while at.is_none() {
        at = events.next().await.unwrap().id;
    }
    drop(events);
    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    let mut events = rani.events("/api/events", at.as_deref()).await;
    assert_eq!(events.until("gone").await.json(), json!({"kind": "order", "id": order["id"]}));
}

#[tokio::test]
async fn a_step_that_is_not_the_next_is_an_admins_with_a_reason() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let it = ordered(&rani).await["id"].clone();
    let moved = |to: &str| json!({"id": it, "to": to});
    let skipped = cs.give("order.set_status", moved("review")).await;
    let details = &skipped["details"];
    assert_eq!((&skipped["code"], &details["status"], &details["roles"]), (&json!("not_next"), &json!("pending"), &json!(["admin"])));
    assert_eq!(cs.give("order.set_status", moved("cancelled")).await["code"], "reason_required");
    assert_eq!(admin.give("order.set_status", moved("review")).await["code"], "reason_required");
    assert_eq!(admin.give("order.set_status", json!({"id": it, "to": "terbang"})).await["code"], "invalid_args");
    applied(&admin, "order.set_status", json!({"id": it, "to": "review", "reason": "Sudah jadi sebelumnya"})).await;
    let reason = rani.get(&format!("/api/orders/{}", it.as_str().unwrap())).await.json()["reason"].clone();
    assert_eq!(reason, "Sudah jadi sebelumnya", "its client reads why");
    assert_eq!(cs.give("order.set_product_status", moved("selesai")).await["code"], "not_next");
    applied(&cs, "order.set_product_status", moved("proses")).await;
    assert_eq!(cs.give("order.set_product_status", moved("selesai")).await["code"], "design_missing");
    applied(&cs, "order.set_status", moved("completed")).await;
    assert_eq!(cs.give("order.edit", json!({"id": it, "budget": 1})).await["code"], "not_open");
}

#[tokio::test]
async fn open_orders_are_work_and_counters_are_nobodys() {
    let server = Server::start().await;
    let [admin, cs, _, rani, made] = people(&server).await;
    let (open, done) = (ordered(&rani).await, ordered(&made).await);
    applied(&cs, "order.set_status", json!({"id": done["id"], "to": "cancelled", "reason": "Klien menunda"})).await;
    for staff in [&admin, &cs] {
        let work = staff.page("/v1/feed/work").await;
        let found = work.puts("order");
        assert!(found.len() == 1 && found[0]["id"] == open["id"], "{found:?}");
        assert!(
            work.puts("client").iter().any(|client| client["id"] == found[0]["body"]["client_id"]),
            "the client it names comes with it"
        );
        let head = staff.head().await;
        let walked = staff.page(&format!("/v1/feed?before={head}&limit=5000")).await;
        assert_eq!((walked.puts("order").len(), walked.puts("counter").len()), (2, 0));
        let document = staff.get("/openapi.json").await.json();
        let schemas = document["components"]["schemas"].as_object().unwrap().clone();
        assert!(schemas.contains_key("Order") && !schemas.contains_key("Counter"));
    }
}

#[tokio::test]
async fn the_staff_orders_for_a_client() {
    let server = Server::start().await;
    let [_, cs, _, rani, _] = people(&server).await;
    ordered(&rani).await;
    let work = cs.page("/v1/feed/work").await;
    let client = &work.puts("order")[0]["body"]["client_id"];
    let it = id();
    let args = json!({"id": it, "client_id": client, "design_type": "print_design", "description": "Brosur", "source": "whatsapp"});
    applied(&cs, "order.create", args).await;
    let newest = rani.get("/api/orders").await.json()["items"][0].clone();
    assert_eq!((&newest["id"], &newest["status"]), (&json!(it), &json!("pending")), "it is the client's as well");
    let nobody = json!({"id": id(), "client_id": id(), "design_type": "logo", "description": "Logo"});
    assert_eq!(cs.give("order.create", nobody).await["code"], "not_found");
    assert!(ordered(&rani).await["number"].as_str().unwrap().ends_with("-0003"), "what was refused took no number");
}
