//! What holds for every answer: problems, request ids, media types, limits, operations.

use e2e::server::Server;
use reqwest::Method;
use serde_json::json;

use crate::client::{PASSWORD, Peer, id, send};

#[tokio::test]
async fn errors_are_problems_with_stable_codes() {
    let server = Server::start().await;
    let nobody = Peer::stranger(&server);
    for path in
        ["/v1/me", "/v1/feed", "/v1/devices", "/v1/commands", "/v1/audit", "/api/consultations", "/api/notifications", "/api/events"]
    {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status, 401, "{path}");
        answer.code();
    }
    let mut liar = Peer::stranger(&server);
    liar.access = Some("not-a-token".into());
    assert_eq!(liar.get("/v1/me").await.expect(401).code(), "token_unknown");
    nobody.get("/v1/no-such-thing").await.expect(404).code();
    nobody.get("/v1/auth/login").await.expect(405).code();
}

#[tokio::test]
async fn bodies_that_are_no_bodies() {
    let server = Server::start().await;
    let nobody = Peer::stranger(&server);
    let post = |body: &'static str, media: &'static str| {
        send(nobody.request(Method::POST, "/v1/auth/login").header("content-type", media).body(body))
    };
    post("{", "application/json").await.expect(400).code();
    post("\u{0}\u{1}", "application/json").await.expect(400).code();
    post("[]", "application/json").await.expect(400).code();
    for media in ["text/plain", "application/problem+json", "application/json;charset=iso-8859-1"] {
        post("{}", media).await.expect(415).code();
    }
    for media in ["application/json; charset=utf-8", "Application/JSON;Charset=\"UTF-8\""] {
        post("{}", media).await.expect(400).code();
    }
    let packed = nobody.request(Method::POST, "/v1/auth/login").header("content-type", "application/json").header("content-encoding", "br");
    send(packed.body("{}")).await.expect(415).code();
    let unread = [&b"{\"email\":\"a@x.id\",\"password\":\"x\",\"later\":\""[..], &[0xff], b"\"}"].concat();
    let answer = send(nobody.request(Method::POST, "/v1/auth/login").header("content-type", "application/json").body(unread)).await;
    answer.expect(400).code();
    let answer = send(nobody.request(Method::POST, "/v1/auth/login").body("{}")).await;
    assert_eq!(answer.status, 415, "no media type at all");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let answer = send(nobody.request(Method::POST, "/v1/auth/login").header("content-type", "application/json").body(deep)).await;
    assert!(matches!(answer.status, 400 | 413), "{}", answer.status);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_or_cut_off() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let big = json!({"commands": [{"id": id(), "name": "note.add", "args": {"text": "x".repeat(64 << 20)}}]}).to_string();
    let request = admin.request(Method::POST, "/v1/commands").header("content-type", "application/json").body(big);
    // A closed connection is an answer, too.
    if let Ok(response) = request.send().await {
        assert_eq!(response.status().as_u16(), 413);
    }
    assert_eq!(admin.get("/v1/me").await.status, 200, "the server goes on");
}

#[tokio::test]
async fn a_request_id_comes_back_as_sent_or_is_made() {
    let server = Server::start().await;
    let nobody = Peer::stranger(&server);
    let answer = send(nobody.request(Method::GET, "/v1/me").header("X-Request-Id", "abc.DEF_1-2")).await;
    assert_eq!(answer.headers["x-request-id"], "abc.DEF_1-2");
    assert_eq!(answer.json()["request_id"], "abc.DEF_1-2");
    for bad in ["has space", "ünï", &"x".repeat(65), "a/b", ""] {
        let answer = send(nobody.request(Method::GET, "/v1/me").header("X-Request-Id", bad)).await;
        let made = &answer.headers["x-request-id"];
        assert!(made != bad && !made.is_empty() && made.len() <= 64, "{made}");
    }
}

#[tokio::test]
async fn responses_compress_when_asked_and_come_whole() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let magic: [(&str, &[u8]); 2] = [("gzip", &[0x1f, 0x8b]), ("zstd", &[0x28, 0xb5, 0x2f, 0xfd])];
    for path in ["/v1/me", "/v1/feed", "/v1/feed/work", "/openapi.json"] {
        for (encoding, magic) in magic {
            // What comes in parts may be compressed in more than one way of timing; each must end as it should.
            for _ in 0..8 {
                let answer = admin.request(Method::GET, path).header("Accept-Encoding", encoding).send().await.unwrap();
                assert_eq!(answer.status().as_u16(), 200);
                assert_eq!(answer.headers().get("content-encoding").and_then(|v| v.to_str().ok()), Some(encoding), "{path}");
                let body = answer.bytes().await.unwrap_or_else(|error| panic!("{path} in {encoding} was cut off: {error}"));
                assert!(body.starts_with(magic), "{path} is not in {encoding}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_would_have_no_plain_answer_is_answered_all_the_same() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    for accepted in ["identity;q=0", "*;q=0", "gzip;q=0, *;q=0.0"] {
        let answer = send(admin.request(Method::GET, "/v1/me").header("Accept-Encoding", accepted)).await;
        assert_eq!((answer.status, answer.headers.get("content-encoding")), (200, None), "{accepted}");
    }
    let answer = send(admin.request(Method::GET, "/v1/me").header("Accept-Encoding", "gzip;q=0.5, identity;q=0")).await;
    assert_eq!((answer.status, answer.headers["content-encoding"].as_str()), (200, "gzip"));
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_named() {
    let server = Server::start().await;
    let (admin, rani) = (Peer::staff(&server, "admin", "a@x.id").await, Peer::client(&server, "r@x.id", "Rani Kusuma").await);
    for (path, field) in [
        ("/v1/feed?limit=0", "limit"),
        ("/v1/feed?limit=x", "limit"),
        ("/v1/feed?check=2", "check"),
        ("/v1/feed?wait=-1", "wait"),
        ("/v1/feed?after=x", "after"),
        ("/v1/feed?before=x", "before"),
        ("/v1/audit?record=x", "record"),
        ("/v1/audit?from=kemarin", "from"),
        ("/v1/feed/live?after=x", "after"),
    ] {
        let answer = admin.get(path).await.expect(400);
        assert_eq!((answer.code().as_str(), &answer.json()["errors"][0]["field"]), ("malformed", &json!(field)), "{path}");
    }
    for (path, field) in [("/api/consultations?limit=0", "limit"), ("/api/consultations?after=x", "after")] {
        let answer = rani.get(path).await.expect(400);
        assert_eq!((answer.code().as_str(), &answer.json()["errors"][0]["field"]), ("malformed", &json!(field)), "{path}");
    }
}

#[tokio::test]
async fn operations_answer() {
    let server = Server::start().await;
    let nobody = Peer::stranger(&server);
    nobody.get("/healthz").await.expect(200);
    nobody.get("/readyz").await.expect(200);
    let openapi = nobody.get("/openapi.json").await.expect(200).json();
    assert!(openapi["openapi"].as_str().unwrap().starts_with("3.1"), "{}", openapi["openapi"]);
    for path in [
        "/v1/auth/login",
        "/v1/auth/refresh",
        "/v1/feed",
        "/v1/feed/work",
        "/v1/feed/live",
        "/v1/commands",
        "/v1/commands/known",
        "/api/consultations",
        "/api/events",
    ] {
        assert!(openapi["paths"][path].is_object(), "{path} is not described");
    }
    for kind in ["user", "client", "consultation", "note", "notification", "setting"] {
        let found = openapi["components"]["schemas"].as_object().unwrap().keys().any(|k| k.to_lowercase() == kind);
        assert!(found, "no schema of the body of {kind}");
    }
    let docs = nobody.get("/docs").await;
    assert!(docs.status == 200 || (300..400).contains(&docs.status), "{}", docs.status);
    assert!(!docs.text.contains("https://") || !docs.text.contains("src=\"https://"), "the page needs another host");
    assert_ne!(nobody.get("/metrics").await.status, 200, "metrics are for the operations' listener alone");
    let metrics = reqwest::get(format!("{}/metrics", server.ops)).await.unwrap().text().await.unwrap();
    assert!(metrics.contains("# TYPE"), "{metrics}");
    assert!(!metrics.contains(PASSWORD));
}

#[tokio::test]
async fn answers_carry_the_headers_that_keep_browsers_safe() {
    let server = Server::start().await;
    let answer = Peer::stranger(&server).get("/healthz").await;
    assert_eq!(answer.headers.get("x-content-type-options").map(String::as_str), Some("nosniff"));
    assert!(answer.headers.contains_key("referrer-policy") || answer.headers.contains_key("content-security-policy"));
}
