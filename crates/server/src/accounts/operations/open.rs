//! Logging in, after the password was found right.

use async_trait::async_trait;
use domain::{
    id::{DeviceId, UserId},
    records::UserStatus,
    text::Label,
};
use std::sync::Arc;
use store::{AccountWrite, Device};

use super::{FactorError, account, client_pair, desk_pair, factor::let_in};
use crate::{
    accounts::{Seal, Session, Token},
    writer::{Operation, Work},
};

/// A session that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The session.
    pub session: Session,
    /// Its access token.
    pub access: Token,
    /// Its refresh token; a client has none.
    pub refresh: Option<Token>,
}

/// Opens a session for a person whose password was right: on a desk a device is made, a client gets a token alone.
///
/// Where the account has a second factor, the code is checked and used up here, with the session.
pub struct Open {
    user: UserId,
    /// The hash the password was checked against: if it is another one by now, the check says nothing.
    checked: Option<String>,
    device: Option<(Label, Label)>,
    /// The code that came with the password, and what opens the factor it belongs to.
    code: Option<String>,
    seal: Arc<Seal>,
    opened: Result<Opened, FactorError>,
}

impl Open {
    /// On a device of this name and system.
    #[must_use]
    pub fn on_device(user: UserId, checked: Option<String>, (name, platform): (Label, Label), seal: &Arc<Seal>) -> Self {
        Self { device: Some((name, platform)), ..Self::for_client(user, checked, seal) }
    }
    /// For a client.
    #[must_use]
    pub fn for_client(user: UserId, checked: Option<String>, seal: &Arc<Seal>) -> Self {
        Self { user, checked, device: None, code: None, seal: Arc::clone(seal), opened: Err(FactorError::Stale) }
    }
    /// With this code.
    #[must_use]
    pub fn with_code(mut self, code: Option<String>) -> Self {
        self.code = code;
        self
    }
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Open { .. }")
    }
}

#[async_trait]
impl Operation for Open {
    type Answer = Result<Opened, FactorError>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        self.opened = Err(FactorError::Stale);
        let Some(account) = account(work, self.user).await? else { return Ok(()) };
        if account.user.status != UserStatus::Active || account.password_hash != self.checked {
            return Ok(());
        }
        if let Err(error) = let_in(work, &self.seal, self.user, self.code.as_deref()).await? {
            self.opened = Err(error);
            return Ok(());
        }
        let (now, shell) = (work.now(), work.shell().clone());
        let mut session = Session::new(shell.uuid_at(now), account, None, now);
        let opened = match &self.device {
            Some((name, platform)) => {
                let id = DeviceId::from_uuid(shell.uuid_at(now));
                let (name, platform) = (name.to_string(), platform.to_string());
                let device = Device { id, user: self.user, name, platform, created_at: now, last_seen_at: now, ended_at: None };
                let (pair, access, refresh) = desk_pair(&session, None, id, now, &shell);
                (session.device, session.until) = (Some(id), pair.access_until);
                work.write_accounts(vec![AccountWrite::Device(device), AccountWrite::Pair(pair)]).await?;
                Opened { session, access, refresh: Some(refresh) }
            }
            None => {
                let (pair, access) = client_pair(&session, now, &shell);
                session.until = pair.access_until;
                work.write_accounts(vec![AccountWrite::Pair(pair)]).await?;
                Opened { session, access, refresh: None }
            }
        };
        self.opened = Ok(opened);
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.opened)
    }
}
