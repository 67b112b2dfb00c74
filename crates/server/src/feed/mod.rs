//! # The feed
//!
//! Pages (work, upwards, downwards, waiting, checking), and the live streams of desks and clients (protocol.md, Feed). Everything
//! in one answer is of one snapshot; positions stand only where a commit ended (docs/sync.md, “A commit is whole”). It must
//! never decide who may know of what: rows are filed by the writer.

mod cursor;
mod event;
mod line;
mod page;
mod plan;
mod publisher;
mod ring;
mod stream;

pub use cursor::{BadCursor, Cursor, Place, Rights};
pub use page::{Bytes, Page};
pub use plan::{Ask, Plan, Reader};
pub use publisher::PublisherTask;
pub use ring::Ring;
pub use stream::{Audience, Begin, StoreHandle, Watcher, stream};

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The cursor belongs to another database, another history or other rights.
    #[error("the cursor belongs to another history or other rights")]
    Reset,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}
