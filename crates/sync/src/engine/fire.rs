//! The decoders of pages and live events, under fire: whatever comes, wherever it is cut, it is read as one, or given up, and costs
//! no more memory than it has bytes (issue 3).

use domain::record::Kind;
use hostile::{bytes_near, most_allocated, near};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    gather::Gathered,
    reader::{Decoder, Part, Way},
};
use crate::fault::Fault;

const ID: &str = "019abf6b-9d3c-7c11-8a52-0123456789ab";

fn lines() -> Vec<Value> {
    vec![
        json!({"put": {"kind": Kind::Client, "id": ID, "rev": 2, "seq": 9, "body": {"id": ID, "name": "Rani Kusuma", "zone": "Asia/Jakarta",
            "created_at": "2026-11-26T07:00:00.000Z", "updated_at": "2026-11-26T07:00:00.000Z"}}}),
        json!({"put": {"kind": "tool", "id": ID, "rev": 1, "seq": 8, "body": {"later": [1, {"x": null}]}}}),
        json!({"gone": {"kind": "note", "id": ID, "seq": 7}}),
        json!({"outcome": {"id": ID, "seq": 6, "status": "applied"}}),
        json!({"mark": {"cursor": "v1~0~7"}}),
        json!({"page": {"cursor": "v1~0~6", "seq": 6, "head": "v1~0~9", "more": false}}),
    ]
}

fn page() -> Vec<u8> {
    lines().iter().flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

/// What was read of bytes that came in pieces of this size, and what was wrong behind it.
fn read(way: Way, bytes: &[u8], size: usize) -> (Vec<(usize, String)>, Option<Fault>) {
    let (mut decoder, mut parts, mut bad) = (Decoder::new(way, String::new()), Vec::new(), None);
    for piece in bytes.chunks(size) {
        let (more, wrong) = decoder.take(piece);
        parts.extend(more);
        bad = wrong;
        if bad.is_some() {
            break;
        }
    }
    parts.extend(decoder.good());
    let told = |part: Part| (part.chunk.len() + part.chunk.outcomes.len(), format!("{:?} {:?}", part.place, part.page));
    (parts.into_iter().map(told).collect(), bad)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_broken_page_is_one_page_wherever_it_is_cut(bytes in bytes_near(vec![page()]), size in 1..200_usize, way in prop::sample::select(vec![Way::Work, Way::Up, Way::Down])) {
        let (most, whole) = most_allocated(|| read(way, &bytes, bytes.len().max(1)));
        prop_assert!(most <= 64 * 1024 + 100 * bytes.len() as u64, "{} bytes cost {most}", bytes.len());
        prop_assert_eq!(read(way, &bytes, size), whole);
    }

    #[test]
    fn live_events_with_other_values_in_them(value in near(vec![json!({"seq": 9, "lines": lines()})])) {
        let text = value.to_string();
        let (most, read) = most_allocated(|| Gathered::read("c".into(), text.as_bytes()).map(drop));
        prop_assert!(matches!(read, Ok(()) | Err(Fault::NotMeja)));
        prop_assert!(most <= 64 * 1024 + 100 * text.len() as u64, "{} bytes cost {most}", text.len());
    }
}
