//! A forgotten password, and another one in its place.

use bridge::{ChangePassword, DeskError, ErrorCode, Forgot, NewPassword, PasswordChanged};
use domain::{decision::Refusal, password::Password, wire::PasswordChange};
use std::{io, sync::Arc};
use sync::Fault;
use zeroize::Zeroizing;

use super::{Phase, enter::blocking};
use crate::{
    account::Typed,
    address,
    desk::Desk,
    error::{fault, key_error, refused, told, unanswered},
    keys::KeyError,
    work::Wrapping,
};

impl Desk {
    /// Asks for a mail with a code for a new password. The answer is the same whether the address is known.
    ///
    /// # Errors
    /// `unreachable`, `not_meja`, `too_many_tries`.
    pub async fn forgot(&self, query: Forgot) -> Result<(), DeskError> {
        let transport = self.inner.transport(&address::usable(&query.address)?)?;
        match transport.forgot(query.email.trim()).await {
            // A text that is no address has no account: that is not said either.
            Err(problem) if problem.status() == Some(422) => Ok(()),
            answer => answer.map_err(|e| fault(&e)),
        }
    }
    /// Sets a new password with the code from the mail.
    ///
    /// # Errors
    /// `bad_token`; `refused` for a password that cannot be set; as [`Self::forgot`].
    pub async fn new_password(&self, query: NewPassword) -> Result<(), DeskError> {
        if let Err(why) = Password::new(&query.password) {
            return Err(refused(&Refusal::invalid("new_password", why)));
        }
        let transport = self.inner.transport(&address::usable(&query.address)?)?;
        transport.reset_password(query.token.trim(), &query.password).await.map_err(|problem| match problem.status() {
            Some(400 | 401 | 404 | 422) => told(ErrorCode::BadToken, &problem.to_string()),
            _ => fault(&problem),
        })
    }
    /// Changes the account's password. The server judges it, and ends the person's other devices; then the mirror's key here is
    /// wrapped by the new one, so that it unlocks this desk, without a line too.
    ///
    /// # Errors
    /// `refused` for a password that cannot be set; `invalid_credentials`; `too_many_tries`; `unreachable`; `no_session`. In all of
    /// these nothing was changed, except that after `unreachable` nobody knows.
    pub async fn change_password(&self, query: ChangePassword) -> Result<PasswordChanged, DeskError> {
        let refuse = |why| refused(&Refusal::invalid("new", why));
        Password::new(&query.new).map_err(refuse)?;
        let (asking, wrapping) = {
            let work = self.inner.work().await?;
            (work.asking(), work.wrapping())
        };
        // The password is stretched while the server judges it.
        let (ids, new) = (Arc::clone(&self.inner.parts.ids), Zeroizing::new(query.new.clone()));
        let change = PasswordChange { current: query.current, new: query.new };
        let (changed, typed) = tokio::join!(asking.change_password(&change), blocking(move || Typed::new(new, &*ids)));
        changed.map_err(|fault| unchanged(&fault))?;
        let unlocks = match self.wrap_anew(wrapping, typed?.map_err(|e| key_error(&e))?).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, "the new password does not unlock this desk");
                false
            }
        };
        Ok(PasswordChanged { unlocks })
    }
    /// The gate is taken only now: whoever locks is not kept waiting by a server. What was locked meanwhile is wrapped anew all the
    /// same; what belongs to another session by now is left alone.
    async fn wrap_anew(&self, wrapping: Wrapping, typed: Typed) -> Result<(), io::Error> {
        let _gate = self.inner.gate.lock().await;
        let same = match &*self.inner.phase.read().await {
            Phase::Open(work) => Arc::ptr_eq(&work.account, &wrapping.account),
            Phase::Locked(locked) => Arc::ptr_eq(&locked.account, &wrapping.account),
            _ => false,
        };
        if !same {
            return Ok(());
        }
        let ids = Arc::clone(&self.inner.parts.ids);
        let written = blocking(move || {
            let Wrapping { entry, secret, keys, .. } = wrapping;
            let file = entry.reseal(&secret, &keys, &typed, &*ids).map_err(|error: KeyError| io::Error::other(error))?;
            entry.write_keys(&file)
        });
        written.await.map_err(io::Error::other)?
    }
}

/// Why the password is what it was.
fn unchanged(fault: &Fault) -> DeskError {
    match (fault.status(), fault.code()) {
        (Some(422), Some("invalid_credentials")) => told(ErrorCode::InvalidCredentials, &fault.to_string()),
        (Some(422), _) => refused_by_server(fault),
        _ => unanswered(fault),
    }
}

/// The server's rule for passwords is another one: a newer server.
fn refused_by_server(fault: &Fault) -> DeskError {
    let Fault::Problem { code, errors, .. } = fault else { return unanswered(fault) };
    let details = errors.first().map(|error| {
        let (field, invalid) = (Some(error.field.clone()), Some(error.code.clone()));
        Box::new(domain::decision::Details { field, invalid, ..domain::decision::Details::default() })
    });
    DeskError { refusal: Some(code.clone()), details, ..told(ErrorCode::Refused, &fault.to_string()) }
}
