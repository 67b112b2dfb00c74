//! Files while everything breaks: what people attach at desks, and somebody who uploads by hand.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::file::Sha256;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tokio::sync::watch;

use crate::{
    Done,
    dice::Dice,
    house::CARRIER,
    log::{Log, OfCarrier},
    said,
    seat::PASSWORD,
};

/// How long whoever uploads waits for an answer: less than a frozen server takes, so that requests are given up in their midst.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many files everybody chooses from now and then, so that several attach the same one.
const SHARED: u64 = 5;

/// A document that nobody else has, or one of a few.
pub(crate) fn document(dice: &mut Dice) -> Vec<u8> {
    let shared = dice.below(4) == 0;
    let n = if shared { dice.below(SHARED) } else { SHARED + dice.below(u64::MAX - SHARED) };
    let size = 20_000 + usize::try_from(n % 900_000).unwrap_or(0);
    let mut inner = Dice::new(n);
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((0..size).map(|_| b'a' + u8::try_from(inner.below(23)).unwrap_or(0)));
    bytes.extend(b"\n%%EOF\n");
    bytes
}

/// Somebody of the staff who uploads by hand, piece by piece, and never sends again what the server said it has.
pub(crate) struct Carrier {
    http: Client,
    base: String,
    access: String,
    dice: Dice,
    log: Log,
}

impl Carrier {
    pub(crate) fn new(base: &str, seed: u64, log: &Path) -> Done<Self> {
        let http = Client::builder().no_proxy().build().map_err(said)?;
        Ok(Self { http, base: base.to_owned(), access: String::new(), dice: Dice::new(seed), log: Log::open(log)? })
    }
    /// Uploads until everybody rests; what was begun is brought to its end.
    pub(crate) async fn carry(mut self, rests: watch::Receiver<bool>) -> Done<()> {
        while !*rests.borrow() {
            let bytes = document(&mut self.dice);
            let sha256 = Sha256::of(&bytes);
            while !self.upload(&bytes, &sha256).await? {}
            self.log.write(&OfCarrier::Sent { sha256 })?;
            let pause = self.dice.between(20, 300);
            let _ = tokio::time::timeout(pause, rests.clone().changed()).await;
        }
        Ok(())
    }
    async fn log_in(&mut self) {
        let body = json!({ "email": CARRIER.0, "password": PASSWORD, "device": { "name": "Curl", "platform": "linux" } });
        let asked = self.http.post(format!("{}/v1/auth/login", self.base)).json(&body).timeout(PATIENCE).send().await;
        if let Ok(answer) = asked
            && let Ok(session) = answer.json::<Value>().await
            && let Some(access) = session["access_token"].as_str()
        {
            access.clone_into(&mut self.access);
        }
    }
    fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.access);
        request.header("tus-resumable", "1.0.0").timeout(PATIENCE)
    }
    /// One upload, from its beginning to its end. Whether there is one: what the server says is gone is begun anew.
    async fn upload(&mut self, bytes: &[u8], sha256: &Sha256) -> Done<bool> {
        let Some(at) = self.begin(bytes, sha256).await else {
            tokio::time::sleep(self.dice.between(50, 400)).await;
            return Ok(false);
        };
        let (size, mut known) = (bytes.len(), 0);
        loop {
            let Some((status, stands)) = self.stands(&at).await else { continue };
            let Some(from) = stands.filter(|_| status == StatusCode::OK) else {
                if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY) {
                    let why = format!("{at} of {sha256} is gone ({status}), of which {known} bytes were there");
                    return self.log.write(&OfCarrier::Fault { why }).map(|()| false);
                }
                continue;
            };
            if from < known {
                self.log.write(&OfCarrier::Fault { why: format!("{at} went back from {known} bytes to {from}") })?;
            }
            known = from;
            if from == size {
                return Ok(true);
            }
            let to = (from + 1 + usize::try_from(self.dice.below(400_000)).unwrap_or(0)).min(size);
            known = self.send(&at, from, &bytes[from..to]).await.unwrap_or(known);
        }
    }
    async fn begin(&mut self, bytes: &[u8], sha256: &Sha256) -> Option<String> {
        let pairs = [("filename", "kiriman.pdf".to_owned()), ("sha256", sha256.to_string()), ("policy", "design".to_owned())];
        let metadata = pairs.map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).join(",");
        let request = self.asks(Method::POST, "/v1/uploads").header("upload-length", bytes.len()).header("upload-metadata", metadata);
        let answer = self.answer(request).await?;
        let at = answer.headers().get("location")?.to_str().ok()?;
        Some(at.strip_prefix(&self.base).unwrap_or(at).to_owned())
    }
    /// What the server answers when it is asked how far it is.
    async fn stands(&mut self, at: &str) -> Option<(StatusCode, Option<usize>)> {
        let answer = self.answer(self.asks(Method::HEAD, at)).await?;
        let offset = answer.headers().get("upload-offset").and_then(|it| it.to_str().ok()?.parse().ok());
        // A proxy, or a server that starts, says nothing of uploads.
        answer.headers().contains_key("tus-resumable").then(|| (answer.status(), offset))
    }
    /// Sends a piece, with its sum or without. How far it is then, if the server says so.
    async fn send(&mut self, at: &str, from: usize, piece: &[u8]) -> Option<usize> {
        let mut request =
            self.asks(Method::PATCH, at).header("content-type", "application/offset+octet-stream").header("upload-offset", from);
        if self.dice.below(2) == 0 {
            request = request.header("upload-checksum", format!("sha256 {}", STANDARD.encode(Sha256::of(piece).bytes())));
        }
        let answer = self.answer(request.body(piece.to_vec())).await?;
        let offset = answer.headers().get("upload-offset")?.to_str().ok()?.parse().ok();
        offset.filter(|_| answer.status() == StatusCode::NO_CONTENT)
    }
    /// The answer, if there is one. Whoever is not known logs in anew, and whoever hears nothing waits.
    async fn answer(&mut self, request: RequestBuilder) -> Option<reqwest::Response> {
        match request.send().await {
            Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED => {
                self.log_in().await;
                None
            }
            Ok(answer) if answer.status().is_server_error() => {
                tokio::time::sleep(self.dice.between(50, 400)).await;
                None
            }
            Ok(answer) => Some(answer),
            Err(_) => {
                tokio::time::sleep(self.dice.between(50, 400)).await;
                None
            }
        }
    }
}
