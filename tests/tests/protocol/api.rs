//! The client side.

use e2e::server::Server;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{PASSWORD, Peer, day, id, send};

fn register(email: &str) -> Value {
    json!({"email": email, "password": PASSWORD, "name": "Rani Kusumawardani", "phone": "0812-3456-7890"})
}

#[tokio::test]
async fn a_client_registers_and_logs_in() {
    let server = Server::start().await;
    let nobody = Peer::stranger(&server);
    let session = nobody.post("/api/auth/register", register("Rani@x.id")).await.expect(201).json();
    assert!(session["access_token"].is_string() && session["expires_in"] == 43_200, "{session}");
    assert_eq!(session["user"]["email"], "rani@x.id");
    assert_eq!(nobody.post("/api/auth/register", register("rani@X.id")).await.expect(409).code(), "email_taken");
    nobody.post("/api/auth/login", json!({"email": "rani@x.id", "password": PASSWORD})).await.expect(200);
    assert_eq!(
        nobody.post("/api/auth/login", json!({"email": "rani@x.id", "password": "salah-sekali-9"})).await.expect(401).code(),
        "invalid_credentials"
    );
    for (field, value) in [("name", "R2"), ("phone", "08123"), ("email", "x"), ("password", "x"), ("zone", "Europe/Paris")] {
        let mut body = register("lain@x.id");
        body[field] = json!(value);
        let problem = nobody.post("/api/auth/register", body).await.expect(422).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        assert!(problem["errors"][0]["code"].is_string());
    }
    let mut client = nobody.clone();
    client.adopt(&session);
    client.get("/api/consultations").await.expect(200);
    client.ask("/api/auth/logout", json!({})).await;
    assert_eq!(client.get("/api/consultations").await.status, 401);
}

#[tokio::test]
async fn without_a_key_nothing_is_said_about_the_rest() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let nobodys = id();
    let asked = [
        ("/api/consultations".to_owned(), json!({"requested_date": "besok"})),
        ("/api/consultations".to_owned(), json!([])),
        ("/api/orders".to_owned(), json!({"design_type": "logo", "description": "Logo", "deadline": "31-12"})),
        (format!("/api/orders/{nobodys}/edit"), json!({})),
        (format!("/api/orders/{nobodys}/messages"), json!({"text": ""})),
        ("/api/orders/x/messages/read".to_owned(), json!({"upto": 1})),
        (format!("/api/orders/{nobodys}/designs/1/approve"), json!({"sha256": "x"})),
        ("/api/notifications/x/read".to_owned(), json!({})),
    ];
    for (path, body) in asked {
        assert_eq!(rani.post(&path, body.clone()).await.expect(400).code(), "idempotency_key_required", "{path} {body}");
    }
    let stranger = Peer::stranger(&server).post("/api/consultations", json!({})).await;
    assert_eq!(stranger.status, 401, "who asks comes first");
}

#[tokio::test]
async fn a_request_goes_its_way() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let asked = rani
        .ask("/api/consultations", json!({"requested_date": day(2), "topic": "Tinjau CV", "note": "Pagi lebih baik"}))
        .await
        .expect(201)
        .json();
    let mut fields: Vec<&String> = asked.as_object().unwrap().keys().collect();
    fields.retain(|f| {
        !["id", "number", "status", "requested_date", "topic", "note", "message", "reason", "decided_at", "created_at", "updated_at"]
            .contains(&f.as_str())
    });
    assert!(fields.is_empty(), "a client is told more than the page says: {fields:?}");
    let number = asked["number"].as_str().unwrap();
    assert!(number.len() == 18 && number.starts_with(&format!("KG-{}-", day(0).replace('-', ""))), "{number}");
    assert_eq!((&asked["status"], &asked["decided_at"]), (&json!("waiting"), &Value::Null));
    let notes = rani.get("/api/notifications").await.expect(200).json();
    assert_eq!((&notes["items"][0]["text"], &notes["unread"]), (&json!("Menunggu respon dari admin"), &json!(1)));

    let head = rani.events("/api/events", None).await;
    let mut events = head;
    admin.give("consultation.reject", json!({"id": asked["id"], "reason": "Tanggal itu sudah penuh"})).await;
    let mut told = Vec::new();
    while told.len() < 2 {
        let event = events.next().await.unwrap();
        if event.event == "consultation" || event.event == "notification" {
            told.push((event.event.clone(), event.json()));
        }
    }
    let of = |name: &str| &told.iter().find(|(event, _)| event == name).unwrap().1;
    assert_eq!((&of("consultation")["status"], &of("consultation")["reason"]), (&json!("rejected"), &json!("Tanggal itu sudah penuh")));
    assert_eq!(of("notification")["text"], "Konsultasi Ditolak");
    assert!(of("notification").to_string().contains("Tanggal itu sudah penuh"));
    let stands = rani.get(&format!("/api/consultations/{}", asked["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!((&stands["status"], stands["decided_at"].is_string()), (&json!("rejected"), true));
    let list = rani.get("/api/notifications").await.expect(200).json();
    let newest = list["items"][0]["id"].as_str().unwrap().to_owned();
    rani.ask(&format!("/api/notifications/{newest}/read"), json!({})).await.expect(200);
    assert_eq!(rani.get("/api/notifications").await.json()["unread"], 1);
}

#[tokio::test]
async fn the_rules_answer_with_their_names() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let ask = |body: Value| rani.ask("/api/consultations", body);
    assert_eq!(ask(json!({"requested_date": day(-1)})).await.expect(422).code(), "date_in_past");
    let far = ask(json!({"requested_date": day(400)})).await.expect(422);
    far.code();
    let problem = ask(json!({"requested_date": day(1), "topic": "x".repeat(201)})).await.expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "topic");
    for bad in [json!({}), json!({"requested_date": "besok"}), json!({"requested_date": 7}), json!({"requested_date": "2026-02-30"})] {
        let answer = ask(bad).await;
        assert!(matches!(answer.status, 400 | 422), "{}", answer.status);
        answer.code();
    }
    let asked = ask(json!({"requested_date": day(0)})).await.expect(201).json();
    assert_eq!(ask(json!({"requested_date": day(1)})).await.expect(422).code(), "already_waiting");
    let cancel = format!("/api/consultations/{}/cancel", asked["id"].as_str().unwrap());
    assert_eq!(rani.ask(&cancel, json!({})).await.expect(200).json()["status"], "cancelled");
    assert_eq!(rani.ask(&cancel, json!({})).await.expect(422).code(), "not_open");
    ask(json!({"requested_date": day(1)})).await.expect(201);
}

#[tokio::test]
async fn what_is_not_yours_does_not_exist() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let made = Peer::client(&server, "made@x.id", "Made Ayu").await;
    let asked = rani.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
    let path = format!("/api/consultations/{}", asked["id"].as_str().unwrap());
    let foreign = made.get(&path).await.expect(404);
    let nothing = made.get(&format!("/api/consultations/{}", id())).await.expect(404);
    assert_eq!((foreign.code(), &foreign.json()["detail"]), (nothing.code(), &nothing.json()["detail"]), "never a hint that it exists");
    made.ask(&format!("{path}/cancel"), json!({})).await.expect(404).code();
    assert_eq!(made.get("/api/consultations").await.expect(200).json()["items"], json!([]));
    let note = rani.get("/api/notifications").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    made.ask(&format!("/api/notifications/{note}/read"), json!({})).await.expect(404).code();
    rani.get("/api/consultations/not-an-id").await.expect(404).code();
    let staff = Peer::staff(&server, "admin", "a@x.id").await;
    let answer = staff.get("/api/consultations").await;
    assert!(answer.status == 403 || answer.status == 401 || answer.json()["items"] == json!([]), "{}", answer.text);
}

#[tokio::test]
async fn a_key_makes_asking_twice_asking_once() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let made = Peer::client(&server, "made@x.id", "Made Ayu").await;
    let body = json!({"requested_date": day(2)});
    let without = send(rani.request(Method::POST, "/api/consultations").json(&body)).await;
    assert_eq!(without.status, 400);
    without.code();
    for bad in ["two words", "küche", &"x".repeat(256)] {
        let answer = rani.ask_with("/api/consultations", body.clone(), bad).await.expect(400);
        assert_eq!((answer.code().as_str(), &answer.json()["errors"][0]["field"]), ("malformed", &json!("idempotency-key")), "{bad}");
    }
    let key = id();
    let first = rani.ask_with("/api/consultations", body.clone(), &key).await.expect(201);
    let again = rani.ask_with("/api/consultations", body.clone(), &key).await.expect(201);
    assert_eq!(first.json(), again.json());
    let other = rani.ask_with("/api/consultations", json!({"requested_date": day(3)}), &key).await;
    assert_eq!(other.expect(422).code(), "idempotency_key_reused");
    assert_eq!(rani.get("/api/consultations").await.json()["items"].as_array().unwrap().len(), 1);
    made.ask_with("/api/consultations", body, &key).await.expect(201);
}

#[tokio::test]
async fn ten_clicks_at_once_are_one_request() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let (key, body) = (id(), json!({"requested_date": day(2)}));
    let mut clicks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (rani, key, body) = (rani.clone(), key.clone(), body.clone());
        clicks.spawn(async move { rani.ask_with("/api/consultations", body, &key).await.status });
    }
    let mut made = 0;
    while let Some(status) = clicks.join_next().await {
        let status = status.unwrap();
        assert!(status == 201 || status == 409, "{status}");
        made += u32::from(status == 201);
    }
    assert!(made >= 1);
    assert_eq!(rani.get("/api/consultations").await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn events_resume_where_they_were_cut_off() {
    let server = Server::start().await;
    let admin = Peer::staff(&server, "admin", "a@x.id").await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let mut events = rani.events("/api/events", None).await;
    let asked = rani.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
    let mut last = None;
    for _ in 0..2 {
        last = events.next().await.unwrap().id.or(last);
    }
    drop(events);
    admin.give("consultation.accept", json!({"id": asked["id"], "message": "Sampai jumpa"})).await;
    let mut events = rani.events("/api/events", last.as_deref()).await;
    let told = events.until("notification").await.json();
    assert_eq!(told["text"], "Konsultasi Diterima");
}

#[tokio::test]
async fn lists_are_paged() {
    let server = Server::start().await;
    let rani = Peer::client(&server, "rani@x.id", "Rani Kusuma").await;
    let mut numbers = Vec::new();
    for _ in 0..45 {
        let asked = rani.ask("/api/consultations", json!({"requested_date": day(2)})).await.expect(201).json();
        numbers.insert(0, asked["number"].clone());
        rani.ask(&format!("/api/consultations/{}/cancel", asked["id"].as_str().unwrap()), json!({})).await.expect(200);
    }
    let (mut found, mut next) = (Vec::new(), String::new());
    for _ in 0..50 {
        let page = rani.get(&format!("/api/consultations{next}")).await.expect(200).json();
        found.extend(page["items"].as_array().unwrap().iter().map(|c| c["number"].clone()));
        match page["next"].as_str() {
            Some(more) => next = format!("?after={more}"),
            None => break,
        }
    }
    assert_eq!(found, numbers, "all of them, newest first, each once");
}
