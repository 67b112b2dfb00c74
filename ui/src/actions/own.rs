//! The keys of an act as a person has them: its letter may be another one, or there may be no letters at all (WCAG 2.1.4).

use domain::letters::{Lettered, Letters, lettered_act};

use super::{Act, Chord, Scope, Spec};
use crate::shell::Shell;

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

impl Spec {
    /// Its name among the acts with a letter.
    pub(crate) fn name(&self) -> &'static str {
        self.word.strip_prefix("do-").unwrap_or(self.word)
    }
    /// What is said of its letter; nothing where it has none that may be changed.
    pub(crate) fn lettered(&self) -> Option<&'static Lettered> {
        lettered_act(self.name())
    }
    /// Its keys; the first one is shown. With the letters switched off there may be none.
    pub(crate) fn keys(&self, letters: &Letters) -> Vec<&'static str> {
        let own = self.lettered().and_then(|line| letters.own.get(line.act)).and_then(|letter| cap(*letter));
        let mut keys = own.map_or_else(|| self.keys.to_vec(), |own| vec![own]);
        keys.retain(|key| letters.on || !Chord::parse(key).is_character());
        keys
    }
    /// The keys that are pressed one after another to do it: G and a letter for going somewhere, else the one that is shown.
    pub(crate) fn way(&self, letters: &Letters) -> Vec<&'static str> {
        let all = self.keys(letters);
        let letter = all.iter().find(|key| Chord::parse(key).is_character());
        match (self.scope, letter, Act::Go.spec().keys(letters).first()) {
            (Scope::AfterGo, Some(letter), Some(go)) => vec![go, letter],
            _ => all.first().copied().into_iter().collect(),
        }
    }
}

impl Act {
    /// The key that is shown for it; whoever asks is drawn again when the person changes it.
    pub(crate) fn key(self, shell: Shell) -> Option<&'static str> {
        self.spec().keys(&shell.letters()).first().copied()
    }
}

/// A letter as a key is written.
fn cap(letter: char) -> Option<&'static str> {
    let at = ALPHABET.find(letter)?;
    ALPHABET.get(at..=at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actions::{REGISTRY, act_of, tests::press},
        browser::{At, Press},
        shell::Place,
    };
    use domain::letters::{KEPT, LETTERED};

    /// The screens of an act, as the table of letters writes them.
    fn screens(spec: &Spec) -> Vec<&'static str> {
        match spec.scope {
            Scope::On(places) => places.iter().map(|place| place.wire()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_table_of_letters_says_what_the_list_of_acts_says() {
        let fixed = |key: &str| KEPT.iter().any(|kept| key == kept.to_string());
        let has_letter = |spec: &&Spec| {
            let first = spec.keys.first().filter(|key| Chord::parse(key).is_character() && !Chord::parse(key).shift);
            spec.scope != Scope::AfterGo && first.is_some_and(|key| !fixed(key))
        };
        let listed: Vec<(&str, Vec<String>, Vec<&str>)> = REGISTRY
            .iter()
            .filter(has_letter)
            .map(|spec| (spec.name(), spec.keys.iter().map(|key| (*key).to_owned()).collect(), screens(spec)))
            .collect();
        let table: Vec<_> = LETTERED.iter().map(|line| (line.act, vec![line.key.to_string()], line.screens.to_vec())).collect();
        assert_eq!(listed, table);
    }

    #[test]
    fn another_letter_is_the_key_and_the_old_one_is_none() {
        let letters = Letters::default().give("accept", 'e').unwrap();
        let act = |key| act_of(&press(key, At::List), Place::Inbox, false, &letters);
        assert_eq!((act("e"), act("E"), act("a")), (Some(Act::Accept), Some(Act::Accept), None));
        assert_eq!(act_of(&press("a", At::List), Place::Inbox, true, &letters), Some(Act::GoInbox), "after G it is a place");
        assert_eq!(Act::Accept.spec().keys(&letters), ["E"]);
    }

    #[test]
    fn without_letters_chords_arrows_and_function_keys_go_on() {
        let letters = Letters { on: false, ..Letters::default() };
        for spec in REGISTRY {
            for key in spec.keys(&letters) {
                assert!(!Chord::parse(key).is_character(), "{key} of {:?} is a single character", spec.act);
            }
        }
        let act = |press: &Press| act_of(press, Place::Inbox, false, &letters);
        for key in ["a", "j", "x", "g", "/", ".", "?", "]"] {
            assert_eq!(act(&press(key, At::List)), None, "{key}");
        }
        assert_eq!(act(&Press { shift: true, ..press("J", At::List) }), None, "a capital letter is a single character too");
        assert_eq!(act(&press("ArrowDown", At::List)), Some(Act::Next));
        assert_eq!(act(&press("Enter", At::List)), Some(Act::Enter));
        assert_eq!(act(&press("F6", At::List)), Some(Act::NextPane));
        assert_eq!(act(&Press { ctrl: true, ..press("k", At::List) }), Some(Act::Palette));
        assert_eq!(Act::GoInbox.spec().way(&letters), ["Ctrl+1"]);
        assert_eq!(Act::GoInbox.spec().way(&Letters::default()), ["G", "A"]);
        assert!(Act::Accept.spec().way(&letters).is_empty());
    }
}
