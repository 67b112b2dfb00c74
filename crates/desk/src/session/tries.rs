//! Wrong passwords and passphrases: after five of them each further try waits, and twice as long each time (ui.md, section 6).
//! It slows down whoever sits at this window. Whoever takes the files away is slowed down by Argon2id alone.

use bridge::{DeskError, ErrorCode};

/// So many wrong tries are free.
const FREE: u32 = 5;
/// The first wait, in milliseconds.
const FIRST: i64 = 30_000;
/// No wait is doubled more often than this: an hour and some minutes are enough.
const DOUBLED: u32 = 7;

/// How often it was wrong since it was right.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    wrong: u32,
    /// Before this moment of the monotonic clock, in milliseconds, nothing is tried.
    until: i64,
}

impl Tries {
    /// Whether one may try now.
    ///
    /// # Errors
    /// `too_many_tries`, with the seconds to wait.
    pub(crate) fn may_try(&self, mono: i64) -> Result<(), DeskError> {
        let left = self.until - mono;
        if self.wrong < FREE || left <= 0 {
            return Ok(());
        }
        let seconds = u64::try_from(left).unwrap_or_default().div_ceil(1_000);
        Err(DeskError { retry_after: Some(seconds), ..DeskError::new(ErrorCode::TooManyTries) })
    }
    /// Takes in what came of a try.
    pub(crate) fn tried(&mut self, error: Option<ErrorCode>, mono: i64) {
        match error {
            None => *self = Self::default(),
            Some(ErrorCode::WrongPassphrase) => {
                self.wrong = self.wrong.saturating_add(1);
                if let Some(more) = self.wrong.checked_sub(FREE) {
                    self.until = mono.saturating_add(FIRST << more.min(DOUBLED));
                }
            }
            // What could not be tried was not wrong.
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_try_waits_half_a_minute_and_each_further_one_twice_as_long() {
        let mut tries = Tries::default();
        let wrong = Some(ErrorCode::WrongPassphrase);
        for n in 0..5 {
            assert!(tries.may_try(n).is_ok(), "the first five are free");
            tries.tried(wrong, n);
        }
        assert_eq!(tries.may_try(5).unwrap_err().retry_after, Some(30));
        assert_eq!(tries.may_try(29_500).unwrap_err().retry_after, Some(1));
        assert!(tries.may_try(30_004).is_ok());
        tries.tried(wrong, 30_004);
        assert_eq!(tries.may_try(30_004).unwrap_err().retry_after, Some(60));
        tries.tried(Some(ErrorCode::Disk), 90_004);
        assert!(tries.may_try(90_004).is_ok(), "a full disk is no wrong password");
        for n in 0..100 {
            tries.tried(wrong, n);
        }
        assert_eq!(tries.may_try(99).unwrap_err().retry_after, Some(3_840), "no wait grows for ever");
        tries.tried(None, 100);
        assert!(tries.may_try(100).is_ok(), "what was right is forgiven");
    }
}
