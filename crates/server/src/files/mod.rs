//! # Files
//!
//! The bytes that people put on the server: where they lie, how they arrive piece by piece, how a file becomes one, and who may
//! read it. That somebody has a file is a record like all others; here is only what stands beside it. Which files are taken, and
//! whether one is what it says, is said by `domain` and `inspect`; it must never be restated here.
//!
//! A file becomes one in four steps, each of which may be the last before a crash: all pieces are there; the bytes are what was
//! announced and pass the inspection; they are put away under their hash; one commit writes the record and ends the upload. Whoever
//! asks for the upload again takes up where it was left.
//!
//! How to add something that ties files to what others may see: a line in `holders`, for readers and for the sweep.

mod complete;
mod holders;
mod operations;
mod preview;
mod receive;
mod shelf;
mod turns;

pub use complete::{Incomplete, complete, forget, keep_known};
pub use holders::{Holding, held_by, is_held, was_purged};
pub use operations::{Advance, Begin, Behind, Drop, SweepFile, SweepUploads};
pub use preview::{NoPreview, preview};
pub use receive::{Arriving, Checksum, Received, Stopped, receive};
#[cfg(test)]
pub(crate) use shelf::tests::{On, Place};
pub use shelf::{FilesError, Found, Shelf};
pub use turns::{Turn, Turns};

use domain::time::DAY;

/// How long an upload can be gone on with, in milliseconds.
pub const KEPT: i64 = 7 * DAY;
/// The most files that a person has under way at once.
pub const MOST_UNDER_WAY: i64 = 20;
/// The most pieces of one file.
pub const MOST_PARTS: usize = 1_000;
