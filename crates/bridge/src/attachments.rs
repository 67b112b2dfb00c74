//! Files of messages: chosen, let fall or pasted, and sent with what is said. As with design versions no query takes a path: what is
//! chosen waits at the desk until it is sent, and the window has a number of it.

use domain::{
    file::MediaType,
    id::{DesignId, MessageId, OrderId},
};
use serde::{Deserialize, Serialize};

use crate::designs::{ImageSize, Transfer};

/// Asks for files with the system's own dialog, to be sent with a message. An empty answer means that the person chose none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickFiles {}

/// Takes the files that were let fall on the window ([`crate::Event::Dropped`]), to be sent with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropFiles {
    /// The handle of that event.
    pub handle: u64,
}

/// Takes a pasted file, to be sent with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteFile {
    /// What it is called; where the clipboard does not say, the window makes a name with an ending.
    pub name: String,
    /// The bytes, in Base64 (RFC 4648, with padding).
    pub data: String,
}

/// What became of one file. Nothing of it is kept anywhere but in the desk's memory until it is sent: a desk that is locked or ends
/// forgets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickedFile {
    /// What it is called.
    pub name: String,
    /// What it is called with in [`SentFile::Picked`]; nothing where it is not taken.
    pub file: Option<u64>,
    /// How many bytes it has.
    pub size: u64,
    /// What it is, where it was looked at.
    pub media_type: Option<MediaType>,
    /// Why it is not taken: the name of a check of the inspector (words in `file-…`), `unreadable` where it could not be read, or
    /// `too_many_files` where so many wait already.
    pub refused: Option<String>,
}

/// Forgets files that were chosen and shall not be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetFiles {
    /// Which.
    pub files: Vec<u64>,
}

/// A file that goes with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentFile {
    /// One that was chosen.
    Picked(u64),
    /// That of a version of the order, which need not be sent again.
    Version(DesignId),
}

/// Says something about an order, with files. Message and files are in the outbox together, or nothing is: then what was chosen still
/// waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// The order.
    pub order_id: OrderId,
    /// What is said; it may be nothing.
    pub text: String,
    /// The number of the last message that the person had before them.
    pub read: Option<i64>,
    /// The files, in their order.
    pub files: Vec<SentFile>,
}

/// How a file of a message stands here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FileView {
    /// Its bytes, while this desk sends them.
    pub transfer: Option<Transfer>,
    /// Whether it can be seen, or saved, without a line.
    pub here: bool,
}

/// A picture of a file of a message, made as those of versions are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileImage {
    /// The message.
    pub message: MessageId,
    /// Its place among the files of the message, from 0.
    pub place: u32,
    /// How large.
    pub size: ImageSize,
}

/// Writes a file of a message to the folder of downloads, under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveFile {
    /// The message.
    pub message: MessageId,
    /// Its place among the files of the message, from 0.
    pub place: u32,
}
