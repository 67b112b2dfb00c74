//! What a client and the staff say about an order, on the client's side.

mod list;
mod read;
mod send;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), send::endpoint(), read::endpoint()]
}
