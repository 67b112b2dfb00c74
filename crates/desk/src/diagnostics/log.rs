//! The end of the log, as far as it can go to others. Our own messages are fixed texts; of what stands beside them only numbers and
//! places in the program are kept. What others' crates say may quote anything, so it is only counted.

use serde_json::{Map, Value, json};
use std::{collections::VecDeque, fs, path::Path};

/// How many lines are shown.
const LINES: usize = 200;
/// The crates whose messages are ours.
const OURS: [&str; 6] = ["bridge", "desk", "domain", "meja", "mirror", "sync"];
/// A number from here on may be one by which somebody is called.
const TOO_LARGE: i64 = 1_000_000_000;

/// The last lines of the log in this folder, the file before included.
pub(super) fn tail(folder: &Path) -> Value {
    let mut kept: VecDeque<Value> = VecDeque::new();
    let mut left_out = 0_u64;
    for name in ["meja.before.log", "meja.log"] {
        // A log that cannot be read is an empty one: the rest of the report is worth having.
        let text = fs::read(folder.join(name)).unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines() {
            match redacted(line) {
                Some(line) => kept.push_back(line),
                None => left_out += 1,
            }
            if kept.len() > LINES {
                kept.pop_front();
            }
        }
    }
    json!({ "lines": kept, "left_out": left_out })
}

/// A line without whatever may be personal; nothing for a line that is not ours.
fn redacted(line: &str) -> Option<Value> {
    let line: Value = serde_json::from_str(line).ok()?;
    let target = line["target"].as_str()?;
    OURS.contains(&target.split("::").next()?).then_some(())?;
    let fields = line["fields"].as_object()?;
    let rest: Map<String, Value> =
        fields.iter().filter(|(name, _)| *name != "message").map(|(name, value)| (name.clone(), harmless(value))).collect();
    Some(json!({
        "at": line["timestamp"], "level": line["level"], "target": target, "message": fields.get("message"), "fields": rest,
    }))
}

/// A value, if it cannot name anybody.
fn harmless(value: &Value) -> Value {
    match value {
        Value::Bool(_) => value.clone(),
        Value::Number(n) if n.as_i64().is_some_and(|n| n.abs() < TOO_LARGE) => value.clone(),
        Value::String(text) => place(text).map_or(Value::Null, Value::from),
        _ => Value::Null,
    }
}

/// `close.rs:42:9`, of a place in a source: the folders before it may be somebody's home.
pub(super) fn place(text: &str) -> Option<&str> {
    let end = text.rsplit(['/', '\\']).next()?;
    let (file, at) = end.split_once(".rs:")?;
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let is_place = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    (is_name(file) && is_place(at)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_only_fixed_texts_numbers_and_places_are_kept() {
        let line =
            |target: &str, fields: Value| json!({ "timestamp": "t", "level": "ERROR", "fields": fields, "target": target }).to_string();
        let fields = json!({
            "message": "a panic", "place": "/home/rani/meja/src/close.rs:42:9", "name": "Rani", "n": 3, "phone": 6_281_234_567_890_i64, "yes": true,
        });
        let kept = redacted(&line("desk::work", fields)).unwrap();
        assert_eq!(kept["fields"], json!({ "place": "close.rs:42:9", "name": null, "n": 3, "phone": null, "yes": true }));
        assert_eq!((kept["message"].as_str(), kept["level"].as_str()), (Some("a panic"), Some("ERROR")));
        assert_eq!(redacted(&line("hyper::client", json!({ "message": "https://rani@x" }))), None);
        assert_eq!(redacted(&line("desktop", json!({ "message": "Rani" }))), None, "another crate whose name begins alike");
        assert_eq!(redacted("Rani was here"), None);
        for no_place in ["Rani.rs:1", "a.rs:Rani", "rani@x.id", ".rs:1", "a.rs:", "a.rs:6281234567890"] {
            assert_eq!(place(no_place), None, "{no_place}");
        }
    }

    #[test]
    fn the_newest_lines_are_shown_and_the_others_counted() {
        let temp = tempfile::tempdir().unwrap();
        let line =
            |n: usize| json!({ "timestamp": "t", "level": "INFO", "fields": { "message": "m", "n": n }, "target": "sync" }).to_string();
        let lines: Vec<String> = (0..LINES + 50).map(line).collect();
        fs::write(temp.path().join("meja.before.log"), lines.join("\n")).unwrap();
        fs::write(temp.path().join("meja.log"), format!("{}\n\u{0}\nno line\n", line(999))).unwrap();
        let tail = tail(temp.path());
        let shown = tail["lines"].as_array().unwrap();
        assert_eq!((shown.len(), &shown[LINES - 1]["fields"]["n"], &tail["left_out"]), (LINES, &json!(999), &json!(2)));
        assert_eq!(super::tail(&temp.path().join("nowhere"))["lines"], json!([]));
    }
}
