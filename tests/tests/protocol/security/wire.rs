//! Below HTTP: requests whose end is disputed, heads that are none, and connections that only wait.

use e2e::server::Server;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::timeout,
};

use super::Cast;
use crate::client::Peer;

async fn connect(base: &str) -> TcpStream {
    TcpStream::connect(base.trim_start_matches("http://")).await.unwrap()
}

/// Everything that is answered to these bytes, up to the end of the connection or to a silence.
async fn answered(base: &str, bytes: &[u8]) -> (String, bool) {
    let mut stream = connect(base).await;
    // Who is cut off while writing has been answered.
    let _ = stream.write_all(bytes).await;
    let (mut all, mut part) = (Vec::new(), [0; 4_096]);
    loop {
        match timeout(Duration::from_secs(3), stream.read(&mut part)).await {
            Ok(Ok(n)) if n > 0 => all.extend_from_slice(&part[..n]),
            Ok(_) => return (String::from_utf8_lossy(&all).into_owned(), true),
            Err(_) => return (String::from_utf8_lossy(&all).into_owned(), false),
        }
    }
}

/// What is answered to each of these, all at once.
async fn all_answered(server: &Server, cases: impl IntoIterator<Item = String>) -> Vec<(String, String, bool)> {
    let mut running = JoinSet::new();
    for bytes in cases {
        let base = server.base.clone();
        running.spawn(async move {
            let (text, ended) = answered(&base, bytes.as_bytes()).await;
            (bytes, text, ended)
        });
    }
    running.join_all().await
}

fn statuses(text: &str) -> Vec<&str> {
    text.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect()
}

/// The head of a POST with these lines, a body, and behind it a request that must never be taken for one.
fn smuggled(lines: &str, body: &str) -> String {
    format!(
        "POST /v1/auth/forgot HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{lines}\r\n\r\n{body}GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
    )
}

#[tokio::test]
async fn a_request_whose_end_is_disputed_is_the_last_of_its_connection() {
    let server = Server::start().await;
    let disputed = [
        "content-length: 6\r\ntransfer-encoding: chunked",
        "transfer-encoding: chunked\r\ncontent-length: 6",
        "content-length: 6\r\ncontent-length: 0",
        "content-length: 0, 6",
        "content-length: +5",
        "content-length: -1",
        "content-length: 0x5",
        "content-length: 5 5",
        "content-length: 99999999999999999999999",
        "content-length : 5",
        "transfer-encoding: xchunked",
        "transfer-encoding: chunked, identity",
        "transfer-encoding: identity",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity",
        "transfer-encoding:\u{b}chunked",
        "transfer-encoding : chunked",
        "x: y\r\n transfer-encoding: chunked",
        "transfer-encoding: chunked\r\nx\u{0}: y",
        "x: y\rtransfer-encoding: chunked",
    ];
    for (lines, text, ended) in all_answered(&server, disputed.map(|lines| smuggled(lines, "0\r\n\r\n"))).await {
        let said = statuses(&text);
        assert!(ended && said.len() <= 1, "{lines:?}: {said:?}, the connection {}", if ended { "ended" } else { "went on" });
        assert!(said.iter().all(|status| status.starts_with('4')), "{lines:?}: {said:?}");
    }
    let chunks =
        ["ffffffffffffffffff\r\nx\r\n0\r\n\r\n", "-1\r\nx\r\n0\r\n\r\n", "1\nx\n0\n\n", "1\r\nxx0\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n"];
    for (chunk, text, _) in all_answered(&server, chunks.map(|chunk| smuggled("transfer-encoding: chunked", chunk))).await {
        let said = statuses(&text);
        assert!(said.len() <= 1 && said.iter().all(|status| status.starts_with('4')), "{chunk:?}: {said:?}");
    }
    Peer::stranger(&server).get("/healthz").await.expect(200);
}

#[tokio::test]
async fn requests_that_follow_each_other_are_answered_each() {
    let server = Server::start().await;
    let chunked = smuggled("transfer-encoding: chunked\r\nconnection: keep-alive", "2\r\n{}\r\n0\r\n\r\n");
    let (text, _) = answered(&server.base, chunked.as_bytes()).await;
    assert_eq!(statuses(&text), ["400", "200"], "an honest end is no end of the connection: {text}");
}

#[tokio::test]
async fn what_is_no_request_is_answered_with_its_end() {
    let server = Server::start().await;
    let long = "x".repeat(100 << 10);
    let many = "x: y\r\n".repeat(5_000);
    let strange = [
        "\u{0}\u{1}\u{2}\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nhost: a\r\nx: \u{0}\r\n\r\n".to_owned(),
        "GET /%00%0d%0aset-cookie:%20a=b HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
        "GET /v1/me\r\nset-cookie: a=b HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nhost: x\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nx-request-id: {long}\r\n\r\n"),
        "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
        "GET http://127.0.0.1/v1/me HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
        "CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u{0}\u{0}\u{0}\u{7f}".to_owned(),
    ];
    for (bytes, text, _) in all_answered(&server, strange).await {
        let shown: String = bytes.chars().take(60).collect();
        assert!(statuses(&text).iter().all(|status| status.starts_with('4')), "{shown:?}: {text}");
        let injected = text.to_lowercase().lines().any(|line| line.starts_with("set-cookie"));
        assert!(!injected, "{shown:?} wrote a header: {text}");
    }
    Peer::stranger(&server).get("/healthz").await.expect(200);
}

#[tokio::test]
async fn what_a_request_says_of_itself_stands_in_no_mail_and_no_header() {
    let cast = Cast::new().await;
    let body = r#"{"email":"admin@x.id"}"#;
    let request = format!(
        "POST /v1/auth/forgot HTTP/1.1\r\nhost: jahat.example\r\nx-forwarded-host: jahat.example\r\norigin: https://jahat.example\r\n\
         accept-language: en\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (text, _) = answered(&cast.server.base, request.as_bytes()).await;
    assert_eq!(statuses(&text), ["202"]);
    assert!(!text.contains("jahat") && !text.to_lowercase().contains("access-control-allow"), "{text}");
    cast.server.mailed_token("admin@x.id").await;
    let mails =
        std::fs::read_dir(cast.server.folder().join("mail")).unwrap().map(|mail| std::fs::read_to_string(mail.unwrap().path()).unwrap());
    assert!(mails.into_iter().all(|mail| !mail.contains("jahat")), "a mail leads where its asker wants");
}

#[tokio::test]
async fn connections_that_only_wait_take_nothing_from_others() {
    let cast = Cast::new().await;
    let mut slow = Vec::new();
    for n in 0..400 {
        let mut stream = connect(&cast.server.base).await;
        let begun: &[u8] = match n % 4 {
            0 => b"",
            1 => b"GET /v1/me HTTP/1.1\r\nhost: x\r\nx-slow: a",
            2 => b"POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{",
            _ => b"POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{",
        };
        stream.write_all(begun).await.unwrap();
        slow.push(stream);
    }
    let others = async {
        for _ in 0..20 {
            cast.made.get("/api/consultations").await.expect(200);
            cast.admin.page("/v1/feed/work").await;
        }
    };
    timeout(Duration::from_secs(60), others).await.expect("four hundred who wait do not stop anybody");
    drop(slow);
    cast.is_untouched().await;
}
