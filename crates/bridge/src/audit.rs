//! Jejak audit: who did what. It stands on the server; the window shows what was loaded last while there is no line.

use domain::{
    id::UserId,
    record::RecordRef,
    time::{Day, UtcMillis},
    wire::AuditEntry,
};
use serde::{Deserialize, Serialize};

/// What is looked for. Days are the organisation's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// Only what was done with this record.
    pub record: Option<RecordRef>,
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only acts of this name, `area.verb`.
    pub act: Option<String>,
    /// From the beginning of this day on.
    pub from: Option<Day>,
    /// To the end of this day.
    pub until: Option<Day>,
}

/// A page of the audit, newest first. It asks the server: without a line it is `unreachable`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// What is looked for.
    pub filter: AuditFilter,
    /// Where the page before this one ended.
    pub after: Option<String>,
}

/// An act, with what this desk knows of the people and records in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditRow {
    /// The act.
    pub entry: AuditEntry,
    /// Who did it: by the name they had then, else by the one they have here; nothing where neither is known, or it was the server.
    pub actor: Option<String>,
    /// What it was about, in words, one for each change: a client's name. Empty where this desk does not know.
    pub about: Vec<String>,
}

/// A page of the audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditReply {
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// What to ask next with, if there is more.
    pub next: Option<String>,
    /// When the server was asked.
    pub at: UtcMillis,
}

/// Has the audit's chain proved by the server; the answer is what it came to. Only who reads all acts may: `refused` for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditCheck {}

/// Writes what is looked for to a file for spreadsheets, in the folder for downloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditExport {
    /// What is looked for.
    pub filter: AuditFilter,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Where it is.
    pub path: String,
    /// How many lines it has below its header.
    pub rows: u32,
    /// Whether there is more than a file holds: what is older is not in it.
    pub more: bool,
}
