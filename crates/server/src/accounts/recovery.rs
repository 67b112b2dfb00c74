//! Recovery codes: what stands in for a lost authenticator, each once.

use crate::shell::Shell;

/// How many somebody gets.
const CODES: usize = 10;
/// No letter or digit that looks like another.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// New ones, as people read them: `xxxx-xxxx-xxxx`, 59 bits each.
pub(super) fn new_codes(shell: &Shell) -> Vec<String> {
    let letter = || shell.below(31).try_into().ok().and_then(|at: usize| LETTERS.get(at)).map_or('a', |letter| char::from(*letter));
    let four = || (0..4).map(|_| letter()).collect::<String>();
    (0..CODES).map(|_| [four(), four(), four()].join("-")).collect()
}

/// A code as it is hashed, however it was typed; nothing where it has not the form of one.
pub(super) fn typed(text: &str) -> Option<String> {
    if text.len() > 100 {
        return None;
    }
    let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase());
    let code: String = letters.collect();
    (code.len() == 12 && code.bytes().all(|letter| LETTERS.contains(&letter))).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_many_different_and_read_however_they_are_typed() {
        let codes = new_codes(&Shell::system());
        let read: std::collections::BTreeSet<String> = codes.iter().filter_map(|code| typed(code)).collect();
        assert_eq!((codes.len(), read.len()), (10, 10));
        assert_eq!(typed(" ABCD efgh-JKMN\n").as_deref(), Some("abcdefghjkmn"));
        for none in ["", "abcd-efgh-jkm", "abcd-efgh-jkm0", "abcd-efgh-jkml", "abcd-efgh-jkmné", &"a".repeat(101)] {
            assert_eq!(typed(none), None, "{none}");
        }
    }
}
