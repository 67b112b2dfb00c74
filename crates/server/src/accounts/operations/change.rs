//! New passwords: changed by whoever knows the old one, or set with a token from a mail.

use async_trait::async_trait;
use domain::{
    audit::Hash,
    command::Command,
    commands::account::SetPassword,
    id::{CommandId, DeviceId},
    records::{User, UserStatus},
    role::{Actor, Person},
    wire::OutcomeStatus,
};
use store::AccountWrite;

use super::account;
use crate::{
    accounts::Session,
    writer::{AccountNews, Item, Operation, Work},
};

/// Puts into the audit, under the person's own name, what was done to their account; whether the rulebook takes it.
pub(super) async fn note(
    work: &mut Work,
    user: User,
    device: Option<DeviceId>,
    id: CommandId,
    command: impl Into<Command>,
) -> store::Result<bool> {
    let actor = Actor::system_for(Person { id: user.id, name: user.name }, device);
    let judged = work.judge(&actor, &Item::of(id, command)).await?;
    Ok(judged.outcome.status == OutcomeStatus::Applied)
}

/// Sets a new password and ends the person's other devices and sessions. The answer says whether the password that was
/// checked was still the one that held.
#[derive(Debug)]
pub struct ChangePassword {
    id: CommandId,
    session: Session,
    checked: Option<String>,
    new: String,
    changed: bool,
}

impl ChangePassword {
    /// In this session; `checked` is the hash that was checked, `new` the one that shall hold. `id` is a new one, for the audit.
    #[must_use]
    pub const fn new(id: CommandId, session: Session, checked: Option<String>, new: String) -> Self {
        Self { id, session, checked, new, changed: false }
    }
}

#[async_trait]
impl Operation for ChangePassword {
    type Answer = bool;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (user, at) = (self.session.user.id, work.now());
        self.changed = false;
        let Some(account) = account(work, user).await?.filter(|account| account.password_hash == self.checked) else { return Ok(()) };
        self.changed = note(work, account.user, self.session.device, self.id, SetPassword { id: user }).await?;
        if !self.changed {
            return Ok(());
        }
        let hash = self.new.clone();
        let end = AccountWrite::EndAll { user, except: self.session.device, except_pair: Some(self.session.pair), at };
        // What was mailed before does not undo what was chosen now.
        work.write_accounts(vec![AccountWrite::Password { user, hash }, AccountWrite::UseResets { user, at }, end]).await?;
        work.tell(AccountNews::User(user));
        Ok(())
    }
    fn answer(self) -> Option<bool> {
        Some(self.changed)
    }
}

/// Sets a new password with a token from a mail, and ends every device and session of the person; whoever was invited is at work
/// from then on. The answer says whether the
/// token counted.
#[derive(Debug)]
pub struct ResetPassword {
    id: CommandId,
    hash: Hash,
    new: String,
    done: bool,
}

impl ResetPassword {
    /// With the token of this hash; `new` is the hash of the password that shall hold. `id` is a new one, for the audit.
    #[must_use]
    pub const fn new(id: CommandId, hash: Hash, new: String) -> Self {
        Self { id, hash, new, done: false }
    }
}

#[async_trait]
impl Operation for ResetPassword {
    type Answer = bool;

    async fn run(&mut self, _part: usize, work: &mut Work) -> store::Result<()> {
        let (hash, at) = (self.hash, work.now());
        self.done = false;
        let Some(reset) = work.stored().reset(&hash).await? else { return Ok(()) };
        let user = reset.user;
        let open = account(work, user).await?.filter(|account| matches!(account.user.status, UserStatus::Active | UserStatus::Invited));
        let Some(account) = open.filter(|_| reset.used_at.is_none() && reset.until > at) else { return Ok(()) };
        if !note(work, account.user, None, self.id, SetPassword { id: user }).await? {
            return Ok(());
        }
        let writes = vec![
            AccountWrite::UseResets { user, at },
            AccountWrite::Password { user, hash: self.new.clone() },
            AccountWrite::EndAll { user, except: None, except_pair: None, at },
        ];
        work.write_accounts(writes).await?;
        work.tell(AccountNews::User(user));
        self.done = true;
        Ok(())
    }
    fn answer(self) -> Option<bool> {
        Some(self.done)
    }
}
