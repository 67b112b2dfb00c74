//! What time brings: deadlines pass, everything shown grows older, the outbox is copied once a day and gives back what it does not need.

use domain::time::{DAY, MINUTE, SECOND, UtcMillis};
use std::sync::Arc;
use tokio::task::JoinHandle;

use super::{Work, idle::lock_if_left};
use crate::desk::Inner;

/// How often time is looked at, in milliseconds.
const TICK: i64 = 10 * SECOND;
/// How often the line's state is kept for the next start, and the outbox asked what it does not need, in milliseconds.
const NOTE: i64 = 5 * MINUTE;
/// When the outbox was last copied, in the outbox itself.
const COPIED: &str = "copied_at";

/// Looks after the account, open or locked, until its files are closed.
pub(crate) fn upkeep(inner: &Arc<Inner>) -> JoinHandle<()> {
    let (desk, clock) = (Arc::downgrade(inner), Arc::clone(&inner.parts.clock));
    let mut noted = clock.mono();
    tokio::spawn(async move {
        loop {
            clock.sleep(TICK).await;
            let Some(inner) = desk.upgrade() else { return };
            let note = clock.mono() - noted >= NOTE;
            if note {
                noted = clock.mono();
            }
            if lock_if_left(&inner).await {
                return;
            }
            inner.tick(note).await;
        }
    })
}

impl Inner {
    async fn tick(&self, note: bool) {
        let mut look_again = false;
        if let Ok(work) = self.work().await {
            // A dated setting may have come into force.
            look_again = work.read_settings().await.unwrap_or_default();
            if note {
                let waiting = work.cabinet.tallies(work.now()).await.ok().map(|tallies| tallies.queued);
                work.note_line(waiting);
            }
            if let Err(error) = work.keep_copy().await {
                tracing::error!(%error, "the outbox cannot be copied");
            }
            if note && let Err(error) = work.cabinet.give_back(work.now()).await {
                tracing::error!(%error, "what is empty in the outbox cannot be given back");
            }
            if let Err(error) = work.prepare_search().await {
                tracing::error!(%error, "what can be found cannot be read");
            }
        }
        if look_again {
            self.tell_session().await;
        }
        self.end_pause().await;
        self.tell_held().await;
        self.tell_of_time().await;
        self.tell_status().await;
    }
}

impl Work {
    /// Reads what can be found once everything is here, so that nobody's first search waits for it: a part at a time, and whoever acts
    /// comes between.
    async fn prepare_search(&self) -> mirror::Result<()> {
        if self.cabinet.stand().await?.walked {
            while !self.cabinet.prepare_search(self.now()).await? {
                tokio::task::yield_now().await;
            }
        }
        Ok(())
    }
    /// Copies the outbox, if that was not done within a day.
    async fn keep_copy(&self) -> mirror::Result<()> {
        let (now, last) = (self.now(), self.cabinet.value(COPIED).await?);
        let last = last.and_then(|text| text.parse().ok()).map(UtcMillis::from_ms);
        if last.is_some_and(|last| (0..DAY).contains(&now.since(last))) {
            return Ok(());
        }
        self.cabinet.keep_copy(now).await?;
        self.cabinet.set_value(COPIED, Some(&now.ms().to_string())).await
    }
}
