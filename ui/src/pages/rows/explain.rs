//! Why acts cannot be done, for the foot of a detail (ui.md, principle 8).

use std::collections::BTreeMap;

use bridge::VerdictState;
use domain::{
    time::{UtcMillis, Zone},
    words::Words,
};

use crate::words;

/// Why acts cannot be done, the ones with the same reason together: «Terima, Tolak: sedang dipegang orang lain. …», as sentences
/// with `**strong**` parts.
pub(crate) fn refusals(words: &Words, verdicts: &[(&'static str, VerdictState)], now: UtcMillis, zone: Zone) -> Vec<String> {
    let mut by_reason: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (act, verdict) in verdicts {
        if let VerdictState::Refused { code, details, .. } = verdict {
            let why = words::refusal(words, code, details, now, zone);
            by_reason.entry(why).or_default().push(words.text(&words::act_word(act)));
        }
    }
    by_reason.into_iter().map(|(why, acts)| format!("**{}**: {why}", acts.join(", "))).collect()
}
