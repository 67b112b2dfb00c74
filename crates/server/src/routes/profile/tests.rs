use domain::role::Role;
use serde_json::{Value, json};

use crate::testing::TestApp;

fn field(problem: &Value) -> (&str, &str) {
    (problem["errors"][0]["field"].as_str().unwrap(), problem["errors"][0]["code"].as_str().unwrap())
}

#[tokio::test]
async fn a_client_reads_and_corrects_what_is_known_of_them() {
    let app = TestApp::new().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    let request = rani.ask("/api/consultations", &json!({ "requested_date": rani.day(2) })).await.expect(201).json();
    let before = rani.get("/api/me").await.expect(200).json();
    assert_eq!((&before["name"], &before["email"], &before["zone"]), (&json!("Rani Kusuma"), &json!("rani@x.id"), &json!("Asia/Jakarta")));

    let change = json!({ "name": "Rani Larasati", "phone": "0812 3456 7890", "email": "rani.larasati@x.id", "zone": "Asia/Makassar" });
    let after = rani.ask("/api/me", &change).await.expect(200).json();
    assert_eq!(after, rani.get("/api/me").await.expect(200).json(), "what is answered is what stands");
    assert_eq!((&after["id"], &after["phone"], &after["email"]), (&before["id"], &json!("+6281234567890"), &json!("rani.larasati@x.id")));
    let cs = app.staff(Role::Cs, "c@x.id").await;
    let work = cs.get("/v1/feed/work").await.expect(200).text;
    let held =
        |id: &Value| work.lines().find(|line| line.contains("\"client_name\"") && line.contains(id.as_str().unwrap())).unwrap().to_owned();
    assert!(held(&request["id"]).contains("Rani Larasati"), "what carries the name goes along");

    let cleared = rani.ask("/api/me", &json!({ "phone": null })).await.expect(200).json();
    assert_eq!((&cleared["phone"], &cleared["name"]), (&Value::Null, &after["name"]), "null clears, what is left out stays");
    let login = json!({ "email": "rani@x.id", "password": crate::testing::PASSWORD });
    assert_eq!(
        rani.post("/api/auth/login", &login).await.expect(200).json()["user"]["name"],
        "Rani Larasati",
        "the account goes along, its address stays"
    );
}

#[tokio::test]
async fn what_is_no_profile_changes_nothing() {
    let app = TestApp::new().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    let before = rani.get("/api/me").await.expect(200).json();
    for (change, at) in [
        (json!({ "name": "R" }), "name"),
        (json!({ "phone": "123" }), "phone"),
        (json!({ "email": "rani" }), "email"),
        (json!({ "zone": "Asia/Singapore" }), "zone"),
    ] {
        let problem = rani.ask("/api/me", &change).await.expect(422).json();
        assert_eq!((problem["code"].as_str().unwrap(), field(&problem).0), ("invalid_args", at), "{change}");
    }
    assert_eq!(rani.post("/api/me", &json!({ "name": "Rani Lain" })).await.expect(400).code(), "idempotency_key_required");
    assert_eq!(rani.get("/api/me").await.expect(200).json(), before);

    let admin = app.staff(Role::Admin, "a@x.id").await;
    for answer in [admin.get("/api/me").await, admin.ask("/api/me", &json!({ "name": "Siapa Saja" })).await] {
        assert_eq!(answer.expect(403).code(), "not_client");
    }
    assert_eq!(app.stranger().get("/api/me").await.expect(401).code(), "token_unknown");
}
