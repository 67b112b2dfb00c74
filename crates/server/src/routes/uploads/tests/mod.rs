//! Files as they arrive, through HTTP.

mod kept;
mod life;
mod preview;
mod refused;

use axum::{
    body::{Body, Bytes},
    http::{Method, request::Builder},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::file::Sha256;
use futures_util::stream;

use super::{PATH, tus};
use crate::testing::{Answer, Peer, TestApp};

/// A file as somebody has it.
#[derive(Clone)]
struct File {
    name: &'static str,
    bytes: Bytes,
    policy: &'static str,
}

impl File {
    fn new(name: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self { name, bytes: bytes.into(), policy: "design" }
    }
    /// A document of so many bytes.
    fn pdf(size: usize) -> Self {
        Self::new("Brief – café.pdf", inspect::testing::pdf(size))
    }
    fn sha256(&self) -> Sha256 {
        Sha256::of(&self.bytes)
    }
    fn path(&self) -> String {
        format!("/v1/files/{}", self.sha256())
    }
    fn metadata(&self, sha256: &str) -> String {
        let pairs = [("filename", self.name), ("sha256", sha256), ("policy", self.policy)];
        pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",")
    }
}

fn asks(peer: &Peer, method: Method, path: &str) -> Builder {
    peer.request(method, path).header(tus::RESUMABLE, tus::VERSION)
}

/// Begins an upload that announces this hash.
async fn begin_as(peer: &Peer, file: &File, sha256: &str) -> Answer {
    let request = asks(peer, Method::POST, PATH).header(tus::LENGTH, file.bytes.len()).header(tus::METADATA, file.metadata(sha256));
    peer.send(request.body(Body::empty()).unwrap()).await
}

async fn begin(peer: &Peer, file: &File) -> Answer {
    begin_as(peer, file, &file.sha256().to_string()).await
}

/// Where an upload of this file is to be sent.
async fn begun(peer: &Peer, file: &File) -> String {
    begin(peer, file).await.expect(201).headers["location"].clone()
}

async fn look(peer: &Peer, at: &str) -> Answer {
    peer.send(asks(peer, Method::HEAD, at).body(Body::empty()).unwrap()).await
}

fn chunk(peer: &Peer, at: &str, offset: usize) -> Builder {
    asks(peer, Method::PATCH, at).header("content-type", tus::CHUNK).header(tus::OFFSET, offset)
}

async fn send(peer: &Peer, at: &str, offset: usize, bytes: &[u8]) -> Answer {
    peer.send(chunk(peer, at, offset).body(Body::from(bytes.to_vec())).unwrap()).await
}

/// Bytes of which the connection brings these, and then breaks.
fn broken(bytes: &[u8]) -> Body {
    let pieces: Vec<_> = bytes.chunks(10_000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    Body::from_stream(stream::iter(pieces.into_iter().chain([Err(std::io::Error::other("the connection broke"))])))
}

/// Puts a whole file on the server.
async fn put(peer: &Peer, file: &File) -> Answer {
    send(peer, &begun(peer, file).await, 0, &file.bytes).await
}

fn offset(answer: &Answer) -> usize {
    answer.headers[tus::OFFSET].parse().unwrap()
}

/// How many pieces of uploads lie there.
async fn pieces(app: &TestApp) -> u64 {
    app.app.shelf.sweep_parts(domain::time::UtcMillis::from_ms(i64::MAX / 2)).await.unwrap()
}
