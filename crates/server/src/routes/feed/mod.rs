//! The feed of whoever asks.

pub(super) mod live;
mod page;
#[cfg(test)]
mod tests;
mod work;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::Endpoint;
use crate::{
    feed::{BadCursor, FeedError},
    http::Fault,
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![page::endpoint(), work::endpoint(), live::endpoint()]
}

/// The media type of pages.
const NDJSON: &str = "application/x-ndjson";
/// The media type of streams.
pub(super) const EVENTS: &str = "text/event-stream";

/// Why there is no page or no stream.
#[derive(Debug, thiserror::Error)]
pub(super) enum RouteError {
    /// The cursor cannot be read.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The query is not one.
    #[error("the query cannot be read")]
    Query,
    /// The feed.
    #[error(transparent)]
    Feed(#[from] FeedError),
}

impl From<store::StoreError> for RouteError {
    fn from(error: store::StoreError) -> Self {
        Self::Feed(error.into())
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Cursor(_) | Self::Query => Fault::malformed(),
            Self::Feed(FeedError::Reset) => Fault::new(StatusCode::GONE, "cursor_reset"),
            Self::Feed(FeedError::Store(error)) => error.into(),
        };
        fault.into_response()
    }
}
