//! Who acts: roles, persons, principals, and the rights of R-017.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

use crate::{
    id::{BadId, ClientId, DeviceId, UserId},
    name::PersonName,
    wire_enum::wire_enum,
};

wire_enum! {
    /// What a person is here for. A person may hold several; rights are the union.
    pub enum Role {
        /// Triages requests, verifies payments, approves payouts, sets settings.
        Admin = "admin",
        /// Handles design orders, talks with clients, enters requests for them.
        Cs = "cs",
        /// Gives consultations (praktisi, mentor).
        Expert = "expert",
        /// Asks for consultations and designs.
        Client = "client",
    }
}

impl Role {
    /// Whether people of this role sit at a desk.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        matches!(self, Self::Admin | Self::Cs | Self::Expert)
    }
}

/// A person as other records name them: enough to show who did something, also when their own record is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// Whose account it is.
    pub id: UserId,
    /// Their name when it was written down.
    pub name: PersonName,
}

/// Whoever gives a command: a person on a device, or the system itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: Person,
    /// What they are here for; the first one is what a screen shows.
    pub roles: Vec<Role>,
    /// The device they sit at, where it is known.
    pub device: Option<DeviceId>,
    /// The client they are, for people with the role `client`.
    pub client: Option<ClientId>,
    system: bool,
}

impl Actor {
    /// A person who has logged in.
    #[must_use]
    pub const fn person(person: Person, roles: Vec<Role>, device: Option<DeviceId>, client: Option<ClientId>) -> Self {
        Self { person, roles, device, client, system: false }
    }
    /// The system itself: jobs, the command line, and what happens before somebody has an account. Only it may give
    /// the commands that no role may (`account.register`, `user.add`, `client.erase`, …).
    #[must_use]
    pub fn system() -> Self {
        let id = UserId::from_uuid(uuid::Uuid::from_u128(0x7000_8000_0000_0000_0000));
        let person = Person { id, name: PersonName::of_program("Meja") };
        Self { person, roles: Vec::new(), device: None, client: None, system: true }
    }
    /// The system on behalf of somebody who has proved who they are: what only the server can look after (a password), under
    /// the name of whoever did it.
    #[must_use]
    pub const fn system_for(person: Person, device: Option<DeviceId>) -> Self {
        Self { person, roles: Vec::new(), device, client: None, system: true }
    }
    /// Whether this is the system.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        self.system
    }
    /// Whose account it is.
    #[must_use]
    pub const fn id(&self) -> UserId {
        self.person.id
    }
    /// Whether the person holds this role.
    #[must_use]
    pub fn is(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
    /// Whether the person holds one of these roles.
    #[must_use]
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.is(role))
    }
    /// Whether whoever acts is of those who answer clients and enter things for them: an admin, CS, or the system itself.
    #[must_use]
    pub fn is_office(&self) -> bool {
        self.is_system() || self.is_any(&[Role::Admin, Role::Cs])
    }
    /// Everything whose feed this person gets.
    #[must_use]
    pub fn principals(&self) -> Vec<Principal> {
        principals(self.id(), &self.roles)
    }
}

/// The principals of a person: their staff roles, and themselves.
#[must_use]
pub fn principals(user: UserId, roles: &[Role]) -> Vec<Principal> {
    let mut all: Vec<Principal> = roles.iter().filter(|r| r.is_staff()).cloned().map(Principal::Role).collect();
    all.push(Principal::User(user));
    all.sort();
    all.dedup();
    all
}

/// Somebody a record is addressed to: everybody of a role, or one person. Written `role:admin`, `user:<id>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// Everybody who holds this staff role.
    Role(Role),
    /// One person.
    User(UserId),
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => write!(f, "role:{role}"),
            Self::User(user) => write!(f, "user:{user}"),
        }
    }
}
impl FromStr for Principal {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once(':') {
            Some(("role", role)) => Ok(Self::Role(Role::of_wire(role))),
            Some(("user", user)) => user.parse().map(Self::User),
            _ => Err(BadId),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_staff_roles_and_oneself() {
        let id: UserId = "019abf6b-9d3c-7c11-8a52-0123456789ab".parse().unwrap();
        let all: Vec<String> = principals(id, &[Role::Cs, Role::Admin, Role::Client]).iter().map(ToString::to_string).collect();
        assert_eq!(all, ["role:admin", "role:cs", "user:019abf6b-9d3c-7c11-8a52-0123456789ab"]);
        assert!(all.iter().all(|p| p.parse::<Principal>().is_ok_and(|q| q.to_string() == *p)));
    }

    #[test]
    fn a_role_of_a_newer_program_is_kept_and_gives_no_rights() {
        let role: Role = serde_json::from_str("\"auditor\"").unwrap();
        assert_eq!(serde_json::to_string(&role).unwrap(), "\"auditor\"");
        assert!(!role.is_staff());
    }

    #[test]
    fn the_system_is_nobodys_account() {
        let system = Actor::system();
        assert!(system.is_system() && system.roles.is_empty());
        assert_eq!(system.id().uuid().get_version_num(), 7);
    }
}
