//! How much waits, is late, is in somebody's hands: what stands beside every list.

use domain::{
    record::{Kind, RecordRef},
    time::{UtcMillis, Zone},
};
use sqlx::{Arguments as _, QueryBuilder, Row, sqlite::SqliteArguments};

use super::ask::Counts;
use crate::{
    cabinet::{Cabinet, Inner},
    error::Result,
};

/// The borders between the groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Borders {
    pub(super) now: i64,
    pub(super) tomorrow: i64,
}

impl Borders {
    pub(super) fn at(now: UtcMillis, zone: Zone) -> Self {
        Self { now: now.ms(), tomorrow: now.day(zone).plus(1).at(0, 0, zone).ms() }
    }
    pub(super) fn group(self, open: bool, due: i64) -> u8 {
        if !open {
            3
        } else if due <= self.now {
            0
        } else if due < self.tomorrow {
            1
        } else {
            2
        }
    }
}

/// Without its name SQLite takes the index of the lists, and reads every row for what that has not.
const COUNTS: &str = "WITH item AS (\
        SELECT kind, rank AS due, looked, coalesce(mine > ?1, 0) AS mine, coalesce(snooze > ?1, 0) AS off, snooze, mine AS hand \
        FROM record INDEXED BY record_rank WHERE rank IS NOT NULL \
        AND (kind <> 10 OR id NOT IN (SELECT id FROM talk INDEXED BY talk_gone WHERE deleted = 1 AND waiting = 1))) \
    SELECT count(*) FILTER (WHERE NOT off), count(*) FILTER (WHERE NOT off AND due <= ?1), \
    count(*) FILTER (WHERE NOT off AND due > ?1 AND due < ?2), count(*) FILTER (WHERE NOT off AND NOT looked AND kind = 3), \
    count(*) FILTER (WHERE mine), count(*) FILTER (WHERE off), \
    min(due) FILTER (WHERE due > ?1), min(snooze) FILTER (WHERE off), min(hand) FILTER (WHERE mine), \
    (SELECT count(*) FROM record WHERE kind = 5 AND open = 1), \
    (SELECT count(*) FROM record INDEXED BY record_order_new \
    WHERE looked = 0 AND kind = 7 AND open = 1 AND state >= 'pending/' AND state < 'pending0'), \
    (SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 10 AND state < '2'), \
    count(*) FILTER (WHERE NOT off AND kind = 3), count(*) FILTER (WHERE NOT off AND kind = 7), \
    count(*) FILTER (WHERE NOT off AND kind = 10) FROM item";

impl Cabinet {
    /// How many there are of each.
    ///
    /// # Errors
    /// [`crate::Error`].
    pub async fn counts(&self, zone: Zone, now: UtcMillis) -> Result<Counts> {
        self.lock(now).await?.counts(zone).await
    }
}

impl Inner {
    /// How many there are of each. They are counted once for each version and each moment at which one of them turns.
    pub(crate) async fn counts(&mut self, zone: Zone) -> Result<Counts> {
        let now = self.now().ms();
        if let Some(kept) = &self.counted
            && kept.version == self.version
            && kept.zone == zone
            && (kept.from..kept.until).contains(&now)
        {
            return Ok(kept.counts);
        }
        let borders = Borders::at(self.now(), zone);
        let mut args = SqliteArguments::default();
        args.add(now).and_then(|()| args.add(borders.tomorrow)).map_err(sqlx::Error::Encode)?;
        let row = self.mirror.fetch_row(QueryBuilder::with_arguments(COUNTS, args)).await?;
        let counts = Counts {
            waiting: row.try_get(0)?,
            late: row.try_get(1)?,
            today: row.try_get(2)?,
            unseen: row.try_get(3)?,
            mine: row.try_get(4)?,
            snoozed: row.try_get(5)?,
            notifications: row.try_get(9)?,
            new_orders: row.try_get(10)?,
            unread: row.try_get(11)?,
            requests: row.try_get(12)?,
            orders: row.try_get(13)?,
            conversations: row.try_get(14)?,
        };
        let turns: [Option<i64>; 3] = [row.try_get(6)?, row.try_get(7)?, row.try_get(8)?];
        let until = turns.into_iter().flatten().min().unwrap_or(i64::MAX).min(borders.tomorrow);
        self.counted = Some(Counted { version: self.version, zone, from: now, until, counts });
        Ok(counts)
    }
}

/// Counts, and how long they hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    version: u64,
    zone: Zone,
    from: i64,
    until: i64,
    counts: Counts,
}

impl Counted {
    /// The next version differs in these records alone: none of them may be counted.
    pub(crate) fn carry_on(&mut self, records: &[RecordRef], version: u64) {
        let is_counted =
            |r: &RecordRef| matches!(r.kind, Kind::Consultation | Kind::Notification | Kind::Order | Kind::Conversation | Kind::ReadMark);
        if self.version + 1 == version && !records.iter().any(is_counted) {
            self.version = version;
        }
    }
}
