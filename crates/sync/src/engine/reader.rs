//! Reading an answer of the feed: bytes become parts that can be laid into the mirror, on a task of its own, so that the next
//! part is decoded while the last is written.

use domain::wire::{Line, Page};
use futures_util::StreamExt;
use mirror::{Chunk, Place};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use crate::{fault::Fault, transport::Pages};

/// How many records a part has at least, if the server's marks allow: enough that a transaction is worth its cost, and few
/// enough that a list is not kept waiting by one.
const PART: usize = 1_000;
/// How many records the first part of what is open has, and each behind it. The first is what a list shows at once; the later ones
/// are worth a transaction and keep no list waiting.
const OPENING: [usize; 2] = [100, 500];
/// How many parts may wait to be written.
const WAITING: usize = 6;
/// The most bytes of a line.
const LINE: usize = 16 << 20;
/// The most bytes that are kept of an answer until something of it can be laid in: far more than any hundred records, and no more
/// than a desk can bear of an answer that has no marks and no end.
const KEPT: usize = 64 << 20;

/// Which way a page runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Work,
    Head,
    Up,
    Down,
}

/// A part of an answer.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) chunk: Chunk,
    /// Where it ends.
    pub(super) place: Place,
    /// The end of the page, if it is the last part.
    pub(super) page: Option<Page>,
}

/// An answer that is being read.
#[derive(Debug)]
pub(super) struct Reading {
    parts: mpsc::Receiver<Result<Part, Fault>>,
    end: Option<oneshot::Receiver<Page>>,
    task: JoinHandle<()>,
}

/// Where the reader leaves what it has read.
struct Out {
    parts: mpsc::Sender<Result<Part, Fault>>,
    end: oneshot::Sender<Page>,
}

impl Reading {
    /// `from` is the cursor that was asked with.
    pub(super) fn start(pages: Pages, way: Way, from: String) -> Self {
        let (parts, waiting) = mpsc::channel(WAITING);
        let (end, ended) = oneshot::channel();
        Self { parts: waiting, end: Some(ended), task: tokio::spawn(read(pages, Decoder::new(way, from), Out { parts, end })) }
    }
    /// The end of the page, as soon as it was read: its parts may still wait to be written then. Nothing if it never comes. Asked
    /// once.
    pub(super) fn end(&mut self) -> impl Future<Output = Option<Page>> + use<> {
        let end = self.end.take();
        async move { end?.await.ok() }
    }
    /// The next part. An answer that ends without its last line was cut off: everything up to its last mark came before.
    pub(super) async fn next(&mut self) -> Result<Part, Fault> {
        self.parts.recv().await.unwrap_or(Err(Fault::Cut))
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read(mut pages: Pages, mut decoder: Decoder, to: Out) {
    let Out { parts: to, end } = to;
    let mut end = Some(end);
    let mut fault = Fault::Cut;
    while let Some(bytes) = pages.chunks.next().await {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => {
                fault = why;
                break;
            }
        };
        let (parts, bad) = decoder.take(&bytes);
        if let Some(page) = parts.last().and_then(|part| part.page.clone()) {
            // Whoever does not ask for more does not listen.
            let _ = end.take().map(|end| end.send(page));
        }
        for part in parts {
            let ended = part.page.is_some();
            if to.send(Ok(part)).await.is_err() || ended {
                return;
            }
        }
        if let Some(why) = bad {
            fault = why;
            break;
        }
    }
    if let Some(part) = decoder.good() {
        let _ = to.send(Ok(part)).await;
    }
    let _ = to.send(Err(fault)).await;
}

/// Takes parts out of bytes that may be cut anywhere.
#[derive(Debug)]
pub(super) struct Decoder {
    way: Way,
    /// Where the next part begins.
    from: String,
    rest: Vec<u8>,
    /// Everything up to the last mark, and that mark.
    marked: Chunk,
    mark: Option<String>,
    /// What came since.
    since: Chunk,
    /// How many bytes of lines are kept in both.
    kept: usize,
    /// Whether a part of what is open was given already.
    has_opened: bool,
}

impl Decoder {
    pub(super) fn new(way: Way, from: String) -> Self {
        Self { way, from, rest: Vec::new(), marked: Chunk::default(), mark: None, since: Chunk::default(), kept: 0, has_opened: false }
    }
    /// Takes in bytes. Gives the parts that are complete with them, and what is wrong behind those.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (Vec<Part>, Option<Fault>) {
        let mut parts = Vec::new();
        let mut lines = bytes.split_inclusive(|b| *b == b'\n');
        let mut bad = None;
        while bad.is_none()
            && let Some(line) = lines.next()
        {
            if line.last() != Some(&b'\n') {
                self.rest.extend_from_slice(line);
                bad = (self.rest.len() > LINE).then_some(Fault::NotMeja);
            } else if self.rest.is_empty() {
                bad = self.line(line, &mut parts);
            } else {
                self.rest.extend_from_slice(line);
                let whole = std::mem::take(&mut self.rest);
                bad = self.line(&whole, &mut parts);
            }
        }
        (parts, bad)
    }
    fn line(&mut self, line: &[u8], parts: &mut Vec<Part>) -> Option<Fault> {
        if line.trim_ascii().is_empty() {
            return None;
        }
        let bytes = line.len();
        match serde_json::from_slice::<Line<'_>>(line) {
            Ok(Line::Mark(mark)) => self.mark(mark.cursor, parts),
            Ok(Line::Page(page)) => {
                let mut chunk = std::mem::take(&mut self.marked);
                chunk.append(std::mem::take(&mut self.since));
                chunk.continues = self.has_opened;
                (self.mark, self.kept) = (None, 0);
                parts.push(Part { chunk, place: self.end_of(&page), page: Some(page) });
            }
            Ok(line) => {
                self.since.take(line);
                self.kept += bytes;
                parts.extend(self.opening());
                return (self.kept > KEPT).then_some(Fault::NotMeja);
            }
            // Only where it happened is said: the line is personal.
            Err(error) => {
                tracing::warn!(column = error.column(), "a line of the feed cannot be read");
                return Some(Fault::NotMeja);
            }
        }
        None
    }
    /// Of what is open, the next part on the way to its end.
    fn opening(&mut self) -> Option<Part> {
        if self.way != Way::Work || self.since.len() < OPENING[usize::from(self.has_opened)] {
            return None;
        }
        let mut chunk = std::mem::take(&mut self.since);
        self.kept = 0;
        chunk.continues = std::mem::replace(&mut self.has_opened, true);
        Some(Part { chunk, place: Place::Opening, page: None })
    }
    fn mark(&mut self, cursor: String, parts: &mut Vec<Part>) {
        self.marked.append(std::mem::take(&mut self.since));
        self.mark = Some(cursor);
        if self.marked.len() >= PART || self.kept > LINE {
            parts.extend(self.good());
        }
    }
    /// What is good although the page was cut off: everything up to its last mark.
    pub(super) fn good(&mut self) -> Option<Part> {
        let cursor = self.mark.take()?;
        let place = match self.way {
            Way::Up => Place::Up { cursor, whole: None },
            Way::Down => Place::Down { from: std::mem::replace(&mut self.from, cursor.clone()), cursor: Some(cursor) },
            // What is open is shown as it comes, and counts as a whole or not at all.
            Way::Work | Way::Head => return None,
        };
        self.kept = 0;
        Some(Part { chunk: std::mem::take(&mut self.marked), place, page: None })
    }
    /// Where a page ends.
    fn end_of(&self, page: &Page) -> Place {
        let cursor = page.cursor.clone();
        match self.way {
            Way::Work => Place::Work { cursor, seq: page.seq },
            Way::Head => Place::Head { cursor, seq: page.seq },
            Way::Up => Place::Up { cursor, whole: (!page.more).then_some(page.seq) },
            Way::Down => Place::Down { from: self.from.clone(), cursor: page.more.then_some(cursor) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gone(seq: usize) -> String {
        format!("{{\"gone\":{{\"kind\":\"note\",\"id\":\"019abf6b-9d3c-7c11-8a52-{seq:012x}\",\"seq\":{seq}}}}}\n")
    }
    fn text(records: usize) -> String {
        let mut text = String::new();
        for n in 1..=records {
            text.push_str(&gone(n));
            if n % 100 == 0 {
                text.push_str(&format!("{{\"mark\":{{\"cursor\":\"c{n}\"}}}}\n"));
            }
        }
        text + "{\"page\":{\"cursor\":\"end\",\"seq\":9,\"head\":\"h\",\"more\":false}}\n"
    }
    fn sizes(parts: &[Part]) -> Vec<(usize, Place)> {
        parts.iter().map(|p| (p.chunk.len(), p.place.clone())).collect()
    }
    fn up(cursor: &str, whole: Option<i64>) -> Place {
        Place::Up { cursor: cursor.into(), whole }
    }

    #[test]
    fn a_page_comes_in_parts_that_end_at_marks() {
        let (parts, bad) = Decoder::new(Way::Up, String::new()).take(text(2_150).as_bytes());
        assert_eq!(bad, None);
        assert_eq!(sizes(&parts), [(1_000, up("c1000", None)), (1_000, up("c2000", None)), (150, up("end", Some(9)))]);
    }

    #[test]
    fn a_page_that_is_cut_off_is_good_up_to_its_last_mark() {
        let mut decoder = Decoder::new(Way::Down, "top".into());
        let text = text(250);
        let (parts, _) = decoder.take(&text.as_bytes()[..text.len() - 70]);
        assert!(parts.is_empty());
        let good = decoder.good().unwrap();
        assert_eq!((good.chunk.len(), good.place), (200, Place::Down { from: "top".into(), cursor: Some("c200".into()) }));
    }

    #[test]
    fn a_login_page_in_the_middle_ends_it_and_spoils_nothing() {
        let mut decoder = Decoder::new(Way::Up, String::new());
        let (parts, bad) = decoder.take(format!("{}{{\"mark\":{{\"cursor\":\"m\"}}}}\n<html>\n{}", gone(1), gone(2)).as_bytes());
        assert!(parts.is_empty());
        assert_eq!(bad, Some(Fault::NotMeja));
        assert_eq!(decoder.good().map(|p| p.chunk.len()), Some(1));
    }

    #[test]
    fn what_is_open_counts_as_a_whole_or_not_at_all() {
        let mut decoder = Decoder::new(Way::Work, String::new());
        decoder.take(format!("{}{{\"mark\":{{\"cursor\":\"m\"}}}}\n", gone(1)).as_bytes());
        assert!(decoder.good().is_none());
        let (parts, _) = decoder.take(text(0).as_bytes());
        assert_eq!(sizes(&parts), [(1, Place::Work { cursor: "end".into(), seq: 9 })]);
    }

    #[test]
    fn the_first_of_what_is_open_comes_at_once_and_begins_anew_each_time() {
        let puts: String = (1..=700).map(gone).collect();
        let mut decoder = Decoder::new(Way::Work, String::new());
        let (mut parts, _) = decoder.take(puts.as_bytes());
        assert_eq!(sizes(&parts), [(100, Place::Opening), (500, Place::Opening)]);
        parts.extend(decoder.take(text(0).as_bytes()).0);
        assert_eq!(sizes(&parts[2..]), [(100, Place::Work { cursor: "end".into(), seq: 9 })]);
        assert_eq!(parts.iter().map(|p| p.chunk.continues).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn an_answer_without_marks_or_end_is_given_up() {
        for way in [Way::Up, Way::Down, Way::Work] {
            let mut decoder = Decoder::new(way, String::new());
            decoder.kept = KEPT - 2 * gone(1).len();
            assert_eq!(decoder.take(format!("{}{}", gone(1), gone(2)).as_bytes()).1, None);
            assert_eq!(decoder.take(gone(3).as_bytes()).1, Some(Fault::NotMeja), "{way:?}");
        }
    }

    #[test]
    fn outcomes_alone_are_laid_in_where_there_are_marks() {
        let outcome = r#"{"outcome":{"id":"019abf6b-9d3c-7c11-8a52-0123456789ab","seq":1,"status":"applied"}}"#;
        let mut decoder = Decoder::new(Way::Up, String::new());
        decoder.kept = LINE;
        let (parts, bad) = decoder.take(format!("{outcome}\n{{\"mark\":{{\"cursor\":\"m\"}}}}\n").as_bytes());
        assert_eq!((parts.len(), bad, decoder.kept), (1, None, 0), "a page of nothing but outcomes does not pile up");
    }

    proptest! {
        #[test]
        fn wherever_it_is_cut_the_same_parts_come(cuts in proptest::collection::vec(0..2_000_usize, 0..6)) {
            let text = text(20);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c % text.len()).collect();
            cuts.sort_unstable();
            let (mut decoder, mut parts, mut from) = (Decoder::new(Way::Up, String::new()), Vec::new(), 0);
            for cut in cuts.into_iter().chain([text.len()]) {
                let (more, bad) = decoder.take(&text.as_bytes()[from..cut]);
                prop_assert_eq!(bad, None);
                parts.extend(more);
                from = cut;
            }
            prop_assert_eq!(sizes(&parts), [(20, up("end", Some(9)))]);
        }
    }
}
