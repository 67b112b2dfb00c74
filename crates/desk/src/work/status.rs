//! The status bar: made from the line, the outbox and the lists, and told only when it changed.

use bridge::{DeskError, Event, Notify, SyncStatus, Ways};
use domain::{
    status::Connection,
    time::{SECOND, UtcMillis, Zone},
};
use mirror::queries::Counts;
use std::sync::Arc;

use super::{Work, held::seat};
use crate::{
    desk::{Desk, Inner},
    error::file_error,
    session::Phase,
};

/// What the window was told last, and when by the monotonic clock.
pub(crate) type Told = Option<(SyncStatus, i64)>;

/// So much later everything is true, or so much the estimate of the server's clock moved, until it is told again.
const WORTH_TELLING: i64 = 10 * SECOND;

impl Work {
    /// How it stands, by the days of this zone, and with what this person wants to be counted.
    pub(crate) async fn status(&self, zone: Zone, notify: Notify) -> Result<SyncStatus, DeskError> {
        let (now, line) = (self.now(), self.engine.line().borrow().clone());
        let tallies = self.cabinet.tallies(now).await.map_err(file_error)?;
        let counts = self.cabinet.counts(zone, now).await.map_err(file_error)?;
        Ok(SyncStatus {
            connection: line.connection,
            as_of: line.as_of,
            offline_since: line.offline_since,
            now,
            complete: line.complete,
            records: tallies.records,
            queued: tallies.queued,
            uploading: self.engine.moving().map(|moving| bridge::percent(moving.sent, moving.size)),
            refused: tallies.refused,
            conflicts: tallies.conflicts,
            waiting: counts.waiting,
            late: counts.late,
            unread: unread(counts, notify),
            paused_until: None,
            quiet: false,
            quiet_until: None,
            stuck: line.stuck.map(str::to_owned),
        })
    }
}

/// How many there are that the person has not looked at, of what they want to be counted.
fn unread(counts: Counts, notify: Notify) -> u32 {
    let counted = |ways: Ways, n: u32| if ways.count { n } else { 0 };
    let all = [
        (notify.request, counts.unseen),
        (notify.order, counts.new_orders),
        (notify.message, counts.unread),
        (notify.assigned, counts.notifications),
    ];
    all.into_iter().fold(0, |sum: u32, (ways, n)| sum.saturating_add(counted(ways, n)))
}

impl Inner {
    /// How it stands.
    pub(crate) async fn status_now(&self) -> Result<SyncStatus, DeskError> {
        let phase = self.phase.read().await;
        let status = self.counted(&phase).await?;
        let Some((account, now, zone)) = seat(&phase) else { return Ok(status) };
        let (zone, quiet) = (self.zone(zone), self.preferences().quiet);
        Ok(SyncStatus {
            paused_until: account.who().paused_until,
            quiet: quiet.is_quiet(now, zone),
            quiet_until: quiet.until(now, zone),
            ..status
        })
    }
    /// The line and the counts.
    async fn counted(&self, phase: &Phase) -> Result<SyncStatus, DeskError> {
        let (connection, unsent) = match phase {
            Phase::Open(work) => return work.status(self.zone(work.org_zone()), self.preferences().notify).await,
            Phase::Locked(locked) => {
                return Ok(locked.status(SyncStatus::idle(Connection::Locked, self.parts.clock.utc())).await);
            }
            Phase::Revoked(out) => (Connection::Revoked, out.unsent),
            Phase::Out(out) => (Connection::Offline, out.unsent),
            Phase::Passphrase(_) | Phase::Failed(_) | Phase::Closed => (Connection::Offline, 0),
        };
        Ok(SyncStatus { queued: unsent, ..SyncStatus::idle(connection, self.parts.clock.utc()) })
    }
    /// Tells how it stands, if that changed.
    pub(crate) async fn tell_status(&self) {
        let mut told = self.told.lock().await;
        let Ok(status) = self.status_now().await else { return };
        let mono = self.parts.clock.mono();
        if told.as_ref().is_none_or(|(before, at)| differs(before, &status, mono - at)) {
            *told = Some((status.clone(), mono));
            self.tell(Event::Status { status });
        }
    }
}

impl Desk {
    /// The same without anybody waiting for it: whoever acts sees the act first, and the counts right after.
    pub(crate) fn tell_status_soon(&self) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move { inner.tell_status().await });
    }
}

/// Whether the window shows something otherwise, so many milliseconds later.
fn differs(before: &SyncStatus, after: &SyncStatus, elapsed: i64) -> bool {
    let later = |a: Option<UtcMillis>, b: Option<UtcMillis>| match (a, b) {
        (Some(a), Some(b)) => b.since(a).abs() >= WORTH_TELLING,
        (a, b) => a != b,
    };
    let clock_moved = (after.now.since(before.now) - elapsed).abs() >= WORTH_TELLING;
    let rest = SyncStatus { now: before.now, as_of: before.as_of, ..after.clone() };
    rest != *before || later(before.as_of, after.as_of) || clock_moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_window_shows_otherwise_is_told() {
        let at = |ms: i64| UtcMillis::from_ms(1_795_568_400_000 + ms);
        let before = SyncStatus { as_of: Some(at(0)), ..SyncStatus::idle(Connection::Online, at(0)) };
        let after = |ms, as_of| SyncStatus { as_of: Some(at(as_of)), now: at(ms), ..before.clone() };
        assert!(!differs(&before, &after(4_000, 4_000), 4_000), "a clock that goes on is no news");
        assert!(differs(&before, &after(12_000, 12_000), 12_000), "how fresh everything is, is");
        assert!(differs(&before, &after(90_000, 0), 1_000), "a clock that was set is");
        assert!(differs(&before, &SyncStatus { queued: 1, ..before.clone() }, 0));
        assert!(differs(&before, &SyncStatus { connection: Connection::Offline, ..before.clone() }, 0));
    }
}
