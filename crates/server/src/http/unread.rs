//! Bodies that were not read to their end. What is left of one is still on its way when the answer leaves, so the connection
//! cannot carry another request, and whoever asked is told so (RFC 9112, 9.3) instead of finding out with their next one.

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
    http::{HeaderMap, HeaderValue, Version, header},
};
use http_body::{Frame, SizeHint};
use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// Whether the body of a request was read, asked after it was answered.
#[derive(Debug)]
pub(super) struct Unread {
    ended: Arc<AtomicBool>,
    version: Version,
}

impl Unread {
    /// Watches how far a request's body is read.
    pub(super) fn watch(request: Request) -> (Request, Self) {
        let ended = Arc::new(AtomicBool::new(request.body().is_end_stream()));
        let unread = Self { ended: Arc::clone(&ended), version: request.version() };
        (request.map(|body| Body::new(Watched { body, ended })), unread)
    }
    /// Says in the answer that the connection ends, if something of the body is left. HTTP/2 has streams instead.
    pub(super) fn tell(&self, headers: &mut HeaderMap) {
        if self.version < Version::HTTP_2 && !self.ended.load(Ordering::Relaxed) {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

struct Watched {
    body: Body,
    ended: Arc<AtomicBool>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;
    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.ended.store(true, Ordering::Relaxed);
        }
        polled
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
