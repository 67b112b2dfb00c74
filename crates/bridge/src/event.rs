//! What the desk tells the window without being asked. Events say that something changed; the window reads it again.

use domain::{id::CommandId, record::RecordRef};
use serde::{Deserialize, Serialize};

use crate::{account::SessionState, preferences::Preferences, sync::SyncStatus};

/// The name of the one event channel.
pub const EVENT: &str = "meja";

/// Something happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// These records, or the lists they stand in, are shown otherwise now.
    Changed {
        /// Which, if they are few; all of them may have changed when it is empty.
        records: Vec<RecordRef>,
        /// The version of the lists.
        version: u64,
    },
    /// The outbox changed.
    Outbox {
        /// Which commands.
        commands: Vec<CommandId>,
    },
    /// The line, or a count in the status bar, changed.
    Status {
        /// How it stands now.
        status: SyncStatus,
    },
    /// Somebody logged in, was locked out, or was ended.
    Session {
        /// Who sits here now.
        session: SessionState,
    },
    /// Show this record: a notification or the tray was clicked.
    Open {
        /// Which.
        record: RecordRef,
    },
    /// Show this place: `inbox`, `outbox`, `settings`; or lay the palette above what is shown: `palette`.
    Go {
        /// Where.
        place: String,
    },
    /// Somebody wants to end the program while commands are unsent: ask them once, and answer with [`crate::Quit`].
    AskQuit {
        /// How many.
        unsent: u32,
    },
    /// The person's own settings changed.
    Preferences {
        /// What holds now.
        preferences: Preferences,
    },
}
