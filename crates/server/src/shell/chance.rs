//! Chance.

use std::sync::{Mutex, PoisonError};

/// Where randomness comes from.
pub trait Chance: Send + Sync + 'static {
    /// Fills the bytes at random.
    fn fill(&self, bytes: &mut [u8]);
}

/// The system's randomness: for tokens, salts and ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Tokens that can be guessed would be worse than no server.
            tracing::error!(%error, "the system has no randomness");
            std::process::abort();
        }
    }
}

/// Chance that is the same every time for the same seed: for simulations, demo data and tests, never for tokens that count.
#[derive(Debug)]
pub struct Seeded(Mutex<u64>);

impl Seeded {
    /// Begins at a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
    /// The next number (SplitMix64; Steele, Lea and Flood, 2014).
    pub fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number below `n`; 0 for 0.
    pub fn below(&self, n: u64) -> u64 {
        self.next().checked_rem(n).unwrap_or(0)
    }
    /// One of these, if there are any.
    pub fn one_of<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(all.len()).unwrap_or(0));
        all.get(usize::try_from(place).unwrap_or(0))
    }
}

impl Chance for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }
}
