//! `GET /v1/files/{sha256}`, and small pictures of it

mod name;
mod preview;
mod range;
mod read;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint(), preview::endpoint()]
}
