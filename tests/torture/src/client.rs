//! Clients of the public interface, who ask again under the same key until they are answered.

use domain::id::{OrderId, UserId};
use serde_json::{Value, json};
use std::sync::Arc;
use sync::Fault;
use tokio::sync::oneshot;

use crate::{
    args::some_hash,
    dice::Dice,
    listener::Ear,
    net::{CLIENTS, Net},
    wire::{Op, Request, post},
};

/// What a client was answered.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) key: String,
    /// How often a backup had been restored when it was asked.
    pub(crate) asked: u32,
    pub(crate) result: Result<(u16, String), Fault>,
}

/// A request under its key.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) key: String,
    pub(crate) path: String,
    pub(crate) body: Value,
    pub(crate) tries: u32,
}

/// What was promised to a client under a key.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    pub(crate) key: String,
    /// The consultation or order.
    pub(crate) id: String,
    /// How often a backup had been restored by then.
    pub(crate) restored: u32,
}

pub(crate) struct Client {
    pub(crate) n: usize,
    pub(crate) user: UserId,
    pub(crate) access: Option<String>,
    pub(crate) wish: Option<Wish>,
    pub(crate) promises: Vec<Promise>,
    /// Keys that were refused in the end, with the history in which they were.
    pub(crate) refused: Vec<(String, u32)>,
    /// What they have heard, and whether they listen.
    pub(crate) ear: Ear,
    pub(crate) listens: bool,
    count: u64,
}

/// After so many tries a client gives up.
pub(crate) const TRIES: u32 = 6;

impl Client {
    /// Somebody who has an order already.
    pub(crate) fn new(n: usize, (user, order): (UserId, OrderId)) -> Self {
        let promise = Promise { key: format!("benih-{n}"), id: order.to_string(), restored: 0 };
        let (promises, refused, ear) = (vec![promise], Vec::new(), Ear::default());
        Self { n, user, access: None, wish: None, promises, refused, ear, listens: false, count: 0 }
    }
    /// Thinks of something to ask for: a consultation, an order or a message, which carries the key as its note, description or text; or
    /// calls off, changes, reads or decides on what was promised, whichever of them it was.
    pub(crate) fn wants(&mut self, dice: &mut Dice, day: String, notifications: &[String]) {
        self.count += 1;
        let key = format!("kunci-{}-{}", self.n, self.count);
        let last = self.promises.last().map(|promise| promise.id.clone());
        let any = dice.pick(&self.promises.iter().map(|promise| promise.id.clone()).collect::<Vec<_>>());
        let (path, body) = match (dice.below(11), last, dice.pick(notifications)) {
            (0, Some(id), _) => (format!("/api/consultations/{id}/cancel"), json!({ "reason": "Berubah rencana" })),
            (2, Some(id), _) => (format!("/api/orders/{id}/edit"), json!({ "needs": "Berkas vektor", "budget": 750_000 })),
            (3, ..) => ("/api/orders".to_owned(), json!({ "design_type": "logo", "description": key, "deadline": day })),
            (4 | 5, Some(id), _) => (format!("/api/orders/{}/messages", any.unwrap_or(id)), json!({ "text": key })),
            (6, Some(id), _) => (format!("/api/orders/{}/messages/read", any.unwrap_or(id)), json!({ "upto": dice.below(5) })),
            (7, Some(id), _) => {
                (format!("/api/orders/{}/designs/{}/approve", any.unwrap_or(id), 1 + dice.below(3)), json!({ "sha256": some_hash(dice) }))
            }
            (8, Some(id), _) => (
                format!("/api/orders/{}/designs/{}/revision", any.unwrap_or(id), 1 + dice.below(3)),
                json!({ "sha256": some_hash(dice), "comment": "Warnanya lain", "pins": [{ "x": dice.below(1_100), "y": 9, "text": "Di sini" }] }),
            ),
            (1, _, Some(id)) => (format!("/api/notifications/{id}/read"), json!({})),
            _ => ("/api/consultations".to_owned(), json!({ "requested_date": day, "note": key })),
        };
        self.wish = Some(Wish { key, path, body, tries: 0 });
    }
    /// Asks in this history, and waits for the answer.
    pub(crate) fn ask(&mut self, net: &Arc<Net>, asked: u32) -> Option<impl Future<Output = Said> + Send + use<>> {
        let (wish, access) = (self.wish.as_mut()?, self.access.clone()?);
        wish.tries += 1;
        let Wish { key, path, body, .. } = wish.clone();
        let request = Request { key: Some(key.clone()), ..post(Op::Api, &path, Some(&access), body.to_string()) };
        let (reply, answer) = oneshot::channel();
        net.take(CLIENTS + self.n, request, reply);
        Some(async move {
            let result = match answer.await.unwrap_or(Err(Fault::Cut)) {
                Ok(mut answer) => {
                    let status = answer.head.status;
                    answer.bytes().await.map(|body| (status, String::from_utf8_lossy(&body).into_owned()))
                }
                Err(fault) => Err(fault),
            };
            Said { key, asked, result }
        })
    }
}
