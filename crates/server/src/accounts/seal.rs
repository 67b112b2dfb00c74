//! The key that seals secrets of second factors: in a file, never in the database or its backups. Who has the one without the
//! other has no code.

use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::{audit::Hash, id::UserId};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::totp::SECRET;
use crate::shell::Shell;

const KEY: usize = 32;
const NONCE: usize = 24;

/// Where the key lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
    /// Whether it is made when a secret has to be sealed and there is none.
    made: bool,
}

impl KeyFile {
    /// A file of the server's own: made on first use, for its owner alone.
    #[must_use]
    pub const fn own(path: PathBuf) -> Self {
        Self { path, made: true }
    }
    /// A file that somebody put there, 32 random bytes; it is never made.
    #[must_use]
    pub const fn named(path: PathBuf) -> Self {
        Self { path, made: false }
    }
}

/// Why nothing can be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// No key was given to this server.
    #[error("there is no key for second factors")]
    None,
    /// The file cannot be read or made.
    #[error("the key for second factors cannot be used: {0}")]
    File(#[from] io::Error),
    /// It was sealed with another key, or for somebody else.
    #[error("a second factor was sealed with another key")]
    Another,
}

/// The key, read from its file whenever it is needed: a file that was put back counts at once.
pub struct Seal {
    file: Option<KeyFile>,
    shell: Shell,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal { .. }")
    }
}

impl Seal {
    /// With the key of this file.
    #[must_use]
    pub const fn new(file: Option<KeyFile>, shell: Shell) -> Self {
        Self { file, shell }
    }
    /// Seals a secret of a person.
    ///
    /// # Errors
    /// [`SealError`].
    pub(super) fn seal(&self, user: UserId, secret: &[u8; SECRET]) -> Result<Vec<u8>, SealError> {
        let file = self.file.as_ref().ok_or(SealError::None)?;
        if file.made && !file.path.try_exists()? {
            make(&file.path, &self.shell.random())?;
        }
        let (key, nonce) = (self.key("meja second factor")?, self.shell.random::<NONCE>());
        let owner = user.uuid().into_bytes();
        let payload = Payload { msg: secret, aad: &owner };
        let sealed = XChaCha20Poly1305::new(&Key::from(key)).encrypt(&XNonce::from(nonce), payload);
        Ok([&nonce[..], &sealed.map_err(|_| SealError::Another)?].concat())
    }
    /// Opens what was sealed for this person.
    ///
    /// # Errors
    /// [`SealError`].
    pub(super) fn open(&self, user: UserId, sealed: &[u8]) -> Result<[u8; SECRET], SealError> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Another)?;
        let owner = user.uuid().into_bytes();
        let payload = Payload { msg: text, aad: &owner };
        let cipher = XChaCha20Poly1305::new(&Key::from(self.key("meja second factor")?));
        let secret = cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError::Another)?;
        secret.try_into().map_err(|_| SealError::Another)
    }
    /// What the database keeps of a recovery code: without the key it cannot even be guessed at.
    ///
    /// # Errors
    /// [`SealError`].
    pub(super) fn hash(&self, user: UserId, code: &str) -> Result<Hash, SealError> {
        let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.key("meja recovery code")?).map_err(|_| SealError::Another)?;
        Ok(mac.chain_update(user.uuid().as_bytes()).chain_update(code).finalize().into_bytes().into())
    }
    /// A key for one purpose.
    fn key(&self, purpose: &str) -> Result<[u8; KEY], SealError> {
        let file = self.file.as_ref().ok_or(SealError::None)?;
        let read = fs::read(&file.path)?;
        if read.len() != KEY {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not 32 bytes long").into());
        }
        let mut key = [0; KEY];
        let expanded = Hkdf::<Sha256>::new(None, &read).expand(purpose.as_bytes(), &mut key);
        expanded.map_err(|_| SealError::Another)?;
        Ok(key)
    }
}

/// Makes the file, for its owner alone. It gets its name when it is whole, and never takes that of one that is there: of two
/// programs that make one, the first counts.
fn make(path: &Path, key: &[u8; KEY]) -> io::Result<()> {
    let partial = path.with_extension("partial");
    let _ = fs::remove_file(&partial);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&partial)?;
    file.write_all(key)?;
    file.sync_all()?;
    let named = fs::hard_link(&partial, path);
    fs::remove_file(&partial)?;
    match named {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn user(n: u128) -> UserId {
        UserId::from_uuid(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_and_for_its_person_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let seal = Seal::new(Some(KeyFile::own(path.clone())), Shell::system());
        let sealed = seal.seal(user(1), &[7; SECRET]).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        assert_eq!(seal.open(user(1), &sealed).unwrap(), [7; SECRET]);
        assert!(matches!(seal.open(user(2), &sealed), Err(SealError::Another)));
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(matches!(seal.open(user(1), &bent), Err(SealError::Another)), "byte {at}");
            assert!(seal.open(user(1), &sealed[..at]).is_err(), "cut at {at}");
        }
        assert_ne!(seal.seal(user(1), &[7; SECRET]).unwrap(), sealed);
        assert_ne!(seal.hash(user(1), "x").unwrap(), seal.hash(user(2), "x").unwrap());
        fs::write(&path, [1; KEY]).unwrap();
        assert!(matches!(seal.open(user(1), &sealed), Err(SealError::Another)), "another key");
        fs::write(&path, [1; 31]).unwrap();
        assert!(matches!(seal.open(user(1), &sealed), Err(SealError::File(_))));
    }

    #[test]
    fn a_named_key_is_never_made_and_a_lost_one_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let named = Seal::new(Some(KeyFile::named(path.clone())), Shell::system());
        assert!(matches!(named.seal(user(1), &[7; SECRET]), Err(SealError::File(_))));
        assert!(!path.exists());
        let own = Seal::new(Some(KeyFile::own(path.clone())), Shell::system());
        assert!(own.open(user(1), &[0; 60]).is_err());
        assert!(!path.exists(), "opening makes no key");
        assert!(matches!(Seal::new(None, Shell::system()).seal(user(1), &[7; SECRET]), Err(SealError::None)));
    }
}
