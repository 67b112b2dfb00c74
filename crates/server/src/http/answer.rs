//! Answers that are no problems.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::Stream;
use serde::Serialize;

use super::{Fault, Internal};

/// A JSON body.
#[must_use]
pub fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response(),
        Err(_) => Fault::from(Internal("an answer that does not serialise")).into_response(),
    }
}

/// 204: it is done, and there is nothing to say.
#[must_use]
pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// 202: it was heard.
#[must_use]
pub fn accepted() -> Response {
    StatusCode::ACCEPTED.into_response()
}

/// A body that is sent as it is made.
#[must_use]
pub fn streamed<E>(media_type: &'static str, body: impl Stream<Item = Result<Bytes, E>> + Send + 'static) -> Response
where
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], Body::from_stream(body)).into_response()
}
