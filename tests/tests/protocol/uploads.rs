//! Files, through a client of tus that nobody here wrote, and by hand.

use e2e::{
    bucket,
    folder::TempFolder,
    npm_package,
    proxy::{Proxy, Weather},
    server::{Database, Server},
};
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{path::PathBuf, process::Stdio, time::Duration};
use tokio::process::Command;

use crate::client::{Answer, Peer, send};

/// A document of so many bytes.
pub(crate) fn document(size: usize) -> Vec<u8> {
    let (head, end) = (&b"%PDF-1.7\n"[..], &b"\n%%EOF\n"[..]);
    let body: Vec<u8> = (0..size - head.len() - end.len()).map(|n| b'a' + u8::try_from(n % 23).unwrap()).collect();
    [head, &body, end].concat()
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Has the stock client upload a file, and says line by line what it did.
async fn stock_client(endpoint: String, peer: &Peer, file: PathBuf, sha256: String) -> Vec<Value> {
    let script = e2e::root().join("tests/tests/protocol/tus.cjs");
    let client = npm_package("tus-js-client");
    assert!(client.exists(), "{} is not there: run cargo xtask npm", client.display());
    let mut node = Command::new("node");
    node.arg(script).arg(client).arg(endpoint).arg(peer.access.as_deref().unwrap()).arg(file).arg(sha256);
    let ran = node.stdin(Stdio::null()).kill_on_drop(true).output();
    let output = tokio::time::timeout(Duration::from_secs(120), ran).await.expect("the client ends").expect("node runs");
    let lines: Vec<Value> = String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(output.status.success(), "{lines:?} {}", String::from_utf8_lossy(&output.stderr));
    lines
}

#[tokio::test]
async fn a_stock_client_is_cut_off_and_goes_on_where_it_was() {
    const SIZE: usize = 6_000_000;
    let server = Server::start().await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let (folder, bytes) = (TempFolder::new("upload"), document(SIZE));
    let (file, sha256) = (folder.path().join("desain.pdf"), hash(&bytes));
    std::fs::write(&file, &bytes).unwrap();
    let weather = Weather { bytes_per_s: Some(2_000_000), ..Weather::FINE };
    let proxy = Proxy::start(std::slice::from_ref(&server.base), weather).await;
    let uploading = stock_client(format!("{}/v1/uploads", proxy.base), &cs, file, sha256.clone());
    let cutting = async {
        proxy.carried(2_500_000).await;
        proxy.cut();
    };
    let (said, ()) = tokio::join!(uploading, cutting);
    let number = |line: &Value, name: &str| line[name].as_str().map_or(0, |text| text.parse::<usize>().unwrap());
    let looked = said.iter().find(|line| line["method"] == "HEAD").unwrap_or_else(|| panic!("nobody looked: {said:?}"));
    let kept = number(looked, "offset");
    assert!((1_000_000..=SIZE / 2).contains(&kept), "what had arrived was kept: {said:?}");
    let went_on = said.iter().find(|line| line["method"] == "PATCH" && line["status"] == 204).unwrap();
    assert_eq!((number(went_on, "from"), number(went_on, "offset")), (kept, SIZE), "{said:?}");
    assert!(said.last().unwrap()["done"].is_string(), "{said:?}");
    let read = cs.get(&format!("/v1/files/{sha256}")).await.expect(200);
    assert_eq!((read.text.as_bytes() == bytes, read.headers["content-type"].as_str()), (true, "application/pdf"));
}

pub(crate) fn asks(peer: &Peer, method: Method, path: &str) -> reqwest::RequestBuilder {
    peer.request(method, path).header("Tus-Resumable", "1.0.0")
}

pub(crate) async fn begin(peer: &Peer, name: &str, bytes: &[u8], policy: &str) -> Answer {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let pairs = [("filename", name.to_owned()), ("sha256", hash(bytes)), ("policy", policy.to_owned())];
    let metadata = pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",");
    send(asks(peer, Method::POST, "/v1/uploads").header("Upload-Length", bytes.len()).header("Upload-Metadata", metadata)).await
}

pub(crate) async fn patch(peer: &Peer, at: &str, offset: usize, bytes: &[u8]) -> Answer {
    let request = asks(peer, Method::PATCH, at).header("Content-Type", "application/offset+octet-stream").header("Upload-Offset", offset);
    send(request.body(bytes.to_vec())).await
}

/// Puts a whole file on the server, for a design; by what it is known.
pub(crate) async fn put(peer: &Peer, name: &str, bytes: &[u8]) -> String {
    let begun = begin(peer, name, bytes, "design").await.expect(201);
    let at: usize = begun.headers.get("upload-offset").map_or(0, |offset| offset.parse().unwrap());
    let _ = patch(peer, &begun.headers["location"], at, &bytes[at..]).await.expect(204);
    hash(bytes)
}

/// 10,485,760 bytes pass, and not one more, however they are sent (R-077, C-34).
#[tokio::test]
async fn exactly_ten_megabytes_are_taken_and_not_one_byte_more() {
    const MOST: usize = 10_485_760;
    let server = Server::start().await;
    let cs = Peer::staff(&server, "cs", "b@x.id").await;
    let (whole, more) = (document(MOST), document(MOST + 1));
    assert_eq!(
        begin(&cs, "lebih.pdf", &more, "design").await.expect(413).code(),
        "too_large",
        "who says so hears it before a byte is sent"
    );
    let at = begin(&cs, "batas.pdf", &whole, "design").await.expect(201).headers["location"].clone();
    assert_eq!(patch(&cs, &at, 0, &more).await.expect(413).code(), "too_large", "who sends one more than was said");
    let stands = send(asks(&cs, Method::HEAD, &at)).await.expect(200);
    assert_eq!(stands.headers["upload-offset"], "0", "nothing of it counts");
    assert_eq!(patch(&cs, &at, 0, &whole[..MOST - 1]).await.expect(204).headers["upload-offset"], "10485759");
    assert_eq!(patch(&cs, &at, MOST - 1, &more[MOST - 1..]).await.expect(413).code(), "too_large", "nor at the end");
    assert_eq!(patch(&cs, &at, MOST - 1, &whole[MOST - 1..]).await.expect(204).headers["upload-offset"], "10485760");
    let read = cs.get(&format!("/v1/files/{}", hash(&whole))).await.expect(200);
    assert!(read.text.as_bytes() == whole, "the file is what was sent");
    assert_eq!(cs.get(&format!("/v1/files/{}", hash(&more))).await.status, 404);
}

/// What one instance has begun another one finishes: they share database and files.
#[tokio::test]
async fn any_instance_goes_on_with_an_upload() {
    let (shared, bucket) = (TempFolder::new("files"), bucket::chosen());
    let files = ["--files", bucket.as_deref().unwrap_or_else(|| shared.path().to_str().unwrap())];
    let database = Database::chosen();
    let mut one = Server::start_with(database.clone(), &files).await;
    // SQLite has one process; there the same server comes back instead.
    let two = match &database {
        Database::Postgres(_) => Some(Server::start_with(database.clone(), &files).await),
        Database::Sqlite => None,
    };
    let (cs, bytes) = (Peer::staff(&one, "cs", "b@x.id").await, document(3_000_000));
    let at = begin(&cs, "a.pdf", &bytes, "design").await.expect(201).headers["location"].clone();
    assert_eq!(patch(&cs, &at, 0, &bytes[..1_700_000]).await.expect(204).headers["upload-offset"], "1700000");
    let other = match &two {
        Some(two) => Peer::login(two, "b@x.id").await,
        None => {
            one.kill();
            one.restart().await;
            cs.clone()
        }
    };
    let stands = send(asks(&other, Method::HEAD, &at)).await.expect(200);
    assert_eq!(stands.headers["upload-offset"], "1700000");
    let _ = patch(&other, &at, 1_700_000, &bytes[1_700_000..]).await.expect(204);
    let path = format!("/v1/files/{}", hash(&bytes));
    assert_eq!(cs.get(&path).await.expect(200).text.as_bytes(), bytes);
    if bucket.is_none() {
        let lies: Vec<_> = std::fs::read_dir(shared.path().join("blobs")).unwrap().collect();
        assert_eq!(lies.len(), 1, "they lie where --files says");
    }
    assert!(!one.folder().join("files").exists());
}
