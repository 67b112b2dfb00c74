//! Each figure beside its goal: a bar that ends before the line has held it.

use serde_json::Value;

use super::{Anchor, Svg, caption, figure};

/// Where bars begin and where the goal's line stands.
const LEFT: f64 = 230.0;
const GOAL: f64 = 430.0;
/// The height of one figure's row, and what stands above the first one.
const ROW: f64 = 22.0;
const HEAD: f64 = 34.0;
/// Bars end here, however far a goal is missed.
const MOST: f64 = 1.6;

/// The picture of a run. A figure without a goal, or one that was not measured, has no row.
pub(super) fn drawn(run: &Value) -> String {
    let goals = run["goals"].as_object().into_iter().flatten();
    let rows: Vec<(&str, f64, f64)> = goals.filter_map(|(key, goal)| Some((key.as_str(), run[key].as_f64()?, goal.as_f64()?))).collect();
    #[expect(clippy::cast_precision_loss, reason = "some dozens of rows")]
    let height = HEAD + ROW * rows.len() as f64;
    let mut svg = Svg::new(760.0, height + 34.0);
    svg.text((GOAL, HEAD - 12.0), Anchor::Middle, "quiet", "goal");
    svg.line(&[(GOAL, HEAD - 6.0), (GOAL, height)], "axis");
    let mut y = HEAD;
    for (key, value, goal) in rows {
        let less = less_is_better(key);
        let share = if less { value / goal } else { goal / value };
        svg.text((LEFT - 8.0, y + 14.0), Anchor::End, "", key);
        svg.bar((LEFT, y + 3.0), ((GOAL - LEFT) * share.min(MOST), ROW - 8.0), if share <= 1.0 { "held" } else { "missed" });
        let text = format!("{} of {} {}", figure(value), if less { "≤" } else { "≥" }, figure(goal));
        svg.text((LEFT + (GOAL - LEFT) * MOST + 12.0, y + 14.0), Anchor::Start, "quiet", &text);
        y += ROW;
    }
    svg.text((8.0, height + 22.0), Anchor::Start, "quiet", &caption(run));
    svg.done()
}

/// Rates and shares are to be high, everything else low.
fn less_is_better(key: &str) -> bool {
    !key.ends_with("_per_s") && !key.ends_with("_share_percent")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_goal_that_is_held_and_one_that_is_missed_look_different() {
        let goals = json!({"push_p50_ms": 3, "commands_per_s": 8_000, "live_push_p99_ms": 50});
        let picture = drawn(&json!({"push_p50_ms": 6, "commands_per_s": 9_066, "goals": goals}));
        assert_eq!((picture.matches("class=\"held\"").count(), picture.matches("class=\"missed\"").count()), (1, 1));
        assert!(picture.contains("6.00 of ≤ 3.00") && picture.contains("9066 of ≥ 8000"), "{picture}");
        assert!(!picture.contains("live_push"), "what was not measured has no bar");
    }
}
