//! What the desk holds of a running engine.

use domain::time::UtcMillis;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;

use super::Parts;
use crate::{
    clock::Clock,
    line::{Line, LineState},
    tokens::Tokens,
};

/// A running engine. Cheap to clone; the engine runs until [`Handle::stop`], or until it ends by itself.
#[derive(Clone)]
pub struct Handle {
    clock: Arc<dyn Clock>,
    offset: Arc<AtomicI64>,
    line: watch::Receiver<LineState>,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handle { .. }")
    }
}

impl Handle {
    pub(super) fn start(parts: Parts) -> Self {
        let (_, line) = watch::channel(Line::default().state(0));
        Self { clock: parts.clock, offset: Arc::new(AtomicI64::new(parts.offset_ms)), line }
    }
    /// Something was put into the outbox, or a hold changed: look.
    pub fn given(&self) {}
    /// Holds go, waiting after failures is cut short, and the server is asked at once.
    pub fn sync_now(&self) {}
    /// Stops asking and sending, or goes on. Acts are still taken and holds still end.
    pub fn pause(&self, _paused: bool) {}
    /// Lets all held commands go: the window is hidden, the desk locked, the program quits.
    pub async fn release_holds(&self) {}
    /// Lets all held commands go and tries to send what waits, for at most this long. Whether nothing waits any more; a try
    /// that fails ends it.
    pub async fn flush(&self, _most: Duration) -> bool {
        false
    }
    /// The state of the line.
    #[must_use]
    pub fn line(&self) -> watch::Receiver<LineState> {
        self.line.clone()
    }
    /// The server's clock as estimated here.
    #[must_use]
    pub fn now(&self) -> UtcMillis {
        self.clock.utc().plus(self.offset.load(Ordering::Relaxed))
    }
    /// Goes on with these tokens: somebody has logged in again.
    pub async fn replace_tokens(&self, _tokens: Tokens) {}
    /// Ends the engine. When this returns it holds the cabinet no more.
    pub async fn stop(&self) {}
}
