//! Clients: found by a part of what is known of them, listed in either order, and one of them with everything that is here of theirs
//! (issue 5, section 4; R-017).
//!
//! The list has orders that stand in no record ([`patron`](../../mirror/schema.sql) keeps them). What was done with one client is put
//! together when it is asked for: it is a handful of lines, found by indexes that orders, requests and notes have anyway.

mod ask;
mod find;
mod list;
mod tale;
mod whole;

pub use ask::{ClientAsk, ClientLine, ClientOrder, ClientPage, Tale, TaleAsk, TaleOf, TalePage};
pub use find::ClientHit;
pub use whole::ClientWhole;

use domain::id::ClientId;

/// An id as it stands in the tables.
fn blob(id: ClientId) -> Vec<u8> {
    id.uuid().as_bytes().to_vec()
}
