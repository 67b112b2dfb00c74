//! `cargo xtask licences`: the parts of the program that others wrote, with their licences, for «Tentang & diagnosa». The list is made
//! from what Cargo says of the locked versions, for every system, and kept beside the desk that shows it; a test holds it to the lock.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use crate::run::{cargo, output, root};

/// What people get: the program, and the window in it.
const SHIPPED: [&str; 2] = ["meja", "ui"];

fn path() -> PathBuf {
    root().join("crates/desk/licences.tsv")
}

/// Writes the list anew.
///
/// # Errors
/// When Cargo does not answer, or a part names no licence.
pub(crate) fn run() -> Result<()> {
    let list = list()?;
    fs::write(path(), &list)?;
    println!("{} parts by others are listed", list.lines().count());
    Ok(())
}

/// The list as it is to be: name, version and licence, a line each.
fn list() -> Result<String> {
    let mut command = cargo();
    command.args(["metadata", "--format-version=1", "--locked"]);
    let metadata: Value = serde_json::from_str(&output(command).context("cargo metadata failed")?)?;
    of(&metadata)
}

fn of(metadata: &Value) -> Result<String> {
    let packages: BTreeMap<&str, &Value> = all(&metadata["packages"]).map(|it| (text(&it["id"]), it)).collect();
    let uses: BTreeMap<&str, &Value> = all(&metadata["resolve"]["nodes"]).map(|it| (text(&it["id"]), it)).collect();
    let mut next: Vec<&str> = packages.iter().filter(|(_, it)| SHIPPED.contains(&text(&it["name"]))).map(|(id, _)| *id).collect();
    let mut shipped = BTreeSet::new();
    while let Some(id) = next.pop() {
        if !shipped.insert(id) {
            continue;
        }
        // What only builds or tests it is not in it.
        let normal = |it: &&Value| all(&it["dep_kinds"]).any(|kind| kind["kind"].is_null());
        next.extend(all(&uses.get(id).context("a package that is not resolved")?["deps"]).filter(normal).map(|it| text(&it["pkg"])));
    }
    let mut lines = BTreeSet::new();
    for it in shipped.iter().filter_map(|id| packages.get(id)).filter(|it| !it["source"].is_null()) {
        let (name, version, licence) = (text(&it["name"]), text(&it["version"]), text(&it["license"]));
        if licence.is_empty() {
            bail!("{name} {version} names no licence: whether it may be shipped is to be found out");
        }
        // An older way to write a choice.
        lines.insert(format!("{name}\t{version}\t{}\n", licence.replace('/', " OR ").replace("  ", " ")));
    }
    Ok(lines.into_iter().collect())
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_list_is_that_of_the_lock() {
        let kept = fs::read_to_string(path()).expect("the list");
        assert!(kept == list().expect("Cargo's answer"), "run `cargo xtask licences`: what the program is made from has changed");
    }

    #[test]
    fn what_only_builds_or_tests_the_program_is_not_in_it_and_everything_in_it_has_a_licence() {
        let package = |name: &str, licence: Value, source: Value| json!({ "id": name, "name": name, "version": "1.0.0", "license": licence, "source": source });
        let uses = |id: &str, kind: Value| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        let metadata = |licence: Value| {
            json!({
                "packages": [
                    package("meja", json!("MIT"), Value::Null), package("a", json!("MIT/Apache-2.0"), json!("registry")),
                    package("b", licence.clone(), json!("registry")), package("test", json!("GPL-3.0"), json!("registry")),
                    package("server", json!("MIT"), Value::Null), package("apart", json!("MIT"), json!("registry")),
                ],
                "resolve": { "nodes": [
                    { "id": "meja", "deps": [uses("a", Value::Null), uses("test", json!("dev"))] },
                    { "id": "a", "deps": [uses("b", Value::Null), uses("test", json!("build"))] },
                    { "id": "b", "deps": [] }, { "id": "test", "deps": [] },
                    { "id": "server", "deps": [uses("apart", Value::Null)] }, { "id": "apart", "deps": [] },
                ] },
            })
        };
        assert_eq!(of(&metadata(json!("Zlib"))).expect("a list"), "a\t1.0.0\tMIT OR Apache-2.0\nb\t1.0.0\tZlib\n");
        assert!(of(&metadata(Value::Null)).is_err());
    }
}
