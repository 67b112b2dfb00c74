//! What the law gives clients, from an admin's request to what is left.

use domain::role::Role;
use serde_json::{Value, json};

use crate::testing::{Peer, TestApp};

/// A client with an account, who has asked for something; their id.
async fn rani(app: &TestApp) -> (Peer, String) {
    let rani = app.client("rani@x.id", "Rani Rahasia").await;
    let body = json!({"requested_date": rani.day(2), "topic": "Topik Rahasia"});
    let _ = rani.ask("/api/consultations", &body).await.expect(201);
    let admin = app.staff(Role::Admin, "cari@x.id").await;
    let page = admin.page("/v1/feed/work").await;
    let client = page.puts("client").first().expect("the client of an open request")["id"].as_str().unwrap_or_default().to_owned();
    (rani, client)
}

#[tokio::test]
async fn an_admin_takes_everything_that_is_the_clients_to_read() {
    let app = TestApp::new().await;
    let (_, client) = rani(&app).await;
    let path = format!("/v1/clients/{client}/export");
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let export: Value = admin.get(&path).await.expect(200).json();
    assert_eq!((&export["client"]["name"], &export["client"]["email"]), (&json!("Rani Rahasia"), &json!("rani@x.id")));
    assert_eq!(export["consultations"][0]["topic"], "Topik Rahasia");
    assert_eq!(export["notifications"].as_array().map(Vec::len), Some(1));
    assert_eq!(admin.get("/v1/clients/019abf6b-9d3c-7c11-8a52-0123456789ab/export").await.expect(404).code(), "not_found");
    assert_eq!(admin.get("/v1/clients/x/export").await.expect(404).code(), "not_found");
    for role in [Role::Cs, Role::Expert] {
        let colleague = app.staff(role.clone(), &format!("{role}@x.id")).await;
        assert_eq!(colleague.get(&path).await.expect(403).code(), "not_allowed", "{role}");
    }
    let _ = app.stranger().get(&path).await.expect(401);
    let noted = admin.get(&format!("/v1/audit?record=client/{client}")).await.expect(200).json();
    let exports: Vec<_> = noted["items"].as_array().into_iter().flatten().filter(|entry| entry["act"] == "client.export").collect();
    assert_eq!(exports.len(), 1, "who took it, and nobody who was refused: {noted}");
    assert_eq!(exports[0]["actor"]["id"], admin.user["id"]);
}

#[tokio::test]
async fn an_admin_erases_who_a_client_is_under_their_own_name() {
    let app = TestApp::new().await;
    let (rani, client) = rani(&app).await;
    let path = format!("/v1/clients/{client}/erase");
    let (admin, cs) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "cs@x.id").await);
    let (right, wrong) = (json!({"name": " Rani Rahasia "}), json!({"name": "Rani"}));
    assert_eq!(cs.post(&path, &right).await.expect(403).code(), "not_allowed");
    assert_eq!(admin.post(&path, &wrong).await.expect(422).code(), "stale");
    let _ = rani.get("/api/consultations").await.expect(200);
    let _ = admin.post(&path, &right).await.expect(204);
    let _ = rani.get("/api/consultations").await.expect(401);
    let login = json!({"email": "rani@x.id", "password": "kata-sandi-uji-9"});
    assert_eq!(app.stranger().post("/api/auth/login", &login).await.expect(401).code(), "invalid_credentials");
    let left = admin.get(&format!("/v1/clients/{client}/export")).await.expect(200).text;
    assert!(!left.contains("Rahasia") && !left.contains("rani@x.id"), "{left}");
    let audit = admin.get(&format!("/v1/audit?record=client/{client}&limit=1")).await.expect(200).json();
    let entry = &audit["items"][0];
    assert_eq!((&entry["act"], &entry["actor"]["id"]), (&json!("client.erase"), &admin.user["id"]));
    let proof = admin.get("/v1/audit/chain").await.expect(200).json();
    assert!(proof["holds"] == true && proof["erased"].as_i64() > Some(0), "{proof}");
    for name in ["(dihapus)", "Rani Rahasia"] {
        assert_eq!(admin.post(&path, &json!({ "name": name })).await.expect(422).code(), "erased", "whoever asks again is told so");
    }
}
