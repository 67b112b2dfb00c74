//! `GET /v1/files/{sha256}`, small pictures of it, and how any endpoint answers with a file.

mod name;
mod preview;
mod range;
mod read;
pub(super) mod serve;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint(), preview::endpoint()]
}
