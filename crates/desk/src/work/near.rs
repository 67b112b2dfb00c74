//! What time alone brings to tell of: a deadline that is near, and commands that are not sent for long.

use domain::{
    quiet::URGENT,
    record::{AnyRecord, Kind, RecordRef},
    records::Consultation,
    status::Connection,
    time::{DAY, MINUTE, UtcMillis},
};
use std::sync::{Arc, PoisonError};

use super::{Work, tidings::Tidings, toasts::Listener};
use crate::{account::Held, desk::Inner, session::Phase};

/// How long commands may wait for a line until a person is told, in milliseconds (ui.md, section 8).
const STUCK: i64 = 15 * MINUTE;
/// So many deadlines are looked at.
const MOST: u32 = 200;
/// So far ahead they are known behind the lock, in milliseconds.
const AHEAD: i64 = DAY;

/// Since when by the monotonic clock commands wait while nothing is acknowledged, and as of when everything shown is true meanwhile.
pub(crate) type Stuck = Option<(UtcMillis, i64)>;

impl Work {
    /// The requests in this person's hands, or in nobody's, that will soon be late.
    async fn near(&self, listener: &Listener) -> Vec<Tidings> {
        let found = self.due_within(URGENT).await;
        found.iter().filter_map(|it| Tidings::near(it, &listener.actor, listener.now)).collect()
    }
    /// The deadlines that are this person's to keep, without anybody's name, for as long as the mirror is closed.
    pub(crate) async fn deadlines(&self) -> Vec<Held> {
        let (me, now) = (self.actor(), self.now());
        self.due_within(AHEAD).await.iter().filter(|it| Tidings::is_due_from(it, &me, now)).map(deadline).collect()
    }
    async fn due_within(&self, ms: i64) -> Vec<Consultation> {
        let now = self.now();
        self.cabinet.due_before(now.plus(ms), MOST, now).await.unwrap_or_else(|error| {
            tracing::error!(%error, "deadlines cannot be read");
            Vec::new()
        })
    }
}

fn deadline(it: &Consultation) -> Held {
    Held { key: RecordRef::new(Kind::Consultation, it.id).to_string(), due: Some(it.due_at) }
}

impl Inner {
    /// Takes what came into the deadlines that are known behind the lock.
    pub(super) async fn follow_deadlines(&self, came: impl Iterator<Item = &Arc<AnyRecord>>) {
        let phase = self.phase.read().await;
        let Phase::Locked(locked) = &*phase else { return };
        let Some(listener) = Listener::at(&phase, &self.preferences()) else { return };
        let mut deadlines = locked.account.who().deadlines;
        let before = deadlines.clone();
        for record in came {
            let AnyRecord::Consultation(it) = &**record else { continue };
            let now = deadline(it);
            deadlines.retain(|known| known.key != now.key);
            deadlines.extend(Tidings::is_due_from(it, &listener.actor, listener.now).then_some(now));
        }
        if deadlines != before {
            locked.account.change(|who| who.deadlines = deadlines);
        }
    }
    /// Tells of what has come near, and of what does not go on.
    pub(super) async fn tell_of_time(&self) {
        let preferences = self.preferences();
        let stuck = self.stuck().await;
        let phase = self.phase.read().await;
        let Some(listener) = Listener::at(&phase, &preferences) else { return };
        let mut all: Vec<Tidings> = stuck.into_iter().collect();
        match &*phase {
            Phase::Open(work) => all.extend(work.near(&listener).await),
            Phase::Locked(locked) => {
                all.extend(locked.account.who().deadlines.into_iter().filter_map(|it| Tidings::near_unnamed(it, listener.now)));
            }
            _ => {}
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
