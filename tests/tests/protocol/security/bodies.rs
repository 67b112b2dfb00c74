//! Bodies that are too large, too deep, too long underway, or no text at all.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Cast, tells_nothing};
use crate::client::{Peer, command, id, send};

/// JSON that parsers trip over, as a value.
fn bombs() -> Vec<String> {
    let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    let wide = format!("{{{}}}", (0..2_000).map(|n| format!("\"k{n}\":{n}")).collect::<Vec<_>>().join(","));
    let objects = format!("{}1{}", "{\"a\":".repeat(1_500), "}".repeat(1_500));
    let mut all = vec![deep(100), deep(127), deep(1_000), deep(5_000), wide, objects];
    let fixed = [
        "1e999999999",
        "-1e-999999999",
        "123456789012345678901234567890123456789012345678901234567890",
        "-0",
        "NaN",
        "\"\\ud800\"",
        "\"\\udfff\\ud800\"",
        "\"\\u0000\"",
        "\"\u{202e}\u{feff}\"",
        "{\"id\":1,\"id\":2}",
        "{\"__proto__\":{\"admin\":true}}",
        "{\"$ref\":\"#\"}",
        "\"",
        "nul",
        "[1,]",
    ];
    all.extend(fixed.map(str::to_owned));
    all
}

async fn post(peer: &Peer, path: &str, body: impl Into<reqwest::Body>) -> crate::client::Answer {
    let request = peer.request(Method::POST, path).header("content-type", "application/json").header("Idempotency-Key", id());
    send(request.body(body)).await
}

#[tokio::test]
async fn no_json_is_too_strange_for_an_answer() {
    let cast = Cast::new().await;
    let document = Peer::stranger(&cast.server).get("/openapi.json").await.expect(200).json();
    let paths = document["paths"].as_object().unwrap().iter().filter(|(_, of)| of["post"]["requestBody"].is_object());
    let bombs = bombs();
    for (path, _) in paths {
        let path = Cast::at(path, cast.row("consultation"));
        let peer = if path.starts_with("/v1/") { &cast.admin } else { &cast.made };
        for bomb in bombs.iter().filter(|_| !path.ends_with("logout")) {
            // As the whole body, and as a field where one is taken: none is a fault of ours, and none is a success, but where nothing that is
            // known was said: what is left out of a profile stays.
            for body in [bomb.clone(), format!("{{\"email\":{bomb},\"ids\":{bomb},\"commands\":{bomb},\"reason\":{bomb}}}")] {
                let answer = post(peer, &path, body).await;
                let cut = bomb.chars().take(40).collect::<String>();
                assert!(
                    (400..500).contains(&answer.status) || ["/read", "/forgot", "/api/me"].iter().any(|part| path.contains(part)),
                    "{path} {cut}: {}",
                    answer.status
                );
                tells_nothing(&path, &answer.text);
            }
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn strange_arguments_are_refused_one_by_one() {
    let cast = Cast::new().await;
    for bomb in bombs() {
        let (good, bad) = (id(), id());
        let text = format!(
            "{{\"commands\":[{{\"id\":\"{bad}\",\"v\":1,\"name\":\"note.add\",\"args\":{bomb}}},{}]}}",
            command(&good, "client.create", json!({"id": id(), "name": "Made Ayu"}))
        );
        let answer = post(&cast.admin, "/v1/commands", text).await;
        if answer.status == 200 {
            let outcomes: Value = answer.json()["outcomes"].take();
            assert_eq!((&outcomes[0]["status"], &outcomes[1]["status"]), (&json!("refused"), &json!("applied")), "{outcomes}");
        } else {
            assert_eq!(answer.code(), "malformed", "what no parser reads refuses the batch, and nothing of it is done");
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn no_route_reads_more_than_its_limit() {
    let cast = Cast::new().await;
    let document = Peer::stranger(&cast.server).get("/openapi.json").await.expect(200).json();
    let mut tried = 0;
    for (path, _) in document["paths"].as_object().unwrap().iter().filter(|(_, of)| of["post"]["requestBody"].is_object()) {
        let path = Cast::at(path, cast.row("consultation"));
        let peer = if path.starts_with("/v1/") { &cast.admin } else { &cast.made };
        let request = peer.request(Method::POST, &path).header("content-type", "application/json").header("Idempotency-Key", id());
        // A closed connection is an answer, too: the rest is not read.
        if let Ok(response) = request.body("x".repeat(32 << 20)).send().await {
            // What stands for another method says first which, and reads nothing otherwise.
            let expected = if path.starts_with("/v1/uploads/") { 405 } else { 413 };
            assert_eq!(response.status().as_u16(), expected, "{path}");
        }
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
    cast.is_untouched().await;
}

#[tokio::test]
async fn a_batch_has_an_end() {
    let cast = Cast::new().await;
    let many: Vec<Value> = (0..2_000).map(|_| command(&id(), "client.create", json!({"id": id(), "name": "x"}))).collect();
    let answer = cast.admin.post("/v1/commands", json!({"commands": many})).await;
    assert!(matches!(answer.status, 400 | 413 | 422), "{}", answer.status);
    let ids: Vec<String> = (0..50_000).map(|_| id()).collect();
    let answer = cast.admin.post("/v1/commands/known", json!({"ids": ids})).await;
    assert!(matches!(answer.status, 400 | 413 | 422), "{}", answer.status);
    let answer = cast.admin.get("/v1/feed?limit=4294967295").await;
    assert!(answer.status < 500, "{}", answer.status);
    cast.is_untouched().await;
}
