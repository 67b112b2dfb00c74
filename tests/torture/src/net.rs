//! The simulated network: every request and every piece of an answer is a letter that arrives when the world says, late, twice,
//! cut off, or never.

use bytes::Bytes;
use std::{
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hasher},
    sync::{Mutex, MutexGuard},
};
use sync::Fault;
use tokio::{
    sync::{mpsc, oneshot},
    task::AbortHandle,
};

use crate::{
    dice::Dice,
    wire::{Answer, Head, Op, Request},
};

/// A piece of an answer as the server gives it.
#[derive(Clone)]
pub(crate) enum Part {
    Head(Head),
    Bytes(Bytes),
    End(Option<Fault>),
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head(head) => write!(f, "{} {}", head.status, head.media),
            Self::Bytes(bytes) => {
                let mut hash = DefaultHasher::new();
                hash.write(bytes);
                write!(f, "{} bytes {:016x}", bytes.len(), hash.finish())
            }
            Self::End(fault) => write!(f, "end {fault:?}"),
        }
    }
}

/// What is wrong with an exchange.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Loss {
    Nothing,
    /// It does not leave.
    Unreachable,
    /// It leaves and never arrives.
    Request(Fault),
    /// It arrives, and its answer does not.
    Answer(Fault),
    /// The answer breaks off after so many bytes.
    Cut(usize),
    /// After so many bytes nothing comes any more, and nobody says so.
    Silence(usize),
    /// Of its body so many bytes arrive, and then the connection breaks, or nothing comes any more and nobody says so.
    Broken(usize),
    Stuck(usize),
    /// This byte of its body arrives as another one.
    Turned(usize),
    /// Somebody else answers: a network's login page, or a proxy.
    Stranger(u16),
}

/// How an exchange fares.
#[derive(Clone, Debug)]
pub(crate) struct Fate {
    pub(crate) loss: Loss,
    /// Milliseconds until the request arrives.
    pub(crate) there: i64,
    /// Milliseconds until each piece of the answer does.
    pub(crate) back: i64,
    /// Milliseconds until it arrives once more, if it does.
    pub(crate) again: Option<i64>,
}

/// The weather on somebody's way to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weather {
    Fine,
    Slow,
    Bad,
    Offline,
}

impl Fate {
    pub(crate) fn thrown(dice: &mut Dice, weather: Weather, op: Op) -> Self {
        let quick = Self { loss: Loss::Nothing, there: dice.between(1, 30), back: dice.between(1, 30), again: None };
        match weather {
            Weather::Fine => quick,
            Weather::Offline => Self { loss: Loss::Unreachable, ..quick },
            Weather::Slow => Self { there: dice.between(50, 3_000), back: dice.between(50, 3_000), ..quick },
            Weather::Bad => {
                let again = dice.one_in(8).then(|| dice.between(1, 9_000));
                let far = if dice.one_in(4) { 8_000 } else { 300 };
                let (there, back) = (dice.between(1, far), dice.between(1, far));
                Self { loss: Loss::thrown(dice, op), there, back, again }
            }
        }
    }
}

impl Loss {
    /// What happens to the body of a request, if anything does.
    pub(crate) fn of_body(dice: &mut Dice, len: usize) -> Option<Self> {
        let at = dice.place(len);
        match dice.below(12) {
            0 | 1 => Some(Self::Broken(at)),
            2 => Some(Self::Stuck(at)),
            3 => Some(Self::Turned(at)),
            _ => None,
        }
    }
    fn thrown(dice: &mut Dice, op: Op) -> Self {
        let bytes = dice.place(if op.is_stream() { 4_000 } else { 12_000 });
        let fault = if dice.one_in(2) { Fault::Cut } else { Fault::TooSlow };
        match dice.below(16) {
            0 => Self::Unreachable,
            1 => Self::Request(fault),
            2..=4 => Self::Answer(fault),
            5..=6 => Self::Cut(bytes),
            7 => Self::Silence(bytes),
            8 => Self::Stranger(dice.pick(&[200, 429, 502, 503]).unwrap_or(502)),
            _ => Self::Nothing,
        }
    }
}

/// A request and what has become of it.
pub(crate) struct Exchange {
    /// Whose: desks count from 0, clients from [`CLIENTS`].
    pub(crate) from: usize,
    pub(crate) request: Request,
    pub(crate) fate: Fate,
    pub(crate) reply: Option<oneshot::Sender<Result<Answer, Fault>>>,
    pub(crate) body: Option<mpsc::UnboundedSender<Result<Bytes, Fault>>>,
    /// When the last piece of the answer arrives that is on its way.
    pub(crate) last: i64,
    pub(crate) sent: usize,
    pub(crate) over: bool,
    /// The server's work on it, with the process that does it.
    pub(crate) work: Vec<(usize, AbortHandle)>,
}

/// The first number of a client.
pub(crate) const CLIENTS: usize = 100;
/// More exchanges than anybody has in a world.
const MOST: usize = 1_000_000;

impl Exchange {
    /// Whether nobody waits for the answer any more.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.reply.as_ref().is_none_or(oneshot::Sender::is_closed) && self.body.as_ref().is_none_or(mpsc::UnboundedSender::is_closed)
    }
    /// Hands over a piece.
    pub(crate) fn deliver(&mut self, part: Part) {
        match part {
            Part::Head(head) => {
                let (sender, body) = mpsc::unbounded_channel();
                if let Some(reply) = self.reply.take() {
                    self.body = Some(sender);
                    let _ = reply.send(Ok(Answer { head, body }));
                }
            }
            Part::Bytes(bytes) => {
                if let Some(body) = &self.body {
                    let _ = body.send(Ok(bytes));
                }
            }
            Part::End(fault) => {
                self.over = true;
                let fault = match (self.reply.take(), fault) {
                    (Some(reply), fault) => return drop(reply.send(Err(fault.unwrap_or(Fault::Cut)))),
                    (None, fault) => fault,
                };
                if let (Some(body), Some(fault)) = (self.body.take(), fault) {
                    let _ = body.send(Err(fault));
                }
            }
        }
    }
}

#[derive(Default)]
pub(crate) struct Letters {
    /// By who asked, and the how many-eth of theirs it is: so the numbers do not depend on who of several came first.
    pub(crate) exchanges: BTreeMap<usize, Exchange>,
    /// How many each has sent.
    count: BTreeMap<usize, usize>,
    /// Requests that nobody has looked at yet.
    pub(crate) fresh: Vec<usize>,
    /// Pieces of answers that left the server, with the request's copy they answer.
    pub(crate) answered: Vec<(usize, usize, Part)>,
}

impl Letters {
    /// An exchange that has begun.
    pub(crate) fn of(&mut self, n: usize) -> &mut Exchange {
        self.exchanges.get_mut(&n).unwrap()
    }
}

/// The network.
#[derive(Default)]
pub(crate) struct Net(Mutex<Letters>);

impl Net {
    pub(crate) fn letters(&self) -> MutexGuard<'_, Letters> {
        self.0.lock().unwrap()
    }
    /// Takes a request.
    pub(crate) fn take(&self, from: usize, request: Request, reply: oneshot::Sender<Result<Answer, Fault>>) {
        let fate = Fate { loss: Loss::Nothing, there: 0, back: 0, again: None };
        let mut letters = self.letters();
        let (body, work) = (None, Vec::new());
        let count = letters.count.entry(from).or_default();
        *count += 1;
        let n = from * MOST + *count;
        letters.exchanges.insert(n, Exchange { from, request, fate, reply: Some(reply), body, last: 0, sent: 0, over: false, work });
        letters.fresh.push(n);
    }
    pub(crate) fn answer(&self, exchange: usize, copy: usize, part: Part) {
        self.letters().answered.push((exchange, copy, part));
    }
}
