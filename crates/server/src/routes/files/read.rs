//! `GET /v1/files/{sha256}`

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::file::Sha256;
use serde_json::json;

use super::{
    name::disposition,
    range::{Wanted, wanted},
};
use crate::{
    app::App,
    files::{FilesError, Holding, held_by},
    http::{Fault, Staff},
    routes::{Endpoint, Who, uploads::files_fault},
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("no record that may be seen holds it")]
    NotFound,
    #[error("a part that is not there")]
    NotThatPart(u64),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Fault::not_found().into_response(),
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

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/files/{sha256}", handler)
        .says("files", "A file, for whoever may see a record that holds it. It is to be saved, never to be shown as a page.")
        .by(Who::Staff)
        .path("sha256", "By what its bytes are known.", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
        .header("Range", "One part: `bytes=0-99`.")
        .header("If-None-Match", "The `ETag` of what is there already.")
        .header("If-Range", "The `ETag` of what the part is to be a part of.")
        .answers_bytes(200, "All of it.")
        .answers_bytes(206, "The part that was asked for.")
        .answers_nothing(304, "It is what is there already.")
        .fault(404, "`not_found`: no record that you may see holds it, or it is not there.")
        .fault(416, "`range_not_satisfiable`: it is not as long.")
}

async fn handler(
    State(app): State<App>,
    Staff(who): Staff,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let sha256: Sha256 = sha256.parse().map_err(|_| RouteError::NotFound)?;
    let mut now = app.store.read().await?;
    let holding = held_by(&mut *now, &who, &sha256).await?.ok_or(RouteError::NotFound)?;
    // Reading may take long, and a snapshot keeps others waiting.
    drop(now);
    let tag = format!("\"{sha256}\"");
    if names(&headers, header::IF_NONE_MATCH, &tag) {
        return Ok(dressed(StatusCode::NOT_MODIFIED.into_response(), &holding, &tag));
    }
    let size = app.shelf.size(&sha256).await?.ok_or_else(|| FilesError::Missing(sha256.to_string()))?;
    // The part of another file is of no use.
    let part = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok()).filter(|_| part);
    let range = match wanted(range, size) {
        Wanted::All => None,
        Wanted::Part(range) => Some(range),
        Wanted::Nothing => return Err(RouteError::NotThatPart(size)),
    };
    let is_part = range.is_some();
    let found = app.shelf.get(&sha256, range).await?;
    let mut response = Body::from_stream(found.bytes).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(found.range.end - found.range.start));
    if is_part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let (first, last) = (found.range.start, found.range.end.saturating_sub(1));
        set(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes {first}-{last}/{size}"));
    }
    Ok(dressed(response, &holding, &tag))
}

/// Whether one of the tags in this header is this one, or it is any.
pub(super) fn names(headers: &HeaderMap, header: HeaderName, tag: &str) -> bool {
    let all = headers.get_all(header).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    all.map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// What is said beside the bytes: what they are, as the bytes say and not as somebody declared, and that they are to be saved.
fn dressed(mut response: Response, holding: &Holding, tag: &str) -> Response {
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, holding.media_type.wire());
    set(headers, header::CONTENT_DISPOSITION, &disposition(&holding.name));
    set(headers, header::ETAG, tag);
    set(headers, header::ACCEPT_RANGES, "bytes");
    // Whoever has it may keep it, and asks each time whether they still may see it.
    set(headers, header::CACHE_CONTROL, "private, no-cache");
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox");
    response
}
