//! Somebody who uploads by hand, and lies: about the file, about where bytes belong, about what they add up to.

use axum::http::Method;
use bytes::Bytes;
use domain::file::{FileName, FilePolicy, MediaType, Sha256};
use std::sync::Arc;
use sync::{Announce, Fault};
use tokio::sync::oneshot;

use crate::{
    dice::Dice,
    goods::{GOODS, goods},
    net::Net,
    tus,
    wire::{Answer, Op, Request},
};

/// The first number of somebody on such an errand.
pub(crate) const COURIERS: usize = 200;
/// How many requests an errand has.
const REQUESTS: usize = 7;

pub(crate) struct Courier {
    pub(crate) from: usize,
    pub(crate) net: Arc<Net>,
    pub(crate) access: String,
    pub(crate) dice: Dice,
}

impl Courier {
    async fn ask(&self, request: Request) -> Result<Answer, Fault> {
        let (reply, answer) = oneshot::channel();
        self.net.take(self.from, request, reply);
        answer.await.unwrap_or(Err(Fault::Cut))
    }
    /// Sends some of a file, half of the time as what it is not. What the server took that it must not.
    pub(crate) async fn run(mut self) -> Option<String> {
        let good = &goods()[self.dice.place(GOODS)];
        let declared = if self.dice.one_in(2) { good.sha256 } else { goods()[self.dice.place(GOODS)].sha256 };
        let size = good.bytes.len() as u64;
        let (name, media_type) = (FileName::new("kiriman.pdf").ok()?, MediaType::Pdf);
        let file = Announce { sha256: declared, policy: FilePolicy::Design, name, media_type, size };
        let upload = tus::begun(self.ask(tus::begin(&self.access, &file)).await.ok()?).await.ok()?.upload;
        for _ in 0..REQUESTS {
            let Ok(at) = tus::looked(self.ask(tus::about(Op::Offset, Method::HEAD, &upload, &self.access)).await.ok()?).await else {
                continue;
            };
            if let Some(wrong) = self.send(&upload, &good.bytes, at).await {
                return Some(wrong);
            }
        }
        None
    }
    /// Sends something when so much is there.
    async fn send(&mut self, upload: &str, whole: &[u8], at: u64) -> Option<String> {
        let from = usize::try_from(at).ok()?.min(whole.len());
        let to = (from + 1 + self.dice.place(100_000)).min(whole.len());
        let part = Bytes::copy_from_slice(&whole[from..to]);
        let sum = self.dice.one_in(2).then(|| Sha256::of(&part));
        let lie = match self.dice.below(9) {
            0 => tus::bytes(&self.access, upload, at + 1 + self.dice.below(1_000), part, sum),
            1 if at > 0 => tus::bytes(&self.access, upload, self.dice.below(at), part, sum),
            2 => tus::bytes(&self.access, upload, at, part, Some(Sha256::of(b"lain"))),
            3 => tus::bytes(&self.access, upload, at, Bytes::from([whole, b"x"].concat()), None),
            4 if self.dice.one_in(3) => {
                let _ = self.ask(tus::about(Op::End, Method::DELETE, upload, &self.access)).await;
                return None;
            }
            _ => {
                let _ = self.ask(tus::bytes(&self.access, upload, at, part, sum)).await;
                return None;
            }
        };
        let what = format!("{:?}", lie.headers);
        // Of no bytes there is nothing to lie about.
        let empty = lie.body.is_empty();
        match self.ask(lie).await {
            Ok(answer) if answer.head.status == 204 && !empty => Some(format!("the server took bytes at {at} that came with {what}")),
            _ => None,
        }
    }
}
