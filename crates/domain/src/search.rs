//! Finding records by what people type (ui.md, section 5; lessons): how texts are folded, what counts as the same number, and
//! which mistake of typing is forgiven. What stands here is the same on the desk and in the window; where records are looked
//! through is the mirror's affair.

use memchr::memmem::Finder;

/// The words that a search counts: a text that was pasted by mistake has more.
const MOST_WORDS: usize = 16;
/// Words shorter than so many letters must be typed rightly: too many others are one letter away.
const FORGIVEN: usize = 5;

/// A character as it is compared: small, without the marks on it, and nothing for marks and apostrophes alone, which people
/// leave out («nuraini» finds «Nur'aini», «elan» finds «Élan»).
#[must_use]
pub fn letter(c: char) -> Option<char> {
    let c = c.to_lowercase().next().unwrap_or(c);
    Some(match c {
        '\'' | '’' | 'ʼ' | '\u{300}'..='\u{36f}' | '\u{2066}'..='\u{2069}' => return None,
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ß' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c => c,
    })
}

/// A text as it is searched by: letters as [`letter`] compares them, one space between words. Hyphens and dots part words: a
/// number is found by its parts.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter_map(letter) {
        if c.is_alphanumeric() || c == '@' || c == '_' {
            folded.push(c);
        } else if !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Several texts of one record, folded.
#[must_use]
pub fn fold_all(texts: &[&str]) -> String {
    let folded: Vec<String> = texts.iter().map(|t| fold(t)).filter(|t| !t.is_empty()).collect();
    folded.join(" ")
}

/// The digits of a text: telephone numbers are searched by them alone.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What is looked for, made ready.
#[derive(Clone, Debug)]
pub struct Wanted {
    text: String,
    words: Vec<Word>,
    /// The writings of a telephone number that is typed, any of which will do.
    numbers: Vec<Finder<'static>>,
}

/// One of the words that are typed.
#[derive(Clone, Debug)]
pub struct Word {
    text: String,
    finder: Finder<'static>,
    forgiven: bool,
}

impl Wanted {
    /// Makes ready what is typed: the first 16 words of it.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let word = |text: &str| Word {
            text: text.to_owned(),
            finder: Finder::new(text).into_owned(),
            forgiven: text.chars().count() >= FORGIVEN && text.chars().all(char::is_alphabetic),
        };
        let words = fold(typed).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(word).collect();
        Self { text: typed.to_owned(), words, numbers: writings(typed).iter().map(|digits| Finder::new(digits).into_owned()).collect() }
    }
    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether nothing is asked for: that is found everywhere.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
    /// Whether what is typed may be a part of a telephone number.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        !self.numbers.is_empty()
    }
    /// Whether a mistake in it can be forgiven.
    #[must_use]
    pub fn can_be_near(&self) -> bool {
        self.words.iter().any(|word| word.forgiven)
    }
    /// Whether a folded text has each of its words in it.
    #[must_use]
    pub fn is_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| word.is_in(folded))
    }
    /// Whether these texts together have each of its words in them, however they are written. Where nothing is asked for none is looked at.
    #[must_use]
    pub fn is_in_texts(&self, texts: &[&str]) -> bool {
        self.is_empty() || self.is_in(&fold_all(texts))
    }
    /// Whether a folded text, such as a client's, has the number in it.
    #[must_use]
    pub fn has_number(&self, folded: &str) -> bool {
        self.numbers.iter().any(|number| number.find(folded.as_bytes()).is_some())
    }
    /// Whether a folded text has each of its words in it when one mistake is forgiven in every word of five letters or more.
    #[must_use]
    pub fn is_nearly_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| word.is_in(folded) || folded.split(' ').any(|theirs| word.is_near(theirs)))
    }
    /// Its words, at most 16: for whoever looks through the words of many texts instead of the texts. A text has a word in it when one
    /// of its own words has.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }
    /// Finds the writings of the number that is typed, any of which will do; none when it is not only a number.
    #[must_use]
    pub fn numbers(&self) -> &[Finder<'static>] {
        &self.numbers
    }
}

impl Word {
    /// Finds it anywhere in folded words.
    #[must_use]
    pub const fn finder(&self) -> &Finder<'static> {
        &self.finder
    }
    /// Whether a folded word begins with it but for one mistake; never, where none is forgiven. With one mistake two of the first
    /// letters still meet: most words are passed over by that alone.
    #[must_use]
    pub fn is_near(&self, theirs: &str) -> bool {
        let ([mine, second, ..], [first, rest @ ..]) = (self.text.as_bytes(), theirs.as_bytes()) else { return false };
        let next = rest.first().unwrap_or(&b' ');
        let meets = first == mine || first == second || next == mine || next == second;
        // Letters of several bytes do not meet so.
        let is_long = [mine, second, first, next].iter().any(|byte| !byte.is_ascii());
        self.forgiven && (meets || is_long) && is_near(theirs, &self.text)
    }
    fn is_in(&self, folded: &str) -> bool {
        self.finder.find(folded.as_bytes()).is_some()
    }
}

/// Whether a word begins with what is typed, but for one letter that is wrong, missing, too many, or two that changed places.
fn is_near(text: &str, typed: &str) -> bool {
    let same = text.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
    // Back to where both have a whole letter.
    let same = (0..=same).rev().find(|at| text.is_char_boundary(*at) && typed.is_char_boundary(*at)).unwrap_or(0);
    let (text, typed) = (&text[same..], &typed[same..]);
    let Some((mine, rest)) = head(typed) else { return true };
    if text.starts_with(rest) {
        return true;
    }
    let Some((theirs, others)) = head(text) else { return false };
    others.starts_with(typed)
        || others.starts_with(rest)
        || head(rest).zip(head(others)).is_some_and(|(m, t)| m.0 == theirs && t.0 == mine && t.1.starts_with(m.1))
}

/// The first letter, and the rest.
fn head(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    chars.next().map(|c| (c, chars.as_str()))
}

/// The digits that a text could mean as a part of a telephone number kept as `62…` (facts 4.5): as they are, and without the
/// prefixes people write before the national number. Nothing when it is not only a number.
fn writings(text: &str) -> Vec<String> {
    let only_a_number = text.chars().all(|c| c.is_ascii_digit() || " +-./()\u{a0}".contains(c));
    let typed = digits(text);
    if !only_a_number || typed.len() < 3 {
        return Vec::new();
    }
    let country = typed.strip_prefix("0062").or_else(|| typed.strip_prefix("62"));
    let national = country.unwrap_or(&typed);
    let bare = national.strip_prefix('0').unwrap_or(national);
    let mut all = vec![bare.to_owned()];
    // What begins with 62 may also be a national number that begins so, or its middle.
    if country.is_some() {
        all.push(typed.trim_start_matches("00").to_owned());
    }
    all.retain(|digits| !digits.is_empty());
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Nur'aini  Al-Farizi, S.Psi.", "nuraini al farizi s psi")]
    #[case("KG-20261125-ABC123", "kg 20261125 abc123")]
    #[case("  ÉLAN ", "elan")]
    #[case("Žofie  Ekström", "zofie ekstrom")]
    #[case("e\u{301}lan", "elan")]
    #[case("dewi@ruangkarsa.id", "dewi@ruangkarsa id")]
    #[case("...", "")]
    fn folding(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
        assert_eq!(fold(folded), folded, "folding twice changes nothing");
    }

    #[rstest]
    #[case("kusumawardani", "kusumawardani", true)]
    #[case("kusumawardani", "kusumawardhani", true)]
    #[case("kusumawardani", "kusumawadani", true)]
    #[case("kusumawardani", "kusumawarfani", true)]
    #[case("kusumawardani", "kusumawardnai", true)]
    #[case("kusumawardani", "lusumaw", true)]
    #[case("kusumawardani", "usuma", true)]
    #[case("kusumawardani", "kkusuma", true)]
    #[case("kusuma", "kusumaa", true)]
    #[case("wijaya", "wijaja", true)]
    #[case("kusumawardani", "kusamuwardani", false)]
    #[case("kusumawardani", "lisumaw", false)]
    #[case("kusuma", "kusumaaa", false)]
    #[case("", "rani", false)]
    fn one_mistake_is_forgiven(#[case] word: &str, #[case] typed: &str, #[case] near: bool) {
        assert_eq!(is_near(word, typed), near, "{typed} for {word}");
    }

    #[rstest]
    #[case("rani", "rani kusumawardani", true, true)]
    #[case("kusuma RANI", "rani kusumawardani", true, true)]
    #[case("rani kusumawsrdani", "rani kusumawardani", false, true)]
    #[case("rni", "rani kusumawardani", false, false)]
    #[case("rani kg20261", "rani kg 20261124", false, false)]
    #[case("20261125", "kg 20261124 k7q2ma", false, false)]
    fn words_are_found(#[case] typed: &str, #[case] text: &str, #[case] exactly: bool, #[case] nearly: bool) {
        let wanted = Wanted::new(typed);
        assert_eq!((wanted.is_in(text), wanted.is_nearly_in(text)), (exactly, nearly));
    }

    #[rstest]
    #[case("0812-3456", "6281234567890", true)]
    #[case("+62 812 3456", "6281234567890", true)]
    #[case("+62 0812 3456", "6281234567890", true)]
    #[case("0062 812", "6281234567890", true)]
    #[case("62812", "6281234567890", true)]
    #[case("8123", "6281234567890", true)]
    #[case("4567", "6281234567890", true)]
    #[case("0813", "6281234567890", false)]
    fn a_number_is_found_in_any_writing(#[case] typed: &str, #[case] kept: &str, #[case] found: bool) {
        assert!(Wanted::new(typed).is_number());
        assert_eq!(Wanted::new(typed).has_number(kept), found, "{typed}");
    }

    #[test]
    fn a_name_is_no_number() {
        assert!(["Rani 2", "12", ""].iter().all(|typed| !Wanted::new(typed).is_number()));
    }

    #[test]
    fn a_text_that_was_pasted_counts_sixteen_words() {
        assert_eq!(Wanted::new(&"kata ".repeat(1_000)).words.len(), MOST_WORDS);
        assert!(Wanted::new(" '-. ").is_empty());
    }

    proptest! {
        /// What is forgiven is one mistake, made anywhere: each way to make one is found again.
        #[test]
        fn every_single_mistake_is_forgiven(word in "[a-z]{5,12}", place in 0_usize..12, other in "[a-z]", way in 0_u8..4) {
            let mut typed: Vec<char> = word.chars().collect();
            let place = place % typed.len();
            let other = other.chars().next().unwrap_or('x');
            match way {
                0 => typed[place] = other,
                1 => typed.insert(place, other),
                2 => drop(typed.remove(place)),
                _ => typed.swap(place, (place + 1).min(word.len() - 1)),
            }
            let typed: String = typed.into_iter().collect();
            prop_assert!(is_near(&word, &typed), "{typed} for {word}");
            let wanted = Wanted::new(&typed);
            prop_assert!(!wanted.can_be_near() || wanted.is_nearly_in(&format!("kg 20261124 {word} é")), "{typed} for {word} in a text");
        }

        /// Whatever is typed and whatever stands there: no panic, and what is in a text is nearly in it too.
        #[test]
        fn any_text_can_be_typed(typed in ".{0,40}", text in ".{0,80}") {
            let (wanted, folded) = (Wanted::new(&typed), fold(&text));
            prop_assert!(!wanted.is_in(&folded) || wanted.is_nearly_in(&folded));
            prop_assert!(Wanted::new(&text).is_in(&folded) || text.split_whitespace().count() > MOST_WORDS);
        }
    }
}
