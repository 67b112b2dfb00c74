//! The versions of an order: what stands there, files on their way, pictures (R-077, R-078, M-07).
//!
//! No query takes a path. The shell asks the system for files, or is given them when they are let fall on the window; what the window
//! has of those is a handle, good for one use.

use domain::{
    decision::Details,
    id::{CommandId, DesignId, OrderId},
    records::Design,
    status::CommandState,
};
use serde::{Deserialize, Serialize};

use crate::inbox::Verdict;

/// The versions of an order, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designs {
    /// Which order.
    pub order: OrderId,
}

/// How the bytes of a version stand that this desk sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// It waits for its turn, or for the act to leave.
    Waiting,
    /// It is being sent.
    Sending,
    /// A person paused it.
    Paused,
    /// There is no line; it goes on by itself.
    Offline,
    /// The server did not take it; the act waits for a person in Antrean kirim.
    Refused,
}

/// A file on its way to the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// How it stands.
    pub state: TransferState,
    /// How many bytes the server has for certain.
    pub sent: u64,
    /// How many there are.
    pub size: u64,
    /// How many seconds are left, where it can be said.
    pub left: Option<u32>,
    /// Why the server did not take it: the name of the check, or a code of the protocol.
    pub refused: Option<String>,
}

/// How much of a file has come, in whole percent: 100 only where all of it is there.
#[must_use]
pub fn percent(done: u64, total: u64) -> u8 {
    let percent = done.min(total).saturating_mul(100).checked_div(total).unwrap_or(0);
    u8::try_from(percent).unwrap_or(100)
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignView {
    /// The version as it is shown.
    pub design: Design,
    /// Whether the state it is shown in is ours alone (a dashed edge).
    pub ours: bool,
    /// The most urgent state of a command about it; nothing when all is acknowledged.
    pub mark: Option<CommandState>,
    /// That command.
    pub command: Option<CommandId>,
    /// Whether it is the version that counts.
    pub current: bool,
    /// Whether a later one took its place.
    pub superseded: bool,
    /// What can be done: `design.submit`, `design.set_current`, `design.purge`.
    pub verdicts: Vec<Verdict>,
    /// Its bytes, while this desk sends them.
    pub transfer: Option<Transfer>,
    /// Whether its bytes are at this desk, so that it can be seen without a line.
    pub here: bool,
    /// Whether its file is here and stays, because the person keeps the order.
    pub kept: bool,
}

/// The versions of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignsReply {
    /// Newest first.
    pub versions: Vec<DesignView>,
    /// Whether a file can be added, and if not, why: `design.upload`. Nothing for whom no role ever may.
    pub upload: Option<Verdict>,
}

/// Asks for files with the system's own dialog, and makes each the next version of an order. An empty answer means that the person
/// chose none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickDesigns {
    /// The order.
    pub order: OrderId,
}

/// Makes the files that were let fall on the window ([`crate::Event::Dropped`]) the next versions of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropDesigns {
    /// The order.
    pub order: OrderId,
    /// The handle of that event.
    pub handle: u64,
}

/// Makes a pasted picture the next version of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteDesign {
    /// The order.
    pub order: OrderId,
    /// What it is called; where the clipboard does not say, the window makes a name with an ending.
    pub name: String,
    /// The bytes, in Base64 (RFC 4648, with padding).
    pub data: String,
}

/// What became of one file. It is in the outbox, bytes and act together, or nothing of it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attached {
    /// What the file is called.
    pub name: String,
    /// The version it became.
    pub design: Option<DesignId>,
    /// Why it became none: the name of a check of the inspector (words in `file-…`), `unreadable` where the file could not be read,
    /// or the code of a refusal by the rulebook (words in `refusal-…`).
    pub refused: Option<String>,
    /// What the rulebook says besides: who may, or which version stands in the way (`V2` of «Sama dengan V2, tidak diunggah lagi»).
    pub details: Option<Box<Details>>,
}

/// Pauses the sending of a version's bytes, or lets it go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseTransfer {
    /// The version.
    pub design: DesignId,
    /// Whether it shall rest.
    pub paused: bool,
}

/// Takes an upload back that the server has not answered: the act and its bytes go. What the rulebook had let follow on it goes to
/// a person, as with every act that is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelTransfer {
    /// The version.
    pub design: DesignId,
}

/// How large a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageSize {
    /// At most 160 × 160 pixels.
    Thumb,
    /// At most 2048 × 2048 pixels.
    Full,
}

/// A picture of a version, made anew from its pixels: without place, camera or anything else that stood in the file, and upright.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignImage {
    /// The version.
    pub design: DesignId,
    /// How large.
    pub size: ImageSize,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoImage {
    /// It is a PDF or an archive, of which none is made.
    NotAPicture,
    /// Its bytes are not at this desk, and there is no line to fetch them.
    Offline,
    /// Its bytes cannot be drawn.
    Damaged,
    /// Its file was taken away.
    Purged,
}

/// A picture, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DesignImageReply {
    /// The picture.
    Image {
        /// What the bytes are: `image/png` or `image/jpeg`.
        media_type: String,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// The bytes, in Base64.
        data: String,
    },
    /// There is none.
    None {
        /// Why.
        why: NoImage,
    },
}

/// One file in an archive, as the archive says; nothing is unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveEntry {
    /// Its name, with folders, made harmless.
    pub name: String,
    /// How many bytes it says it unpacks to.
    pub size: u64,
}

/// What a ZIP archive says it holds; empty for every other file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignContents {
    /// The version.
    pub design: DesignId,
}

/// Writes the original file to the folder of downloads, under the name of R-077.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDesign {
    /// The version.
    pub design: DesignId,
}

/// A file that was written to the folder of downloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Where it is.
    pub path: String,
}
