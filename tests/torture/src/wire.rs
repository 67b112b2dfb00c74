//! A desk's way into the simulated network: the same requests that go over HTTP, and the same reading of answers.

use async_trait::async_trait;
use axum::http::Method;
use bytes::Bytes;
use domain::{
    file::Sha256,
    id::{ClientId, CommandId, DeviceId, UserId},
    time::UtcMillis,
    wire::{
        AuditPage, AuditProof, DeviceList, EraseClient, KnownAnswer, KnownRequest, Login, Me, Outcomes, PasswordChange, Problem, Refresh,
        Session,
    },
};
use futures_util::{StreamExt, stream};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{fmt, sync::Arc, time::Duration};
use sync::{Ask, AuditAsk, Events, FactorAsk, FactorTold, Fault, FileAsk, Found, Pages, Sse, Transport};
use tokio::sync::{mpsc, oneshot};

use crate::{net::Net, tus};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Refresh,
    Me,
    Commands,
    Known,
    Work,
    Up,
    Down,
    Live,
    /// An upload begins.
    Begin,
    /// How far it is.
    Offset,
    /// Bytes of it.
    Bytes,
    /// It is given up.
    End,
    /// A file, or a small picture of one.
    File,
    /// A client's.
    Api,
    /// A client's stream.
    Events,
}

impl Op {
    /// Whether its answer has no end.
    pub(crate) const fn is_stream(self) -> bool {
        matches!(self, Self::Live | Self::Events)
    }
    /// Whether it is about an upload.
    pub(crate) const fn is_upload(self) -> bool {
        matches!(self, Self::Begin | Self::Offset | Self::Bytes | Self::End)
    }
}

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) op: Op,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) access: Option<String>,
    /// The idempotency key; of a client's stream, the id to go on from.
    pub(crate) key: Option<String>,
    /// What else stands in its head.
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Request {
    /// Whether it only asks.
    pub(crate) fn reads(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
    /// The upload it is about.
    pub(crate) fn upload(&self) -> Option<&str> {
        self.path.strip_prefix("/v1/uploads/")
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.header("upload-offset").map_or(Ok(()), |from| write!(f, " from {from} on"))?;
        if self.body.is_empty() { Ok(()) } else { write!(f, ", {} bytes", self.body.len()) }
    }
}

/// The head of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) media: String,
    pub(crate) retry_after: Option<u64>,
    pub(crate) date: Option<UtcMillis>,
    /// The server's name of an upload.
    pub(crate) upload: Option<String>,
    /// How far an upload is.
    pub(crate) offset: Option<u64>,
    pub(crate) speaks_tus: bool,
}

pub(crate) type Body = mpsc::UnboundedReceiver<Result<Bytes, Fault>>;

/// An answer that comes.
pub(crate) struct Answer {
    pub(crate) head: Head,
    pub(crate) body: Body,
}

impl Answer {
    /// The whole body.
    pub(crate) async fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        let mut all = Vec::new();
        while let Some(part) = self.body.recv().await {
            all.extend_from_slice(&part?);
        }
        Ok(all)
    }
    /// The same if it is a success of this media type, and else what it is instead.
    async fn of(mut self, media: &str) -> Result<Self, Fault> {
        if self.head.status == 200 && self.head.media == media {
            return Ok(self);
        }
        Err(self.problem().await)
    }
    pub(crate) async fn problem(&mut self) -> Fault {
        let Head { status, retry_after, .. } = self.head;
        let retry_after = retry_after.map(Duration::from_secs);
        if self.head.media == "application/problem+json" {
            let Ok(bytes) = self.bytes().await else { return Fault::Cut };
            let Ok(Problem { code, detail, errors, .. }) = serde_json::from_slice(&bytes) else { return Fault::NotMeja };
            return Fault::Problem { status, code, detail, errors, retry_after };
        }
        match status {
            200 if self.head.media == "text/html" => Fault::Captive,
            500.. | 413 | 429 => Fault::Problem { status, code: String::new(), detail: String::new(), errors: Vec::new(), retry_after },
            _ => Fault::NotMeja,
        }
    }
    async fn document<T: DeserializeOwned>(self) -> Result<T, Fault> {
        let mut answer = self.of("application/json").await?;
        serde_json::from_slice(&answer.bytes().await?).map_err(|_| Fault::NotMeja)
    }
}

/// A desk's way.
pub(crate) struct Way {
    pub(crate) net: Arc<Net>,
    pub(crate) desk: usize,
}

pub(crate) fn post(op: Op, path: &str, access: Option<&str>, body: String) -> Request {
    let headers = vec![("content-type", "application/json".to_owned())];
    let (path, access) = (path.to_owned(), access.map(str::to_owned));
    Request { op, method: Method::POST, path, access, key: None, headers, body: body.into() }
}

pub(crate) fn get(op: Op, path: String, access: &str) -> Request {
    Request { op, method: Method::GET, path, access: Some(access.to_owned()), key: None, headers: Vec::new(), body: Bytes::new() }
}

impl Way {
    async fn ask(&self, request: Request) -> Result<Answer, Fault> {
        let (reply, answer) = oneshot::channel();
        self.net.take(self.desk, request, reply);
        answer.await.unwrap_or(Err(Fault::Cut))
    }
}

#[async_trait]
impl Transport for Way {
    async fn check(&self) -> Result<Found, Fault> {
        Ok(Found { ready: true })
    }
    async fn login(&self, _: &Login) -> Result<Session, Fault> {
        Err(Fault::NotMeja)
    }
    async fn refresh(&self, refresh_token: &str) -> Result<Session, Fault> {
        let body = serde_json::to_string(&Refresh { refresh_token: refresh_token.to_owned() }).unwrap();
        self.ask(post(Op::Refresh, "/v1/auth/refresh", None, body)).await?.document().await
    }
    async fn me(&self, access: &str) -> Result<Me, Fault> {
        self.ask(get(Op::Me, "/v1/me".to_owned(), access)).await?.document().await
    }
    async fn logout(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn forgot(&self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn reset_password(&self, _: &str, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    async fn commands(&self, access: &str, body: String) -> Result<Outcomes, Fault> {
        self.ask(post(Op::Commands, "/v1/commands", Some(access), body)).await?.document().await
    }
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<KnownAnswer, Fault> {
        let body = serde_json::to_string(&KnownRequest { ids: ids.to_vec() }).unwrap();
        self.ask(post(Op::Known, "/v1/commands/known", Some(access), body)).await?.document().await
    }
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault> {
        let request = match ask {
            Ask::Head => get(Op::Up, "/v1/feed".to_owned(), access),
            Ask::Work => get(Op::Work, "/v1/feed/work".to_owned(), access),
            // Small pages, so that there are several.
            Ask::Up { after, wait, check, .. } => {
                let wait = if *wait > 0 { format!("&wait={wait}") } else { String::new() };
                let check = if *check { "&check=1" } else { "" };
                get(Op::Up, format!("/v1/feed?after={after}&limit=8{wait}{check}"), access)
            }
            Ask::Down { before, .. } => get(Op::Down, format!("/v1/feed?before={before}&limit=8"), access),
        };
        let Answer { head, body } = self.ask(request).await?.of("application/x-ndjson").await?;
        Ok(Pages { date: head.date, chunks: parts(body).boxed() })
    }
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault> {
        let request = get(Op::Live, format!("/v1/feed/live?after={after}"), access);
        let Answer { head, body } = self.ask(request).await?.of("text/event-stream").await?;
        let mut sse = Sse::default();
        let events = parts(body).map(move |bytes| bytes.and_then(|bytes| sse.take(&bytes))).flat_map(|taken| {
            let all: Vec<_> = match taken {
                Ok(events) => events.into_iter().map(Ok).collect(),
                Err(fault) => vec![Err(fault)],
            };
            stream::iter(all)
        });
        Ok(Events { date: head.date, events: events.boxed() })
    }
    async fn begin_upload(&self, access: &str, file: &sync::Announce) -> Result<sync::Begun, Fault> {
        tus::begun(self.ask(tus::begin(access, file)).await?).await
    }
    async fn upload_offset(&self, access: &str, upload: &str) -> Result<u64, Fault> {
        tus::looked(self.ask(tus::about(Op::Offset, Method::HEAD, upload, access)).await?).await
    }
    async fn send_bytes(&self, access: &str, upload: &str, from: u64, bytes: Bytes) -> Result<u64, Fault> {
        let sum = Some(Sha256::of(&bytes));
        tus::sent(self.ask(tus::bytes(access, upload, from, bytes, sum)).await?).await
    }
    async fn end_upload(&self, access: &str, upload: &str) -> Result<(), Fault> {
        let mut answer = self.ask(tus::about(Op::End, Method::DELETE, upload, access)).await?;
        if answer.head.status == 204 { Ok(()) } else { Err(answer.problem().await) }
    }
    // Nobody in these worlds reads the audit, which is judged from the databases, or looks after their account.
    async fn audit(&self, _: &str, _: &AuditAsk) -> Result<AuditPage, Fault> {
        Err(Fault::NotMeja)
    }
    async fn file(&self, access: &str, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        let (mut request, mut wanted) = (get(Op::File, ask.path(), access), 200);
        if let Some(range) = ask.range() {
            wanted = 206;
            request.headers.push(("range", range));
        }
        let mut answer = self.ask(request).await?;
        if answer.head.status == wanted && answer.head.media != "text/html" { answer.bytes().await } else { Err(answer.problem().await) }
    }
    async fn client_data(&self, _: &str, _: ClientId) -> Result<Value, Fault> {
        Err(Fault::NotMeja)
    }
    async fn erase_client(&self, _: &str, _: ClientId, _: &EraseClient) -> Result<(), Fault> {
        Err(Fault::NotMeja)
    }
    async fn audit_proof(&self, _: &str) -> Result<AuditProof, Fault> {
        Err(Fault::NotMeja)
    }
    async fn devices(&self, _: &str, _: Option<UserId>) -> Result<DeviceList, Fault> {
        Err(Fault::NotMeja)
    }
    async fn end_device(&self, _: &str, _: DeviceId) -> Result<(), Fault> {
        Err(Fault::NotMeja)
    }
    async fn change_password(&self, _: &str, _: &PasswordChange) -> Result<(), Fault> {
        Err(Fault::NotMeja)
    }
    async fn second_factor(&self, _: &str, _: &FactorAsk) -> Result<FactorTold, Fault> {
        Err(Fault::NotMeja)
    }
}

fn parts(body: Body) -> impl futures_util::Stream<Item = Result<Bytes, Fault>> + Send + 'static {
    stream::unfold(body, |mut body| async move { body.recv().await.map(|part| (part, body)) })
}
