//! What an admin does with colleagues' accounts beside their roles and their state: invitations, links, devices. Mail, tokens and
//! devices are the server's own; the rule says what shall become of them.

use serde::{Deserialize, Serialize};

use super::account::{address_is_free, email_key, gives_rights, staff_roles};
use crate::{
    command::Act,
    decision::{Beside, Changes, Code, Refusal, Stop},
    facts::Key,
    id::{DeviceId, UserId},
    name::{Email, PersonName},
    record::{Kind, RecordRef},
    records::{User, UserStatus},
    role::Role,
    rule::{Cx, create, field, key, writes},
};

/// `user.invite`: an account for a colleague, who sets their password with the link from a mail. Until then it opens nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Invite {
    /// The id of the new account.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// The address the mail goes to, and that they will log in with.
    pub email: String,
    /// What they are here for; the first one is what a screen shows.
    pub roles: Vec<Role>,
}

impl Act for Invite {
    const NAME: &'static str = "user.invite";
    const RULE: &'static str = "R-001, R-017";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn keys(&self) -> Vec<Key> {
        [key(Kind::User, self.id)].into_iter().chain(email_key(&self.email)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", PersonName::new(&self.name))?;
        let email = field("email", Email::new(&self.email))?;
        let roles = staff_roles(&self.roles)?;
        gives_rights(cx, self.id, false)?;
        cx.must_be_free(RecordRef::new(Kind::User, self.id))?;
        address_is_free(cx, &email)?;
        let user = User { id: self.id, name, email, roles, status: UserStatus::Invited, created_at: cx.now, updated_at: cx.now };
        Ok(Changes { beside: vec![Beside::MailToken(self.id)], ..writes(vec![create(user)]) })
    }
}

/// `user.send_link`: a mail with a link for a new password; whoever has not taken their invitation gets it once more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendLink {
    /// The account.
    pub id: UserId,
}

impl Act for SendLink {
    const NAME: &'static str = "user.send_link";
    const RULE: &'static str = "R-001, R-103";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        gives_rights(cx, self.id, false)?;
        let mut read = cx.read::<User>(self.id)?;
        if read.record.status == UserStatus::Disabled {
            return Err(Refusal::new(Code::AccountDisabled, "R-001").into());
        }
        read.record.updated_at = cx.now;
        Ok(Changes { beside: vec![Beside::MailToken(self.id)], ..writes(vec![read.write()]) })
    }
}

/// `device.revoke`: ends a device of a colleague, which destroys its copy as soon as it hears of it. One that has ended, or was
/// never theirs, is not logged in either.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RevokeDevice {
    /// Whose.
    pub user: UserId,
    /// Which.
    pub device: DeviceId,
}

impl Act for RevokeDevice {
    const NAME: &'static str = "device.revoke";
    const RULE: &'static str = "R-017, R-103";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.user))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        gives_rights(cx, self.user, false)?;
        let mut read = cx.read::<User>(self.user)?;
        read.record.updated_at = cx.now;
        Ok(Changes { beside: vec![Beside::EndDevice(self.user, self.device)], ..writes(vec![read.write()]) })
    }
}
