//! The keyring of this operating system: Secret Service, Keychain, Credential Manager.

use keyring::{Entry, Error};

use super::{Keyring, Secret, VaultError};

/// The keyring of this operating system.
#[derive(Debug)]
pub struct SystemKeyring {
    service: String,
}

impl SystemKeyring {
    /// Entries stand under this service.
    #[must_use]
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned() }
    }
    fn entry(&self, name: &str) -> Result<Entry, VaultError> {
        match Entry::new(&self.service, name) {
            Err(Error::NoDefaultStore) => self.entry_of_a_late_keyring(name),
            other => other.map_err(|e| told(&e)),
        }
    }
    /// The library looks for a keyring once in a process. One that was started later (a session that is still coming up,
    /// a daemon that was restarted) is looked for here.
    #[cfg(all(unix, not(target_os = "macos")))]
    fn entry_of_a_late_keyring(&self, name: &str) -> Result<Entry, VaultError> {
        let store = zbus_secret_service_keyring_store::Store::new().map_err(|_| VaultError::Absent)?;
        keyring_core::set_default_store(store);
        let inner = keyring_core::Entry::new(&self.service, name).map_err(|e| told(&e))?;
        Ok(Entry { inner })
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    fn entry_of_a_late_keyring(&self, _: &str) -> Result<Entry, VaultError> {
        Err(VaultError::Absent)
    }
}

fn told(error: &Error) -> VaultError {
    match error {
        Error::NoDefaultStore => VaultError::Absent,
        Error::NoStorageAccess(_) => VaultError::Locked,
        // The kind alone: what a daemon says may hold names of other people's entries.
        Error::PlatformFailure(_) => VaultError::Absent,
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => VaultError::Failed("damaged".to_owned()),
        Error::TooLong(..) | Error::Invalid(..) | Error::NotSupportedByStore(_) => VaultError::Failed("not supported".to_owned()),
        Error::Ambiguous(_) => VaultError::Failed("ambiguous".to_owned()),
        _ => VaultError::Failed("unknown".to_owned()),
    }
}

impl Keyring for SystemKeyring {
    fn read(&mut self, name: &str) -> Result<Option<Secret>, VaultError> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Secret::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(&error)),
        }
    }
    fn write(&mut self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.entry(name)?.set_secret(secret).map_err(|e| told(&e))
    }
    fn delete(&mut self, name: &str) -> Result<(), VaultError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }
}
