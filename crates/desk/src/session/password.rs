//! A forgotten password.

use bridge::{DeskError, ErrorCode, Forgot, NewPassword};
use domain::{decision::Refusal, password::Password};

use crate::{
    address,
    desk::Desk,
    error::{fault, refused, told},
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
}
