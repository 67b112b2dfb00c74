//! Fetching the files of orders that a person keeps: one at a time, and only while nothing that people have done waits for the line.
//!
//! Invariant: kept files wait for everybody. “None is begun before the first copy is whole, while a command or a file waits to be sent, or
//! at a locked desk.”

use domain::{
    file::Sha256,
    id::{DesignId, OrderId},
};
use mirror::{Cabinet, Kept, Wanted};
use std::collections::HashSet;

use super::{
    Files, News,
    core::Core,
    link::Wish,
    recover::{Break, Trouble, ends},
};
use crate::{backoff::Backoff, fault::Fault, transport::FileAsk};

/// What an engine does about kept files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// The order and the version of which something is being fetched.
    pub fetching: Option<(OrderId, DesignId)>,
    /// Versions whose file the server does not give, or gives otherwise than their record says. They are asked for again when a person
    /// keeps something, and when the engine starts.
    pub refused: HashSet<(OrderId, DesignId)>,
}

/// A larger file comes in parts of so many bytes: a cut costs no more than that, and a file comes through a line on which it never would as
/// a whole. A quarter of a minute at 256 kbit/s.
const PART: u64 = 512 * 1024;

/// What has come of a large file so far.
#[derive(Debug, Default)]
struct Half {
    of: Option<Sha256>,
    bytes: Vec<u8>,
}

/// What is left out while the rest is fetched.
#[derive(Debug, Default)]
struct LeftOut {
    /// What the server does not give.
    refused: HashSet<(DesignId, Kept)>,
    /// What it could not give just now: everything else goes before it is asked for again.
    later: HashSet<(DesignId, Kept)>,
}

impl LeftOut {
    fn all(&self) -> HashSet<(DesignId, Kept)> {
        self.refused.union(&self.later).copied().collect()
    }
}

/// Whoever stops fetching says so, also where its work is dropped.
struct Still<'a>(&'a Core);

impl Drop for Still<'_> {
    fn drop(&mut self) {
        self.0.fetch_nothing();
    }
}

impl Core {
    /// Fetches whatever is missing of kept orders, whenever something may be.
    pub(super) async fn keeper(&self) -> Break {
        let Files::Both(cabinet) = &self.files else { return std::future::pending().await };
        let (mut backoff, mut left_out, mut asked) = (Backoff::default(), LeftOut::default(), self.wanted().keep);
        let mut half = Half::default();
        loop {
            let seen = self.wanted();
            if seen.keep != asked {
                (asked, left_out) = (seen.keep, LeftOut::default());
                self.link.keeping.send_modify(|it| it.refused.clear());
            }
            let rested = match self.fetch_kept(cabinet, &mut left_out, &mut half, &mut backoff).await {
                Ok(()) if left_out.later.is_empty() => {
                    self.until(|w| (w.keep, w.came) != (seen.keep, seen.came)).await;
                    Ok(())
                }
                Ok(()) => {
                    left_out.later.clear();
                    self.rest(None, seen, &mut backoff).await;
                    Ok(())
                }
                Err(trouble) => self.rest_or_end(trouble, seen, &mut backoff).await,
            };
            if let Err(end) = rested {
                return end;
            }
        }
    }
    /// Waits after a failure, or says what it ends. That a file does not come says nothing of the line, of which the feed tells.
    async fn rest_or_end(&self, trouble: Trouble, seen: Wish, backoff: &mut Backoff) -> Result<(), Break> {
        match trouble {
            Trouble::Fault(fault) if ends(&fault).is_none() => {
                self.rest(Some(&fault), seen, backoff).await;
                Ok(())
            }
            other => self.recover(other, seen, backoff).await,
        }
    }
    async fn rest(&self, fault: Option<&Fault>, seen: Wish, backoff: &mut Backoff) {
        let for_network = fault.is_some_and(|fault| !matches!(fault, Fault::Problem { .. }));
        let ms = backoff.next(fault, self.clock.jitter());
        tracing::debug!(?fault, ms, "a kept file did not come");
        self.wait(ms, Wish { met: self.wanted().met, ..seen }, for_network).await;
    }
    /// Fetches one after another until nothing is missing, or a person wants it otherwise.
    async fn fetch_kept(&self, cabinet: &Cabinet, left_out: &mut LeftOut, half: &mut Half, backoff: &mut Backoff) -> Result<(), Trouble> {
        let (_still, mut came) = (Still(self), None);
        loop {
            let but = left_out.all();
            let Some(it) = cabinet.next_wanted(&but, self.now()).await? else {
                *half = Half::default();
                return Ok(());
            };
            if came == Some(it) {
                // It came and was not kept, for whatever reason: fetching it without end would not help.
                left_out.refused.insert((it.design, it.what));
                continue;
            }
            self.nothing_waits().await?;
            let seen = self.wanted();
            // While others went before, somebody may have let go of it.
            if cabinet.next_wanted(&but, self.now()).await? != Some(it) {
                continue;
            }
            self.fetches(&it);
            let fetched = tokio::select! {
                biased;
                let_go = self.let_go(cabinet, &it, seen) => return let_go,
                fetched = self.fetch(&it, half) => fetched,
            };
            match fetched {
                Ok(bytes) => {
                    self.met();
                    // A cache of no bytes: what is kept with no order any more is not kept at all.
                    cabinet.keep(it.design, it.what, &bytes, 0, self.now()).await?;
                    backoff.reset();
                    came = Some(it);
                }
                Err(fault) => self.went_wrong(&it, fault, left_out)?,
            }
            self.watcher.told(News::Kept(it.order));
        }
    }
    /// Waits until a person has let go of what is being fetched: it is not worth the rest. What they keep besides is nothing to it.
    async fn let_go(&self, cabinet: &Cabinet, it: &Wanted, mut seen: Wish) -> Result<(), Trouble> {
        loop {
            self.until(|w| w.keep != seen.keep).await;
            seen = self.wanted();
            if cabinet.kept_files(it.order, self.now()).await?.is_none() {
                return Ok(());
            }
        }
    }
    fn went_wrong(&self, it: &Wanted, fault: Fault, left_out: &mut LeftOut) -> Result<(), Trouble> {
        let name = (it.design, it.what);
        if is_not_there(&fault) {
            tracing::info!(design = %it.design, code = fault.code().unwrap_or_default(), "a kept file cannot be fetched");
            left_out.refused.insert(name);
            if it.what == Kept::File {
                self.link.keeping.send_modify(|keeping| keeping.refused.extend([(it.order, it.design)]));
            }
            return Ok(());
        }
        if fault.status().is_some() {
            left_out.later.insert(name);
        }
        Err(fault.into())
    }
    async fn fetch(&self, it: &Wanted, half: &mut Half) -> Result<Vec<u8>, Fault> {
        let bytes = match it.what {
            Kept::File if it.size > PART => self.fetch_parts(it, half).await?,
            Kept::File => self.file(&FileAsk::Whole(it.sha256)).await?,
            Kept::Thumb => self.file(&FileAsk::Preview(it.sha256, "thumb")).await?,
            Kept::Full => self.file(&FileAsk::Preview(it.sha256, "full")).await?,
        };
        if it.what == Kept::File && Sha256::of(&bytes) != it.sha256 {
            return Err(other_bytes());
        }
        Ok(bytes)
    }
    /// Goes on where the last try was cut off.
    async fn fetch_parts(&self, it: &Wanted, half: &mut Half) -> Result<Vec<u8>, Fault> {
        if half.of != Some(it.sha256) {
            *half = Half { of: Some(it.sha256), bytes: Vec::new() };
        }
        loop {
            let from = half.bytes.len() as u64;
            let upto = it.size.min(from + PART);
            let part = match self.file(&FileAsk::Part(it.sha256, from, upto)).await {
                // It is not as long as its record says: what it is, its hash tells.
                Err(fault) if fault.status() == Some(416) => Vec::new(),
                part => part?,
            };
            let is_last = upto == it.size || (part.len() as u64) < upto - from;
            half.bytes.extend(part);
            if is_last {
                return Ok(std::mem::take(half).bytes);
            }
            self.met();
        }
    }
    /// Waits until nothing is to be sent.
    async fn nothing_waits(&self) -> Result<(), Trouble> {
        loop {
            // Listened for before it is looked at: what ends in between is not missed.
            let (mut done, mut moving, seen) = (self.link.done.subscribe(), self.link.moving.subscribe(), self.wanted());
            // In this order: the last byte of a file lets go of the command that waits for it.
            let uploads = self.files.next_transfer(self.now()).await?.is_some();
            if !uploads && !self.files.has_to_send(self.now()).await? && !*self.sending.borrow() {
                return Ok(());
            }
            self.fetch_nothing();
            tokio::select! {
                // The senders live in the link, which lives as long as this does.
                _ = done.changed() => {}
                _ = moving.changed() => {}
                () = self.until(|w| w.given != seen.given) => {}
            }
        }
    }
    fn fetches(&self, it: &Wanted) {
        let now = Some((it.order, it.design));
        let began = self.link.keeping.send_if_modified(|keeping| std::mem::replace(&mut keeping.fetching, now) != now);
        if began {
            self.watcher.told(News::Kept(it.order));
        }
    }
    fn fetch_nothing(&self) {
        let mut was = None;
        self.link.keeping.send_if_modified(|keeping| {
            was = keeping.fetching.take();
            was.is_some()
        });
        if let Some((order, _)) = was {
            self.watcher.told(News::Kept(order));
        }
    }
}

/// Whether asking again for the same would be answered the same: there is no such file, none of which a picture can be made, or not for
/// this person. What a proxy answers in the server's place has no code.
fn is_not_there(fault: &Fault) -> bool {
    match (fault.status(), fault.code()) {
        (Some(403 | 404 | 410 | 422), Some(code)) => !code.is_empty() && code != "account_disabled" && code != "not_staff",
        _ => false,
    }
}

/// Bytes that are not those of the record: asking again brings the same.
fn other_bytes() -> Fault {
    Fault::Problem { status: 422, code: "other_bytes".to_owned(), detail: String::new(), errors: Vec::new(), retry_after: None }
}
