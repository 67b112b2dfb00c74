//! What a client and the staff say about an order: who hears of it, in which place it stands, and what was read.

use e2e::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{Peer, command, id, puts},
    orders::{applied, fields, ordered, path, people},
};

const FIELDS: [&str; 7] = ["id", "order_id", "number", "from", "text", "attachments", "created_at"];

pub(crate) fn messages(order: &Value) -> String {
    format!("{}/messages", path(order))
}

async fn said(client: &Peer, order: &Value, text: &str) -> Value {
    client.ask(&messages(order), json!({ "text": text })).await.expect(201).json()
}

async fn answered(staff: &Peer, order: &Value, text: &str) -> String {
    let message = id();
    applied(staff, "message.send", json!({"id": message, "order_id": order["id"], "text": text})).await;
    message
}

fn texts(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn client_and_staff_talk_and_each_hears_it_live() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let empty = rani.get(&messages(&order)).await.expect(200).json();
    assert_eq!(empty, json!({"items": [], "unread": 0, "read": 0}));
    let (mut events, of_cs) = (rani.events("/api/events", None).await, cs.head().await);
    let first = said(&rani, &order, "  Apakah bisa lusa?  ").await;
    assert_eq!(fields(&first), FIELDS.into(), "a client is told what the page says, and no more");
    assert_eq!((&first["number"], &first["from"], &first["text"]), (&json!(1), &json!("client"), &json!("Apakah bisa lusa?")));
    assert_eq!(events.until("message").await.json(), first, "the stream says what the answer said");

    let (lines, of_cs) = cs.follow(&of_cs).await;
    let head = &puts(&lines, "conversation")[0]["body"];
    assert_eq!((&head["messages"], &head["last_text"], &head["client_name"]), (&json!(1), &first["text"], &json!("Rani Kusuma")));
    assert!(head["waiting_since"].is_string() && head["due_at"].is_string(), "the client waits, and an answer is promised: {head}");
    assert_eq!(head["id"], order["id"], "a conversation has its order's id");
    assert_eq!(puts(&lines, "message")[0]["body"]["number"], 1);
    assert!(puts(&lines, "read_mark").is_empty(), "what the client has read is in no feed of the staff");
    assert!(cs.page("/v1/feed/work").await.puts("conversation").len() == 1, "whoever waits is work");

    answered(&admin, &order, "Bisa, sore.").await;
    let heard = events.until("message").await;
    assert_eq!((&heard.json()["from"], &heard.json()["text"]), (&json!("staff"), &json!("Bisa, sore.")));
    assert!(!heard.data.contains("Orang") && !heard.data.contains("author"), "no name of the staff: {}", heard.data);
    let (lines, _) = cs.follow(&of_cs).await;
    assert_eq!(puts(&lines, "conversation")[0]["body"].get("waiting_since"), None, "answered");
    assert!(cs.page("/v1/feed/work").await.puts("conversation").is_empty());
    let page = rani.get(&messages(&order)).await.expect(200).json();
    assert_eq!((texts(&page), &page["unread"], &page["read"]), (vec!["Bisa, sore.", "Apakah bisa lusa?"], &json!(1), &json!(1)));
}

#[tokio::test]
async fn what_was_read_stays_read_and_one_line_tells_of_all() {
    let server = Server::start().await;
    let [_, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let read = format!("{}/read", messages(&order));
    rani.ask(&read, json!({"upto": 1})).await.expect(404).code();
    for text in ["Satu", "Dua", "Tiga"] {
        answered(&cs, &order, text).await;
    }
    let lines = |all: Value| -> Vec<Value> {
        all["items"].as_array().unwrap().iter().filter(|it| it["kind"] == "message_received").cloned().collect()
    };
    let told = lines(rani.get("/api/notifications").await.json());
    assert_eq!((told.len(), &told[0]["detail"], &told[0]["read_at"]), (1, &json!("Tiga"), &Value::Null), "{told:?}");
    assert_eq!(told[0]["record"], json!({"kind": "order", "id": order["id"]}));
    let answer = rani.ask(&read, json!({"upto": 2})).await.expect(200).json();
    assert_eq!(answer, json!({"order_id": order["id"], "messages": 3, "read": 2}));
    assert_eq!(rani.ask(&read, json!({"upto": 1})).await.expect(200).json()["read"], 2, "a mark never goes back");
    assert_eq!(rani.get(&messages(&order)).await.json()["unread"], 1);
    assert_eq!(lines(rani.get("/api/notifications").await.json())[0]["read_at"], Value::Null);
    assert_eq!(rani.ask(&read, json!({"upto": 99})).await.expect(200).json()["read"], 3, "no further than there are messages");
    assert!(lines(rani.get("/api/notifications").await.json())[0]["read_at"].is_string(), "read here is read there");
    answered(&cs, &order, "Empat").await;
    let told = lines(rani.get("/api/notifications").await.json());
    assert_eq!((told.len(), &told[0]["detail"], &told[0]["read_at"]), (1, &json!("Empat"), &Value::Null), "one line, new again");
    for body in [json!({}), json!({"upto": "x"}), json!({"upto": 1.5}), json!([])] {
        rani.ask(&read, body).await.expect(400).code();
    }
}

#[tokio::test]
async fn a_key_makes_saying_twice_saying_once() {
    let server = Server::start().await;
    let [_, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    rani.post(&messages(&order), json!({"text": "Halo"})).await.expect(400).code();
    let key = id();
    let first = rani.ask_with(&messages(&order), json!({"text": "Halo"}), &key).await.expect(201).json();
    assert_eq!(rani.ask_with(&messages(&order), json!({"text": "Halo"}), &key).await.expect(201).json(), first);
    assert_eq!(rani.ask_with(&messages(&order), json!({"text": "Hai"}), &key).await.expect(422).code(), "idempotency_key_reused");
    let (act, message) = (id(), id());
    let args = json!({"id": message, "order_id": order["id"], "text": "Baik"});
    for repeated in [Value::Null, json!(true)] {
        let outcome = cs.give_as(&act, "message.send", args.clone()).await;
        assert_eq!((&outcome["status"], &outcome["repeated"]), (&json!("applied"), &repeated));
    }
    let other = json!({"id": message, "order_id": order["id"], "text": "Lain"});
    assert_eq!(cs.give("message.send", other).await["code"], "already_exists", "a message is what it is");
    assert_eq!(texts(&rani.get(&messages(&order)).await.json()), ["Baik", "Halo"]);
    for (text, field) in [("", "text"), (" \n ", "text"), (&"x".repeat(4_001), "text")] {
        let problem = rani.ask(&messages(&order), json!({ "text": text })).await.expect(422).json();
        assert_eq!((&problem["code"], &problem["errors"][0]["field"]), (&json!("invalid_args"), &json!(field)));
    }
}

#[tokio::test]
async fn messages_that_arrive_together_have_each_a_place_and_pages_meet_every_one_once() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let batch = |from: usize| -> Vec<Value> {
        let said = |n: usize| command(&id(), "message.send", json!({"id": id(), "order_id": order["id"], "text": format!("{n}")}));
        (from..from + 10).map(said).collect()
    };
    let (of_admin, of_cs, of_client) = tokio::join!(admin.give_all(batch(0)), cs.give_all(batch(10)), async {
        for n in 20..25 {
            said(&rani, &order, &n.to_string()).await;
        }
    });
    let () = of_client;
    assert!(of_admin.iter().chain(&of_cs).all(|outcome| outcome["status"] == "applied"));
    let (mut found, mut next) = (Vec::new(), "?limit=4".to_owned());
    for _ in 0..20 {
        let page = rani.get(&format!("{}{next}", messages(&order))).await.expect(200).json();
        found.extend(page["items"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()));
        match page["next"].as_str() {
            Some(more) => next = format!("?limit=4&after={more}"),
            None => break,
        }
    }
    assert_eq!(found, (1..=25).rev().collect::<Vec<_>>(), "without gap and without repeat, newest first");
    for bad in ["?limit=0", "?after=x", "?limit=-1"] {
        rani.get(&format!("{}{bad}", messages(&order))).await.expect(400).code();
    }
}

#[tokio::test]
async fn a_strangers_conversation_does_not_exist_and_a_deleted_order_takes_its_own_along() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, made] = people(&server).await;
    let order = ordered(&rani).await;
    let (of_cs, of_expert, mut events) = (cs.head().await, expert.head().await, made.events("/api/events", None).await);
    said(&rani, &order, "Rahasia kami").await;
    answered(&cs, &order, "Rahasia kita").await;
    let (nobodys, theirs) = (format!("/api/orders/{}/messages", id()), messages(&order));
    assert_eq!(made.get(&theirs).await.expect(404).json()["detail"], made.get(&nobodys).await.expect(404).json()["detail"]);
    made.ask(&theirs, json!({"text": "Halo"})).await.expect(404).code();
    made.ask(&format!("{theirs}/read"), json!({"upto": 1})).await.expect(404).code();
    for staff in [&admin, &cs, &expert] {
        staff.get(&theirs).await.expect(403).code();
    }
    let (lines, _) = expert.follow(&of_expert).await;
    assert!(!lines.iter().any(|line| line.to_string().contains("Rahasia")), "an expert hears nothing: {lines:?}");
    assert_eq!(expert.give("message.send", json!({"id": id(), "order_id": order["id"], "text": "x"})).await["code"], "not_allowed");
    let own = ordered(&made).await;
    assert_eq!(events.until("order").await.json()["id"], own["id"], "the first that Made ever hears of is her own");

    let of_admin = admin.head().await;
    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    let (lines, of_cs) = cs.follow(&of_cs).await;
    let gone: Vec<&str> = lines.iter().filter_map(|line| line.get("gone")).map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(gone.iter().filter(|kind| **kind == "message").count(), 2, "{gone:?}");
    assert!(gone.contains(&"conversation") && gone.contains(&"order"));
    let (lines, _) = admin.follow(&of_admin).await;
    assert!(lines.iter().all(|line| line.get("gone").is_none()), "an admin keeps it: {lines:?}");
    rani.get(&theirs).await.expect(404).code();
    rani.ask(&theirs, json!({"text": "Halo?"})).await.expect(404).code();
    applied(&admin, "order.restore", json!({"id": order["id"]})).await;
    let (lines, _) = cs.follow(&of_cs).await;
    assert_eq!((puts(&lines, "message").len(), puts(&lines, "conversation").len()), (2, 1), "and all of it comes back");
    assert_eq!(texts(&rani.get(&theirs).await.expect(200).json()), ["Rahasia kita", "Rahasia kami"]);
}

#[tokio::test]
async fn nothing_is_said_to_somebody_who_could_not_read_it() {
    let server = Server::start().await;
    let [_, cs, _, _, _] = people(&server).await;
    let (client, order) = (id(), id());
    applied(&cs, "client.create", json!({"id": client, "name": "Bagas Wibowo", "phone": "0812-3456-7890"})).await;
    applied(&cs, "order.create", json!({"id": order, "client_id": client, "design_type": "logo", "description": "Logo"})).await;
    let refused = cs.give("message.send", json!({"id": id(), "order_id": order, "text": "Halo"})).await;
    assert_eq!((&refused["code"], &refused["rule"]), (&json!("no_account"), &json!("R-079")));
}

#[tokio::test]
async fn quick_replies_are_the_staffs_and_their_gaps_are_checked() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, _] = people(&server).await;
    let (reply, of_expert) = (id(), expert.head().await);
    let save = |title: &str, text: &str| json!({"id": reply, "title": title, "text": text});
    let refused = cs.give("quick_reply.save", save("Salam", "Halo {nama}")).await;
    assert_eq!((&refused["code"], &refused["details"]["field"]), (&json!("invalid_args"), &json!("text")));
    applied(&cs, "quick_reply.save", save("Salam", "Halo {klien}, {pesanan}")).await;
    applied(&admin, "quick_reply.save", save("Salam pagi", "Pagi {klien}")).await;
    assert_eq!(expert.give("quick_reply.save", save("x", "y")).await["code"], "not_allowed");
    let (lines, _) = expert.follow(&of_expert).await;
    assert_eq!(puts(&lines, "quick_reply")[0]["body"]["title"], "Salam pagi", "everybody of the staff has them");
    applied(&cs, "quick_reply.remove", json!({"id": reply})).await;
    assert_eq!(admin.give("quick_reply.save", save("Lagi", "Halo")).await["code"], "not_found");
    assert_eq!(rani.get("/v1/feed/work").await.status, 403, "and no client reads a feed");
}
