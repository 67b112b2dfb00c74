//! What the server says of itself: logs without anything personal, at any level, and figures.

use e2e::server::{Database, Server};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{PASSWORD, Peer, day, id, send};

/// A day's work that touches everything somebody could be known by; every secret that was handed out on the way.
async fn work(server: &Server) -> Vec<String> {
    let admin = Peer::staff(server, "admin", "dewi.rahasia@x.id").await;
    let rani = Peer::client(server, "rani.rahasia@x.id", "Rani Rahasia").await;
    let mut events = rani.events("/api/events", None).await;
    let body = json!({"requested_date": day(2), "topic": "Topik Rahasia", "note": "Pesan Rahasia"});
    let asked = rani.ask("/api/consultations", body).await.expect(201).json();
    let record = json!({"kind": "consultation", "id": asked["id"]});
    admin.give("note.add", json!({"id": id(), "record": record, "text": "Catatan Rahasia"})).await;
    admin.give("consultation.reject", json!({"id": asked["id"], "reason": "x"})).await;
    admin.give("consultation.reject", json!({"id": asked["id"], "reason": "Alasan Rahasia"})).await;
    events.until("notification").await;
    admin.get("/v1/audit?record=Rani%20Rahasia").await;
    admin.post("/v1/commands", json!({"commands": "Rani Rahasia"})).await.expect(400);
    let again = json!({"email": "rani.rahasia@x.id", "password": PASSWORD, "name": "Rani Rahasia", "phone": "0812-3456-7890"});
    rani.post("/api/auth/register", again).await.expect(409);
    rani.post("/api/auth/login", json!({"email": "rani.rahasia@x.id", "password": "salah-rahasia-9"})).await.expect(401);
    rani.post("/api/auth/forgot", json!({"email": "rani.rahasia@x.id"})).await.expect(202);
    let mailed = server.mailed_token("rani.rahasia@x.id").await;
    let session = admin.post("/v1/auth/refresh", json!({"refresh_token": admin.refresh})).await.expect(200).json();
    let fresh = session["access_token"].as_str().unwrap().to_owned();
    send(rani.request(Method::GET, "/v1/me?token=Rahasia")).await;
    [admin.access, rani.access].into_iter().flatten().chain([admin.refresh, mailed, fresh]).collect()
}

/// Every line of a request and of a change that a request made says from where, by a hash.
fn places_are_named(log: &str) {
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let of = |target: &str| -> Vec<&Value> { lines.iter().filter(|l| l["target"] == target).map(|l| &l["fields"]).collect() };
    let (requests, states) = (of("meja::http"), of("meja::state"));
    let here = requests[0]["ip_hash"].as_str().unwrap();
    assert!(here.len() == 16 && here.bytes().all(|b| b.is_ascii_hexdigit()), "{here}");
    assert!(requests.iter().all(|fields| fields["ip_hash"] == here), "one place has one name");
    let moves: Vec<&&Value> = states.iter().filter(|f| f["record"].as_str().unwrap().starts_with("consultation/")).collect();
    assert_eq!(moves.iter().map(|f| f["to"].as_str().unwrap()).collect::<Vec<_>>(), ["waiting", "rejected"]);
    for fields in moves {
        assert_eq!(fields["ip_hash"], here);
        assert!(fields["number"].as_str().unwrap().starts_with("KG-"), "{fields}");
    }
}

#[tokio::test]
async fn the_log_says_what_happens_and_never_to_whom() {
    for format in ["text", "json"] {
        let mut server = Server::start_with(Database::chosen(), &["--log", "trace", "--log-format", format]).await;
        let secrets = work(&server).await;
        server.terminate();
        assert_eq!(server.exit_code().await, 0);
        let log = server.read_log();
        for personal in ["ahasia", "812-3456", "8123456", PASSWORD, "127.0.0.1:5", "Orang admin"] {
            assert!(!log.contains(personal), "{personal} stands in the log: {:?}", log.lines().find(|line| line.contains(personal)));
        }
        for secret in secrets {
            assert!(!secret.is_empty() && !log.contains(&secret), "a token stands in the log");
        }
        assert!(log.contains("/api/consultations") && log.contains("request_id"), "requests are logged, by route");
        assert!(log.contains("a record changed its state") && log.contains("rejected"), "and what became of them");
        if format == "json" {
            places_are_named(&log);
        }
    }
}

#[tokio::test]
async fn figures_say_how_the_server_and_the_requests_fare() {
    let server = Server::start().await;
    work(&server).await;
    let admin = Peer::staff(&server, "cs", "c@x.id").await;
    let head = admin.head().await;
    let mut events = admin.events(&format!("/v1/feed/live?after={head}"), None).await;
    admin.give("client.create", json!({"id": id(), "name": "Made Ayu"})).await;
    events.until("changes").await;
    let figures = reqwest::get(format!("{}/metrics", server.ops)).await.unwrap().text().await.unwrap();
    for series in [
        "meja_http_requests_total{method=\"POST\",route=\"/api/consultations\",status=\"201\"} 1",
        "meja_commands_total{name=\"consultation.reject\",outcome=\"applied\"} 1",
        "meja_commands_total{name=\"consultation.reject\",outcome=\"refused\"} 1",
        "meja_state_changes_total{kind=\"consultation\",to=\"waiting\"} 1",
        "meja_state_changes_total{kind=\"consultation\",to=\"rejected\"} 1",
        "meja_live_streams{audience=\"desk\"} 1",
        "meja_feed_lag ",
        "meja_commit_operations_bucket",
        "meja_commit_seconds_bucket",
        "meja_jobs_total{outcome=\"done\"} 1",
        "meja_up 1",
    ] {
        assert!(figures.contains(series), "{series} is missing in {figures}");
    }
    assert!(!figures.contains("ahasia"), "{figures}");
}
