//! Telephone numbers of Indonesia, kept as E.164 (`+62…`, C-22; facts 4.5).

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::text::Invalid;

/// A telephone number, `+62` and the national number without its leading zero.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// Understands the writings people use: `0812-3456-7890`, `812 3456 7890`, `62812…`, `+62 0812…` (facts 4.5).
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::BadCharacter`], or [`Invalid::Malformed`] for a number that cannot exist here.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::Required);
        }
        if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '.' | '(' | ')' | '/' | '\u{a0}')) {
            return Err(Invalid::BadCharacter);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let foreign = text.starts_with('+') && !digits.starts_with("62");
        let rest = digits.strip_prefix("0062").or_else(|| digits.strip_prefix("62")).unwrap_or(&digits);
        let national = rest.strip_prefix('0').unwrap_or(rest);
        if !foreign && (is_mobile(national) || is_fixed(national)) { Ok(Self(format!("+62{national}"))) } else { Err(Invalid::Malformed) }
    }
    /// Like [`Self::new`], for a number that may be left out: blank counts as left out.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn optional(text: Option<&str>) -> Result<Option<Self>, Invalid> {
        match text {
            Some(text) if !text.trim().is_empty() => Self::new(text).map(Some),
            _ => Ok(None),
        }
    }
    /// The number in E.164.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The number as people read it: `+62 812-3456-7890`.
    #[must_use]
    pub fn spoken(&self) -> String {
        let national = self.0.strip_prefix("+62").unwrap_or(&self.0);
        // Records decode without the constructor: what is no number is shown as it is, never cut inside a letter.
        if !national.bytes().all(|b| b.is_ascii_digit()) {
            return self.0.clone();
        }
        let head = if national.starts_with('8') || !matches!(national.get(..2), Some("21" | "22" | "24" | "31" | "61")) { 3 } else { 2 };
        let (area, rest) = national.split_at(head.min(national.len()));
        let (middle, last) = rest.split_at(4.min(rest.len()));
        let mut text = format!("+62 {area}-{middle}");
        if !last.is_empty() {
            text.push('-');
            text.push_str(last);
        }
        text
    }
    /// Whether WhatsApp can reach it, which takes a mobile number.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        self.0.strip_prefix("+62").is_some_and(is_mobile)
    }
}

/// Nine to twelve digits that begin with 8 and then 1–3 or 5–9 (libphonenumber 9.0.43 for ID).
fn is_mobile(national: &str) -> bool {
    let b = national.as_bytes();
    (9..=12).contains(&b.len()) && b[0] == b'8' && matches!(b[1], b'1'..=b'3' | b'5'..=b'9')
}

/// Seven to eleven digits that begin with an area code.
fn is_fixed(national: &str) -> bool {
    let b = national.as_bytes();
    (7..=11).contains(&b.len()) && matches!(b[0], b'2'..=b'7' | b'9')
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("0812-3456-7890", "+6281234567890")]
    #[case("812 3456 7890", "+6281234567890")]
    #[case("62812 34567890", "+6281234567890")]
    #[case("+62 0812 3456 7890", "+6281234567890")]
    #[case("+6208123456789", "+628123456789")]
    #[case("0062 812 3456 7890", "+6281234567890")]
    #[case("(021) 2345-6789", "+622123456789")]
    #[case("0622 123456", "+62622123456")]
    fn writings(#[case] text: &str, #[case] expected: &str) {
        let phone = Phone::new(text).expect(text);
        assert_eq!(phone.as_str(), expected);
        assert_eq!(Phone::new(phone.as_str()), Ok(phone.clone()), "normalising twice changes nothing");
        assert_eq!(Phone::new(&phone.spoken()), Ok(phone), "what people read can be typed again");
    }

    #[rstest]
    #[case("08123", Invalid::Malformed)]
    #[case("08123456789012345", Invalid::Malformed)]
    #[case("0842 3456 7890", Invalid::Malformed)]
    #[case("+65 8123 4567", Invalid::Malformed)]
    #[case("0812 CALL ME", Invalid::BadCharacter)]
    #[case(" ", Invalid::Required)]
    fn refusals(#[case] text: &str, #[case] why: Invalid) {
        assert_eq!(Phone::new(text), Err(why));
    }

    #[test]
    fn spoken_form() {
        assert_eq!(Phone::new("081234567890").map(|p| p.spoken()), Ok("+62 812-3456-7890".to_owned()));
        assert_eq!(Phone::new("02123456789").map(|p| p.spoken()), Ok("+62 21-2345-6789".to_owned()));
    }

    proptest! {
        #[test]
        fn normalising_is_idempotent(text in "[+0-9 ()-]{0,20}") {
            if let Ok(phone) = Phone::new(&text) {
                prop_assert_eq!(Phone::new(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::new(&phone.spoken()), Ok(phone));
            }
        }
    }
}
