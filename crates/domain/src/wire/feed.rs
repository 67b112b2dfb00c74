//! The feed: lines of NDJSON, and the events of the live stream (protocol.md, Feed).

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::value::RawValue;
use std::borrow::Cow;

use super::command::Outcome;
use crate::id::RecordId;

/// One line of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Line<'a> {
    /// A record as it stands.
    #[serde(borrow)]
    Put(Put<'a>),
    /// A record that this person may no longer know of.
    #[serde(borrow)]
    Gone(Gone<'a>),
    /// How a command of this person ended.
    Outcome(Box<Outcome>),
    /// Everything up to here is good, even if the page is cut off behind it.
    Mark(Mark),
    /// The end of the page.
    Page(Page),
}

/// A record as it stands. The kind is text: a kind of a newer server is kept, and so is its body.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Put<'a> {
    /// Its kind.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Its id.
    pub id: RecordId,
    /// Its revision.
    pub rev: i64,
    /// Its number in this person's feed.
    pub seq: i64,
    /// What it says, byte for byte as the server wrote it.
    #[serde(borrow)]
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    pub body: &'a RawValue,
}

/// A record that left this person's feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Gone<'a> {
    /// Its kind.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Its id.
    pub id: RecordId,
    /// The number of the loss.
    pub seq: i64,
}

/// The most characters of a cursor. Ours have about seventy.
const CURSOR: usize = 512;

/// Whether a text can be a cursor: `[A-Za-z0-9._~-]`, and not longer than an address bears. It goes back to the server in one, and
/// is kept until then: what cannot stand there would never be got rid of again.
#[must_use]
pub fn is_cursor(text: &str) -> bool {
    (1..=CURSOR).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~-".contains(&b))
}

fn cursor<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
    let text = String::deserialize(d)?;
    if is_cursor(&text) { Ok(text) } else { Err(D::Error::custom("not a cursor")) }
}

/// A place where a page may be cut off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// Where to go on from here.
    #[serde(deserialize_with = "cursor")]
    pub cursor: String,
}

/// The end of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// Where to go on.
    #[serde(deserialize_with = "cursor")]
    pub cursor: String,
    /// The number the cursor stands for.
    pub seq: i64,
    /// The head of the snapshot the page was read in.
    #[serde(deserialize_with = "cursor")]
    pub head: String,
    /// Whether there is more before the head.
    pub more: bool,
    /// With `check=1` and nothing more: how many records this person has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// With it: the sum modulo 2^64 of the first 8 bytes (big-endian) of SHA-256(`kind/id/rev`) over them, in decimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
}

/// The data of `event: changes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes<'a> {
    /// The head of the snapshot: the event runs to it.
    pub seq: i64,
    /// Puts, gones and outcomes.
    #[serde(borrow)]
    pub lines: Vec<Line<'a>>,
}

/// The data of `event: at`: nothing changed up to here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct At {
    /// The head.
    pub seq: i64,
}

/// What one record adds to the daily check's sum.
#[must_use]
pub fn check_term(kind: &str, id: RecordId, rev: i64) -> u64 {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(format!("{kind}/{id}/{rev}").as_bytes());
    hash[..8].iter().fold(0, |n, b| (n << 8) | u64::from(*b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_have_the_form_of_the_page() {
        let id: RecordId = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let body: &RawValue = serde_json::from_str(r#"{"b":1,"a":[2]}"#).unwrap();
        let put = Line::Put(Put { kind: "consultation".into(), id, rev: 2, seq: 9, body });
        let text = serde_json::to_string(&put).unwrap();
        assert_eq!(
            text,
            r#"{"put":{"kind":"consultation","id":"019abf6b-9d3c-7c11-8a52-0123456789ab","rev":2,"seq":9,"body":{"b":1,"a":[2]}}}"#
        );
        let Line::Put(read) = serde_json::from_str::<Line<'_>>(&text).unwrap() else { panic!("not a put") };
        assert_eq!(read.body.get(), body.get(), "a body is kept byte for byte");
        let page = Line::Page(Page { cursor: "c".into(), seq: 9, head: "h".into(), more: false, count: None, sum: None });
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"page":{"cursor":"c","seq":9,"head":"h","more":false}}"#);
    }

    #[test]
    fn the_checks_term_is_the_one_of_the_page() {
        let id: RecordId = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        // SHA-256("note/019abf6b-9d3c-7c11-8a52-0123456789ab/3"), first eight bytes, made with coreutils' sha256sum.
        assert_eq!(check_term("note", id, 3), CHECK_VECTOR);
    }
    const CHECK_VECTOR: u64 = 0x1764dab113773714;

    proptest! {
        #[test]
        fn no_line_makes_the_decoder_panic(text in any::<String>()) {
            let _ = serde_json::from_str::<Line<'_>>(&text);
        }
    }
}
