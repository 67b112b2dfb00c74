//! `POST /api/consultations`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    commands::consultation::Request,
    id::ConsultationId,
    record::{Kind, RecordRef},
    text::Invalid,
    time::Day,
    wire::{ApiConsultation, ConsultationRequest},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    http::{Client, Fault, FieldFault, Internal, Json},
    routes::{
        Endpoint, Who,
        once::{Asking, OnceError, OnceKey, once},
        own::shown,
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the day is not a day")]
    Day(Invalid),
    #[error("a client without a client")]
    NoClient,
    #[error(transparent)]
    Once(#[from] OnceError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Day(why) => Fault::invalid(vec![FieldFault::new("requested_date", why)]),
            Self::NoClient => Internal("a client's session without a client").into(),
            Self::Once(error) => error.into(),
        };
        fault.into_response()
    }
}

/// The body, with a day that may be none: that is a field that is not valid, not a body that cannot be read.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    requested_date: String,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    note: Option<String>,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/consultations", handler)
        .says("client", "Asks for a free consultation.")
        .by(Who::Client)
        .idempotent()
        .takes::<ConsultationRequest>()
        .answers::<ApiConsultation>(201, "It waits for an answer.")
        .fault(422, "`date_in_past`, `date_too_far`, `already_waiting`, or `invalid_args`: a field is not valid.")
}

async fn handler(State(app): State<App>, Client(who): Client, key: OnceKey, Json(body): Json<Body>) -> Result<Response, RouteError> {
    let requested_date: Day = body.requested_date.parse().map_err(RouteError::Day)?;
    let client_id = who.client.ok_or(RouteError::NoClient)?;
    let id = ConsultationId::from_uuid(app.shell.uuid());
    let act = Request { id, client_id, requested_date, topic: body.topic.clone(), note: body.note.clone(), source: None };
    let asking = Asking {
        path: "/api/consultations",
        key,
        body: &body,
        status: StatusCode::CREATED,
        command: act.into(),
        about: RecordRef::new(Kind::Consultation, id),
        show: shown::<ApiConsultation>,
    };
    Ok(once(&app, &who, asking).await?)
}
