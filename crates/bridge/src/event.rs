//! What the desk tells the window without being asked. Events say that something changed; the window reads it again.

use domain::{
    id::{CommandId, DesignId, MessageId, OrderId},
    record::RecordRef,
};
use serde::{Deserialize, Serialize};

use crate::{account::SessionState, designs::Transfer, kept::KeptFiles, preferences::Preferences, sync::SyncStatus};

/// The name of the one event channel.
pub const EVENT: &str = "meja";

/// Why a link from outside opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkProblem {
    /// It is no link of ours, or names a kind of record that this program does not know.
    Unreadable,
    /// No screen shows such a record by itself.
    NoScreen,
    /// The record is not on this computer: it is gone, never was this person's, or is not synced yet.
    NotHere,
}

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
    /// The bytes of a version moved, or stopped moving. At most four times a second for each.
    Transfer {
        /// Which.
        design: DesignId,
        /// How they stand; nothing when this desk does not send them any more.
        transfer: Option<Transfer>,
    },
    /// The bytes of a file of a message moved. At most four times a second for each.
    FileMoved {
        /// Of which message.
        message: MessageId,
        /// Its place among the files of the message, from 0.
        place: u32,
        /// How they stand.
        transfer: Transfer,
    },
    /// The files of a kept order are further, or are not kept any more.
    Kept {
        /// Which.
        order: OrderId,
        /// How far they are; nothing where they are not kept.
        kept: Option<KeptFiles>,
    },
    /// Files were let fall on the window, or wait above it to be let fall.
    Dropped {
        /// What they are called with in [`crate::DropDesigns`]; nothing while they are held above the window, or were taken away again.
        handle: Option<u64>,
        /// How many there are; 0 when they were taken away again.
        files: u32,
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
    /// Show this place: `inbox`, `orders`, `conversations`, `outbox`, `settings`; or lay the palette above what is shown: `palette`.
    Go {
        /// Where.
        place: String,
    },
    /// A link from outside opens nothing: say why.
    BadLink {
        /// Why.
        why: LinkProblem,
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
