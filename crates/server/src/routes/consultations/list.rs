//! `GET /api/consultations`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::ConsultationId,
    record::{AnyRecord, Kind, RecordRef},
    wire::{ApiConsultation, ConsultationPage},
};
use serde::Deserialize;
use serde_json::json as schema;

use crate::{
    app::App,
    http::{Client, Fault, Query, json},
    routes::{Endpoint, Who},
};

/// The most consultations of a page.
const MOST: u32 = 100;
/// The consultations of a page where nothing else is said.
const USUAL: u32 = 20;

#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    after: Option<String>,
    limit: Option<u32>,
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the query cannot be read")]
    Query,
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Query => Fault::malformed(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/consultations", handler)
        .says("client", "One's consultations, newest first.")
        .by(Who::Client)
        .query("after", "The `next` of the page before.", schema!({ "type": "string" }))
        .query("limit", "How many.", schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .answers::<ConsultationPage>(200, "A page, and where it goes on.")
        .fault(400, "`malformed`: a place or a number that cannot be read.")
}

async fn handler(State(app): State<App>, Client(who): Client, Query(asked): Query<Asked>) -> Result<Response, RouteError> {
    let limit = match asked.limit {
        Some(0) => return Err(RouteError::Query),
        limit => limit.unwrap_or(USUAL).min(MOST),
    };
    let after: Option<ConsultationId> = asked.after.as_deref().map(str::parse).transpose().map_err(|_| RouteError::Query)?;
    let before = after.map(|id| RecordRef::new(Kind::Consultation, id));
    let mut snapshot = app.store.read().await?;
    let found = snapshot.consultations_of(who.id(), before, limit + 1).await?;
    let mut items: Vec<ApiConsultation> = found
        .iter()
        .filter_map(|stored| match &*stored.held.record {
            AnyRecord::Consultation(it) => Some(it.into()),
            _ => None,
        })
        .collect();
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = items.last().filter(|_| more).map(|it| it.id.to_string());
    Ok(json(StatusCode::OK, &ConsultationPage { items, next }))
}
