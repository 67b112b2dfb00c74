//! What was measured: each key as often as it was, and of several the median.

use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, time::Duration};

/// Which world a sheet is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Large,
    Huge,
}

/// The key of the whole (issue 2's, and those beside), whose world it is of, and its key there.
const OF_WORLDS: &[(&str, Size, &str)] = &[
    ("work_first_sync_20k_rows_per_s", Size::Small, "first_sync_rows_per_s"),
    ("work_first_sync_200k_rows_per_s", Size::Large, "first_sync_rows_per_s"),
    ("work_engine_limit_rows_per_s", Size::Large, "engine_limit_rows_per_s"),
    ("work_first_sync_share_percent", Size::Large, "first_sync_share_percent"),
    ("push_p50_ms", Size::Small, "push_p50_ms"),
    ("push_p99_ms", Size::Small, "push_p99_ms"),
    ("local_act_p50_ms", Size::Small, "local_act_p50_ms"),
    ("drain_500_ms", Size::Small, "drain_500_ms"),
    ("commands_per_s", Size::Small, "commands_per_s"),
    ("server_rss_mb", Size::Large, "server_rss_mb"),
    ("desk_rss_mb", Size::Large, "desk_rss_mb"),
    ("list_50_of_200k_ms", Size::Large, "list_50_ms"),
    ("search_200k_ms", Size::Large, "search_ms"),
    ("search_first_200k_ms", Size::Large, "search_first_ms"),
    ("desk_searched_rss_mb", Size::Large, "desk_searched_rss_mb"),
    ("start_to_rows_ms", Size::Small, "start_to_rows_ms"),
    ("start_to_rows_200k_ms", Size::Large, "start_to_rows_ms"),
];

/// The figures of one world, or of none.
#[derive(Debug, Default)]
pub(crate) struct Sheet(Vec<(&'static str, Vec<f64>)>);

impl Sheet {
    /// Notes one value; of all values of a key the median counts.
    pub(crate) fn note(&mut self, key: &'static str, value: f64) {
        println!("bench: {key} = {value:.3}");
        match self.0.iter_mut().find(|(k, _)| *k == key) {
            Some((_, values)) => values.push(value),
            None => self.0.push((key, vec![value])),
        }
    }
    /// The median of what was noted under a key.
    pub(crate) fn median(&self, key: &str) -> Option<f64> {
        let mut values = self.0.iter().find(|(k, _)| *k == key)?.1.clone();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }
    fn medians(&self) -> BTreeMap<String, f64> {
        self.0.iter().filter_map(|(key, _)| Some(((*key).to_owned(), self.median(key)?))).collect()
    }
}

/// The figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Those that belong to no world of a certain size.
    pub(crate) whole: Sheet,
    worlds: Vec<(Size, u32, Sheet)>,
}

impl Figures {
    /// Takes over what was measured in a world of so many records.
    pub(crate) fn take(&mut self, size: Size, records: u32, sheet: Sheet) {
        self.worlds.push((size, records, sheet));
    }
    /// Every figure that has a key of its own. First rows are promised whatever the size: the worst one stands.
    pub(crate) fn flat(&self) -> BTreeMap<String, f64> {
        let mut flat = self.whole.medians();
        for (key, size, inner) in OF_WORLDS {
            let sheet = self.worlds.iter().find(|(s, ..)| s == size);
            flat.extend(sheet.and_then(|(.., sheet)| sheet.median(inner)).map(|value| ((*key).to_owned(), value)));
        }
        let pages = self.worlds.iter().filter_map(|(.., sheet)| sheet.median("first_page_ms"));
        flat.extend(pages.max_by(f64::total_cmp).map(|worst| ("first_page_ms".to_owned(), worst)));
        flat
    }
    /// The same figures world by world: `[{"records": …, key: …}]`, the smallest first.
    pub(crate) fn growth(&self) -> Value {
        let mut worlds: Vec<_> = self.worlds.iter().collect();
        worlds.sort_by_key(|(_, records, _)| *records);
        let entry = |(_, records, sheet): &&(Size, u32, Sheet)| {
            let mut entry = Map::from_iter([("records".to_owned(), json!(records))]);
            entry.extend(sheet.medians().into_iter().map(|(key, value)| (key, rounded(value))));
            Value::Object(entry)
        };
        worlds.iter().map(entry).collect()
    }
}

/// A figure as it stands in JSON: to a thousandth. What could not be measured is `null`.
pub(crate) fn rounded(value: f64) -> Value {
    json!((value * 1_000.0).round() / 1_000.0)
}

/// Milliseconds of a span.
pub(crate) fn ms(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

/// The value below which this share of them lies, in milliseconds.
pub(crate) fn percentile(spans: &mut [Duration], share: f64) -> f64 {
    spans.sort_unstable();
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
    let at = ((spans.len() as f64 * share).ceil() as usize).clamp(1, spans.len().max(1)) - 1;
    spans.get(at).copied().map_or(f64::NAN, ms)
}

/// How many of something there are in a second.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub(crate) fn rate(n: u64, span: Duration) -> f64 {
    n as f64 / span.as_secs_f64()
}

/// The share of a span that falls to each of so many, in microseconds.
pub(crate) fn micros_each(span: Duration, n: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let n = n as f64;
    span.as_secs_f64() * 1e6 / n
}

/// How much of something falls to each of so many.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub(crate) fn each(of: u64, n: u64) -> f64 {
    of as f64 / n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_runs_the_median_stands_and_of_several_worlds_the_worst_first_page() {
        let mut figures = Figures::default();
        for (size, records, pages) in [(Size::Large, 200_000, [70.0, 60.0, 500.0]), (Size::Small, 20_000, [40.0, 30.0, 50.0])] {
            let mut sheet = Sheet::default();
            pages.iter().for_each(|ms| sheet.note("first_page_ms", *ms));
            sheet.note("first_sync_rows_per_s", f64::from(records));
            figures.take(size, records, sheet);
        }
        let flat = figures.flat();
        assert_eq!(flat["first_page_ms"], 70.0);
        assert_eq!((flat["work_first_sync_20k_rows_per_s"], flat["work_first_sync_200k_rows_per_s"]), (20_000.0, 200_000.0));
        assert_eq!(figures.growth()[0], json!({"records": 20_000, "first_page_ms": 40.0, "first_sync_rows_per_s": 20_000.0}));
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let mut spans: Vec<Duration> = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!((percentile(&mut spans, 0.50), percentile(&mut spans, 0.99)), (100.0, 198.0));
        assert!(percentile(&mut [], 0.5).is_nan(), "nothing was measured");
    }
}
