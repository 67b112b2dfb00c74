//! Accounts, as records: what the system does with them on behalf of somebody who registers, or of whoever runs `meja-server
//! user …`, and what an admin may do as well. Passwords and devices are the server's own and stand beside them in the same
//! transaction.

use serde::{Deserialize, Serialize};

use crate::{
    command::Act,
    decision::{Beside, Changes, Code, Details, Refusal, Stop},
    facts::{Key, Lookup},
    id::{ClientId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::{Kind, RecordRef},
    records::{Client, Consent, Formers, User, UserStatus},
    role::Role,
    rule::{Cx, create, field, key, writes},
    status::{Transition, USER},
    text::Invalid,
    time::Zone,
};

/// Refuses an address that has an account.
pub(super) fn address_is_free(cx: &Cx<'_>, email: &Email) -> Result<(), Stop> {
    match cx.find::<User>(Lookup::UserByEmail(email.clone()))?.is_empty() {
        true => Ok(()),
        false => Err(Refusal::new(Code::EmailTaken, "R-008").into()),
    }
}

pub(super) fn email_key(text: &str) -> Option<Key> {
    Email::new(text).ok().map(|email| Key::Lookup(Lookup::UserByEmail(email)))
}

/// `account.register`: a client opens an account, and says whether they agree to the text on their data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Register {
    /// The id of the new account.
    pub id: UserId,
    /// The id of the new client.
    pub client_id: ClientId,
    /// What they are called.
    pub name: String,
    /// The address they will log in with.
    pub email: String,
    /// Their telephone number, in any writing.
    pub phone: String,
    /// The zone they live in; the organisation's when left out.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// The version of the text they agreed to.
    #[serde(default)]
    pub consent: Option<String>,
}

impl Act for Register {
    const NAME: &'static str = "account.register";
    const RULE: &'static str = "R-008, R-019";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::Client, self.client_id))
    }
    fn keys(&self) -> Vec<Key> {
        let fixed = [key(Kind::User, self.id), key(Kind::Client, self.client_id), Key::Lookup(Lookup::Settings)];
        fixed.into_iter().chain(email_key(&self.email)).collect()
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", PersonName::new(&self.name))?;
        let email = field("email", Email::new(&self.email))?;
        let phone = field("phone", Phone::new(&self.phone))?;
        address_is_free(cx, &email)?;
        cx.must_be_free(RecordRef::new(Kind::User, self.id))?;
        cx.must_be_free(RecordRef::new(Kind::Client, self.client_id))?;
        let zone = match self.zone {
            Some(zone) => zone,
            None => cx.settings()?.zone,
        };
        let user = User {
            id: self.id,
            name: name.clone(),
            email: email.clone(),
            roles: vec![Role::Client],
            status: UserStatus::Active,
            created_at: cx.now,
            updated_at: cx.now,
        };
        let client = Client {
            id: self.client_id,
            user_id: Some(self.id),
            name,
            phone: Some(phone),
            email: Some(email),
            zone,
            consent: self.consent.clone().map(|version| Consent { version, at: cx.now }),
            erased_at: None,
            removed_at: None,
            merged_into: None,
            formers: Formers::default(),
            created_at: cx.now,
            updated_at: cx.now,
        };
        Ok(writes(vec![create(user), create(client)]))
    }
}

/// Refuses roles that nobody here can hold: none, unknown ones, or a client among the staff.
pub(super) fn staff_roles(roles: &[Role]) -> Result<Vec<Role>, Stop> {
    if roles.is_empty() {
        return field("roles", Err(Invalid::Required));
    }
    if !roles.iter().all(Role::is_staff) {
        return field("roles", Err(Invalid::Unknown));
    }
    let mut kept: Vec<Role> = Vec::new();
    for role in roles {
        if !kept.contains(role) {
            kept.push(role.clone());
        }
    }
    Ok(kept)
}

/// Refuses whoever gives and takes rights without having them any more, and whoever would take them from themselves.
///
/// The rights that somebody asked with may be older than the facts: two admins who close each other's accounts at one moment are
/// judged one after the other. Whoever is judged second is no admin by then. So one who acts always stays, and there is an admin
/// whatever admins do.
pub(super) fn gives_rights(cx: &Cx<'_>, user: UserId, takes: bool) -> Result<(), Stop> {
    if cx.actor.is_system() {
        return Ok(());
    }
    let own = cx.read_any::<User>(cx.actor.id())?.record;
    if own.status != UserStatus::Active || !own.roles.contains(&Role::Admin) {
        let details = Details { roles: vec![Role::Admin], ..Details::default() };
        return Err(Refusal::with(Code::NotAllowed, "R-017", details).into());
    }
    match takes && user == cx.actor.id() {
        true => Err(Refusal::new(Code::OwnAccount, "R-017").into()),
        false => Ok(()),
    }
}

/// `user.add`: an account for somebody of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddUser {
    /// The id of the new account.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// The address they will log in with.
    pub email: String,
    /// What they are here for; the first one is what a screen shows.
    pub roles: Vec<Role>,
}

impl Act for AddUser {
    const NAME: &'static str = "user.add";
    const RULE: &'static str = "R-001";
    const ROLES: &'static [Role] = &[];

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
        address_is_free(cx, &email)?;
        cx.must_be_free(RecordRef::new(Kind::User, self.id))?;
        let user = User { id: self.id, name, email, roles, status: UserStatus::Active, created_at: cx.now, updated_at: cx.now };
        Ok(writes(vec![create(user)]))
    }
}

/// `user.edit`: another name, or other roles; the feed of somebody whose roles change begins anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditUser {
    /// The account.
    pub id: UserId,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What they are here for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
}

impl Act for EditUser {
    const NAME: &'static str = "user.edit";
    const RULE: &'static str = "R-001, R-017";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let name = field("name", self.name.as_deref().map(PersonName::new).transpose())?;
        let roles = self.roles.as_deref().map(staff_roles).transpose()?;
        gives_rights(cx, self.id, roles.as_ref().is_some_and(|roles| !roles.contains(&Role::Admin)))?;
        let mut read = cx.read::<User>(self.id)?;
        if roles.is_some() && read.record.roles.contains(&Role::Client) {
            return Err(Refusal::new(Code::CannotWork, "R-001").into());
        }
        read.record.name = name.unwrap_or(read.record.name);
        read.record.roles = roles.unwrap_or(read.record.roles);
        read.record.updated_at = cx.now;
        Ok(writes(vec![read.write()]))
    }
}

/// `user.set_status`: closes an account, which ends its devices, or opens it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetStatus {
    /// The account.
    pub id: UserId,
    /// Whether it may be used from now on.
    pub status: UserStatus,
}

impl Act for SetStatus {
    const NAME: &'static str = "user.set_status";
    const RULE: &'static str = "R-001";
    const ROLES: &'static [Role] = &[Role::Admin];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        if !matches!(self.status, UserStatus::Active | UserStatus::Disabled) {
            return field("status", Err(Invalid::Unknown));
        }
        gives_rights(cx, self.id, self.status == UserStatus::Disabled)?;
        let mut read = cx.read::<User>(self.id)?;
        if read.record.status == self.status {
            return Ok(Changes::default());
        }
        let moves = |t: &Transition<UserStatus>| t.act == Self::NAME && t.from == read.record.status && t.to == self.status;
        if !USER.iter().any(moves) {
            return Err(Refusal::new(Code::NotJoined, "R-001").into());
        }
        read.record.status = self.status.clone();
        read.record.updated_at = cx.now;
        let closed = self.status == UserStatus::Disabled;
        let beside = if closed { vec![Beside::EndSessions(self.id)] } else { Vec::new() };
        Ok(Changes { beside, ..writes(vec![read.write()]) })
    }
}

/// `user.set_password`: somebody has another password. The password itself never stands in a command: the server writes its hash
/// and ends devices in the same transaction. The audit says who did it: the person, or the system for whoever runs the server.
/// Whoever was invited is at work from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetPassword {
    /// The account.
    pub id: UserId,
}

impl Act for SetPassword {
    const NAME: &'static str = "user.set_password";
    const RULE: &'static str = "R-001, R-103";
    const ROLES: &'static [Role] = &[];

    fn subject(&self) -> Option<RecordRef> {
        Some(RecordRef::new(Kind::User, self.id))
    }
    fn decide(&self, cx: &Cx<'_>) -> Result<Changes, Stop> {
        let mut read = cx.read::<User>(self.id)?;
        if let Some(joins) = USER.iter().find(|t| t.act == Self::NAME && t.from == read.record.status) {
            read.record.status = joins.to.clone();
        }
        read.record.updated_at = cx.now;
        Ok(writes(vec![read.write()]))
    }
}
