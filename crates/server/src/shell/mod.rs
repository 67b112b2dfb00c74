//! What the server takes from outside: time, chance, new ids, and the words of the house. Everything else gets them as an
//! argument, so that tests and simulations own them.

mod chance;
mod clock;

pub use chance::{Chance, Seeded, SystemChance};
pub use clock::{Clock, SystemClock};

use domain::{
    audit::Salt,
    time::UtcMillis,
    words::{Lang, Words},
};
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use uuid::Uuid;

/// Time, chance and words, to be handed around.
#[derive(Clone)]
pub struct Shell {
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
}

/// The catalogues, read once for the whole program: whoever starts many servers in it would wait for nothing else.
static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| [Words::new(Lang::Id), Words::new(Lang::En)]);

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shell { .. }")
    }
}

impl Shell {
    /// A shell with this time and this chance.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Self {
        Self { clock, chance }
    }
    /// The real clock and the system's randomness.
    #[must_use]
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock::default()), Arc::new(SystemChance))
    }
    /// Now, by the wall.
    #[must_use]
    pub fn now(&self) -> UtcMillis {
        self.clock.now()
    }
    /// Time that only runs forward, since some moment.
    #[must_use]
    pub fn monotonic(&self) -> Duration {
        self.clock.monotonic()
    }
    /// The words of a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Id => &WORDS[0],
            Lang::En => &WORDS[1],
        }
    }
    /// So many random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes);
        bytes
    }
    /// A salt for the audit.
    #[must_use]
    pub fn salt(&self) -> Salt {
        self.random()
    }
    /// A number from 0 up to, but not including, `n`; 0 for 0.
    #[must_use]
    pub fn below(&self, n: u64) -> u64 {
        u64::from_le_bytes(self.random()).checked_rem(n).unwrap_or(0)
    }
    /// A new UUIDv7 of now.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.uuid_at(self.now())
    }
    /// A new UUIDv7 of a moment.
    #[must_use]
    pub fn uuid_at(&self, at: UtcMillis) -> Uuid {
        let ms = u64::try_from(at.ms()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &self.random()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_ids_are_of_version_7_and_carry_the_clocks_time() {
        let shell = Shell::system();
        let at = UtcMillis::from_ms(1_795_568_400_123);
        let id = domain::id::CommandId::from_uuid(shell.uuid_at(at));
        assert_eq!(id.made_at(), at);
        assert!(id.to_string().parse::<domain::id::CommandId>().is_ok(), "the wire must accept what we make");
        assert_ne!(shell.uuid(), shell.uuid());
    }

    #[test]
    fn chance_below_a_bound_stays_below_it() {
        let shell = Shell::system();
        assert!((0..200).all(|_| shell.below(3) < 3));
        assert_eq!(shell.below(0), 0);
    }
}
