//! `POST /api/consultations/{id}/cancel`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    commands::consultation::Cancel,
    id::ConsultationId,
    record::{Kind, RecordRef},
    wire::ApiConsultation,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    http::{Client, MaybeJson},
    routes::{
        Endpoint, Who,
        once::{ActError, Asking, OnceKey, once},
        own::shown,
    },
};

/// Why a client withdraws a request; they need not say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
struct CancelRequest {
    /// 3 to 500 characters.
    #[serde(default)]
    reason: Option<String>,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/consultations/{id}/cancel", handler)
        .says("client", "Calls off a waiting or accepted request.")
        .by(Who::Client)
        .id("The consultation.")
        .idempotent()
        .may_take::<CancelRequest>()
        .answers::<ApiConsultation>(200, "It is cancelled.")
        .fault(404, "`not_found`: not yours, or not there.")
        .fault(422, "`not_open`: it was rejected or called off. `invalid_args`: the reason is not valid.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(id): Path<String>,
    MaybeJson(body): MaybeJson<CancelRequest>,
) -> Result<Response, ActError> {
    let id: ConsultationId = id.parse().map_err(|_| ActError::NotFound)?;
    let body = body.unwrap_or_default();
    let asking = Asking {
        path: &format!("/api/consultations/{id}/cancel"),
        key,
        body: &body,
        status: StatusCode::OK,
        command: Cancel { id, reason: body.reason.clone() }.into(),
        about: RecordRef::new(Kind::Consultation, id),
        show: shown::<ApiConsultation>,
    };
    Ok(once(&app, &who, asking).await?)
}
