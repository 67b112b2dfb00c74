//! Files in conversations: who may attach one, who reads it, and what is left of it of somebody who is erased.

use e2e::server::Server;
use serde_json::{Value, json};

use crate::{
    client::{Answer, Peer, id, puts, send},
    conversations::messages,
    orders::{applied, fields, ordered, people},
    uploads::{begin, document, hash, put},
};

fn file(sha256: &str) -> String {
    format!("/v1/files/{sha256}")
}

async fn status(peer: &Peer, sha256: &str) -> (u16, u16) {
    (peer.get(&file(sha256)).await.status, peer.get(&format!("{}/preview/thumb", file(sha256))).await.status)
}

async fn said(client: &Peer, order: &Value, attachments: Value) -> Answer {
    client.ask(&messages(order), json!({ "text": "", "attachments": attachments })).await
}

#[tokio::test]
async fn a_client_sends_a_file_and_whoever_reads_the_message_has_it() {
    let server = Server::start().await;
    let [admin, cs, expert, rani, made] = people(&server).await;
    let order = ordered(&rani).await;
    let (mut events, of_cs) = (rani.events("/api/events", None).await, cs.head().await);
    let bytes = document(20_000);
    let sha256 = put(&rani, "Brief Rahasia.pdf", &bytes).await;
    assert_eq!((status(&rani, &sha256).await.0, status(&cs, &sha256).await), (200, (404, 404)), "nobody else has it yet");
    let attached = json!([{ "sha256": sha256, "name": "../Brief\u{202e} kedai.pdf" }]);
    let key = id();
    let body = json!({ "attachments": attached });
    let message = rani.ask_with(&messages(&order), body.clone(), &key).await.expect(201).json();
    assert_eq!(rani.ask_with(&messages(&order), body, &key).await.expect(201).json(), message, "saying it twice is saying it once");
    let told = json!({"sha256": sha256, "size": 20_000, "media_type": "application/pdf", "name": "Brief kedai.pdf", "url": file(&sha256)});
    assert_eq!((&message["text"], &message["attachments"]), (&json!(""), &json!([told])));
    assert_eq!(fields(&message["attachments"][0]), ["sha256", "size", "media_type", "name", "url"].into());
    assert_eq!(events.until("message").await.json(), message, "the stream says what the answer said");

    let (lines, _) = cs.follow(&of_cs).await;
    let (body, head) = (&puts(&lines, "message")[0]["body"], &puts(&lines, "conversation")[0]["body"]);
    assert_eq!(
        (&body["attachments"][0]["name"], &head["last_text"], &head["last_files"]),
        (&json!("Brief kedai.pdf"), &json!(""), &json!(1))
    );
    for staff in [&admin, &cs] {
        let read = staff.get(&file(&sha256)).await.expect(200);
        assert_eq!((read.text.as_bytes() == bytes, read.headers["content-type"].as_str()), (true, "application/pdf"));
        let disposition = &read.headers["content-disposition"];
        assert!(disposition.starts_with("attachment") && disposition.contains("Brief kedai.pdf"), "as the message calls it: {disposition}");
    }
    for peer in [&admin, &cs, &rani] {
        assert_eq!(status(peer, &sha256).await, (200, 422), "a picture of a document there is none");
    }
    for peer in [&expert, &made] {
        assert_eq!(status(peer, &sha256).await, (404, 404));
        let nobodys = peer.get(&file(&hash(b"nobody's"))).await;
        assert_eq!(peer.get(&file(&sha256)).await.code(), nobodys.code(), "as what is not there");
    }
    applied(&admin, "order.delete", json!({"id": order["id"], "reason": "Pesanan ganda"})).await;
    assert_eq!((status(&cs, &sha256).await, status(&admin, &sha256).await.0), ((404, 404), 200), "the message is the admins' alone now");
}

#[tokio::test]
async fn the_staff_answers_with_files_and_with_versions() {
    let server = Server::start().await;
    let [_, cs, _, rani, made] = people(&server).await;
    let order = ordered(&rani).await;
    applied(&cs, "order.set_status", json!({"id": order["id"], "to": "approved"})).await;
    let design = document(30_000);
    let version = put(&cs, "logo.pdf", &design).await;
    let tie =
        json!({"id": id(), "order_id": order["id"], "sha256": version, "size": 1, "media_type": "application/pdf", "name": "logo.pdf"});
    applied(&cs, "design.upload", tie).await;
    let hidden = said(&rani, &order, json!([{ "sha256": version, "name": "logo.pdf" }])).await.expect(422);
    assert_eq!((hidden.code().as_str(), status(&rani, &version).await.0), ("file_missing", 404), "a version that nobody showed them");
    let admin = Peer::login(&server, "a@x.id").await;
    let args =
        json!({"id": id(), "order_id": order["id"], "text": "Sketsanya", "attachments": [{ "sha256": version, "name": "sketsa.pdf" }]});
    applied(&admin, "message.send", args).await;
    assert_eq!((status(&rani, &version).await.0, status(&made, &version).await.0), (200, 404), "what is sent is shown");
    let page = rani.get(&messages(&order)).await.expect(200).json();
    assert_eq!(page["items"][0]["attachments"][0]["name"], "sketsa.pdf");
    let told = rani.get("/api/notifications").await.json();
    assert!(told["items"].as_array().unwrap().iter().any(|it| it["kind"] == "message_received" && it["detail"] == "Sketsanya"), "{told}");
    let other =
        json!({"id": id(), "order_id": ordered(&made).await["id"], "text": "", "attachments": [{ "sha256": version, "name": "x.pdf" }]});
    assert_eq!(admin.give("message.send", other).await["code"], "file_missing", "a version of another order");
}

#[tokio::test]
async fn what_cannot_be_attached_is_said_and_changes_nothing() {
    let server = Server::start().await;
    let [_, cs, _, rani, made] = people(&server).await;
    let order = ordered(&rani).await;
    let (mine, theirs) = (put(&rani, "a.pdf", &document(900)).await, put(&made, "b.pdf", &document(901)).await);
    let attach = |sha256: &str| json!({ "sha256": sha256, "name": "a.pdf" });
    for sha256 in [&theirs, &hash(b"nobody's")] {
        assert_eq!(said(&rani, &order, json!([attach(sha256)])).await.expect(422).code(), "file_missing");
    }
    let six: Vec<Value> = (0..6).map(|_| attach(&mine)).collect();
    for wrong in [json!([attach("x")]), json!([attach(&mine), attach(&mine)]), json!(six), json!([{ "sha256": mine, "name": " . " }])] {
        let problem = said(&rani, &order, wrong).await.expect(422).json();
        assert_eq!((&problem["code"], &problem["errors"][0]["field"]), (&json!("invalid_args"), &json!("attachments")));
    }
    let nothing = said(&rani, &order, json!([])).await.expect(422).json();
    assert_eq!((&nothing["code"], &nothing["errors"][0]["field"]), (&json!("invalid_args"), &json!("text")));
    for wild in [json!("x"), json!([1]), json!([{ "name": "a" }]), json!({ "sha256": mine })] {
        said(&rani, &order, wild).await.expect(400).code();
    }
    assert_eq!(rani.get(&messages(&order)).await.json()["items"], json!([]));
    let strangers = said(&made, &order, json!([attach(&theirs)])).await.expect(404);
    assert_eq!(strangers.code(), "not_found");
    let proof = begin(&rani, "bukti.pdf", &document(900), "proof").await.expect(422);
    assert_eq!(proof.code(), "policy_unknown", "clients put there what is taken from them");
    let of_rani = begin(&rani, "c.pdf", &document(5_000), "design").await.expect(201).headers["location"].clone();
    for peer in [&made, &cs] {
        let looked = send(peer.request(reqwest::Method::HEAD, &of_rani).header("Tus-Resumable", "1.0.0")).await;
        assert_eq!(looked.status, 404, "an upload is its maker's alone");
    }
}

#[tokio::test]
async fn a_client_is_given_what_they_sent_and_who_is_erased_leaves_no_files() {
    let server = Server::start().await;
    let [admin, cs, _, rani, _] = people(&server).await;
    let order = ordered(&rani).await;
    let sha256 = put(&rani, "Rahasia kami.pdf", &document(20_000)).await;
    said(&rani, &order, json!([{ "sha256": sha256, "name": "Rahasia kami.pdf" }])).await.expect(201);
    applied(&cs, "message.send", json!({"id": id(), "order_id": order["id"], "text": "Sudah saya baca"})).await;
    let export: Value = serde_json::from_str(&server.run(&["client", "export", "--email", "rani@x.id"], "")).unwrap();
    let all: Vec<_> = export["messages"].as_array().unwrap().iter().map(|it| (&it["number"], &it["from"], &it["text"])).collect();
    assert_eq!(all, [(&json!(1), &json!("client"), &json!("")), (&json!(2), &json!("staff"), &json!("Sudah saya baca"))]);
    assert_eq!(export["messages"][0]["attachments"][0]["name"], "Rahasia kami.pdf");
    assert!(!export["messages"].to_string().contains("Orang"), "no name of the staff");
    server.run(&["client", "erase", "--email", "rani@x.id", "--yes"], "");
    rani.until_refused(&messages(&order)).await;
    let head = admin.head().await;
    let walked = admin.get(&format!("/v1/feed?before={head}&limit=5000")).await.expect(200).text;
    let audit = admin.get("/v1/audit?limit=100").await.expect(200).text;
    let message = walked.lines().find(|line| line.contains("\"kind\":\"message\"") && line.contains("\"number\":1"));
    assert!(message.is_some_and(|line| !line.contains(&sha256)), "that something was said stays, and not with what: {message:?}");
    for peer in [&admin, &cs] {
        peer.get(&file(&sha256)).await.expect(404).code();
    }
    for text in [walked, audit] {
        assert!(!text.contains("Rahasia"), "what it was called is gone: {text}");
    }
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"));
}
