//! A desk that only listens: a connection of its own with the live stream in it, and the moment at which each write came. It
//! has no mirror, so that thousands of them fit into one process beside the server that is measured.

use memchr::memmem::Finder;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{mpsc::UnboundedSender, watch},
};

use crate::desk::{Done, now, said};

/// What stands before the number of a write, in the text that it writes.
pub(crate) const MARK: &str = "Catatan siar ";
/// How many digits the number has.
pub(crate) const DIGITS: usize = 6;

/// How much is read at once, in bytes: some events of a busy moment.
const ROOM: usize = 8 << 10;

/// When each write was due, in microseconds since the beginning.
#[derive(Debug)]
pub(crate) struct Due {
    begin: Instant,
    writes: Vec<AtomicU64>,
}

impl Due {
    pub(crate) fn new(writes: usize) -> Self {
        Self { begin: now(), writes: (0..writes).map(|_| AtomicU64::new(0)).collect() }
    }
    fn micros(&self) -> u64 {
        u64::try_from((now() - self.begin).as_micros()).unwrap_or(u64::MAX)
    }
    /// Says that a write is due now.
    pub(crate) fn now(&self, n: usize) {
        if let Some(write) = self.writes.get(n) {
            write.store(self.micros(), Ordering::Relaxed);
        }
    }
    /// How long ago that was.
    fn since(&self, n: usize) -> Duration {
        let due = self.writes.get(n).map_or(0, |write| write.load(Ordering::Relaxed));
        Duration::from_micros(self.micros().saturating_sub(due))
    }
}

/// What one follower heard: which write after how long, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) writes: Vec<(u32, Duration)>,
    /// Whether the server ended the stream, as it does with those who are too slow.
    pub(crate) ended: bool,
}

/// Follows from the head on until `stop` changes. Says so when the server has greeted it.
pub(crate) async fn follow(
    address: String,
    token: String,
    due: Arc<Due>,
    greeted: UnboundedSender<()>,
    mut stop: watch::Receiver<bool>,
) -> Done<Heard> {
    let mut stream = TcpStream::connect(&address).await.map_err(said)?;
    let ask =
        format!("GET /v1/feed/live HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n");
    stream.write_all(ask.as_bytes()).await.map_err(said)?;
    let (mut ear, mut greeting) = (Ear::default(), Some(greeted));
    loop {
        ear.bytes.reserve(ROOM);
        let read = tokio::select! {
            read = stream.read_buf(&mut ear.bytes) => read.map_err(said)?,
            _ = stop.changed() => return Ok(ear.heard),
        };
        if greeting.is_some() && ear.bytes.starts_with(b"HTTP/1.1 ") && !ear.bytes.starts_with(b"HTTP/1.1 200") {
            return Err(String::from_utf8_lossy(&ear.bytes).into_owned());
        }
        if memchr::memmem::find(&ear.bytes, b"event: at").is_some()
            && let Some(greeting) = greeting.take()
        {
            // Whoever counts the greetings may have gone.
            let _ = greeting.send(());
        }
        ear.listen(&due);
        if read == 0 {
            ear.heard.ended = true;
            return Ok(ear.heard);
        }
    }
}

/// Finds the writes in what comes, wherever it is cut.
#[derive(Default)]
struct Ear {
    bytes: Vec<u8>,
    heard: Heard,
}

impl Ear {
    fn listen(&mut self, due: &Due) {
        let finder = Finder::new(MARK);
        let mut upto = 0;
        for at in finder.find_iter(&self.bytes) {
            let Some(digits) = self.bytes.get(at + MARK.len()..at + MARK.len() + DIGITS) else { break };
            let n = digits.iter().fold(0_u32, |n, digit| n * 10 + u32::from(digit.wrapping_sub(b'0') % 10));
            self.heard.writes.push((n, due.since(usize::try_from(n).unwrap_or(usize::MAX))));
            upto = at + MARK.len() + DIGITS;
        }
        // What may be the beginning of the next one stays.
        let keep = self.bytes.len().saturating_sub(MARK.len() + DIGITS - 1).max(upto);
        self.bytes.drain(..keep);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_are_heard_once_wherever_they_are_cut() {
        let text = format!("data: {MARK}000007 and {MARK}000123\"}}");
        for cut in 0..=text.len() {
            let (mut ear, due) = (Ear::default(), Due::new(200));
            for part in [&text[..cut], &text[cut..]] {
                ear.bytes.extend_from_slice(part.as_bytes());
                ear.listen(&due);
            }
            let heard: Vec<u32> = ear.heard.writes.iter().map(|(n, _)| *n).collect();
            assert_eq!(heard, [7, 123], "cut at {cut}");
        }
    }
}
