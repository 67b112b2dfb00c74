//! What desks and clients were promised, each in a log of its own: a line counts when it has reached the disk, and only then goes
//! whoever wrote it on. The checker believes these logs and the databases, and nobody else.

use domain::{file::Sha256, id::CommandId, status::CommandState};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::Done;

/// What happened at a desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AtDesk {
    /// Somebody presses: from here on the command may be in the outbox. The record it makes, as `kind/id`.
    Pressed { id: CommandId, makes: Option<String> },
    /// That command ties a file to an order, as this version, both as `kind/id`.
    Attached { id: CommandId, design: String, order: String, sha256: Sha256 },
    /// The desk took it.
    Taken { id: CommandId },
    /// The desk refused it.
    Refused { id: CommandId },
    /// Somebody takes it back.
    TakesBack { id: CommandId },
    /// It never happened.
    TakenBack { id: CommandId },
    /// Somebody decides about one that was not done.
    Decides { id: CommandId },
    /// Its end was shown.
    Ended { id: CommandId, state: CommandState },
    /// A notification of a record was shown.
    Told { key: String },
    /// What must not happen.
    Fault { why: String },
}

/// What happened to a client.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OfClient {
    /// They ask for a consultation, an order or a message, under a key that is also its topic, its description or its text.
    Asks { key: String },
    /// They were promised it.
    Promised { key: String, id: String },
    /// They were refused for good.
    Refused { key: String, code: String },
    /// They were told that it is called off.
    CalledOff { id: String },
}

/// What happened to whoever uploads by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OfCarrier {
    /// The server said that it has all of this file.
    Sent { sha256: Sha256 },
    /// What must not happen.
    Fault { why: String },
}

/// What a reader of the feed heard.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Heard {
    /// A record, as `kind/id`, or that it is gone (revision 0).
    Of { record: String, rev: i64, seq: i64 },
    /// A page ended here.
    Page { seq: i64 },
}

/// A log that is being written.
#[derive(Debug)]
pub(crate) struct Log(Mutex<File>);

impl Log {
    /// Goes on with a log, or begins one.
    pub(crate) fn open(path: &Path) -> Done<Self> {
        let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(|e| format!("{}: {e}", path.display()))?;
        // Whoever was killed in the middle of a line promised nothing with it.
        file.write_all(b"\n").map_err(|e| e.to_string())?;
        Ok(Self(Mutex::new(file)))
    }
    /// Writes a line, durably.
    pub(crate) fn write(&self, line: &impl Serialize) -> Done<()> {
        let mut text = serde_json::to_string(line).map_err(|e| e.to_string())?;
        text.push('\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).map_err(|e| e.to_string())
    }
}

/// Every line of a log.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Done<Vec<T>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}
