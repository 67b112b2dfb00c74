//! The second factor.

use e2e::{folder::TempFolder, server::Server};
use serde_json::{Value, json};
use std::fs;

use crate::{
    authenticator::code,
    client::{Answer, PASSWORD, Peer},
};

const PATH: &str = "/v1/auth/second-factor";

async fn login(server: &Server, code: Option<&str>) -> Answer {
    let mut body = json!({"email": "a@x.id", "password": PASSWORD, "device": {"name": "Laptop", "platform": "linux"}});
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    Peer::stranger(server).post("/v1/auth/login", body).await
}

/// Turns it on: the secret, and the recovery codes.
async fn enrol(admin: &Peer) -> (String, Vec<String>) {
    let begun = admin.post(PATH, json!({"password": PASSWORD})).await.expect(200).json();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert!(begun["uri"].as_str().unwrap().contains(&format!("secret={secret}")));
    let told = admin.post(&format!("{PATH}/confirm"), json!({"code": code(&secret, 0)})).await.expect(200).json();
    (secret, serde_json::from_value(told["recovery_codes"].clone()).unwrap())
}

#[tokio::test]
async fn it_is_turned_on_asked_for_and_turned_off() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    assert_eq!(admin.get(PATH).await.expect(200).json(), json!({"on": false, "since": null, "recovery_left": 0}));
    let wrong = admin.post(PATH, json!({"password": "salah-sekali-9"})).await.expect(422).json();
    assert_eq!((&wrong["code"], &wrong["errors"][0]["field"]), (&json!("invalid_credentials"), &json!("password")));
    let early = admin.post(&format!("{PATH}/confirm"), json!({"code": "123456"})).await.expect(409);
    assert_eq!(early.code(), "second_factor_off");
    let (secret, recovery) = enrol(&admin).await;
    assert_eq!(recovery.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
    let stands = admin.get(PATH).await.expect(200).json();
    assert_eq!((&stands["on"], stands["since"].is_string(), &stands["recovery_left"]), (&json!(true), true, &json!(10)));
    assert_eq!(admin.post(PATH, json!({"password": PASSWORD})).await.expect(409).code(), "second_factor_on");

    assert_eq!(login(&server, None).await.expect(403).code(), "code_required");
    // That of now was used to confirm it; the next one is good already, for clocks of telephones are seconds off.
    let shown = code(&secret, 1);
    login(&server, Some(&shown)).await.expect(200);
    assert_eq!(login(&server, Some(&shown)).await.expect(403).code(), "code_wrong", "each is good once");
    login(&server, Some(&recovery[3])).await.expect(200);
    assert_eq!(login(&server, Some(&recovery[3])).await.expect(403).code(), "code_wrong");
    assert_eq!(admin.get(PATH).await.expect(200).json()["recovery_left"], 9);

    let off = |password: &str, code: &str| json!({"password": password, "code": code});
    let refused = admin.post(&format!("{PATH}/off"), off(PASSWORD, &recovery[3])).await.expect(422).json();
    assert_eq!((&refused["code"], &refused["errors"][0]["field"]), (&json!("code_wrong"), &json!("code")));
    admin.post(&format!("{PATH}/off"), off(PASSWORD, &recovery[4])).await.expect(204);
    login(&server, None).await.expect(200);
}

#[tokio::test]
async fn other_recovery_codes_void_the_old_ones() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (_, old) = enrol(&admin).await;
    let told = admin.post(&format!("{PATH}/recovery"), json!({"code": old[0]})).await.expect(200).json();
    let new: Vec<String> = serde_json::from_value(told["recovery_codes"].clone()).unwrap();
    assert_eq!(login(&server, Some(&old[1])).await.expect(403).code(), "code_wrong");
    login(&server, Some(&new[1])).await.expect(200);
}

#[tokio::test]
async fn a_colleague_takes_it_away_and_the_devices_end() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let other = Peer::staff(&server, "admin", "b@x.id").await;
    enrol(&admin).await;
    let own = admin.give("account.reset_factor", json!({"id": admin.user["id"]})).await;
    assert_eq!((&own["status"], &own["code"]), (&json!("refused"), &Value::from("own_account")));
    let done = other.give("account.reset_factor", json!({"id": admin.user["id"]})).await;
    assert_eq!(done["status"], "applied");
    assert_eq!(admin.get("/v1/me").await.expect(401).code(), "device_ended");
    login(&server, None).await.expect(200);
}

#[tokio::test]
async fn a_restored_backup_asks_for_it_and_lets_nobody_in_without_the_key_that_lies_apart() {
    let mut server = Server::start().await;
    if server.is_postgres() {
        // A PostgreSQL database is backed up by PostgreSQL's own tools; the key is the same file.
        return;
    }
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let (secret, recovery) = enrol(&admin).await;
    let apart = TempFolder::new("apart");
    let (backup, kept) = (apart.path().join("meja.backup"), apart.path().join("second-factor.key"));
    server.run(&["backup", "--to", backup.to_str().unwrap()], "");
    let key = server.folder().join("second-factor.key");
    let sealed = fs::read(&key).unwrap();
    assert!(!contains(&fs::read(&backup).unwrap(), &sealed), "no backup holds the key");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    fs::rename(&key, &kept).unwrap();
    server.run(&["restore", backup.to_str().unwrap(), "--force"], "");
    server.run(&["audit", "verify"], "");

    server.restart().await;
    let shown = code(&secret, 1);
    for given in [Some(shown.as_str()), Some(recovery[0].as_str())] {
        assert_eq!(login(&server, given).await.expect(503).code(), "second_factor_unavailable", "{given:?}");
    }
    assert_eq!(login(&server, None).await.expect(403).code(), "code_required", "a password alone opens nothing");
    server.terminate();
    assert_eq!(server.exit_code().await, 0);
    fs::copy(&kept, &key).unwrap();
    server.restart().await;
    login(&server, Some(&code(&secret, 1))).await.expect(200);
    login(&server, Some(&recovery[0])).await.expect(200);
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}
