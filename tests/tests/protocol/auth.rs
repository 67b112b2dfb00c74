//! Logging in, staying logged in, getting back in.

use e2e::server::Server;
use serde_json::{Value, json};

use crate::client::{PASSWORD, Peer};

fn login(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password, "device": {"name": "Laptop", "platform": "linux"}})
}

#[tokio::test]
async fn a_login_answers_in_the_promised_shape() {
    let server = Server::start().await;
    server.add_user("dewi@x.id", "Dewi Anggraini", &["admin", "cs"], PASSWORD);
    let nobody = Peer::stranger(&server);
    let session = nobody.post("/v1/auth/login", login("  DEWI@x.id", PASSWORD)).await.expect(200).json();
    assert_eq!(session["expires_in"], 900);
    assert_eq!((&session["user"]["role"], &session["user"]["roles"]), (&json!("admin"), &json!(["admin", "cs"])));
    assert_eq!((&session["user"]["name"], &session["user"]["email"]), (&json!("Dewi Anggraini"), &json!("dewi@x.id")));
    assert!(session["server_time"].as_str().unwrap().ends_with('Z') && session["server_time"].as_str().unwrap().len() == 24);
    let mut dewi = nobody.clone();
    dewi.adopt(&session);
    let me = dewi.get("/v1/me").await.expect(200).json();
    assert!(me.to_string().contains("dewi@x.id"));
}

#[tokio::test]
async fn a_wrong_address_and_a_wrong_password_are_one_answer() {
    let server = Server::start().await;
    server.add_user("dewi@x.id", "Dewi Anggraini", &["admin"], PASSWORD);
    Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let nobody = Peer::stranger(&server);
    let wrong = nobody.post("/v1/auth/login", login("dewi@x.id", "salah-sekali-9")).await.expect(401);
    let unknown = nobody.post("/v1/auth/login", login("siapa@x.id", "salah-sekali-9")).await.expect(401);
    assert_eq!((wrong.code(), unknown.code()), ("invalid_credentials".into(), "invalid_credentials".into()));
    assert_eq!(wrong.json()["detail"], unknown.json()["detail"]);
    assert_eq!(nobody.post("/v1/auth/login", login("rani@x.id", "salah-sekali-9")).await.expect(401).code(), "invalid_credentials");
    assert_eq!(nobody.post("/v1/auth/login", login("rani@x.id", PASSWORD)).await.expect(403).code(), "not_staff");
    server.run(&["user", "disable", "--email", "dewi@x.id"], "");
    assert_eq!(nobody.post("/v1/auth/login", login("dewi@x.id", PASSWORD)).await.expect(403).code(), "account_disabled");
    assert_eq!(nobody.post("/v1/auth/login", login("dewi@x.id", "salah-sekali-9")).await.expect(401).code(), "invalid_credentials");
}

#[tokio::test]
async fn failures_are_limited_and_successes_are_not() {
    let server = Server::start().await;
    server.add_user("dewi@x.id", "Dewi Anggraini", &["admin"], PASSWORD);
    let nobody = Peer::stranger(&server);
    for _ in 0..30 {
        nobody.post("/v1/auth/login", login("dewi@x.id", PASSWORD)).await.expect(200);
    }
    let mut limited = None;
    for _ in 0..100 {
        let answer = nobody.post("/v1/auth/login", login("dewi@x.id", "salah-sekali-9")).await;
        if answer.status == 429 {
            limited = Some(answer);
            break;
        }
        assert_eq!(answer.status, 401);
    }
    let limited = limited.expect("a hundred wrong passwords in a row, and no limit");
    assert!(limited.headers["retry-after"].parse::<u64>().unwrap() > 0);
    limited.code();
}

/// An office has one address: a desk that fails there must not keep the others from going on.
#[tokio::test]
async fn tokens_that_are_unknown_do_not_lock_out_those_that_are_good() {
    let server = Server::start().await;
    let desk = Peer::staff(&server, "admin", "a@x.id").await;
    let unknown = async || refresh(&desk, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await.status;
    let mut tried = 0;
    while unknown().await != 429 {
        tried += 1;
        assert!(tried < 200, "nobody is ever told to wait");
    }
    let next = child(&desk, &desk.refresh).await;
    assert_eq!(next.get("/v1/me").await.status, 200);
    assert_eq!(unknown().await, 429);
}

async fn refresh(peer: &Peer, token: &str) -> crate::client::Answer {
    peer.post("/v1/auth/refresh", json!({"refresh_token": token})).await
}

async fn child(peer: &Peer, token: &str) -> Peer {
    let mut next = peer.clone();
    next.adopt(&refresh(peer, token).await.expect(200).json());
    next
}

#[tokio::test]
async fn a_lost_answer_logs_nobody_out() {
    let server = Server::start().await;
    let first = Peer::staff(&server, "admin", "a@x.id").await;
    let lost = child(&first, &first.refresh).await;
    let kept = child(&first, &first.refresh).await;
    assert_ne!((&lost.access, &lost.refresh), (&kept.access, &kept.refresh));
    assert_eq!((&lost.device, &kept.device), (&first.device, &first.device));
    for peer in [&first, &lost, &kept] {
        peer.get("/v1/me").await.expect(200);
    }
    // Presenting one of the siblings voids the others, and the parent.
    let next = child(&kept, &kept.refresh).await;
    next.get("/v1/me").await.expect(200);
    assert_eq!(refresh(&lost, &lost.refresh).await.expect(401).code(), "token_reused");
    // That ended the device, whoever holds its tokens.
    assert_eq!(next.get("/v1/me").await.expect(401).code(), "device_ended");
    let code = refresh(&next, &next.refresh).await.expect(401).code();
    assert!(code == "device_ended" || code == "token_reused", "{code}");
}

#[tokio::test]
async fn the_parent_after_its_child_ends_the_device() {
    let server = Server::start().await;
    let first = Peer::staff(&server, "admin", "a@x.id").await;
    let second = child(&first, &first.refresh).await;
    let third = child(&second, &second.refresh).await;
    third.get("/v1/me").await.expect(200);
    assert_eq!(refresh(&first, &first.refresh).await.expect(401).code(), "token_reused");
    assert_eq!(third.get("/v1/me").await.expect(401).code(), "device_ended");
}

#[tokio::test]
async fn the_same_token_can_be_presented_again_and_again() {
    let server = Server::start().await;
    let first = Peer::staff(&server, "admin", "a@x.id").await;
    for _ in 0..5 {
        child(&first, &first.refresh).await.get("/v1/me").await.expect(200);
    }
    assert_eq!(refresh(&first, "mjr_garbage").await.expect(401).code(), "token_unknown");
    assert_eq!(refresh(&first, "").await.expect(401).code(), "token_unknown");
}

#[tokio::test]
async fn devices_are_listed_and_ended() {
    let server = Server::start().await;
    let desk = Peer::staff(&server, "admin", "a@x.id").await;
    let laptop = Peer::login(&server, "a@x.id").await;
    let other = Peer::staff(&server, "cs", "b@x.id").await;
    let list = desk.get("/v1/devices").await.expect(200).json();
    assert!(list.to_string().contains(&laptop.device) && !list.to_string().contains(&other.device), "{list}");
    desk.delete(&format!("/v1/devices/{}", other.device)).await.expect(404).code();
    let gone = desk.delete(&format!("/v1/devices/{}", laptop.device)).await;
    assert!(gone.status == 200 || gone.status == 204, "{}", gone.status);
    assert_eq!(laptop.get("/v1/me").await.expect(401).code(), "device_ended");
    desk.get("/v1/me").await.expect(200);
    desk.post("/v1/auth/logout", json!({})).await;
    assert_eq!(desk.get("/v1/me").await.status, 401);
}

#[tokio::test]
async fn a_new_password_ends_the_other_devices() {
    let server = Server::start().await;
    let desk = Peer::staff(&server, "admin", "a@x.id").await;
    let laptop = Peer::login(&server, "a@x.id").await;
    let change = |current: &str| json!({"current": current, "new": "kata-sandi-baru-22"});
    let wrong = desk.post("/v1/auth/password", change("salah-sekali-9")).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.status);
    wrong.code();
    let weak = desk.post("/v1/auth/password", json!({"current": PASSWORD, "new": "x"})).await.expect(422);
    weak.code();
    let done = desk.post("/v1/auth/password", change(PASSWORD)).await;
    assert!(done.status == 200 || done.status == 204, "{} {}", done.status, done.text);
    assert_eq!(laptop.get("/v1/me").await.expect(401).code(), "device_ended");
    desk.get("/v1/me").await.expect(200);
    Peer::stranger(&server).post("/v1/auth/login", login("a@x.id", PASSWORD)).await.expect(401);
    Peer::stranger(&server).post("/v1/auth/login", login("a@x.id", "kata-sandi-baru-22")).await.expect(200);
}

#[tokio::test]
async fn a_forgotten_password_comes_back_by_mail_once() {
    let server = Server::start().await;
    let desk = Peer::staff(&server, "admin", "a@x.id").await;
    let nobody = Peer::stranger(&server);
    nobody.post("/v1/auth/forgot", json!({"email": "nobody@x.id"})).await.expect(202);
    nobody.post("/v1/auth/forgot", json!({"email": "a@x.id"})).await.expect(202);
    let token = server.mailed_token("a@x.id").await;
    let reset = json!({"token": token, "new_password": "kata-sandi-baru-22"});
    let done = nobody.post("/v1/auth/reset", reset.clone()).await;
    assert!(done.status == 200 || done.status == 204, "{} {}", done.status, done.text);
    let again = nobody.post("/v1/auth/reset", reset).await;
    assert!((400..500).contains(&again.status), "a token counts once");
    again.code();
    assert_eq!(desk.get("/v1/me").await.expect(401).code(), "device_ended");
    nobody.post("/v1/auth/login", login("a@x.id", "kata-sandi-baru-22")).await.expect(200);
}

#[tokio::test]
async fn a_clients_token_opens_no_door_of_the_staff() {
    let server = Server::start().await;
    let client = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    for path in ["/v1/me", "/v1/feed", "/v1/feed/work", "/v1/commands", "/v1/devices", "/v1/audit"] {
        let answer = client.get(path).await;
        assert!(matches!(answer.status, 401 | 403), "{path}: {}", answer.status);
        answer.code();
    }
    let answer = client.post("/v1/commands", json!({"commands": []})).await;
    assert!(matches!(answer.status, 401 | 403), "{}", answer.status);
}
