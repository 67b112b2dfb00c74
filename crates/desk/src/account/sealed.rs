//! Whose account it is, and its tokens, in `account.sealed`: XChaCha20-Poly1305 under a key derived from the outbox's
//! key, which the keyring's secret wraps. So the token of a session is in the keyring's keeping, as its person was promised,
//! and is renewed every quarter of an hour without asking a keyring that may be locked by then: a renewed token that is not
//! kept would count as stolen at the next start, and end the device.

use async_trait::async_trait;
use bridge::{ServerInfo, SessionInfo};
use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::{
    id::DeviceId,
    records::Settings,
    role::{Actor, Person, Role},
    text::Label,
    time::UtcMillis,
};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use sync::Pair;

use crate::{
    folder::write_whole,
    keys::{FileKey, KeyError},
    ports::{Ids, random},
};

/// What the sealed file says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Who {
    /// The server.
    pub(crate) server: ServerInfo,
    /// The address they log in with.
    pub(crate) email: String,
    /// The account.
    pub(crate) person: Person,
    /// Their roles.
    pub(crate) roles: Vec<Role>,
    /// This device.
    pub(crate) device: DeviceId,
    /// What people call it.
    pub(crate) device_name: Option<Label>,
    /// The newest refresh token, where it is kept.
    pub(crate) refresh: Option<String>,
    /// The access token that came with it, and until when it holds by the server's clock.
    #[serde(default)]
    pub(crate) access: Option<(String, UtcMillis)>,
    /// Commands that wait to be sent, when the files were last closed.
    pub(crate) unsent: u32,
    /// What is added to this computer's clock to have the server's, in milliseconds.
    pub(crate) offset_ms: i64,
    /// The last acknowledged sync, by the server's clock.
    pub(crate) as_of: Option<UtcMillis>,
    /// How the desk stood when it was locked last.
    #[serde(default)]
    pub(crate) at_lock: Option<AtLock>,
    /// What came in quiet hours and is told of when they end.
    #[serde(default)]
    pub(crate) held: Vec<Held>,
    /// What waits in this person's hands or in nobody's, as of the lock and what came since: behind it no mirror is read.
    #[serde(default)]
    pub(crate) deadlines: Vec<Held>,
    /// Until when a person has stopped asking and sending, by the server's clock.
    #[serde(default)]
    pub(crate) paused_until: Option<UtcMillis>,
}

/// A notification that is held back, without anybody's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Held {
    /// The key of its notification: the record.
    pub(crate) key: String,
    /// The deadline of a request that waits; nothing for work that was handed over.
    pub(crate) due: Option<UtcMillis>,
}

/// How a desk stood when it was locked: counts, for as long as nobody can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AtLock {
    /// When that was, by the server's clock.
    pub(crate) since: UtcMillis,
    /// Requests that waited.
    pub(crate) waiting: u32,
    /// Of these, past their deadline.
    pub(crate) late: u32,
    /// What was not looked at.
    pub(crate) unread: u32,
}

impl fmt::Debug for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Who { .. }")
    }
}

impl Who {
    /// The person as the rulebook knows them.
    pub(crate) fn actor(&self) -> Actor {
        Actor::person(self.person.clone(), self.roles.clone(), Some(self.device), None)
    }
    /// The tokens that are kept.
    fn pair(&self) -> Option<Pair> {
        let access = self.access.clone();
        self.refresh.clone().map(|refresh| Pair { refresh, access })
    }
    /// Keeps these tokens, or none.
    fn keep(&mut self, pair: Option<&Pair>) {
        self.refresh = pair.map(|pair| pair.refresh.clone());
        self.access = pair.and_then(|pair| pair.access.clone());
    }
    /// The session as the window shows it.
    pub(crate) fn info(&self, settings: &Settings) -> SessionInfo {
        SessionInfo {
            user: self.person.id,
            name: self.person.name.to_string(),
            email: self.email.clone(),
            roles: self.roles.clone(),
            org_name: settings.org_name.clone(),
            zone: settings.zone,
            server: self.server.shown.clone(),
            device: self.device_name.clone(),
        }
    }
}

/// An account whose sealed file can be read and written.
pub(crate) struct Account {
    file: PathBuf,
    key: FileKey,
    ids: Arc<dyn Ids>,
    who: Mutex<Who>,
    /// The newest tokens of this session, kept or not.
    pair: Mutex<Option<Pair>>,
    /// Whether they are kept for the next start.
    remembered: bool,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account { .. }")
    }
}

const FILE: &str = "account.sealed";
const PURPOSE: &[u8] = b"account";

fn key_of(outbox: &FileKey) -> FileKey {
    let mut key = FileKey::default();
    // 32 bytes are always within what HKDF can give.
    let _ = Hkdf::<Sha256>::new(Some(b"meja keys 1"), &**outbox).expand(PURPOSE, &mut *key);
    key
}

impl Account {
    /// An account of somebody who has just logged in, written to its folder.
    pub(crate) fn create(
        folder: &Path,
        outbox: &FileKey,
        ids: Arc<dyn Ids>,
        mut who: Who,
        pair: Pair,
        remembered: bool,
    ) -> io::Result<Self> {
        who.keep(remembered.then_some(&pair));
        let (file, key) = (folder.join(FILE), key_of(outbox));
        let account = Self { file, key, ids, who: Mutex::new(who), pair: Mutex::new(Some(pair)), remembered };
        account.save()?;
        Ok(account)
    }
    /// The account in this folder.
    ///
    /// # Errors
    /// [`KeyError`] when there is none that this key opens.
    pub(crate) fn open(folder: &Path, outbox: &FileKey, ids: Arc<dyn Ids>) -> Result<Self, KeyError> {
        let (file, key) = (folder.join(FILE), key_of(outbox));
        let sealed = fs::read(&file).map_err(|_| KeyError::Unreadable)?;
        let (nonce, sealed) = sealed.split_first_chunk::<24>().ok_or(KeyError::Unreadable)?;
        let payload = Payload { msg: sealed, aad: PURPOSE };
        let plain = XChaCha20Poly1305::new(&Key::from(*key)).decrypt(&XNonce::from(*nonce), payload).map_err(|_| KeyError::Wrong)?;
        let who: Who = serde_json::from_slice(&plain).map_err(|_| KeyError::Unreadable)?;
        let pair = Mutex::new(who.pair());
        Ok(Self { file, key, ids, who: Mutex::new(who), pair, remembered: true })
    }
    /// What the file says.
    pub(crate) fn who(&self) -> Who {
        self.who.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Whether the session is there again at the next start.
    pub(crate) const fn is_remembered(&self) -> bool {
        self.remembered
    }
    /// The newest tokens of this session.
    pub(crate) fn pair(&self) -> Option<Pair> {
        self.pair.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Whether a person has stopped asking and sending for longer than until this moment of this computer's clock.
    pub(crate) fn is_paused(&self, here: UtcMillis) -> bool {
        let who = self.who();
        who.paused_until.is_some_and(|until| until > here.plus(who.offset_ms))
    }
    /// Changes what the file says. What cannot be written is told to the log alone: the session goes on.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Who)) {
        change(&mut self.who.lock().unwrap_or_else(PoisonError::into_inner));
        if let Err(error) = self.save() {
            tracing::error!(kind = ?error.kind(), "account.sealed cannot be written");
        }
    }
    /// The session is over: its tokens are forgotten, and so many commands wait.
    pub(crate) fn end(&self, unsent: u32) {
        self.pair.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.change(|who| {
            who.keep(None);
            (who.unsent, who.held, who.deadlines, who.paused_until) = (unsent, Vec::new(), Vec::new(), None);
        });
    }
    fn save(&self) -> io::Result<()> {
        // Held while writing, so that of two writers the later one's file stands.
        let who = self.who.lock().unwrap_or_else(PoisonError::into_inner);
        let plain = zeroize::Zeroizing::new(serde_json::to_vec(&*who)?);
        let nonce = random::<24>(&*self.ids);
        let payload = Payload { msg: &plain, aad: PURPOSE };
        let sealed = XChaCha20Poly1305::new(&Key::from(*self.key)).encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| io::Error::other("the cipher refused"))?;
        write_whole(&self.file, &[nonce.as_slice(), &sealed].concat())
    }
}

#[async_trait]
impl sync::TokenKeeper for Account {
    async fn keep(&self, pair: &Pair) {
        *self.pair.lock().unwrap_or_else(PoisonError::into_inner) = Some(pair.clone());
        if self.remembered {
            self.change(|who| who.keep(Some(pair)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::SystemIds;
    use domain::{id::UserId, name::PersonName};
    use hostile::bytes_near;
    use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
    use sync::TokenKeeper;

    fn who() -> Who {
        let at = UtcMillis::from_ms(1_795_568_400_123);
        Who {
            server: crate::address::read("meja.ruangkarsa.id"),
            email: "dewi@ruangkarsa.id".into(),
            person: Person { id: UserId::from_uuid(SystemIds.uuid(at)), name: PersonName::new("Dewi Lestari").unwrap() },
            roles: vec![Role::Admin],
            device: DeviceId::from_uuid(SystemIds.uuid(at)),
            device_name: None,
            refresh: None,
            access: None,
            unsent: 0,
            offset_ms: 0,
            as_of: None,
            at_lock: None,
            held: Vec::new(),
            deadlines: Vec::new(),
            paused_until: None,
        }
    }

    fn pair(n: i64) -> Pair {
        Pair { refresh: format!("token-{n}"), access: Some((format!("token-a{n}"), UtcMillis::from_ms(n))) }
    }

    #[tokio::test]
    async fn a_renewed_token_is_there_at_the_next_start_unless_it_is_not_to_be_remembered() {
        for remembered in [true, false] {
            let (temp, key) = (tempfile::tempdir().unwrap(), FileKey::new([4; 32]));
            let account = Account::create(temp.path(), &key, Arc::new(SystemIds), who(), pair(1), remembered).unwrap();
            account.keep(&pair(2)).await;
            assert_eq!(account.pair(), Some(pair(2)));
            let again = Account::open(temp.path(), &key, Arc::new(SystemIds)).unwrap();
            assert_eq!(again.pair(), remembered.then(|| pair(2)));
            assert_eq!(again.who().email, "dewi@ruangkarsa.id");
            let wrong = Account::open(temp.path(), &FileKey::new([5; 32]), Arc::new(SystemIds));
            assert_eq!(wrong.map(|_| ()).unwrap_err(), KeyError::Wrong);
            let bytes = fs::read(temp.path().join(FILE)).unwrap();
            let has = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
            assert!(!has("dewi") && !has("Lestari") && !has("token-"));
        }
    }

    #[test]
    fn a_changed_file_opens_for_nobody() {
        let (temp, key) = (tempfile::tempdir().unwrap(), FileKey::new([4; 32]));
        Account::create(temp.path(), &key, Arc::new(SystemIds), who(), pair(1), true).unwrap();
        let file = temp.path().join(FILE);
        let right = fs::read(&file).unwrap();
        let (strategy, mut runner) = (bytes_near(vec![right.clone()]), TestRunner::deterministic());
        for _ in 0..100 {
            let changed = strategy.new_tree(&mut runner).unwrap().current();
            fs::write(&file, &changed).unwrap();
            let opens = Account::open(temp.path(), &key, Arc::new(SystemIds)).is_ok();
            assert_eq!(opens, changed == right, "{} of {} bytes", changed.len(), right.len());
        }
    }
}
