//! From where something is done, as the log may say it: a keyed hash of the network, never an address. The key is made
//! at every start and never leaves the memory, and the hash is another one every day: the log shows that two acts came from one
//! place on one day, and nobody can count from it back to the place.

use domain::time::{DAY, UtcMillis};
use sha2::{Digest, Sha256};
use std::{fmt, net::IpAddr};

use crate::{accounts::network, shell::Shell};

tokio::task_local! {
    static HERE: Origin;
}

/// A place somebody asks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin([u8; 8]);

impl Origin {
    /// The place of the request that is being answered; nothing outside of one.
    #[must_use]
    pub fn current() -> Option<Self> {
        HERE.try_with(|origin| *origin).ok()
    }
    /// Does something for a request from this place.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        HERE.scope(self, work).await
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Makes places of addresses.
pub struct Origins {
    key: [u8; 32],
}

impl fmt::Debug for Origins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Origins { .. }")
    }
}

impl Origins {
    /// With a new key.
    #[must_use]
    pub fn new(shell: &Shell) -> Self {
        Self { key: shell.random() }
    }
    /// The place of this address on this day.
    #[must_use]
    pub fn of(&self, address: IpAddr, now: UtcMillis) -> Origin {
        let day = now.ms().div_euclid(DAY);
        // Every part has a fixed length, so no two inputs run into one.
        let hash = Sha256::new().chain_update(self.key).chain_update(day.to_be_bytes()).chain_update(network(address));
        let hash: [u8; 32] = hash.finalize().into();
        let mut short = [0; 8];
        short.copy_from_slice(&hash[..8]);
        Origin(short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(origins: &Origins, address: &str, day: i64) -> String {
        origins.of(address.parse().unwrap(), UtcMillis::from_ms(day * DAY)).to_string()
    }

    #[test]
    fn one_place_on_one_day_has_one_name() {
        let origins = Origins::new(&Shell::system());
        let name = of(&origins, "36.81.1.2", 9);
        assert_eq!(name.len(), 16);
        assert_eq!(of(&origins, "::ffff:36.81.1.2", 9), name);
        assert_eq!(of(&origins, "2001:db8::1", 9), of(&origins, "2001:db8::2", 9), "a host has a whole /64");
        let others = [of(&origins, "36.81.1.3", 9), of(&origins, "36.81.1.2", 10), of(&Origins::new(&Shell::system()), "36.81.1.2", 9)];
        assert!(others.iter().all(|other| *other != name), "another place, another day, another start: {others:?}");
    }
}
