//! `GET /v1/files/{sha256}`

mod name;
mod range;
mod read;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint()]
}
