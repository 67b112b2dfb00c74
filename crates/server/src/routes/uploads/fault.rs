//! What goes wrong with uploads.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use inspect::{Check, Refused};
use std::time::Duration;

use super::tus;
use crate::{
    files::{FilesError, Incomplete, Stopped},
    http::{Fault, Internal},
    writer::WriteError,
};

/// How long whoever has too many uploads under way is asked to wait.
const LATER: Duration = Duration::from_secs(60);

#[derive(Debug, thiserror::Error)]
pub(super) enum RouteError {
    #[error("not yours, or not there")]
    NotFound,
    #[error("it has expired")]
    Expired,
    #[error("another version of tus")]
    Version,
    #[error("another media type")]
    MediaType,
    #[error("it stands elsewhere")]
    Elsewhere(i64),
    #[error("too many uploads at once")]
    TooMany,
    #[error("the bytes did not come in time")]
    Broken,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Incomplete(#[from] Incomplete),
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("it cannot be read")]
    Fault(Fault),
}

/// What a check that was not passed is over HTTP.
fn refused(check: Check) -> Fault {
    let status = if check == Check::TooLarge { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    Fault::new(status, check.wire())
}

/// 460: what arrived is not what was sent (tus, checksum).
fn mismatch() -> Fault {
    Fault::new(StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST), "checksum_mismatch")
}

/// Trouble with the shelf: its own words are logged, and never sent.
pub(in crate::routes) fn files_fault(error: &FilesError) -> Fault {
    tracing::error!(%error, "the files are in trouble");
    Fault::files_unavailable()
}

impl RouteError {
    fn fault(self) -> Fault {
        match self {
            Self::NotFound | Self::Stopped(Stopped::Gone) => Fault::not_found(),
            Self::Expired => Fault::new(StatusCode::GONE, "upload_expired"),
            Self::Version => Fault::new(StatusCode::PRECONDITION_FAILED, "tus_version"),
            Self::MediaType => Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
            Self::Elsewhere(_) | Self::Stopped(Stopped::Elsewhere) => Fault::new(StatusCode::CONFLICT, "upload_offset"),
            Self::TooMany => Fault { code: "too_many_uploads".into(), ..Fault::too_many(LATER) },
            Self::Broken => Fault::new(StatusCode::REQUEST_TIMEOUT, "request_timeout"),
            Self::Stopped(Stopped::TooMuch) => refused(Check::TooLarge),
            Self::Stopped(Stopped::Mismatch) => mismatch(),
            Self::Stopped(Stopped::TooManyParts) => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "too_many_parts"),
            Self::Refused(Refused { check }) | Self::Incomplete(Incomplete::Refused(check)) => refused(check),
            Self::Incomplete(Incomplete::OtherBytes) => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "hash_mismatch"),
            Self::Incomplete(Incomplete::Lost) => Fault::new(StatusCode::GONE, "upload_lost"),
            Self::Incomplete(Incomplete::NotTaken) => Internal("a file that the rulebook does not take").into(),
            Self::Files(error) | Self::Stopped(Stopped::Files(error)) | Self::Incomplete(Incomplete::Files(error)) => files_fault(&error),
            Self::Store(error) | Self::Incomplete(Incomplete::Store(error)) => error.into(),
            Self::Write(error) | Self::Stopped(Stopped::Write(error)) | Self::Incomplete(Incomplete::Write(error)) => error.into(),
            Self::Fault(fault) => fault,
        }
    }
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let stands = match &self {
            Self::Elsewhere(at) => Some((tus::OFFSET, HeaderValue::from(*at))),
            Self::Version => Some(("tus-version", HeaderValue::from_static(tus::VERSION))),
            _ => None,
        };
        let mut response = self.fault().into_response();
        if let Some((name, value)) = stands {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
        response
    }
}
