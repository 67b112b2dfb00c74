//! Server-sent events, as text.

use bytes::Bytes;
use domain::{
    record::{Kind, RecordRef},
    records::{Consultation, Design, Message, Notification, Order},
    wire::{ApiConsultation, ApiDesign, ApiMessage, ApiNotification, ApiOrder},
    words::Words,
};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

use super::{cursor::Cursor, line::Lines};

/// One line that a person reads: what it says in the feed, which record it is about, and what that says; nothing where it is gone.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) record: Option<RecordRef>,
    pub(super) text: Bytes,
    pub(super) body: Option<Bytes>,
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
    /// The events of a client: their consultations, orders and notifications. Only the last one carries the position, so that a
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
    fn read<T: DeserializeOwned>(body: Option<&Bytes>) -> Option<T> {
        serde_json::from_slice(body?).ok()
    }
    let (record, body) = (line.record?, line.body.as_ref());
    match record.kind {
        Kind::User
        | Kind::Client
        | Kind::Note
        | Kind::Setting
        | Kind::Counter
        | Kind::File
        | Kind::Conversation
        | Kind::ReadMark
        | Kind::QuickReply
        | Kind::ImportPart => None,
        Kind::Consultation | Kind::Order | Kind::Message | Kind::Design | Kind::Notification if body.is_none() => {
            json(&record).map(|data| ("gone", data))
        }
        Kind::Consultation => json(&ApiConsultation::from(&read::<Consultation>(body)?)).map(|data| ("consultation", data)),
        Kind::Order => json(&ApiOrder::from(&read::<Order>(body)?)).map(|data| ("order", data)),
        Kind::Message => json(&ApiMessage::from(&read::<Message>(body)?)).map(|data| ("message", data)),
        Kind::Design => json(&ApiDesign::from(&read::<Design>(body)?)).map(|data| ("design", data)),
        Kind::Notification => json(&ApiNotification::of(&read::<Notification>(body)?, words)).map(|data| ("notification", data)),
    }
}
