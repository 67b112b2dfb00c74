//! The records of one kind that can be found, and the words by which.

use domain::{
    id::RecordId,
    record::Kind,
    search::{Wanted, Word},
};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::{collections::HashMap, hash::BuildHasher as _};

use super::{
    Found,
    words::{Met, Vocabulary},
};

/// A record that can be found.
#[derive(Debug)]
struct Entry {
    found: Found,
    /// Where its words stand: from where, and how many.
    start: u32,
    count: u32,
}

/// The records of a kind.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    entries: Vec<Entry>,
    /// The place of each among them, by its id. The ids stand there already: 200,000 of them take four megabytes.
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The words of all records, as they were read, by their numbers: what is gone stays here.
    words: Vec<u32>,
    vocabulary: Vocabulary,
}

impl Shelf {
    pub(super) fn remove(&mut self, id: RecordId) {
        let (entries, hash) = (&self.entries, self.hasher.hash_one(id));
        let Ok(known) = self.places.find_entry(hash, |place| is_at(entries, *place, id)) else { return };
        let (place, _) = known.remove();
        // The last one takes its place.
        if let Some(moved) = self.entries.last().map(|entry| entry.found.id)
            && let Some(its_place) = self.places.find_mut(self.hasher.hash_one(moved), |place| is_at(entries, *place, moved))
        {
            *its_place = place;
        }
        self.entries.swap_remove(place as usize);
    }
    pub(super) fn put(&mut self, found: Found, text: &str) {
        self.remove(found.id);
        let start = self.words.len();
        let numbers = text.split(' ').filter_map(|word| self.vocabulary.number(word));
        self.words.extend(numbers);
        let (place, count) = (u32::try_from(self.entries.len()), u32::try_from(self.words.len() - start));
        // There are no four thousand million words: each takes four bytes.
        let (Ok(start), Ok(place), Ok(count)) = (u32::try_from(start), place, count) else { return };
        let hash = self.hasher.hash_one(found.id);
        self.entries.push(Entry { found, start, count });
        let (entries, hasher) = (&self.entries, &self.hasher);
        let again = |place: &u32| entries.get(*place as usize).map_or(0, |entry| hasher.hash_one(entry.found.id));
        self.places.insert_unique(hash, place, again);
    }
    /// Gives back what was set aside for more.
    pub(super) fn shrink(&mut self) {
        self.entries.shrink_to_fit();
        self.words.shrink_to_fit();
    }
    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }
    /// The place of each, by the number of its row.
    pub(super) fn places(&self) -> HashMap<i64, u32> {
        (0..).zip(&self.entries).map(|(place, entry)| (entry.found.row, place)).collect()
    }
    pub(super) fn get(&self, id: RecordId) -> Option<&Found> {
        self.entry(id).map(|entry| &entry.found)
    }
    /// The records at these places.
    pub(super) fn at<'a>(&'a self, places: &'a [u32]) -> impl Iterator<Item = &'a Found> {
        places.iter().filter_map(|place| self.entries.get(*place as usize)).map(|entry| &entry.found)
    }
    /// What a record is found by.
    pub(super) fn text(&self, id: RecordId) -> String {
        let mut text = String::new();
        for word in self.entry(id).map(|entry| self.words(entry)).unwrap_or_default() {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(self.vocabulary.word(*word));
        }
        text
    }
    /// The places of what is found as it is typed; where there is nothing of it, with a mistake forgiven.
    pub(super) fn search(&self, kind: Kind, wanted: &Wanted) -> Vec<u32> {
        let mut met = self.vocabulary.unmet();
        // Of clients a number is their telephone's; elsewhere it is a word like any other.
        if wanted.is_number() && kind == Kind::Client {
            wanted.numbers().iter().for_each(|number| self.vocabulary.mark(&mut met, number, 1));
            return self.having(&met, 1);
        }
        let all = bits(wanted.words()).fold(0, |all, (bit, _)| all | bit);
        bits(wanted.words()).for_each(|(bit, word)| self.vocabulary.mark(&mut met, word.finder(), bit));
        let exactly = self.having(&met, all);
        if !exactly.is_empty() || !wanted.can_be_near() {
            return exactly;
        }
        bits(wanted.words()).for_each(|(bit, word)| self.vocabulary.mark_near(&mut met, word, bit));
        self.having(&met, all)
    }
    /// The places of the records whose words together have all of these bits.
    fn having(&self, met: &Met, all: u16) -> Vec<u32> {
        // What stands nowhere is in no record.
        if met.iter().fold(0, |any, met| any | met) & all != all {
            return Vec::new();
        }
        let has = |n: &u32| met.get(*n as usize).copied().unwrap_or(0);
        let fits = |entry: &Entry| self.words(entry).iter().fold(0, |any, n| any | has(n)) & all == all;
        (0..).zip(&self.entries).filter(|(_, entry)| fits(entry)).map(|(place, _)| place).collect()
    }
    fn entry(&self, id: RecordId) -> Option<&Entry> {
        let place = self.places.find(self.hasher.hash_one(id), |place| is_at(&self.entries, *place, id))?;
        self.entries.get(*place as usize)
    }
    fn words(&self, entry: &Entry) -> &[u32] {
        let start = entry.start as usize;
        self.words.get(start..start + entry.count as usize).unwrap_or_default()
    }
}

/// Whether this record stands at this place.
fn is_at(entries: &[Entry], place: u32, id: RecordId) -> bool {
    entries.get(place as usize).is_some_and(|entry| entry.found.id == id)
}

/// A bit for each of the words that are typed: there are sixteen at most.
fn bits(words: &[Word]) -> impl Iterator<Item = (u16, &Word)> {
    (0..u16::BITS).map(|n| 1 << n).zip(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn record(n: u8) -> Found {
        let id = RecordId::from_uuid(Uuid::from_u128(u128::from(n)));
        Found { row: i64::from(n), id, open: true, at: 0, state: 0 }
    }

    proptest! {
        // Records come, come again with another text, and go, and each is where it is looked for.
        #[test]
        fn each_record_is_found_by_its_last_text_until_it_goes(acts in prop::collection::vec((any::<u8>(), prop::option::of("[a-c]{1,3}")), 0..600)) {
            let (mut shelf, mut expected) = (Shelf::default(), HashMap::new());
            for (n, text) in acts {
                match text {
                    Some(text) => {
                        shelf.put(record(n), &text);
                        expected.insert(n, text);
                    }
                    None => {
                        shelf.remove(record(n).id);
                        expected.remove(&n);
                    }
                }
                prop_assert_eq!(shelf.len(), expected.len());
            }
            for n in 0..=u8::MAX {
                prop_assert_eq!(shelf.get(record(n).id).copied(), expected.get(&n).map(|_| record(n)));
                prop_assert_eq!(shelf.text(record(n).id), expected.get(&n).cloned().unwrap_or_default());
            }
        }
    }
}
