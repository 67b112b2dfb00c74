//! Limits on failures: per account and address, per account, per address. Successes never count (protocol.md, Client side).

use domain::id::UserId;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::shell::Shell;

/// How many failures at once, and how long until one more is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Failures in a row.
    pub burst: u32,
    /// Time until one of them is forgiven.
    pub each: Duration,
}

/// Somebody who tries the passwords of one account from one address.
pub(super) const PAIR: Limit = Limit { burst: 10, each: Duration::from_secs(30) };
/// An account that many addresses try. Wider than a pair: whoever knows an address must not be able to lock its owner out.
pub(super) const ACCOUNT: Limit = Limit { burst: 100, each: Duration::from_secs(10) };
/// Codes of one account's second factor, tried from anywhere. Narrow, because whoever tries them has its password: three of a million
/// codes are right at a time, so that even who goes on for a year finds one with a chance of one in twenty.
pub(super) const CODE: Limit = Limit { burst: 10, each: Duration::from_mins(30) };
/// An address that tries many accounts; an office behind one address stays below it.
pub(super) const ADDRESS: Limit = Limit { burst: 100, each: Duration::from_secs(5) };
/// Mails asked for from one address.
pub(super) const MAIL: Limit = Limit { burst: 20, each: Duration::from_secs(60) };
/// Addresses that were heard to be taken, from one address.
pub(super) const TAKEN: Limit = Limit { burst: 20, each: Duration::from_secs(60) };

/// Files that a client begins to send: with it an account fills no more than some gigabytes a day with what nobody has asked for.
pub(super) const UPLOAD: Limit = Limit { burst: 60, each: Duration::from_mins(5) };

/// What failures are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counted {
    key: [u8; 16],
    limit: Limit,
}

impl std::hash::Hash for Limit {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.burst, self.each).hash(state);
    }
}

impl Counted {
    fn new(what: &str, parts: &[&[u8]], limit: Limit) -> Self {
        let mut hash = Sha256::new().chain_update(what);
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let mut key = [0; 16];
        key.copy_from_slice(&hash[..16]);
        Self { key, limit }
    }
    /// What a login is counted by.
    #[must_use]
    pub fn login(account: &str, from: IpAddr) -> [Self; 3] {
        let (account, from) = (account.trim().to_lowercase(), network(from));
        [
            Self::new("pair", &[account.as_bytes(), &from], PAIR),
            Self::new("account", &[account.as_bytes()], ACCOUNT),
            Self::new("address", &[&from], ADDRESS),
        ]
    }
    /// What a code of a second factor is counted by: as a login, and by its account alone.
    #[must_use]
    pub fn code(account: &str, from: IpAddr) -> [Self; 4] {
        let [pair, all, address] = Self::login(account, from);
        [pair, all, address, Self::new("code", &[account.trim().to_lowercase().as_bytes()], CODE)]
    }
    /// What a token that is not known is counted by. Apart from logins: whoever tries passwords in an office must not keep the
    /// desks beside them from going on.
    #[must_use]
    pub fn token(from: IpAddr) -> [Self; 1] {
        [Self::new("token", &[&network(from)], ADDRESS)]
    }
    /// What asking for a mail is counted by.
    #[must_use]
    pub fn mail(from: IpAddr) -> [Self; 1] {
        [Self::new("mail", &[&network(from)], MAIL)]
    }
    /// What beginning an upload is counted by, of a client: the one act here that costs room whether it succeeds or not.
    #[must_use]
    pub fn upload(user: UserId) -> [Self; 1] {
        [Self::new("upload", &[user.uuid().as_bytes()], UPLOAD)]
    }
    /// What hearing that an address has an account is counted by: nobody is to go through a list.
    #[must_use]
    pub fn taken(from: IpAddr) -> [Self; 1] {
        [Self::new("taken", &[&network(from)], TAKEN)]
    }
}

/// The network somebody comes from: an IPv6 host has a whole /64 to choose addresses from.
pub(crate) fn network(from: IpAddr) -> [u8; 16] {
    match from.to_canonical() {
        IpAddr::V4(four) => four.to_ipv6_mapped().octets(),
        IpAddr::V6(six) => {
            let mut octets = six.octets();
            octets[8..].fill(0);
            octets
        }
    }
}

/// The failures that still count. Its memory has a bound.
#[derive(Debug)]
pub struct Failures {
    shell: Shell,
    // The moment at which all failures of a key will be forgiven (GCRA: one number a key).
    until: Mutex<HashMap<[u8; 16], Duration>>,
    most: usize,
}

impl Failures {
    /// The most keys that are remembered.
    pub const MOST: usize = 50_000;

    /// Nobody has failed yet.
    #[must_use]
    pub fn new(shell: Shell) -> Self {
        Self { shell, until: Mutex::default(), most: Self::MOST }
    }
    /// Whether another try is allowed.
    ///
    /// # Errors
    /// The time to wait.
    pub fn check(&self, counted: &[Counted]) -> Result<(), Duration> {
        let now = self.shell.monotonic();
        let until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = |one: &Counted| {
            let owed = until.get(&one.key)?.saturating_sub(now);
            owed.checked_sub(one.limit.each * (one.limit.burst - 1)).filter(|wait| !wait.is_zero())
        };
        counted.iter().filter_map(wait).max().map_or(Ok(()), Err)
    }
    /// Counts a failure.
    pub fn count(&self, counted: &[Counted]) {
        let now = self.shell.monotonic();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        for one in counted {
            if until.len() >= self.most && !until.contains_key(&one.key) {
                make_room(&mut until, now);
            }
            let owed = until.entry(one.key).or_default();
            *owed = now.max(*owed) + one.limit.each;
        }
    }
}

/// Forgets what is forgiven; and if everything still counts, the half that is forgiven soonest.
fn make_room(until: &mut HashMap<[u8; 16], Duration>, now: Duration) {
    let before = until.len();
    until.retain(|_, moment| *moment > now);
    if until.len() == before {
        let mut moments: Vec<Duration> = until.values().copied().collect();
        moments.sort_unstable();
        let middle = moments.get(moments.len() / 2).copied().unwrap_or_default();
        until.retain(|_, moment| *moment > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestClock;
    use std::sync::Arc;

    fn failures() -> (Arc<TestClock>, Failures) {
        let clock = Arc::new(TestClock::default());
        let shell = Shell::new(Arc::clone(&clock) as _, Arc::new(crate::shell::Seeded::new(1)));
        (clock, Failures::new(shell))
    }
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn the_eleventh_failure_in_a_row_waits_and_one_is_forgiven_after_another() {
        let (clock, failures) = failures();
        let dewi = Counted::login("dewi@x.id", HERE);
        for n in 0..10 {
            assert_eq!(failures.check(&dewi), Ok(()), "try {n}");
            failures.count(&dewi);
        }
        assert_eq!(failures.check(&dewi), Err(PAIR.each));
        assert_eq!(failures.check(&Counted::login(" DEWI@x.id", HERE)), Err(PAIR.each), "another writing is the same account");
        assert_eq!(failures.check(&Counted::login("bagus@x.id", HERE)), Ok(()), "others go on");
        assert_eq!(failures.check(&Counted::login("dewi@x.id", [9, 9, 9, 9].into())), Ok(()), "and so does its owner elsewhere");
        clock.advance(PAIR.each);
        assert_eq!(failures.check(&dewi), Ok(()));
        failures.count(&dewi);
        assert!(failures.check(&dewi).is_err());
    }

    #[test]
    fn an_address_that_tries_many_accounts_waits() {
        let (_, failures) = failures();
        for n in 0..100 {
            failures.count(&Counted::login(&format!("orang{n}@x.id"), HERE));
        }
        assert!(failures.check(&Counted::login("lain@x.id", HERE)).is_err());
        assert_eq!(failures.check(&Counted::token(HERE)), Ok(()), "desks beside it renew their tokens");
        for _ in 0..100 {
            failures.count(&Counted::token(HERE));
        }
        assert!(failures.check(&Counted::token(HERE)).is_err());
    }

    #[test]
    fn a_whole_ipv6_network_is_one_address() {
        let at = |text: &str| Counted::token(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:1.2.3.4"), at("1.2.3.4"));
    }

    #[test]
    fn memory_has_a_bound() {
        let (_, mut failures) = failures();
        failures.most = 100;
        for n in 0..10_000_u32 {
            failures.count(&Counted::token(n.to_be_bytes().into()));
        }
        assert!(failures.until.lock().unwrap().len() <= 100);
    }
}
