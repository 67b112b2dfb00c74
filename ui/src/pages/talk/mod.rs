//! The conversation about an order, as Pesanan desain and Obrolan have it: what was said, how far it was read, and the box to answer
//! in.

mod files;
mod look;
mod pane;
mod say;
mod state;

pub(crate) use pane::TalkPane;
pub(crate) use state::TalkState;

/// The id of the conversation on screen.
pub(crate) const TALK: &str = "talk";
/// The id of its messages.
pub(crate) const LOG: &str = "talk-log";
