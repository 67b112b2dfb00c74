//! Values that fit a JSON Schema, with an id of the attacker's choice wherever an id may stand.

use serde_json::{Map, Value, json};

use crate::client::day;

/// What ids stand for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// The kind of record that references name.
    pub(super) kind: &'a str,
    /// The id.
    pub(super) id: &'a str,
}

/// A value that fits; `root` is the document in which references lead somewhere.
pub(super) fn value(schema: &Value, root: &Value, at: Target<'_>, depth: usize) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let to = root.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
        return if depth > 6 { Value::Null } else { value(to, root, at, depth + 1) };
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.clone();
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let choices = schema[choice].as_array().into_iter().flatten();
        if let Some(first) = choices.into_iter().find(|one| one["type"] != "null") {
            return value(first, root, at, depth + 1);
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).filter(|t| *t != "null").collect(),
        Value::String(one) => vec![one],
        _ => Vec::new(),
    };
    match kinds.first().copied() {
        Some("object") => object(schema, root, at, depth),
        Some("array") => json!([value(&schema["items"], root, at, depth + 1)]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(true),
        Some("string") => text(schema, at),
        Some(_) => Value::Null,
        // Anything fits.
        None => json!("Serangan dari luar"),
    }
}

fn object(schema: &Value, root: &Value, at: Target<'_>, depth: usize) -> Value {
    let mut fields = Map::new();
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        // A reference to a record is a kind and an id: the kind is the attacker's choice as well.
        let made = if name == "kind" { json!(at.kind) } else { value(of, root, at, depth + 1) };
        if !made.is_null() {
            fields.insert(name.clone(), made);
        }
    }
    Value::Object(fields)
}

fn text(schema: &Value, at: Target<'_>) -> Value {
    match schema["format"].as_str() {
        Some("uuid") => json!(at.id),
        Some("date") => json!(day(5)),
        Some("date-time") => json!(format!("{}T03:00:00.000Z", day(5))),
        Some("email") => json!("penyerang@x.id"),
        // What bytes are known by.
        _ if schema["pattern"] == "^[0-9a-f]{64}$" => json!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        _ => json!("Serangan dari luar"),
    }
}
