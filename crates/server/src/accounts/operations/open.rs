//! Logging in, after the password was found right.

use async_trait::async_trait;
use domain::{
    id::{DeviceId, UserId},
    records::UserStatus,
    text::Label,
};
use store::{AccountWrite, Device};

use super::{account, client_pair, desk_pair};
use crate::{
    accounts::{Session, Token},
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
#[derive(Debug)]
pub struct Open {
    user: UserId,
    /// The hash the password was checked against: if it is another one by now, the check says nothing.
    checked: Option<String>,
    device: Option<(Label, Label)>,
    opened: Option<Opened>,
}

impl Open {
    /// On a device of this name and system.
    #[must_use]
    pub const fn on_device(user: UserId, checked: Option<String>, name: Label, platform: Label) -> Self {
        Self { user, checked, device: Some((name, platform)), opened: None }
    }
    /// For a client.
    #[must_use]
    pub const fn for_client(user: UserId, checked: Option<String>) -> Self {
        Self { user, checked, device: None, opened: None }
    }
}

#[async_trait]
impl Operation for Open {
    type Answer = Option<Opened>;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        self.opened = None;
        let Some(account) = account(work, self.user).await? else { return Ok(()) };
        if account.user.status != UserStatus::Active || account.password_hash != self.checked {
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
        self.opened = Some(opened);
        Ok(())
    }
    fn answer(self) -> Option<Self::Answer> {
        Some(self.opened)
    }
}
