//! Hashing and checking passwords: Argon2id, off the async threads, behind a queue that has an end.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use domain::password::Password;
use std::sync::Arc;
use tokio::sync::{Semaphore, TryAcquireError};

use crate::shell::Shell;

/// How much a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// What OWASP recommends for Argon2id with one lane: 19 MiB, two passes.
    pub const REAL: Self = Self { memory: 19_456, passes: 2 };
    /// As little as there can be, for tests that are not about passwords.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };
}

/// Too many passwords wait to be checked: try again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords wait to be checked")]
pub struct Busy;

/// What hashes and checks passwords. Each takes 19 MiB while it works, so only as many work at once as there are cores.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    /// Stands in for the hash of an account that does not exist, so that its answer takes as long.
    nobody: Arc<str>,
    working: Arc<Semaphore>,
    places: Arc<Semaphore>,
    shell: Shell,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passwords { .. }")
    }
}

impl Passwords {
    /// How many may wait for each that works.
    const WAITING: usize = 16;

    /// With this cost, and so many working at once.
    ///
    /// # Errors
    /// When Argon2 cannot work with this cost.
    pub fn new(cost: Cost, working: usize, shell: Shell) -> Result<Self, argon2::Error> {
        let params = Params::new(cost.memory, cost.passes, 1, None)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let salt: [u8; 16] = shell.random();
        let nobody = argon.hash_password_with_salt(&shell.random::<32>(), &salt).map_err(|_| argon2::Error::OutOfMemory)?;
        let working = working.max(1);
        Ok(Self {
            argon,
            nobody: nobody.to_string().into(),
            working: Arc::new(Semaphore::new(working)),
            places: Arc::new(Semaphore::new(working * (1 + Self::WAITING))),
            shell,
        })
    }

    /// Whether this is the password of this hash. Without a hash it takes as long, and is not.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn matches(&self, hash: Option<&str>, typed: &str) -> Result<bool, Busy> {
        let real = hash.is_some();
        // Nobody can have set a longer one; it must not cost more than another wrong one.
        let typed: String = typed.chars().take(Password::MOST + 1).collect();
        let hash: Arc<str> = hash.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let same = self.work(move |argon| argon.verify_password(typed.as_bytes(), &*hash).is_ok()).await?;
        Ok(same && real)
    }
    /// The hash of a password, as a PHC string.
    ///
    /// # Errors
    /// [`Busy`].
    pub async fn hash(&self, password: Password) -> Result<String, Busy> {
        let salt: [u8; 16] = self.shell.random();
        let hashed = self.work(move |argon| argon.hash_password_with_salt(password.expose().as_bytes(), &salt)).await?;
        hashed.map(|hash| hash.to_string()).map_err(|error| {
            tracing::error!(%error, "a password could not be hashed");
            Busy
        })
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce(Argon2<'static>) -> T + Send + 'static) -> Result<T, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_: TryAcquireError| Busy)?;
        let turn = Arc::clone(&self.working).acquire_owned().await.map_err(|_| Busy)?;
        let argon = self.argon.clone();
        let done = tokio::task::spawn_blocking(move || {
            // Both are held until the work is done, also when whoever asked has gone away.
            let (_place, _turn) = (place, turn);
            work(argon)
        });
        done.await.map_err(|_| Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords(working: usize) -> Passwords {
        Passwords::new(Cost::LEAST, working, Shell::system()).unwrap()
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_alone() {
        let passwords = passwords(1);
        let hash = passwords.hash(Password::new("rahasia-sekali").unwrap()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert_eq!(passwords.matches(Some(&hash), "rahasia-sekali").await, Ok(true));
        assert_eq!(passwords.matches(Some(&hash), "rahasia-sekalI").await, Ok(false));
        assert_eq!(passwords.matches(None, "rahasia-sekali").await, Ok(false));
        assert_eq!(passwords.matches(Some("not a hash"), "rahasia-sekali").await, Ok(false));
        let twice = passwords.hash(Password::new("rahasia-sekali").unwrap()).await.unwrap();
        assert_ne!(hash, twice, "each hash has a salt of its own");
    }

    #[tokio::test]
    async fn the_queue_has_an_end() {
        let passwords = passwords(1);
        let _held = passwords.working.acquire().await.unwrap();
        let asking = |_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.matches(None, "x").await })
        };
        let waiting: Vec<_> = (0..=Passwords::WAITING).map(asking).collect();
        while passwords.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.matches(None, "x").await, Err(Busy));
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
