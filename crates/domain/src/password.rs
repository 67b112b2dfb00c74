//! Passwords, as people choose them. One rule for the screen, the client side and the command line: long enough, and not
//! the same few keys over and over. Nothing is asked of their letters: length is what counts, and rules about signs and
//! capitals only move people to write them down.

use crate::text::Invalid;

/// A password that may be set. Neither `Debug` nor `Display`: it is seen nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The least characters (NIST SP 800-63B).
    pub const LEAST: usize = 8;
    /// The most characters: more would only cost the server time.
    pub const MOST: usize = 200;
    /// The least different characters.
    pub const DIFFERENT: usize = 5;

    /// Checks a chosen password. It is taken as it was typed, spaces at its ends included.
    ///
    /// # Errors
    /// [`Invalid::Required`], [`Invalid::TooShort`], [`Invalid::TooLong`], [`Invalid::BadCharacter`] for control characters,
    /// which not every keyboard can type again, or [`Invalid::TooEasy`].
    pub fn new(text: &str) -> Result<Self, Invalid> {
        match text.chars().count() {
            _ if text.trim().is_empty() => return Err(Invalid::Required),
            n if n < Self::LEAST => return Err(Invalid::TooShort(Self::LEAST)),
            n if n > Self::MOST => return Err(Invalid::TooLong(Self::MOST)),
            _ => {}
        }
        if text.chars().any(char::is_control) {
            return Err(Invalid::BadCharacter);
        }
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters.dedup();
        if letters.len() < Self::DIFFERENT || is_a_run(text) { Err(Invalid::TooEasy) } else { Ok(Self(text.to_owned())) }
    }
    /// The password itself, to be hashed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Whether every character is the successor of the one before it (`1234567890`, `abcdefghij`), upwards or downwards.
fn is_a_run(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|c| i64::from(u32::from(if c == '0' { ':' } else { c }))).collect();
    let by = |step: i64| codes.windows(2).all(|w| w[1] - w[0] == step);
    by(1) || by(-1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("rahasia-sekali", Ok(()))]
    #[case(" spasi di ujung ", Ok(()))]
    #[case("kata sandi é 日本", Ok(()))]
    #[case("", Err(Invalid::Required))]
    #[case("            ", Err(Invalid::Required))]
    #[case("sandi12", Err(Invalid::TooShort(8)))]
    #[case("rahasia1", Ok(()))]
    #[case("éé日本日本x", Err(Invalid::TooShort(8)))]
    #[case("aaaaaaaaaaaa", Err(Invalid::TooEasy))]
    #[case("abababababab", Err(Invalid::TooEasy))]
    #[case("1234567890", Err(Invalid::TooEasy))]
    #[case("jihgfedcba", Err(Invalid::TooEasy))]
    #[case("rahasia\u{0}sekali", Err(Invalid::BadCharacter))]
    fn choices(#[case] text: &str, #[case] expected: Result<(), Invalid>) {
        assert_eq!(Password::new(text).map(|_| ()), expected);
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_kept_as_it_was_typed(text in ".{0,220}") {
            if let Ok(password) = Password::new(&text) {
                prop_assert_eq!(password.expose(), text.as_str());
                prop_assert!((Password::LEAST..=Password::MOST).contains(&text.chars().count()));
            }
        }
    }
}
