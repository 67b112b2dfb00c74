//! Which part of a file is asked for (RFC 9110, 14): one range, or all of it.

use std::ops::Range;

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    All,
    /// This part.
    Part(Range<u64>),
    /// A part that is not there: 416.
    Nothing,
}

/// Reads `bytes=0-99`, `bytes=100-` or `bytes=-100`. Whatever is none of them, several ranges among it, asks for all, as it may.
pub(super) fn wanted(text: Option<&str>, size: u64) -> Wanted {
    let Some((first, last)) = text.and_then(|text| text.trim().strip_prefix("bytes=")).and_then(|range| range.split_once('-')) else {
        return Wanted::All;
    };
    let (first, last) = (first.trim(), last.trim());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || !digits(last) || (first.is_empty() && last.is_empty()) {
        return Wanted::All;
    }
    // A number that is too large is beyond the end.
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let range = match (first, last) {
        ("", last) => size.saturating_sub(number(last))..size,
        (first, "") => number(first)..size,
        (first, last) if number(last) < number(first) => return Wanted::All,
        (first, last) => number(first)..number(last).saturating_add(1).min(size),
    };
    if range.start < range.end { Wanted::Part(range) } else { Wanted::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::text_near;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(None, Wanted::All)]
    #[case(Some("bytes=0-3"), Wanted::Part(0..4))]
    #[case(Some("bytes=4-"), Wanted::Part(4..10))]
    #[case(Some("bytes=-3"), Wanted::Part(7..10))]
    #[case(Some("bytes=-99"), Wanted::Part(0..10))]
    #[case(Some("bytes=0-99999999999999999999"), Wanted::Part(0..10))]
    #[case(Some("bytes=10-"), Wanted::Nothing)]
    #[case(Some("bytes=-0"), Wanted::Nothing)]
    #[case(Some("bytes=5-4"), Wanted::All)]
    #[case(Some("bytes=0-1,3-4"), Wanted::All)]
    #[case(Some("bytes=-"), Wanted::All)]
    #[case(Some("lines=0-1"), Wanted::All)]
    fn ranges_are_read(#[case] text: Option<&str>, #[case] expected: Wanted) {
        assert_eq!(wanted(text, 10), expected);
    }

    proptest! {
        #[test]
        fn a_part_lies_within(text in text_near(&["bytes=0-99", "bytes=100-", "bytes=-100"]), size in 1..10_000_u64) {
            if let Wanted::Part(range) = wanted(Some(&text), size) {
                prop_assert!(range.start < range.end && range.end <= size);
            }
        }
    }
}
