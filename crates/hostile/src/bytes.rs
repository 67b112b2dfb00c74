//! Bytes that were cut, turned, doubled, or have something foreign in them.

use proptest::{prelude::*, sample::Index};

/// What parsers go by.
const SIGNS: &[&[u8]] = &[b"\n", b"\r", b"\r\n\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b"[[[[[[[[", b"\"", b":", b",", b"~", b"\0"];

/// How bytes are changed.
#[derive(Clone, Debug)]
enum Change {
    /// Everything from here on is missing.
    Cut(Index),
    /// One byte is another.
    Turn(Index, u8),
    /// Something foreign stands here.
    Insert(Index, Vec<u8>),
    /// A part stands there several times.
    Repeat(Index, Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let foreign = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..12),
        proptest::sample::select(crate::TEXTS).prop_map(|text| text.as_bytes().to_vec()),
        proptest::sample::select(SIGNS).prop_map(<[u8]>::to_vec),
    ];
    prop_oneof![
        any::<Index>().prop_map(Change::Cut),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Turn(at, byte)),
        (any::<Index>(), foreign).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<Index>(), any::<Index>(), 2..40_usize).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
    ]
}

/// One of these, changed in one to four places.
///
/// # Panics
/// When there is nothing to begin with.
pub fn bytes_near(valid: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    (proptest::sample::select(valid), proptest::collection::vec(change(), 1..5)).prop_map(|(mut bytes, changes)| {
        for change in changes {
            alter(&mut bytes, change);
        }
        bytes
    })
}

/// The same for texts. What is no text afterwards is made one.
///
/// # Panics
/// When there is nothing to begin with.
pub fn text_near(valid: &[&str]) -> impl Strategy<Value = String> + use<> {
    bytes_near(valid.iter().map(|text| text.as_bytes().to_vec()).collect()).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn alter(bytes: &mut Vec<u8>, change: Change) {
    let within = |at: Index, bytes: &Vec<u8>| at.index(bytes.len() + 1);
    match change {
        Change::Cut(at) => bytes.truncate(within(at, bytes)),
        Change::Turn(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        Change::Turn(_, byte) => bytes.push(byte),
        Change::Insert(at, foreign) => {
            let at = within(at, bytes);
            bytes.splice(at..at, foreign);
        }
        Change::Repeat(from, to, times) => {
            let (a, b) = (within(from, bytes), within(to, bytes));
            let part = bytes[a.min(b)..a.max(b)].to_vec();
            let at = a.max(b);
            bytes.splice(at..at, part.repeat(times.min(1 + 4_000 / part.len().max(1))));
        }
    }
}
