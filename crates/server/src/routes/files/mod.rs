//! `GET /v1/files/{sha256}`, and how any endpoint answers with a file.

mod name;
mod range;
mod read;
pub(super) mod serve;

use super::Endpoint;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![read::endpoint()]
}
