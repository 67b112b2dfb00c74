//! The operating system's keyring, asked so that nothing can hang: a locked Secret Service blocks its caller for as long as
//! nobody answers its prompt, and parallel sessions crash some daemons. So one thread asks, one question at a time, and
//! whoever waits for it waits only so long.

mod system;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};
use tokio::{sync::oneshot, time::timeout};
use zeroize::Zeroizing;

pub use system::SystemKeyring;

/// A secret, wiped when it is dropped.
pub type Secret = Zeroizing<Vec<u8>>;

/// How long an answer is waited for. A keyring that asks its person for a password takes longer, and counts as locked
/// meanwhile; its answer is used when it is asked again.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Why a secret cannot be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// There is no keyring. Trying again helps only when one is started.
    #[error("there is no keyring")]
    Absent,
    /// It is locked, or did not answer in time. Trying again helps when its person opens it.
    #[error("the keyring is locked or does not answer")]
    Locked,
    /// It answered with an error.
    #[error("the keyring failed: {0}")]
    Failed(String),
}

/// A keyring, asked by one thread.
pub trait Keyring: Send + 'static {
    /// The secret of this name.
    ///
    /// # Errors
    /// [`VaultError`].
    fn read(&mut self, name: &str) -> Result<Option<Secret>, VaultError>;
    /// Keeps a secret under this name.
    ///
    /// # Errors
    /// [`VaultError`].
    fn write(&mut self, name: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// Forgets a secret; one that is not there is forgotten already.
    ///
    /// # Errors
    /// [`VaultError`].
    fn delete(&mut self, name: &str) -> Result<(), VaultError>;
}

type Question = Box<dyn FnOnce(&mut dyn Keyring) + Send>;

/// The way to the keyring. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    questions: mpsc::Sender<Question>,
    patience: Duration,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault { .. }")
    }
}

impl Vault {
    /// Gives a keyring its thread.
    #[must_use]
    pub fn new(keyring: impl Keyring) -> Self {
        Self::with_patience(keyring, PATIENCE)
    }
    /// The same with another patience, for tests.
    #[must_use]
    pub fn with_patience(mut keyring: impl Keyring, patience: Duration) -> Self {
        let (questions, inbox) = mpsc::channel::<Question>();
        // The thread ends with the last `Vault`; while a daemon holds it, it holds nobody else.
        let asked = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            for question in inbox {
                question(&mut keyring);
            }
        });
        if let Err(error) = asked {
            tracing::error!(%error, "the keyring's thread cannot be started");
        }
        Self { questions, patience }
    }
    /// The keyring of this operating system; the service is the name under which its owner finds our entries.
    #[must_use]
    pub fn system(service: &str) -> Self {
        Self::new(SystemKeyring::new(service))
    }
    async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut dyn Keyring) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let (answer, answered) = oneshot::channel();
        let question: Question = Box::new(move |keyring| drop(answer.send(ask(keyring))));
        self.questions.send(question).map_err(|_| VaultError::Absent)?;
        match timeout(self.patience, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(VaultError::Absent),
            Err(_) => Err(VaultError::Locked),
        }
    }
    /// The secret of this name.
    ///
    /// # Errors
    /// [`VaultError`]; never later than the patience allows.
    pub async fn read(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        let name = name.to_owned();
        self.ask(move |keyring| keyring.read(&name)).await
    }
    /// Keeps a secret, and reads it back: a keyring that forgets at once is none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn write(&self, name: &str, secret: Secret) -> Result<(), VaultError> {
        let name = name.to_owned();
        self.ask(move |keyring| {
            keyring.write(&name, &secret)?;
            match keyring.read(&name)? {
                Some(kept) if kept == secret => Ok(()),
                _ => Err(VaultError::Failed("a secret was not kept".to_owned())),
            }
        })
        .await
    }
    /// Forgets a secret.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn delete(&self, name: &str) -> Result<(), VaultError> {
        let name = name.to_owned();
        self.ask(move |keyring| keyring.delete(&name)).await
    }
}

/// A keyring for tests and for headless runs: it keeps its secrets in memory and can be locked or taken away.
#[derive(Clone, Debug, Default)]
pub struct MemoryKeyring {
    secrets: Arc<Mutex<BTreeMap<String, Secret>>>,
    fault: Arc<Mutex<Option<VaultError>>>,
}

impl MemoryKeyring {
    /// From now on every question fails like this; `None` ends it.
    pub fn fail(&self, fault: Option<VaultError>) {
        if let Ok(mut current) = self.fault.lock() {
            *current = fault;
        }
    }
    /// The names of the secrets that it keeps.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.secrets.lock().map(|secrets| secrets.keys().cloned().collect()).unwrap_or_default()
    }
    /// Forgets every secret, behind its owner's back.
    pub fn empty(&self) {
        if let Ok(mut secrets) = self.secrets.lock() {
            secrets.clear();
        }
    }
    fn check(&self) -> Result<(), VaultError> {
        match self.fault.lock().ok().and_then(|fault| fault.clone()) {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }
}

impl Keyring for MemoryKeyring {
    fn read(&mut self, name: &str) -> Result<Option<Secret>, VaultError> {
        self.check()?;
        Ok(self.secrets.lock().ok().and_then(|secrets| secrets.get(name).cloned()))
    }
    fn write(&mut self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.check()?;
        if let Ok(mut secrets) = self.secrets.lock() {
            secrets.insert(name.to_owned(), Secret::new(secret.to_vec()));
        }
        Ok(())
    }
    fn delete(&mut self, name: &str) -> Result<(), VaultError> {
        self.check()?;
        if let Ok(mut secrets) = self.secrets.lock() {
            secrets.remove(name);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keyring whose daemon waits for a person who does not come.
    struct Stuck(mpsc::Receiver<()>);
    impl Keyring for Stuck {
        fn read(&mut self, _: &str) -> Result<Option<Secret>, VaultError> {
            let _ = self.0.recv();
            Ok(Some(Secret::new(b"late".to_vec())))
        }
        fn write(&mut self, _: &str, _: &[u8]) -> Result<(), VaultError> {
            Ok(())
        }
        fn delete(&mut self, _: &str) -> Result<(), VaultError> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn what_is_kept_can_be_read_until_it_is_forgotten() {
        let vault = Vault::new(MemoryKeyring::default());
        assert_eq!(vault.read("a").await, Ok(None));
        vault.write("a", Secret::new(vec![1, 2])).await.unwrap();
        assert_eq!(vault.read("a").await, Ok(Some(Secret::new(vec![1, 2]))));
        vault.delete("a").await.unwrap();
        vault.delete("a").await.unwrap();
        assert_eq!(vault.read("a").await, Ok(None));
    }

    #[tokio::test(start_paused = true)]
    async fn a_daemon_that_waits_for_its_person_holds_nobody() {
        let (come, door) = mpsc::channel();
        let vault = Vault::with_patience(Stuck(door), Duration::from_millis(50));
        assert_eq!(vault.read("a").await, Err(VaultError::Locked));
        assert_eq!(vault.delete("a").await, Err(VaultError::Locked), "what waits behind it does not hang either");
        come.send(()).unwrap();
    }

    #[tokio::test]
    async fn a_keyring_that_forgets_at_once_is_none() {
        struct Forgetful;
        impl Keyring for Forgetful {
            fn read(&mut self, _: &str) -> Result<Option<Secret>, VaultError> {
                Ok(None)
            }
            fn write(&mut self, _: &str, _: &[u8]) -> Result<(), VaultError> {
                Ok(())
            }
            fn delete(&mut self, _: &str) -> Result<(), VaultError> {
                Ok(())
            }
        }
        let answer = Vault::new(Forgetful).write("a", Secret::new(vec![1])).await;
        assert!(matches!(answer, Err(VaultError::Failed(_))), "{answer:?}");
    }

    #[tokio::test]
    async fn a_lost_keyring_is_told_from_a_locked_one() {
        let keyring = MemoryKeyring::default();
        let vault = Vault::new(keyring.clone());
        for fault in [VaultError::Absent, VaultError::Locked] {
            keyring.fail(Some(fault.clone()));
            assert_eq!(vault.read("a").await, Err(fault));
        }
        keyring.fail(None);
        assert_eq!(vault.read("a").await, Ok(None));
    }
}
