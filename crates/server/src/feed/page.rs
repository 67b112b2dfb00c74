//! Writing a page. The snapshot is read at full speed into memory and closed, however slowly the reader takes it: a page has a
//! bound, and a database must not wait for a telephone line.

pub use bytes::Bytes;
use domain::record::RecordRef;
use futures_util::{Stream, StreamExt, stream};
use std::{collections::HashSet, io, sync::Arc};
use store::{Body, FeedRow, KnownCommand, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::{
    cursor::Cursor,
    line::Lines,
    plan::{Ask, Plan, Reader, Way},
};

/// How much is sent at a time, in bytes.
const CHUNK: usize = 64 << 10;
/// How many bodies are read with one statement.
const BODIES: usize = 500;
/// How many open records are read before the first of them are sent.
const FIRST: u32 = 100;
/// How many are read at a time behind those.
const OPEN: u32 = 500;
/// After how many records a mark is due (protocol.md, Feed).
const MARK: usize = 100;

/// How many pages are written at the same time, at most: of the walk, of everything open, and upwards. Each holds a snapshot, and so a
/// connection that reads. They never have all of them: who somebody is, which every request asks first, must not wait for the history of
/// ten desks that come at once. Nor do walks have more than half of the processors: those who work need the rest. Desks that come at once
/// wait for each other, which costs them nothing.
const AT_ONCE: [usize; 3] = [2, 1, 1];
const _: () = assert!(AT_ONCE[0] + AT_ONCE[1] + AT_ONCE[2] < store::LEAST_READERS as usize, "one connection is left for what is short");

/// Whose turn it is to write a page.
#[derive(Clone, Debug)]
pub struct Page {
    walks: Arc<Semaphore>,
    open: Arc<Semaphore>,
    up: Arc<Semaphore>,
}

impl Default for Page {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let [walks, open, up] = AT_ONCE.map(|most| Arc::new(Semaphore::new(most.min(processors / 2).max(1))));
        Self { walks, open, up }
    }
}

/// A line to be written.
enum Entry<'a> {
    Row(&'a FeedRow),
    Outcome(&'a KnownCommand),
}

impl Entry<'_> {
    const fn seq(&self) -> i64 {
        match self {
            Self::Row(row) => row.seq,
            Self::Outcome(known) => known.seq,
        }
    }
}

struct Writing {
    reader: Reader,
    lines: Lines,
    to: mpsc::UnboundedSender<io::Result<Bytes>>,
    way: Way,
    unmarked: usize,
    /// Behind which number the next mark may stand.
    due: Option<i64>,
}

/// Whoever reads has gone away.
struct Gone;

enum Stop {
    Gone,
    Store(StoreError),
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}
impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Page {
    /// A place among those who may hold a snapshot for this.
    pub async fn turn(&self, ask: &Ask) -> Option<OwnedSemaphorePermit> {
        let among = match ask {
            Ask::Down { .. } => &self.walks,
            Ask::Work => &self.open,
            Ask::Up { .. } | Ask::Head { .. } => &self.up,
        };
        Arc::clone(among).acquire_owned().await.ok()
    }
    /// Writes a page as it is read.
    pub fn write(reader: Reader, plan: Plan, turn: Option<OwnedSemaphorePermit>) -> impl Stream<Item = io::Result<Bytes>> + Send {
        let (to, from) = mpsc::unbounded_channel();
        let writing = Writing { reader, lines: Lines::with_capacity(CHUNK), to, way: plan.way, unmarked: 0, due: None };
        tokio::spawn(async move {
            writing.run(plan).await;
            drop(turn);
        });
        // Whoever compresses asks again after the end.
        stream::unfold(from, |mut from| async move { from.recv().await.map(|chunk| (chunk, from)) }).fuse()
    }
}

impl Writing {
    async fn run(mut self, plan: Plan) {
        match self.write(&plan).await {
            Ok(()) | Err(Stop::Gone) => {}
            Err(Stop::Store(error)) => {
                tracing::error!(%error, "a page was cut off");
                // The answer ends without its end, so that the reader goes on from the last mark.
                let _ = self.to.send(Err(io::Error::other("the page was cut off")));
            }
        }
    }

    async fn write(&mut self, plan: &Plan) -> Result<(), Stop> {
        match self.way {
            Way::Work => self.work().await?,
            Way::Up | Way::Down => self.stretch(plan).await?,
            Way::Head => {}
        }
        self.lines.json(&domain::wire::Line::Page(plan.page.clone()));
        self.lines.end();
        self.send()?;
        Ok(())
    }

    async fn stretch(&mut self, plan: &Plan) -> Result<(), Stop> {
        let mut outcomes = plan.outcomes.as_slice();
        for chunk in plan.rows.chunks(BODIES) {
            outcomes = self.rows(chunk, outcomes).await?;
        }
        for outcome in outcomes {
            self.entry(&Entry::Outcome(outcome), None).await?;
        }
        Ok(())
    }

    /// Writes what is open, the longest untouched first, each part with what belongs to it: whoever reads can show the first of it
    /// while the rest is still being read here, however much it is.
    async fn work(&mut self) -> Result<(), Stop> {
        let (mut written, mut after, mut most) = (HashSet::<RecordRef>::new(), 0, FIRST);
        loop {
            let open = self.reader.open_after(after, most).await?;
            let Some(last) = open.last() else { return Ok(()) };
            after = last.seq;
            // What is open itself may have come before, beside another.
            let new: Vec<FeedRow> = open.iter().copied().filter(|row| written.insert(row.record)).collect();
            self.rows(&new, &[]).await?;
            self.send()?;
            let mut beside = self.reader.beside(&open).await?;
            beside.retain(|row| written.insert(row.record));
            for part in beside.chunks(BODIES) {
                self.rows(part, &[]).await?;
            }
            // Fewer are the end, and need no question of their own.
            if open.len() < most as usize {
                return Ok(());
            }
            most = OPEN;
        }
    }

    /// Writes rows, and those of the outcomes that stand before them. Gives the outcomes that are left.
    async fn rows<'a>(&mut self, rows: &[FeedRow], mut outcomes: &'a [KnownCommand]) -> Result<&'a [KnownCommand], Stop> {
        let bodies = self.bodies(rows).await?;
        let mut bodies = bodies.iter().peekable();
        for row in rows {
            while let Some((first, rest)) = outcomes.split_first().filter(|(first, _)| first.seq < row.seq) {
                self.entry(&Entry::Outcome(first), None).await?;
                outcomes = rest;
            }
            let body = bodies.next_if(|body| body.record == row.record);
            self.entry(&Entry::Row(row), body).await?;
        }
        Ok(outcomes)
    }

    async fn bodies(&mut self, rows: &[FeedRow]) -> store::Result<Vec<Body>> {
        let refs: Vec<RecordRef> = rows.iter().filter(|row| !row.gone).map(|row| row.record).collect();
        self.reader.snapshot.bodies(&refs).await
    }

    async fn entry(&mut self, entry: &Entry<'_>, body: Option<&Body>) -> Result<(), Stop> {
        self.mark_before(entry.seq()).await?;
        match entry {
            Entry::Outcome(known) => self.lines.outcome(known),
            Entry::Row(row) if row.gone => self.lines.gone(row.record.kind, row.record.id, row.seq),
            Entry::Row(row) => {
                let body = body.ok_or_else(|| StoreError::Inconsistent {
                    table: row.record.kind.to_string(),
                    column: "id".into(),
                    id: row.record.id.to_string(),
                    why: "it stands in a feed and does not exist".into(),
                })?;
                self.lines.put(row.record.kind, row.record.id, body.rev, row.seq, &body.json);
            }
        }
        self.lines.end();
        self.unmarked += 1;
        if self.unmarked >= MARK && self.due.is_none() {
            self.due = self.mark_due(entry.seq()).await?;
        }
        if self.lines.len() >= CHUNK {
            self.send()?;
        }
        Ok(())
    }

    /// Where the commit ends in which the last line stands.
    async fn mark_due(&mut self, last: i64) -> store::Result<Option<i64>> {
        match self.way {
            Way::Work | Way::Head => Ok(None),
            Way::Up => self.reader.snapshot.commit_end(last).await.map(Some),
            Way::Down => self.reader.snapshot.commit_before(last).await.map(Some),
        }
    }

    /// Invariant: a commit is whole. Writes the mark that is due, if the next line stands in another commit.
    async fn mark_before(&mut self, next: i64) -> Result<(), Stop> {
        let Some(due) = self.due else { return Ok(()) };
        let passed = match self.way {
            Way::Up => next > due,
            Way::Down => next <= due,
            Way::Work | Way::Head => false,
        };
        if passed {
            let place = self.reader.place(due).await?;
            self.lines.mark(&Cursor::at(&place, self.reader.rights));
            self.lines.end();
            (self.unmarked, self.due) = (0, None);
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), Gone> {
        self.to.send(Ok(self.lines.take(CHUNK))).map_err(|_| Gone)
    }
}
