//! Taking several live events at once, where they come faster than they are laid in, and while this desk's own commands are
//! sent: each event that meets waiting commands makes all of them run again, and events of one's own acts meet them all.

use domain::{id::RecordId, wire::Changes};
use futures_util::StreamExt;
use mirror::{Chunk, Place};
use std::collections::HashSet;

use super::core::Core;
use crate::{
    fault::Fault,
    transport::{Event, Events},
};

/// About how many records are taken at once.
const MOST: usize = 1_000;
/// How long events wait for the commands that are being sent, in milliseconds.
const PATIENCE: i64 = 100;

/// Events, as one.
#[derive(Debug)]
pub(super) struct Gathered {
    chunk: Chunk,
    cursor: String,
    seq: i64,
}

impl Gathered {
    /// Reads an event.
    pub(super) fn read(cursor: String, data: &[u8]) -> Result<Self, Fault> {
        let Changes { seq, lines } = serde_json::from_slice(data).map_err(|error| {
            // Only where it happened is said: the line is personal.
            tracing::warn!(column = error.column(), "an event of the feed cannot be read");
            Fault::NotMeja
        })?;
        let mut chunk = Chunk::default();
        lines.into_iter().for_each(|line| chunk.take(line));
        Ok(Self { chunk, cursor, seq })
    }
    /// Takes in a later one. A record stands in it once: as it is at the end. Two records of two kinds may have one id: an order and
    /// the conversation about it.
    fn take(&mut self, later: Self) {
        let arrived = later.chunk.arrivals.iter().map(|a| (a.kind.as_str(), a.id));
        let again: HashSet<(&str, RecordId)> = arrived.chain(later.chunk.losses.iter().map(|l| (l.kind.as_str(), l.id))).collect();
        self.chunk.arrivals.retain(|a| !again.contains(&(a.kind.as_str(), a.id)));
        self.chunk.losses.retain(|l| !again.contains(&(l.kind.as_str(), l.id)));
        self.chunk.append(later.chunk);
        (self.cursor, self.seq) = (later.cursor, later.seq);
    }
    /// What is laid in.
    pub(super) fn into_parts(self) -> (Chunk, Place) {
        (self.chunk, Place::Up { cursor: self.cursor, whole: Some(self.seq) })
    }
}

impl Core {
    /// Takes what has come behind this event already; while commands are being sent also what comes meanwhile. Gives what came
    /// behind it that is another thing.
    pub(super) async fn gather(&self, mut so_far: Gathered, stream: &mut Events) -> (Gathered, Option<Result<Event, Fault>>) {
        let mut sending = self.sending.subscribe();
        let mut patience = self.clock.sleep(PATIENCE);
        while so_far.chunk.len() < MOST {
            let came = tokio::select! {
                biased;
                came = stream.events.next() => came.unwrap_or(Err(Fault::Cut)),
                _ = sending.wait_for(|sending| !sending) => break,
                () = &mut patience => break,
            };
            match came {
                Ok(Event::Changes { cursor, data }) => match Gathered::read(cursor, &data) {
                    Ok(later) => so_far.take(later),
                    Err(fault) => return (so_far, Some(Err(fault))),
                },
                Ok(Event::At { cursor, seq }) => (so_far.cursor, so_far.seq) = (cursor, seq),
                other => return (so_far, Some(other)),
            }
        }
        (so_far, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64, lines: &[&str]) -> Gathered {
        Gathered::read(format!("c{seq}"), format!("{{\"seq\":{seq},\"lines\":[{}]}}", lines.join(",")).as_bytes()).unwrap()
    }

    #[test]
    fn a_record_stands_in_it_once_as_it_is_at_the_end() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let put = |rev: i64| format!(r#"{{"put":{{"kind":"tool","id":"{id}","rev":{rev},"seq":{rev},"body":{{}}}}}}"#);
        let gone = format!(r#"{{"gone":{{"kind":"tool","id":"{id}","seq":3}}}}"#);
        let mut all = event(1, &[&put(1)]);
        all.take(event(2, &[&put(2)]));
        assert_eq!(all.chunk.arrivals.iter().map(|a| a.rev).collect::<Vec<_>>(), [2]);
        all.take(event(3, &[&gone]));
        let (chunk, place) = all.into_parts();
        assert_eq!((chunk.arrivals.len(), chunk.losses.len()), (0, 1));
        assert_eq!(place, Place::Up { cursor: "c3".into(), whole: Some(3) });
    }

    #[test]
    fn records_of_two_kinds_with_one_id_are_two() {
        let id = "019abf6b-9d3c-7c11-8a52-0123456789ab";
        let put = |kind: &str, seq: i64| format!(r#"{{"put":{{"kind":"{kind}","id":"{id}","rev":1,"seq":{seq},"body":{{}}}}}}"#);
        let mut all = event(1, &[&put("order", 1)]);
        all.take(event(2, &[&put("conversation", 2)]));
        let gone = format!(r#"{{"gone":{{"kind":"conversation","id":"{id}","seq":3}}}}"#);
        all.take(event(3, &[&gone]));
        let left: Vec<&str> = all.chunk.arrivals.iter().map(|a| a.kind.as_str()).collect();
        assert_eq!((left, all.chunk.losses.len()), (vec!["order"], 1), "what became of the conversation is nothing about its order");
    }

    #[test]
    fn an_event_that_cannot_be_read_is_none() {
        assert_eq!(Gathered::read("c".into(), b"<html>").map(|_| ()), Err(Fault::NotMeja));
    }
}
