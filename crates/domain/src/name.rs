//! Names of people and businesses (C-23), and e-mail addresses.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::{
    id::UserId,
    text::{Invalid, clean_line, is_unseen},
};

/// A name: Unicode letters, spaces and `. , ' ’ -`, at least three characters after trimming (C-23).
/// The comma is ours: without it «Hj. Nur'aini Al-Farizi, S.Psi., M.Si.» could not be entered.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PersonName(String);

impl PersonName {
    /// The least characters of a name.
    pub const LEAST: usize = 3;
    /// The most characters of a name.
    pub const MOST: usize = 120;

    /// Cleans and checks a typed name.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`], [`Invalid::TooLong`], or [`Invalid::BadCharacter`].
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let name = clean_line(text);
        match name.chars().count() {
            0 => return Err(Invalid::Required),
            n if n < Self::LEAST => return Err(Invalid::TooShort(Self::LEAST)),
            n if n > Self::MOST => return Err(Invalid::TooLong(Self::MOST)),
            _ => {}
        }
        let combining = |c: char| matches!(c, '\u{300}'..='\u{36f}');
        let allowed = |c: char| c.is_alphabetic() || combining(c) || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-');
        let is_letter = |c: char| c.is_alphabetic() && !is_unseen(c);
        if name.chars().all(allowed) && name.chars().any(is_letter) { Ok(Self(name)) } else { Err(Invalid::BadCharacter) }
    }
    /// A name that the program itself gives: the system's own acts, and people who were erased.
    #[must_use]
    pub fn of_program(text: &'static str) -> Self {
        Self(text.to_owned())
    }
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// One or two capitals for the round mark beside a name; titles before the name are passed over.
    #[must_use]
    pub fn initials(&self) -> String {
        let before_titles = self.0.split(',').next().unwrap_or_default();
        let words: Vec<&str> = before_titles.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).collect();
        let real: Vec<&str> = words.iter().copied().filter(|w| !w.ends_with('.')).collect();
        let chosen = if real.is_empty() { words } else { real };
        let first = |word: &&str| word.chars().find(|c| c.is_alphabetic()).map(|c| c.to_uppercase().collect::<String>());
        chosen.iter().take(2).filter_map(first).collect()
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// An e-mail address, in lower case, at most 254 characters. Its shape is checked; that somebody reads it is not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The most characters of an address.
    pub const MOST: usize = 254;

    /// Cleans and checks a typed address.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooLong`] or [`Invalid::Malformed`].
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let address = clean_line(text).to_lowercase();
        if address.is_empty() {
            return Err(Invalid::Required);
        }
        if address.len() > Self::MOST {
            return Err(Invalid::TooLong(Self::MOST));
        }
        let (local, host) = address.rsplit_once('@').ok_or(Invalid::Malformed)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            // Outside ASCII letters and digits alone: a sign there no mail is delivered to.
            && local.chars().all(|c| (c.is_ascii() || c.is_alphanumeric()) && !c.is_whitespace() && !is_unseen(c) && !"@,;:<>()[]\\\"".contains(c));
        let label_ok = |l: &str| {
            !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-') && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        if local_ok && host.contains('.') && host.split('.').all(label_ok) { Ok(Self(address)) } else { Err(Invalid::Malformed) }
    }
    /// An address that the program itself gives to an account whose person was erased.
    #[must_use]
    pub fn of_erased(user: UserId) -> Self {
        Self(format!("erased-{user}@invalid"))
    }
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("M. Yusuf Al-Farizi", "YA")]
    #[case("  Nur'aini   Siregar ", "NS")]
    #[case("Nur’aini", "N")]
    #[case("Hj. Nur'aini Al-Farizi Kusumaningrum, S.Psi., M.Si.", "NA")]
    #[case("PT Kopi Senja", "PK")]
    #[case("李小龙", "李")]
    fn names_that_exist(#[case] text: &str, #[case] initials: &str) {
        let name = PersonName::new(text).expect(text);
        assert_eq!(name.initials(), initials);
        assert_eq!(PersonName::new(name.as_str()).as_ref(), Ok(&name));
    }

    #[rstest]
    #[case("", Invalid::Required)]
    #[case("  ", Invalid::Required)]
    #[case("Al", Invalid::TooShort(3))]
    #[case("<script>", Invalid::BadCharacter)]
    #[case("Budi123", Invalid::BadCharacter)]
    #[case("...", Invalid::BadCharacter)]
    #[case("\u{3164}\u{3164}\u{3164}", Invalid::Required)]
    #[case(".\u{3164}.\u{ffa0}.", Invalid::BadCharacter)]
    #[case("\u{200b}\u{200b}\u{200b}", Invalid::Required)]
    #[case(&"a".repeat(121), Invalid::TooLong(120))]
    fn names_that_do_not(#[case] text: &str, #[case] why: Invalid) {
        assert_eq!(PersonName::new(text), Err(why));
    }

    #[rstest]
    #[case("Dewi@RuangKarsa.ID", Some("dewi@ruangkarsa.id"))]
    #[case("a.b+c@x.co", Some("a.b+c@x.co"))]
    #[case("a@b", None)]
    #[case("a b@c.d", None)]
    #[case("a@b..c", None)]
    #[case("@b.c", None)]
    #[case("a@-b.c", None)]
    #[case("a,b@c.d", None)]
    #[case("a..b@c.d", None)]
    #[case("rāni@c.d", Some("rāni@c.d"))]
    #[case("a\u{fffd}@c.d", None)]
    fn addresses(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(Email::new(text).ok().as_ref().map(Email::as_str), expected);
    }
}
