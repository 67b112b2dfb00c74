//! Opening the files by what a person types: the account's password, or a passphrase.

use bridge::{DeskError, ErrorCode, SessionState, Unlock};
use domain::{decision::Refusal, text::Invalid};
use std::sync::Arc;
use zeroize::Zeroizing;

use super::{Passphrase, Phase, enter::blocking, locked::Locking};
use crate::{
    account::{Account, Entry, Secret, Typed, Unsealed},
    desk::Desk,
    error::{io_error, key_error, refused, told},
    keys::KeyError,
};

/// The fewest characters of a passphrase: it alone guards the files. The window says so while it is typed.
const LEAST: usize = 12;

impl Desk {
    /// Opens the files by the account's password, or by a passphrase; the first time without a keyring it chooses that.
    ///
    /// # Errors
    /// `wrong_passphrase`; `too_many_tries` after five of them, with the seconds to wait; `refused` for a chosen one that is too
    /// short; `bad_call` when nothing waits to be opened.
    pub async fn unlock(&self, query: Unlock) -> Result<SessionState, DeskError> {
        let _gate = self.inner.gate.lock().await;
        let secret = Secret::new(query.secret.into_bytes());
        self.inner.tries().may_try(self.inner.parts.clock.mono())?;
        if matches!(*self.inner.phase.read().await, Phase::Locked(_)) {
            let opened = self.by_password(secret).await;
            self.inner.tries().tried(opened.as_ref().err().map(|error| error.code), self.inner.parts.clock.mono());
            opened?;
            return Ok(self.inner.phase.read().await.state());
        }
        let phase = std::mem::replace(&mut *self.inner.phase.write().await, Phase::Closed);
        let opened = match phase {
            Phase::Passphrase(waiting) => self.by_passphrase(waiting, secret).await,
            other => Err((other, told(ErrorCode::BadCall, "nothing to open"))),
        };
        let error = opened.as_ref().err().map(|(_, error)| error.code);
        self.inner.tries().tried(error, self.inner.parts.clock.mono());
        match opened {
            Ok(()) => Ok(self.inner.phase.read().await.state()),
            Err((phase, error)) => {
                *self.inner.phase.write().await = phase;
                Err(error)
            }
        }
    }
    async fn by_passphrase(&self, mut waiting: Passphrase, secret: Secret) -> Result<(), (Phase, DeskError)> {
        let letters = std::str::from_utf8(&secret).map_or(0, |text| text.chars().count());
        if waiting.choose && letters < LEAST {
            let refusal = Refusal::invalid("passphrase", Invalid::TooShort(LEAST));
            return Err((Phase::Passphrase(waiting), refused(&refusal)));
        }
        if let Some(file) = waiting.entry.keys() {
            let tried = secret.clone();
            if let Err(error) = blocking(move || file.outbox(&tried)).await.and_then(|key| key.map_err(|e| key_error(&e))) {
                return Err((Phase::Passphrase(waiting), error));
            }
        }
        let opened = match waiting.login.take() {
            Some(login) => self.enter(waiting.entry, secret, *login).await.map(drop),
            None => self.open_session(waiting.entry, secret).await,
        };
        // What fails now is no wrong passphrase: the files themselves cannot be opened.
        opened.map_err(|error| (Phase::Failed(error.clone()), error))
    }
    /// The outbox goes on sending while the password is looked at; it is closed only when both files can be opened.
    async fn by_password(&self, password: Secret) -> Result<(), DeskError> {
        let (entry, secret, account, shown) = self.behind_lock().await?;
        let Unsealed { keys, file, .. } = self.open_with(&entry, &secret, &account, password).await?;
        entry.write_keys(&file).map_err(|e| io_error(&e))?;
        let paused = self.inner.engine().await.is_some_and(|engine| engine.is_paused());
        self.close_work(Phase::Closed).await;
        let opened = self.go_on(entry.clone(), secret.clone(), keys, Arc::clone(&account), paused).await;
        if opened.is_err()
            && let Err(error) = self.lock_up(Locking { entry, secret, account, shown, paused }).await
        {
            tracing::error!(?error, "the outbox cannot be opened either");
        }
        opened
    }
    /// Both keys, by the account's password; and as they are wrapped while nobody has locked the desk.
    async fn open_with(&self, entry: &Entry, secret: &Secret, account: &Account, password: Secret) -> Result<Unsealed, DeskError> {
        let (entry, secret, ids) = (entry.clone(), secret.clone(), Arc::clone(&self.inner.parts.ids));
        let remembered = account.is_remembered();
        let opened = blocking(move || {
            entry.keys().ok_or(KeyError::Unreadable)?.with_password(&secret, &password)?;
            let text = std::str::from_utf8(&password).map_err(|_| KeyError::Wrong)?;
            entry.unseal(&secret, &Typed::new(Zeroizing::new(text.to_owned()), &*ids)?, remembered, &*ids)
        });
        opened.await?.map_err(|e| key_error(&e))
    }
}
