//! Clients themselves: as they read and change what is known of them, and what the law gives them, as an admin asks for it
//! (docs/protocol.md, A client's own data; R-019).

use serde::{Deserialize, Serialize};

use crate::{
    id::ClientId,
    name::{Email, PersonName},
    phone::Phone,
    records::Client,
    rule::patch,
    time::{UtcMillis, Zone},
};

/// What is known of a client, as they read it themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiClient {
    /// The client; their account has an id of its own.
    pub id: ClientId,
    /// What they are called.
    pub name: PersonName,
    /// Their telephone number.
    pub phone: Option<Phone>,
    /// Where they are written to: at first the address they log in with, which stays what it is.
    pub email: Option<Email>,
    /// The zone they live in.
    pub zone: Zone,
    /// When they came.
    pub created_at: UtcMillis,
    /// When any of it last changed.
    pub updated_at: UtcMillis,
}

impl From<&Client> for ApiClient {
    fn from(it: &Client) -> Self {
        Self {
            id: it.id,
            name: it.name.clone(),
            phone: it.phone.clone(),
            email: it.email.clone(),
            zone: it.zone,
            created_at: it.created_at,
            updated_at: it.updated_at,
        }
    }
}

/// `POST /api/me`: what is left out stays, `null` clears. The zone is text as in [`RegisterRequest`](super::RegisterRequest).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientChange {
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their telephone number, in any writing.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub phone: Option<Option<String>>,
    /// Where they are written to.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub email: Option<Option<String>>,
    /// The zone they live in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Zone>"))]
    pub zone: Option<String>,
}

/// The body of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EraseClient {
    /// What the client is called, as whoever asks has typed it: what cannot be taken back is not done to somebody else.
    pub name: String,
}
