//! The keys of the desk's two files, and how they are wrapped (architecture.md, Keys).
//!
//! The outbox's key is wrapped by the vault's secret: after a start the desk sends what waits before anybody unlocks. The
//! mirror's key is wrapped by that secret *combined with* Argon2id of the account's password, so that an open keyring alone
//! never opens it; a person may choose to open without asking, and then it is also wrapped by the secret alone. Without a
//! keyring, Argon2id of a passphrase takes the secret's place.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A 256-bit key, wiped when it is dropped.
pub type FileKey = Zeroizing<[u8; 32]>;

/// What a vault's secret must have: 256 bits.
pub const SECRET_BYTES: usize = 32;

/// The keys of the two files.
#[derive(Clone)]
pub struct FileKeys {
    /// Of `outbox.db`.
    pub outbox: FileKey,
    /// Of `mirror.db`.
    pub mirror: FileKey,
}

impl std::fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKeys { .. }")
    }
}

/// Where the secret comes from that everything is wrapped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretSource {
    /// The operating system's keyring.
    Keyring,
    /// A passphrase, where there is no keyring.
    Passphrase,
}

/// A key under a wrap: 24 bytes of nonce, then the sealed bytes, in Base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wrapped(String);

/// What stands in `keys.json` beside the files: useless without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    /// The form of this file.
    pub v: u32,
    /// Where the secret comes from.
    pub source: SecretSource,
    /// The salt of every Argon2id here, in Base64.
    salt: String,
    outbox: Wrapped,
    mirror_by_password: Option<Wrapped>,
    mirror_without_asking: Option<Wrapped>,
}

/// Why keys cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The secret, password or passphrase is not the one they were wrapped by.
    #[error("wrong secret")]
    Wrong,
    /// The person chose to be asked: the secret alone does not open the mirror.
    #[error("the account's password is needed")]
    PasswordNeeded,
    /// The key file is damaged or of a newer program.
    #[error("the key file cannot be read")]
    Unreadable,
}

/// The form that this program writes.
const FORM: u32 = 1;

fn argon2id(secret: &[u8], salt: &[u8]) -> Result<FileKey, KeyError> {
    // OWASP's first recommendation for Argon2id (46 MiB, 1 pass), rounded up; an old laptop needs about 0.2 s for it.
    let params = Params::new(48 * 1024, 1, 1, Some(32)).map_err(|_| KeyError::Unreadable)?;
    let mut key = FileKey::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, &mut *key)
        .map_err(|_| KeyError::Unreadable)?;
    Ok(key)
}

/// A key for one purpose, from one or two secrets (HKDF-SHA-256).
fn derive(purpose: &str, secret: &[u8], more: &[u8]) -> FileKey {
    let joined: Zeroizing<Vec<u8>> = Zeroizing::new([secret, more].concat());
    let mut key = FileKey::default();
    // 32 bytes are always within what HKDF can give.
    let _ = Hkdf::<Sha256>::new(Some(b"meja keys 1"), &joined).expand(purpose.as_bytes(), &mut *key);
    key
}

fn wrap(by: &FileKey, purpose: &str, key: &FileKey, nonce: [u8; 24]) -> Result<Wrapped, KeyError> {
    let cipher = XChaCha20Poly1305::new(&Key::from(**by));
    let payload = Payload { msg: &**key, aad: purpose.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyError::Wrong)?;
    Ok(Wrapped(BASE64.encode([nonce.as_slice(), &sealed].concat())))
}

fn unwrap(by: &FileKey, purpose: &str, wrapped: &Wrapped) -> Result<FileKey, KeyError> {
    let bytes = BASE64.decode(&wrapped.0).map_err(|_| KeyError::Unreadable)?;
    let (nonce, sealed) = bytes.split_first_chunk::<24>().ok_or(KeyError::Unreadable)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(**by));
    let opened = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).map_err(|_| KeyError::Wrong)?;
    let opened = Zeroizing::new(opened);
    let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| KeyError::Unreadable)?;
    Ok(FileKey::new(bytes))
}

/// A nonce for each of the three wraps, at random.
pub type Nonces = [[u8; 24]; 3];

/// A password made slow to guess. It is made while the server still judges the login: afterwards nobody waits for it.
#[derive(Clone)]
pub struct Stretched {
    salt: [u8; 16],
    key: FileKey,
}

impl std::fmt::Debug for Stretched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stretched { .. }")
    }
}

impl Stretched {
    /// Stretches a password with a salt of its own, at random.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] when Argon2id cannot run here.
    pub fn of(password: &[u8], salt: [u8; 16]) -> Result<Self, KeyError> {
        Ok(Self { salt, key: argon2id(password, &salt)? })
    }
}

const OUTBOX: &str = "outbox";
const MIRROR: &str = "mirror by password";
const OPEN: &str = "mirror without asking";

impl KeyFile {
    /// Wraps the keys. `secret` is the vault's, or the passphrase; `password` is the account's; `without_asking` is the
    /// person's choice that the secret alone opens everything.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] when Argon2id cannot run here, [`KeyError::Wrong`] for a secret that is none.
    pub fn seal(
        keys: &FileKeys,
        source: SecretSource,
        secret: &[u8],
        password: &Stretched,
        without_asking: bool,
        [n1, n2, n3]: Nonces,
    ) -> Result<Self, KeyError> {
        let base = base(source, secret, &password.salt)?;
        let by_password = derive(MIRROR, &*base, &*password.key);
        let open = if without_asking { Some(wrap(&derive(OPEN, &*base, &[]), OPEN, &keys.mirror, n3)?) } else { None };
        Ok(Self {
            v: FORM,
            source,
            salt: BASE64.encode(password.salt),
            outbox: wrap(&derive(OUTBOX, &*base, &[]), OUTBOX, &keys.outbox, n1)?,
            mirror_by_password: Some(wrap(&by_password, MIRROR, &keys.mirror, n2)?),
            mirror_without_asking: open,
        })
    }
    /// Opens the outbox's key by the secret alone.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn outbox(&self, secret: &[u8]) -> Result<FileKey, KeyError> {
        unwrap(&derive(OUTBOX, &*self.base(secret)?, &[]), OUTBOX, &self.outbox)
    }
    /// Opens both keys by the secret alone, if the person chose so.
    ///
    /// # Errors
    /// [`KeyError::PasswordNeeded`] if not.
    pub fn without_asking(&self, secret: &[u8]) -> Result<FileKeys, KeyError> {
        let wrapped = self.mirror_without_asking.as_ref().ok_or(KeyError::PasswordNeeded)?;
        let mirror = unwrap(&derive(OPEN, &*self.base(secret)?, &[]), OPEN, wrapped)?;
        Ok(FileKeys { outbox: self.outbox(secret)?, mirror })
    }
    /// Opens both keys by the secret and the account's password.
    ///
    /// # Errors
    /// [`KeyError::Wrong`] for another password.
    pub fn with_password(&self, secret: &[u8], password: &[u8]) -> Result<FileKeys, KeyError> {
        let wrapped = self.mirror_by_password.as_ref().ok_or(KeyError::Wrong)?;
        let salt = self.salt()?;
        let by = derive(MIRROR, &*self.base(secret)?, &*argon2id(password, &salt)?);
        Ok(FileKeys { outbox: self.outbox(secret)?, mirror: unwrap(&by, MIRROR, wrapped)? })
    }
    /// Forgets the mirror's key for good: the device was ended. The outbox stays.
    pub fn destroy_mirror(&mut self) {
        self.mirror_by_password = None;
        self.mirror_without_asking = None;
    }
    /// From now on the mirror opens by the account's password only: the person logged out.
    pub fn ask_again(&mut self) {
        self.mirror_without_asking = None;
    }
    /// Whether a person chose that the secret alone opens everything.
    #[must_use]
    pub const fn opens_without_asking(&self) -> bool {
        self.mirror_without_asking.is_some()
    }
    /// Whether the mirror's key is still here.
    #[must_use]
    pub const fn has_mirror(&self) -> bool {
        self.mirror_by_password.is_some()
    }
    fn salt(&self) -> Result<Vec<u8>, KeyError> {
        let salt = BASE64.decode(&self.salt).map_err(|_| KeyError::Unreadable)?;
        if self.v == FORM && salt.len() >= 8 { Ok(salt) } else { Err(KeyError::Unreadable) }
    }
    fn base(&self, secret: &[u8]) -> Result<FileKey, KeyError> {
        base(self.source, secret, &self.salt()?)
    }
}

/// The key everything is derived from: the vault's secret as it is, or a passphrase made slow to guess.
fn base(source: SecretSource, secret: &[u8], salt: &[u8]) -> Result<FileKey, KeyError> {
    match source {
        SecretSource::Keyring => <[u8; SECRET_BYTES]>::try_from(secret).map(FileKey::new).map_err(|_| KeyError::Wrong),
        SecretSource::Passphrase => argon2id(secret, salt),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::near;
    use proptest::prelude::*;

    const NONCES: Nonces = [[1; 24], [2; 24], [3; 24]];

    fn keys() -> FileKeys {
        FileKeys { outbox: FileKey::new([5; 32]), mirror: FileKey::new([6; 32]) }
    }
    fn sealed(source: SecretSource, secret: &[u8], without_asking: bool) -> KeyFile {
        let password = Stretched::of(b"kata sandi", [7; 16]).unwrap();
        KeyFile::seal(&keys(), source, secret, &password, without_asking, NONCES).unwrap()
    }

    #[test]
    fn an_open_keyring_alone_opens_the_outbox_and_never_the_mirror() {
        let file = sealed(SecretSource::Keyring, &[9; 32], false);
        assert_eq!(file.outbox(&[9; 32]).unwrap(), keys().outbox);
        assert_eq!(file.without_asking(&[9; 32]).map(|_| ()), Err(KeyError::PasswordNeeded));
        assert_eq!(file.with_password(&[9; 32], b"kata sandi").unwrap().mirror, keys().mirror);
        assert_eq!(file.with_password(&[9; 32], b"lain").map(|_| ()), Err(KeyError::Wrong));
        assert_eq!(file.with_password(&[8; 32], b"kata sandi").map(|_| ()), Err(KeyError::Wrong), "nor the password alone");
    }

    #[test]
    fn a_person_may_choose_not_to_be_asked() {
        let file = sealed(SecretSource::Keyring, &[9; 32], true);
        assert_eq!(file.without_asking(&[9; 32]).unwrap().mirror, keys().mirror);
    }

    #[test]
    fn a_passphrase_stands_in_for_a_missing_keyring() {
        let file = sealed(SecretSource::Passphrase, b"frasa yang panjang", true);
        assert_eq!(file.outbox(b"frasa yang panjang").unwrap(), keys().outbox);
        assert_eq!(file.outbox(b"frasa lain").map(|_| ()), Err(KeyError::Wrong));
    }

    #[test]
    fn a_destroyed_mirror_cannot_be_opened_and_the_outbox_can() {
        let mut file = sealed(SecretSource::Keyring, &[9; 32], true);
        file.destroy_mirror();
        let file: KeyFile = serde_json::from_str(&serde_json::to_string(&file).unwrap()).unwrap();
        assert!(!file.has_mirror() && file.outbox(&[9; 32]).is_ok());
        assert!(file.without_asking(&[9; 32]).is_err() && file.with_password(&[9; 32], b"kata sandi").is_err());
    }

    #[test]
    fn the_file_says_nothing_and_a_damaged_one_is_refused() {
        let file = sealed(SecretSource::Keyring, &[9; 32], true);
        let text = serde_json::to_string(&file).unwrap();
        assert!(!text.contains(&BASE64.encode([5_u8; 32])) && !text.contains("kata"));
        let mut newer: KeyFile = serde_json::from_str(&text).unwrap();
        newer.v = 2;
        assert_eq!(newer.outbox(&[9; 32]).map(|_| ()), Err(KeyError::Unreadable));
        let swapped = KeyFile { outbox: file.mirror_without_asking.clone().unwrap(), ..file };
        assert_eq!(swapped.outbox(&[9; 32]).map(|_| ()), Err(KeyError::Wrong), "a wrap is good for its own purpose only");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// A key file with other values in it opens with the key that was wrapped, or not at all: never with another.
        #[test]
        fn a_changed_key_file_gives_no_other_key(value in near(vec![serde_json::to_value(sealed(SecretSource::Keyring, &[9; 32], true)).unwrap()])) {
            let Ok(file) = serde_json::from_value::<KeyFile>(value) else { return Ok(()) };
            prop_assert!(file.outbox(&[9; 32]).is_ok_and(|key| key == keys().outbox) || file.outbox(&[9; 32]).is_err());
            prop_assert!(file.without_asking(&[9; 32]).is_ok_and(|all| all.mirror == keys().mirror) || file.without_asking(&[9; 32]).is_err());
        }
    }
}
