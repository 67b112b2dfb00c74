//! What an admin does with colleagues' accounts, from the command to the mail and to the other end of the line.

use domain::{record::Kind, role::Role};
use serde_json::{Value, json};
use std::time::Duration;

use crate::testing::{Answer, Peer, TestApp};

const CHOSEN: &str = "kata-sandi-pilihan-4";

fn invitation(admin: &Peer, email: &str) -> Value {
    json!({"id": admin.id(), "name": "Sari Wulandari", "email": email, "roles": ["cs"]})
}
fn mailed(app: &TestApp) -> String {
    let mail = app.mail.sent().pop().expect("a mail");
    mail.body.lines().find_map(|line| line.trim().strip_prefix("Kode: ")).expect("a code").to_owned()
}
async fn join(app: &TestApp, token: &str) -> Answer {
    app.stranger().post("/v1/auth/reset", &json!({"token": token, "new_password": CHOSEN})).await
}
async fn log_in(app: &TestApp, email: &str) -> Answer {
    let login = json!({"email": email, "password": CHOSEN, "device": {"name": "Laptop", "platform": "linux"}});
    app.stranger().post("/v1/auth/login", &login).await
}
async fn status(admin: &Peer, id: &Value) -> Value {
    let page = admin.page("/v1/feed/work").await;
    let users = page.puts("user");
    users.iter().find(|put| put["id"] == *id).map(|put| put["body"]["status"].clone()).unwrap_or_default()
}

#[tokio::test]
async fn where_the_public_address_is_known_a_mail_has_a_link_and_the_code_in_it_counts() {
    let known = TestApp::builder().with(|options| options.public_url = "https://meja.x.id/kantor".parse().ok());
    let app = known.start().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let invite = invitation(&admin, "sari@x.id");
    assert_eq!(admin.give("user.invite", invite).await["status"], "applied");
    app.run_jobs().await;
    let letter = app.mail.sent().pop().unwrap();
    let link = letter.body.lines().find_map(|line| line.trim().strip_prefix("https://meja.x.id/kantor/password#")).expect("a link");
    assert_eq!(link, mailed(&app), "the same code stands below it, for where the link cannot be opened");
    let _ = join(&app, link).await.expect(204);
    let _ = log_in(&app, "sari@x.id").await.expect(200);
}

#[tokio::test]
async fn an_invitation_goes_by_mail_and_the_password_it_sets_opens_the_account() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let invite = invitation(&admin, "sari@x.id");
    assert_eq!(admin.give("user.invite", invite.clone()).await["status"], "applied");
    app.run_jobs().await;
    let letter = app.mail.sent().pop().unwrap();
    assert_eq!((letter.to.as_str(), letter.subject.contains("Undangan"), letter.body.contains("72 jam")), ("sari@x.id", true, true));
    assert_eq!(status(&admin, &invite["id"]).await, "invited");
    assert_eq!(log_in(&app, "sari@x.id").await.expect(401).code(), "invalid_credentials", "it opens nothing yet");
    let _ = app.stranger().post("/v1/auth/forgot", &json!({"email": "sari@x.id"})).await.expect(202);
    app.run_jobs().await;
    assert_eq!(app.mail.sent().len(), 1, "whoever has not joined has no password to forget");
    app.clock.advance(Duration::from_secs(71 * 3_600));
    let token = mailed(&app);
    let _ = join(&app, &token).await.expect(204);
    assert_eq!(join(&app, &token).await.expect(422).code(), "reset_token_invalid", "once");
    let _ = log_in(&app, "sari@x.id").await.expect(200);
    let admin = app.login("a@x.id").await;
    assert_eq!(status(&admin, &invite["id"]).await, "active");
}

#[tokio::test]
async fn an_invitation_lapses_and_can_be_sent_again() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let invite = invitation(&admin, "sari@x.id");
    let _ = admin.give("user.invite", invite.clone()).await;
    app.run_jobs().await;
    let old = mailed(&app);
    app.clock.advance(Duration::from_secs(72 * 3_600 + 1));
    assert_eq!(join(&app, &old).await.expect(422).code(), "reset_token_invalid");
    let admin = app.login("a@x.id").await;
    assert_eq!(admin.give("user.send_link", json!({"id": invite["id"]})).await["status"], "applied");
    app.run_jobs().await;
    assert!(app.mail.sent().pop().unwrap().subject.contains("Undangan"), "it is an invitation again");
    let _ = join(&app, &mailed(&app)).await.expect(204);
}

#[tokio::test]
async fn a_link_for_a_new_password_counts_an_hour_and_none_goes_to_a_closed_account() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "c@x.id").await;
    let user = cs.get("/v1/me").await.json()["id"].clone();
    assert_eq!(admin.give("user.send_link", json!({"id": user})).await["status"], "applied");
    app.run_jobs().await;
    assert!(app.mail.sent().pop().unwrap().body.contains("1 jam"));
    let token = mailed(&app);
    let close = json!({"id": user, "status": "disabled"});
    assert_eq!(admin.give("user.set_status", close).await["status"], "applied");
    assert_eq!(join(&app, &token).await.expect(422).code(), "reset_token_invalid", "not to a closed account");
    assert_eq!(admin.give("user.send_link", json!({"id": user})).await["code"], "account_disabled");
    let _ = admin.give("user.set_status", json!({"id": user, "status": "active"})).await;
    app.clock.advance(Duration::from_secs(3_601));
    assert_eq!(join(&app, &token).await.expect(422).code(), "reset_token_invalid", "an hour is over");
}

#[tokio::test]
async fn a_mail_that_was_asked_for_before_an_account_was_closed_is_not_sent() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let invite = invitation(&admin, "sari@x.id");
    let _ = admin.give("user.invite", invite.clone()).await;
    let _ = admin.give("user.set_status", json!({"id": invite["id"], "status": "disabled"})).await;
    app.run_jobs().await;
    assert!(app.mail.sent().is_empty());
}

#[tokio::test]
async fn closing_an_account_ends_its_devices_at_once() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "c@x.id").await;
    let user = cs.get("/v1/me").await.json()["id"].clone();
    assert_eq!(admin.give("user.set_status", json!({"id": user, "status": "disabled"})).await["status"], "applied");
    assert_eq!(cs.get("/v1/me").await.expect(401).code(), "device_ended");
    assert_eq!(admin.get(&format!("/v1/users/{}/devices", user.as_str().unwrap())).await.expect(200).json()["items"], json!([]));
}

#[tokio::test]
async fn an_admin_sees_and_ends_the_devices_of_a_colleague() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "c@x.id").await;
    let laptop = app.login("c@x.id").await;
    let user = cs.get("/v1/me").await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/users/{user}/devices");
    let items = admin.get(&path).await.expect(200).json()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2);
    assert!(items.as_array().unwrap().iter().all(|item| item["current"] == false));
    assert_eq!(cs.get(&path).await.expect(403).code(), "not_allowed", "not even one's own by this way");
    let other = admin.id();
    assert_eq!(admin.get(&format!("/v1/users/{other}/devices")).await.expect(404).code(), "not_found");
    assert_eq!(admin.get("/v1/users/x/devices").await.expect(404).code(), "not_found");
    let client = app.client("rani@x.id", "Rani Kusuma").await.user["id"].as_str().unwrap().to_owned();
    assert_eq!(admin.get(&format!("/v1/users/{client}/devices")).await.expect(404).code(), "not_found", "nobody of the staff");
    // Of somebody else it ends nothing.
    let own = admin.get("/v1/me").await.json()["id"].clone();
    let _ = admin.give("device.revoke", json!({"user": own, "device": laptop.device})).await;
    let _ = laptop.get("/v1/me").await.expect(200);
    assert_eq!(admin.give("device.revoke", json!({"user": user, "device": laptop.device})).await["status"], "applied");
    assert_eq!(laptop.get("/v1/me").await.expect(401).code(), "device_ended");
    let _ = cs.get("/v1/me").await.expect(200);
    let again = admin.give("device.revoke", json!({"user": user, "device": laptop.device})).await;
    assert_eq!(again["status"], "applied", "it has ended, as was wanted");
    let acts = admin.get(&format!("/v1/audit?record={}/{user}&act=device.revoke", Kind::User)).await.expect(200).json();
    assert_eq!(acts["items"].as_array().unwrap().len(), 2, "the audit files it under the person");
}

#[tokio::test]
async fn other_roles_hold_with_the_next_request() {
    let app = TestApp::new().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let cs = app.staff(Role::Cs, "c@x.id").await;
    let user = cs.get("/v1/me").await.json()["id"].clone();
    assert_eq!(cs.get("/v1/audit/chain").await.expect(403).code(), "not_allowed");
    assert_eq!(admin.give("user.edit", json!({"id": user, "roles": ["cs", "admin"]})).await["status"], "applied");
    let _ = cs.get("/v1/audit/chain").await.expect(200);
    let own = admin.get("/v1/me").await.json()["id"].clone();
    assert_eq!(admin.give("user.edit", json!({"id": own, "roles": ["cs"]})).await["code"], "own_account");
    assert_eq!(cs.give("user.edit", json!({"id": own, "roles": ["cs"]})).await["status"], "applied");
    assert_eq!(admin.give("user.edit", json!({"id": user, "roles": ["cs"]})).await["code"], "not_allowed");
}
