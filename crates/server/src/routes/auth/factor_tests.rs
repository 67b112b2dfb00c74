//! The second factor, sentence by sentence.

use domain::{commands::factor::ResetFactor, id::CommandId, role::Role};
use serde_json::{Value, json};
use std::time::Duration;

use crate::{
    accounts::{AccountChange, ChangeAccount, KeyFile, code_at},
    testing::{Answer, Peer, TestApp},
};

const PASSWORD: &str = "kata-sandi-uji-9";
const PATH: &str = "/v1/auth/second-factor";

/// A server with a key of its own, and the folder in which the key lies.
async fn server() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyFile::own(folder.path().join("key"));
    (TestApp::builder().with(|options| options.seal_key = Some(key)).start().await, folder)
}

async fn login(app: &TestApp, email: &str, code: Option<&str>) -> Answer {
    let device = json!({"name": "Laptop", "platform": "linux"});
    app.stranger().post("/v1/auth/login", &json!({"email": email, "password": PASSWORD, "device": device, "code": code})).await
}

fn now_code(app: &TestApp, secret: &str) -> String {
    code_at(secret, app.app.shell.now())
}

/// Lets the code of now lapse, so that the next one is new.
fn next_step(app: &TestApp) {
    app.clock.advance(Duration::from_secs(30));
}

/// Turns it on: the secret and the recovery codes.
async fn enrol(app: &TestApp, peer: &Peer) -> (String, Vec<String>) {
    let begun = peer.post(PATH, &json!({"password": PASSWORD})).await.expect(200).json();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let confirmed = peer.post(&format!("{PATH}/confirm"), &json!({"code": now_code(app, &secret)})).await.expect(200).json();
    (secret, serde_json::from_value(confirmed["recovery_codes"].clone()).unwrap())
}

async fn acts(peer: &Peer, user: &Value) -> Vec<String> {
    let page = peer.get(&format!("/v1/audit?record=user/{}", user.as_str().unwrap())).await.expect(200).json();
    let items = page["items"].as_array().unwrap().iter().map(|entry| entry["act"].as_str().unwrap().to_owned());
    items.filter(|act| act.starts_with("account.")).collect()
}

#[tokio::test]
async fn every_role_turns_it_on_and_logs_in_with_it() {
    let (app, _folder) = server().await;
    for (role, email) in [(Role::Admin, "a@x.id"), (Role::Cs, "b@x.id"), (Role::Expert, "c@x.id")] {
        let desk = app.staff(role, email).await;
        assert_eq!(desk.get(PATH).await.expect(200).json(), json!({"on": false, "since": null, "recovery_left": 0}));
        let begun = desk.post(PATH, &json!({"password": PASSWORD})).await.expect(200).json();
        let (secret, uri) = (begun["secret"].as_str().unwrap(), begun["uri"].as_str().unwrap());
        assert!(secret.len() == 32 && uri.starts_with("otpauth://totp/Meja:") && uri.contains("%40x.id?"), "{uri}");
        assert!(uri.contains(&format!("secret={secret}&issuer=Meja")), "{uri}");
        let _ = login(&app, email, None).await.expect(200);
        let (secret, codes) = enrol(&app, &desk).await;
        assert_ne!(secret, begun["secret"].as_str().unwrap(), "one that was not confirmed is replaced");
        assert_eq!(codes.len(), 10);
        let stands = desk.get(PATH).await.expect(200).json();
        assert_eq!((&stands["on"], &stands["recovery_left"]), (&json!(true), &json!(10)));
        assert_eq!(desk.post(PATH, &json!({"password": PASSWORD})).await.expect(409).code(), "second_factor_on");
        assert_eq!(login(&app, email, None).await.expect(403).code(), "code_required");
        assert_eq!(login(&app, email, Some("000000")).await.expect(403).code(), "code_wrong");
        let used = now_code(&app, &secret);
        assert_eq!(login(&app, email, Some(&used)).await.expect(403).code(), "code_wrong", "the confirmation used it up");
        next_step(&app);
        let fresh = now_code(&app, &secret);
        let _ = login(&app, email, Some(&format!(" {} {}", &fresh[..3], &fresh[3..]))).await.expect(200);
        assert_eq!(login(&app, email, Some(&fresh)).await.expect(403).code(), "code_wrong", "none counts twice");
    }
}

#[tokio::test]
async fn of_two_who_come_with_one_code_one_is_let_in() {
    let (app, _folder) = server().await;
    let (secret, codes) = enrol(&app, &app.staff(Role::Cs, "a@x.id").await).await;
    next_step(&app);
    for code in [now_code(&app, &secret), codes[0].to_uppercase()] {
        let (one, other) = tokio::join!(login(&app, "a@x.id", Some(&code)), login(&app, "a@x.id", Some(&code)));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403]);
    }
}

#[tokio::test]
async fn a_recovery_code_counts_once_and_new_ones_void_the_old() {
    let (app, _folder) = server().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let (_, codes) = enrol(&app, &admin).await;
    let _ = login(&app, "a@x.id", Some(&codes[3])).await.expect(200);
    assert_eq!(login(&app, "a@x.id", Some(&codes[3])).await.expect(403).code(), "code_wrong");
    assert_eq!(admin.get(PATH).await.json()["recovery_left"], 9);
    let renewed = admin.post(&format!("{PATH}/recovery"), &json!({"code": codes[4]})).await.expect(200).json();
    assert_eq!(login(&app, "a@x.id", Some(&codes[5])).await.expect(403).code(), "code_wrong");
    let _ = login(&app, "a@x.id", renewed["recovery_codes"][0].as_str()).await.expect(200);
    let own = admin.user["id"].clone();
    assert_eq!(acts(&admin, &own).await, ["account.factor_codes", "account.factor_on"]);
}

#[tokio::test]
async fn it_is_turned_off_by_password_and_code_together() {
    let (app, _folder) = server().await;
    let admin = app.staff(Role::Admin, "a@x.id").await;
    let off = |password: &str, code: &str| json!({"password": password, "code": code});
    let path = format!("{PATH}/off");
    assert_eq!(admin.post(&path, &off(PASSWORD, "000000")).await.expect(409).code(), "second_factor_off");
    assert_eq!(admin.post(&format!("{PATH}/confirm"), &json!({"code": "000000"})).await.expect(409).code(), "second_factor_off");
    let wrong = admin.post(PATH, &json!({"password": "salah-sekali-9"})).await.expect(422).json();
    assert_eq!((&wrong["code"], &wrong["errors"][0]["field"]), (&json!("invalid_credentials"), &json!("password")));
    let (secret, _) = enrol(&app, &admin).await;
    next_step(&app);
    let code = now_code(&app, &secret);
    assert_eq!(admin.post(&path, &off("salah-sekali-9", &code)).await.expect(422).code(), "invalid_credentials");
    let wrong = admin.post(&path, &off(PASSWORD, "12")).await.expect(422).json();
    assert_eq!((&wrong["code"], &wrong["errors"][0]["field"]), (&json!("code_wrong"), &json!("code")));
    let _ = admin.post(&path, &off(PASSWORD, &code)).await.expect(204);
    let _ = login(&app, "a@x.id", None).await.expect(200);
    assert_eq!(acts(&admin, &admin.user["id"].clone()).await, ["account.factor_off", "account.factor_on"]);
}

#[tokio::test]
async fn wrong_codes_are_limited_like_wrong_passwords() {
    let (app, _folder) = server().await;
    let (secret, _) = enrol(&app, &app.staff(Role::Cs, "a@x.id").await).await;
    next_step(&app);
    for _ in 0..20 {
        assert_eq!(login(&app, "a@x.id", None).await.expect(403).code(), "code_required", "asking for a code is no failure");
    }
    for _ in 0..10 {
        assert_eq!(login(&app, "a@x.id", Some("x")).await.expect(403).code(), "code_wrong");
    }
    assert_eq!(login(&app, "a@x.id", Some(&now_code(&app, &secret))).await.expect(429).code(), "too_many_requests");
}

#[tokio::test]
async fn codes_are_forgiven_more_slowly_than_passwords_and_only_their_password_tells_so() {
    let (app, _folder) = server().await;
    let (secret, _) = enrol(&app, &app.staff(Role::Cs, "a@x.id").await).await;
    for _ in 0..10 {
        let _ = login(&app, "a@x.id", Some("x")).await.expect(403);
    }
    // By now as many wrong passwords would be forgiven.
    app.clock.advance(Duration::from_mins(10));
    assert_eq!(login(&app, "a@x.id", None).await.expect(403).code(), "code_required", "the password is not limited");
    let limited = login(&app, "a@x.id", Some(&now_code(&app, &secret))).await.expect(429);
    let wait: u64 = limited.headers["retry-after"].parse().unwrap();
    assert!((19 * 60..=20 * 60).contains(&wait), "{wait}");
    let device = json!({"name": "Laptop", "platform": "linux"});
    let stranger = json!({"email": "a@x.id", "password": "salah-sekali-9", "device": device, "code": "1"});
    assert_eq!(app.stranger().post("/v1/auth/login", &stranger).await.expect(401).code(), "invalid_credentials");
    app.clock.advance(Duration::from_mins(20));
    let _ = login(&app, "a@x.id", Some(&now_code(&app, &secret))).await.expect(200);
}

#[tokio::test]
async fn without_its_key_nobody_is_let_in() {
    let (app, folder) = server().await;
    let desk = app.staff(Role::Cs, "a@x.id").await;
    let (secret, codes) = enrol(&app, &desk).await;
    next_step(&app);
    let (key, code) = (folder.path().join("key"), now_code(&app, &secret));
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    for lost in [None, Some([7; 32])] {
        if let Some(another) = lost {
            std::fs::write(&key, another).unwrap();
        }
        assert_eq!(login(&app, "a@x.id", Some(&code)).await.expect(503).code(), "second_factor_unavailable");
        assert_eq!(login(&app, "a@x.id", None).await.expect(403).code(), "code_required");
    }
    assert_eq!(login(&app, "a@x.id", Some(&codes[0])).await.expect(503).code(), "second_factor_unavailable");
    std::fs::write(&key, kept).unwrap();
    let _ = login(&app, "a@x.id", Some(&code)).await.expect(200);
}

#[tokio::test]
async fn an_admin_resets_it_for_a_colleague_and_a_password_does_not() {
    let (app, _folder) = server().await;
    let (admin, desk) = (app.staff(Role::Admin, "a@x.id").await, app.staff(Role::Cs, "b@x.id").await);
    let _ = enrol(&app, &desk).await;
    let _ = app.stranger().post("/v1/auth/forgot", &json!({"email": "b@x.id"})).await.expect(202);
    app.run_jobs().await;
    let mail = app.mail.sent().pop().unwrap();
    let token = mail.body.lines().find_map(|line| line.trim().strip_prefix("Kode: ")).unwrap().to_owned();
    let _ = app.stranger().post("/v1/auth/reset", &json!({"token": token, "new_password": PASSWORD})).await.expect(204);
    assert_eq!(login(&app, "b@x.id", None).await.expect(403).code(), "code_required", "a mail takes no factor away");
    assert_eq!(admin.give("account.reset_factor", json!({"id": admin.user["id"]})).await["code"], "own_account");
    assert_eq!(admin.give("account.reset_factor", json!({"id": desk.user["id"]})).await["status"], "applied");
    let again = login(&app, "b@x.id", None).await.expect(200).json();
    let mut next = app.stranger();
    next.adopt(&again);
    assert_eq!(next.get(PATH).await.json(), json!({"on": false, "since": null, "recovery_left": 0}));
    assert_eq!(acts(&admin, &desk.user["id"]).await, ["account.reset_factor", "account.factor_on"]);
    // The last admin is helped by whoever runs the server.
    let _ = enrol(&app, &admin).await;
    let id: domain::id::UserId = admin.user["id"].as_str().unwrap().parse().unwrap();
    let command = ChangeAccount::new(CommandId::from_uuid(app.app.shell.uuid()), ResetFactor { id }, id, AccountChange::Record);
    let _ = app.app.writer.write(command).await.unwrap();
    assert_eq!(admin.get("/v1/me").await.expect(401).code(), "device_ended");
    let _ = login(&app, "a@x.id", None).await.expect(200);
}

#[tokio::test]
async fn a_server_without_a_key_turns_none_on() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Cs, "a@x.id").await;
    assert_eq!(desk.post(PATH, &json!({"password": PASSWORD})).await.expect(503).code(), "second_factor_unavailable");
    assert_eq!(app.client("rani@x.id", "Rani Kusuma").await.get(PATH).await.expect(403).code(), "not_staff");
}
