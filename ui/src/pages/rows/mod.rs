//! What every screen has that is a long list of records beside the one that is open: Antrean, Pesanan desain. The list is read in
//! windows, the cursor keeps to its record, nothing moves under it, and what came later waits to be let in.
//!
//! How to add one more: [`Listing`] for the list, [`Recorded`] for its rows, a [`ListState`] in the state of the page, and the
//! parts below around rows of its own.

mod acts;
mod batch;
mod bulk;
mod chosen;
mod detail;
mod explain;
mod hands;
mod listing;
mod more;
mod notes;
mod parts;
mod plain;
mod state;
mod window;

pub(crate) use acts::{Contact, channel_of, copy_number, done, reaches, why_refused};
pub(crate) use batch::Batch;
pub(crate) use bulk::{Part, name_some};
pub(crate) use detail::NotHere;
pub(crate) use explain::refusals;
pub(crate) use hands::{HandFacts, InHands};
pub(crate) use listing::{Answer, Listing, Load, Pane, Question, Recorded, keep_still};
pub(crate) use more::MoreActs;
pub(crate) use notes::Notes;
pub(crate) use parts::{ChosenFoot, ClientLine, Foot, FootAct, ListBody, MarkAt, NewRows, Pager, SearchRow};
pub(crate) use plain::{Placed, PlainRows};
pub(crate) use state::ListState;
pub(crate) use window::Loaded;
