//! `HEAD /v1/uploads/{id}`

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};

use super::{ONE, RouteError, of_one, taken, tus};
use crate::{app::App, files::complete, http::Anyone, routes::Endpoint};

pub(super) fn endpoint() -> Endpoint {
    of_one(Endpoint::head(ONE, handler), "How far an upload is: `Upload-Offset`, `Upload-Length`, `Upload-Metadata`, `Upload-Expires`.")
        .answers_nothing(200, "So far; where nothing is missing, the file is there.")
        .fault(422, "The check that the file did not pass, once nothing was missing.")
}

/// Where all bytes are here and no file was made of them yet, it is made now: whoever asks must not take the one for the other.
async fn handler(State(app): State<App>, Anyone(who): Anyone, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, RouteError> {
    tus::speaks(&headers)?;
    let (upload, _turn) = taken(&app, &who, &id).await?;
    if upload.received == upload.size && upload.finished_at.is_none() {
        complete(&app, &who, &upload).await?;
    }
    let mut response = StatusCode::OK.into_response();
    tus::tell(response.headers_mut(), &upload);
    response.headers_mut().insert(tus::LENGTH, HeaderValue::from(upload.size));
    if let Ok(metadata) = HeaderValue::from_str(&upload.metadata) {
        response.headers_mut().insert(tus::METADATA, metadata);
    }
    Ok(response)
}
