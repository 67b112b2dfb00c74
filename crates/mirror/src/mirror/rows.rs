//! Writing records: many rows a statement, few statements a page.

use domain::{
    id::RecordId,
    record::{Kind, RecordRef},
};
use futures_util::future::join;
use sqlx::sqlite::SqliteArguments;
use std::sync::LazyLock;

use super::Mirror;
use crate::{
    chunk::{Arrival, Chunk, Loss},
    columns::Columns,
    error::Result,
    file::{File, Together},
};

/// A row on its way into the table.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(super) kind: i64,
    pub(super) id: RecordId,
    pub(super) rev: i64,
    pub(super) seq: i64,
    pub(super) ours: bool,
    /// Only for a row that is new here.
    pub(super) looked: bool,
    pub(super) columns: Columns,
    /// What it can be found by, folded.
    pub(super) found_by: Option<String>,
    pub(super) body: String,
}

impl Incoming {
    /// Whether nothing else is counted or ordered anew when it is new here.
    pub(super) fn brings_nothing(&self) -> bool {
        self.columns.state.is_none() && brought(std::iter::once(self.kind)).is_empty()
    }
}

/// How many rows a statement takes. The larger ones save calls, the smaller ones are for what remains.
const BATCHES: [usize; 4] = [200, 40, 8, 1];

/// `OR FAIL`, because otherwise SQLite copies each page before a statement of many rows touches it, so that the statement alone could
/// be taken back. Nobody does that here: whoever fails takes back the transaction. (An update has no such choice.)
const INSERT: &str = "INSERT OR FAIL INTO record (kind, id, rev, seq, ours, open, state, about, due, at, number, snooze, mine, rank, since, looked, search, body) VALUES ";
const ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const COLUMNS: usize = 18;
const KEEP: &str = " ON CONFLICT (kind, id) DO NOTHING";
const REPLACE: &str = " ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, seq = excluded.seq, ours = excluded.ours, \
    open = excluded.open, state = excluded.state, about = excluded.about, due = excluded.due, at = excluded.at, \
    number = excluded.number, snooze = excluded.snooze, mine = excluded.mine, rank = excluded.rank, since = excluded.since, \
    search = excluded.search, body = excluded.body";
/// Counts the states of new rows: those behind this one, for each is numbered one higher than all.
const COUNT: &str = "INSERT INTO tally SELECT kind, state, count(*) FROM record NOT INDEXED WHERE n > ? AND state IS NOT NULL GROUP BY kind, state \
    ON CONFLICT DO UPDATE SET n = n + excluded.n";

/// What new rows of these kinds bring to the orders of conversations and of clients, and to what is kept of them, in the same way.
const BROUGHT: [(&[Kind], &str); 6] = [
    (
        &[Kind::Message, Kind::Design],
        "UPDATE kept SET own = 0 WHERE own = 1 AND EXISTS \
        (SELECT 1 FROM record INDEXED BY record_name WHERE kind IN (11, 14) AND id = kept.id AND ours = 0 AND n > ?)",
    ),
    (
        &[Kind::Conversation],
        "INSERT INTO talk (id, n, messages, due, at, waiting, deleted) \
        SELECT id, iif(number IS NULL, NULL, n), coalesce(number, 0), due, coalesce(at, 0), open, \
        coalesce((SELECT state >= 'deleted/' AND state < 'deleted0' FROM record AS it WHERE it.kind = 7 AND it.id = record.id), 0) \
        FROM record NOT INDEXED WHERE n > ? AND kind = 10 ON CONFLICT DO UPDATE SET n = excluded.n, messages = excluded.messages, \
        due = excluded.due, at = excluded.at, waiting = excluded.waiting, deleted = excluded.deleted",
    ),
    (
        &[Kind::ReadMark],
        "INSERT INTO talk (id, covered) SELECT about, number FROM record NOT INDEXED \
        WHERE n > ? AND kind = 12 AND about IS NOT NULL ON CONFLICT DO UPDATE SET covered = excluded.covered",
    ),
    (
        &[Kind::Order],
        "UPDATE talk SET deleted = 1 WHERE id IN (SELECT id FROM record NOT INDEXED \
        WHERE n > ? AND kind = 7 AND state >= 'deleted/' AND state < 'deleted0')",
    ),
    (
        &[Kind::Client],
        "INSERT INTO patron (id, n, name, last, phone, email) SELECT id, iif(state = 'merged', NULL, n), iif(state = 'erased', '~', '') || coalesce(search, ''), \
        coalesce(at, 0), json_extract(body, '$.phone'), json_extract(body, '$.email') FROM record NOT INDEXED WHERE n > ? AND kind = 2 \
        ON CONFLICT DO UPDATE SET n = excluded.n, name = excluded.name, last = max(last, excluded.last), phone = excluded.phone, \
        email = excluded.email",
    ),
    (
        &[Kind::Consultation, Kind::Order, Kind::Conversation],
        "INSERT INTO patron (id, last) SELECT about, max(at) FROM record NOT INDEXED WHERE n > ? AND kind IN (3, 7, 10) \
        AND about IS NOT NULL AND at IS NOT NULL GROUP BY about ON CONFLICT DO UPDATE SET last = excluded.last WHERE excluded.last > last",
    ),
];

/// For each size a statement that takes in the rows that are new here, and one for those that are not.
struct Statements([[String; 2]; 4]);

/// A statement's rows.
struct Batch {
    sql: &'static [String; 2],
    rows: u64,
    args: SqliteArguments,
    /// Whether any of them has a state, by which records are counted.
    has_states: bool,
}

impl Statements {
    fn new(tail: &str) -> Self {
        Self(BATCHES.map(|rows| {
            let values = vec![ROW; rows].join(", ");
            [format!("{INSERT}{values}{KEEP}"), format!("{INSERT}{values}{REPLACE}{tail}")]
        }))
    }
    /// The largest batch that the next rows fill; nothing when there are no more.
    fn fill(&'static self, rows: &mut impl ExactSizeIterator<Item = Incoming>) -> Result<Option<Batch>> {
        let Some((size, sql)) = BATCHES.iter().zip(&self.0).find(|(size, _)| rows.len() >= **size) else { return Ok(None) };
        let mut args = SqliteArguments::default();
        sqlx::Arguments::reserve(&mut args, size * COLUMNS, 0);
        let mut has_states = false;
        for row in rows.by_ref().take(*size) {
            has_states |= row.columns.state.is_some();
            bind(&mut args, row).map_err(sqlx::Error::Encode)?;
        }
        Ok(Some(Batch { sql, rows: *size as u64, args, has_states }))
    }
}

impl Batch {
    /// Writes its rows, all of which are here already, or as if they were.
    async fn write_again(self, file: &mut File) -> Result<()> {
        let [_, held] = self.sql;
        file.run_uncounted(sqlx::query_with(held.as_str(), self.args)).await
    }
    /// Writes its rows. Returns the number behind which the new ones stand, if there are any.
    async fn write(self, file: &mut File) -> Result<Option<i64>> {
        let [new, held] = self.sql;
        // What is bound is shared, not copied.
        let done = file.run(sqlx::query_with(new.as_str(), self.args.clone())).await?;
        if done.rows_affected() < self.rows {
            file.run(sqlx::query_with(held.as_str(), self.args)).await?;
        }
        Ok((done.rows_affected() > 0).then(|| done.last_insert_rowid() - done.rows_affected().cast_signed()))
    }
}

/// Invariant: higher wins. “A put counts only above the number already held.”
static PUT: LazyLock<Statements> = LazyLock::new(|| Statements::new(" WHERE excluded.seq > record.seq"));
/// What is laid over, and what is put back, stands whatever its number.
static LAY: LazyLock<Statements> = LazyLock::new(|| Statements::new(""));

impl Mirror {
    /// Lays in the rows of a part of the feed, after the position was moved to its end.
    pub(crate) async fn take_in(&mut self, chunk: Chunk) -> Result<()> {
        self.put(chunk.arrivals).await?;
        self.take_away(&chunk.losses).await?;
        if self.position.walked && !self.gones.is_empty() {
            // The walk has ended: nothing older can come any more.
            self.settle_gones().await?;
        }
        Ok(())
    }
    /// Takes out all records: they came with a beginning that was cut off. Nothing of ours may be laid over them. Returns whether
    /// there were any.
    pub(crate) async fn empty(&mut self) -> Result<bool> {
        self.finder = None;
        let gone = self.file.run(sqlx::query("DELETE FROM record")).await?.rows_affected();
        self.file.run(sqlx::query("DELETE FROM talk")).await?;
        self.file.run(sqlx::query("DELETE FROM patron")).await?;
        Ok(gone > 0)
    }
    /// Lays in records of the feed, each only above the number already held.
    async fn put(&mut self, arrivals: Vec<Arrival>) -> Result<()> {
        let mut kept = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            let kind = self.kind_code(&arrival.kind).await?;
            if self.gones.get(&(kind, arrival.id)).is_some_and(|lost| *lost >= arrival.seq) {
                continue;
            }
            self.touched(kind, arrival.id);
            kept.push((kind, arrival));
        }
        let (me, seen) = (self.me, &self.looked);
        let brought = brought(kept.iter().map(|(kind, _)| *kind));
        let rows = kept.into_iter().map(|(kind, arrival)| {
            let columns = arrival.record.as_deref().map(|r| Columns::of(r, me)).unwrap_or_default();
            let Arrival { id, rev, seq, body, found_by, .. } = arrival;
            let looked = columns.made_by_me || seen.contains(&id);
            Incoming { kind, id, rev, seq, ours: false, looked, columns, found_by, body }
        });
        let statements = if domain::planted::planted("late_put_wins") { &LAY } else { &PUT };
        write(&mut self.file, statements, rows, brought).await
    }
    /// Writes rows that are here already whatever their number.
    pub(super) async fn lay_again(&mut self, rows: Vec<Incoming>) -> Result<()> {
        rows.iter().for_each(|row| self.touched(row.kind, row.id));
        let mut rows = rows.into_iter();
        while let Some(batch) = LAY.fill(&mut rows)? {
            batch.write_again(&mut self.file).await?;
        }
        Ok(())
    }
    /// The same, one by one together with other statements; and rows that are new here, and bring nothing.
    pub(super) fn lay_together(&mut self, all: &mut Together, rows: Vec<Incoming>, new: Vec<Incoming>) -> Result<()> {
        let [.., [fresh, held]] = &LAY.0;
        let all_rows = rows.into_iter().map(|row| (held, row)).chain(new.into_iter().map(|row| (fresh, row)));
        for (sql, row) in all_rows {
            self.touched(row.kind, row.id);
            all.push(sql);
            bind(&mut all.args, row).map_err(sqlx::Error::Encode)?;
        }
        Ok(())
    }
    /// Writes rows whatever their number.
    pub(super) async fn lay(&mut self, rows: Vec<Incoming>) -> Result<()> {
        rows.iter().for_each(|row| self.touched(row.kind, row.id));
        let brought = brought(rows.iter().map(|row| row.kind));
        write(&mut self.file, &LAY, rows.into_iter(), brought).await
    }
    /// Takes away records of the feed, unless they have come back since. During the walk the loss is kept.
    async fn take_away(&mut self, losses: &[Loss]) -> Result<()> {
        for loss in losses {
            let kind = self.kind_code(&loss.kind).await?;
            self.delete(kind, loss.id, loss.seq).await?;
            if !self.position.walked && !domain::planted::planted("gone_forgotten") {
                self.keep_gone(kind, loss.id, loss.seq).await?;
            }
        }
        Ok(())
    }
    /// Deletes a record unless it stands at a number above this one.
    pub(super) async fn delete(&mut self, kind: i64, id: RecordId, upto: i64) -> Result<()> {
        self.touched(kind, id);
        let sql = "DELETE FROM record WHERE kind = ? AND id = ? AND seq <= ?";
        self.file.run(sqlx::query(sql).bind(kind).bind(blob(id)).bind(upto)).await?;
        Ok(())
    }
    /// The number of a kind; one that was never met is written down.
    pub(super) async fn kind_code(&mut self, wire: &str) -> Result<i64> {
        let (code, new) = self.kinds.code(wire);
        if new {
            self.file.run(sqlx::query("INSERT OR IGNORE INTO kind (code, wire) VALUES (?, ?)").bind(code).bind(wire)).await?;
        }
        Ok(code)
    }
}

/// A kind's number and an id, as the tables name a record.
pub(super) fn name(r: RecordRef) -> (i64, Vec<u8>) {
    (i64::from(r.kind.code()), blob(r.id))
}

/// An id as it stands in the tables.
pub(super) fn blob(id: RecordId) -> Vec<u8> {
    id.uuid().as_bytes().to_vec()
}

/// Of [`BROUGHT`] the statements that rows of these kinds need.
fn brought(kinds: impl Iterator<Item = i64>) -> Vec<&'static str> {
    let mut met = [false; BROUGHT.len()];
    for kind in kinds {
        let needs = |of: &[Kind]| of.iter().any(|of| i64::from(of.code()) == kind);
        BROUGHT.iter().zip(&mut met).filter(|((of, _), _)| needs(of)).for_each(|(_, met)| *met = true);
    }
    BROUGHT.into_iter().zip(met).filter_map(|((_, sql), met)| met.then_some(sql)).collect()
}

/// Writes rows, counts the new ones, and does this with them. SQLite works on a thread of its own: while it takes in one batch, the next
/// is filled.
async fn write(
    file: &mut File,
    statements: &'static Statements,
    mut rows: impl ExactSizeIterator<Item = Incoming> + Send,
    after: Vec<&'static str>,
) -> Result<()> {
    let (mut ready, mut behind, mut has_states) = (statements.fill(&mut rows)?, None, false);
    while let Some(batch) = ready {
        has_states |= batch.has_states;
        let (new, next) = join(batch.write(file), async { statements.fill(&mut rows) }).await;
        behind = behind.or(new?);
        ready = next?;
    }
    if let Some(behind) = behind {
        for sql in has_states.then_some(COUNT).into_iter().chain(after) {
            file.run(sqlx::query(sql).bind(behind)).await?;
        }
    }
    Ok(())
}

fn bind(args: &mut SqliteArguments, row: Incoming) -> std::result::Result<(), sqlx::error::BoxDynError> {
    use sqlx::Arguments as _;
    let Incoming { kind, id, rev, seq, ours, looked, columns, found_by, body } = row;
    args.add(kind)?;
    args.add(blob(id))?;
    args.add(rev)?;
    args.add(seq)?;
    args.add(ours)?;
    args.add(columns.open)?;
    args.add(columns.state)?;
    args.add(columns.about.map(blob))?;
    args.add(columns.due)?;
    args.add(columns.at)?;
    args.add(columns.number)?;
    args.add(columns.snooze)?;
    args.add(columns.mine)?;
    args.add(columns.rank)?;
    args.add(columns.since)?;
    args.add(looked)?;
    args.add(found_by)?;
    args.add(body)
}
