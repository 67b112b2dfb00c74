//! `POST /api/orders/{id}/edit`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    commands::order::Edit,
    id::OrderId,
    record::{Kind, RecordRef},
    wire::{ApiOrder, OrderChange},
};

use super::{NoDay, deadline};
use crate::{
    app::App,
    http::{Client, Fault, Json},
    routes::{
        Endpoint, Who,
        once::{Asking, OnceError, OnceKey, once},
        own::shown,
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not yours, or not there")]
    NotFound,
    #[error(transparent)]
    Day(#[from] NoDay),
    #[error(transparent)]
    Once(#[from] OnceError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::Day(error) => error.into(),
            Self::Once(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/orders/{id}/edit", handler)
        .says("client", "Changes an order that nobody has taken up yet: what is left out stays, `null` clears.")
        .by(Who::Client)
        .id("The order.")
        .idempotent()
        .takes::<OrderChange>()
        .answers::<ApiOrder>(200, "As it stands.")
        .fault(404, "`not_found`: not yours, or not there.")
        .fault(422, "`not_pending`, `date_in_past`, `date_too_far`, or `invalid_args`: a field is not valid.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(id): Path<String>,
    Json(body): Json<OrderChange>,
) -> Result<Response, RouteError> {
    let id: OrderId = id.parse().map_err(|_| RouteError::NotFound)?;
    let OrderChange { design_type, description, needs, deadline: day, budget } = body.clone();
    let deadline = day.map(|day| deadline(day.as_deref())).transpose()?;
    let asking = Asking {
        path: &format!("/api/orders/{id}/edit"),
        key,
        body: &body,
        status: StatusCode::OK,
        command: Edit { id, design_type, description, needs, deadline, budget }.into(),
        about: RecordRef::new(Kind::Order, id),
        show: shown::<ApiOrder>,
    };
    Ok(once(&app, &who, asking).await?)
}
