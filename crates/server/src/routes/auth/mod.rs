//! Logging in, staying logged in, getting back in: the staff.

#[cfg(test)]
mod factor_tests;
mod forgot;
mod login;
mod logout;
pub(super) mod password;
mod refresh;
pub(super) mod reset;
mod second_factor;
#[cfg(test)]
mod tests;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use domain::{name::Email, password::Password, text::Invalid};
use std::{convert::Infallible, net::IpAddr, time::Duration};
use store::Account;

pub(super) use forgot::forgot;
pub(super) use logout::logout;
pub(super) use password::change_password;
pub(super) use reset::reset_password;

use super::Endpoint;
use crate::{
    accounts::{Busy, Counted, FactorError},
    app::App,
    http::{Fault, FieldFault, Peer, client_address},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    let all = vec![login::endpoint(), refresh::endpoint(), logout::endpoint(), password::endpoint(), forgot::endpoint(), reset::endpoint()];
    all.into_iter().chain(second_factor::endpoints()).collect()
}

/// From where somebody asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct From(pub(super) IpAddr);

impl FromRequestParts<App> for From {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().copied().unwrap_or_default();
        Ok(Self(client_address(peer.address, &parts.headers, &app.options.trusted_proxies)))
    }
}

/// Why nobody is let in.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotLetIn {
    /// Unknown address and wrong password are one answer.
    #[error("the address or the password is wrong")]
    Credentials,
    /// The second factor.
    #[error(transparent)]
    Factor(FactorError),
    /// Too many failures.
    #[error("too many failures")]
    TooMany(Duration),
    /// Too many passwords wait.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl std::convert::From<FactorError> for NotLetIn {
    fn from(error: FactorError) -> Self {
        if error == FactorError::Stale { Self::Credentials } else { Self::Factor(error) }
    }
}

impl std::convert::From<NotLetIn> for Fault {
    fn from(error: NotLetIn) -> Self {
        match error {
            NotLetIn::Credentials => Self::new(StatusCode::UNAUTHORIZED, "invalid_credentials"),
            NotLetIn::Factor(error) => second_factor::fault(error),
            NotLetIn::TooMany(wait) => Self::too_many(wait),
            NotLetIn::Busy(busy) => busy.into(),
            NotLetIn::Store(error) => error.into(),
        }
    }
}

/// The account of this address, if this is its password. Takes as long for one that does not exist.
pub(super) async fn check_password(app: &App, email: &str, password: &str, from: IpAddr) -> Result<Account, NotLetIn> {
    let counted = Counted::login(email, from);
    app.failures.check(&counted).map_err(NotLetIn::TooMany)?;
    let account = match Email::new(email) {
        Ok(email) => app.store.read().await?.account_by_email(&email).await?,
        Err(_) => None,
    };
    let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let right = app.passwords.matches(hash, password).await?;
    match account.filter(|_| right) {
        Some(account) => Ok(account),
        None => {
            app.failures.count(&counted);
            Err(NotLetIn::Credentials)
        }
    }
}

/// Checks a chosen password.
pub(super) fn chosen(field: &str, text: &str) -> Result<Password, Fault> {
    Password::new(text).map_err(|why: Invalid| Fault::invalid(vec![FieldFault::new(field, why)]))
}
