//! A file as an answer: all of it or a part, to be saved and never to be shown as a page.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::file::Sha256;
use futures_util::TryStreamExt as _;

use super::{
    NotHeld,
    name::disposition,
    range::{Wanted, wanted},
};
use crate::{
    app::App,
    files::{FilesError, Holding},
    http::Fault,
    routes::{
        Endpoint,
        uploads::{FILES_UNAVAILABLE, files_fault},
    },
};

/// Why a file is not answered.
#[derive(Debug, thiserror::Error)]
pub(in crate::routes) enum ServeError {
    /// Whoever asks may see no record that holds it.
    #[error("no record that may be seen holds it")]
    NotFound,
    /// It was taken away.
    #[error("it was taken away")]
    Purged,
    /// It is not so long.
    #[error("a part that is not there")]
    NotThatPart(u64),
    /// The shelf.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for ServeError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Fault::not_found().into_response(),
            Self::Purged => purged().into_response(),
            Self::NotThatPart(size) => {
                let mut response = Fault::new(StatusCode::RANGE_NOT_SATISFIABLE, "range_not_satisfiable").into_response();
                set(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{size}"));
                response
            }
            Self::Files(error) => files_fault(&error).into_response(),
            Self::Store(error) => Fault::from(error).into_response(),
        }
    }
}

impl From<NotHeld> for ServeError {
    fn from(why: NotHeld) -> Self {
        match why {
            NotHeld::NotFound => Self::NotFound,
            NotHeld::Purged => Self::Purged,
            NotHeld::Store(error) => Self::Store(error),
        }
    }
}

/// What is said to whoever sees a version whose file was taken away: they know that it was there.
pub(super) fn purged() -> Fault {
    Fault::new(StatusCode::GONE, "purged")
}

/// What is said of every endpoint about a file that can be taken away.
pub(in crate::routes) fn can_be_purged(endpoint: Endpoint) -> Endpoint {
    endpoint.fault(410, "`purged`: it was taken away, long after its order.")
}

/// What is said of every endpoint that answers with a file.
pub(in crate::routes) fn described(endpoint: Endpoint) -> Endpoint {
    endpoint
        .header("Range", "One part: `bytes=0-99`.")
        .header("If-None-Match", "The `ETag` of what is there already.")
        .header("If-Range", "The `ETag` of what the part is to be a part of.")
        .answers_bytes(200, "All of it.")
        .answers_bytes(206, "The part that was asked for.")
        .answers_nothing(304, "It is what is there already.")
        .fault(416, "`range_not_satisfiable`: it is not as long.")
        .fault(503, FILES_UNAVAILABLE)
}

/// The bytes, to somebody who may read them.
pub(in crate::routes) async fn serve(app: &App, sha256: &Sha256, holding: &Holding, headers: &HeaderMap) -> Result<Response, ServeError> {
    let tag = format!("\"{sha256}\"");
    if names(headers, header::IF_NONE_MATCH, &tag) {
        return Ok(dressed(StatusCode::NOT_MODIFIED.into_response(), holding, &tag));
    }
    let size = app.shelf.size(sha256).await?.ok_or_else(|| FilesError::Missing(sha256.to_string()))?;
    // The part of another file is of no use.
    let part = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok()).filter(|_| part);
    let range = match wanted(range, size) {
        Wanted::All => None,
        Wanted::Part(range) => Some(range),
        Wanted::Nothing => return Err(ServeError::NotThatPart(size)),
    };
    let is_part = range.is_some();
    let found = app.shelf.get(sha256, range).await?;
    // Whoever reads sees the connection end before what was promised has come.
    let bytes = found.bytes.inspect_err(|error| tracing::error!(%error, "a file broke off"));
    let mut response = Body::from_stream(bytes).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(found.range.end - found.range.start));
    if is_part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let (first, last) = (found.range.start, found.range.end.saturating_sub(1));
        set(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes {first}-{last}/{size}"));
    }
    Ok(dressed(response, holding, &tag))
}

/// Whether one of the tags in this header is this one, or it is any.
pub(super) fn names(headers: &HeaderMap, header: HeaderName, tag: &str) -> bool {
    let all = headers.get_all(header).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    all.map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// What is said beside the bytes: what they are, as the bytes say and not as somebody declared, and that they are to be saved.
fn dressed(mut response: Response, holding: &Holding, tag: &str) -> Response {
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, holding.media_type.wire());
    set(headers, header::ACCEPT_RANGES, "bytes");
    guard(headers, tag, &disposition(&holding.name));
    response
}

/// What is said beside whatever comes from a file: that it is to be saved, and that it does nothing where it is shown all the same.
pub(super) fn guard(headers: &mut HeaderMap, tag: &str, disposition: &str) {
    set(headers, header::ETAG, tag);
    set(headers, header::CONTENT_DISPOSITION, disposition);
    // Whoever has it may keep it, and asks each time whether they still may see it.
    set(headers, header::CACHE_CONTROL, "private, no-cache");
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox");
}
