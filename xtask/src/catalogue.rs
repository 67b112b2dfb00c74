//! The catalogues hold no text that nobody shows: a key is named in the source, or belongs to a family whose keys are put
//! together from what the rulebook calls things.

use anyhow::{Context, Result};
use std::{collections::BTreeSet, fs};

use crate::run::{output, program, root};

/// Keys that are put together, by what they begin with.
const FAMILIES: &[&str] = &[
    "act-",
    "bulk-",
    "cancel-reason-",
    "cancel-text-",
    "design-purge-reason-",
    "design-purge-text-",
    "did-",
    "done-",
    "field-",
    "file-",
    "give-",
    "import-field-",
    "import-note-",
    "import-why-",
    "invalid-",
    "kind-",
    "kinds-",
    "month-",
    "notification-",
    "number-",
    "order-cancel-reason-",
    "order-cancel-text-",
    "order-delete-reason-",
    "order-delete-text-",
    "order-move-reason-",
    "order-move-text-",
    "platform-",
    "problem-",
    "refusal-",
    "reject-reason-",
    "reject-text-",
    "role-",
    "source-",
    "staff-role-",
    "stuck-",
    "uploaders-",
    "weekday-",
];

/// The texts that nobody shows. Both languages have the same keys; a test in `domain` holds them together.
pub(crate) fn unused() -> Result<Vec<String>> {
    let folder = root().join("crates/domain/locales/id");
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        keys.extend(keys_of(&fs::read_to_string(file?.path())?));
    }
    let list =
        output(program("git", &["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"])).context("git ls-files failed")?;
    let sources: Vec<String> = list.lines().filter_map(|path| fs::read_to_string(root().join(path)).ok()).collect();
    let named: BTreeSet<&str> = sources.iter().flat_map(|text| quoted(text)).collect();
    Ok(shown_nowhere(&keys, &named))
}

/// The keys of a catalogue.
fn keys_of(catalogue: &str) -> impl Iterator<Item = String> {
    let begins = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    catalogue.lines().filter(begins).filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned())
}

/// What stands between quotation marks and could be a key.
fn quoted(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
}

fn shown_nowhere(keys: &BTreeSet<String>, named: &BTreeSet<&str>) -> Vec<String> {
    let is_shown = |key: &&String| named.contains(key.as_str()) || FAMILIES.iter().any(|family| key.starts_with(family));
    keys.iter().filter(|key| !is_shown(key)).map(|key| format!("nobody shows the text `{key}`: use it, or take it out")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_named_nowhere_is_found() {
        let keys =
            keys_of("# Kata\nbatal = Batal\nlama = Lama\nhitung =\n    { $n ->\n       *[other] { $n }\n    }\nact-item-claim = Pegang\n");
        let keys: BTreeSet<String> = keys.collect();
        assert_eq!(keys.len(), 4, "{keys:?}");
        let named = quoted(r#"t.text("batal"); t.count("hitung", 3); call("Lama")"#).collect();
        assert_eq!(shown_nowhere(&keys, &named), ["nobody shows the text `lama`: use it, or take it out"]);
    }
}
