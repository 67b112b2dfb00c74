//! What a running engine and its handles share: wishes one way, the state of the line the other.

use domain::{role::Role, time::UtcMillis};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::watch;

use super::{keeper::Keeping, transfer::Moving};
use crate::{
    clock::Clock,
    line::{Line, LineState},
    tokens::Tokens,
};

/// What is wanted of the engine. Counters rise: whoever remembers an earlier one sees that more was wanted since.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wish {
    pub(super) paused: bool,
    pub(super) stop: bool,
    /// Something was put into the outbox, or a hold changed.
    pub(super) given: u64,
    /// Waiting after failures is cut short.
    pub(super) hurry: u64,
    /// The server answers again: waiting for a network is cut short.
    pub(super) met: u64,
    /// The feed is asked at once.
    pub(super) ask: u64,
    /// The mirror is compared with the server, although that was done within a day.
    pub(super) compare: u64,
    /// All holds go.
    pub(super) release: u64,
    /// Connections are likely dead, the clock may be another: begin over.
    pub(super) over: u64,
    /// A person keeps the files of another order, or lets go of one.
    pub(super) keep: u64,
    /// Something came of which files may be kept.
    pub(super) came: u64,
    /// The tokens are other ones.
    pub(super) tokens: u64,
}

/// What was done about wishes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Done {
    /// The release up to which all holds are gone.
    pub(super) released: u64,
    /// The asking up to which the feed was read to its head.
    pub(super) heard: u64,
    /// The comparing up to which one was tried.
    pub(super) compared: u64,
    /// The gift up to which sending was tried, and whether nothing waited after it.
    pub(super) tried: u64,
    pub(super) nothing_waits: bool,
}

/// Shared between an engine and its handles. The files are not here: they are free when the engine has stopped.
pub(super) struct Link {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) wish: watch::Sender<Wish>,
    pub(super) done: watch::Sender<Done>,
    pub(super) shown: watch::Sender<LineState>,
    /// The file whose bytes are being sent.
    pub(super) moving: watch::Sender<Option<Moving>>,
    /// What is done about kept files.
    pub(super) keeping: watch::Sender<Keeping>,
    pub(super) tokens: Mutex<Tokens>,
    line: Mutex<Line>,
    offset: AtomicI64,
    /// What a session that was renewed beside the engine said of this person's roles.
    roles: Mutex<Option<Vec<Role>>>,
}

impl Link {
    pub(super) fn new(clock: Arc<dyn Clock>, tokens: Tokens, line: Line) -> Self {
        let shown = watch::Sender::new(line.state(clock.mono()));
        let wish = watch::Sender::new(Wish { paused: line.paused, ..Wish::default() });
        let offset = AtomicI64::new(line.offset_ms);
        Self {
            clock,
            wish,
            done: watch::Sender::default(),
            shown,
            moving: watch::Sender::default(),
            keeping: watch::Sender::default(),
            tokens: Mutex::new(tokens),
            line: Mutex::new(line),
            offset,
            roles: Mutex::default(),
        }
    }
    /// What is wanted now.
    pub(super) fn wanted(&self) -> Wish {
        *self.wish.borrow()
    }
    /// The server's clock as estimated.
    pub(super) fn now(&self) -> UtcMillis {
        self.clock.utc().plus(self.offset_ms())
    }
    pub(super) fn offset_ms(&self) -> i64 {
        self.offset.load(Ordering::Relaxed)
    }
    pub(super) fn set_offset(&self, ms: i64) {
        self.offset.store(ms, Ordering::Relaxed);
        self.line().offset_ms = ms;
    }
    /// What is known of the line.
    pub(super) fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Keeps what a renewed session says of this person's roles, for the engine.
    pub(super) fn set_roles(&self, roles: Vec<Role>) {
        *self.roles.lock().unwrap_or_else(PoisonError::into_inner) = Some(roles);
    }
    /// What was kept since the last time.
    pub(super) fn take_roles(&self) -> Option<Vec<Role>> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
    pub(super) fn tokens(&self) -> Tokens {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
