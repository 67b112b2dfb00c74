//! How the sending of a file goes: how much is sent at once, how far it is, and how long it will take.

use domain::file::Sha256;

/// How many bytes are sent at once: at first, at least and at most. The line shows which fit.
const FIRST: usize = 256 << 10;
const LEAST: usize = 32 << 10;
const MOST: usize = 1 << 20;
/// What has gone within so many milliseconds may be twice as much the next time.
const QUICK: i64 = 2_000;
/// The least time between two tellings, in milliseconds.
const TELL: i64 = 250;

/// A file whose bytes are being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moving {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many of them the server has for certain.
    pub sent: u64,
    /// How many there are.
    pub size: u64,
    /// How many seconds it will take, once that can be said.
    pub left: Option<u32>,
}

/// What is known of the file at hand, as long as nothing has gone wrong with it.
#[derive(Debug)]
pub(super) struct Run {
    /// The file of which it is certain how far it is, and since when and from which byte on it is being sent.
    at_hand: Option<(Sha256, i64, u64)>,
    most: usize,
    told: Option<i64>,
    /// How often in a row the server has it otherwise than was said here.
    pub(super) doubts: u32,
}

impl Default for Run {
    fn default() -> Self {
        Self { at_hand: None, most: FIRST, told: None, doubts: 0 }
    }
}

impl Run {
    /// How many bytes are sent at once.
    pub(super) const fn most(&self) -> usize {
        self.most
    }
    /// Whether it is certain how far this file is.
    pub(super) fn is_sure_of(&self, sha256: &Sha256) -> bool {
        self.at_hand.is_some_and(|(known, ..)| known == *sha256)
    }
    /// It is certain now.
    pub(super) fn sure(&mut self, sha256: Sha256, sent: u64, mono: i64) {
        (self.at_hand, self.told) = (Some((sha256, mono, sent)), None);
    }
    /// It is certain no more.
    pub(super) const fn doubt(&mut self) {
        self.at_hand = None;
    }
    /// Something went wrong: less is sent at once from now on.
    pub(super) fn failed(&mut self) {
        self.doubt();
        self.most = (self.most / 2).max(LEAST);
    }
    /// What was sent at once has arrived, and took so long.
    pub(super) fn arrived(&mut self, took: i64) {
        self.doubts = 0;
        if took < QUICK {
            self.most = (self.most * 2).min(MOST);
        }
    }
    /// Whether it is time to tell how far it is.
    pub(super) fn is_to_tell(&mut self, mono: i64) -> bool {
        let due = self.told.is_none_or(|told| mono - told >= TELL);
        if due {
            self.told = Some(mono);
        }
        due
    }
    /// How long the rest will take, if it goes as it has gone: in seconds.
    pub(super) fn left(&self, sent: u64, size: u64, mono: i64) -> Option<u32> {
        let (_, since, from) = self.at_hand?;
        let took = u128::try_from(mono - since).ok().filter(|ms| *ms > 0)?;
        let went = u128::from(sent.checked_sub(from)?);
        let ms = took.checked_mul(u128::from(size.saturating_sub(sent)))?.checked_div(went)?;
        u32::try_from(ms.div_ceil(1_000)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gets_as_much_at_once_as_it_bears() {
        let mut run = Run::default();
        for took in [100, 100, 100] {
            run.arrived(took);
        }
        assert_eq!(run.most(), MOST);
        (0..9).for_each(|_| run.failed());
        assert_eq!(run.most(), LEAST);
        run.arrived(QUICK);
        assert_eq!(run.most(), LEAST, "what is slow stays small");
    }

    #[test]
    fn the_rest_takes_as_long_as_it_has_taken() {
        let mut run = Run::default();
        run.sure(Sha256::of(b"x"), 100, 1_000);
        assert_eq!((run.left(100, 900, 1_000), run.left(100, 900, 2_000)), (None, None), "nothing has gone yet");
        assert_eq!(run.left(300, 900, 3_000), Some(6));
        assert!(run.is_to_tell(3_000) && !run.is_to_tell(3_249) && run.is_to_tell(3_250));
    }
}
