//! `meja-server user …` and `meja-server client …`, beside a running server.

use e2e::server::Server;
use serde_json::{Value, json};
use std::path::Path;

use crate::client::{PASSWORD, Peer, day, id};

#[tokio::test]
async fn accounts_of_the_staff_are_made_listed_and_closed() {
    let server = Server::start().await;
    server.add_user("a@x.id", "Bu Admin", &["admin", "expert"], PASSWORD);
    let said = server.try_run(&["user", "add", "--email", "A@x.id", "--name", "Lain", "--role", "cs"], PASSWORD).unwrap_err();
    assert!(!said.contains("can log in"), "{said}");
    for (role, password) in [("direktur", PASSWORD), ("client", PASSWORD), ("cs", "pendek")] {
        let said = server.try_run(&["user", "add", "--email", "b@x.id", "--name", "Orang Lain", "--role", role], password);
        assert!(said.is_err(), "{role}, {password}: {said:?}");
    }
    let admin = Peer::login(&server, "a@x.id").await;
    assert_eq!(admin.user["roles"], json!(["admin", "expert"]));
    assert_eq!(server.run(&["user", "list"], "").trim(), "a@x.id\tBu Admin\tadmin,expert\tactive");

    server.run(&["user", "reset-password", "--email", "a@x.id"], "kata-sandi-yang-baru-2\n");
    assert_eq!(admin.until_refused("/v1/me").await, "device_ended");
    let login = |password: &str| json!({"email": "a@x.id", "password": password, "device": {"name": "Laptop", "platform": "linux"}});
    assert_eq!(admin.post("/v1/auth/login", login(PASSWORD)).await.expect(401).code(), "invalid_credentials");
    let mut again = Peer::stranger(&server);
    again.adopt(&again.post("/v1/auth/login", login("kata-sandi-yang-baru-2")).await.expect(200).json());

    server.run(&["user", "disable", "--email", "a@x.id"], "");
    assert_eq!(again.until_refused("/v1/me").await, "device_ended");
    assert_eq!(again.post("/v1/auth/login", login("kata-sandi-yang-baru-2")).await.expect(403).code(), "account_disabled");
    assert!(server.run(&["user", "list"], "").contains("\tdisabled"));
    server.run(&["user", "enable", "--email", "a@x.id"], "");
    again.post("/v1/auth/login", login("kata-sandi-yang-baru-2")).await.expect(200);
    assert!(server.try_run(&["user", "disable", "--email", "nobody@x.id"], "").is_err());
}

/// Who did what to this account: acts with their actor and whether a device stands beside them, oldest first.
async fn acts_on(admin: &Peer, user: &str) -> Vec<(String, String, bool)> {
    let page = admin.get(&format!("/v1/audit?record=user/{user}")).await.expect(200).json();
    let entries = page["items"].as_array().unwrap().iter().rev();
    entries
        .map(|e| (e["act"].as_str().unwrap().to_owned(), e["actor"]["id"].as_str().unwrap().to_owned(), e["device"].is_string()))
        .collect()
}

#[tokio::test]
async fn whatever_is_done_to_an_account_stands_in_the_audit() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    server.add_user("b@x.id", "Bu Hana", &["cs"], PASSWORD);
    let hana = Peer::login(&server, "b@x.id").await;
    let id = hana.user["id"].as_str().unwrap().to_owned();
    hana.post("/v1/auth/password", json!({"current": "bukan-kata-sandi-1", "new": "kata-sandi-yang-baru-2"})).await.expect(422);
    hana.post("/v1/auth/password", json!({"current": PASSWORD, "new": "kata-sandi-yang-baru-2"})).await.expect(204);
    hana.get("/v1/me").await.expect(200);
    Peer::stranger(&server).post("/v1/auth/forgot", json!({"email": "b@x.id"})).await.expect(202);
    let token = server.mailed_token("b@x.id").await;
    for (token, status) in [("bukan-token", 422), (&token, 204), (&token, 422)] {
        let reset = json!({"token": token, "new_password": "kata-sandi-yang-baru-3"});
        Peer::stranger(&server).post("/v1/auth/reset", reset).await.expect(status);
    }
    server.run(&["user", "reset-password", "--email", "b@x.id"], "kata-sandi-yang-baru-4\n");
    server.run(&["user", "edit", "--email", "b@x.id", "--role", "cs", "--role", "expert"], "");
    server.run(&["user", "disable", "--email", "b@x.id"], "");
    server.run(&["user", "enable", "--email", "b@x.id"], "");

    let system = "00000000-0000-7000-8000-000000000000".to_owned();
    let by_system = |act: &str| (act.to_owned(), system.clone(), false);
    let by_hana = |device| ("user.set_password".to_owned(), id.clone(), device);
    let expected = [
        by_system("user.add"),
        by_hana(true),
        by_hana(false),
        by_system("user.set_password"),
        by_system("user.edit"),
        by_system("user.set_status"),
        by_system("user.set_status"),
    ];
    assert_eq!(acts_on(&admin, &id).await, expected, "once each, and nothing for what was refused");
    let all = admin.get("/v1/audit?limit=200").await.expect(200).text;
    assert!(!all.contains("argon2") && !all.contains("kata-sandi"), "a password stands in no entry, hashed or not");
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"));
}

#[tokio::test]
async fn nobody_gives_the_systems_commands_for_it() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let outcome = admin.give("user.set_password", json!({"id": admin.user["id"]})).await;
    assert_eq!((&outcome["status"], &outcome["code"]), (&json!("refused"), &json!("not_allowed")));
}

#[tokio::test]
async fn a_stream_ends_when_another_program_takes_the_rights() {
    let server = Server::start().await;
    let cs = Peer::staff(&server, "cs", "c@x.id").await;
    let expert = Peer::staff(&server, "expert", "e@x.id").await;
    let mut events = cs.events("/v1/feed/live", None).await;
    assert_eq!(events.next().await.unwrap().event, "at");
    server.run(&["user", "edit", "--email", "c@x.id", "--role", "expert"], "");
    assert_eq!(events.next().await.unwrap().event, "reset", "the first word after it, and before anything that came with it");
    assert!(events.next().await.is_none());

    let mut events = expert.events("/v1/feed/live", None).await;
    assert_eq!(events.next().await.unwrap().event, "at");
    server.run(&["user", "disable", "--email", "e@x.id"], "");
    assert!(events.next().await.is_none(), "its end needs no word");
    assert_eq!(expert.get("/v1/feed/live").await.expect(401).code(), "device_ended");
}

#[tokio::test]
async fn a_clients_data_is_theirs_to_take_and_to_have_erased() {
    let mut server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let rani = Peer::client(&server, "rani.rahasia@x.id", "Rani Rahasia").await;
    let made = Peer::client(&server, "made@x.id", "Made Ayu").await;
    for client in [&rani, &made] {
        let body = json!({"requested_date": day(2), "topic": "Topik Rahasia", "note": "Pesan Rahasia"});
        let asked = client.ask("/api/consultations", body).await.expect(201).json();
        let record = json!({"kind": "consultation", "id": asked["id"]});
        admin.give("note.add", json!({"id": id(), "record": record, "text": "Catatan Rahasia"})).await;
        admin.give("consultation.reject", json!({"id": asked["id"], "reason": "Alasan Rahasia"})).await;
        let design = json!({"design_type": "logo", "description": "Pesanan Rahasia", "needs": "Kebutuhan Rahasia"});
        let ordered = client.ask("/api/orders", design).await.expect(201).json();
        admin.give("order.set_note", json!({"id": ordered["id"], "note": "Titipan Rahasia"})).await;
        admin.give("order.delete", json!({"id": ordered["id"], "reason": "Hapus Rahasia"})).await;
    }

    let export: Value = serde_json::from_str(&server.run(&["client", "export", "--email", "rani.rahasia@x.id"], "")).unwrap();
    assert_eq!((&export["client"]["name"], export["consultations"].as_array().unwrap().len()), (&json!("Rani Rahasia"), 1));
    assert_eq!(export["orders"].as_array().unwrap().len(), 1, "one that was deleted is theirs all the same");
    let text = export.to_string();
    let said = ["Topik Rahasia", "Pesan Rahasia", "Alasan Rahasia", "Pesanan Rahasia", "Kebutuhan Rahasia", "Hapus Rahasia"];
    for theirs in said.into_iter().chain(["Konsultasi Ditolak", "Pesanan Anda dihapus", "81234567890"]) {
        assert!(text.contains(theirs), "{theirs} is missing in {text}");
    }
    assert!(
        !text.contains("Catatan Rahasia") && !text.contains("Titipan Rahasia") && !text.contains("Made"),
        "what is the staff's, or another's, is not in it: {text}"
    );

    let erase = ["client", "erase", "--email", "rani.rahasia@x.id"];
    assert!(server.try_run(&erase, "").unwrap_err().contains("--yes"), "not without being sure");
    server.run(&[&erase[..], &["--yes"]].concat(), "");
    if !server.is_postgres() {
        found_nowhere(server.folder(), &["Rani Rahasia", "rani.rahasia"]);
    }
    assert!(matches!(rani.until_refused("/api/consultations").await.as_str(), "token_unknown" | "device_ended"));
    let login = json!({"email": "rani.rahasia@x.id", "password": PASSWORD});
    assert_eq!(rani.post("/api/auth/login", login).await.expect(401).code(), "invalid_credentials");
    let seen = admin.get("/v1/feed/work").await.expect(200).text;
    let head = admin.head().await;
    let walked = admin.get(&format!("/v1/feed?before={head}&limit=5000")).await.expect(200).text;
    for text in [&seen, &walked] {
        assert!(!text.contains("Rani Rahasia") && !text.contains("rani.rahasia"), "{text}");
    }
    assert_eq!(walked.matches("Pesanan Rahasia").count(), 1, "what the other one ordered stays, and only that: {walked}");
    assert!(walked.contains("Made Ayu"), "others stay");
    assert!(server.run(&["audit", "verify"], "").starts_with("The audit holds"), "what was erased leaves the chain whole");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
}

/// Not in a file of the folder, not even where a database keeps what it has deleted, or has not yet taken over from its log.
fn found_nowhere(folder: &Path, texts: &[&str]) {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    for file in files.collect::<Vec<_>>() {
        let bytes = std::fs::read(&file).unwrap();
        for text in texts {
            assert!(!bytes.windows(text.len()).any(|w| w == text.as_bytes()), "{text} still stands in {}", file.display());
        }
    }
}
