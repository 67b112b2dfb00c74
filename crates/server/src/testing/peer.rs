//! Somebody who asks.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use futures_util::StreamExt;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tower::ServiceExt;

use super::{TestClock, app::PASSWORD};
use crate::shell::{Seeded, Shell};

/// Somebody with a token, or nobody.
#[derive(Clone)]
pub struct Peer {
    router: Router,
    shell: Shell,
    /// The access token.
    pub access: Option<String>,
    /// The refresh token.
    pub refresh: String,
    /// The person.
    pub user: Value,
    /// The device.
    pub device: String,
}

impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Peer").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What somebody was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.text))
    }
    /// The same, if the status is this one.
    ///
    /// # Panics
    /// When it is another.
    #[must_use]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    /// The code of a problem, which must have the whole form of one.
    ///
    /// # Panics
    /// When it has not.
    #[must_use]
    pub fn code(&self) -> String {
        assert_eq!(self.headers.get("content-type").map(String::as_str), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        for part in ["type", "title", "detail", "request_id"] {
            assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "a problem without {part}: {problem}");
        }
        assert_eq!(problem["request_id"].as_str(), self.headers.get("x-request-id").map(String::as_str));
        problem["code"].as_str().unwrap().to_owned()
    }
}

/// A command as it is sent.
#[must_use]
pub fn command(id: &str, name: &str, args: &Value) -> Value {
    json!({"id": id, "v": 1, "name": name, "args": args, "made_at": "2026-11-21T07:00:00.000Z"})
}

impl Peer {
    pub(super) fn new(router: Router, clock: Arc<TestClock>) -> Self {
        // Ids are made from the server's time, and differ from the server's own.
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1_000_000);
        let seed = NEXT.fetch_add(1_000_000, std::sync::atomic::Ordering::Relaxed);
        let shell = Shell::new(clock, Arc::new(Seeded::new(seed)));
        Self { router, shell, access: None, refresh: String::new(), user: Value::Null, device: String::new() }
    }
    /// A new id.
    #[must_use]
    pub fn id(&self) -> String {
        self.shell.uuid().to_string()
    }
    /// A day so many days from today, in WIB.
    #[must_use]
    pub fn day(&self, days: i64) -> String {
        self.shell.now().day(domain::time::Zone::Wib).plus(days).to_string()
    }
    /// Takes over the tokens of a session.
    ///
    /// # Panics
    /// When there are none.
    pub fn adopt(&mut self, session: &Value) {
        self.access = Some(session["access_token"].as_str().expect("an access token").to_owned());
        self.refresh = session["refresh_token"].as_str().unwrap_or_default().to_owned();
        self.user = session["user"].clone();
        self.device = session["device_id"].as_str().unwrap_or_default().to_owned();
    }
    pub(super) async fn login(&mut self, email: &str) {
        let body = json!({"email": email, "password": PASSWORD, "device": {"name": "Laptop", "platform": "linux"}});
        let session = self.post("/v1/auth/login", &body).await.expect(200).json();
        self.adopt(&session);
    }
    pub(super) async fn register(&mut self, email: &str, name: &str) {
        let body = json!({"email": email, "password": PASSWORD, "name": name, "phone": "0812-3456-7890", "consent": true});
        let session = self.post("/api/auth/register", &body).await.expect(201).json();
        self.adopt(&session);
    }

    /// A request in the making.
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.access {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
    /// Sends a request.
    ///
    /// # Panics
    /// When the server answers with a fault of its own.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let text = body.collect().await.map(|body| String::from_utf8_lossy(&body.to_bytes()).into_owned()).unwrap_or_default();
        let headers = parts.headers.iter().map(|(k, v)| (k.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned())).collect();
        let status = parts.status.as_u16();
        assert!(status < 500 || status == 503, "a server fault: {status} {text}");
        Answer { status, headers, text }
    }
    /// `GET`
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }
    /// `DELETE`
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }
    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_raw(path, body.to_string()).await
    }
    /// `POST` with these bytes, called JSON.
    pub async fn post_raw(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }
    /// A POST of the client side, with a key of its own.
    pub async fn ask(&self, path: &str, body: &Value) -> Answer {
        self.ask_with(path, body, &self.id()).await
    }
    /// A POST of the client side.
    pub async fn ask_with(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json").header("Idempotency-Key", key);
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
    /// One command; its outcome.
    pub async fn give(&self, name: &str, args: Value) -> Value {
        self.give_as(&self.id(), name, args).await
    }
    /// One command under this id; its outcome.
    pub async fn give_as(&self, id: &str, name: &str, args: Value) -> Value {
        self.give_all(vec![command(id, name, &args)]).await.remove(0)
    }
    /// A batch; its outcomes.
    ///
    /// # Panics
    /// When it is not answered.
    pub async fn give_all(&self, commands: Vec<Value>) -> Vec<Value> {
        let answer = self.post("/v1/commands", &json!({"commands": commands})).await.expect(200).json();
        answer["outcomes"].as_array().expect("outcomes").clone()
    }
    /// A page of the feed.
    ///
    /// # Panics
    /// When it is none.
    pub async fn page(&self, path: &str) -> Page {
        let answer = self.get(path).await.expect(200);
        assert_eq!(answer.headers.get("content-type").map(String::as_str), Some("application/x-ndjson"));
        Page::read(&answer.text)
    }
    /// Where the feed stands.
    pub async fn head(&self) -> String {
        self.page("/v1/feed").await.head
    }
    /// Follows the feed upwards to the head.
    pub async fn follow(&self, cursor: &str) -> (Vec<Value>, String) {
        let (mut all, mut at) = (Vec::new(), cursor.to_owned());
        loop {
            let page = self.page(&format!("/v1/feed?after={at}&limit=50")).await;
            all.extend(page.lines);
            at = page.cursor;
            if !page.more {
                return (all, at);
            }
        }
    }
    /// Opens a stream.
    ///
    /// # Panics
    /// When there is none.
    pub async fn events(&self, path: &str, last: Option<&str>) -> Events {
        let mut request = self.request(Method::GET, path).header(header::ACCEPT_ENCODING, "gzip, zstd");
        if let Some(id) = last {
            request = request.header("Last-Event-ID", id);
        }
        let Ok(response) = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"), "streams do not compress");
        Events { body: response.into_body().into_data_stream(), buffer: String::new() }
    }
}

/// A page of the feed.
#[derive(Clone, Debug)]
pub struct Page {
    /// Puts, gones and outcomes.
    pub lines: Vec<Value>,
    /// Marks, and behind how many lines they stand.
    pub marks: Vec<(usize, String)>,
    /// Where to go on.
    pub cursor: String,
    /// The head.
    pub head: String,
    /// Whether there is more.
    pub more: bool,
    /// The page line.
    pub page: Value,
}

impl Page {
    fn read(text: &str) -> Self {
        let (mut lines, mut marks, mut page) = (Vec::new(), Vec::new(), Value::Null);
        for line in text.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            assert!(page.is_null(), "a line after the page line: {line}");
            if let Some(mark) = value.get("mark") {
                marks.push((lines.len(), mark["cursor"].as_str().unwrap().to_owned()));
            } else if let Some(end) = value.get("page") {
                page = end.clone();
            } else {
                lines.push(value);
            }
        }
        assert!(!page.is_null(), "a page without its end: {text}");
        let cursor = page["cursor"].as_str().unwrap().to_owned();
        let head = page["head"].as_str().unwrap().to_owned();
        Self { lines, marks, cursor, head, more: page["more"].as_bool().unwrap(), page }
    }
    /// The puts of a kind.
    #[must_use]
    pub fn puts(&self, kind: &str) -> Vec<&Value> {
        self.lines.iter().filter_map(|l| l.get("put")).filter(|p| p["kind"] == kind).collect()
    }
}

/// An open stream.
pub struct Events {
    body: axum::body::BodyDataStream,
    buffer: String,
}

impl std::fmt::Debug for Events {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Events { .. }")
    }
}

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SseEvent {
    /// Its name.
    pub event: String,
    /// Its id.
    pub id: Option<String>,
    /// When to come back.
    pub retry: Option<u64>,
    /// Its data.
    pub data: String,
}

impl SseEvent {
    /// The data as JSON.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap()
    }
}

impl Events {
    /// The next event; nothing when the stream has ended. Comments are passed over.
    ///
    /// # Panics
    /// When the stream is silent for longer than the page allows.
    pub async fn next(&mut self) -> Option<SseEvent> {
        loop {
            if let Some(end) = self.buffer.find("\n\n") {
                let block: String = self.buffer.drain(..end + 2).collect();
                let event = parse(&block);
                if event != SseEvent::default() {
                    return Some(event);
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await.expect("silence for more than 15 s");
            self.buffer.push_str(std::str::from_utf8(&chunk?.ok()?).unwrap());
        }
    }
    /// The next event of this name; others are passed over.
    ///
    /// # Panics
    /// When the stream ends before.
    pub async fn until(&mut self, name: &str) -> SseEvent {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the stream ended before `{name}`"));
            if event.event == name {
                return event;
            }
        }
    }
}

fn parse(block: &str) -> SseEvent {
    let mut event = SseEvent::default();
    for line in block.lines().filter(|line| !line.starts_with(':')) {
        let (field, value) = line.split_once(": ").unwrap_or((line, ""));
        match field {
            "event" => value.clone_into(&mut event.event),
            "id" => event.id = Some(value.to_owned()),
            "retry" => event.retry = value.parse().ok(),
            "data" => event.data.push_str(value),
            _ => {}
        }
    }
    event
}
