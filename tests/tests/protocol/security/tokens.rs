//! Tokens that are stolen, swapped, cut, sent twice or in the wrong place.

use e2e::server::Server;
use reqwest::{Method, header};
use serde_json::json;

use super::Cast;
use crate::client::{Peer, send};

#[tokio::test]
async fn a_token_opens_only_the_door_it_was_made_for() {
    let cast = Cast::new().await;
    let nobody = Peer::stranger(&cast.server);
    nobody.post("/v1/auth/forgot", json!({"email": "admin@x.id"})).await.expect(202);
    let mailed = cast.server.mailed_token("admin@x.id").await;
    let access = cast.admin.access.clone().unwrap();
    let client = cast.rani.access.clone().unwrap();
    for wrong in
        [&cast.admin.refresh, &mailed, &client.to_uppercase(), &access.to_lowercase(), &access[1..].to_owned(), &format!("{access}a")]
    {
        let mut thief = nobody.clone();
        thief.access = Some(wrong.clone());
        let answer = thief.get("/v1/me").await;
        // Swapping the case of a token may give the same token.
        assert!(answer.status == 401 || *wrong == access, "{} characters", wrong.len());
    }
    for wrong in [&access, &mailed, &client] {
        assert_eq!(nobody.post("/v1/auth/refresh", json!({"refresh_token": wrong})).await.expect(401).code(), "token_unknown");
        if *wrong != mailed {
            let body = json!({"token": wrong, "new_password": "kata-sandi-baru-77"});
            assert_eq!(nobody.post("/v1/auth/reset", body).await.expect(422).code(), "reset_token_invalid");
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn a_token_counts_in_its_header_alone() {
    let cast = Cast::new().await;
    let nobody = Peer::stranger(&cast.server);
    let access = cast.admin.access.clone().unwrap();
    for path in [format!("/v1/me?access_token={access}"), format!("/v1/me?token={access}&authorization=Bearer%20{access}")] {
        nobody.get(&path).await.expect(401);
    }
    let with = |name: &'static str, value: String| send(nobody.request(Method::GET, "/v1/me").header(name, value));
    for (name, value) in [
        ("cookie", format!("token={access}; access_token={access}")),
        ("x-authorization", format!("Bearer {access}")),
        ("authorization", access.clone()),
        ("authorization", format!("Basic {access}")),
        ("authorization", format!("Bearer{access}")),
        ("authorization", format!("Bearer {access},{access}")),
        ("authorization", "Bearer ".to_owned()),
    ] {
        assert_eq!(with(name, value).await.status, 401, "{name}");
    }
    let two = nobody.request(Method::GET, "/v1/me").header(header::AUTHORIZATION, "Bearer x");
    assert_eq!(send(two.header(header::AUTHORIZATION, format!("Bearer {access}"))).await.status, 401, "of two the first counts");
}

#[tokio::test]
async fn a_stolen_refresh_token_ends_the_device_for_both() {
    let cast = Cast::new().await;
    let stolen = cast.cs.refresh.clone();
    let nobody = Peer::stranger(&cast.server);
    let mut owner = cast.cs.clone();
    for _ in 0..2 {
        owner.adopt(&owner.post("/v1/auth/refresh", json!({"refresh_token": owner.refresh})).await.expect(200).json());
        owner.get("/v1/me").await.expect(200);
    }
    assert_eq!(nobody.post("/v1/auth/refresh", json!({"refresh_token": stolen})).await.expect(401).code(), "token_reused");
    assert_eq!(owner.get("/v1/me").await.expect(401).code(), "device_ended");
    nobody.post("/v1/auth/refresh", json!({"refresh_token": owner.refresh})).await.expect(401);
    cast.expert.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn another_servers_tokens_and_cursors_are_nobodys() {
    let (here, there) = (Cast::new().await, Server::start().await);
    let mut stranger = Peer::stranger(&there);
    stranger.access.clone_from(&here.admin.access);
    assert_eq!(stranger.get("/v1/me").await.expect(401).code(), "token_unknown");
    stranger.post("/v1/auth/refresh", json!({"refresh_token": here.admin.refresh})).await.expect(401);
    let admin = Peer::staff(&there, "admin", "admin@x.id").await;
    let cursor = here.admin.head().await;
    assert_eq!(admin.get(&format!("/v1/feed?after={cursor}")).await.expect(410).code(), "cursor_reset");
    // A colleague's cursor, with rights of its own: no more than a place, which is theirs to begin anew.
    let answer = here.expert.get(&format!("/v1/feed?after={cursor}")).await;
    assert!(matches!(answer.status, 200 | 410), "{}", answer.status);
    super::tells_nothing("a feed by another's cursor", &answer.text);
}

#[tokio::test]
async fn guessing_is_slowed_down_whatever_a_stranger_says_of_where_they_are() {
    let cast = Cast::new().await;
    let nobody = Peer::stranger(&cast.server);
    let mut limited = false;
    for n in 0..40 {
        let body = json!({"email": "admin@x.id", "password": format!("tebakan-nomor-{n}"), "device": {"name": "x", "platform": "linux"}});
        let request = nobody.request(Method::POST, "/v1/auth/login").header("x-forwarded-for", format!("10.9.8.{n}")).json(&body);
        let answer = send(request.header("forwarded", format!("for=10.9.8.{n}"))).await;
        limited = answer.status == 429;
        if limited {
            assert!(answer.headers.contains_key("retry-after"));
            break;
        }
        answer.expect(401);
    }
    assert!(limited, "forty guesses at one account from one address");
    cast.admin.get("/v1/me").await.expect(200);
}
