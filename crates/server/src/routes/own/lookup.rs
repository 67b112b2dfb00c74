//! One of one's own: `GET /api/consultations/{id}`, `GET /api/orders/{id}`.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{audience::may_see, id::RecordId, record::RecordRef};

use super::Shown;
use crate::{
    app::App,
    http::{Client, Fault, json},
    routes::{Endpoint, Who},
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not yours, or not there")]
    NotFound,
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

/// One at this address; `id` says what stands for it in the path.
pub(in crate::routes) fn endpoint<T: Shown>(path: &'static str, says: &'static str, id: &'static str) -> Endpoint {
    Endpoint::get(path, handler::<T>)
        .says("client", says)
        .by(Who::Client)
        .id(id)
        .answers::<T>(200, "As it stands.")
        .fault(404, "`not_found`: not yours, or not there.")
}

async fn handler<T: Shown>(State(app): State<App>, Client(who): Client, Path(id): Path<String>) -> Result<Response, RouteError> {
    let id: RecordId = id.parse().map_err(|_| RouteError::NotFound)?;
    let found = app.store.read().await?.records(&[RecordRef::new(T::KIND, id)]).await?;
    let mine = found.iter().find(|stored| may_see(&who.actor(), &stored.held.record, None));
    let shown = mine.and_then(|stored| T::of(&stored.held.record)).ok_or(RouteError::NotFound)?;
    Ok(json(StatusCode::OK, &shown))
}
