//! The lists and screens that are read from the files, an area each. They read list columns and bodies; what a record means
//! is `domain`'s affair, how it looks the window's.

mod clients;
mod detail;
mod inbox;
mod notes;
mod notifications;
mod outbox;
mod report;
mod staff;
mod titles;

pub use clients::ClientHit;
pub use detail::{Detail, NoteLine};
pub(crate) use inbox::Counted;
pub use inbox::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View};
pub use notes::NoteHit;
pub use notifications::NotificationPage;
pub use outbox::{OutboxLists, Tallies};
pub use report::{CountedFrom, CountedPage};

pub use crate::cabinet::Pending;
