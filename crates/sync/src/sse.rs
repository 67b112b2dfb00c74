//! Server-sent events, read from bytes that may be cut anywhere.

use bytes::Bytes;
use domain::wire::is_cursor;
use std::time::Duration;

use crate::{fault::Fault, transport::Event};

/// The most bytes of one event. The server ends a stream with `behind` long before.
const MOST: usize = 8 << 20;

/// An event as it stands on the wire.
#[derive(Debug, Default)]
struct Raw {
    name: String,
    id: String,
    data: Vec<u8>,
    has_data: bool,
    retry: Option<Duration>,
}

/// Takes events out of bytes: for every transport.
#[derive(Debug, Default)]
pub struct Sse {
    buffer: Vec<u8>,
    /// How much of the buffer was searched for an end of a line.
    searched: usize,
    event: Raw,
    /// Whether the last line ended with CR: a LF that follows belongs to it.
    after_cr: bool,
    begun: bool,
}

impl Sse {
    /// Takes in bytes; gives the events that are complete with them.
    ///
    /// # Errors
    /// [`Fault::NotMeja`] for what is no stream of ours.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Event>, Fault> {
        self.buffer.extend_from_slice(bytes);
        let mut events = Vec::new();
        let mut start = 0;
        while let Some(end) = self.line_end(start) {
            if self.line(start, end) {
                events.push(std::mem::take(&mut self.event).read()?);
            }
            start = end + 1;
        }
        self.buffer.drain(..start);
        self.searched = self.buffer.len();
        if self.buffer.len() + self.event.data.len() > MOST { Err(Fault::NotMeja) } else { Ok(events) }
    }
    /// The end of the line that begins here. Lines end with LF, CR or both; the LF of both is skipped as an empty rest.
    fn line_end(&self, start: usize) -> Option<usize> {
        let from = start.max(self.searched);
        self.buffer.get(from..)?.iter().position(|b| matches!(b, b'\n' | b'\r')).map(|at| from + at)
    }
    /// Takes in a line; whether it ends an event.
    fn line(&mut self, start: usize, end: usize) -> bool {
        let follows_cr = std::mem::replace(&mut self.after_cr, self.buffer[end] == b'\r');
        let mut line = &self.buffer[start..end];
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        if line.is_empty() {
            // Between CR and LF there is no line.
            return !(follows_cr && self.buffer[end] == b'\n');
        }
        let (field, value) = match line.iter().position(|b| *b == b':') {
            Some(colon) => (&line[..colon], line[colon + 1..].strip_prefix(b" ").unwrap_or(&line[colon + 1..])),
            None => (line, &[][..]),
        };
        self.event.field(field, value);
        false
    }
}

impl Raw {
    fn field(&mut self, field: &[u8], value: &[u8]) {
        let text = || String::from_utf8_lossy(value).into_owned();
        match field {
            b"event" => self.name = text(),
            b"id" => self.id = text(),
            b"retry" => self.retry = text().parse().ok().map(Duration::from_millis),
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value);
            }
            // A comment, or a field of a newer protocol.
            _ => {}
        }
    }
    /// What the event says. One without data is none by the standard; a lonely comment is still a sign of life.
    fn read(self) -> Result<Event, Fault> {
        let Self { name, id: cursor, data, has_data, retry } = self;
        if !has_data {
            return Ok(Event::Other);
        }
        Ok(match name.as_str() {
            "changes" => Event::Changes { cursor: some(cursor)?, data: Bytes::from(data) },
            "at" => {
                let at: domain::wire::At = serde_json::from_slice(&data).map_err(|_| Fault::NotMeja)?;
                Event::At { cursor: some(cursor)?, seq: at.seq }
            }
            "behind" => Event::Behind,
            "bye" => Event::Bye { retry },
            "reset" => Event::Reset,
            _ => Event::Other,
        })
    }
}

/// A position must be one.
fn some(cursor: String) -> Result<String, Fault> {
    if is_cursor(&cursor) { Ok(cursor) } else { Err(Fault::NotMeja) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{bytes_near, most_allocated};
    use proptest::prelude::*;

    const STREAM: &str = ":\n\nevent: at\nid: c1\ndata: {\"seq\":4}\n\nevent: changes\r\nid: c2\r\ndata: {\"seq\":5,\r\ndata: \"lines\":[]}\r\n\r\n\
        event: behind\ndata: {}\n\nevent: bye\nretry: 700\ndata: {}\n\nevent: reset\ndata: {}\n\nevent: new\ndata: x\n\n";

    fn expected() -> Vec<Event> {
        vec![
            Event::Other,
            Event::At { cursor: "c1".into(), seq: 4 },
            Event::Changes { cursor: "c2".into(), data: Bytes::from_static(b"{\"seq\":5,\n\"lines\":[]}") },
            Event::Behind,
            Event::Bye { retry: Some(Duration::from_millis(700)) },
            Event::Reset,
            Event::Other,
        ]
    }

    #[test]
    fn every_event_of_the_page_is_read() {
        assert_eq!(Sse::default().take(STREAM.as_bytes()).unwrap(), expected());
        let marked = format!("\u{feff}{STREAM}");
        assert_eq!(Sse::default().take(marked.as_bytes()).unwrap(), expected(), "a byte order mark is no part of it");
    }

    #[test]
    fn a_position_without_a_cursor_is_not_believed() {
        assert_eq!(Sse::default().take(b"event: at\ndata: {\"seq\":4}\n\n"), Err(Fault::NotMeja));
        assert_eq!(Sse::default().take(b"event: at\nid: c\ndata: <html>\n\n"), Err(Fault::NotMeja));
        assert_eq!(
            Sse::default().take(b"event: at\nid: c&check=1#x\ndata: {\"seq\":4}\n\n"),
            Err(Fault::NotMeja),
            "it goes into an address"
        );
    }

    #[test]
    fn an_event_without_end_is_given_up() {
        let mut sse = Sse::default();
        sse.take(b"data: ").unwrap();
        let much = vec![b'x'; MOST + 1];
        assert_eq!(sse.take(&much), Err(Fault::NotMeja));
    }

    proptest! {
        #[test]
        fn wherever_it_is_cut_the_same_events_come(cuts in proptest::collection::vec(0..STREAM.len(), 0..8)) {
            let mut cuts = cuts;
            cuts.sort_unstable();
            let (mut sse, mut events, mut from) = (Sse::default(), Vec::new(), 0);
            for cut in cuts.into_iter().chain([STREAM.len()]) {
                events.extend(sse.take(&STREAM.as_bytes()[from..cut]).unwrap());
                from = cut;
            }
            prop_assert_eq!(events, expected());
        }
        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let _ = Sse::default().take(&bytes);
        }
        /// Also what is broken is the same wherever it is cut, and costs no more than it has lines.
        #[test]
        fn a_broken_stream_is_one_stream(bytes in bytes_near(vec![STREAM.as_bytes().to_vec()]), size in 1..50_usize) {
            let (most, whole) = most_allocated(|| Sse::default().take(&bytes));
            prop_assert!(most <= 64 * 1024 + 250 * bytes.len() as u64, "{} bytes cost {most}", bytes.len());
            let mut sse = Sse::default();
            let pieces: Result<Vec<Vec<Event>>, Fault> = bytes.chunks(size).map(|piece| sse.take(piece)).collect();
            prop_assert_eq!(pieces.map(|all| all.concat()), whole);
        }
    }
}
