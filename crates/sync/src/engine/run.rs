//! The engine's task.

use std::sync::{Arc, atomic::AtomicBool};
use tokio::sync::watch;

use super::{Ended, Handle, News, Parts, core::Core, link::Link, live::SETTLED, recover::Break};
use crate::line::Line;

/// How long is rested before everything begins over, in milliseconds.
const OVER: i64 = 1_000;

pub(super) fn start(parts: Parts) -> Handle {
    let Parts { files, transport, clock, tokens, watcher, offset_ms, as_of, paused } = parts;
    let mut line = Line::default();
    (line.as_of, line.offset_ms, line.paused) = (as_of, offset_ms, paused);
    (line.locked, line.behind) = (files.is_locked(), true);
    let link = Arc::new(Link::new(Arc::clone(&clock), tokens, line));
    let (rights_changed, sending) = (AtomicBool::new(false), watch::Sender::default());
    let settled = clock.mono() + SETTLED;
    let core = Core { files, transport, clock, watcher, link: Arc::clone(&link), rights_changed, sending, settled };
    let (living, alive) = watch::channel(());
    tokio::spawn(async move {
        core.run().await;
        drop(core);
        drop(living);
    });
    Handle::new(link, alive)
}

impl Core {
    async fn run(&self) {
        let ended = tokio::select! {
            biased;
            () = self.until(|w| w.stop) => return,
            ended = self.keep_line() => ended,
            never = self.holds() => match never {},
            never = self.pulse() => match never {},
        };
        self.link.line().revoked = ended == Ended::DeviceEnded;
        self.show();
        self.watcher.told(News::Ended(ended));
    }
    /// Keeps the line while it is wanted and there is a session.
    async fn keep_line(&self) -> Ended {
        loop {
            self.link.line().paused = self.wanted().paused;
            self.show();
            self.until(|w| !w.paused).await;
            self.link.line().paused = false;
            self.show();
            let seen = self.wanted();
            let broke = tokio::select! {
                biased;
                () = self.until(|w| w.paused || w.over != seen.over || w.tokens != seen.tokens) => continue,
                broke = self.histories() => broke,
                broke = self.sender() => broke,
                broke = self.uploads() => broke,
                broke = self.keeper() => broke,
            };
            match broke {
                Break::Ended(ended) => return ended,
                // Only the feed has positions: whoever else says so is not understood, and everything begins over.
                Break::Anew => self.clock.sleep(OVER).await,
                Break::Session => {
                    let (now, mono) = (self.now(), self.clock.mono());
                    self.link.line().fail(None, false, now, mono);
                    self.show();
                    self.watcher.told(News::SessionLost);
                    self.until(|w| w.tokens != seen.tokens).await;
                }
            }
        }
    }
    /// One history of the server after another.
    async fn histories(&self) -> Break {
        loop {
            let broke = self.history().await;
            if broke != Break::Anew {
                return broke;
            }
            if let Err(broke) = self.begin_anew().await {
                return broke;
            }
        }
    }
    async fn history(&self) -> Break {
        if let Err(broke) = self.begin().await {
            return broke;
        }
        tokio::select! {
            biased;
            broke = self.live() => broke,
            broke = self.walk() => broke,
        }
    }
}
