//! Chance from a seed. Each part of the world has dice of its own, so that taking one step out of a history leaves the throws
//! of all others as they were: that is what makes shrinking work.

/// Dice (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(mixed(seed ^ 0x6d65_6a61))
    }
    /// Other dice, which depend on these and the label alone.
    pub(crate) const fn fork(&self, label: u64) -> Self {
        Self(mixed(self.0 ^ mixed(label.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }
    /// A number below `n`; 0 for 0.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next().checked_rem(n).unwrap_or(0)
    }
    /// A number from `least` to `most`.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        least + i64::try_from(self.below(u64::try_from(most - least + 1).unwrap_or(1))).unwrap_or(0)
    }
    /// True once in `n` throws.
    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    pub(crate) fn place(&mut self, len: usize) -> usize {
        usize::try_from(self.below(u64::try_from(len).unwrap_or(0))).unwrap_or(0)
    }
    /// One of these.
    pub(crate) fn pick<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.place(all.len())).cloned()
    }
    /// One of these, each as likely as its weight says.
    pub(crate) fn weighted<T: Clone>(&mut self, all: &[(u64, T)]) -> Option<T> {
        let mut at = self.below(all.iter().map(|(weight, _)| weight).sum());
        all.iter()
            .find(|(weight, _)| {
                let here = at < *weight;
                at = at.wrapping_sub(*weight);
                here
            })
            .map(|(_, it)| it.clone())
    }
    /// A new UUIDv7 of a moment.
    pub(crate) fn uuid(&mut self, ms: i64) -> uuid::Uuid {
        let mut random = [0; 10];
        for part in random.chunks_mut(8) {
            let bytes = self.next().to_le_bytes();
            part.copy_from_slice(&bytes[..part.len()]);
        }
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(ms).unwrap_or(0), &random).into_uuid()
    }
}
