//! Opening the files by what a person types: the account's password, or a passphrase.

use bridge::{DeskError, ErrorCode, SessionState, Unlock};
use domain::{decision::Refusal, text::Invalid};
use std::sync::Arc;
use zeroize::Zeroizing;

use super::{Locked, Passphrase, Phase, enter::blocking};
use crate::{
    account::{Secret, Typed, Unsealed},
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
    /// `wrong_passphrase`; `refused` for a chosen one that is too short; `bad_call` when nothing waits to be opened.
    pub async fn unlock(&self, query: Unlock) -> Result<SessionState, DeskError> {
        let _gate = self.inner.gate.lock().await;
        let secret = Secret::new(query.secret.into_bytes());
        let phase = std::mem::replace(&mut *self.inner.phase.write().await, Phase::Closed);
        let opened = match phase {
            Phase::Passphrase(waiting) => self.by_passphrase(waiting, secret).await,
            Phase::Locked(locked) => self.by_password(locked, secret).await,
            other => Err((other, told(ErrorCode::BadCall, "nothing to open"))),
        };
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
    async fn by_password(&self, locked: Box<Locked>, password: Secret) -> Result<(), (Phase, DeskError)> {
        let Some(token) = locked.account.token() else { return Err((Phase::Locked(locked), DeskError::new(ErrorCode::NoSession))) };
        let Unsealed { keys, file, .. } = match self.open_with(&locked, password).await {
            Ok(unsealed) => unsealed,
            Err(error) => return Err((Phase::Locked(locked), error)),
        };
        if let Err(error) = locked.entry.write_keys(&file) {
            return Err((Phase::Locked(locked), io_error(&error)));
        }
        let (entry, secret, account) = (locked.entry.clone(), locked.secret.clone(), Arc::clone(&locked.account));
        self.go_on(entry, secret, keys, account, token).await.map_err(|error| (Phase::Locked(locked), error))
    }
    /// Both keys, by the account's password; and as they are wrapped while nobody has locked the desk.
    async fn open_with(&self, locked: &Locked, password: Secret) -> Result<Unsealed, DeskError> {
        let (entry, secret, ids) = (locked.entry.clone(), locked.secret.clone(), Arc::clone(&self.inner.parts.ids));
        let remembered = locked.account.is_remembered();
        let opened = blocking(move || {
            entry.keys().ok_or(KeyError::Unreadable)?.with_password(&secret, &password)?;
            let text = std::str::from_utf8(&password).map_err(|_| KeyError::Wrong)?;
            entry.unseal(&secret, &Typed::new(Zeroizing::new(text.to_owned()), &*ids)?, remembered, &*ids)
        });
        opened.await?.map_err(|e| key_error(&e))
    }
}
