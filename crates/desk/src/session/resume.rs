//! The start of the program: the session of the last time, if it was to be remembered.

use bridge::{DeskError, ErrorCode, VaultState};
use domain::records::Settings;
use std::sync::Arc;

use super::{
    Out, Passphrase, Phase,
    enter::{Begin, blocking},
    locked::{Locking, Shown},
    login::vault_state,
};
use crate::{
    account::{Account, Entry, Secret},
    desk::Desk,
    error::key_error,
    folder::Last,
    keys::{FileKeys, KeyError, KeyFile, SecretSource},
    ports::Ids,
    vault::VaultError,
};

/// How long to wait before a keyring that did not answer is asked again, in milliseconds.
const ASK_AGAIN: i64 = 10_000;

/// What a secret opens.
struct Opened {
    account: Account,
    /// Nothing when the mirror wants the account's password as well.
    keys: Option<FileKeys>,
    has_mirror: bool,
}

impl Desk {
    /// Opens what the last session left. The gate is held.
    pub(crate) async fn resume(&self) {
        let known = self.inner.folder.known().last;
        let out = Out { server: known.as_ref().map(Last::server), ..Out::default() };
        let named = known.map(|last| (Entry::named(self.inner.folder.path(), last.folder.clone(), last.source), last));
        let Some((entry, last)) = named.filter(|(entry, _)| entry.keys().is_some()) else {
            self.inner.go(Phase::Out(out)).await;
            return;
        };
        match (last.source, self.inner.parts.vault.read(&entry.name).await) {
            (SecretSource::Passphrase, answer) => {
                let vault = answer.map_or_else(|e| vault_state(&e), |_| VaultState::Ok);
                let waiting = Passphrase { vault, choose: false, entry, login: None };
                self.inner.go(Phase::Passphrase(waiting)).await;
            }
            (SecretSource::Keyring, Ok(Some(secret))) => self.resume_with(entry, secret, out).await,
            (SecretSource::Keyring, Ok(None)) => drop(self.inner.go(Phase::Out(out)).await),
            (SecretSource::Keyring, Err(error)) => {
                tracing::warn!(%error, "without the keyring nobody is let in by themselves");
                self.inner.go(Phase::Out(out)).await;
                if error == VaultError::Locked {
                    self.wait_for_keyring(last);
                }
            }
        }
    }
    async fn resume_with(&self, entry: Entry, secret: Secret, out: Out) {
        if let Err(error) = self.open_session(entry, secret).await {
            // Keys that open nothing are mended by logging in; a file of a newer program, or a full disk, is not.
            let lasts = matches!(error.code, ErrorCode::TooNew | ErrorCode::Disk);
            self.inner.go(if lasts { Phase::Failed(error) } else { Phase::Out(out) }).await;
        }
    }
    /// Goes as far as a secret alone leads.
    pub(super) async fn open_session(&self, entry: Entry, secret: Secret) -> Result<(), DeskError> {
        let (ids, folder, by) = (Arc::clone(&self.inner.parts.ids), entry.clone(), secret.clone());
        let opened = blocking(move || {
            let file = folder.keys().ok_or(KeyError::Unreadable)?;
            open(&folder, &file, &by, ids)
        });
        let Opened { account, keys, has_mirror } = opened.await?.map_err(|e| key_error(&e))?;
        let account = Arc::new(account);
        let paused = account.is_paused(self.inner.parts.clock.utc());
        if !has_mirror || account.pair().is_none() {
            let out = Out::of(&account);
            self.inner.go(if has_mirror { Phase::Out(out) } else { Phase::Revoked(out) }).await;
            return Ok(());
        }
        let Some(keys) = keys else {
            let who = account.who();
            let since = who.at_lock.map_or_else(|| self.inner.parts.clock.utc(), |then| then.since);
            let shown = Shown { session: who.info(&Settings::default()), since };
            return self.lock_up(Locking { entry, secret, account, shown, paused }).await;
        };
        self.go_on(entry, secret, keys, account, paused).await
    }
    /// Opens the files for a session of an earlier start, or from behind the lock.
    pub(super) async fn go_on(
        &self,
        entry: Entry,
        secret: Secret,
        keys: FileKeys,
        account: Arc<Account>,
        paused: bool,
    ) -> Result<(), DeskError> {
        let transport = self.inner.transport(&account.who().server)?;
        self.open_work(Begin { entry, secret, keys, account, transport, paused }).await.map(drop)
    }
    /// Asks a locked keyring again until it is opened, or somebody has logged in meanwhile.
    fn wait_for_keyring(&self, last: Last) {
        let (desk, clock) = (Arc::downgrade(&self.inner), Arc::clone(&self.inner.parts.clock));
        tokio::spawn(async move {
            loop {
                clock.sleep(ASK_AGAIN).await;
                let Some(inner) = desk.upgrade() else { return };
                if (Self { inner }).ask_keyring_again(&last).await {
                    return;
                }
            }
        });
    }
    /// Whether there is nothing more to wait for.
    async fn ask_keyring_again(&self, last: &Last) -> bool {
        let _gate = self.inner.gate.lock().await;
        if !matches!(*self.inner.phase.read().await, Phase::Out(_)) {
            return true;
        }
        match self.inner.parts.vault.read(&last.folder).await {
            Err(VaultError::Locked) => false,
            Ok(Some(secret)) => {
                let entry = Entry::named(self.inner.folder.path(), last.folder.clone(), last.source);
                self.resume_with(entry, secret, Out { server: Some(last.server()), ..Out::default() }).await;
                true
            }
            Ok(None) | Err(_) => true,
        }
    }
}

fn open(entry: &Entry, file: &KeyFile, secret: &[u8], ids: Arc<dyn Ids>) -> Result<Opened, KeyError> {
    let outbox = file.outbox(secret)?;
    let account = entry.account(&outbox, ids)?;
    let keys = match file.without_asking(secret) {
        Ok(keys) => Some(keys),
        Err(KeyError::PasswordNeeded) => None,
        Err(error) => return Err(error),
    };
    Ok(Opened { account, keys, has_mirror: file.has_mirror() })
}
