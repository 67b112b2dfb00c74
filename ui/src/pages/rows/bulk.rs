//! One act on everything that is chosen: each is a command of its own, which the rulebook judges for itself. What was taken can be
//! taken back together while it is held; what was not is told with its reason.

use std::collections::BTreeMap;

use bridge::Submitted;
use dioxus::prelude::*;
use domain::{
    command::Command,
    record::RecordRef,
    words::{Words, isolate},
};

use super::{ListState, Listing, batch::BATCH};
use crate::{browser, giving::Giving, shell::task, words::many};

/// How many names are told for one reason.
const NAMED: usize = 4;

/// What came of an act on many, where not all of it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// «3 diterima, 1 tidak bisa:».
    pub(crate) title: String,
    /// Whom it could not be done for, and why: those with the same reason together.
    pub(crate) reasons: Vec<String>,
}

/// Tells what came of an act: whose it was not done for, each with its reason.
fn outcome(words: &Words, done: &str, refused: &[(String, String)]) -> Outcome {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, why) in refused {
        by_reason.entry(why).or_default().push(name);
    }
    let reasons = by_reason.into_iter().map(|(why, names)| format!("**{}**: {why}", name_some(words, &names))).collect();
    let count = words.count("bulk-refused", many(refused.len()));
    let title = words.with("bulk-part", &[("done", done.into()), ("refused", count.into())]);
    Outcome { title, reasons }
}

/// Some names, and how many more there are.
pub(crate) fn name_some(words: &Words, names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| isolate(name)).collect();
    let more = many(names.len().saturating_sub(NAMED));
    let more = if more > 0 { words.count("and-more", more) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// A part of an act on many.
pub(crate) struct Part {
    /// The record it is about.
    pub(crate) record: RecordRef,
    /// Whose that is.
    pub(crate) name: String,
    /// What is given; nothing where the act is none for this record, with the reason.
    pub(crate) command: Result<Command, String>,
}

impl<L: Listing> ListState<L> {
    /// Gives a command for each, one after another in the order of the list, and tells what came of it: `done` says how many it was
    /// done for. Whether it began.
    pub(crate) fn give_all(mut self, giving: Giving, parts: Vec<Part>, done: impl Fn(&Words, i64) -> String + 'static) -> bool {
        if parts.is_empty() || self.giving_many.replace(true) {
            return false;
        }
        let mut shell = self.shell;
        shell.refused.set(None);
        self.outcome.set(None);
        let (turn, in_bar) = (self.turn(), browser::focus_is_within(BATCH));
        task(async move {
            let (mut taken, mut refused) = (Vec::new(), Vec::new());
            for Part { record, name, command } in parts {
                let command = match command {
                    Ok(command) => command,
                    Err(why) => {
                        refused.push((name, why));
                        continue;
                    }
                };
                match giving.give_quietly(command, vec![record]).await {
                    Ok(submitted) => taken.push(submitted),
                    Err(error) => refused.push((name, shell.trouble(&error))),
                }
                // Whoever sat here has left: nobody else goes on with their work.
                if turn != self.turn() {
                    break;
                }
            }
            if turn == self.turn() {
                self.giving_many.set(false);
                let words = shell.words();
                let done = done(&words, many(taken.len()));
                self.tell_outcome(giving, done, &taken, &refused);
                self.clear_chosen();
                if in_bar {
                    self.take_focus();
                }
            }
        });
        true
    }
    fn tell_outcome(mut self, giving: Giving, done: String, taken: &[Submitted], refused: &[(String, String)]) {
        if refused.is_empty() {
            return giving.undoing.offer_all(taken, done.clone(), &done);
        }
        let outcome = outcome(&self.shell.words(), &done, refused);
        let told = format!("{} {}", outcome.title, outcome.reasons.join(" ")).replace("**", "");
        giving.undoing.offer_all(taken, done, &told);
        self.outcome.set(Some(outcome));
        self.read_detail();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::words::Lang;

    fn plain(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn those_with_the_same_reason_are_told_together() {
        let words = Words::new(Lang::Id);
        let held = "Sedang dipegang orang lain.";
        let refused: Vec<(String, String)> =
            [("Rani", held), ("Made", "Sudah dijawab."), ("Toko", held)].map(|(name, why)| (name.to_owned(), why.to_owned())).into();
        let outcome = outcome(&words, "3 diterima", &refused);
        assert_eq!(outcome.title, "3 diterima, 3 tidak bisa:");
        let reasons: Vec<String> = outcome.reasons.iter().map(|reason| plain(reason)).collect();
        assert_eq!(reasons, ["**Rani, Toko**: Sedang dipegang orang lain.", "**Made**: Sudah dijawab."]);
    }

    #[test]
    fn many_names_are_some_and_a_number() {
        let words = Words::new(Lang::Id);
        assert_eq!(plain(&name_some(&words, &["A", "B", "C", "D"])), "A, B, C, D");
        assert_eq!(plain(&name_some(&words, &["A", "B", "C", "D", "E", "F"])), "A, B, C, D, dan 2 lagi");
    }
}
