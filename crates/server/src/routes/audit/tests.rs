//! The audit over HTTP: who reads what, what is found, and what its chain proves.

use domain::role::Role;
use serde_json::{Value, json};
use std::time::Duration;

use crate::testing::{Peer, TestApp};

/// The commands of a page, newest first.
async fn acts(peer: &Peer, query: &str) -> Vec<String> {
    let page = peer.get(&format!("/v1/audit{query}")).await.expect(200).json();
    let act = |entry: &Value| entry["act"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(act).collect()
}

#[tokio::test]
async fn it_is_found_by_person_act_record_and_time() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    let client = admin.id();
    cs.give("client.create", json!({"id": client, "name": "Rani Kusuma"})).await;
    let between = app.app.shell.now();
    app.clock.advance(Duration::from_secs(60));
    admin.give("client.edit", json!({"id": client, "name": "Rani Kusumawardani"})).await;

    let (by_cs, by_admin) = (cs.user["id"].as_str().unwrap(), admin.user["id"].as_str().unwrap());
    assert_eq!(acts(&admin, &format!("?actor={by_cs}&act=client.create")).await, ["client.create"]);
    assert_eq!(acts(&admin, &format!("?record=client/{client}")).await, ["client.edit", "client.create"]);
    assert_eq!(acts(&admin, &format!("?record=client/{client}&from={}", between.plus(1))).await, ["client.edit"]);
    assert_eq!(acts(&admin, &format!("?record=client/{client}&until={}", between.plus(1))).await, ["client.create"]);
    assert_eq!(acts(&admin, &format!("?act=&record=client/{client}")).await.len(), 2, "nothing is looked for by an empty name");
    assert_eq!(acts(&admin, "?act=client.edi").await, Vec::<String>::new(), "a part of a name is another name");
    assert_eq!(acts(&admin, &format!("?actor={by_admin}&act=client.edit")).await.len(), 1);
    for bad in ["actor=rani", "from=kemarin", "until=2026-11-31", "record=client", "limit=0", "after=x"] {
        assert_eq!(admin.get(&format!("/v1/audit?{bad}")).await.expect(400).code(), "malformed", "{bad}");
    }
    app.leave_jobs();
}

#[tokio::test]
async fn who_reads_only_their_own_acts_finds_nobody_elses() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "b@x.id").await;
    admin.give("client.create", json!({"id": admin.id(), "name": "Agus Salim"})).await;
    cs.give("client.create", json!({"id": admin.id(), "name": "Made Ayu"})).await;
    let (by_cs, by_admin) = (cs.user["id"].as_str().unwrap(), admin.user["id"].as_str().unwrap());
    assert_eq!(acts(&cs, "?act=client.create").await.len(), 1);
    assert_eq!(acts(&cs, &format!("?actor={by_cs}&act=client.create")).await.len(), 1);
    assert_eq!(acts(&cs, &format!("?actor={by_admin}")).await, Vec::<String>::new(), "not even that there is something");
    app.leave_jobs();
}

#[tokio::test]
async fn every_entry_says_its_number_its_link_and_its_hash() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    for name in ["Rani Kusuma", "Made Ayu"] {
        admin.give("client.create", json!({"id": admin.id(), "name": name})).await;
    }
    let page = admin.get("/v1/audit?limit=2").await.expect(200).json();
    let entries = page["items"].as_array().unwrap();
    let number = |n: usize| entries[n]["number"].as_i64().unwrap();
    assert_eq!((number(0) - number(1), page["next"].as_str().unwrap()), (1, number(1).to_string().as_str()));
    assert!(entries[0]["link"].as_i64() > entries[1]["link"].as_i64());
    let hash = entries[0]["hash"].as_str().unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && hash != entries[1]["hash"], "{hash}");
    app.leave_jobs();
}

#[tokio::test]
async fn an_admin_has_the_chain_proved_and_nobody_else() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    admin.give("client.create", json!({"id": admin.id(), "name": "Rani Kusuma"})).await;
    let proof = admin.get("/v1/audit/chain").await.expect(200).json();
    let newest = admin.get("/v1/audit?limit=1").await.expect(200).json()["items"][0]["number"].clone();
    assert_eq!((&proof["holds"], &proof["until"], proof.get("broken")), (&json!(true), &newest, None), "{proof}");

    admin.give("client.create", json!({"id": admin.id(), "name": "Made Ayu"})).await;
    assert_eq!(admin.get("/v1/audit/chain").await.expect(200).json(), proof, "for a minute the same proof is answered");
    app.clock.advance(Duration::from_secs(60));
    let later = admin.get("/v1/audit/chain").await.expect(200).json();
    assert_eq!(later["until"].as_i64(), newest.as_i64().map(|n| n + 1), "{later}");

    for role in [Role::Cs, Role::Expert] {
        let other = app.staff(role.clone(), &format!("{role}@x.id")).await;
        assert_eq!(other.get("/v1/audit/chain").await.expect(403).code(), "not_allowed", "{role}");
    }
    assert_eq!(app.stranger().get("/v1/audit/chain").await.expect(401).code(), "token_unknown");
    let client = app.client("rani@x.id", "Rani Kusuma").await;
    assert_eq!(client.get("/v1/audit/chain").await.expect(403).code(), "not_staff");
    app.leave_jobs();
}

/// Writing to a client outside of Meja changes nothing, and is found under the client and under what it was about (C-08).
#[tokio::test]
async fn an_act_that_changes_nothing_stands_under_what_it_was_about() {
    let app = TestApp::new().await;
    let cs = app.staff(Role::Cs, "cs@x.id").await;
    let (client, request) = (cs.id(), cs.id());
    cs.give("client.create", json!({"id": client, "name": "Rani Kusuma", "phone": "0812-3456-7890"})).await;
    cs.give("consultation.request", json!({"id": request, "client_id": client, "requested_date": cs.day(2)})).await;
    let before = cs.page("/v1/feed/work").await.puts("client").first().map(|put| put["rev"].clone());
    let about = json!({"kind": "consultation", "id": request});
    let contact = json!({"id": client, "channel": "whatsapp", "about": about});
    assert_eq!(cs.give("client.contact", contact).await["status"], "applied");
    let no_mail = cs.give("client.contact", json!({"id": client, "channel": "email"})).await;
    assert_eq!((&no_mail["status"], &no_mail["code"]), (&json!("refused"), &json!("no_contact")));
    assert_eq!(cs.page("/v1/feed/work").await.puts("client").first().map(|put| put["rev"].clone()), before, "nothing was written");
    for record in [format!("client/{client}"), format!("consultation/{request}")] {
        let page = cs.get(&format!("/v1/audit?record={record}&limit=1")).await.expect(200).json();
        let entry = &page["items"][0];
        assert_eq!((&entry["act"], &entry["actor"]["id"]), (&json!("client.contact"), &cs.user["id"]), "{record}");
        let changes = entry["changes"].as_array().unwrap();
        assert!(changes.iter().all(|it| it["rev"] == 0 && it["reason"] == "whatsapp" && it["after"] == json!({})), "{entry}");
        assert_eq!(changes.len(), 2);
    }
}
