//! What this desk keeps on this computer: its files, what is in them, whether they can be read, and how they are taken away.

use domain::time::UtcMillis;
use serde::{Deserialize, Serialize};

/// What is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalState {}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalFileKind {
    /// The copy of the server's records.
    Mirror,
    /// What was done here and is not acknowledged yet, and everything that was typed.
    Outbox,
    /// Copies of it, for the case that it is damaged.
    Copies,
    /// Files that could not be opened and were set aside.
    SetAside,
    /// The wrapped keys, and the sealed session.
    Keys,
    /// The program's log, which names nobody.
    Log,
}

/// The files of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalFiles {
    /// What they are for.
    pub kind: LocalFileKind,
    /// Their size together, in bytes.
    pub bytes: u64,
    /// When one of them was last written, by this computer's clock.
    pub changed_at: Option<UtcMillis>,
}

/// The records of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalKind {
    /// Its wire name.
    pub kind: String,
    /// How many.
    pub records: u64,
    /// When the newest one came or was answered; nothing for kinds that have no such moment.
    pub newest: Option<UtcMillis>,
}

/// What came of reading everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// When, by the server's clock.
    pub at: UtcMillis,
    /// Whether everything could be read. If not, the damaged file was set aside and is built again.
    pub whole: bool,
    /// Records that were read.
    pub records: u64,
    /// Commands that were read, finished ones included.
    pub commands: u64,
}

/// What is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalStateReply {
    /// The files, those that there are.
    pub files: Vec<LocalFiles>,
    /// The records, those kinds that there are.
    pub kinds: Vec<LocalKind>,
    /// The server's number up to which everything is here.
    pub position: Option<i64>,
    /// Whether history has been read to its beginning.
    pub complete: bool,
    /// When count and sum of everything were last found to be the server's.
    pub compared_at: Option<UtcMillis>,
    /// What came of the last reading of everything.
    pub checked: Option<Checked>,
}

/// Reads everything here, and asks the server whether it has the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckLocal {}

/// Writes out what is not acknowledged yet, and what needs a decision, in the folder for downloads; the answer is [`crate::Exported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxExport {}

/// Takes away everything of this account from this computer: keys first, then files. The device is logged out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wipe {
    /// How many commands the person was told would be lost. If there are more by now, nothing is done.
    pub told: u32,
}

/// Whether it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WipeReply {
    /// How many commands are lost, or would be.
    pub unsent: u32,
    /// Whether everything is gone now.
    pub done: bool,
}

/// Which parts this program is made from, and under which licences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licences {}

/// A part of the program that somebody else wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Its name in the registry.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Under which licence it is given, as an SPDX expression.
    pub licence: String,
}

/// Writes how this desk stands to a file for whoever helps, without anything personal; the answer is [`crate::Exported`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics {}
