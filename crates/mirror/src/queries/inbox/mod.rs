//! Antrean, in which requests, orders and conversations wait beside each other, and the lists of answered requests.
//!
//! What waits comes earliest deadline first, ties longest waiting, whatever its kind ([`domain::waiting`]); answered requests newest
//! first. Both orders are those of an
//! index, so a part of a list costs what the part has, not what the list has.

mod ask;
mod counts;
mod due;
mod found;
mod list;
mod read;

pub use ask::{Counts, Groups, InboxAsk, InboxLine, InboxPage, View};
pub(crate) use counts::Counted;
