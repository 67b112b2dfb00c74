//! People who can log in.

use crate::{
    id::UserId,
    name::{Email, PersonName},
    record::{column_types, record},
    role::{Person, Role},
    time::UtcMillis,
    wire_enum::wire_enum,
};

wire_enum! {
    /// Whether an account may be used.
    pub enum UserStatus {
        /// It may.
        Active = "active",
        /// An admin closed it.
        Disabled = "disabled",
        /// Somebody was invited and has not set a password yet.
        Invited = "invited",
    }
}
column_types! { Text: UserStatus; }

record! {
    /// A person who can log in. Passwords and devices are not records: they never leave the server.
    pub struct User(User) {
        /// Its id.
        pub id: UserId,
        /// What they are called.
        pub name: PersonName,
        /// The address they log in with; one account per address.
        pub email: Email,
        /// What they are here for; the first one is what a screen shows.
        pub roles: Vec<Role>,
        /// Whether the account may be used.
        pub status: UserStatus,
        /// When it was made.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

impl User {
    /// The person, as other records name them.
    #[must_use]
    pub fn person(&self) -> Person {
        Person { id: self.id, name: self.name.clone() }
    }
    /// Whether the person was erased: the account stays, closed, and nobody's.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.email == Email::of_erased(self.id)
    }
    /// Whether work can be given to them: an active account of the staff.
    #[must_use]
    pub fn can_work(&self) -> bool {
        self.status == UserStatus::Active && self.roles.iter().any(Role::is_staff)
    }
}
