//! What an act changed, in words: one line for each field that differs.

use domain::{
    money::Rupiah,
    record::Kind,
    time::{Day, UtcMillis, Zone},
    wire::AuditChange,
    words::Words,
};
use serde_json::{Map, Value};

use crate::words::{field_word, state_group, wire_word};

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What it is called.
    pub(super) field: String,
    /// As it was.
    pub(super) before: String,
    /// As it became.
    pub(super) after: String,
}

/// What repeats the act itself: when the record changed last, and its own short history.
const REPEATED: [&str; 2] = ["updated_at", "history"];

/// The lines of a change, in the order of the fields.
pub(super) fn lines(words: &Words, change: &AuditChange, zone: Zone) -> Vec<Line> {
    let empty = Map::new();
    let (before, after) = (change.before.as_ref().unwrap_or(&empty), change.after.as_ref().unwrap_or(&empty));
    let fields = after.keys().chain(before.keys().filter(|field| !after.contains_key(*field)));
    let kind = change.record.kind;
    let line = |field: &String| Line {
        field: field_word(words, field),
        before: value(words, kind, field, before.get(field), zone),
        after: value(words, kind, field, after.get(field), zone),
    };
    fields.filter(|field| !REPEATED.contains(&field.as_str())).map(line).collect()
}

/// A value in words: people by name, moments and days as everywhere; what has no other form as it is written.
fn value(words: &Words, kind: Kind, field: &str, value: Option<&Value>, zone: Zone) -> String {
    match value {
        None | Some(Value::Null) => words.text("none"),
        Some(Value::Bool(yes)) => words.text(if *yes { "csv-yes" } else { "csv-no" }),
        Some(Value::String(text)) if text.is_empty() => words.text("none"),
        Some(Value::String(text)) if state_group(kind, field).is_some() => {
            wire_word(words, state_group(kind, field).unwrap_or_default(), text)
        }
        Some(Value::Number(amount)) if field == "budget" => amount.as_i64().map_or_else(|| amount.to_string(), |n| Rupiah(n).to_string()),
        Some(Value::String(text)) => match (text.parse::<UtcMillis>(), text.parse::<Day>()) {
            (Ok(at), _) => words.moment(at, zone),
            (_, Ok(day)) => words.date(day),
            _ => text.clone(),
        },
        Some(Value::Object(parts)) => {
            let name = |parts: &Map<String, Value>| parts.get("name").and_then(|name| name.as_str()).map(str::to_owned);
            let by = || parts.get("by").and_then(|by| by.as_object()).and_then(name);
            let until = parts.get("until").and_then(|until| until.as_str()?.parse::<UtcMillis>().ok());
            match (name(parts).or_else(by), until) {
                (Some(name), Some(until)) => format!("{name}, {}", words.with("until", &[("at", words.moment(until, zone).into())])),
                (Some(name), None) => name,
                (None, _) => Value::Object(parts.clone()).to_string(),
            }
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;
    use serde_json::json;

    fn change(before: Option<Value>, after: &Value) -> AuditChange {
        AuditChange {
            record: "consultation/019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap(),
            rev: 2,
            before: before.and_then(|fields| fields.as_object().cloned()),
            after: after.as_object().cloned(),
            reason: None,
            erased: false,
        }
    }

    #[test]
    fn values_are_said_as_everywhere() {
        let words = Words::new(Lang::Id);
        let change = change(
            Some(
                json!({ "status": "waiting", "decided_at": null, "claim": { "by": { "id": "x", "name": "Hendra" }, "until": "2026-11-24T03:54:00Z" } }),
            ),
            &json!({ "status": "accepted", "decided_at": "2026-11-24T03:42:07Z", "claim": null, "updated_at": "2026-11-24T03:42:07Z", "history": [] }),
        );
        let said: Vec<(String, String, String)> =
            lines(&words, &change, Zone::Wib).into_iter().map(|line| (line.field, line.before, line.after)).collect();
        let row = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert!(said.contains(&row("Keadaan", "Menunggu", "Diterima")), "{said:?}");
        assert!(said.contains(&row("Dijawab pada", "-", "Selasa, 24 Nov 2026, 10:42 WIB")), "{said:?}");
        assert!(
            said.iter().any(|(field, before, after)| field == "Pegangan" && before.starts_with("Hendra, ") && after == "-"),
            "{said:?}"
        );
        assert_eq!(said.len(), 3, "what repeats the act is left out: {said:?}");
    }

    #[test]
    fn what_this_program_does_not_know_is_shown_as_it_is_written() {
        let words = Words::new(Lang::Id);
        let said = lines(&words, &change(None, &json!({ "moon": { "phase": 3 }, "days": [1, 2], "open": true })), Zone::Wib);
        let text: Vec<&str> = said.iter().map(|line| line.after.as_str()).collect();
        assert_eq!(text, ["[1,2]", "{\"phase\":3}", "ya"]);
        assert!(said.iter().all(|line| line.before == "-"));
    }
}
