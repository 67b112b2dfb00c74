//! Finding by a few letters: what is typed is found in a text when its letters stand there in this order. Letters at the
//! beginning of words and letters that follow on one another count most; capitals, marks on letters and apostrophes do not
//! count at all («nuraini» finds «Nur'aini», «elan» finds «Élan»). Plain functions, so that the ranking is tested as it is.

use domain::search::letter;

/// A letter at the beginning of a word.
const START: i32 = 8;
/// The very first letter of a text.
const FIRST: i32 = 4;
/// A letter that follows directly on the one found before it.
const RUN: i32 = 6;
/// So many letters in a row are meant, wherever in a word they stand.
const MEANT: usize = 3;
/// Letters further apart than so many times what was typed are chance.
const SPREAD: usize = 4;
/// So many letters of what is typed count, as many as the longest name has; and so many of a text. The cost is one times the
/// other: ten thousand letters that were pasted by mistake stood still for minutes.
const TYPED: usize = 120;
const READ: usize = 500;

/// What is typed, made ready: each of its words must be found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Wanted {
    words: Vec<Vec<char>>,
}

/// Where and how well it was found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Found {
    /// Whether it is what a person would call found: from the beginnings of words, or several letters in a row. What is not
    /// may be chance.
    pub(crate) strong: bool,
    /// The more the better.
    pub(crate) score: i32,
    /// The characters that were found, in their order.
    pub(crate) at: Vec<usize>,
}

/// A letter of a text.
#[derive(Clone, Copy, Debug)]
struct Letter {
    c: char,
    at: usize,
    starts: bool,
}

impl Wanted {
    /// Makes ready what is typed.
    pub(crate) fn new(typed: &str) -> Self {
        let folded: String = typed.chars().filter_map(letter).take(TYPED).collect();
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { words: words.map(|word| word.chars().collect()).collect() }
    }
    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
    /// Finds all of its words in a text, in any order.
    pub(crate) fn find(&self, text: &str) -> Option<Found> {
        let letters = letters(text);
        let mut found = Found { strong: true, ..Found::default() };
        for word in &self.words {
            let (score, places) = best(word, &letters)?;
            let strong = is_strong(&places, &letters);
            if !strong && places.last()? - places.first()? >= SPREAD * word.len() {
                return None;
            }
            found.strong &= strong;
            found.score += score;
            found.at.extend(places.iter().map(|place| letters[*place].at));
        }
        found.at.sort_unstable();
        found.at.dedup();
        Some(found)
    }
}

/// The letters that count, with their places in the text.
fn letters(text: &str) -> Vec<Letter> {
    let mut starts = true;
    let mut letters = Vec::with_capacity(text.len().min(READ));
    for (at, c) in text.chars().enumerate().take(READ) {
        let Some(c) = letter(c) else { continue };
        letters.push(Letter { c, at, starts: starts && c.is_alphanumeric() });
        starts = !c.is_alphanumeric();
    }
    letters
}

/// The best way to find a word: its score, and the places of its letters. For each letter of the word the best score of every
/// place is kept, so that the cost is the length of the word times that of the text.
fn best(word: &[char], letters: &[Letter]) -> Option<(i32, Vec<usize>)> {
    let mut rows: Vec<Vec<Option<(i32, usize)>>> = Vec::with_capacity(word.len());
    for (n, c) in word.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| rows.get(n));
        let mut row = vec![None; letters.len()];
        // The best place for the letter before, as if the gap had no end: each step to the right takes one away.
        let mut apart: Option<(i32, usize)> = None;
        for (place, letter) in letters.iter().enumerate() {
            let beside = place.checked_sub(1).and_then(|left| Some((before?.get(left).copied().flatten()?.0, left)));
            apart = beside.into_iter().chain(apart.map(|(score, from)| (score - 1, from))).max_by_key(|(score, _)| *score);
            if letter.c != *c {
                continue;
            }
            let own = i32::from(letter.starts) * START + i32::from(place == 0) * FIRST;
            row[place] = if n == 0 {
                Some((own, place))
            } else {
                let run = beside.map(|(score, from)| (score + RUN, from));
                run.into_iter().chain(apart).max_by_key(|(score, _)| *score).map(|(score, from)| (score + own, from))
            };
        }
        rows.push(row);
    }
    let ends = rows.last()?.iter().enumerate().filter_map(|(place, cell)| cell.map(|(score, _)| (score, place)));
    // Of two equal ways the first one in the text is shown.
    let (score, mut place) = ends.rev().max_by_key(|(score, _)| *score)?;
    let mut places = vec![place];
    for row in rows.iter().skip(1).rev() {
        place = row[place]?.1;
        places.push(place);
    }
    places.reverse();
    Some((score, places))
}

/// Whether every run of letters begins a word, or they are one run that is long enough.
fn is_strong(places: &[usize], letters: &[Letter]) -> bool {
    let begins = |n: usize| n == 0 || places[n] != places[n - 1] + 1;
    let runs: Vec<usize> = (0..places.len()).filter(|n| begins(*n)).map(|n| places[n]).collect();
    runs.iter().all(|place| letters[*place].starts) || (runs.len() == 1 && places.len() >= MEANT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn found(typed: &str, text: &str) -> Option<Found> {
        Wanted::new(typed).find(text)
    }
    /// The text with what was found set apart.
    fn marked(typed: &str, text: &str) -> String {
        let at = found(typed, text).map(|found| found.at).unwrap_or_default();
        text.chars().enumerate().map(|(n, c)| if at.contains(&n) { c.to_uppercase().to_string() } else { c.to_string() }).collect()
    }

    #[rstest]
    #[case("ter", "terima permintaan", "TERima permintaan")]
    #[case("ter", "diterima hendra", "diTERima hendra")]
    #[case("tp", "terima permintaan", "Terima Permintaan")]
    #[case("permin ter", "terima permintaan", "TERima PERMINtaan")]
    #[case("nuraini", "hj. nur'aini", "hj. NUR'AINI")]
    #[case("elan", "pt élan", "pt ÉLAN")]
    #[case("k7q", "kg-20261124-k7q2ma", "kg-20261124-K7Q2ma")]
    #[case("kg-2026", "kg-20261124-k7q2ma", "KG-20261124-k7q2ma")]
    fn letters_are_found_where_a_person_means_them(#[case] typed: &str, #[case] text: &str, #[case] shown: &str) {
        assert_eq!(marked(typed, text), shown);
        assert!(found(typed, text).is_some_and(|found| found.strong), "{typed} is meant in {text}");
    }

    #[rstest]
    #[case("x", "terima")]
    #[case("ret", "terima")]
    #[case("terima xyz", "terima permintaan")]
    #[case("rani", "tidak dari sini jauh sekali lagi")]
    fn what_is_not_there_is_not_found(#[case] typed: &str, #[case] text: &str) {
        assert_eq!(found(typed, text), None);
    }

    #[test]
    fn what_was_pasted_counts_to_the_length_of_a_name() {
        let pasted = "x".repeat(10_000);
        assert_eq!(found(&pasted, &pasted).map(|found| found.at.len()), Some(TYPED));
    }

    #[test]
    fn the_nearer_to_a_beginning_the_better() {
        let order = ["Terima", "Pesan terima", "Diterima", "Batalkan penerimaan"];
        let scores: Vec<(bool, i32)> = order.iter().map(|text| found("ter", text).map(|f| (f.strong, f.score)).unwrap()).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn scattered_letters_may_be_chance() {
        assert!(!found("ter", "Batalkan penerimaan").unwrap().strong);
        assert!(!found("er", "Verifikasi").unwrap().strong, "two letters within a word are no word");
        assert!(found("rif", "Verifikasi").unwrap().strong);
    }

    #[test]
    fn capitals_and_marks_make_no_difference_and_nothing_finds_everything() {
        assert_eq!(found("TÉRIMA", "terima"), found("terima", "Terima"));
        assert!(Wanted::new(" '-. ").is_empty());
        assert_eq!(found("", "terima"), Some(Found { strong: true, ..Found::default() }));
        assert_eq!(found("a", ""), None);
    }
}
