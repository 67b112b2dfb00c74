//! The transport over HTTP against answers written by hand: what a real network says, byte for byte.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::{
    file::{FileName, FilePolicy, MediaType, Sha256},
    wire::Login,
};
use futures_util::StreamExt;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::{sync::Arc, time::Duration};
use sync::{Announce, Ask, BadAddress, Distrust, Event, Fault, FileAsk, Http, Transport};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// Answers one connection with these bytes and closes it. Gives the request that came.
async fn answers(bytes: impl Into<Vec<u8>>) -> (Http, JoinHandle<String>) {
    let bytes = bytes.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let http = Http::new(&listener.local_addr().unwrap().to_string()).unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !ends(&request) {
            let mut part = [0; 4096];
            let n = stream.read(&mut part).await.unwrap();
            assert!(n > 0, "a request ends");
            request.extend_from_slice(&part[..n]);
        }
        stream.write_all(&bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (http, served)
}

/// Whether a request is here to its end.
fn ends(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn answer(status: &str, kind: &str, more: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{more}\r\n{body}", body.len())
}
fn login() -> Login {
    Login { email: "a@x.id".into(), password: "kata-sandi-panjang".into(), device: None, code: None }
}
async fn work(answer: String) -> Result<Vec<u8>, Fault> {
    let (http, _served) = answers(answer).await;
    let mut pages = http.feed("token", &Ask::Work).await?;
    let mut all = Vec::new();
    while let Some(bytes) = pages.chunks.next().await {
        all.extend_from_slice(&bytes?);
    }
    Ok(all)
}

#[tokio::test]
async fn a_login_page_is_none_of_ours_whatever_it_answers() {
    let page = "<html>Selamat datang di Wi-Fi hotel</html>";
    assert_eq!(work(answer("200 OK", "text/html; charset=utf-8", "", page)).await, Err(Fault::Captive));
    assert_eq!(work(answer("302 Found", "text/html", "location: http://10.0.0.1/login\r\n", "")).await, Err(Fault::Captive));
    assert_eq!(work(answer("511 Network Authentication Required", "text/html", "", page)).await, Err(Fault::Captive));
    for status in ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"] {
        let said = work(answer(status, "text/html", "", page)).await;
        assert_eq!(said, Err(Fault::NotMeja), "{status} without our code says nothing of tokens and cursors");
    }
    assert_eq!(work(answer("200 OK", "application/json", "", "{}")).await, Err(Fault::NotMeja));
    let (http, _served) = answers(answer("200 OK", "application/json", "", "{\"ok\":true}")).await;
    assert_eq!(http.login(&login()).await, Err(Fault::NotMeja), "JSON that is not ours");
}

#[tokio::test]
async fn problems_are_read_with_their_code_and_when_to_come_back() {
    let body = r#"{"type":"about:blank","title":"x","status":429,"code":"too_many_requests","detail":"Terlalu banyak","request_id":"r"}"#;
    let said = work(answer("429 Too Many Requests", "application/problem+json", "retry-after: 7\r\n", body)).await.unwrap_err();
    assert_eq!((said.status(), said.code(), said.retry_after()), (Some(429), Some("too_many_requests"), Some(Duration::from_secs(7))));
    let dates = "date: Sat, 21 Nov 2026 10:00:00 GMT\r\nretry-after: Sat, 21 Nov 2026 10:00:30 GMT\r\n";
    let said = work(answer("503 Service Unavailable", "text/html", dates, "<html>nginx</html>")).await.unwrap_err();
    assert_eq!((said.status(), said.code(), said.retry_after()), (Some(503), Some(""), Some(Duration::from_secs(30))));
    let body = r#"{"code":"device_ended","status":401}"#;
    let said = work(answer("401 Unauthorized", "application/problem+json", "", body)).await.unwrap_err();
    assert_eq!((said.status(), said.code(), said.did_not_leave()), (Some(401), Some("device_ended"), false));
}

/// Whoever answers must not fill this computer's memory: what has no end within its limit is given up, right as it may be.
#[tokio::test]
async fn an_answer_that_is_too_long_is_none_of_ours() {
    let padding = " ".repeat(17 << 20);
    let (http, served) = answers(answer("200 OK", "application/json", "", &format!("{{\"outcomes\":[]{padding}}}"))).await;
    assert_eq!(http.commands("token", "{}".to_owned()).await.map(drop), Err(Fault::NotMeja));
    served.abort();
    let (http, served) =
        answers(answer("429 Too Many Requests", "application/problem+json", "", &format!("{{\"code\":\"x\"{padding}}}"))).await;
    assert_eq!(http.feed("token", &Ask::Work).await.map(drop), Err(Fault::NotMeja));
    served.abort();
    let (http, _served) = answers(answer("200 OK", "application/json", "", &format!("{{\"outcomes\":[]{}}}", " ".repeat(15 << 20)))).await;
    assert!(http.commands("token", "{}".to_owned()).await.unwrap().outcomes.is_empty(), "and a long one that has its end is");
}

#[tokio::test]
async fn a_page_says_the_servers_time_and_where_it_was_cut_off() {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ndate: Sat, 21 Nov 2026 10:00:00 GMT\r\ncontent-length: 500\r\n\r\n";
    let (http, served) = answers(format!("{head}{{\"mark\":{{\"cursor\":\"c\"}}}}\n")).await;
    let mut pages = http.feed("token", &Ask::Down { before: "c.9".into(), limit: 10 }).await.unwrap();
    assert_eq!(pages.date.unwrap().to_string(), "2026-11-21T10:00:00.000Z");
    assert_eq!(pages.chunks.next().await.unwrap().unwrap(), "{\"mark\":{\"cursor\":\"c\"}}\n");
    assert_eq!(pages.chunks.next().await.unwrap(), Err(Fault::Cut));
    let request = served.await.unwrap();
    assert!(request.starts_with("GET /v1/feed?before=c.9&limit=10 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer token\r\n") && !request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn a_stream_is_read_event_by_event() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
    let (http, served) = answers(format!("{head}event: at\nid: c1\ndata: {{\"seq\":1}}\n\nevent: bye\nretry: 300\ndata: {{}}\n\n")).await;
    let events: Vec<_> = http.live("token", "c0").await.unwrap().events.collect().await;
    assert_eq!(events[0], Ok(Event::At { cursor: "c1".into(), seq: 1 }));
    assert_eq!(events[1], Ok(Event::Bye { retry: Some(Duration::from_millis(300)) }));
    assert!(served.await.unwrap().starts_with("GET /v1/feed/live?after=c0 HTTP/1.1\r\n"));
}

#[tokio::test]
async fn commands_are_sent_as_they_were_frozen() {
    let (http, served) = answers(answer("200 OK", "application/json", "", r#"{"outcomes":[]}"#)).await;
    let body = r#"{"commands":[{"name":"x" ,  "id":"y"}]}"#;
    assert!(http.commands("token", body.to_owned()).await.unwrap().outcomes.is_empty());
    assert!(served.await.unwrap().ends_with(body), "byte for byte");
}

#[tokio::test]
async fn what_did_not_leave_is_told_from_what_may_have() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = Http::new(&listener.local_addr().unwrap().to_string()).unwrap();
    drop(listener);
    let fault = nobody.login(&login()).await.unwrap_err();
    assert_eq!((&fault, fault.did_not_leave()), (&Fault::Unreachable, true));
    let (http, _served) = answers(Vec::new()).await;
    let fault = http.login(&login()).await.unwrap_err();
    assert_eq!((&fault, fault.did_not_leave()), (&Fault::Cut, false), "it was read before the connection broke");
}

#[tokio::test]
async fn a_meja_server_is_known_by_giving_back_what_it_was_asked_with() {
    let ready = |mark: &str| answer("200 OK", "application/json", &format!("x-request-id: {mark}\r\n"), r#"{"status":"ok"}"#);
    let (http, served) = answers(ready("meja-check")).await;
    assert!(http.check().await.unwrap().ready);
    assert!(served.await.unwrap().starts_with("GET /readyz "));
    let (http, _served) = answers(ready("other")).await;
    assert_eq!(http.check().await, Err(Fault::NotMeja));
    let away = answer("503 Service Unavailable", "application/problem+json", "x-request-id: meja-check\r\n", r#"{"code":"unavailable"}"#);
    let (http, _served) = answers(away).await;
    assert!(!http.check().await.unwrap().ready);
    let (http, _served) = answers(answer("200 OK", "text/html", "", "<html>")).await;
    assert_eq!(http.check().await, Err(Fault::Captive));
    assert_eq!(Http::new("http://meja.example.id").unwrap_err(), BadAddress::PlainHttp);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_a_wrong_certificate() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { drop(listener.accept().await) });
    let http = Http::new(&format!("https://{address}")).unwrap();
    assert_eq!(http.check().await, Err(Fault::Unreachable), "the connection broke in the handshake");
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_told_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    let mut openssl = std::process::Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=localhost"]);
    openssl.args(["-addext", "subjectAltName=IP:127.0.0.1", "-keyout"]).arg(&key).arg("-out").arg(&certificate);
    assert!(openssl.output().unwrap().status.success());
    let chain = vec![CertificateDer::from_pem_file(&certificate).unwrap()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(chain, PrivateKeyDer::from_pem_file(&key).unwrap()).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move { acceptor.accept(listener.accept().await.unwrap().0).await.is_err() });
    let http = Http::new(&format!("https://{address}")).unwrap();
    assert_eq!(http.login(&login()).await, Err(Fault::Tls(Distrust::Issuer)));
    assert!(served.await.unwrap(), "no request left");
}

fn announced() -> Announce {
    let (name, media_type) = (FileName::new("logo.png").unwrap(), MediaType::Png);
    Announce { sha256: Sha256::of(b"abc"), policy: FilePolicy::Design, name, media_type, size: 3 }
}

#[tokio::test]
async fn an_upload_speaks_tus_and_stays_on_its_server() {
    let head = "tus-resumable: 1.0.0\r\nlocation: https://elsewhere.example/v1/uploads/019abf6b-9d3c\r\nupload-offset: 0\r\n";
    let (http, served) = answers(format!("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n{head}\r\n")).await;
    let begun = http.begin_upload("token", &announced()).await.unwrap();
    assert_eq!((begun.upload.as_str(), begun.offset), ("019abf6b-9d3c", 0), "only its name counts");
    let request = served.await.unwrap();
    assert!(request.starts_with("POST /v1/uploads HTTP/1.1\r\n"), "{request}");
    for said in
        ["authorization: Bearer token", "tus-resumable: 1.0.0", "upload-length: 3", "upload-metadata: filename bG9nby5wbmc=,filetype "]
    {
        assert!(request.contains(said), "{said} in {request}");
    }
    let (http, served) = answers("HTTP/1.1 204 No Content\r\ntus-resumable: 1.0.0\r\nupload-offset: 3\r\n\r\n").await;
    assert_eq!(http.send_bytes("token", &begun.upload, 1, "bc".into()).await, Ok(3));
    let request = served.await.unwrap();
    assert!(request.starts_with("PATCH /v1/uploads/019abf6b-9d3c HTTP/1.1\r\n") && request.ends_with("\r\n\r\nbc"), "{request}");
    let sum = "upload-checksum: sha256 Hgu9bGhroFC46wP/7txk/cnYCUf86CGrvl1tyNJSxaw=";
    for said in ["upload-offset: 1", "content-type: application/offset+octet-stream", "content-length: 2", sum] {
        assert!(request.contains(said), "{said} in {request}");
    }
    let (http, _served) = answers("HTTP/1.1 201 Created\r\ncontent-length: 0\r\nlocation: /elsewhere\r\n\r\n").await;
    assert_eq!(http.begin_upload("token", &announced()).await, Err(Fault::NotMeja));
}

/// The answer to `HEAD` has no body: its status says it all, where it is the server's own.
#[tokio::test]
async fn how_far_an_upload_is_is_read_from_the_head_alone() {
    let look = async |status: &str, more: &str| {
        let (http, served) = answers(format!("HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\n{more}\r\n")).await;
        let said = http.upload_offset("token", "u-1").await;
        assert!(served.await.unwrap().starts_with("HEAD /v1/uploads/u-1 HTTP/1.1\r\n"));
        said.map_err(|fault| (fault.status(), fault.code().map(str::to_owned)))
    };
    let ours = "tus-resumable: 1.0.0\r\n";
    assert_eq!(look("200 OK", "tus-resumable: 1.0.0\r\nupload-offset: 262144\r\n").await, Ok(262_144));
    let cases = [
        ("404 Not Found", (Some(404), Some("not_found"))),
        ("410 Gone", (Some(410), Some("upload_expired"))),
        ("422 Unprocessable Content", (Some(410), Some("upload_lost"))),
        ("401 Unauthorized", (Some(401), Some("token_expired"))),
        ("503 Service Unavailable", (Some(503), Some(""))),
    ];
    for (status, (code, name)) in cases {
        assert_eq!(look(status, ours).await, Err((code, name.map(str::to_owned))), "{status}");
    }
    assert_eq!(look("404 Not Found", "").await, Err((None, None)), "somebody else's word says nothing of our uploads");
}

#[tokio::test]
async fn a_part_of_a_file_is_asked_by_its_range_and_is_no_whole_one() {
    let (sha256, etag) = (Sha256::of(b"berkas"), "etag: \"x\"\r\n");
    let (http, served) = answers(answer("206 Partial Content", "image/png", etag, "rka")).await;
    assert_eq!(http.file("token", &FileAsk::Part(sha256, 2, 5)).await, Ok(b"rka".to_vec()));
    let request = served.await.unwrap().to_lowercase();
    assert!(request.starts_with(&format!("get /v1/files/{sha256} ")) && request.contains("\r\nrange: bytes=2-4\r\n"), "{request}");
    for (ask, status) in [(FileAsk::Part(sha256, 2, 5), "200 OK"), (FileAsk::Whole(sha256), "206 Partial Content")] {
        let (http, _served) = answers(answer(status, "image/png", etag, "rka")).await;
        assert!(http.file("token", &ask).await.is_err(), "{status} is no answer to {ask:?}");
    }
}
