//! What was measured, and what was promised.

use std::time::Duration;

/// The goals, on two cores over loopback: key, goal, whether less is better, unit.
const GOALS: &[(&str, f64, bool, &str)] = &[
    ("first_sync_20k_rows_per_s", 50_000.0, false, "rows/s"),
    ("first_sync_200k_rows_per_s", 50_000.0, false, "rows/s"),
    ("engine_limit_rows_per_s", 0.0, false, "rows/s"),
    ("first_page_ms", 100.0, true, "ms"),
    ("push_p50_ms", 5.0, true, "ms"),
    ("push_p99_ms", 15.0, true, "ms"),
    ("local_act_p50_ms", 2.0, true, "ms"),
    ("drain_500_ms", 150.0, true, "ms"),
    ("commands_per_s", 3_000.0, false, "/s"),
    ("server_rss_mb", 60.0, true, "MB"),
    ("desk_rss_mb", 120.0, true, "MB"),
    ("list_50_of_200k_ms", 1.0, true, "ms"),
    ("start_to_rows_ms", 1_500.0, true, "ms"),
];

/// The figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Figures(Vec<(&'static str, f64)>);

impl Figures {
    /// Notes one. Of two of the same key the worse one stands, as of a first page of two sizes.
    pub(crate) fn note(&mut self, key: &'static str, value: f64) {
        let less = GOALS.iter().find(|(k, ..)| *k == key).is_none_or(|(.., less, _)| *less);
        println!("bench: {key} = {value:.3}");
        match self.0.iter_mut().find(|(k, _)| *k == key) {
            Some((_, held)) => *held = if less { held.max(value) } else { held.min(value) },
            None => self.0.push((key, value)),
        }
    }
    /// One that was noted.
    fn get(&self, key: &str) -> Option<f64> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }
    /// Prints where each stands against its goal; last, if wanted, all of them as one JSON object.
    pub(crate) fn print(&self, json: bool) {
        println!("\n{:<30} {:>12} {:>12}  {:>9}", "figure", "measured", "goal", "of goal");
        for (key, goal, less, unit) in GOALS {
            let Some(value) = self.get(key) else { continue };
            let share = if *goal > 0.0 { format!("{:>8.0}%", 100.0 * value / goal) } else { String::new() };
            let sign = if *less { "≤" } else { "≥" };
            let goal = if *goal > 0.0 { format!("{sign} {goal}") } else { "-".to_owned() };
            println!("{key:<30} {value:>12.2} {goal:>12}  {share:>9}  {unit}");
        }
        if json {
            let all: serde_json::Map<String, serde_json::Value> =
                self.0.iter().map(|(key, value)| ((*key).to_owned(), serde_json::json!((value * 1_000.0).round() / 1_000.0))).collect();
            println!("{}", serde_json::Value::Object(all));
        }
    }
}

/// Milliseconds of a span.
pub(crate) fn ms(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

/// The value below which this share of them lies.
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
