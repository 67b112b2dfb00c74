//! Clients of the business.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ClientId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::{ColumnType, ColumnValue, column_types, record},
    time::{UtcMillis, Zone},
};

/// What a client agreed to when registering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Consent {
    /// The version of the text they read.
    pub version: String,
    /// When they agreed.
    pub at: UtcMillis,
}
column_types! { Json: Consent; }

/// A client whose record was found to be another's: what was known of them there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Former {
    /// The id they had; whoever still names it means the client it was merged into.
    pub id: ClientId,
    /// What they were called there.
    pub name: PersonName,
    /// Their telephone number there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Their address there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// When that record was made.
    pub created_at: UtcMillis,
    /// When it was merged.
    pub at: UtcMillis,
}

/// Those who were merged into a client, in the order in which they were. A client of one record says nothing of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Formers(pub Vec<Former>);

impl Formers {
    /// The most that one client has.
    pub const MOST: usize = 100;
}

impl ColumnValue for Formers {
    const TYPE: ColumnType = ColumnType::Json;
    const NULL: bool = true;
    fn is_null(&self) -> bool {
        self.0.is_empty()
    }
}

record! {
    /// A client, with an account of their own or entered by the staff.
    pub struct Client(Client) {
        /// Its id.
        pub id: ClientId,
        /// Their account, if they have one.
        pub user_id: Option<UserId>,
        /// What they are called.
        pub name: PersonName,
        /// Their telephone number.
        pub phone: Option<Phone>,
        /// Their address.
        pub email: Option<Email>,
        /// The zone they live in: times for them are shown in it.
        pub zone: Zone,
        /// What they agreed to, if they registered themselves.
        pub consent: Option<Consent>,
        /// When their data was erased at their wish.
        pub erased_at: Option<UtcMillis>,
        /// When the import that made it was taken back (`import.undo`): nobody sees it any more, and nothing new is tied to it.
        pub removed_at: Option<UtcMillis>,
        /// The client this record was merged into (`client.merge`): everything of theirs is there. What stands here is what was known, so
        /// that they are still found by it.
        pub merged_into: Option<ClientId>,
        /// Those who were merged into this client.
        #[serde(default)]
        pub formers: Formers,
        /// When the record was made.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}

impl Client {
    /// Since when somebody is a client: the first of their records counts.
    #[must_use]
    pub fn since(&self) -> UtcMillis {
        self.formers.0.iter().map(|it| it.created_at).fold(self.created_at, Ord::min)
    }
    /// What is kept of this record by the one it is merged into.
    #[must_use]
    pub(crate) fn former(&self, at: UtcMillis) -> Former {
        let Self { id, name, phone, email, created_at, .. } = self.clone();
        Former { id, name, phone, email, created_at, at }
    }
}
