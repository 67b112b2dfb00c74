//! `GET /v1/files/{sha256}/preview/{size}`

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use picture::Size;
use serde_json::json;

use super::{
    NotHeld, held, of_file,
    serve::{guard, names, purged},
};
use crate::{
    app::App,
    files::{NoPreview, preview},
    http::{Anyone, Fault},
    routes::{
        Endpoint, Who,
        uploads::{FILES_UNAVAILABLE, files_fault},
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("there is no such size")]
    NoSize,
    #[error(transparent)]
    NotHeld(#[from] NotHeld),
    #[error(transparent)]
    Preview(#[from] NoPreview),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        match self {
            Self::NoSize | Self::NotHeld(NotHeld::NotFound) => Fault::not_found().into_response(),
            Self::NotHeld(NotHeld::Purged) => purged().into_response(),
            Self::Preview(NoPreview::None(_)) => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "no_preview").into_response(),
            Self::Preview(NoPreview::Files(error)) => files_fault(&error).into_response(),
            Self::NotHeld(NotHeld::Store(error)) => Fault::from(error).into_response(),
        }
    }
}

pub(super) fn endpoint() -> Endpoint {
    let endpoint = Endpoint::get("/v1/files/{sha256}/preview/{size}", handler)
        .says(
            "files",
            "A small picture of a file, for whoever may see a record that holds it: upright, and with nothing of the file but its pixels.",
        )
        .by(Who::Anyone);
    of_file(endpoint)
        .path("size", "`thumb`: at most 160 pixels each way. `full`: at most 2048.", json!({ "enum": Size::ALL.map(Size::name) }))
        .header("If-None-Match", "The `ETag` of what is there already.")
        .answers_bytes(200, "A JPEG, or a PNG where something is seen through.")
        .answers_nothing(304, "It is what is there already.")
        .fault(404, "`not_found`: no record that you may see holds it, or there is no such size.")
        .fault(422, "`no_preview`: it is no image, or cannot be drawn.")
        .fault(503, FILES_UNAVAILABLE)
}

async fn handler(
    State(app): State<App>,
    Anyone(who): Anyone,
    Path((sha256, size)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, RouteError> {
    let size = Size::named(&size).ok_or(RouteError::NoSize)?;
    let (sha256, holding) = held(&app, &who, &sha256).await?;
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
    guard(response.headers_mut(), &tag, "attachment");
    Ok(response)
}
