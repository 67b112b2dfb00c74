//! Amounts as people type them: which stroke groups the digits, which text is taken as it stands, and where the caret is then
//! (ui.md, Money field). What an amount is and how the house writes it stands in [`crate::money`].

use crate::{money::Rupiah, text::Invalid};

/// What stands before the digits.
pub const SIGN: &str = "Rp";

/// A field for an amount after a stroke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What stands in it.
    pub text: String,
    /// Where the caret is, in characters.
    pub caret: usize,
}

/// The field after a stroke that made `after` of `before` and left the caret behind `caret` characters of it.
///
/// Digits are grouped as they are typed and deleted, and the caret stays behind the same digit. What is put in at once, as by
/// pasting, is an amount in any of the forms that [`Rupiah::parse`] knows, or it is left as it is for the person to see: a dot
/// in it is a mark that somebody wrote, and `157.50` is not made 15,750. Nothing else is touched.
#[must_use]
pub fn typed(before: &str, after: &str, caret: usize) -> Typed {
    let put_in = put_in(before, after);
    let bare = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '\u{a0}'));
    let at_once = put_in.chars().count() > 1 && !put_in.bytes().all(|b| b.is_ascii_digit());
    match Rupiah::parse(after) {
        Ok(amount) if at_once => {
            let text = digits(amount);
            Typed { caret: text.chars().count(), text }
        }
        _ if at_once || !bare(after) => Typed { text: after.to_owned(), caret },
        _ => grouped(after, caret),
    }
}

/// What a field shows once it is left: an amount in groups, and whatever is none as it was typed.
#[must_use]
pub fn settled(text: &str) -> String {
    Rupiah::parse(text).map_or_else(|_| text.to_owned(), digits)
}

/// The amount that is typed; nothing as long as nothing is.
///
/// # Errors
/// As [`Rupiah::parse`], but for an empty field.
pub fn read(text: &str) -> Result<Option<Rupiah>, Invalid> {
    match Rupiah::parse(text) {
        Err(Invalid::Required) if text.trim().is_empty() => Ok(None),
        read => read.map(Some),
    }
}

/// The house format without its sign: `157.500`.
fn digits(amount: Rupiah) -> String {
    amount.plain().trim_start_matches(SIGN).trim_start().to_owned()
}

/// What of `after` is not in `before`: both begin and end alike around it.
fn put_in<'a>(before: &str, after: &'a str) -> &'a str {
    let alike = |(a, b): &(char, char)| a == b;
    let head: usize = before.chars().zip(after.chars()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    let (rest_before, rest) = (&before[head..], &after[head..]);
    let tail: usize = rest_before.chars().rev().zip(rest.chars().rev()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
    &rest[..rest.len() - tail]
}

/// Only the digits of a text, in groups, without noughts that lead; the caret behind as many digits as before.
fn grouped(text: &str, caret: usize) -> Typed {
    let is_digit = |c: &char| c.is_ascii_digit();
    let all: String = text.chars().filter(is_digit).collect();
    let kept = all.trim_start_matches('0');
    let kept = if kept.is_empty() && !all.is_empty() { "0" } else { kept };
    let left = all.len() - kept.len();
    let behind = text.chars().take(caret).filter(is_digit).count().saturating_sub(left);
    let mut grouped = Typed { text: String::new(), caret: 0 };
    for (place, digit) in kept.char_indices() {
        if place > 0 && (kept.len() - place).is_multiple_of(3) {
            grouped.text.push('.');
        }
        grouped.text.push(digit);
        if place + 1 == behind {
            grouped.caret = grouped.text.len();
        }
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Types characters at the end, one after another.
    fn type_all(strokes: &str) -> Typed {
        strokes.chars().fold(Typed { text: String::new(), caret: 0 }, |field, c| {
            let after = format!("{}{c}", field.text);
            typed(&field.text, &after, after.chars().count())
        })
    }

    #[rstest]
    #[case("157500", "157.500")]
    #[case("157.500", "157.500")]
    #[case("007", "7")]
    #[case("0", "0")]
    #[case("1575000000", "1.575.000.000")]
    // A comma begins a fraction: what stands there is left alone, so that no nought after it makes ten times as much.
    #[case("157500,00", "157.500,00")]
    #[case("12x", "12x")]
    fn strokes_at_the_end(#[case] strokes: &str, #[case] expected: &str) {
        let field = type_all(strokes);
        assert_eq!((field.text.as_str(), field.caret), (expected, expected.len()));
    }

    #[rstest]
    #[case("", "157.500", "157.500")]
    #[case("", "157500", "157.500")]
    #[case("", "Rp 157.500,00", "157.500")]
    #[case("", "Rp\u{a0}1.575.000", "1.575.000")]
    #[case("9.999", "Rp 157.500", "157.500")]
    #[case("", "157.50", "157.50")]
    #[case("", "157,500", "157,500")]
    #[case("", "Rp 157.500,50", "Rp 157.500,50")]
    #[case("", "1,575,000.00", "1,575,000.00")]
    fn what_is_pasted_is_an_amount_or_is_left_as_it_is(#[case] before: &str, #[case] after: &str, #[case] expected: &str) {
        assert_eq!(typed(before, after, after.chars().count()).text, expected);
    }

    #[rstest]
    // A digit in the middle, at the beginning, and one that makes a new group before the caret.
    #[case("157.500", "1957.500", 2, "1.957.500", 3)]
    #[case("57.500", "157.500", 1, "157.500", 1)]
    #[case("157.500", "157.5900", 6, "1.575.900", 7)]
    // Backspace over a digit, over a dot, and over the first digit.
    #[case("1.575.900", "1.57.900", 4, "157.900", 3)]
    #[case("1.500", "1500", 1, "1.500", 1)]
    #[case("100.500", "00.500", 0, "500", 0)]
    // Digits alone may be pasted into the middle of others.
    #[case("157.500", "122257.500", 4, "122.257.500", 5)]
    fn the_caret_stays_behind_its_digit(
        #[case] before: &str,
        #[case] after: &str,
        #[case] caret: usize,
        #[case] text: &str,
        #[case] at: usize,
    ) {
        assert_eq!(typed(before, after, caret), Typed { text: text.to_owned(), caret: at });
    }

    #[rstest]
    #[case("", Ok(None))]
    #[case(" ", Ok(None))]
    #[case("157.500,00", Ok(Some(Rupiah(157_500))))]
    #[case("157,5", Err(Invalid::Malformed))]
    #[case("99.999.999.999.999.999.999", Err(Invalid::Malformed))]
    fn what_is_read(#[case] text: &str, #[case] expected: Result<Option<Rupiah>, Invalid>) {
        assert_eq!(read(text), expected);
    }

    proptest! {
        #[test]
        fn whoever_types_an_amount_reads_it_back(amount in 0_i64..=i64::MAX) {
            let field = type_all(&amount.to_string());
            prop_assert_eq!(read(&field.text), Ok(Some(Rupiah(amount))));
            prop_assert_eq!(&field.text, &digits(Rupiah(amount)));
            prop_assert_eq!(settled(&field.text), field.text);
        }
        #[test]
        fn a_digit_is_put_where_the_caret_is(amount in 1_i64..=999_999_999_999, place in 0_usize..20, digit in 1_u8..=9) {
            let before = digits(Rupiah(amount));
            let place = place.min(before.len());
            let after = format!("{}{digit}{}", &before[..place], &before[place..]);
            let field = typed(&before, &after, place + 1);
            let bare = |text: &str| text.replace('.', "");
            prop_assert_eq!(bare(&field.text), bare(&after), "no digit is lost and none moves");
            prop_assert_eq!(bare(&field.text[..field.caret]), bare(&after[..=place]), "the caret is behind the new digit");
            prop_assert!(!field.text[..field.caret].ends_with('.'), "and not beyond the dot");
        }
        #[test]
        fn any_text_is_taken_without_harm(before in ".{0,12}", after in ".{0,12}", caret in 0_usize..14) {
            let field = typed(&before, &after, caret);
            prop_assert!(field.caret <= field.text.chars().count().max(caret));
            let _ = (read(&after), settled(&after));
        }
    }
}
