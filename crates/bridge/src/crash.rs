//! What is kept of a program that broke off, until its person has seen it.

use domain::time::UtcMillis;
use serde::{Deserialize, Serialize};

use crate::audit::Exported;

/// What is kept of the last program that broke off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// What is to become of it.
    pub how: CrashHow,
}

/// What is to become of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrashHow {
    /// It is looked at.
    Look,
    /// It is written to the downloads, and not offered again.
    Save,
    /// It is thrown away.
    Discard,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrashReply {
    /// The report, as long as it is offered.
    pub report: Option<CrashReport>,
    /// Where it was written.
    pub saved: Option<Exported>,
}

/// Where in the program it broke off: without names, folders, or what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrashReport {
    /// When.
    pub at: UtcMillis,
    /// All of it, as it would be written out.
    pub text: String,
}
