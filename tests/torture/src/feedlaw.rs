//! What must hold of every answer of the feed, looked at as it leaves the server: nobody is told of what they may not know at the
//! head of that page, every record is told as it stands there, and numbers stay within the page and rise.

use domain::{
    audience::{may_see, scope_of},
    id::UserId,
    record::{AnyRecord, Kind, RecordRef},
    records::UserStatus,
    role::{Actor, Role},
    wire::{Changes, Line, Page, Put},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Snapshot, memory::Saved};
use sync::{Event, Sse};

use crate::wire::Op;

/// Every state of the database, by its history and number.
#[derive(Default)]
pub(crate) struct Past(BTreeMap<(String, i64), Saved>);

impl Past {
    pub(crate) fn note(&mut self, saved: Saved) {
        self.0.insert((saved.head().epoch.simple().to_string(), saved.head().seq), saved);
    }
    /// The state at a cursor.
    pub(crate) fn at(&self, cursor: &str) -> Option<&Saved> {
        let mut parts = cursor.split('~').skip(1);
        let (epoch, seq) = (parts.next()?, parts.next()?.parse().ok()?);
        self.0.get(&(epoch.to_owned(), seq))
    }
}

/// What was read of one answer so far.
pub(crate) struct Reading {
    op: Op,
    user: UserId,
    /// The number of the last line; in the beginning the one the page goes up from.
    after: i64,
    /// From where on nothing may be left out: what was asked for above it, or below it.
    from: i64,
    buffer: Vec<u8>,
    sse: Sse,
    /// Lines whose page has not ended.
    held: Vec<String>,
}

/// The number of a cursor.
pub(crate) fn number(cursor: &str) -> i64 {
    cursor.split('~').nth(2).and_then(|seq| seq.parse().ok()).unwrap_or(0)
}

impl Reading {
    pub(crate) fn new(op: Op, path: &str, user: UserId) -> Self {
        let asked = |name: &str| path.split(name).nth(1).and_then(|rest| rest.split('&').next()).map_or(0, number);
        let after = asked("after=");
        // Whoever asks for the head alone is told nothing.
        let heads = op == Op::Up && !path.contains("after=");
        let from = if heads { i64::MAX } else { asked(if op == Op::Down { "before=" } else { "after=" }) };
        Self { op, user, after, from, buffer: Vec::new(), sse: Sse::default(), held: Vec::new() }
    }
    /// Takes in bytes.
    pub(crate) async fn take(&mut self, bytes: &[u8], past: &Past) -> Result<(), String> {
        if self.op == Op::Live {
            let events = self.sse.take(bytes).map_err(|fault| format!("a stream that cannot be read: {fault}"))?;
            for event in events {
                match event {
                    Event::Changes { cursor, data } => self.changes(&cursor, &data, past).await?,
                    Event::At { cursor, .. } => {
                        let saved = past.at(&cursor).ok_or_else(|| format!("a stream at {cursor}, where no commit ended"))?;
                        self.leaves_nothing_out(&mut Eye::of(saved, self.user).await?, number(&cursor), &BTreeSet::new()).await?;
                    }
                    _ => {}
                }
            }
            return Ok(());
        }
        self.buffer.extend_from_slice(bytes);
        while let Some(end) = self.buffer.iter().position(|b| *b == b'\n') {
            let line: Vec<u8> = self.buffer.drain(..=end).collect();
            let text = String::from_utf8_lossy(&line).trim().to_owned();
            match serde_json::from_str::<Line<'_>>(&text) {
                Ok(Line::Page(page)) => self.page(&page, past).await?,
                Ok(_) => self.held.push(text),
                Err(error) => return Err(format!("a line that cannot be read: {error}")),
            }
        }
        Ok(())
    }
    async fn changes(&mut self, cursor: &str, data: &[u8], past: &Past) -> Result<(), String> {
        let Changes { seq, lines } = serde_json::from_slice(data).map_err(|error| format!("changes that cannot be read: {error}"))?;
        let saved = past.at(cursor).ok_or_else(|| format!("an event at {cursor}, where no commit ended"))?;
        let mut eye = Eye::of(saved, self.user).await?;
        for line in &lines {
            self.rises(line, seq)?;
            eye.look(line).await?;
        }
        self.after = seq;
        self.leaves_nothing_out(&mut eye, seq, &lines.iter().filter_map(told).collect()).await
    }
    async fn page(&mut self, page: &Page, past: &Past) -> Result<(), String> {
        let saved = past.at(&page.head).ok_or_else(|| format!("a page with the head {}, where no commit ended", page.head))?;
        if saved.snapshot().link_hash(number(&page.cursor)).await.ok().flatten().is_none() {
            return Err(format!("a page that ends at {}, where no commit ended", page.cursor));
        }
        let (mut eye, mut all) = (Eye::of(saved, self.user).await?, BTreeSet::new());
        for text in std::mem::take(&mut self.held) {
            let line: Line<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            all.extend(told(&line));
            if self.op == Op::Up {
                self.rises(&line, page.seq)?;
            }
            eye.look(&line).await?;
        }
        self.leaves_nothing_out(&mut eye, page.seq, &all).await
    }
    /// Whatever was filed for this person between where it began and where it says it ends was told.
    async fn leaves_nothing_out(&mut self, eye: &mut Eye<'_>, end: i64, told: &BTreeSet<String>) -> Result<(), String> {
        let (mut snapshot, mine) = (eye.saved.snapshot(), eye.actor.principals());
        let mut names = BTreeSet::new();
        let rows = match self.op {
            Op::Work => snapshot.feed_open(&mine, 0, u32::MAX).await,
            Op::Down => snapshot.feed_down(&mine, self.from, 100_000).await,
            _ => snapshot.feed_up(&mine, self.from, end, 100_000).await,
        };
        let below = if self.op == Op::Down { end } else { i64::MIN };
        names.extend(rows.unwrap_or_default().into_iter().filter(|row| row.seq > below).map(|row| row.record.to_string()));
        if matches!(self.op, Op::Up | Op::Live) {
            let outcomes = snapshot.outcomes(self.user, self.from, end).await.unwrap_or_default();
            names.extend(outcomes.into_iter().map(|known| known.id.to_string()));
        }
        let from = if matches!(self.op, Op::Up | Op::Live) { std::mem::replace(&mut self.from, end) } else { self.from };
        match names.difference(told).next() {
            Some(name) => Err(format!("{:?} from {from} to {end} leaves out {name}", self.op)),
            None => Ok(()),
        }
    }
    /// Upwards, each number lies above the one before it, and not above the end.
    fn rises(&mut self, line: &Line<'_>, end: i64) -> Result<(), String> {
        let seq = match line {
            Line::Put(put) => put.seq,
            Line::Gone(gone) => gone.seq,
            Line::Outcome(outcome) => outcome.seq.unwrap_or(i64::MAX),
            Line::Mark(_) | Line::Page(_) => return Ok(()),
        };
        if seq <= self.after || seq > end {
            return Err(format!("number {seq} stands between {} and {end}", self.after));
        }
        self.after = seq;
        Ok(())
    }
}

/// What a line is about.
fn told(line: &Line<'_>) -> Option<String> {
    match line {
        Line::Put(put) => Some(format!("{}/{}", put.kind, put.id)),
        Line::Gone(gone) => Some(format!("{}/{}", gone.kind, gone.id)),
        Line::Outcome(outcome) => Some(outcome.id.to_string()),
        Line::Mark(_) | Line::Page(_) => None,
    }
}

/// What a person may see in one state.
struct Eye<'a> {
    saved: &'a Saved,
    actor: Actor,
}

impl<'a> Eye<'a> {
    async fn of(saved: &'a Saved, user: UserId) -> Result<Self, String> {
        let actor = actor_at(saved, user).await.ok_or("an answer of the feed for somebody whose account is closed")?;
        Ok(Self { saved, actor })
    }
    async fn look(&mut self, line: &Line<'_>) -> Result<(), String> {
        match line {
            Line::Put(put) => self.put(put).await,
            Line::Gone(gone) => {
                let kind: Kind = gone.kind.parse().map_err(|_| "an unknown kind")?;
                let name = RecordRef { kind, id: gone.id };
                match find(self.saved, name).await {
                    Some((_, record)) if self.may_see(&record).await => Err(format!("{name} is said to be gone, and is to be seen")),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }
    async fn put(&self, put: &Put<'_>) -> Result<(), String> {
        let kind: Kind = put.kind.parse().map_err(|_| "an unknown kind")?;
        let name = RecordRef { kind, id: put.id };
        let (rev, record) = find(self.saved, name).await.ok_or_else(|| format!("{name} was told and does not exist"))?;
        if !self.may_see(&record).await {
            return Err(format!("{name} was told to {} ({:?}), who may not see it", self.actor.person.name, self.actor.roles));
        }
        if rev != put.rev || record.to_json().unwrap_or_default() != put.body.get() {
            return Err(format!("{name} was told in revision {} and stands in {rev}", put.rev));
        }
        Ok(())
    }
    async fn may_see(&self, record: &AnyRecord) -> bool {
        sees(self.saved, &self.actor, record).await
    }
}

/// A record in a state.
pub(crate) async fn find(saved: &Saved, name: RecordRef) -> Option<(i64, std::sync::Arc<AnyRecord>)> {
    let found = saved.snapshot().records(&[name]).await.ok()?.pop()?;
    Some((found.held.rev, found.held.record))
}

/// Whether somebody may see a record in a state.
pub(crate) async fn sees(saved: &Saved, actor: &Actor, record: &AnyRecord) -> bool {
    let scope = match scope_of(record) {
        Some(scope) => find(saved, scope).await.map(|(_, scope)| scope),
        None => None,
    };
    may_see(actor, record, scope.as_deref())
}

/// Somebody as they stand in a state; nobody if their account is closed.
pub(crate) async fn actor_at(saved: &Saved, user: UserId) -> Option<Actor> {
    let account = saved.snapshot().account(user).await.ok()??;
    let open = account.user.status == UserStatus::Active && account.user.roles.iter().any(Role::is_staff);
    open.then(|| Actor::person(account.user.person(), account.user.roles, None, None))
}
