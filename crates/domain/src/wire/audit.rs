//! The audit on the wire (docs/protocol.md, Commands; ).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    id::{CommandId, DeviceId, UserId},
    record::RecordRef,
    time::UtcMillis,
};

/// A page of the audit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditPage {
    /// Newest first.
    pub items: Vec<AuditEntry>,
    /// What to ask next with, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEntry {
    /// Its place in the audit, from 1; 0 where a server does not say it.
    #[serde(default)]
    pub number: i64,
    /// The command.
    pub command: CommandId,
    /// When, by the server's clock.
    pub at: UtcMillis,
    /// Who.
    pub actor: AuditActor,
    /// On which device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// `area.verb`.
    pub act: String,
    /// What it changed.
    pub changes: Vec<AuditChange>,
    /// The link of the chain that holds it, from 1; 0 where a server does not say it.
    #[serde(default)]
    pub link: i64,
    /// What that link holds of it: SHA-256 in hexadecimal.
    #[serde(default)]
    pub hash: String,
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditActor {
    /// Their account.
    pub id: UserId,
    /// Their name as it was then; missing where it was erased, or nothing of the act may be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What an act changed in one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditChange {
    /// The record.
    pub record: RecordRef,
    /// The revision it got; 0 where the act was about the record and left it as it was.
    pub rev: i64,
    /// The fields as they were; missing for a new record, or where the asker may not see them, or where they were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Map<String, Value>>,
    /// The fields as they became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Map<String, Value>>,
    /// The reason that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether the values were erased at a client's wish.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

/// What a proof of the chain came to: everything up to a number holds, and beyond it either nothing stands or something was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditProof {
    /// When it was made, by the server's clock.
    pub at: UtcMillis,
    /// Whether the whole chain holds.
    pub holds: bool,
    /// The acts that were proved: all up to this number.
    pub until: i64,
    /// The links that were proved.
    pub links: i64,
    /// Values that are there, and match their hashes.
    pub values: i64,
    /// Values that were erased at a client's wish; their hashes still stand in the chain.
    pub erased: i64,
    /// Where it does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<AuditBreak>,
}

/// The first place that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditBreak {
    /// `gap` (a link is missing), `link` (one does not follow from what it stands on), `value` (a value is not the one that was
    /// written), `head` (the chain ends elsewhere than the database says), `unreadable` (a row does not decode).
    pub why: String,
    /// The link, from 1; missing where it cannot be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<i64>,
    /// The command whose value was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<CommandId>,
}
