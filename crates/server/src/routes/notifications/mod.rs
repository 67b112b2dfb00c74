//! A client's list of notifications.

mod list;
mod read;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![list::endpoint(), read::endpoint()]
}
