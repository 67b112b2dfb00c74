//! Where decisions meet each other, and files their shelf.

use axum::{body::Body, http::Method};
use domain::{role::Role, time::UtcMillis};
use inspect::testing::{pdf, png};
use serde_json::{Value, json};

use crate::testing::{Peer, TestApp};

async fn order(client: &Peer) -> Value {
    client.ask("/api/orders", &json!({"design_type": "logo", "description": "Logo kedai kopi"})).await.expect(201).json()
}

fn version(order: &Value) -> String {
    format!("/api/orders/{}/designs/1", order["id"].as_str().unwrap())
}

#[tokio::test]
async fn of_decisions_at_once_one_counts() {
    let app = TestApp::new().await;
    let (cs, rani) = (app.staff(Role::Cs, "b@x.id").await, app.client("rani@x.id", "Rani Kusuma").await);
    let order = order(&rani).await;
    let sha256 = cs.show(&order, "logo.pdf", &pdf(2_000)).await;
    let (approve, revision) = (format!("{}/approve", version(&order)), format!("{}/revision", version(&order)));
    let (yes, no) = (json!({ "sha256": sha256 }), json!({ "sha256": sha256, "comment": "Warnanya lain" }));
    let (one, two) = tokio::join!(rani.ask(&approve, &yes), rani.ask(&revision, &no));
    let (done, refused) = if one.status == 200 { (one, two) } else { (two, one) };
    assert_eq!(refused.expect(422).code(), "not_submitted");
    let list = rani.get(&format!("/api/orders/{}/designs", order["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(list["items"], json!([done.expect(200).json()]), "and what was answered stands");
}

#[tokio::test]
async fn places_are_said_of_what_the_server_has_seen_to_be_a_picture() {
    let app = TestApp::new().await;
    let (cs, rani) = (app.staff(Role::Cs, "b@x.id").await, app.client("rani@x.id", "Rani Kusuma").await);
    let pins = json!([{ "x": 766, "y": 478, "text": "Gagangnya terlalu tebal" }, { "x": 0, "y": 1_000, "text": "Sudutnya" }]);
    let document = order(&rani).await;
    let picture = order(&rani).await;
    // What whoever uploads says of a file counts for nothing: both are said to be documents.
    let [of_document, of_picture] = [cs.show(&document, "logo.pdf", &pdf(2_000)).await, cs.show(&picture, "logo.png", &png(2_000)).await];
    let wish = |sha256| json!({ "sha256": sha256, "comment": "Warnanya lain", "pins": pins });
    let refused = rani.ask(&format!("{}/revision", version(&document)), &wish(of_document)).await.expect(422).json();
    assert_eq!((&refused["code"], &refused["errors"][0]["field"]), (&json!("invalid_args"), &json!("pins")));
    let asked = rani.ask(&format!("{}/revision", version(&picture)), &wish(of_picture)).await.expect(200).json();
    assert_eq!(asked["pins"], pins);
    let list = rani.get(&format!("/api/orders/{}/designs", picture["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(list["items"], json!([asked]), "and they stand");
}

#[tokio::test]
async fn a_key_is_kept_for_its_version_and_its_verb() {
    let app = TestApp::new().await;
    let (cs, rani) = (app.staff(Role::Cs, "b@x.id").await, app.client("rani@x.id", "Rani Kusuma").await);
    let order = order(&rani).await;
    let sha256 = cs.show(&order, "logo.pdf", &pdf(2_000)).await;
    let (approve, revision, key) = (format!("{}/approve", version(&order)), format!("{}/revision", version(&order)), rani.id());
    let ask = async |path: &str, body: Value| rani.ask_with(path, &body, &key).await;
    let none = ask(&revision, json!({ "sha256": sha256, "comment": "x" })).await.expect(422);
    assert_eq!(none.code(), "reason_required");
    let other = ask(&revision, json!({ "sha256": sha256, "comment": "Warnanya lain" })).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused", "what was refused is remembered, too");
    let approved = ask(&approve, json!({ "sha256": sha256 })).await.expect(200);
    assert_eq!(ask(&approve, json!({ "sha256": sha256 })).await.expect(200).text, approved.text, "another verb, another request");
    let spelt = format!("/api/orders/{}/designs/01/approve", order["id"].as_str().unwrap());
    assert_eq!(ask(&spelt, json!({ "sha256": sha256 })).await.expect(200).text, approved.text, "a number is the same in any writing");
}

#[tokio::test]
async fn bytes_that_are_gone_are_told_as_trouble_of_ours_to_whoever_may_read_them_alone() {
    let app = TestApp::new().await;
    let (cs, rani) = (app.staff(Role::Cs, "b@x.id").await, app.client("rani@x.id", "Rani Kusuma").await);
    let made = app.client("made@x.id", "Made Ayu").await;
    let order = order(&rani).await;
    let sha256 = cs.show(&order, "logo.pdf", &pdf(2_000)).await;
    let file = format!("{}/file", version(&order));
    let head = rani.send(rani.request(Method::HEAD, &file).body(Body::empty()).unwrap()).await.expect(200);
    assert_eq!((head.headers["content-length"].as_str(), head.text.as_str()), ("2000", ""));
    assert!(app.app.shelf.drop_file(&sha256, UtcMillis::from_ms(i64::MAX / 2)).await.unwrap());
    assert_eq!(rani.get(&file).await.expect(503).code(), "files_unavailable");
    assert_eq!(made.get(&file).await.expect(404).code(), "not_found");
}
