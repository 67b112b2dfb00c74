//! The feed (docs/sync.md: «Newest only», «Gone means gone», «A commit is whole»).
//!
//! A person's principals have a row each for a record. One of them speaks for the person: a put before a gone, then the
//! highest number. Pages walk along each principal's numbers and leave out the rows for which another principal speaks, so
//! that a page costs what its rows cost, however much lies above or below it.

use domain::{
    record::{Kind, RecordRef},
    role::Principal,
    wire::check_term,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};
use uuid::Uuid;

use super::{
    engine::{Arg, Engine, Sql},
    reader::Reader,
    records::json_of,
    view::{Side, View},
};
use crate::{Check, FeedRow, Published, Result};

macro_rules! spoken {
    ($list:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM feed AS o WHERE o.principal ",
            $list,
            " AND o.kind = f.kind AND o.id = f.id AND ",
            "(o.gone < f.gone OR (o.gone = f.gone AND (o.seq > f.seq OR (o.seq = f.seq AND o.principal < f.principal)))))"
        )
    };
}
/// Statements that ask of each row whether another principal ($2) speaks for its record.
macro_rules! pages {
    ($($name:ident: $head:literal, $tail:literal;)*) => {$(
        const $name: Sql = Sql::each(
            concat!($head, spoken!("IN (SELECT value FROM json_each($2))"), $tail),
            concat!($head, spoken!("= ANY($2)"), $tail),
        );
    )*};
}
pages! {
    UP: "SELECT f.seq, f.kind, f.id, f.rev, f.gone, ",
        " FROM feed AS f WHERE f.principal = $1 AND f.seq > $3 AND f.seq <= $4 ORDER BY f.seq LIMIT $5";
    DOWN: "SELECT f.seq, f.kind, f.id, f.rev, f.gone, ",
        " FROM feed AS f WHERE f.principal = $1 AND f.seq > $3 AND f.seq <= $4 AND NOT f.gone ORDER BY f.seq DESC LIMIT $5";
    OPEN: "SELECT f.seq, f.kind, f.id, f.rev, f.gone, ",
        " FROM feed AS f WHERE f.principal = $1 AND f.seq > $3 AND f.seq <= $4 AND f.open AND NOT f.gone ORDER BY f.seq LIMIT $5";
    HELD: "SELECT f.kind, f.id, f.rev, ", " FROM feed AS f WHERE f.principal = $1 AND NOT f.gone";
}
const OF_RECORDS: Sql = Sql::each(
    "SELECT f.seq, f.kind, f.id, f.rev, f.gone FROM json_each($2) AS k CROSS JOIN feed AS f \
     ON f.principal = $1 AND f.kind = $3 AND f.id = unhex(k.value)",
    "SELECT f.seq, f.kind, f.id, f.rev, f.gone FROM feed AS f WHERE f.principal = $1 AND f.id = ANY($2) AND f.kind = $3",
);
const HOLDERS: Sql = Sql::each(
    "SELECT f.kind, f.id, p.name FROM json_each($1) AS k CROSS JOIN feed AS f ON f.kind = $2 AND f.id = unhex(k.value) \
     CROSS JOIN principal AS p ON p.id = f.principal WHERE NOT f.gone",
    "SELECT f.kind, f.id, p.name FROM feed AS f JOIN principal AS p ON p.id = f.principal \
     WHERE f.kind = $2 AND f.id = ANY($1) AND NOT f.gone",
);
const NOTES_ABOUT: Sql =
    Sql::each("SELECT id FROM note WHERE record IN (SELECT value FROM json_each($1))", "SELECT id FROM note WHERE record = ANY($1)");
const PUBLISHED: Sql = Sql::same(
    "SELECT f.seq, f.kind, f.id, f.rev, f.gone, p.name FROM feed AS f JOIN principal AS p ON p.id = f.principal \
     WHERE f.seq > $1 AND f.seq <= $2 ORDER BY f.seq",
);

/// Which way a page walks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    /// The same, from one open record to the next.
    Open,
    Down,
}

impl Way {
    const fn sql(self) -> Sql {
        match self {
            Self::Up => UP,
            Self::Open => OPEN,
            Self::Down => DOWN,
        }
    }
}

fn feed_row<E: Engine>(r: &mut Reader<'_, E::Row>) -> Result<FeedRow> {
    let seq = r.int()?;
    let record = record_of::<E>(r)?;
    Ok(FeedRow { seq, record, rev: r.int()?, gone: r.flag()? })
}

fn record_of<E: Engine>(r: &mut Reader<'_, E::Row>) -> Result<RecordRef> {
    let code = r.int()?;
    let kind = r.parsed(Kind::of_code(code), "unknown kind")?;
    Ok(RecordRef::new(kind, domain::id::RecordId::from_uuid(r.id()?)))
}

impl<E: Engine, W: Side> View<E, W> {
    pub(super) async fn feed_up(&mut self, principals: &[Principal], after: i64, upto: i64, limit: u32) -> Result<Vec<FeedRow>> {
        let numbers = self.distinct(principals).await?;
        let (mut rows, known) = self.walk(&numbers, Way::Up, after, upto, limit).await?;
        if let Some(last) = full(&rows, limit) {
            let end = self.commit_end(last).await?.min(upto);
            if end > known {
                rows.extend(self.stretch(&numbers, Way::Up, known, end, i64::MAX).await?.0);
            }
            rows.retain(|row| row.seq <= end);
        }
        Ok(rows)
    }

    pub(super) async fn feed_down(&mut self, principals: &[Principal], before: i64, limit: u32) -> Result<Vec<FeedRow>> {
        let numbers = self.distinct(principals).await?;
        let (mut rows, known) = self.walk(&numbers, Way::Down, 0, before, limit).await?;
        if let Some(last) = full(&rows, limit) {
            let begin = self.commit_before(last).await?;
            if begin < known {
                rows.extend(self.stretch(&numbers, Way::Down, begin, known, i64::MAX).await?.0);
            }
            rows.retain(|row| row.seq > begin);
        }
        Ok(rows)
    }

    /// Walks until a page is full or the end is reached. Says also how far the walk is complete: upwards the last number
    /// that it covers, downwards the number above which it covers all.
    async fn walk(&mut self, numbers: &[i64], way: Way, after: i64, upto: i64, limit: u32) -> Result<(Vec<FeedRow>, i64)> {
        let (mut after, mut upto, mut rows) = (after, upto, Vec::new());
        loop {
            let (more, known) = self.stretch(numbers, way, after, upto, i64::from(limit.max(1))).await?;
            rows.extend(more);
            match (way, known) {
                (Way::Up | Way::Open, Some(known)) => after = known,
                (Way::Down, Some(known)) => upto = known,
                (Way::Up | Way::Open, None) => return Ok((rows, upto)),
                (Way::Down, None) => return Ok((rows, after)),
            }
            if full(&rows, limit).is_some() {
                return Ok((rows, if way == Way::Down { upto } else { after }));
            }
        }
    }

    /// The rows of one stretch, in order, `limit` of each principal at most, as far as all of them are known; and how far that
    /// is, where some were cut off.
    async fn stretch(&mut self, numbers: &[i64], way: Way, after: i64, upto: i64, limit: i64) -> Result<(Vec<FeedRow>, Option<i64>)> {
        let (mut rows, mut known) = (Vec::new(), None);
        for number in numbers {
            let args = vec![(*number).into(), Arg::Ints(others(numbers, *number)), after.into(), upto.into(), limit.into()];
            let read = |row: &E::Row| {
                let mut r = Reader::new(row, "feed");
                Ok((feed_row::<E>(&mut r)?, r.flag()?))
            };
            let found: Vec<(FeedRow, bool)> = self.rows(way.sql(), args, read).await?;
            if let Some((last, _)) = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|n| n >= limit)) {
                known = Some(match (way, known) {
                    (_, None) => last.seq,
                    (Way::Up | Way::Open, Some(known)) => last.seq.min(known),
                    (Way::Down, Some(known)) => last.seq.max(known),
                });
            }
            rows.extend(found.into_iter().filter(|(_, spoken)| !spoken).map(|(row, _)| row));
        }
        match way {
            Way::Up | Way::Open => {
                rows.retain(|row| known.is_none_or(|known| row.seq <= known));
                rows.sort_unstable_by_key(|row| (row.seq, row.record));
                Ok((rows, known))
            }
            Way::Down => {
                rows.retain(|row| known.is_none_or(|known| row.seq >= known));
                rows.sort_unstable_by_key(|row| (Reverse(row.seq), row.record));
                // The next stretch begins below the last number that is known.
                Ok((rows, known.map(|known| known - 1)))
            }
        }
    }

    pub(super) async fn feed_open(&mut self, principals: &[Principal], after: i64, limit: u32) -> Result<Vec<FeedRow>> {
        let numbers = self.distinct(principals).await?;
        let (mut rows, _) = self.walk(&numbers, Way::Open, after, i64::MAX, limit).await?;
        rows.truncate(limit.max(1).try_into().unwrap_or(usize::MAX));
        Ok(rows)
    }

    pub(super) async fn feed_beside(&mut self, principals: &[Principal], records: &[RecordRef]) -> Result<Vec<FeedRow>> {
        let numbers = self.distinct(principals).await?;
        let of: BTreeSet<RecordRef> = records.iter().copied().collect();
        let mut beside = self.notes_about(&of).await?;
        for stored in self.records(records).await? {
            beside.extend(stored.held.record.names());
        }
        beside.retain(|record| !of.contains(record));
        let mut rows: Vec<FeedRow> = self.speaking(&numbers, &beside).await?.into_values().filter(|row| !row.gone).collect();
        rows.sort_unstable_by_key(|row| (row.seq, row.record));
        Ok(rows)
    }

    async fn notes_about(&mut self, records: &BTreeSet<RecordRef>) -> Result<BTreeSet<RecordRef>> {
        let names = records.iter().map(json_of).collect::<Result<Vec<_>>>()?;
        let read = |row: &E::Row| Ok(RecordRef::new(Kind::Note, domain::id::RecordId::from_uuid(Reader::new(row, "note").id()?)));
        Ok(self.rows(NOTES_ABOUT, vec![Arg::Texts(names)], read).await?.into_iter().collect())
    }

    /// The rows that speak for these records.
    async fn speaking(&mut self, numbers: &[i64], records: &BTreeSet<RecordRef>) -> Result<HashMap<RecordRef, FeedRow>> {
        let mut best: HashMap<RecordRef, FeedRow> = HashMap::new();
        for (kind, ids) in by_kind(records.iter()) {
            for number in numbers {
                let args = vec![(*number).into(), Arg::Ids(ids.clone()), kind.into()];
                for row in self.rows(OF_RECORDS, args, |row| feed_row::<E>(&mut Reader::new(row, "feed"))).await? {
                    let speaks = best.entry(row.record).or_insert(row);
                    if (!row.gone, row.seq) > (!speaks.gone, speaks.seq) {
                        *speaks = row;
                    }
                }
            }
        }
        Ok(best)
    }

    pub(super) async fn holders(&mut self, refs: &[RecordRef]) -> Result<Vec<(RecordRef, Principal)>> {
        let mut all = Vec::new();
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "feed");
            let record = record_of::<E>(&mut r)?;
            let name = r.text()?;
            Ok((record, r.parsed(name.parse().ok(), "not a principal")?))
        };
        for (kind, ids) in by_kind(refs) {
            all.extend(self.rows(HOLDERS, vec![Arg::Ids(ids), kind.into()], read).await?);
        }
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    pub(super) async fn feed_check(&mut self, principals: &[Principal]) -> Result<Check> {
        let numbers = self.distinct(principals).await?;
        let mut check = Check { count: 0, sum: 0 };
        for number in &numbers {
            let args = vec![(*number).into(), Arg::Ints(others(&numbers, *number))];
            E::each(&mut self.tx, HELD.of(E::DIALECT), args, |row| {
                let mut r = Reader::new(row, "feed");
                let record = record_of::<E>(&mut r)?;
                let (rev, spoken) = (r.int()?, r.flag()?);
                if !spoken {
                    check.count += 1;
                    check.sum = check.sum.wrapping_add(check_term(record.kind.wire(), record.id, rev));
                }
                Ok(())
            })
            .await?;
        }
        Ok(check)
    }

    pub(super) async fn published(&mut self, after: i64, upto: i64) -> Result<Vec<Published>> {
        let read = |row: &E::Row| {
            let mut r = Reader::new(row, "feed");
            let row = feed_row::<E>(&mut r)?;
            let name = r.text()?;
            Ok(Published { principal: r.parsed(name.parse().ok(), "not a principal")?, row })
        };
        let mut all = self.rows(PUBLISHED, vec![after.into(), upto.into()], read).await?;
        all.sort_by(|a, b| (a.row.seq, a.row.record, &a.principal).cmp(&(b.row.seq, b.row.record, &b.principal)));
        Ok(all)
    }

    /// The numbers of these principals, each once.
    async fn distinct(&mut self, principals: &[Principal]) -> Result<Vec<i64>> {
        let numbers: BTreeSet<i64> = self.numbers(principals).await?.into_values().collect();
        Ok(numbers.into_iter().collect())
    }
}

fn by_kind<'a>(records: impl IntoIterator<Item = &'a RecordRef>) -> BTreeMap<Kind, Vec<Uuid>> {
    let mut kinds: BTreeMap<Kind, Vec<Uuid>> = BTreeMap::new();
    for record in records {
        kinds.entry(record.kind).or_default().push(record.id.uuid());
    }
    kinds
}

fn others(numbers: &[i64], number: i64) -> Vec<i64> {
    numbers.iter().copied().filter(|n| *n != number).collect()
}

/// The number of the row with which a page of this limit is full, if there are so many.
fn full(rows: &[FeedRow], limit: u32) -> Option<i64> {
    let last = usize::try_from(limit.max(1)).unwrap_or(usize::MAX) - 1;
    rows.get(last).map(|row| row.seq)
}
