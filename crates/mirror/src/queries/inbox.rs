//! Antrean and the lists of answered requests.
//!
//! Waiting ones come earliest deadline first, ties longest waiting; answered ones newest first. Both orders are those of an
//! index, so a part of a list costs what the part has, not what the list has.

use domain::{
    id::{CommandId, RecordId},
    record::{Kind, RecordRef},
    records::Consultation,
    status::CommandState,
    time::{UtcMillis, Zone},
};
use sqlx::{
    Arguments as _, QueryBuilder, Row,
    sqlite::{Sqlite, SqliteArguments},
};

use crate::{
    cabinet::{Cabinet, Inner},
    columns::searched,
    error::{Error, Result},
    mirror::Stored,
};

/// The lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Waiting, and not put off.
    #[default]
    Waiting,
    /// Waiting, and in this person's hands or given to them.
    Mine,
    /// Waiting, and put off.
    Snoozed,
    /// Answered or called off.
    Answered,
    /// Accepted.
    Accepted,
    /// Rejected.
    Rejected,
    /// Called off.
    Cancelled,
}

impl View {
    const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Mine | Self::Snoozed)
    }
    const fn state(self) -> Option<&'static str> {
        match self {
            Self::Accepted => Some("accepted"),
            Self::Rejected => Some("rejected"),
            Self::Cancelled => Some("cancelled"),
            _ => None,
        }
    }
}

/// Which part of which list.
#[derive(Clone, Debug, Default)]
pub struct InboxAsk {
    /// The list.
    pub view: View,
    /// Only those that are found by this.
    pub text: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
    /// A row that must be among them.
    pub around: Option<RecordRef>,
    /// The version of the list that was let in: what entered later is left out and counted.
    pub shown: Option<u64>,
    /// The organisation's zone: what «today» is.
    pub zone: Zone,
}

/// How many rows are late, due today, due later, and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Groups {
    /// Past their deadline.
    pub late: u32,
    /// Due today.
    pub today: u32,
    /// Due later.
    pub next: u32,
    /// Answered or called off.
    pub done: u32,
}

/// How many there are of each, whatever the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    /// Waiting and not put off.
    pub waiting: u32,
    /// Of these, past their deadline.
    pub late: u32,
    /// Of these, due today.
    pub today: u32,
    /// Of these, not looked at yet.
    pub unseen: u32,
    /// In this person's hands or given to them.
    pub mine: u32,
    /// Put off.
    pub snoozed: u32,
    /// Unread notifications of this person.
    pub notifications: u32,
}

/// One row.
#[derive(Clone, Debug)]
pub struct InboxLine {
    /// The request as it is shown.
    pub consultation: Consultation,
    /// Whether the state it is shown in is ours alone.
    pub ours: bool,
    /// Whether the claim that is shown, or its absence, is ours alone.
    pub claim_ours: bool,
    /// Its most urgent open command.
    pub mark: Option<(CommandState, CommandId)>,
    /// Whether this person has not looked at it yet.
    pub unseen: bool,
    /// Whether it is past its deadline (0), due today (1), due later (2) or answered (3).
    pub group: u8,
}

/// A part of a list.
#[derive(Clone, Debug, Default)]
pub struct InboxPage {
    /// The rows.
    pub rows: Vec<InboxLine>,
    /// Where the first one stands.
    pub offset: u32,
    /// Where the row of `around` stands, if the list has it.
    pub at: Option<u32>,
    /// How many rows the list has.
    pub total: u32,
    /// How many in each group.
    pub groups: Groups,
    /// How many of each there are.
    pub counts: Counts,
    /// How many rows are left out because they came later.
    pub newer: u32,
    /// The version of the list.
    pub version: u64,
}

/// The borders between the groups.
#[derive(Clone, Copy, Debug)]
struct Borders {
    now: i64,
    tomorrow: i64,
}

impl Borders {
    fn at(now: UtcMillis, zone: Zone) -> Self {
        Self { now: now.ms(), tomorrow: now.day(zone).plus(1).at(0, 0, zone).ms() }
    }
    fn group(self, open: bool, due: i64) -> u8 {
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

const COLUMNS: &str = "SELECT id, rev, seq, ours, body, looked, open, due FROM record";

/// Without its name SQLite takes the index of the lists, and reads every row for what that has not.
const COUNTS: &str = "WITH item AS (\
        SELECT due, looked, coalesce(mine > ?1, 0) AS mine, coalesce(snooze > ?1, 0) AS off, snooze, mine AS hand \
        FROM record INDEXED BY record_open WHERE kind = 3 AND open = 1) \
    SELECT count(*) FILTER (WHERE NOT off), count(*) FILTER (WHERE NOT off AND due <= ?1), \
    count(*) FILTER (WHERE NOT off AND due > ?1 AND due < ?2), count(*) FILTER (WHERE NOT off AND NOT looked), \
    count(*) FILTER (WHERE mine), count(*) FILTER (WHERE off), \
    min(due) FILTER (WHERE due > ?1), min(snooze) FILTER (WHERE off), min(hand) FILTER (WHERE mine), \
    (SELECT count(*) FROM record WHERE kind = 5 AND open = 1) FROM item";

impl Cabinet {
    /// A part of a list.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inbox(&self, ask: &InboxAsk, now: UtcMillis) -> Result<InboxPage> {
        self.lock(now).await?.inbox(ask).await
    }
    /// How many there are of each.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn counts(&self, zone: Zone, now: UtcMillis) -> Result<Counts> {
        self.lock(now).await?.counts(zone).await
    }
}

impl Inner {
    async fn inbox(&mut self, ask: &InboxAsk) -> Result<InboxPage> {
        let later = self.later(ask.shown);
        let list = List { ask, words: searched(&ask.text), now: self.now().ms(), later };
        let borders = Borders::at(self.now(), ask.zone);
        let counts = self.counts(ask.zone).await?;
        let groups = self.groups(&list, borders, &counts).await?;
        let newer = self.newer(&list).await?;
        let total = groups.late + groups.today + groups.next + groups.done;
        let at = match ask.around {
            Some(name) => self.place(&list, name).await?,
            None => None,
        };
        let offset = at.map_or(ask.offset, |at| at.saturating_sub(ask.limit / 2).min(total.saturating_sub(ask.limit)));
        let rows = self.rows(&list, offset, borders).await?;
        Ok(InboxPage { rows, offset, at, total, groups, counts, newer, version: self.version })
    }
    /// Ids of what came into a list after this version.
    fn later(&self, shown: Option<u64>) -> Vec<RecordId> {
        match shown {
            Some(shown) if shown >= self.floor => self.entered.iter().filter(|(_, v)| **v > shown).map(|(id, _)| *id).collect(),
            _ => Vec::new(),
        }
    }
    async fn rows(&mut self, list: &List<'_>, offset: u32, borders: Borders) -> Result<Vec<InboxLine>> {
        let mut query = QueryBuilder::new(COLUMNS);
        list.conditions(&mut query, false);
        list.order(&mut query);
        query.push(" LIMIT ").push_bind(list.ask.limit).push(" OFFSET ").push_bind(offset);
        let rows = self.mirror.fetch_rows(query).await?;
        let stored: Vec<(Stored, bool, bool, i64)> = rows
            .iter()
            .map(|row| Ok((Stored::of(Kind::Consultation, row)?, row.try_get("looked")?, row.try_get("open")?, row.try_get("due")?)))
            .collect::<sqlx::Result<_>>()?;
        let ours: Vec<RecordRef> = stored.iter().filter(|(s, ..)| s.ours).map(|(s, ..)| s.name).collect();
        let server = self.mirror.server_states(&ours).await?;
        let marks = self.marks();
        let mut lines = Vec::with_capacity(stored.len());
        for (it, looked, open, due) in stored {
            let consultation = consultation(&it)?;
            let said = server.get(&it.name).and_then(|r| match r {
                domain::record::AnyRecord::Consultation(said) => Some(said),
                _ => None,
            });
            let mark = marks.get(&it.name.id).copied();
            lines.push(InboxLine {
                ours: it.ours && said.is_none_or(|s| s.status != consultation.status),
                claim_ours: it.ours && said.is_none_or(|s| s.claim != consultation.claim),
                mark,
                unseen: !looked && open,
                group: borders.group(open, due),
                consultation,
            });
        }
        Ok(lines)
    }
    /// Where a row stands in a list, if the list has it.
    async fn place(&mut self, list: &List<'_>, name: RecordRef) -> Result<Option<u32>> {
        let mut query = QueryBuilder::new("SELECT due, at FROM record");
        list.conditions(&mut query, false);
        query.push(" AND id = ").push_bind(name.id.uuid().as_bytes().to_vec());
        let Some(row) = self.mirror.fetch_rows(query).await?.pop() else { return Ok(None) };
        let (due, at): (i64, i64) = (row.try_get("due")?, row.try_get("at")?);
        let mut query = QueryBuilder::new("SELECT count(*) FROM record");
        list.conditions(&mut query, false);
        if list.ask.view.is_open() {
            query.push(" AND (due, at, id) < (").push_bind(due).push(", ");
        } else {
            query.push(" AND (at, id) > (");
        }
        query.push_bind(at).push(", ").push_bind(name.id.uuid().as_bytes().to_vec()).push(")");
        self.count(query).await.map(Some)
    }
    /// How many rows of a list stand in each group.
    async fn groups(&mut self, list: &List<'_>, borders: Borders, counts: &Counts) -> Result<Groups> {
        let plain = list.words.is_empty() && list.later.is_empty();
        if plain && list.ask.view == View::Waiting {
            let next = counts.waiting - counts.late - counts.today;
            return Ok(Groups { late: counts.late, today: counts.today, next, done: 0 });
        }
        if !list.ask.view.is_open() {
            return Ok(Groups { done: self.answered(list, plain).await?, ..Groups::default() });
        }
        let mut query = QueryBuilder::new("SELECT count(*) FILTER (WHERE due <= ");
        query.push_bind(borders.now).push("), count(*) FILTER (WHERE due > ").push_bind(borders.now).push(" AND due < ");
        query.push_bind(borders.tomorrow).push("), count(*) FROM record");
        list.conditions(&mut query, false);
        let row = self.mirror.fetch_row(query).await?;
        let (late, today, all): (u32, u32, u32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        Ok(Groups { late, today, next: all - late - today, done: 0 })
    }
    /// How many rows a list of answered ones has.
    async fn answered(&mut self, list: &List<'_>, plain: bool) -> Result<u32> {
        if plain {
            let mut query = QueryBuilder::new("SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 3 AND state ");
            match list.ask.view.state() {
                Some(state) => query.push("= ").push_bind(state),
                None => query.push("<> 'waiting'"),
            };
            return self.count(query).await;
        }
        let mut query = QueryBuilder::new("SELECT count(*) FROM record");
        list.conditions(&mut query, false);
        self.count(query).await
    }
    /// How many rows of a list came after the version that was let in.
    async fn newer(&mut self, list: &List<'_>) -> Result<u32> {
        if list.later.is_empty() {
            return Ok(0);
        }
        let mut query = QueryBuilder::new("SELECT count(*) FROM record");
        list.conditions(&mut query, true);
        self.count(query).await
    }
    async fn count(&mut self, query: QueryBuilder<Sqlite>) -> Result<u32> {
        let n: i64 = self.mirror.fetch_row(query).await?.try_get(0)?;
        Ok(u32::try_from(n).unwrap_or(u32::MAX))
    }
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
        let is_counted = |r: &RecordRef| matches!(r.kind, Kind::Consultation | Kind::Notification);
        if self.version + 1 == version && !records.iter().any(is_counted) {
            self.version = version;
        }
    }
}

/// A list: which rows, in which order.
struct List<'a> {
    ask: &'a InboxAsk,
    words: Vec<String>,
    now: i64,
    /// What came after the version that was let in.
    later: Vec<RecordId>,
}

impl List<'_> {
    /// Which rows the list has; or, with `only_later`, which of them came after the version that was let in.
    fn conditions(&self, query: &mut QueryBuilder<Sqlite>, only_later: bool) {
        query.push(if self.ask.view.is_open() { " WHERE kind = 3 AND open = 1" } else { " WHERE kind = 3 AND open = 0" });
        match self.ask.view {
            View::Waiting => drop(query.push(" AND coalesce(snooze <= ").push_bind(self.now).push(", 1)")),
            View::Mine => drop(query.push(" AND mine > ").push_bind(self.now)),
            View::Snoozed => drop(query.push(" AND snooze > ").push_bind(self.now)),
            View::Answered => drop(query.push(" AND state IS NOT NULL")),
            View::Accepted | View::Rejected | View::Cancelled => drop(query.push(" AND state = ").push_bind(self.ask.view.state())),
        }
        for word in &self.words {
            query.push(" AND instr(search, ").push_bind(word.clone()).push(") > 0");
        }
        if !self.later.is_empty() {
            query.push(if only_later { " AND id IN (" } else { " AND id NOT IN (" });
            let mut ids = query.separated(", ");
            for id in &self.later {
                ids.push_bind(id.uuid().as_bytes().to_vec());
            }
            query.push(")");
        }
    }
    fn order(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(if self.ask.view.is_open() { " ORDER BY due, at, id" } else { " ORDER BY at DESC, id DESC" });
    }
}

fn consultation(stored: &Stored) -> Result<Consultation> {
    match stored.record()? {
        domain::record::AnyRecord::Consultation(it) => Ok(it),
        _ => Err(Error::Inconsistent { table: "record", column: "kind", id: stored.name.to_string() }),
    }
}
