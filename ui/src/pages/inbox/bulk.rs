//! One act on every chosen request: each is a command of its own, which the rulebook judges for itself. What was taken can be
//! taken back together while it is held; what was not is told with its reason.

use std::collections::BTreeMap;

use bridge::Submitted;
use dioxus::prelude::*;
use domain::{
    command::{Act as _, Command},
    commands::{consultation, item},
    records::Consultation,
    time::UtcMillis,
    words::{Words, isolate},
};

use super::state::{InboxState, reference};
use crate::{
    actions::Act,
    browser,
    giving::Giving,
    shell::{Layer, task},
};

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
    let count = i64::try_from(refused.len()).unwrap_or(i64::MAX);
    let title = words.with("bulk-part", &[("done", done.into()), ("refused", words.count("bulk-refused", count).into())]);
    Outcome { title, reasons }
}

/// Some names, and how many more there are.
pub(super) fn name_some(words: &Words, names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| isolate(name)).collect();
    let more = i64::try_from(names.len().saturating_sub(NAMED)).unwrap_or(i64::MAX);
    let more = if more > 0 { words.count("and-more", more) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

impl InboxState {
    /// Does an act to everything that is chosen; whether it is one that can be done so.
    pub(super) fn run_chosen(self, act: Act, giving: Giving) -> bool {
        let layer = match act {
            Act::Accept if self.shell.may(consultation::Accept::NAME) => {
                self.give_chosen(giving, consultation::Accept::NAME, |it| consultation::Accept { id: it.id, message: None }.into());
                return true;
            }
            Act::Reject if self.shell.may(consultation::Reject::NAME) => Layer::RejectChosen,
            Act::Snooze if self.shell.may(item::SnoozeItem::NAME) => Layer::SnoozeChosen,
            _ => return false,
        };
        if !*self.giving_many.peek() {
            self.shell.open(layer);
        }
        true
    }
    /// Rejects everything that is chosen for one reason.
    pub(super) fn reject_chosen(self, giving: Giving, reason: String) {
        self.give_chosen(giving, consultation::Reject::NAME, move |it| consultation::Reject { id: it.id, reason: reason.clone() }.into());
    }
    /// Puts off everything that is chosen until one moment.
    pub(super) fn snooze_chosen(self, giving: Giving, until: UtcMillis) {
        self.give_chosen(giving, item::SnoozeItem::NAME, move |it| item::SnoozeItem { record: reference(it.id), until }.into());
    }
    /// Gives a command for each, one after another in the order of the list, and tells what came of it.
    fn give_chosen(mut self, giving: Giving, command: &'static str, make: impl Fn(&Consultation) -> Command + 'static) {
        let requests = self.chosen.peek().requests();
        if requests.is_empty() || self.giving_many.replace(true) {
            return;
        }
        let mut shell = self.shell;
        shell.refused.set(None);
        self.outcome.set(None);
        // No row has been decided by this stroke: a second one so soon is not meant for whatever is open.
        self.last_verdict.set(Some((browser::monotonic_ms(), None)));
        let (turn, in_bar) = (self.turn(), browser::focus_is_within(super::BATCH));
        task(async move {
            let (mut taken, mut refused) = (Vec::new(), Vec::new());
            for it in &requests {
                match giving.give_quietly(make(it), vec![reference(it.id)]).await {
                    Ok(submitted) => taken.push(submitted),
                    Err(error) => refused.push((it.client_name.to_string(), shell.trouble(&error))),
                }
                // Whoever sat here has left: nobody else goes on with their work.
                if turn != self.turn() {
                    break;
                }
            }
            if turn == self.turn() {
                self.giving_many.set(false);
                self.tell_outcome(giving, command, &taken, &refused);
                self.clear_chosen();
                if in_bar {
                    self.take_focus();
                }
            }
        });
    }
    fn tell_outcome(mut self, giving: Giving, command: &str, taken: &[Submitted], refused: &[(String, String)]) {
        let words = self.shell.words();
        let key = format!("bulk-{}", command.replace(['.', '_'], "-"));
        let done = words.count(&key, i64::try_from(taken.len()).unwrap_or(i64::MAX));
        if refused.is_empty() {
            return giving.undoing.offer_all(taken, done.clone(), &done);
        }
        let outcome = outcome(&words, &done, refused);
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
