//! Design orders: the list, newest first whatever state they are in, and everything about one (R-072…R-076).
//!
//! The list has the order of an index of its own. Which states it shows is chosen among those that the tally knows, so that what a
//! state means is read where it was written ([`crate::columns::OrderPlace`]), and a whole list is counted without being read.

mod ask;
mod detail;
mod list;
mod places;

pub use ask::{OrderAsk, OrderCounts, OrderLine, OrderPage};
pub use detail::OrderWhole;
pub(in crate::queries) use list::is_ours;
