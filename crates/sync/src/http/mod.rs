//! The transport over HTTP.

mod address;
mod answer;
mod stream;
mod tus;

pub use address::BadAddress;
pub use tus::offset_refused;

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    id::{ClientId, CommandId, DeviceId, UserId},
    wire::{
        AuditPage, AuditProof, DeviceList, EraseClient, Forgot, KnownAnswer, KnownRequest, Login, Me, Outcomes, PasswordChange,
        PasswordReset, Refresh, Session,
    },
};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, StatusCode, header, redirect};
use serde::Serialize;
use serde_json::Value;
use std::{fmt, time::Duration};

use crate::{
    fault::Fault,
    transport::{Announce, Ask, AuditAsk, Begun, Events, FactorAsk, FactorTold, FileAsk, Found, Pages, Transport},
};
use address::Address;
use answer::{document, fault_of, is_json, problem};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a whole small exchange may take.
const EXCHANGE: Duration = Duration::from_secs(30);
/// How long there may be silence within an answer: longer than an answer is held (25 s), and than a quiet stream breathes (15 s).
const SILENCE: Duration = Duration::from_secs(45);

/// A server, over HTTP. Cheap to clone; connections are kept and shared.
#[derive(Clone)]
pub struct Http {
    client: Client,
    address: Address,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("address", &self.address.base).finish_non_exhaustive()
    }
}

fn client(address: &Address) -> ClientBuilder {
    let client = Client::builder()
        .user_agent(concat!("meja/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .tcp_keepalive(Duration::from_secs(30))
        // A server of ours never sends elsewhere; who does is a network's login page.
        .redirect(redirect::Policy::none());
    // On this computer the cipher and the disk are slower than the wire: compressing costs more than it saves.
    if address.loopback { client.no_proxy().no_zstd() } else { client }
}

impl Http {
    /// The server at this address, as a person types it (`meja.example.id`, `127.0.0.1:8787`) or in its full form. Nothing is
    /// asked yet.
    ///
    /// # Errors
    /// [`BadAddress`]: no address, or plain HTTP to another machine.
    pub fn new(address: &str) -> Result<Self, BadAddress> {
        Self::at(Address::read(address)?)
    }
    /// The same, and compressed as from another computer: a proxy of the tests makes the way to this one long.
    ///
    /// # Errors
    /// As for [`Http::new`].
    #[cfg(feature = "testing")]
    pub fn from_afar(address: &str) -> Result<Self, BadAddress> {
        Self::at(Address { loopback: false, ..Address::read(address)? })
    }
    fn at(address: Address) -> Result<Self, BadAddress> {
        // The second one to install it finds it there: the same one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // Whom this computer trusts is not read where nobody shows a certificate. Where it trusts nobody at all, that is said
        // when a certificate is shown.
        let plain = address.base.starts_with("http:");
        let trusting = if plain { None } else { client(&address).build().ok() };
        let client = match trusting {
            Some(client) => client,
            None => client(&address).tls_certs_only([]).build().map_err(|_| BadAddress::Malformed)?,
        };
        Ok(Self { client, address })
    }
    /// The address in its full form: `https://meja.example.id`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.address.base
    }

    fn request(&self, method: Method, path: &str, access: Option<&str>) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address.base));
        match access {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
    fn post(&self, path: &str, access: Option<&str>, body: &impl Serialize) -> RequestBuilder {
        // A value of the wire always has a form; an empty body would be answered 400.
        let body = serde_json::to_vec(body).unwrap_or_default();
        self.request(Method::POST, path, access).timeout(EXCHANGE).header(header::CONTENT_TYPE, "application/json").body(body)
    }
}

#[async_trait]
impl Transport for Http {
    async fn check(&self) -> Result<Found, Fault> {
        // Whoever only answers everything with 200 does not give the request its own id back.
        const MARK: &str = "meja-check";
        let request = self.request(Method::GET, "/readyz", None).timeout(EXCHANGE).header("x-request-id", MARK);
        let response = request.send().await.map_err(|e| fault_of(&e))?;
        let marked = response.headers().get("x-request-id").is_some_and(|id| id == MARK);
        let (status, json) = (response.status(), is_json(&response));
        let fault = problem(response).await;
        match status.as_u16() {
            200 if marked && json => Ok(Found { ready: true }),
            503 if marked => Ok(Found { ready: false }),
            _ if fault == Fault::Captive => Err(Fault::Captive),
            _ => Err(Fault::NotMeja),
        }
    }
    async fn login(&self, login: &Login) -> Result<Session, Fault> {
        document(self.post("/v1/auth/login", None, login)).await
    }
    async fn refresh(&self, refresh_token: &str) -> Result<Session, Fault> {
        document(self.post("/v1/auth/refresh", None, &Refresh { refresh_token: refresh_token.to_owned() })).await
    }
    async fn me(&self, access: &str) -> Result<Me, Fault> {
        document(self.request(Method::GET, "/v1/me", Some(access)).timeout(EXCHANGE)).await
    }
    async fn logout(&self, access: &str) -> Result<(), Fault> {
        answer::nothing(self.request(Method::POST, "/v1/auth/logout", Some(access)).timeout(EXCHANGE)).await
    }
    async fn forgot(&self, email: &str) -> Result<(), Fault> {
        answer::nothing(self.post("/v1/auth/forgot", None, &Forgot { email: email.to_owned() })).await
    }
    async fn reset_password(&self, token: &str, new_password: &str) -> Result<(), Fault> {
        let body = PasswordReset { token: token.to_owned(), new_password: new_password.to_owned() };
        answer::nothing(self.post("/v1/auth/reset", None, &body)).await
    }
    async fn commands(&self, access: &str, body: String) -> Result<Outcomes, Fault> {
        let request = self.request(Method::POST, "/v1/commands", Some(access)).timeout(EXCHANGE);
        document(request.header(header::CONTENT_TYPE, "application/json").body(body)).await
    }
    async fn known(&self, access: &str, ids: &[CommandId]) -> Result<KnownAnswer, Fault> {
        document(self.post("/v1/commands/known", Some(access), &KnownRequest { ids: ids.to_vec() })).await
    }
    async fn feed(&self, access: &str, ask: &Ask) -> Result<Pages, Fault> {
        stream::pages(self.request(Method::GET, &path_of(ask), Some(access))).await
    }
    async fn live(&self, access: &str, after: &str) -> Result<Events, Fault> {
        let request = self.request(Method::GET, &format!("/v1/feed/live?after={after}"), Some(access));
        stream::events(request.header(header::ACCEPT, "text/event-stream")).await
    }
    async fn begin_upload(&self, access: &str, file: &Announce) -> Result<Begun, Fault> {
        tus::begin(self.request(Method::POST, tus::PATH, Some(access)).timeout(EXCHANGE), file).await
    }
    async fn upload_offset(&self, access: &str, upload: &str) -> Result<u64, Fault> {
        tus::look(self.request(Method::HEAD, &tus::one(upload), Some(access)).timeout(EXCHANGE)).await
    }
    async fn send_bytes(&self, access: &str, upload: &str, from: u64, bytes: Bytes) -> Result<u64, Fault> {
        // How long it takes is the line's affair; that nothing comes back at all ends the wait.
        tus::send(self.request(Method::PATCH, &tus::one(upload), Some(access)), from, bytes).await
    }
    async fn end_upload(&self, access: &str, upload: &str) -> Result<(), Fault> {
        answer::nothing(tus::speaking(self.request(Method::DELETE, &tus::one(upload), Some(access)).timeout(EXCHANGE))).await
    }
    async fn audit(&self, access: &str, ask: &AuditAsk) -> Result<AuditPage, Fault> {
        document(self.request(Method::GET, &path_of_audit(ask), Some(access)).timeout(EXCHANGE)).await
    }
    async fn audit_proof(&self, access: &str) -> Result<AuditProof, Fault> {
        // A long chain takes its time; silence ends the wait all the same.
        document(self.request(Method::GET, "/v1/audit/chain", Some(access))).await
    }
    async fn client_data(&self, access: &str, client: ClientId) -> Result<Value, Fault> {
        document(self.request(Method::GET, &format!("/v1/clients/{client}/export"), Some(access))).await
    }
    async fn erase_client(&self, access: &str, client: ClientId, asked: &EraseClient) -> Result<(), Fault> {
        answer::nothing(self.post(&format!("/v1/clients/{client}/erase"), Some(access), asked)).await
    }
    async fn file(&self, access: &str, ask: &FileAsk) -> Result<Vec<u8>, Fault> {
        let (mut request, mut wanted) = (self.request(Method::GET, &ask.path(), Some(access)), StatusCode::OK);
        if let Some(range) = ask.range() {
            (request, wanted) = (request.header(header::RANGE, range), StatusCode::PARTIAL_CONTENT);
        }
        // A large file on a bad line takes its time; silence ends the wait all the same.
        answer::bytes(request, wanted).await
    }
    async fn devices(&self, access: &str, of: Option<UserId>) -> Result<DeviceList, Fault> {
        let path = of.map_or_else(|| "/v1/devices".to_owned(), |user| format!("/v1/users/{user}/devices"));
        document(self.request(Method::GET, &path, Some(access)).timeout(EXCHANGE)).await
    }
    async fn end_device(&self, access: &str, device: DeviceId) -> Result<(), Fault> {
        answer::nothing(self.request(Method::DELETE, &format!("/v1/devices/{device}"), Some(access)).timeout(EXCHANGE)).await
    }
    async fn change_password(&self, access: &str, change: &PasswordChange) -> Result<(), Fault> {
        answer::nothing(self.post("/v1/auth/password", Some(access), change)).await
    }
    async fn second_factor(&self, access: &str, ask: &FactorAsk) -> Result<FactorTold, Fault> {
        const PATH: &str = "/v1/auth/second-factor";
        let part = |part: &str| format!("{PATH}/{part}");
        Ok(match ask {
            FactorAsk::State => FactorTold::State(document(self.request(Method::GET, PATH, Some(access)).timeout(EXCHANGE)).await?),
            FactorAsk::Begin(body) => FactorTold::Secret(document(self.post(PATH, Some(access), body)).await?),
            FactorAsk::Confirm(body) => FactorTold::Codes(document(self.post(&part("confirm"), Some(access), body)).await?),
            FactorAsk::Renew(body) => FactorTold::Codes(document(self.post(&part("recovery"), Some(access), body)).await?),
            FactorAsk::Off(body) => {
                answer::nothing(self.post(&part("off"), Some(access), body)).await?;
                FactorTold::Off
            }
        })
    }
}

/// The path and query of a page of the audit. What a person chose or another server said is written so that it stays one value.
fn path_of_audit(ask: &AuditAsk) -> String {
    let parts = [
        ("record", ask.record.map(|record| record.to_string())),
        ("actor", ask.actor.map(|actor| actor.to_string())),
        ("act", ask.act.clone()),
        ("from", ask.from.map(|at| at.to_string())),
        ("until", ask.until.map(|at| at.to_string())),
        ("after", ask.after.clone()),
    ];
    let given = parts.into_iter().filter_map(|(name, value)| value.map(|value| format!("&{name}={}", escaped(&value))));
    format!("/v1/audit?limit={}{}", ask.limit, given.collect::<String>())
}

/// A value of a query (RFC 3986).
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// The path and query of a page. Cursors are of `[A-Za-z0-9._~-]`: they stand in a query as they are.
fn path_of(ask: &Ask) -> String {
    match ask {
        Ask::Work => "/v1/feed/work".to_owned(),
        Ask::Head => "/v1/feed".to_owned(),
        Ask::Up { after, limit, wait, check } => {
            let wait = if *wait > 0 { format!("&wait={wait}") } else { String::new() };
            format!("/v1/feed?after={after}&limit={limit}{wait}{}", if *check { "&check=1" } else { "" })
        }
        Ask::Down { before, limit } => format!("/v1/feed?before={before}&limit={limit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::UtcMillis;

    #[test]
    fn each_ask_has_its_address() {
        let up = |wait, check| Ask::Up { after: "c.1~x".into(), limit: 500, wait, check };
        assert_eq!((path_of(&Ask::Work), path_of(&Ask::Head)), ("/v1/feed/work".to_owned(), "/v1/feed".to_owned()));
        assert_eq!(path_of(&up(0, false)), "/v1/feed?after=c.1~x&limit=500");
        assert_eq!(path_of(&up(25, true)), "/v1/feed?after=c.1~x&limit=500&wait=25&check=1");
        assert_eq!(path_of(&Ask::Down { before: "c".into(), limit: 9 }), "/v1/feed?before=c&limit=9");
    }

    #[test]
    fn what_is_asked_of_the_audit_stays_one_value_each() {
        assert_eq!(path_of_audit(&AuditAsk { limit: 100, ..AuditAsk::default() }), "/v1/audit?limit=100");
        let ask = AuditAsk {
            record: "client/019abf6b-9d3c-7c11-8a52-0123456789ab".parse().ok(),
            act: Some("note.add&actor=x".into()),
            from: Some(UtcMillis::from_ms(0)),
            after: Some("4 8#".into()),
            limit: 50,
            ..AuditAsk::default()
        };
        let expected = "/v1/audit?limit=50&record=client/019abf6b-9d3c-7c11-8a52-0123456789ab&act=note.add%26actor%3Dx\
                        &from=1970-01-01T00:00:00.000Z&after=4%208%23";
        assert_eq!(path_of_audit(&ask), expected);
    }
}
