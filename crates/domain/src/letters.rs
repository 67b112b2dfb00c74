//! Keys of one letter: which acts of the window have one, and which letters a person may give them instead (WCAG 2.1.4;
//! ui.md, section 7). The window's list of acts is held to this table by a test of its own.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Letters that move, choose, go and filter everywhere: no act may have one of them, and theirs are not given away.
pub const KEPT: [char; 5] = ['J', 'K', 'X', 'G', 'F'];

/// An act with a key of one character that a person may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lettered {
    /// The act's name.
    pub act: &'static str,
    /// Its key as long as nobody changes it: a letter, a figure or a sign.
    pub key: char,
    /// The screens that have it, by their wire names; empty for all of them.
    pub screens: &'static [&'static str],
}

impl Lettered {
    /// Whether there is a screen that has both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.screens.is_empty() || other.screens.is_empty() || self.screens.iter().any(|screen| other.screens.contains(screen))
    }
}

const INBOX: &[&str] = &["inbox"];
const NOTED: &[&str] = &["inbox", "orders", "clients"];
const RECORDS: &[&str] = &["inbox", "orders"];
const ORDERS: &[&str] = &["orders"];
const CLIENTS: &[&str] = &["clients"];
const TALKS: &[&str] = &["orders", "conversations"];
const OUTBOX: &[&str] = &["outbox"];
const IMPORT: &[&str] = &["import"];
const STAFF: &[&str] = &["staff"];

const fn lettered(act: &'static str, key: char, screens: &'static [&'static str]) -> Lettered {
    Lettered { act, key, screens }
}

/// Every act whose key of one character may be changed.
pub const LETTERED: &[Lettered] = &[
    lettered("search", '/', &["inbox", "orders", "conversations", "clients"]),
    lettered("let-in", '.', &["inbox", "orders", "conversations", "clients", "audit"]),
    lettered("accept", 'A', INBOX),
    lettered("reject", 'D', INBOX),
    lettered("snooze", 'H', RECORDS),
    lettered("claim", 'C', RECORDS),
    lettered("assign", 'T', INBOX),
    lettered("cancel", 'L', INBOX),
    lettered("note", 'I', NOTED),
    lettered("reply", 'B', TALKS),
    lettered("client-edit", 'E', CLIENTS),
    lettered("client-merge", 'M', CLIENTS),
    lettered("open-client", 'O', &["inbox", "orders", "conversations"]),
    lettered("whatsapp", 'W', &["inbox", "orders", "conversations", "clients"]),
    lettered("copy", 'Y', &["inbox", "orders", "conversations", "clients", "outbox", "audit"]),
    lettered("new-request", 'N', INBOX),
    lettered("new-order", 'N', ORDERS),
    lettered("order-status", 'S', ORDERS),
    lettered("order-product", 'P', ORDERS),
    lettered("order-edit", 'E', ORDERS),
    lettered("order-assign", 'T', ORDERS),
    lettered("order-note", 'M', ORDERS),
    lettered("order-restore", 'R', ORDERS),
    lettered("design-upload", 'U', ORDERS),
    lettered("design-submit", 'A', ORDERS),
    lettered("versions", 'V', ORDERS),
    lettered("edit-again", '1', OUTBOX),
    lettered("send-again", '2', OUTBOX),
    lettered("handled", '3', OUTBOX),
    lettered("discard", '4', OUTBOX),
    lettered("take-back", 'U', OUTBOX),
    lettered("pause", 'P', OUTBOX),
    lettered("audit-check", 'C', &["audit"]),
    lettered("table", 'V', &["report"]),
    lettered("import-pick", 'U', IMPORT),
    lettered("import-check", 'C', IMPORT),
    lettered("staff-invite", 'N', STAFF),
    lettered("staff-edit", 'E', STAFF),
    lettered("staff-link", 'M', STAFF),
    lettered("staff-factor", 'U', STAFF),
    lettered("staff-status", 'D', STAFF),
    lettered("sheet", '?', &[]),
];

/// The line of an act in the table.
#[must_use]
pub fn lettered_act(act: &str) -> Option<&'static Lettered> {
    LETTERED.iter().find(|line| line.act == act)
}

/// How a person has the keys of one letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letters {
    /// Whether there are any. Without them chords with Control, arrows and function keys go on.
    pub on: bool,
    /// The letters of one's own, capital, by the names of the acts; an act that is not here has the key of the table.
    pub own: BTreeMap<String, char>,
}

impl Default for Letters {
    fn default() -> Self {
        Self { on: true, own: BTreeMap::new() }
    }
}

/// Why a letter cannot be an act's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterProblem {
    /// There is no such act, or it has no key of one letter.
    UnknownAct(String),
    /// It is not one of A to Z.
    NotALetter(char),
    /// It moves, chooses, goes or filters everywhere.
    Kept(char),
    /// Another act of the same screen has it.
    Taken {
        /// The letter.
        letter: char,
        /// The name of the act that has it.
        by: &'static str,
    },
}

impl fmt::Display for LetterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAct(act) => write!(f, "letters: {act:?} is no act with a letter"),
            Self::NotALetter(found) => write!(f, "letters: {found:?} is not one of A to Z"),
            Self::Kept(letter) => write!(f, "letters: {letter} is kept for moving about"),
            Self::Taken { letter, by } => write!(f, "letters: {letter} is the key of {by}"),
        }
    }
}
impl std::error::Error for LetterProblem {}

impl Letters {
    /// The key of an act of the table, switched on or not.
    #[must_use]
    pub fn key_of(&self, line: &Lettered) -> char {
        self.own.get(line.act).copied().unwrap_or(line.key)
    }
    /// The same with another letter for an act; its own key of the table gives it back what it had at first. Small letters count
    /// as capital ones.
    ///
    /// # Errors
    /// Why it cannot have that letter.
    pub fn give(&self, act: &str, letter: char) -> Result<Self, LetterProblem> {
        let line = lettered_act(act).ok_or_else(|| LetterProblem::UnknownAct(act.to_owned()))?;
        let letter = letter.to_ascii_uppercase();
        let mut changed = self.clone();
        if letter == line.key {
            changed.own.remove(act);
        } else {
            changed.own.insert(act.to_owned(), letter);
        }
        changed.check_line(line)?;
        Ok(changed)
    }
    /// Whether these can hold: known acts, letters of A to Z that nothing else wants.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), LetterProblem> {
        if let Some(act) = self.own.keys().find(|act| lettered_act(act).is_none()) {
            return Err(LetterProblem::UnknownAct(act.clone()));
        }
        LETTERED.iter().try_for_each(|line| self.check_line(line))
    }
    fn check_line(&self, line: &Lettered) -> Result<(), LetterProblem> {
        let key = self.key_of(line);
        if key != line.key && !key.is_ascii_uppercase() {
            return Err(LetterProblem::NotALetter(key));
        }
        if KEPT.contains(&key) {
            return Err(LetterProblem::Kept(key));
        }
        match LETTERED.iter().find(|other| other.act != line.act && other.meets(line) && self.key_of(other) == key) {
            Some(other) => Err(LetterProblem::Taken { letter: key, by: other.act }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn the_table_itself_can_hold() {
        assert_eq!(Letters::default().check(), Ok(()));
    }

    #[rstest]
    #[case("moon", 'Q', LetterProblem::UnknownAct("moon".to_owned()))]
    #[case("accept", '7', LetterProblem::NotALetter('7'))]
    #[case("accept", 'é', LetterProblem::NotALetter('é'))]
    #[case("accept", 'j', LetterProblem::Kept('J'))]
    #[case("accept", 'G', LetterProblem::Kept('G'))]
    #[case("accept", 'd', LetterProblem::Taken { letter: 'D', by: "reject" })]
    #[case("sheet", 'U', LetterProblem::Taken { letter: 'U', by: "design-upload" })]
    fn a_letter_that_cannot_be_is_refused_with_the_reason(#[case] act: &str, #[case] letter: char, #[case] problem: LetterProblem) {
        assert_eq!(Letters::default().give(act, letter), Err(problem));
    }

    #[test]
    fn acts_of_two_screens_may_share_a_letter_and_the_first_key_comes_back() {
        let letters = Letters::default().give("accept", 'u').unwrap();
        assert_eq!(letters.own, BTreeMap::from([("accept".to_owned(), 'U')]), "taking back is on another screen");
        let swapped = letters.give("reject", 'A').unwrap();
        assert_eq!(swapped.key_of(lettered_act("reject").unwrap()), 'A', "a letter that was given up is free");
        let taken = LetterProblem::Taken { letter: 'A', by: "reject" };
        assert_eq!(swapped.give("accept", 'A'), Err(taken), "and not free when somebody else has it");
        assert_eq!(letters.give("accept", 'A').unwrap(), Letters::default());
    }

    #[test]
    fn what_a_file_says_is_checked_whole() {
        let read = |text: &str| serde_json::from_str::<Letters>(text).unwrap().check();
        assert_eq!(read(r#"{"on":false,"own":{"accept":"D","reject":"A"}}"#), Ok(()), "a swap");
        assert_eq!(read(r#"{"own":{"accept":"a"}}"#), Err(LetterProblem::NotALetter('a')), "kept as capitals");
        assert_eq!(read(r#"{"own":{"moon":"Q"}}"#), Err(LetterProblem::UnknownAct("moon".to_owned())));
    }

    proptest! {
        /// Whatever is chosen one after another, no screen ever has a letter twice.
        #[test]
        fn no_choice_leads_to_a_letter_that_two_acts_share(choices in prop::collection::vec((0..LETTERED.len(), any::<char>()), 0..40)) {
            let mut letters = Letters::default();
            for (n, letter) in choices {
                if let Ok(changed) = letters.give(LETTERED[n].act, letter) {
                    letters = changed;
                }
                prop_assert_eq!(letters.check(), Ok(()));
            }
        }
    }
}
