//! `GET /api/consultations/{id}`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::may_see,
    id::ConsultationId,
    record::{AnyRecord, Kind, RecordRef},
    wire::ApiConsultation,
};

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

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/consultations/{id}", handler)
        .says("client", "One of one's consultations.")
        .by(Who::Client)
        .id("The consultation.")
        .answers::<ApiConsultation>(200, "As it stands.")
        .fault(404, "`not_found`: not yours, or not there.")
}

async fn handler(State(app): State<App>, Client(who): Client, Path(id): Path<String>) -> Result<Response, RouteError> {
    let id: ConsultationId = id.parse().map_err(|_| RouteError::NotFound)?;
    let found = app.store.read().await?.records(&[RecordRef::new(Kind::Consultation, id)]).await?;
    let mine = found.iter().find(|stored| may_see(&who.actor(), &stored.held.record, None));
    match mine.map(|stored| &*stored.held.record) {
        Some(AnyRecord::Consultation(it)) => Ok(json(StatusCode::OK, &ApiConsultation::from(it))),
        _ => Err(RouteError::NotFound),
    }
}
