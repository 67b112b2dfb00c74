//! Hearing of changes as they happen. Push is haste, positions are truth: whenever a stream ends, is silent or says so, the
//! page is asked, and where streams do not come through at all, the page is asked again and again.

use domain::{
    time::{DAY, MINUTE},
    wire::Page,
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use mirror::{Chunk, Place, Tally};

use super::{
    core::Core,
    gather::Gathered,
    link::Wish,
    recover::{Break, Trouble},
};
use crate::{
    backoff::{Backoff, asked},
    fault::Fault,
    transport::{Ask, Event, Events},
};

/// A stream says where it is at least every 15 seconds: after two of those it is not believed any more, in milliseconds.
const SILENCE: i64 = 30_000;
/// A stream greets as soon as it is open; one that does not for so long is held back on the way, in milliseconds. Four round trips of a
/// satellite take three seconds, and lost packets as long again.
const GREETING: i64 = 12_000;
/// After so many streams in a row that did not greet, pages are asked instead.
const HELD_BACK: u32 = 2;
/// For so long, in milliseconds; then a stream is tried again.
const POLLING: i64 = 10 * MINUTE;
/// How long a page is held while there is nothing, in seconds: the most the server allows.
const HELD: u32 = 25;
/// Where a stream says goodbye and not when to come back, in milliseconds.
const COME_BACK: i64 = 1_000;
/// A check that could not be made because the mirror moved on is not tried again before, in milliseconds.
const CHECK_AGAIN: i64 = 5 * MINUTE;
/// A check that nobody wished for waits until the desk has been at it for so long, in milliseconds: it is due on most mornings, and whoever has just
/// started the program waits for something else.
pub(super) const SETTLED: i64 = 20_000;

/// What is remembered from stream to stream.
#[derive(Debug, Default)]
struct Course {
    /// Whether the page is to be asked before a stream is opened.
    ask_page: bool,
    /// Streams in a row that did not greet.
    held_back: u32,
    /// Until when pages are asked instead of streams.
    polling_until: Option<i64>,
    /// When a check was last tried.
    check_tried: Option<i64>,
    /// Whether a check is due that waits until the desk has settled.
    check_waits: bool,
}

/// How a stream ended that did not fail.
enum Goodbye {
    /// Go on at once.
    GoOn,
    /// Come back after so many milliseconds.
    ComeBack(i64),
}

impl Core {
    /// Follows the feed for as long as its history lasts.
    pub(super) async fn live(&self) -> Break {
        let (mut course, mut backoff) = (Course::default(), Backoff::in_a_crowd());
        loop {
            let seen = self.wanted();
            match self.follow(&mut course, &mut backoff, seen).await {
                Ok(Goodbye::GoOn) => {}
                Ok(Goodbye::ComeBack(ms)) => self.wait(ms, seen, true).await,
                Err(trouble) => {
                    if let Err(end) = self.recover(trouble, seen, &mut backoff).await {
                        return end;
                    }
                }
            }
        }
    }
    /// One page or one stream.
    async fn follow(&self, course: &mut Course, backoff: &mut Backoff, seen: Wish) -> Result<Goodbye, Trouble> {
        let stand = self.files.stand().await?;
        let Some(after) = stand.live else { return Err(Trouble::Wrong) };
        let mono = self.clock.mono();
        // A locked desk reads no records that it would not hear of anyway.
        course.ask_page |= !self.files.is_locked() && self.link.done.borrow().heard < seen.ask;
        let polls = course.polling_until.is_some_and(|until| mono < until);
        let day_old = stand.checked_at.is_none_or(|at| self.now().since(at) >= DAY);
        let wished = self.link.done.borrow().compared < seen.compare;
        let again = course.check_tried.is_none_or(|at| mono - at >= CHECK_AGAIN);
        let is_due = stand.whole && (wished || (day_old && again && mono >= self.settled));
        course.check_waits = stand.whole && day_old && mono < self.settled;
        // Both sides read everything for it: what people have done goes first, and the next stream is never far.
        let check = is_due && !self.files.has_to_send(self.now()).await?;
        if polls || course.ask_page || check {
            let wait = if polls && !course.ask_page && !check { HELD } else { 0 };
            let ask = Ask::up(after, wait, check);
            let page = tokio::select! {
                biased;
                page = self.read(ask, backoff) => page?,
                // A page that is held is asked again at once when a person wants it.
                () = self.until(|w| w.ask != seen.ask), if wait > 0 => return Ok(Goodbye::GoOn),
            };
            course.ask_page = false;
            self.link.done.send_modify(|done| done.heard = done.heard.max(seen.ask));
            if check {
                course.check_tried = Some(mono);
                self.link.done.send_modify(|done| done.compared = done.compared.max(seen.compare));
                self.compare(&page).await?;
            }
            return Ok(Goodbye::GoOn);
        }
        course.polling_until = None;
        match self.listen(&after, course, backoff, seen).await {
            // A stream that is silent may be held back; the page tells whether the server is there.
            Err(Trouble::Fault(Fault::TooSlow)) => {
                course.ask_page = true;
                if course.held_back >= HELD_BACK {
                    course.polling_until = Some(self.clock.mono() + POLLING);
                    course.held_back = 0;
                }
                Ok(Goodbye::GoOn)
            }
            other => other,
        }
    }
    /// Asks the feed, and waits until it was read to the head it has from now on.
    pub(super) async fn caught_up(&self) {
        let mut wanted = 0;
        self.link.wish.send_modify(|wish| {
            wish.ask += 1;
            wanted = wish.ask;
        });
        // The sender lives in the link, which lives as long as this does.
        let _ = self.link.done.subscribe().wait_for(|done| done.heard >= wanted).await;
    }
    /// Listens to one stream.
    async fn listen(&self, after: &str, course: &mut Course, backoff: &mut Backoff, seen: Wish) -> Result<Goodbye, Trouble> {
        course.held_back += 1;
        let (mut stream, mut event) = self.within(GREETING, self.greeted(after).boxed()).await?;
        course.held_back = 0;
        loop {
            let mut behind = None;
            match event {
                Event::Changes { cursor, data } => {
                    let gathered;
                    (gathered, behind) = self.gather(Gathered::read(cursor, &data)?, &mut stream).await;
                    let (chunk, place) = gathered.into_parts();
                    self.apply(chunk, place).await?;
                }
                Event::At { cursor, seq } => self.apply(Chunk::default(), Place::Up { cursor, whole: Some(seq) }).await?,
                Event::Behind => {
                    course.ask_page = true;
                    self.link.line().behind = true;
                    self.show();
                    return Ok(Goodbye::GoOn);
                }
                Event::Bye { retry } => return Ok(Goodbye::ComeBack(retry.map_or(COME_BACK, asked))),
                Event::Reset => return Err(Trouble::Reset),
                Event::Other => {}
            }
            backoff.reset();
            event = match behind {
                Some(came) => came?,
                None => tokio::select! {
                    biased;
                    came = self.within(SILENCE, next(&mut stream).boxed()) => came?,
                    () = self.until(|w| w.ask != seen.ask) => return Ok(Goodbye::GoOn),
                    () = self.clock.sleep((self.settled - self.clock.mono()).max(0)), if course.check_waits => return Ok(Goodbye::GoOn),
                },
            };
        }
    }
    async fn greeted(&self, after: &str) -> Result<(Events, Event), Fault> {
        let mut stream = self.stream(after).await?;
        let first = next(&mut stream).await?;
        Ok((stream, first))
    }
    /// What comes within so many milliseconds.
    async fn within<T>(&self, ms: i64, what: BoxFuture<'_, Result<T, Fault>>) -> Result<T, Fault> {
        tokio::select! {
            biased;
            it = what => it,
            () = self.clock.sleep(ms) => Err(Fault::TooSlow),
        }
    }
    /// Compares count and sum with the server's: a mirror can prove that it is right.
    async fn compare(&self, page: &Page) -> Result<(), Trouble> {
        let sum = page.sum.as_deref().and_then(|text| text.parse().ok());
        let (Some(count), Some(sum)) = (page.count.and_then(|n| u64::try_from(n).ok()), sum) else { return Ok(()) };
        match self.files.check(Tally { count, sum }, &page.cursor, self.now()).await? {
            Some(false) => {
                tracing::error!("the mirror is not what the server has; it is built again");
                Err(Trouble::Wrong)
            }
            Some(true) | None => Ok(()),
        }
    }
}

async fn next(stream: &mut Events) -> Result<Event, Fault> {
    stream.events.next().await.unwrap_or(Err(Fault::Cut))
}
