//! Writing lines of the feed into buffers, without an allocation a line.

use domain::{id::RecordId, record::Kind};
use std::io::Write;
use store::KnownCommand;

/// Bytes that grow; writing into them never fails.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<u8>);

macro_rules! put {
    ($lines:expr, $($arg:tt)*) => {
        // Writing into a vector of bytes has no error.
        let _ = write!($lines.0, $($arg)*);
    };
}

impl Lines {
    /// Room for so many bytes.
    #[must_use]
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }
    /// How many bytes there are.
    #[must_use]
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether there are none.
    #[must_use]
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The bytes, leaving none behind.
    #[must_use]
    pub(super) fn take(&mut self, capacity: usize) -> bytes::Bytes {
        std::mem::replace(&mut self.0, Vec::with_capacity(capacity)).into()
    }
    /// `{"put":{…}}`; the body is taken over byte for byte.
    pub(super) fn put(&mut self, kind: Kind, id: RecordId, rev: i64, seq: i64, body: &str) {
        put!(self, r#"{{"put":{{"kind":"{kind}","id":""#);
        self.id(id);
        put!(self, r#"","rev":{rev},"seq":{seq},"body":"#);
        self.0.extend_from_slice(body.as_bytes());
        self.0.extend_from_slice(b"}}");
    }
    /// `{"gone":{…}}`.
    pub(super) fn gone(&mut self, kind: Kind, id: RecordId, seq: i64) {
        put!(self, r#"{{"gone":{{"kind":"{kind}","id":""#);
        self.id(id);
        put!(self, r#"","seq":{seq}}}}}"#);
    }
    /// `{"outcome":{…}}`; as it was first answered.
    pub(super) fn outcome(&mut self, known: &KnownCommand) {
        self.0.extend_from_slice(br#"{"outcome":"#);
        self.0.extend_from_slice(known.outcome.as_bytes());
        self.0.push(b'}');
    }
    /// `{"mark":{…}}`.
    pub(super) fn mark(&mut self, cursor: &impl std::fmt::Display) {
        put!(self, r#"{{"mark":{{"cursor":"{cursor}"}}}}"#);
    }
    /// Anything else that serialises.
    pub(super) fn json(&mut self, value: &impl serde::Serialize) {
        // What is written here are our own structures; a failure leaves an empty line, which readers pass over.
        let _ = serde_json::to_writer(&mut self.0, value);
    }
    /// Ends a line.
    pub(super) fn end(&mut self) {
        self.0.push(b'\n');
    }
    /// Raw text.
    pub(super) fn text(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }
    /// Raw bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
    /// Formatted text.
    pub(super) fn format(&mut self, text: std::fmt::Arguments<'_>) {
        put!(self, "{text}");
    }

    fn id(&mut self, id: RecordId) {
        let mut buffer = uuid::Uuid::encode_buffer();
        self.0.extend_from_slice(id.uuid().hyphenated().encode_lower(&mut buffer).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::wire::{Gone, Line, Mark, Put};

    fn text(mut lines: Lines) -> String {
        String::from_utf8(lines.take(0).to_vec()).unwrap()
    }

    #[test]
    fn lines_are_byte_for_byte_what_the_wire_types_give() {
        let id: RecordId = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let body: &serde_json::value::RawValue = serde_json::from_str(r#"{"b":1,"a":"é"}"#).unwrap();
        let mut lines = Lines::default();
        lines.put(Kind::Note, id, 2, 9, body.get());
        let put = Line::Put(Put { kind: "note".into(), id, rev: 2, seq: 9, body });
        assert_eq!(text(lines), serde_json::to_string(&put).unwrap());
        let mut lines = Lines::default();
        lines.gone(Kind::Client, id, 7);
        assert_eq!(text(lines), serde_json::to_string(&Line::Gone(Gone { kind: "client".into(), id, seq: 7 })).unwrap());
        let mut lines = Lines::default();
        lines.mark(&"a~b");
        assert_eq!(text(lines), serde_json::to_string(&Line::Mark(Mark { cursor: "a~b".into() })).unwrap());
    }
}
