//! Somebody who puts a file on the server and makes a design of it.

use axum::{
    body::Body,
    http::{Method, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::file::Sha256;
use serde_json::{Value, json};

use super::Peer;

impl Peer {
    /// Puts a whole file on the server, for a design; by what it is known.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn upload(&self, name: &str, bytes: &[u8]) -> Sha256 {
        let sha256 = Sha256::of(bytes);
        let pairs = [("filename", name.to_owned()), ("sha256", sha256.to_string()), ("policy", "design".to_owned())];
        let metadata = pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",");
        let begin = self.request(Method::POST, "/v1/uploads").header("tus-resumable", "1.0.0").header("upload-length", bytes.len());
        let begun = self.send(begin.header("upload-metadata", metadata).body(Body::empty()).unwrap()).await.expect(201);
        // Whoever may read the file already need not send it again.
        if begun.headers.get("upload-offset").is_some_and(|at| *at == bytes.len().to_string()) {
            return sha256;
        }
        let rest = self.request(Method::PATCH, &begun.headers["location"]).header("tus-resumable", "1.0.0").header("upload-offset", 0);
        let rest = rest.header(header::CONTENT_TYPE, "application/offset+octet-stream");
        let _ = self.send(rest.body(Body::from(bytes.to_vec())).unwrap()).await.expect(204);
        sha256
    }
    /// Makes a version of an order from a file and shows it to the client; the file's hash.
    ///
    /// # Panics
    /// When the server says no.
    pub async fn show(&self, order: &Value, name: &str, bytes: &[u8]) -> Sha256 {
        let (id, sha256) = (self.id(), self.upload(name, bytes).await);
        let media_type = "application/pdf";
        let made = json!({"id": id, "order_id": order["id"], "sha256": sha256, "size": 1, "media_type": media_type, "name": name});
        for (act, args) in [("design.upload", made), ("design.submit", json!({ "id": id }))] {
            let outcome = self.give(act, args).await;
            assert_eq!(outcome["status"], "applied", "{act}: {outcome}");
        }
        sha256
    }
}
