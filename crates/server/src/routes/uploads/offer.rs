//! `OPTIONS /v1/uploads`

use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use domain::file::FilePolicy;

use super::{PATH, tus};
use crate::routes::Endpoint;

pub(super) fn endpoint() -> Endpoint {
    Endpoint::options(PATH, handler)
        .says("files", "What of tus is spoken here: `Tus-Version`, `Tus-Extension`, `Tus-Max-Size`, `Tus-Checksum-Algorithm`.")
        .answers_nothing(204, "It stands in the headers.")
}

async fn handler() -> Response {
    let most = FilePolicy::KNOWN.iter().filter_map(FilePolicy::limits).map(|limits| limits.bytes).max().unwrap_or(0);
    let told = [
        (HeaderName::from_static("tus-version"), HeaderValue::from_static(tus::VERSION)),
        (HeaderName::from_static("tus-extension"), HeaderValue::from_static("creation,checksum,expiration,termination")),
        (HeaderName::from_static("tus-checksum-algorithm"), HeaderValue::from_static("sha1,sha256")),
        (HeaderName::from_static("tus-max-size"), HeaderValue::from(most)),
    ];
    (StatusCode::NO_CONTENT, told).into_response()
}
