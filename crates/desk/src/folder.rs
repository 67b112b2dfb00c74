//! The desk's folder: its lock, what is known before anybody opens anything, and writing files so that a crash leaves the
//! old one or the new one. Nothing in it names a person.

use bridge::ServerInfo;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::{keys::SecretSource, parts::OpenError};

/// The account that was used last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    /// Its folder's name.
    pub(crate) folder: String,
    /// Where its secret comes from.
    pub(crate) source: SecretSource,
    /// The server's address, for a login while nothing can be opened.
    pub(crate) address: String,
}

/// What is known before anything is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    /// A random name of this folder: two folders on one computer have secrets of their own.
    pub(crate) install: String,
    /// The account that was used last.
    pub(crate) last: Option<Last>,
}

/// The desk's folder, locked for this program.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    known: Mutex<Known>,
    lock: Mutex<Option<File>>,
}

impl Known {
    /// Reads the file. What cannot be read counts as nothing, and so does an account whose folder is none of ours: its files are
    /// written, set aside and removed by that name.
    fn of(bytes: &[u8]) -> Self {
        let mut known: Self = serde_json::from_slice(bytes).unwrap_or_else(|_| {
            tracing::error!("desk.json cannot be read; the accounts of this folder must log in anew");
            Self::default()
        });
        known.last = known.last.filter(|last| last.folder.len() == 32 && last.folder.bytes().all(|b| b.is_ascii_hexdigit()));
        known
    }
}

const KNOWN: &str = "desk.json";
/// The folder of nobody: its name has the form of others, and it is never made.
const NOBODY: &str = "00000000000000000000000000000000";

impl Folder {
    /// Takes the folder, which is made where there is none. `install` names a new one.
    pub(crate) fn open(path: &Path, install: &str) -> Result<Self, OpenError> {
        make_private(path)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let mut known = match fs::read(path.join(KNOWN)) {
            Ok(bytes) => Known::of(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Known::default(),
            Err(error) => return Err(error.into()),
        };
        if known.install.is_empty() {
            install.clone_into(&mut known.install);
            write_json(&path.join(KNOWN), &known)?;
        }
        Ok(Self { path: path.to_owned(), known: Mutex::new(known), lock: Mutex::new(Some(lock)) })
    }
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
    /// What is known.
    pub(crate) fn known(&self) -> Known {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Notes which account is used.
    pub(crate) fn set_last(&self, last: Last) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.last = Some(last);
        write_json(&self.path.join(KNOWN), &*known)
    }
    /// Forgets the account that was used last; the server stays known, so that somebody can log in.
    pub(crate) fn forget_account(&self) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = &mut known.last {
            last.folder = NOBODY.to_owned();
        }
        write_json(&self.path.join(KNOWN), &*known)
    }
    /// Lets another program have it.
    pub(crate) fn release(&self) {
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Last {
    /// The server, as far as it is known without opening anything.
    pub(crate) fn server(&self) -> ServerInfo {
        ServerInfo { shown: crate::address::shown(&self.address), address: self.address.clone(), org_name: None, problem: None }
    }
}

/// Makes a folder that only its owner may read.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Writes a value as JSON, whole or not at all.
pub(crate) fn write_json<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    write_whole(path, &serde_json::to_vec_pretty(value)?)
}

/// Writes a file, whole or not at all: it is on the disk when this returns. Only its owner may read it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let begun = path.with_extension("begun");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&begun)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&begun, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hostile::{TEXTS, bytes_near};
    use proptest::prelude::*;

    fn last(folder: &str) -> Last {
        Last { folder: folder.into(), source: SecretSource::Keyring, address: "https://x.id".into() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// Whatever stands in `desk.json`, the folder opens, has a name, and names no account outside it.
        #[test]
        fn a_file_of_any_bytes_is_borne(bytes in bytes_near(vec![serde_json::to_vec_pretty(&Known { install: "a".into(), last: Some(last("0123456789abcdef0123456789abcdef")) }).unwrap()])) {
            let temp = tempfile::tempdir().unwrap();
            fs::write(temp.path().join(KNOWN), &bytes).unwrap();
            let known = Folder::open(temp.path(), "new").unwrap().known();
            prop_assert!(!known.install.is_empty());
            prop_assert!(known.last.is_none_or(|last| last.folder.bytes().all(|b| b.is_ascii_hexdigit())));
        }
    }

    #[test]
    fn an_account_outside_the_folder_is_none() {
        for name in TEXTS.iter().copied().chain(["..", ".", "a/b", "/etc", "0123456789abcdef0123456789abcdef.aside-1"]) {
            let temp = tempfile::tempdir().unwrap();
            let known = Known { install: "a".into(), last: Some(last(name)) };
            fs::write(temp.path().join(KNOWN), serde_json::to_vec(&known).unwrap()).unwrap();
            assert_eq!(Folder::open(temp.path(), "new").unwrap().known().last, None, "{name:?}");
        }
    }

    #[test]
    fn a_second_program_is_turned_away_until_the_first_lets_go() {
        let temp = tempfile::tempdir().unwrap();
        let first = Folder::open(temp.path(), "a").unwrap();
        assert!(matches!(Folder::open(temp.path(), "b"), Err(OpenError::InUse)));
        first.release();
        let second = Folder::open(temp.path(), "b").unwrap();
        assert_eq!(second.known().install, "a", "a folder keeps its name");
    }

    #[test]
    fn what_is_known_survives_and_damage_is_no_end() {
        let temp = tempfile::tempdir().unwrap();
        let last = last("00112233445566778899aabbccddeeff");
        let folder = Folder::open(temp.path(), "a").unwrap();
        folder.set_last(last.clone()).unwrap();
        drop(folder);
        let folder = Folder::open(temp.path(), "b").unwrap();
        assert_eq!(folder.known(), Known { install: "a".into(), last: Some(last) });
        drop(folder);
        fs::write(temp.path().join(KNOWN), b"{\"install\":").unwrap();
        assert_eq!(Folder::open(temp.path(), "c").unwrap().known().install, "c");
    }
}
