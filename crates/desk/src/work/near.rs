//! What time alone brings to tell of: a deadline that is near, and commands that are not sent for long.

use domain::{
    quiet::URGENT,
    status::Connection,
    time::{MINUTE, UtcMillis},
};
use std::sync::PoisonError;

use super::{Work, tidings::Tidings, toasts::Listener};
use crate::{desk::Inner, session::Phase};

/// How long commands may wait for a line until a person is told, in milliseconds (ui.md, section 8).
const STUCK: i64 = 15 * MINUTE;
/// So many deadlines that are near are looked at.
const NEAR: u32 = 100;

/// Since when by the monotonic clock commands wait while nothing is acknowledged, and as of when everything shown is true meanwhile.
pub(crate) type Stuck = Option<(UtcMillis, i64)>;

impl Work {
    /// The requests in this person's hands, or in nobody's, that will soon be late.
    async fn near(&self, listener: &Listener) -> Vec<Tidings> {
        let found = self.cabinet.due_before(listener.now.plus(URGENT), NEAR, listener.now).await.unwrap_or_else(|error| {
            tracing::error!(%error, "deadlines cannot be read");
            Vec::new()
        });
        found.iter().filter_map(|it| Tidings::near(it, &listener.actor, listener.now)).collect()
    }
}

impl Inner {
    /// Tells of what has come near, and of what does not go on.
    pub(super) async fn tell_of_time(&self) {
        let preferences = self.preferences();
        let stuck = self.stuck().await;
        let phase = self.phase.read().await;
        let Some(listener) = Listener::at(&phase, &preferences) else { return };
        let mut all: Vec<Tidings> = stuck.into_iter().collect();
        // Behind the lock nobody reads deadlines: the mirror is closed.
        if let Phase::Open(work) = &*phase {
            all.extend(work.near(&listener).await);
        }
        let news = listener.first_times(all).await;
        drop(phase);
        self.tell_all(news, &listener, &preferences).await;
    }
    /// Commands that wait for as long as nothing was acknowledged, while this computer was awake.
    async fn stuck(&self) -> Option<Tidings> {
        let status = self.status_now().await.ok()?;
        let (as_of, mono) =
            (status.as_of.filter(|_| status.queued > 0 && status.connection != Connection::Paused), self.parts.clock.mono());
        let mut stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
        *stuck = as_of.map(|as_of| stuck.filter(|(before, _)| *before == as_of).unwrap_or((as_of, mono)));
        let (as_of, since) = (*stuck)?;
        (mono - since >= STUCK).then_some(Tidings::Stuck(status.queued, as_of))
    }
}
