//! JSON in which single values are others.

use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};

use crate::TEXTS;

/// How a place in a tree is changed.
#[derive(Clone, Debug)]
enum Change {
    /// Something else stands there.
    Replace(Value),
    /// A part of it is missing.
    Remove(Index),
    /// It has one part more.
    Add(Value),
    /// It stands there many times.
    Repeat(usize),
}

/// A value that nobody expects.
pub fn strange() -> impl Strategy<Value = Value> {
    let fixed = [
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(u32::MAX),
        json!(1e308),
        json!(-0.5),
        json!([]),
        json!({}),
        json!([[], {}]),
        json!("x".repeat(10_000)),
        json!(vec![0; 300]),
        nested(60),
    ];
    prop_oneof![
        3 => proptest::sample::select(fixed.to_vec()),
        3 => proptest::sample::select(TEXTS).prop_map(|text| json!(text)),
        1 => any::<String>().prop_map(|text| json!(text)),
        1 => any::<i64>().prop_map(|n| json!(n)),
    ]
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, n| if n % 2 == 0 { json!([inner]) } else { json!({ "a": inner }) })
}

/// One of these, with one to three places changed.
///
/// # Panics
/// When there is nothing to begin with.
pub fn near(valid: Vec<Value>) -> impl Strategy<Value = Value> {
    let change = prop_oneof![
        4 => strange().prop_map(Change::Replace),
        2 => any::<Index>().prop_map(Change::Remove),
        1 => strange().prop_map(Change::Add),
        1 => (2..60_usize).prop_map(Change::Repeat),
    ];
    (proptest::sample::select(valid), proptest::collection::vec((any::<Index>(), change), 1..4)).prop_map(|(mut value, changes)| {
        for (at, change) in changes {
            let mut left = at.index(places(&value));
            apply(&mut value, &mut left, &change);
        }
        value
    })
}

/// How many values a tree has.
fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(fields) => fields.values().map(places).sum::<usize>(),
        _ => 0,
    }
}

/// Changes the value that is so far away; whether it was found.
fn apply(value: &mut Value, left: &mut usize, change: &Change) -> bool {
    if *left == 0 {
        alter(value, change);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| apply(item, left, change)),
        Value::Object(fields) => fields.values_mut().any(|item| apply(item, left, change)),
        _ => false,
    }
}

fn alter(value: &mut Value, change: &Change) {
    match (change, value) {
        (Change::Replace(new), value) => *value = new.clone(),
        (Change::Remove(at), Value::Object(fields)) if !fields.is_empty() => {
            let name = fields.keys().nth(at.index(fields.len())).cloned().unwrap_or_default();
            fields.remove(&name);
        }
        (Change::Remove(at), Value::Array(items)) if !items.is_empty() => drop(items.remove(at.index(items.len()))),
        (Change::Remove(_), value) => *value = Value::Null,
        (Change::Add(new), Value::Object(fields)) => drop(fields.insert("of_a_newer_program".to_owned(), new.clone())),
        (Change::Add(new), Value::Array(items)) => items.push(new.clone()),
        (Change::Add(new), value) => {
            *value = Value::Object(Map::from_iter([("was".to_owned(), value.take()), ("new".to_owned(), new.clone())]))
        }
        (Change::Repeat(times), Value::Array(items)) => *items = items.iter().cloned().cycle().take(items.len() * times).collect(),
        (Change::Repeat(times), value) => *value = Value::Array(vec![value.take(); *times]),
    }
}
