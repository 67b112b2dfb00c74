//! The words that many texts share, each once: what is typed is looked for among them, and not in every text.

use domain::search::Word;
use hashbrown::{DefaultHashBuilder, HashTable};
use memchr::memmem::Finder;
use std::hash::BuildHasher as _;

/// For each word of a [`Vocabulary`], what it has of what is looked for: a bit for each part.
pub(super) type Met = Vec<u16>;

/// Words, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// All of them, a space behind each.
    text: String,
    /// Where each ends, its space left out.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Vocabulary {
    /// The number of a word, which may be new. Nothing when there are four gigabytes of them.
    pub(super) fn number(&mut self, word: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(word);
        if let Some(known) = self.numbers.find(hash, |n| self.word(*n) == word) {
            return Some(*known);
        }
        let (number, end) = (u32::try_from(self.ends.len()).ok()?, u32::try_from(self.text.len() + word.len()).ok()?);
        self.text.push_str(word);
        self.text.push(' ');
        self.ends.push(end);
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.numbers.insert_unique(hash, number, |n| hasher.hash_one(word_of(text, ends, *n)));
        Some(number)
    }
    /// The word that has this number.
    pub(super) fn word(&self, number: u32) -> &str {
        word_of(&self.text, &self.ends, number)
    }
    /// What each word has of nothing yet.
    pub(super) fn unmet(&self) -> Met {
        vec![0; self.ends.len()]
    }
    /// Marks the words in which something stands.
    pub(super) fn mark(&self, met: &mut Met, finder: &Finder<'_>, bit: u16) {
        let mut words = self.ends.iter().zip(met);
        let mut next = words.next();
        for at in finder.find_iter(self.text.as_bytes()) {
            while next.as_ref().is_some_and(|(end, _)| **end as usize <= at) {
                next = words.next();
            }
            let Some((_, bits)) = &mut next else { return };
            **bits |= bit;
        }
    }
    /// Marks the words that a word means when a mistake is forgiven.
    pub(super) fn mark_near(&self, met: &mut Met, typed: &Word, bit: u16) {
        let mut start = 0;
        for (end, bits) in self.ends.iter().map(|end| *end as usize).zip(met) {
            if typed.is_near(self.text.get(start..end).unwrap_or_default()) {
                *bits |= bit;
            }
            start = end + 1;
        }
    }
}

fn word_of<'a>(text: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    // Behind the end of the one before stands its space.
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize + 1);
    ends.get(number).and_then(|end| text.get(start..*end as usize)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::search::Wanted;

    fn marked(vocabulary: &Vocabulary, typed: &str, nearly: bool) -> Vec<String> {
        let (wanted, mut met) = (Wanted::new(typed), vocabulary.unmet());
        for word in wanted.words() {
            if nearly { vocabulary.mark_near(&mut met, word, 1) } else { vocabulary.mark(&mut met, word.finder(), 1) }
        }
        let numbers = 0..u32::try_from(met.len()).unwrap();
        numbers.zip(met).filter(|(_, met)| *met == 1).map(|(n, _)| vocabulary.word(n).to_owned()).collect()
    }

    #[test]
    fn each_word_stands_once_and_is_found_by_any_part_of_it() {
        let mut vocabulary = Vocabulary::default();
        let numbers: Vec<u32> = ["rani", "wijaya", "é", "rani", "ani"].iter().map(|word| vocabulary.number(word).unwrap()).collect();
        assert_eq!(numbers, [0, 1, 2, 0, 3]);
        assert_eq!(marked(&vocabulary, "ani", false), ["rani", "ani"]);
        assert_eq!(marked(&vocabulary, "a", false), ["rani", "wijaya", "ani"]);
        assert_eq!(marked(&vocabulary, "é", false), Vec::<String>::new(), "it is folded before");
        assert_eq!(marked(&vocabulary, "niwi", false), Vec::<String>::new(), "nothing is found across two words");
        assert_eq!(marked(&vocabulary, "wijaja", true), ["wijaya"]);
    }
}
