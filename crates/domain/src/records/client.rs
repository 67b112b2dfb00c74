//! Clients of the business.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ClientId, UserId},
    name::{Email, PersonName},
    phone::Phone,
    record::{column_types, record},
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
        /// When the record was made.
        pub created_at: UtcMillis,
        /// When it last changed.
        pub updated_at: UtcMillis,
    }
}
