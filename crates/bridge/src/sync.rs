//! The state of the line, always on screen (ui.md, principle 4).

use domain::{quiet::Rest, status::Connection, time::UtcMillis};
use serde::{Deserialize, Serialize};

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {}

/// How it stands: derived from acknowledged sync, never from a socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncStatus {
    /// The line.
    pub connection: Connection,
    /// As of when everything shown is true: the last acknowledged sync, by the server's clock.
    pub as_of: Option<UtcMillis>,
    /// Since when it has not been.
    pub offline_since: Option<UtcMillis>,
    /// The server's clock as the desk estimates it.
    pub now: UtcMillis,
    /// Whether the copy here is whole, or history is still coming.
    pub complete: bool,
    /// Records held here.
    pub records: u64,
    /// Commands waiting or on their way.
    pub queued: u32,
    /// How much of the file whose bytes are being sent the server has, in percent.
    pub uploading: Option<u8>,
    /// Commands refused or blocked, to be decided.
    pub refused: u32,
    /// Commands in conflict, to be decided.
    pub conflicts: u32,
    /// Requests that wait, for the tray and the title.
    pub waiting: u32,
    /// Of these, past their deadline.
    pub late: u32,
    /// Of these, not looked at yet, and unread notifications.
    pub unread: u32,
    /// Until when a person has stopped sending and receiving, if they said so.
    pub paused_until: Option<UtcMillis>,
    /// Whether notifications are held back now.
    pub quiet: bool,
    /// Until when, where that ends.
    pub quiet_until: Option<UtcMillis>,
    /// Why nothing moves, where a person can do something: a code with words in the catalogue (`stuck-…`).
    pub stuck: Option<String>,
}

impl SyncStatus {
    /// How it stands while nobody is at work: nothing here, nothing to do.
    #[must_use]
    pub const fn idle(connection: Connection, now: UtcMillis) -> Self {
        Self {
            connection,
            as_of: None,
            offline_since: None,
            now,
            complete: false,
            records: 0,
            queued: 0,
            uploading: None,
            refused: 0,
            conflicts: 0,
            waiting: 0,
            late: 0,
            unread: 0,
            paused_until: None,
            quiet: false,
            quiet_until: None,
            stuck: None,
        }
    }
}

/// Send what waits and ask for what is new, at once: held commands too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncNow {}

/// Stops sending and receiving, or goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Stop, or go on.
    pub paused: bool,
    /// For how long, also over a restart; until somebody goes on or the program ends where nothing is said.
    #[serde(default)]
    pub rest: Option<Rest>,
}

/// The answer to [`crate::Event::AskQuit`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quit {
    /// End the program, or go on.
    pub quit: bool,
}
