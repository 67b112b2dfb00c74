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
    feed::FeedError,
    http::{BadQuery, Fault},
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
    /// The query is not one.
    #[error(transparent)]
    Query(#[from] BadQuery),
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
            Self::Query(error) => error.into(),
            Self::Feed(FeedError::Reset) => Fault::new(StatusCode::GONE, "cursor_reset"),
            Self::Feed(FeedError::Store(error)) => error.into(),
        };
        fault.into_response()
    }
}
