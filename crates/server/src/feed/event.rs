//! Server-sent events, as text.

use bytes::Bytes;
use domain::{
    record::{Kind, RecordRef},
    records::{Consultation, Notification},
    wire::{ApiConsultation, ApiNotification},
    words::Words,
};
use serde::Serialize;
use std::time::Duration;

use super::{cursor::Cursor, line::Lines};

/// One line that a person reads: what it says in the feed, and which record's body stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) record: Option<RecordRef>,
    pub(super) text: Bytes,
    pub(super) body: Bytes,
}

/// Events in the making.
#[derive(Debug, Default)]
pub(super) struct Sse(Lines);

impl Sse {
    /// The bytes to be sent.
    #[must_use]
    pub(super) fn bytes(mut self) -> Bytes {
        self.0.take(0)
    }
    /// Whether nothing is to be sent.
    #[must_use]
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// `event: changes`: everything up to the head.
    pub(super) fn changes(&mut self, cursor: &Cursor, lines: &[Told]) {
        self.0.format(format_args!("event: changes\nid: {cursor}\ndata: {{\"seq\":{},\"lines\":[", cursor.seq));
        for (n, line) in lines.iter().enumerate() {
            if n > 0 {
                self.0.text(",");
            }
            self.0.bytes(&line.text);
        }
        self.0.text("]}\n\n");
    }
    /// `event: at`: nothing has changed up to here.
    pub(super) fn at(&mut self, cursor: &Cursor) {
        self.0.format(format_args!("event: at\nid: {cursor}\ndata: {{\"seq\":{}}}\n\n", cursor.seq));
    }
    /// `event: behind`: ask the page. Without an id, so that nobody takes it for a position.
    pub(super) fn behind(&mut self) {
        self.0.text("event: behind\ndata: {}\n\n");
    }
    /// `event: reset`; with a position to go on from, where the stream goes on.
    pub(super) fn reset(&mut self, from: Option<&Cursor>) {
        self.0.text("event: reset\n");
        if let Some(cursor) = from {
            self.0.format(format_args!("id: {cursor}\n"));
        }
        self.0.text("data: {}\n\n");
    }
    /// `event: bye`: come back, and when.
    pub(super) fn bye(&mut self, retry: Duration) {
        self.0.format(format_args!("event: bye\nretry: {}\ndata: {{}}\n\n", retry.as_millis()));
    }
    /// A sign of life that is no event.
    pub(super) fn breath(&mut self) {
        self.0.text(":\n\n");
    }
    /// The events of a client: their consultations and notifications. Only the last one carries the position, so that a
    /// stream cut off in between says the rest once more.
    pub(super) fn client(&mut self, cursor: &Cursor, lines: &[Told], words: &Words) {
        let events: Vec<(&str, String)> = lines.iter().filter_map(|line| client_event(line, words)).collect();
        let last = events.len().saturating_sub(1);
        for (n, (name, data)) in events.iter().enumerate() {
            self.0.format(format_args!("event: {name}\n"));
            if n == last {
                self.0.format(format_args!("id: {cursor}\n"));
            }
            self.0.format(format_args!("data: {data}\n\n"));
        }
    }
}

fn client_event(line: &Told, words: &Words) -> Option<(&'static str, String)> {
    fn json(value: &impl Serialize) -> Option<String> {
        serde_json::to_string(value).ok()
    }
    match line.record?.kind {
        Kind::Consultation => {
            let it: Consultation = serde_json::from_slice(&line.body).ok()?;
            json(&ApiConsultation::from(&it)).map(|data| ("consultation", data))
        }
        Kind::Notification => {
            let it: Notification = serde_json::from_slice(&line.body).ok()?;
            json(&ApiNotification::of(&it, words)).map(|data| ("notification", data))
        }
        Kind::User | Kind::Client | Kind::Note | Kind::Setting => None,
    }
}
