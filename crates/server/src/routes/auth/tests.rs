//! The Auth section of the page, sentence by sentence.

use domain::role::Role;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use store::memory::Memory;
use uuid::Uuid;

use crate::testing::{Answer, Peer, TestApp};

const PASSWORD: &str = "kata-sandi-uji-9";

fn login(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password, "device": {"name": "Laptop", "platform": "linux"}})
}

async fn refresh(peer: &Peer, token: &str) -> Answer {
    peer.post("/v1/auth/refresh", &json!({"refresh_token": token})).await
}

async fn child(peer: &Peer) -> Peer {
    let mut next = peer.clone();
    next.adopt(&refresh(peer, &peer.refresh).await.expect(200).json());
    next
}

#[tokio::test]
async fn a_login_has_the_promised_shape() {
    let app = TestApp::new().await;
    app.add_user("dewi@x.id", &[Role::Admin, Role::Cs]).await;
    let session = app.stranger().post("/v1/auth/login", &login("  DEWI@x.id", PASSWORD)).await.expect(200).json();
    assert_eq!((&session["expires_in"], &session["user"]["role"]), (&json!(900), &json!("admin")));
    assert_eq!(session["user"]["roles"], json!(["admin", "cs"]));
    assert_eq!(session["server_time"], json!(app.app.shell.now().to_string()));
    let mut dewi = app.stranger();
    dewi.adopt(&session);
    let me = dewi.get("/v1/me").await.expect(200).json();
    assert_eq!((&me["email"], &me["device_id"]), (&json!("dewi@x.id"), &session["device_id"]));
}

/// A desk asks for its rights because another process has said that they changed.
#[tokio::test]
async fn what_another_process_changed_is_in_the_answer_at_once() {
    let memory = Memory::new(Uuid::from_u128(7));
    let [first, second] = [1 << 40, 1 << 41].map(|seed| TestApp::builder().on(Arc::new(memory.instance())).seeded(seed).start());
    let (first, second) = (first.await, second.await);
    let admin = first.staff(Role::Admin, "dewi@x.id").await;
    let user = second.add_user("bima@x.id", &[Role::Cs]).await;
    let bima = second.login("bima@x.id").await;
    // Nothing rings at this one any more.
    second.publish_no_more();
    for roles in [json!(["expert"]), json!(["cs", "expert"]), json!(["admin"])] {
        assert_eq!(admin.give("user.edit", json!({"id": user, "roles": roles})).await["status"], "applied");
        assert_eq!(bima.get("/v1/me").await.expect(200).json()["roles"], roles);
    }
}

#[tokio::test]
async fn unknown_address_and_wrong_password_are_one_answer() {
    let app = TestApp::new().await;
    app.add_user("dewi@x.id", &[Role::Admin]).await;
    app.client("rani@x.id", "Rani Kusuma").await;
    let nobody = app.stranger();
    let problem = async |email: &str| {
        let mut problem = nobody.post("/v1/auth/login", &login(email, "salah-sekali-9")).await.expect(401).json();
        problem["request_id"].take();
        problem
    };
    let wrong = problem("dewi@x.id").await;
    assert_eq!(wrong["code"], "invalid_credentials");
    for other in ["siapa@x.id", "not an address", "", "rani@x.id"] {
        assert_eq!(problem(other).await, wrong, "{other}");
    }
    assert_eq!(nobody.post("/v1/auth/login", &login("rani@x.id", PASSWORD)).await.expect(403).code(), "not_staff");
    assert_eq!(nobody.post("/api/auth/login", &login("dewi@x.id", PASSWORD)).await.expect(403).code(), "not_client");
}

#[tokio::test]
async fn a_device_must_be_described() {
    let app = TestApp::new().await;
    app.add_user("dewi@x.id", &[Role::Admin]).await;
    let nobody = app.stranger();
    let without = json!({"email": "dewi@x.id", "password": PASSWORD});
    assert_eq!(nobody.post("/v1/auth/login", &without).await.expect(400).json()["errors"][0]["field"], "device");
    let mut unnamed = login("dewi@x.id", PASSWORD);
    unnamed["device"]["name"] = json!(" \u{0} ");
    let problem = nobody.post("/v1/auth/login", &unnamed).await.expect(422).json();
    assert_eq!((&problem["errors"][0]["field"], &problem["errors"][0]["code"]), (&json!("device.name"), &json!("required")));
}

#[tokio::test]
async fn failures_are_limited_and_successes_are_not() {
    let app = TestApp::new().await;
    app.add_user("dewi@x.id", &[Role::Admin]).await;
    let nobody = app.stranger();
    for _ in 0..30 {
        let _ = nobody.post("/v1/auth/login", &login("dewi@x.id", PASSWORD)).await.expect(200);
    }
    for _ in 0..10 {
        let _ = nobody.post("/v1/auth/login", &login("dewi@x.id", "salah-sekali-9")).await.expect(401);
    }
    let limited = nobody.post("/v1/auth/login", &login("dewi@x.id", PASSWORD)).await.expect(429);
    assert_eq!(limited.code(), "too_many_requests");
    let wait: u64 = limited.headers["retry-after"].parse().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    app.clock.advance(Duration::from_secs(wait));
    let _ = nobody.post("/v1/auth/login", &login("dewi@x.id", PASSWORD)).await.expect(200);
}

#[tokio::test]
async fn a_lost_answer_logs_nobody_out() {
    let app = TestApp::new().await;
    let first = app.staff(Role::Admin, "a@x.id").await;
    let (lost, kept) = (child(&first).await, child(&first).await);
    assert_ne!((&lost.access, &lost.refresh), (&kept.access, &kept.refresh));
    assert_eq!((&lost.device, &kept.device), (&first.device, &first.device));
    for peer in [&first, &lost, &kept] {
        let _ = peer.get("/v1/me").await.expect(200);
    }
    let next = child(&kept).await;
    let _ = next.get("/v1/me").await.expect(200);
    assert_eq!(refresh(&lost, &lost.refresh).await.expect(401).code(), "token_reused", "presenting one sibling voids the others");
    assert_eq!(next.get("/v1/me").await.expect(401).code(), "device_ended");
    assert_eq!(refresh(&next, &next.refresh).await.expect(401).code(), "device_ended");
}

#[tokio::test]
async fn the_parent_after_its_grandchild_ends_the_device() {
    let app = TestApp::new().await;
    let first = app.staff(Role::Admin, "a@x.id").await;
    let third = child(&child(&first).await).await;
    let _ = third.get("/v1/me").await.expect(200);
    assert_eq!(refresh(&first, &first.refresh).await.expect(401).code(), "token_reused");
    assert_eq!(third.get("/v1/me").await.expect(401).code(), "device_ended");
    assert_eq!(refresh(&third, &third.refresh).await.expect(401).code(), "device_ended");
}

#[tokio::test]
async fn a_whole_week_of_refreshing_voids_nobody() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Admin, "a@x.id").await;
    for _ in 0..50 {
        app.clock.advance(Duration::from_secs(901));
        assert_eq!(desk.get("/v1/me").await.expect(401).code(), "token_expired");
        // The first answer is lost, the second one counts.
        let _lost = child(&desk).await;
        desk = child(&desk).await;
        let _ = desk.get("/v1/me").await.expect(200);
    }
}

#[tokio::test]
async fn two_siblings_presented_at_once_end_the_device_and_nothing_worse() {
    let app = TestApp::new().await;
    let first = app.staff(Role::Admin, "a@x.id").await;
    let (a, b) = (child(&first).await, child(&first).await);
    let (one, other) = tokio::join!(refresh(&a, &a.refresh), refresh(&b, &b.refresh));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "one of them was second");
    assert_eq!(first.get("/v1/me").await.expect(401).code(), "device_ended");
}

#[tokio::test]
async fn what_is_no_token_is_unknown() {
    let app = TestApp::new().await;
    let first = app.staff(Role::Admin, "a@x.id").await;
    let mut spy = app.stranger();
    for token in ["mjr_garbage", "", "x", first.access.as_deref().unwrap(), &"m".repeat(10_000)] {
        assert_eq!(refresh(&spy, token).await.expect(401).code(), "token_unknown", "{token}");
    }
    for token in ["mja_garbage", "x", &first.refresh, "ü"] {
        spy.access = Some(token.to_owned());
        assert_eq!(spy.get("/v1/me").await.expect(401).code(), "token_unknown", "{token}");
    }
    spy.access = None;
    let answer = spy.get("/v1/me").await.expect(401);
    assert_eq!((answer.code().as_str(), answer.headers["www-authenticate"].as_str()), ("token_unknown", "Bearer"));
}

#[tokio::test]
async fn devices_are_listed_and_ended() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Admin, "a@x.id").await;
    app.clock.advance(Duration::from_secs(1));
    let laptop = app.login("a@x.id").await;
    let other = app.staff(Role::Cs, "b@x.id").await;
    let list = desk.get("/v1/devices").await.expect(200).json();
    let ids: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|d| &d["id"]).collect();
    assert_eq!(ids, [&json!(laptop.device), &json!(desk.device)], "newest first, one's own alone");
    assert_eq!(list["items"][1]["current"], true);
    for path in [&other.device, &desk.id(), "nonsense"] {
        assert_eq!(desk.delete(&format!("/v1/devices/{path}")).await.expect(404).code(), "not_found");
    }
    let _ = desk.delete(&format!("/v1/devices/{}", laptop.device)).await.expect(204);
    assert_eq!(laptop.get("/v1/me").await.expect(401).code(), "device_ended");
    assert_eq!(desk.delete(&format!("/v1/devices/{}", laptop.device)).await.expect(404).code(), "not_found");
    let _ = desk.post("/v1/auth/logout", &json!({})).await.expect(204);
    assert_eq!(desk.get("/v1/me").await.expect(401).code(), "device_ended");
    let _ = other.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn it_is_noted_when_a_device_was_heard_of() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Admin, "a@x.id").await;
    let seen = async || desk.get("/v1/devices").await.json()["items"][0]["last_seen_at"].clone();
    let before = seen().await;
    app.clock.advance(Duration::from_secs(600));
    let _ = seen().await;
    for _ in 0..100 {
        if seen().await != before {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("nobody noted it");
}

#[tokio::test]
async fn a_new_password_ends_the_other_devices() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Admin, "a@x.id").await;
    let laptop = app.login("a@x.id").await;
    let change = |current: &str, new: &str| json!({"current": current, "new": new});
    let wrong = desk.post("/v1/auth/password", &change("salah-sekali-9", "kata-sandi-baru-22")).await.expect(422);
    assert_eq!(wrong.code(), "invalid_credentials");
    let weak = desk.post("/v1/auth/password", &change(PASSWORD, "x")).await.expect(422).json();
    assert_eq!((&weak["code"], &weak["errors"][0]["field"]), (&json!("invalid_args"), &json!("new")));
    let _ = desk.post("/v1/auth/password", &change(PASSWORD, "kata-sandi-baru-22")).await.expect(204);
    assert_eq!(laptop.get("/v1/me").await.expect(401).code(), "device_ended");
    let _ = desk.get("/v1/me").await.expect(200);
    let _ = child(&desk).await.get("/v1/me").await.expect(200);
    let _ = app.stranger().post("/v1/auth/login", &login("a@x.id", PASSWORD)).await.expect(401);
    let _ = app.stranger().post("/v1/auth/login", &login("a@x.id", "kata-sandi-baru-22")).await.expect(200);
}

fn mailed_token(app: &TestApp) -> String {
    let mail = app.mail.sent().pop().expect("a mail");
    mail.body.lines().find_map(|line| line.trim().strip_prefix("Kode: ")).expect("a code").to_owned()
}

#[tokio::test]
async fn a_forgotten_password_comes_back_by_mail_once() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Admin, "a@x.id").await;
    let nobody = app.stranger();
    for email in ["nobody@x.id", "not an address", "", "a@x.id", " A@x.id"] {
        let answer = nobody.post("/v1/auth/forgot", &json!({"email": email})).await.expect(202);
        assert_eq!(answer.text, "", "the answer is always the same");
    }
    app.run_jobs().await;
    assert_eq!(app.mail.sent().len(), 1, "asking twice at once is one mail, and nobody is nobody");
    let token = mailed_token(&app);
    let reset = |token: &str, new: &str| json!({"token": token, "new_password": new});
    assert_eq!(nobody.post("/v1/auth/reset", &reset("mjm_x", "kata-sandi-baru-22")).await.expect(422).code(), "reset_token_invalid");
    assert_eq!(nobody.post("/v1/auth/reset", &reset(&token, "x")).await.expect(422).code(), "invalid_args", "and it still counts");
    let _ = nobody.post("/v1/auth/reset", &reset(&token, "kata-sandi-baru-22")).await.expect(204);
    assert_eq!(nobody.post("/v1/auth/reset", &reset(&token, "kata-sandi-lain-33")).await.expect(422).code(), "reset_token_invalid");
    assert_eq!(desk.get("/v1/me").await.expect(401).code(), "device_ended");
    let _ = nobody.post("/v1/auth/login", &login("a@x.id", "kata-sandi-baru-22")).await.expect(200);
}

#[tokio::test]
async fn a_new_password_uses_up_every_token_that_was_mailed() {
    let app = TestApp::new().await;
    let desk = app.staff(Role::Admin, "a@x.id").await;
    let nobody = app.stranger();
    let mailed = async || {
        let _ = nobody.post("/v1/auth/forgot", &json!({"email": "a@x.id"})).await.expect(202);
        app.run_jobs().await;
        app.clock.advance(Duration::from_secs(300));
        mailed_token(&app)
    };
    let reset = |token: &str, new: &str| json!({"token": token, "new_password": new});
    let (first, second) = (mailed().await, mailed().await);
    assert_ne!(first, second);
    let change = json!({"current": "kata-sandi-uji-9", "new": "kata-sandi-baru-22"});
    let _ = desk.post("/v1/auth/password", &change).await.expect(204);
    assert_eq!(nobody.post("/v1/auth/reset", &reset(&first, "kata-sandi-lain-33")).await.expect(422).code(), "reset_token_invalid");
    let third = mailed().await;
    let fourth = mailed().await;
    let _ = nobody.post("/v1/auth/reset", &reset(&fourth, "kata-sandi-lain-33")).await.expect(204);
    for old in [second, third] {
        assert_eq!(nobody.post("/v1/auth/reset", &reset(&old, "kata-sandi-lain-44")).await.expect(422).code(), "reset_token_invalid");
    }
}

#[tokio::test]
async fn a_token_from_a_mail_expires() {
    let app = TestApp::new().await;
    app.add_user("a@x.id", &[Role::Admin]).await;
    let nobody = app.stranger();
    let _ = nobody.post("/v1/auth/forgot", &json!({"email": "a@x.id"})).await.expect(202);
    app.run_jobs().await;
    app.clock.advance(Duration::from_secs(3_600));
    let reset = json!({"token": mailed_token(&app), "new_password": "kata-sandi-baru-22"});
    assert_eq!(nobody.post("/v1/auth/reset", &reset).await.expect(422).code(), "reset_token_invalid");
}

#[tokio::test]
async fn clients_have_their_own_doors() {
    let app = TestApp::new().await;
    let client = app.client("rani@x.id", "Rani Kusuma").await;
    for path in ["/v1/me", "/v1/feed", "/v1/feed/work", "/v1/feed/live", "/v1/commands", "/v1/devices", "/v1/audit"] {
        assert_eq!(client.get(path).await.expect(403).code(), "not_staff", "{path}");
    }
    assert_eq!(client.post("/v1/commands", &json!({"commands": []})).await.expect(403).code(), "not_staff");
    let staff = app.staff(Role::Expert, "c@x.id").await;
    for path in ["/api/consultations", "/api/notifications", "/api/events"] {
        assert_eq!(staff.get(path).await.expect(403).code(), "not_client", "{path}");
    }
}

#[tokio::test]
async fn a_client_stays_logged_in_where_they_changed_their_password() {
    let app = TestApp::new().await;
    let here = app.client("rani@x.id", "Rani Kusuma").await;
    let mut there = app.stranger();
    let body = json!({"email": "rani@x.id", "password": PASSWORD});
    there.adopt(&there.post("/api/auth/login", &body).await.expect(200).json());
    let change = json!({"current": PASSWORD, "new": "kata-sandi-baru-22"});
    let _ = here.post("/api/auth/password", &change).await.expect(204);
    let _ = here.get("/api/consultations").await.expect(200);
    assert_eq!(there.get("/api/consultations").await.expect(401).code(), "token_unknown");
    let _ = here.post("/api/auth/logout", &json!({})).await.expect(204);
    assert_eq!(here.get("/api/consultations").await.expect(401).code(), "token_unknown");
}

#[tokio::test]
async fn a_clients_token_lives_twelve_hours() {
    let app = TestApp::new().await;
    let rani = app.client("rani@x.id", "Rani Kusuma").await;
    app.clock.advance(Duration::from_secs(12 * 3_600 - 1));
    let _ = rani.get("/api/consultations").await.expect(200);
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(rani.get("/api/consultations").await.expect(401).code(), "token_expired");
}
