//! What a client decides on a version: what both decisions have in common.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    command::Command,
    file::Sha256,
    id::DesignId,
    record::{Kind, RecordRef},
    text::Invalid,
    wire::ApiDesign,
};
use serde::Serialize;

use super::{named, of_version};
use crate::{
    accounts::Session,
    app::App,
    http::{Fault, FieldFault},
    routes::{
        Endpoint, Who,
        once::{Asking, OnceError, OnceKey, once},
        own::shown,
    },
};

/// Why a decision was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum DecideError {
    /// Not yours, not there, or not shown.
    #[error("not yours, not there, or not shown")]
    NotFound,
    /// What the bytes are to be known by is no hash.
    #[error("not a hash")]
    NoHash,
    /// The database.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// It was not done.
    #[error(transparent)]
    Once(#[from] OnceError),
}

impl IntoResponse for DecideError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::NoHash => Fault::invalid(vec![FieldFault::new("sha256", Invalid::Malformed)]),
            Self::Store(error) => error.into(),
            Self::Once(error) => error.into(),
        };
        fault.into_response()
    }
}

/// What is said of both.
pub(super) fn described(endpoint: Endpoint) -> Endpoint {
    of_version(endpoint.by(Who::Client).idempotent())
        .answers::<ApiDesign>(200, "As it stands since.")
        .fault(422, "`stale`: its bytes are others; `not_submitted`: it was decided already; `purged`: its file was taken away; `not_open`: the order is closed.")
}

/// What is decided.
pub(super) struct Decision<'a, B> {
    /// The order and the version, as the path has them.
    pub(super) path: &'a (String, String),
    /// What the path ends with.
    pub(super) verb: &'a str,
    pub(super) key: OnceKey,
    pub(super) body: &'a B,
    /// What the bytes are known by that the client looked at. It is text until here: one that is no hash is a field that is not valid,
    /// not a body that cannot be read.
    pub(super) sha256: &'a str,
}

/// Gives the command once. What the client was not shown is not there, whatever else is wrong with the request.
pub(super) async fn decide<B: Serialize>(
    app: &App,
    who: &Session,
    it: Decision<'_, B>,
    command: impl FnOnce(DesignId, Sha256) -> Command,
) -> Result<Response, DecideError> {
    let design = named(&mut *app.store.read().await?, who, it.path).await?.ok_or(DecideError::NotFound)?;
    let sha256: Sha256 = it.sha256.parse().map_err(|_| DecideError::NoHash)?;
    let asking = Asking {
        path: &format!("/api/orders/{}/designs/{}/{}", design.order_id, design.version, it.verb),
        key: it.key,
        body: it.body,
        status: StatusCode::OK,
        command: command(design.id, sha256),
        about: RecordRef::new(Kind::Design, design.id),
        show: shown::<ApiDesign>,
    };
    Ok(once(app, who, asking).await?)
}
