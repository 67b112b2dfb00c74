//! What is said of a run: each figure beside its goal and beside the last run that was kept, and all of it as JSON.

use serde_json::{Map, Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    desk::{Done, said},
    figures::{Figures, rounded},
    machine::Machine,
};

/// The goals, on two cores over loopback: key, goal (none: a limit or neighbour), whether less is better, unit.
const GOALS: &[(&str, Option<f64>, bool, &str)] = &[
    ("first_sync_20k_rows_per_s", Some(70_000.0), false, "rows/s"),
    ("first_sync_200k_rows_per_s", Some(70_000.0), false, "rows/s"),
    ("engine_limit_rows_per_s", None, false, "rows/s"),
    ("first_sync_share_percent", Some(60.0), false, "% of it"),
    ("work_first_sync_20k_rows_per_s", None, false, "rows/s"),
    ("work_first_sync_200k_rows_per_s", None, false, "rows/s"),
    ("work_engine_limit_rows_per_s", None, false, "rows/s"),
    ("work_first_sync_share_percent", Some(60.0), false, "% of it"),
    ("first_page_ms", Some(60.0), true, "ms"),
    ("loopback_p50_ms", None, true, "ms"),
    ("fsync_p50_ms", None, true, "ms"),
    ("push_p50_ms", Some(3.0), true, "ms"),
    ("push_p99_ms", Some(10.0), true, "ms"),
    ("local_act_p50_ms", Some(1.0), true, "ms"),
    ("drain_500_ms", Some(100.0), true, "ms"),
    ("commands_per_s", Some(8_000.0), false, "/s"),
    ("postgres_commands_per_s", Some(4_000.0), false, "/s"),
    ("live_push_p50_ms", None, true, "ms"),
    ("live_push_p99_ms", Some(50.0), true, "ms"),
    ("live_own_push_p99_ms", Some(50.0), true, "ms"),
    ("live_server_rss_mb", Some(150.0), true, "MB"),
    ("crowd_alone_p99_ms", None, true, "ms"),
    ("crowd_command_p99_ms", Some(20.0), true, "ms"),
    ("raw_copy_mb_per_s", None, false, "MB/s"),
    ("upload_mb_per_s", None, false, "MB/s"),
    ("upload_share_percent", None, false, "% of it"),
    ("thumbnails_per_s", None, false, "/s"),
    ("inspection_longest_ms", Some(200.0), true, "ms"),
    ("inspection_most_mb", Some(64.0), true, "MB"),
    ("import_read_s", None, true, "s"),
    ("import_tried_s", None, true, "s"),
    ("import_begun_s", None, true, "s"),
    ("import_50k_s", Some(60.0), true, "s"),
    ("idle_desk_cpu_percent", Some(0.1), true, "%"),
    ("idle_desk_kib_per_hour", Some(200.0), true, "KiB/h"),
    ("server_rss_mb", Some(60.0), true, "MB"),
    ("desk_rss_mb", Some(60.0), true, "MB"),
    ("list_50_of_200k_ms", Some(1.0), true, "ms"),
    ("search_200k_ms", Some(20.0), true, "ms"),
    ("search_first_200k_ms", None, true, "ms"),
    ("desk_searched_rss_mb", Some(60.0), true, "MB"),
    ("start_to_rows_ms", Some(700.0), true, "ms"),
    ("start_to_rows_200k_ms", Some(700.0), true, "ms"),
];

/// A run as it is written down: every figure under its key, `machine`, `at`, `busy`, `goals`, and `growth` world by world.
pub(crate) fn document(figures: &Figures, machine: &Machine, at: &str) -> Done<Value> {
    let mut all: Map<String, Value> = figures.flat().into_iter().map(|(key, value)| (key, rounded(value))).collect();
    let goals: Map<String, Value> = GOALS.iter().filter_map(|(key, goal, ..)| Some(((*key).to_owned(), json!((*goal)?)))).collect();
    all.insert("machine".to_owned(), serde_json::to_value(machine).map_err(said)?);
    all.insert("busy".to_owned(), json!(machine.busy));
    all.insert("at".to_owned(), json!(at));
    all.insert("goals".to_owned(), Value::Object(goals));
    all.insert("growth".to_owned(), figures.growth());
    Ok(Value::Object(all))
}

/// The run that was kept in the project, if there is one.
pub(crate) fn last() -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(kept()).ok()?).ok()
}

/// Where the last run is kept.
fn kept() -> PathBuf {
    e2e::root().join("docs/bench/last.json")
}

/// Keeps a run in the project. What it did not measure stays as it was kept before.
pub(crate) fn keep(run: &Value) -> Done<()> {
    write(&kept(), &merged(last().unwrap_or_default(), run))
}

/// Writes a run into a file, in lines that people and git can read.
pub(crate) fn write(path: &Path, run: &Value) -> Done<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(said)?;
    }
    let text = serde_json::to_string_pretty(run).map_err(said)?;
    fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
}

/// An earlier run with everything in it that a later one measured; worlds are the same when they have as many records.
fn merged(mut earlier: Value, later: &Value) -> Value {
    if !earlier.is_object() {
        return later.clone();
    }
    for (key, value) in later.as_object().into_iter().flatten() {
        if key != "growth" {
            earlier[key] = value.clone();
        }
    }
    let mut worlds: Vec<Value> = earlier["growth"].as_array().cloned().unwrap_or_default();
    for world in later["growth"].as_array().into_iter().flatten() {
        match worlds.iter_mut().find(|w| w["records"] == world["records"]) {
            Some(same) => world.as_object().into_iter().flatten().for_each(|(key, value)| same[key] = value.clone()),
            None => worlds.push(world.clone()),
        }
    }
    worlds.sort_by_key(|w| w["records"].as_u64());
    earlier["growth"] = Value::Array(worlds);
    earlier
}

/// Prints the run: figures beside goals and the last run, then world by world.
pub(crate) fn print(run: &Value, machine: &Machine, last: Option<&Value>) {
    println!("\nbench: {machine}");
    if let Some(last) = last {
        let same = serde_json::from_value::<Machine>(last["machine"].clone()).is_ok_and(|other| machine.like(&other));
        let how = if same { "on a machine like this" } else { "on another or busy machine: times are not to be compared" };
        println!("bench: the last run that was kept is of {}, {how}", last["at"].as_str().unwrap_or("an unknown day"));
    }
    let mark = if machine.busy { "~" } else { "" };
    println!("\n{:<30} {:>12} {:>12} {:>9} {:>9}  unit", "figure", "measured", "goal", "of goal", "of last");
    for (key, goal, less, unit) in GOALS {
        let Some(value) = run[key].as_f64() else { continue };
        let share = goal.map_or(String::new(), |goal| format!("{:.0}%", 100.0 * value / goal));
        let goal = goal.map_or("-".to_owned(), |goal| format!("{} {goal}", if *less { "≤" } else { "≥" }));
        let of_last = ratio(value, last.and_then(|l| l[key].as_f64()));
        println!("{key:<30} {:>12} {goal:>12} {share:>9} {of_last:>9}  {unit}", format!("{mark}{value:.2}"));
    }
    for world in run["growth"].as_array().into_iter().flatten() {
        println!("\nwith {} records", world["records"]);
        let before = last.and_then(|l| l["growth"].as_array()?.iter().find(|w| w["records"] == world["records"]));
        for (key, value) in world.as_object().into_iter().flatten().filter(|(key, _)| *key != "records") {
            let Some(value) = value.as_f64() else { continue };
            let of_last = ratio(value, before.and_then(|w| w[key].as_f64()));
            println!("  {key:<34} {:>12} {of_last:>9}", format!("{mark}{value:.2}"));
        }
    }
}

/// A figure as a share of what it was.
fn ratio(now: f64, before: Option<f64>) -> String {
    before.filter(|before| *before > 0.0).map_or(String::new(), |before| format!("×{:.2}", now / before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_stays_as_it_was_kept() {
        let earlier = json!({"push_p50_ms": 3, "live_push_p99_ms": 9, "growth": [{"records": 20, "a": 1, "b": 2}]});
        let later = json!({"push_p50_ms": 2, "growth": [{"records": 200, "a": 7}, {"records": 20, "a": 5}]});
        let both = json!({"push_p50_ms": 2, "live_push_p99_ms": 9, "growth": [{"records": 20, "a": 5, "b": 2}, {"records": 200, "a": 7}]});
        assert_eq!(merged(earlier, &later), both);
        assert_eq!(merged(Value::Null, &later), later, "the first one is kept as it is");
    }

    #[test]
    fn a_ratio_needs_something_to_compare_with() {
        assert_eq!((ratio(3.0, Some(2.0)).as_str(), ratio(3.0, None).as_str(), ratio(3.0, Some(0.0)).as_str()), ("×1.50", "", ""));
    }

    #[test]
    fn a_run_has_the_keys_of_its_figures_and_what_they_were_measured_on() {
        let mut figures = Figures::default();
        figures.whole.note("live_push_p99_ms", 41.23456);
        let run = document(&figures, &Machine::look(), "2026-11-28T00:00:00.000Z").unwrap();
        assert_eq!(run["live_push_p99_ms"], json!(41.235));
        assert!(run["machine"]["cores"].as_u64().is_some_and(|n| n > 0) && run["busy"].is_boolean(), "{run}");
        assert_eq!(run["goals"]["live_push_p99_ms"], json!(50.0));
    }
}
