//! Clients who listen to their own stream, come back with the id they have, and must in the end have heard of everything that
//! changed since they first listened.

use domain::{
    audience::{may_see, scope_of},
    record::{AnyRecord, Kind},
    records::UserStatus,
    role::{Actor, Role},
    wire::{ApiConsultation, ApiMessage, ApiNotification, ApiOrder},
    words::{Lang, Words},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock},
};
use store::Snapshot;
use tokio::sync::oneshot;

use crate::{
    feedlaw::find,
    net::CLIENTS,
    wire::{Answer, Op, Request, get},
    world::{Done, Ev, World},
};

/// What a client has heard.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// The head when they began to listen without an id: its history, and its number.
    pub(crate) since: Option<(uuid::Uuid, i64)>,
    /// The id to come back with.
    last: Option<String>,
    /// What was last said of each record.
    said: BTreeMap<String, Value>,
    /// What came of an event that is not complete.
    rest: String,
}

/// The ear of a client.
pub(crate) type Ear = Arc<Mutex<Heard>>;

impl Heard {
    fn take(&mut self, bytes: &[u8]) {
        self.rest.push_str(&String::from_utf8_lossy(bytes));
        while let Some(end) = self.rest.find("\n\n") {
            let event: String = self.rest.drain(..end + 2).collect();
            self.event(&event);
        }
    }
    fn event(&mut self, text: &str) {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned);
        match field("event").as_deref() {
            Some("consultation" | "order" | "message" | "notification") => {
                let data: Value = field("data").and_then(|data| serde_json::from_str(&data).ok()).unwrap_or_default();
                self.said.insert(data["id"].as_str().unwrap_or_default().to_owned(), data);
            }
            Some("gone") => {
                let data: Value = field("data").and_then(|data| serde_json::from_str(&data).ok()).unwrap_or_default();
                self.said.remove(data["id"].as_str().unwrap_or_default());
            }
            // Whoever is told so reads the lists anew, and goes on from the id if one is said.
            Some("reset" | "behind") => {
                self.said.clear();
                self.since = field("id").and_then(|id| {
                    let mut parts = id.split('~').skip(1);
                    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
                });
            }
            _ => {}
        }
        self.last = field("id").or_else(|| self.last.take());
    }
}

fn words() -> &'static Words {
    static ID: OnceLock<Words> = OnceLock::new();
    ID.get_or_init(|| Words::new(Lang::Id))
}

/// What a client is told of a record.
fn told(record: &AnyRecord) -> Option<Value> {
    match record {
        AnyRecord::Consultation(it) => serde_json::to_value(ApiConsultation::from(it)).ok(),
        AnyRecord::Order(it) => serde_json::to_value(ApiOrder::from(it)).ok(),
        AnyRecord::Message(it) => serde_json::to_value(ApiMessage::from(it)).ok(),
        AnyRecord::Notification(it) => serde_json::to_value(ApiNotification::of(it, words())).ok(),
        _ => None,
    }
}

impl World {
    /// A client opens their stream.
    pub(crate) fn client_listens(&mut self, n: usize) {
        let client = &mut self.clients[n];
        let (Some(access), false) = (client.access.clone(), client.listens) else { return };
        client.listens = true;
        let (ear, done) = (Arc::clone(&client.ear), Arc::clone(&self.done));
        let last = {
            let mut heard = ear.lock().unwrap();
            heard.rest.clear();
            if heard.last.is_none() {
                (heard.since, heard.said) = (None, BTreeMap::new());
            }
            heard.last.clone()
        };
        let path = "/api/events".to_owned();
        let request = Request { key: last, ..get(Op::Events, path, &access) };
        let (reply, answer) = oneshot::channel();
        self.net.take(CLIENTS + n, request, reply);
        tokio::spawn(async move {
            let status = match answer.await {
                Ok(Ok(Answer { head, mut body })) => {
                    while let (200, Some(Ok(bytes))) = (head.status, body.recv().await) {
                        ear.lock().unwrap().take(&bytes);
                    }
                    head.status
                }
                _ => 0,
            };
            done.lock().unwrap().push(Done::Hushed(n, status));
        });
    }
    /// The stream of a client has ended.
    pub(crate) fn hushed(&mut self, n: usize, status: u16) {
        let again = self.dice.between(200, 5_000);
        self.clients[n].listens = false;
        if status == 401 {
            self.clients[n].access = None;
            self.after(again, Ev::ClientLogin(n));
        } else {
            self.after(again, Ev::Listen(n));
        }
    }
    /// A client's stream has begun by now.
    pub(crate) fn begins_to_listen(&self, n: usize) {
        let (head, mut heard) = (self.present.head(), self.clients[n].ear.lock().unwrap());
        if heard.last.is_none() {
            heard.since = Some((head.epoch, head.seq));
        }
    }
    /// Whether a client has heard everything, or has no account to listen with.
    pub(crate) async fn client_rests(&self, n: usize) -> bool {
        let account = self.present.snapshot().account(self.clients[n].user).await.ok().flatten();
        let hears = self.clients[n].listens && self.client_has_heard(n).await.is_ok();
        self.clients[n].wish.is_none() && (hears || account.is_none_or(|it| it.user.status != UserStatus::Active))
    }
    /// A client has heard of everything of theirs that changed since they first listened, as it stands, and of nothing else.
    pub(crate) async fn client_has_heard(&self, n: usize) -> Result<(), String> {
        let Some(account) = self.present.snapshot().account(self.clients[n].user).await.ok().flatten() else { return Ok(()) };
        let client = Actor::person(account.user.person(), vec![Role::Client], None, None);
        let heard = self.clients[n].ear.lock().unwrap();
        let mut said = heard.said.clone();
        for kind in [Kind::Consultation, Kind::Order, Kind::Message, Kind::Notification] {
            let all = futures_util::FutureExt::now_or_never(self.present.snapshot().records_of(kind, None, 100_000));
            for stored in all.and_then(Result::ok).unwrap_or_default() {
                let record = &stored.held.record;
                let scope = match scope_of(record) {
                    Some(scope) => futures_util::FutureExt::now_or_never(find(&self.present, scope)).flatten().map(|(_, it)| it),
                    None => None,
                };
                if !may_see(&client, record, scope.as_deref()) {
                    continue;
                }
                let is_new = heard.since.is_some_and(|(epoch, seq)| epoch == self.present.head().epoch && stored.seq > seq);
                match said.remove(&record.id().to_string()) {
                    None if is_new => return Err(format!("client {n} never heard of {}", record.reference())),
                    Some(data) if is_new && Some(&data) != told(record).as_ref() => {
                        return Err(format!("client {n} heard {data} of {}, which is {record:?}", record.reference()));
                    }
                    _ => {}
                }
            }
        }
        // Before a restore there were others.
        match said.keys().next() {
            Some(id) if self.restored == 0 => Err(format!("client {n} heard of {id}, which is not theirs")),
            _ => Ok(()),
        }
    }
}
