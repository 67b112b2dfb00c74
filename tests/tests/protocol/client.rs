//! The client: HTTP, JSON lines and event streams, and nothing of Meja's own code.

use e2e::server::Server;
use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

pub(crate) const PASSWORD: &str = "kata-sandi-panjang-1";

/// The wall clock, in milliseconds.
pub(crate) fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a stranger has a clock of their own")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// A new UUIDv7, made the way RFC 9562 says.
pub(crate) fn id() -> String {
    id_at(now())
}

/// A UUIDv7 of this moment (milliseconds).
pub(crate) fn id_at(ms: u64) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed) | (u64::from(std::process::id()) << 24);
    let hex = format!("{ms:012x}");
    format!("{}-{}-7{:03x}-8{:03x}-{:012x}", &hex[..8], &hex[8..], n & 0xfff, (n >> 12) & 0xfff, n)
}

/// A day as the wire writes it, some days from now in WIB.
pub(crate) fn day(from_now: i64) -> String {
    let seconds = i64::try_from(now() / 1_000).unwrap() + 7 * 3600;
    let days = seconds.div_euclid(86_400) + from_now;
    // Civil from days (Howard Hinnant).
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    format!("{:04}-{m:02}-{d:02}", yoe + era * 400 + i64::from(m <= 2))
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.text))
    }
    /// The code of a problem; it must have the whole form of one.
    pub(crate) fn code(&self) -> String {
        assert!(self.headers["content-type"].starts_with("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        for part in ["type", "title", "code", "detail", "request_id"] {
            assert!(problem[part].is_string(), "a problem without {part}: {problem}");
        }
        problem["code"].as_str().unwrap().to_owned()
    }
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

/// Somebody with a token, or nobody.
#[derive(Clone)]
pub(crate) struct Peer {
    http: reqwest::Client,
    base: String,
    pub(crate) access: Option<String>,
    pub(crate) refresh: String,
    pub(crate) user: Value,
    pub(crate) device: String,
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.timeout(Duration::from_secs(40)).send().await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
    let text = response.text().await.unwrap_or_default();
    assert!(status < 500 || status == 503, "a server fault: {status} {text}");
    Answer { status, headers, text }
}

impl Peer {
    pub(crate) fn stranger(server: &Server) -> Self {
        let http = reqwest::Client::builder().build().unwrap();
        Self { http, base: server.base.clone(), access: None, refresh: String::new(), user: Value::Null, device: String::new() }
    }
    /// Somebody of the staff, who gets an account and logs in.
    pub(crate) async fn staff(server: &Server, role: &str, email: &str) -> Self {
        server.add_user(email, &format!("Orang {role}"), &[role], PASSWORD);
        Self::login(server, email).await
    }
    pub(crate) async fn login(server: &Server, email: &str) -> Self {
        let mut peer = Self::stranger(server);
        let body = json!({"email": email, "password": PASSWORD, "device": {"name": "Laptop", "platform": "linux"}});
        let session = peer.post("/v1/auth/login", body).await.expect(200).json();
        peer.adopt(&session);
        peer
    }
    pub(crate) fn adopt(&mut self, session: &Value) {
        self.access = Some(session["access_token"].as_str().unwrap().to_owned());
        self.refresh = session["refresh_token"].as_str().unwrap_or_default().to_owned();
        self.user = session["user"].clone();
        self.device = session["device_id"].as_str().unwrap_or_default().to_owned();
    }
    /// A client, who registers.
    pub(crate) async fn client(server: &Server, email: &str, name: &str) -> Self {
        let mut peer = Self::stranger(server);
        let body = json!({"email": email, "password": PASSWORD, "name": name, "phone": "0812-3456-7890", "consent": true});
        let session = peer.post("/api/auth/register", body).await.expect(201).json();
        peer.adopt(&session);
        peer
    }
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.access {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }
    /// Asks until the server has heard, from another program, that this session is over; the code with which it says so.
    pub(crate) async fn until_refused(&self, path: &str) -> String {
        let refused = async {
            loop {
                let answer = self.get(path).await;
                if answer.status == 401 {
                    return answer.code();
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), refused).await.expect("the session goes on")
    }
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }
    /// A POST of the client side, with a key of its own.
    pub(crate) async fn ask(&self, path: &str, body: Value) -> Answer {
        self.ask_with(path, body, &id()).await
    }
    pub(crate) async fn ask_with(&self, path: &str, body: Value, key: &str) -> Answer {
        send(self.request(Method::POST, path).header("Idempotency-Key", key).json(&body)).await
    }
    /// One command; its outcome.
    pub(crate) async fn give(&self, name: &str, args: Value) -> Value {
        self.give_as(&id(), name, args).await
    }
    pub(crate) async fn give_as(&self, id: &str, name: &str, args: Value) -> Value {
        self.give_all(vec![command(id, name, args)]).await.remove(0)
    }
    pub(crate) async fn give_all(&self, commands: Vec<Value>) -> Vec<Value> {
        let answer = self.post("/v1/commands", json!({"commands": commands})).await.expect(200).json();
        answer["outcomes"].as_array().unwrap().clone()
    }
    /// A page of the feed.
    pub(crate) async fn page(&self, path: &str) -> Page {
        let answer = self.get(path).await.expect(200);
        assert!(answer.headers["content-type"].starts_with("application/x-ndjson"), "{:?}", answer.headers);
        Page::read(&answer.text)
    }
    /// Follows the feed upwards from a cursor to the head.
    pub(crate) async fn follow(&self, cursor: &str) -> (Vec<Value>, String) {
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
    /// Where the feed stands.
    pub(crate) async fn head(&self) -> String {
        self.page("/v1/feed").await.head
    }
    pub(crate) async fn events(&self, path: &str, last_event_id: Option<&str>) -> Events {
        let mut request = self.request(Method::GET, path).header(header::ACCEPT, "text/event-stream");
        if let Some(id) = last_event_id {
            request = request.header("Last-Event-ID", id);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 200);
        assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
        assert!(!response.headers().contains_key("content-encoding"), "streams do not compress");
        Events { response, buffer: String::new() }
    }
}

pub(crate) fn command(id: &str, name: &str, args: Value) -> Value {
    json!({"id": id, "v": 1, "name": name, "args": args, "made_at": "2026-11-21T07:00:00.000Z"})
}

/// A page of the feed.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) lines: Vec<Value>,
    pub(crate) marks: Vec<(usize, String)>,
    pub(crate) cursor: String,
    pub(crate) head: String,
    pub(crate) more: bool,
    pub(crate) page: Value,
}

impl Page {
    fn read(text: &str) -> Self {
        let (mut lines, mut marks, mut end) = (Vec::new(), Vec::new(), None);
        for line in text.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            assert!(end.is_none(), "a line after the page line: {line}");
            assert_eq!(value.as_object().unwrap().len(), 1, "{line}");
            if let Some(mark) = value.get("mark") {
                marks.push((lines.len(), cursor(&mark["cursor"])));
            } else if let Some(page) = value.get("page") {
                end = Some(page.clone());
            } else {
                lines.push(value);
            }
        }
        let page = end.unwrap_or_else(|| panic!("a page without its end: {text}"));
        Self { lines, marks, cursor: cursor(&page["cursor"]), head: cursor(&page["head"]), more: page["more"].as_bool().unwrap(), page }
    }
    pub(crate) fn puts(&self, kind: &str) -> Vec<&Value> {
        puts(&self.lines, kind)
    }
}

pub(crate) fn puts<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter_map(|l| l.get("put")).filter(|p| p["kind"] == kind).collect()
}

/// A cursor's characters are promised.
fn cursor(value: &Value) -> String {
    let text = value.as_str().unwrap();
    assert!(!text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~-".contains(&b)), "{text}");
    text.to_owned()
}

/// An event stream.
pub(crate) struct Events {
    response: reqwest::Response,
    buffer: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) event: String,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<u64>,
    pub(crate) data: String,
}

impl Event {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.data).unwrap()
    }
}

impl Events {
    /// The next event, or nothing when the stream ends.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.find("\n\n") {
                let block: String = self.buffer.drain(..end + 2).collect();
                if let Some(event) = parse(&block) {
                    return Some(event);
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk()).await.expect("silence for more than 15 s");
            match chunk {
                Ok(Some(bytes)) => self.buffer.push_str(&String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n")),
                Ok(None) | Err(_) => return None,
            }
        }
    }
    /// The next event of this name; others are passed over.
    pub(crate) async fn until(&mut self, name: &str) -> Event {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the stream ended before `{name}`"));
            if event.event == name {
                return event;
            }
        }
    }
}

fn parse(block: &str) -> Option<Event> {
    let mut event = Event { event: "message".into(), id: None, retry: None, data: String::new() };
    let mut any = false;
    for line in block.lines().filter(|l| !l.is_empty() && !l.starts_with(':')) {
        let (field, value) = line.split_once(':').map_or((line, ""), |(f, v)| (f, v.strip_prefix(' ').unwrap_or(v)));
        any = true;
        match field {
            "event" => event.event = value.to_owned(),
            "id" => event.id = Some(value.to_owned()),
            "retry" => event.retry = value.parse().ok(),
            "data" => {
                if !event.data.is_empty() {
                    event.data.push('\n');
                }
                event.data.push_str(value);
            }
            _ => {}
        }
    }
    any.then_some(event)
}
