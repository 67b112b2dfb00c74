//! The second factor, with an authenticator made from RFC 6238 and RFC 4226.

use e2e::server::Server;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::client::{Answer, PASSWORD, Peer, now};

const PATH: &str = "/v1/auth/second-factor";

/// The code that an authenticator shows so many steps of 30 s from now.
fn code(secret: &str, from_now: i64) -> String {
    let letter = |c: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).unwrap();
    let bits: String = secret.chars().map(|c| format!("{:05b}", letter(c))).collect();
    let bytes = bits.as_bytes().chunks_exact(8).map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap());
    let key: Vec<u8> = bytes.collect();
    let step = i64::try_from(now() / 30_000).unwrap() + from_now;
    let mac = Hmac::<Sha1>::new_from_slice(&key).unwrap().chain_update(step.to_be_bytes()).finalize().into_bytes();
    let at = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes(mac[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

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
