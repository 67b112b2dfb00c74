//! The folder of an account, before anything in it is opened.

use domain::id::UserId;
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

use super::Account;
use crate::{
    folder::{make_private, write_json},
    keys::{FileKey, FileKeys, KeyError, KeyFile, SecretSource, Stretched},
    ports::{Ids, random},
};

/// What everything is wrapped by: the keyring's secret, or a passphrase.
pub(crate) type Secret = Zeroizing<Vec<u8>>;

const ACCOUNTS: &str = "accounts";
const KEYS: &str = "keys.json";

/// The folder of an account. Its name tells nothing: it is a hash of server, account and where the secret comes from, salted
/// by the name of the desk's folder. Files under the keyring and files under a passphrase stand side by side, so that a
/// keyring that comes back finds what it wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The folder's name, and the name of its secret in the keyring.
    pub(crate) name: String,
    /// Where its secret comes from.
    pub(crate) source: SecretSource,
    path: PathBuf,
}

/// The files' keys, and what became of what was there.
pub(crate) struct Unsealed {
    /// The keys.
    pub(crate) keys: FileKeys,
    /// The key file as it is to be written.
    pub(crate) file: KeyFile,
    /// Whether the mirror that is there cannot be opened any more and begins anew.
    pub(crate) new_mirror: bool,
}

/// A password that somebody just typed.
#[derive(Clone)]
pub(crate) struct Typed {
    password: Zeroizing<String>,
    stretched: Stretched,
}

impl Typed {
    /// Takes over a password. Slow: it runs Argon2id.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] when Argon2id cannot run here.
    pub(crate) fn new(password: Zeroizing<String>, ids: &dyn Ids) -> Result<Self, KeyError> {
        let stretched = Stretched::of(password.as_bytes(), random(ids))?;
        Ok(Self { password, stretched })
    }
}

impl Entry {
    /// The folder for this account.
    pub(crate) fn of(data: &Path, install: &str, address: &str, user: UserId, source: SecretSource) -> Self {
        let kind = if source == SecretSource::Keyring { "keyring" } else { "passphrase" };
        let hash = Sha256::digest(format!("{install}\n{address}\n{user}\n{kind}").as_bytes());
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self::named(data, name, source)
    }
    /// The folder of this name.
    pub(crate) fn named(data: &Path, name: String, source: SecretSource) -> Self {
        Self { path: data.join(ACCOUNTS).join(&name), name, source }
    }
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
    /// Its wrapped keys; nothing where there are none that can be read.
    pub(crate) fn keys(&self) -> Option<KeyFile> {
        let file: KeyFile = fs::read(self.path.join(KEYS)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())?;
        (file.source == self.source).then_some(file)
    }
    /// Writes its wrapped keys.
    pub(crate) fn write_keys(&self, file: &KeyFile) -> io::Result<()> {
        make_private(&self.path)?;
        write_json(&self.path.join(KEYS), file)
    }
    /// Changes its wrapped keys on the disk. What cannot be written is told to the log alone: whoever locks is not kept waiting.
    pub(crate) fn rewrap(&self, change: impl FnOnce(&mut KeyFile)) {
        let Some(mut file) = self.keys() else { return };
        change(&mut file);
        if let Err(error) = self.write_keys(&file) {
            tracing::error!(kind = ?error.kind(), "keys.json cannot be written");
        }
    }
    /// Takes the wrapped keys away: without them nothing here can be read any more, whoever has the secret.
    pub(crate) fn remove_keys(&self) -> io::Result<()> {
        fs::remove_file(self.path.join(KEYS))
    }
    /// Takes the mirror's files away, whatever is left of them.
    pub(crate) fn remove_mirror(&self) {
        let Ok(files) = fs::read_dir(&self.path) else { return };
        for file in files.flatten().filter(|f| f.file_name().to_string_lossy().starts_with("mirror")) {
            if let Err(error) = fs::remove_file(file.path()) {
                tracing::error!(kind = ?error.kind(), "a mirror without a key cannot be removed");
            }
        }
    }
    /// Puts what nobody can open out of the way. It is kept: whoever finds its secret again finds its commands.
    pub(crate) fn set_aside(&self, mark: i64) -> io::Result<()> {
        tracing::error!("an account's files cannot be opened any more; they are set aside");
        fs::rename(&self.path, self.path.with_file_name(format!("{}.aside-{mark}", self.name)))
    }
    /// The keys for somebody who has just typed this password: those of the files that are there, or new ones. Slow where
    /// there are files: it runs Argon2id.
    ///
    /// # Errors
    /// [`KeyError::Wrong`] when the secret does not open what is there, [`KeyError::Unreadable`] when its keys are gone.
    pub(crate) fn unseal(&self, secret: &[u8], typed: &Typed, without_asking: bool, ids: &dyn Ids) -> Result<Unsealed, KeyError> {
        let fresh = || FileKey::new(random::<32>(ids));
        let earlier = self.keys();
        if earlier.is_none() && self.path.join("outbox.db").exists() {
            return Err(KeyError::Unreadable);
        }
        let outbox = earlier.as_ref().map(|file| file.outbox(secret)).transpose()?;
        let open = |file: &KeyFile| file.without_asking(secret).or_else(|_| file.with_password(secret, typed.password.as_bytes())).ok();
        let mirror = earlier.as_ref().and_then(open).map(|keys| keys.mirror);
        let new_mirror = mirror.is_none();
        let keys = FileKeys { outbox: outbox.unwrap_or_else(fresh), mirror: mirror.unwrap_or_else(fresh) };
        let nonces = [random(ids), random(ids), random(ids)];
        let file = KeyFile::seal(&keys, self.source, secret, &typed.stretched, without_asking, nonces)?;
        Ok(Unsealed { keys, file, new_mirror })
    }
    /// The keys of the files that are open, wrapped anew: the mirror opens by this password, and by the one before no longer.
    /// Whether anybody is asked stays as it is.
    ///
    /// # Errors
    /// [`KeyError::Unreadable`] where the key file or the mirror's key in it is gone.
    pub(crate) fn reseal(&self, secret: &[u8], keys: &FileKeys, typed: &Typed, ids: &dyn Ids) -> Result<KeyFile, KeyError> {
        let file = self.keys().filter(KeyFile::has_mirror).ok_or(KeyError::Unreadable)?;
        let nonces = [random(ids), random(ids), random(ids)];
        KeyFile::seal(keys, self.source, secret, &typed.stretched, file.opens_without_asking(), nonces)
    }
    /// The account in this folder.
    ///
    /// # Errors
    /// [`KeyError`].
    pub(crate) fn account(&self, outbox: &FileKey, ids: Arc<dyn Ids>) -> Result<Account, KeyError> {
        Account::open(&self.path, outbox, ids)
    }
}
