//! Every route of the server's description × everybody's token × ids of others, of nobody and of no form.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Cast, bare, forge, tells_nothing};
use crate::client::{Answer, Peer, id, send};

/// A route, as the server describes it.
struct Route {
    method: Method,
    path: String,
    guarded: bool,
    /// Whether it is for one side alone, the staff or clients.
    one_sided: bool,
    parameters: Vec<Value>,
    body: Option<Value>,
    takes_bytes: bool,
}

fn routes(document: &Value) -> Vec<Route> {
    let mut all = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            all.push(Route {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                guarded: operation.get("security").is_some(),
                one_sided: operation.pointer("/responses/403").is_some(),
                parameters: operation["parameters"].as_array().cloned().unwrap_or_default(),
                body: operation.pointer("/requestBody/content/application~1json/schema").cloned(),
                takes_bytes: operation.pointer("/requestBody/content/application~1offset+octet-stream").is_some(),
            });
        }
    }
    // What ends a session comes last.
    all.sort_by_key(|route| route.path.ends_with("logout"));
    all
}

impl Route {
    /// Asks it with everything it takes, with this text wherever an id stands.
    async fn ask(&self, peer: &Peer, document: &Value, kind: &str, at: &str) -> Answer {
        let mut path = Cast::at(&self.path, at);
        let mut query = Vec::new();
        for parameter in &self.parameters {
            let name = parameter["name"].as_str().unwrap();
            match (parameter["in"].as_str().unwrap(), name) {
                // Nobody is to wait for an answer that is held.
                ("query", "wait") => query.push("wait=0".to_owned()),
                ("query", "record") => query.push(format!("record={kind}/{at}")),
                ("query", "after" | "before") => {}
                ("query", _) => query.push(format!("{name}=1")),
                _ => {}
            }
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let mut request = peer.request(self.method.clone(), &path);
        if self.parameters.iter().any(|p| p["name"] == "Idempotency-Key") {
            request = request.header("Idempotency-Key", id());
        }
        for (name, value) in [("tus-resumable", "1.0.0"), ("upload-offset", "0")] {
            if self.parameters.iter().any(|p| p["name"] == name) {
                request = request.header(name, value);
            }
        }
        if self.takes_bytes {
            request = request.header("Content-Type", "application/offset+octet-stream").body("x");
        }
        if let Some(schema) = &self.body {
            request = request.json(&forge::value(schema, document, forge::Target { kind, id: at }, 0));
        }
        if self.path.ends_with("/live") || self.path.ends_with("/events") {
            return begun(request).await;
        }
        send(request).await
    }
    /// The code of an answer; where none can have a body, the one that is expected.
    fn code(&self, answer: &Answer, expected: &str) -> String {
        if self.method == Method::HEAD { expected.to_owned() } else { answer.code() }
    }
    /// What an answer tells, but for what is another one each time.
    fn told(&self, answer: &Answer) -> Value {
        if self.method == Method::HEAD { Value::Null } else { bare(&answer.json()) }
    }
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The head of an answer that may never end; the whole of one that is a problem.
async fn begun(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().iter().map(|(k, v)| (k.to_string(), v.to_str().unwrap_or_default().to_owned())).collect();
    let text = if status == 200 { String::new() } else { response.text().await.unwrap() };
    assert!(status < 500, "a server fault: {status} {text}");
    Answer { status, headers, text }
}

async fn description(cast: &Cast) -> Value {
    Peer::stranger(&cast.server).get("/openapi.json").await.expect(200).json()
}

#[tokio::test]
async fn every_guarded_route_asks_who_one_is_before_anything_else() {
    let cast = Cast::new().await;
    let document = description(&cast).await;
    let all = routes(&document);
    assert!(all.iter().filter(|route| route.guarded).count() > 15, "the description lists the routes");
    let mut liar = Peer::stranger(&cast.server);
    liar.access = Some("mja_0000000000000000000000000000000000000000000".into());
    for route in all.iter().filter(|route| route.guarded) {
        for (peer, code) in [(&Peer::stranger(&cast.server), "token_unknown"), (&liar, "token_unknown")] {
            for at in [cast.row("consultation"), "x"] {
                let answer = route.ask(peer, &document, "consultation", at).await;
                assert_eq!((answer.status, route.code(&answer, code).as_str()), (401, code), "{}", route.name());
            }
        }
        let (strangers, code): (&[&Peer], &str) = match route.path.starts_with("/v1/") {
            true => (&[&cast.rani, &cast.made], "not_staff"),
            false => (&[&cast.admin, &cast.cs, &cast.expert], "not_client"),
        };
        let both = ["/v1/uploads", "/v1/files"].iter().any(|all| route.path.starts_with(all));
        assert_eq!(route.one_sided, !both, "{} is for both sides, and nothing else is", route.name());
        for peer in strangers.iter().filter(|_| route.one_sided) {
            let answer = route.ask(peer, &document, "consultation", cast.row("consultation")).await;
            assert_eq!((answer.status, route.code(&answer, code).as_str()), (403, code), "{}", route.name());
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn rows_of_others_answer_like_rows_that_are_not_there() {
    let cast = Cast::new().await;
    let document = description(&cast).await;
    for route in routes(&document).iter().filter(|route| route.guarded && !route.path.ends_with("logout")) {
        let peers: &[&Peer] = if route.path.starts_with("/v1/") { &[&cast.expert] } else { &[&cast.made] };
        for peer in peers {
            for (kind, row) in &cast.rows {
                let theirs = route.ask(peer, &document, kind, row).await;
                tells_nothing(&route.name(), &theirs.text);
                if route.path.contains("{id}") {
                    let nobodys = route.ask(peer, &document, kind, &id()).await;
                    assert!((400..500).contains(&theirs.status), "{} reached a {kind} of another: {}", route.name(), theirs.text);
                    assert_eq!((theirs.status, route.told(&theirs)), (nobodys.status, route.told(&nobodys)), "{}", route.name());
                }
            }
            for wild in ["x", "0", "..", "%2e%2e%2f", "%00", "'%20OR%201=1--", &"9".repeat(4_000)] {
                // Two dots in the middle of a path are taken out by whoever asks: that would be another route.
                if wild == ".." && !route.path.ends_with("{id}") {
                    continue;
                }
                let answer = route.ask(peer, &document, wild, wild).await;
                tells_nothing(&route.name(), &answer.text);
                assert!(answer.status < 500 && (!route.path.contains("{id}") || answer.status >= 400), "{} with {wild}", route.name());
            }
        }
    }
    cast.is_untouched().await;
}

#[tokio::test]
async fn only_the_described_methods_exist() {
    let cast = Cast::new().await;
    let document = description(&cast).await;
    for (path, operations) in document["paths"].as_object().unwrap() {
        let path = Cast::at(path, cast.row("consultation"));
        for method in ["PUT", "PATCH", "DELETE", "POST", "TRACE", "CONNECT", "PROPFIND", "JEFF"] {
            if operations.get(method.to_lowercase()).is_some() || method == "CONNECT" {
                continue;
            }
            let answer = send(cast.admin.request(method.parse().unwrap(), &path)).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            tells_nothing(&path, &answer.text);
        }
    }
}

#[tokio::test]
async fn what_an_account_is_there_for_nobody_learns_by_asking() {
    let cast = Cast::new().await;
    let stranger = Peer::stranger(&cast.server);
    let device = json!({"name": "Laptop", "platform": "linux"});
    for path in ["/v1/auth/login", "/api/auth/login"] {
        let mut said = Vec::new();
        for email in ["admin@x.id", "rani@x.id", "nobody@x.id", "not an address", "admin@x.id\u{0}", "' OR 1=1 --"] {
            let body = json!({"email": email, "password": "bukan-kata-sandi-7", "device": device});
            let answer = stranger.post(path, body).await.expect(401);
            said.push((bare(&answer.json()), answer.headers.keys().cloned().collect::<Vec<_>>()));
        }
        assert!(said.windows(2).all(|two| two[0] == two[1]), "{path}: {said:#?}");
    }
    for path in ["/v1/auth/forgot", "/api/auth/forgot"] {
        for email in ["admin@x.id", "rani@x.id", "nobody@x.id"] {
            assert_eq!(stranger.post(path, json!({"email": email})).await.expect(202).text, "");
        }
    }
    let register = |email: &str| json!({"email": email, "password": "kata-sandi-lain-8", "name": "Rani Kusuma", "phone": "0812-3456-7890"});
    let mut limited = false;
    for _ in 0..30 {
        let answer = stranger.post("/api/auth/register", register("rani@x.id")).await;
        limited = answer.status == 429;
        if limited {
            break;
        }
        assert_eq!(answer.expect(409).code(), "email_taken");
    }
    assert!(limited, "thirty addresses that are taken, from one place");
}
