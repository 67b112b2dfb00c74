//! Errors on the wire: RFC 9457 with a stable code (protocol.md, Common).

use serde::{Deserialize, Serialize};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldError {
    /// The field, by its path.
    pub field: String,
    /// The stable code.
    pub code: String,
    /// The same for people.
    pub message: String,
}

/// `application/problem+json`. Programs act on `code` alone; the rest is for people, and names nothing the asker may not see.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Problem {
    /// `about:blank`, or a page about the code.
    #[serde(rename = "type")]
    pub type_: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// What happened, for people.
    pub detail: String,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request, for whoever looks into the logs.
    pub request_id: String,
}
