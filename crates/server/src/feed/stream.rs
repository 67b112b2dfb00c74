//! Live streams. A stream keeps nothing but its position: when its reader can take more, it takes what it lacks from the ring,
//! so that a slow one costs no memory. Push is haste, positions are truth.

use bytes::Bytes;
use domain::{id::UserId, planted::planted, role::Principal, words::Lang};
use futures_util::Stream;
use std::{collections::HashSet, convert::Infallible, sync::Arc, time::Duration};
use store::Store;
use tokio::{
    sync::{broadcast, watch},
    time::{Instant, sleep_until},
};

use super::{
    cursor::{Cursor, Place, Rights},
    event::{Sse, Told},
    line::Lines,
    plan::{Plan, Reader},
    ring::{Ring, RingLine, Since},
};
use crate::{
    accounts::{NoSession, Session, Sessions},
    shell::Shell,
    writer::{AccountNews, Bells},
};

/// How much may wait for a stream, in bytes; beyond, it is told that it is behind (architecture.md, The feed).
const MOST_WAITING: usize = 256 << 10;
/// How many rows a stream reads by itself to catch up.
const CATCH_UP: u32 = 2_000;
/// A quiet stream says where it is; the page promises 15 seconds.
const BREATH: Duration = Duration::from_secs(12);
/// Over how much the comebacks are spread of streams that are all told to at once, in milliseconds.
///
/// Invariant: no stampede. “The streams of all desks break together; they come back spread over so long that 500 desks arrive at
/// most 100 in a second, and none waits longer than 30 seconds.”
const CROWD: u64 = 10_000;
/// How long before its token expires a stream says goodbye.
const BEFORE_EXPIRY: Duration = Duration::from_secs(20);

/// Who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A desk: all lines of the feed.
    Desk,
    /// A client: their consultations, orders and notifications.
    Client,
}

/// What streams need of the server.
#[derive(Clone, Debug)]
pub struct Watcher {
    /// Time and words.
    pub shell: Shell,
    /// What happened recently.
    pub ring: Arc<Ring>,
    /// Who asks.
    pub sessions: Arc<Sessions>,
    /// What happens to accounts.
    pub bells: Arc<Bells>,
    /// Whether the server drains.
    pub drain: watch::Receiver<bool>,
    /// Where pages are read.
    pub store: StoreHandle,
}

/// A store, to be handed around.
#[derive(Clone)]
pub struct StoreHandle(pub Arc<dyn Store>);

impl std::fmt::Debug for StoreHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store { .. }")
    }
}

/// Why a stream ended, for metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// It was told to come back.
    Bye,
    /// Another history or other rights.
    Reset,
    /// Too slow, or away too long.
    Behind,
    /// Its session is over.
    Session,
}

struct Live {
    watch: Watcher,
    audience: Audience,
    token: String,
    user: UserId,
    principals: Vec<Principal>,
    rights: Rights,
    from: Option<Cursor>,
    at: Option<Place>,
    history: u64,
    moved: watch::Receiver<i64>,
    accounts: broadcast::Receiver<AccountNews>,
    device: Option<domain::id::DeviceId>,
    expires: Instant,
    breath: Instant,
    /// When its session is looked at again, whatever else there is to say.
    look: Instant,
    greeted: bool,
    ended: Option<Ended>,
    _counted: Counted,
}

/// Counts a live stream as long as it lives.
struct Counted(&'static str);

impl Counted {
    fn new(audience: Audience) -> Self {
        let label = if audience == Audience::Desk { "desk" } else { "client" };
        metrics::gauge!("meja_live_streams", "audience" => label).increment(1.0);
        Self(label)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("meja_live_streams", "audience" => self.0).decrement(1.0);
    }
}

/// Where a live stream begins.
#[derive(Clone, Copy, Debug)]
pub enum Begin {
    /// Behind this cursor, if it fits.
    After(Cursor),
    /// Here, in this history of the ring.
    At(Place, u64),
}

impl Begin {
    /// A stream without a cursor begins where the database stands when it is asked for: nothing of what was answered before is
    /// told again, and nothing of what comes after the answer is missed. What was published may be behind that.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn of(watch: &Watcher, session: &Session, from: Option<Cursor>) -> store::Result<Self> {
        let Some(cursor) = from else {
            // The history first: where another one begins meanwhile, the place is looked up again.
            let history = watch.ring.history();
            return Ok(Self::At(*Reader::open(&*watch.store.0, session).await?.head(), history));
        };
        Ok(Self::After(cursor))
    }
}

/// The live stream of a person.
pub fn stream(
    watch: Watcher,
    audience: Audience,
    token: String,
    session: &Session,
    begin: Begin,
) -> impl Stream<Item = Result<Bytes, Infallible>> + Send + use<> {
    let left = u64::try_from(session.until.since(watch.shell.now())).unwrap_or(0);
    let left = Duration::from_millis(left);
    let (from, at, history) = match begin {
        Begin::After(cursor) => (Some(cursor), None, watch.ring.history()),
        Begin::At(place, history) => (None, Some(place), history),
    };
    let live = Live {
        audience,
        token,
        user: session.id(),
        principals: session.principals.clone(),
        rights: Rights::of(&session.principals),
        from,
        history,
        at,
        moved: watch.ring.moved(),
        accounts: watch.bells.accounts(),
        device: session.device,
        expires: Instant::now() + left.saturating_sub(BEFORE_EXPIRY.min(left / 2)),
        breath: Instant::now() + BREATH,
        look: Instant::now() + BREATH,
        greeted: false,
        ended: None,
        _counted: Counted::new(audience),
        watch,
    };
    futures_util::stream::unfold(live, |mut live| async move { live.next().await.map(|bytes| (Ok(bytes), live)) })
}

impl Live {
    /// The next bytes, when there are any; nothing when the stream is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if self.ended.is_some() {
                return None;
            }
            let mut out = Sse::default();
            match self.step(&mut out).await {
                Ok(()) => {}
                Err(error) => {
                    // The database is away: the reader comes back, and finds out where it stands.
                    tracing::warn!(%error, "a live stream could not go on");
                    // Nothing of what was read is told: it may be that nobody could be asked whether it still may be.
                    out = Sse::default();
                    self.bye(&mut out, CROWD);
                }
            }
            if let Some(ended) = self.ended {
                metrics::counter!("meja_streams_ended_total", "why" => ended.label()).increment(1);
            }
            if !out.is_empty() {
                self.breath = Instant::now() + BREATH;
                self.greeted = true;
                return Some(out.bytes());
            }
            if self.ended.is_none() {
                self.wait().await;
            }
        }
    }

    /// Says what there is to say now.
    async fn step(&mut self, out: &mut Sse) -> store::Result<()> {
        if *self.watch.drain.borrow() || self.watch.drain.has_changed().is_err() {
            self.bye(out, CROWD);
            return Ok(());
        }
        if Instant::now() >= self.expires {
            self.bye(out, 400);
            return Ok(());
        }
        self.hear();
        if Instant::now() >= self.look {
            self.look_at_session(out).await?;
        }
        if self.ended.is_some() {
            return Ok(());
        }
        let Some(at) = self.place(out).await? else { return Ok(()) };
        self.catch_up(at, out).await?;
        self.look_after_reading(out).await?;
        if out.is_empty() && self.ended.is_none() && (!self.greeted || Instant::now() >= self.breath) {
            self.breathe(out);
        }
        Ok(())
    }

    /// Where the stream stands: looked up at the beginning, if it goes on from a cursor, and when another history has begun.
    async fn place(&mut self, out: &mut Sse) -> store::Result<Option<Place>> {
        let history = self.watch.ring.history();
        if let Some(at) = self.at.filter(|_| history == self.history) {
            return Ok(Some(at));
        }
        let mut reader = self.reader().await?;
        let cursor = self.at.map(|at| Cursor::at(&at, self.rights)).or(self.from);
        let fits = match &cursor {
            Some(cursor) => cursor.fits(reader.head().epoch, self.rights, &mut *reader.snapshot).await?,
            None => true,
        };
        self.history = history;
        let at = match cursor {
            Some(cursor) if fits => reader.place(cursor.seq).await?,
            _ => *reader.head(),
        };
        if !fits {
            // A browser comes back with the id it has, so a client's stream gives it a new one and goes on; a desk begins anew.
            let goes_on = self.audience == Audience::Client;
            out.reset(goes_on.then(|| Cursor::at(&at, self.rights)).as_ref());
            self.ended = (!goes_on).then_some(Ended::Reset);
        }
        self.at = Some(at);
        Ok(self.at.filter(|_| self.ended.is_none()))
    }

    async fn reader(&self) -> store::Result<Reader> {
        Reader::open_for(&*self.watch.store.0, self.user, &self.principals).await
    }

    /// Takes what it lacks from the ring; or reads it, if the ring does not reach so far back.
    async fn catch_up(&mut self, at: Place, out: &mut Sse) -> store::Result<()> {
        self.moved.borrow_and_update();
        match self.watch.ring.since(at.seq) {
            Since::Events(events, head) => {
                let lines = events.iter().flat_map(|event| &event.lines).filter(|line| line.seq > at.seq);
                let mut mine: Vec<&RingLine> = lines.filter(|line| line.concerns(self.user, &self.principals)).collect();
                if events.len() > 1 {
                    newest_only(&mut mine);
                }
                let body = |line: &RingLine| line.put().map(|_| line.body.clone());
                let told: Vec<Told> =
                    mine.into_iter().map(|line| Told { record: line.record(), text: line.text.clone(), body: body(line) }).collect();
                self.tell(head, &told, out);
            }
            // What was read of a page may be ahead of the ring, which then comes.
            Since::Elsewhere if at.seq > self.watch.ring.head().seq => {}
            Since::Elsewhere => {
                let mut reader = self.reader().await?;
                if !reader.rights_hold().await? {
                    out.reset(None);
                    self.ended = Some(Ended::Reset);
                    return Ok(());
                }
                let plan = reader.up(at.seq, CATCH_UP).await?;
                if plan.more() {
                    self.behind(out);
                } else {
                    let told = reader.told(&plan).await?;
                    self.tell(plan.place, &told, out);
                }
            }
        }
        Ok(())
    }

    fn tell(&mut self, head: Place, told: &[Told], out: &mut Sse) {
        if told.iter().map(|line| line.text.len()).sum::<usize>() > MOST_WAITING {
            return self.behind(out);
        }
        let said = self.at.replace(head).filter(|_| planted("stale_head")).unwrap_or(head);
        let cursor = Cursor::at(&said, self.rights);
        match self.audience {
            Audience::Desk if told.is_empty() => {}
            Audience::Desk => out.changes(&cursor, told),
            Audience::Client => out.client(&cursor, told, self.watch.shell.words(Lang::Id)),
        }
    }
    fn behind(&mut self, out: &mut Sse) {
        out.behind();
        self.ended = Some(Ended::Behind);
    }
    fn bye(&mut self, out: &mut Sse, jitter: u64) {
        out.bye(Duration::from_millis(300 + self.watch.shell.below(jitter)));
        self.ended = Some(Ended::Bye);
    }
    /// Says where it is.
    fn breathe(&self, out: &mut Sse) {
        match self.at {
            Some(at) if self.audience == Audience::Desk => out.at(&Cursor::at(&at, self.rights)),
            Some(_) => out.breath(),
            None => {}
        }
    }
    /// A stream ends with the rights it was opened with; and when nobody can say whether it still has them.
    async fn look_at_session(&mut self, out: &mut Sse) -> store::Result<()> {
        self.look = Instant::now() + BREATH;
        if planted("session_believed") {
            return Ok(());
        }
        match self.watch.sessions.again(&self.token).await {
            Ok(session) if Rights::of(&session.principals) == self.rights => {}
            Ok(_) => {
                out.reset(None);
                self.ended = Some(Ended::Reset);
            }
            Err(NoSession::Store(error)) => return Err(error),
            Err(_) => self.ended = Some(Ended::Session),
        }
        Ok(())
    }

    /// What was read may already be true after the account was changed, and then it is not for this person. Whoever changes an
    /// account says so before others can read of it, so looking after reading is early enough.
    async fn look_after_reading(&mut self, out: &mut Sse) -> store::Result<()> {
        self.hear();
        if self.ended.is_some() || Instant::now() < self.look {
            return Ok(());
        }
        let mut last = Sse::default();
        self.look_at_session(&mut last).await?;
        if self.ended.is_some() {
            *out = last;
        }
        Ok(())
    }

    /// Waits until there may be something to say.
    async fn wait(&mut self) {
        let news = tokio::select! {
            biased;
            // First: what happens to an account must not wait for a stream without a pause.
            news = self.accounts.recv() => Some(news.ok()),
            _ = self.moved.changed() => None,
            _ = self.watch.drain.changed() => None,
            () = sleep_until(self.breath.min(self.look).min(self.expires)) => None,
        };
        if let Some(news) = news {
            self.heard(news);
        }
    }
    /// Takes in what happened to accounts before the changes that came with it are told: with those, the rights may have gone.
    fn hear(&mut self) {
        loop {
            match self.accounts.try_recv() {
                Ok(news) => self.heard(Some(news)),
                Err(broadcast::error::TryRecvError::Lagged(_)) => self.heard(None),
                Err(_) => return,
            }
        }
    }
    /// Makes it look at its session at once if this is about it, or if nobody knows whom it was about.
    fn heard(&mut self, news: Option<AccountNews>) {
        let mine = match news {
            None => true,
            Some(AccountNews::User(user)) => user == self.user,
            Some(AccountNews::Device(device)) => Some(device) == self.device,
        };
        if mine {
            self.look = Instant::now();
        }
    }
}

/// Leaves of each record its newest line: an earlier one may say what this person may no longer know where the event ends.
///
/// Invariant: newest only. “For each principal every record stands in the feed once, at its newest number.”
fn newest_only(lines: &mut Vec<&RingLine>) {
    let mut told = HashSet::new();
    lines.reverse();
    lines.retain(|line| line.record().is_none_or(|record| told.insert(record)));
    lines.reverse();
}

impl Ended {
    const fn label(self) -> &'static str {
        match self {
            Self::Bye => "bye",
            Self::Reset => "reset",
            Self::Behind => "behind",
            Self::Session => "session",
        }
    }
}

impl Reader {
    /// Every line of a page that has reached the head, for a stream.
    async fn told(&mut self, plan: &Plan) -> store::Result<Vec<Told>> {
        let refs: Vec<_> = plan.rows.iter().filter(|row| !row.gone).map(|row| row.record).collect();
        let bodies = self.snapshot.bodies(&refs).await?;
        let mut bodies = bodies.into_iter().peekable();
        let mut told: Vec<(i64, Told)> = Vec::with_capacity(plan.rows.len() + plan.outcomes.len());
        let mut buffer = Lines::default();
        for row in &plan.rows {
            let body = bodies.next_if(|body| body.record == row.record);
            match &body {
                Some(body) => buffer.put(row.record.kind, row.record.id, body.rev, row.seq, &body.json),
                None => buffer.gone(row.record.kind, row.record.id, row.seq),
            }
            let body = body.map(|body| Bytes::from(body.json));
            told.push((row.seq, Told { record: Some(row.record), text: buffer.take(0), body }));
        }
        for known in &plan.outcomes {
            buffer.outcome(known);
            told.push((known.seq, Told { record: None, text: buffer.take(0), body: None }));
        }
        told.sort_by_key(|(seq, _)| *seq);
        Ok(told.into_iter().map(|(_, told)| told).collect())
    }
}
