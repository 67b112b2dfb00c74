//! What the desk holds of a running engine.

use domain::time::UtcMillis;
use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

use super::{keeper::Keeping, link::Link, transfer::Moving};
use crate::{backoff::millis, line::LineState, tokens::Tokens};

/// A running engine. Cheap to clone; the engine runs until [`Handle::stop`], or until it ends by itself.
#[derive(Clone)]
pub struct Handle {
    link: Arc<Link>,
    /// Closed when the engine is gone, and its hold on the files with it.
    alive: watch::Receiver<()>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handle { .. }")
    }
}

impl Handle {
    pub(super) const fn new(link: Arc<Link>, alive: watch::Receiver<()>) -> Self {
        Self { link, alive }
    }
    pub(super) const fn link(&self) -> &Arc<Link> {
        &self.link
    }
    /// Something was put into the outbox, or a hold changed: look.
    pub fn given(&self) {
        self.link.wish.send_modify(|wish| wish.given += 1);
    }
    /// A person keeps the files of another order, or lets go of one: look, and fetch nothing that is wanted no more.
    pub fn kept(&self) {
        self.link.wish.send_modify(|wish| {
            wish.keep += 1;
            wish.hurry += 1;
        });
    }
    /// Holds go, waiting after failures is cut short, and the server is asked at once.
    pub fn sync_now(&self) {
        self.link.wish.send_modify(|wish| {
            wish.release += 1;
            wish.hurry += 1;
            wish.ask += 1;
            wish.given += 1;
        });
    }
    /// Has the mirror compared with the server's count and sum as soon as it is whole, whenever that was done last.
    pub fn compare_now(&self) {
        self.link.wish.send_modify(|wish| {
            wish.compare += 1;
            wish.hurry += 1;
            wish.ask += 1;
        });
    }
    /// Stops asking and sending, or goes on. Acts are still taken and holds still end.
    pub fn pause(&self, paused: bool) {
        self.link.wish.send_modify(|wish| wish.paused = paused);
    }
    /// Whether a person has stopped asking and sending.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.link.wanted().paused
    }
    /// Lets all held commands go: the window is hidden, the desk locked, the program quits. They are queued when it returns.
    ///
    /// Invariant: a hold ends by sending. “Hiding, locking, quitting, crashing and restarting send what was held.”
    pub async fn release_holds(&self) {
        let mut wanted = 0;
        self.link.wish.send_modify(|wish| {
            wish.release += 1;
            wanted = wish.release;
        });
        let mut done = self.link.done.subscribe();
        tokio::select! {
            _ = done.wait_for(|done| done.released >= wanted) => {}
            () = self.gone() => {}
        }
    }
    /// Lets all held commands go and tries to send what waits, for at most this long. Whether nothing waits any more; a try
    /// that fails ends it, and so does a pause.
    pub async fn flush(&self, most: Duration) -> bool {
        self.release_holds().await;
        if self.link.wanted().paused {
            return false;
        }
        let mut wanted = 0;
        self.link.wish.send_modify(|wish| {
            wish.given += 1;
            wish.hurry += 1;
            wanted = wish.given;
        });
        let mut done = self.link.done.subscribe();
        tokio::select! {
            done = done.wait_for(|done| done.tried >= wanted) => done.is_ok_and(|done| done.nothing_waits),
            () = self.link.clock.sleep(millis(most)) => false,
            () = self.gone() => false,
        }
    }
    /// The state of the line.
    #[must_use]
    pub fn line(&self) -> watch::Receiver<LineState> {
        self.link.shown.subscribe()
    }
    /// The file whose bytes are being sent, and how far they are.
    #[must_use]
    pub fn moving(&self) -> Option<Moving> {
        *self.link.moving.borrow()
    }
    /// What is being fetched of kept orders, and what cannot be.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        self.link.keeping.borrow().clone()
    }
    /// The server's clock as estimated here.
    #[must_use]
    pub fn now(&self) -> UtcMillis {
        self.link.now()
    }
    /// Goes on with these tokens: somebody has logged in again.
    pub async fn replace_tokens(&self, tokens: Tokens) {
        *self.link.tokens.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
        self.link.wish.send_modify(|wish| wish.tokens += 1);
    }
    /// Ends the engine. When this returns it holds the files no more. What was on its way stays in the outbox.
    pub async fn stop(&self) {
        self.link.wish.send_modify(|wish| wish.stop = true);
        self.gone().await;
    }
    async fn gone(&self) {
        let mut alive = self.alive.clone();
        while alive.changed().await.is_ok() {}
    }
}
