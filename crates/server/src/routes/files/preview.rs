//! `GET /v1/files/{sha256}/preview/{size}`

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::file::Sha256;
use picture::Size;
use serde_json::json;

use super::serve::{names, set};
use crate::{
    app::App,
    files::{NoPreview, held_by, preview},
    http::{Fault, Staff},
    routes::{Endpoint, Who, uploads::files_fault},
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("no record that may be seen holds it")]
    NotFound,
    #[error(transparent)]
    Preview(#[from] NoPreview),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => Fault::not_found().into_response(),
            Self::Preview(NoPreview::None(_)) => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "no_preview").into_response(),
            Self::Preview(NoPreview::Files(error)) => files_fault(&error).into_response(),
            Self::Store(error) => Fault::from(error).into_response(),
        }
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/files/{sha256}/preview/{size}", handler)
        .says(
            "files",
            "A small picture of a file, for whoever may see a record that holds it: upright, and with nothing of the file but its pixels.",
        )
        .by(Who::Staff)
        .path("sha256", "By what its bytes are known.", json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }))
        .path("size", "`thumb`: at most 160 pixels each way. `full`: at most 2048.", json!({ "enum": Size::ALL.map(Size::name) }))
        .header("If-None-Match", "The `ETag` of what is there already.")
        .answers_bytes(200, "A JPEG, or a PNG where something is seen through.")
        .answers_nothing(304, "It is what is there already.")
        .fault(404, "`not_found`: no record that you may see holds it, or there is no such size.")
        .fault(422, "`no_preview`: it is no image, or cannot be drawn.")
}

async fn handler(
    State(app): State<App>,
    Staff(who): Staff,
    Path((sha256, size)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let sha256: Sha256 = sha256.parse().map_err(|_| RouteError::NotFound)?;
    let size = Size::named(&size).ok_or(RouteError::NotFound)?;
    let mut now = app.store.read().await?;
    let holding = held_by(&mut *now, app.shell.now(), &who, &sha256).await?.ok_or(RouteError::NotFound)?;
    drop(now);
    let tag = format!("\"{sha256}-{}\"", size.name());
    let mut response = if names(&headers, header::IF_NONE_MATCH, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let made = preview(&app, &sha256, &holding.media_type, size).await?;
        let media_type = if made.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
        let mut response = Body::from(made).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        response
    };
    let headers = response.headers_mut();
    set(headers, header::ETAG, &tag);
    set(headers, header::CONTENT_DISPOSITION, "attachment");
    // Whoever has it may keep it, and asks each time whether they still may see it.
    set(headers, header::CACHE_CONTROL, "private, no-cache");
    set(headers, header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox");
    Ok(response)
}
