//! `POST /api/orders`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    commands::order::Create,
    id::OrderId,
    record::{Kind, RecordRef},
    wire::{ApiOrder, OrderRequest},
};

use super::{NoDay, deadline};
use crate::{
    app::App,
    http::{Client, Fault, Internal, Json},
    routes::{
        Endpoint, Who,
        once::{Asking, OnceError, OnceKey, once},
        own::shown,
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    Day(#[from] NoDay),
    #[error("a client without a client")]
    NoClient,
    #[error(transparent)]
    Once(#[from] OnceError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Day(error) => error.into(),
            Self::NoClient => Internal("a client's session without a client").into(),
            Self::Once(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/orders", handler)
        .says("client", "Orders a design.")
        .by(Who::Client)
        .idempotent()
        .takes::<OrderRequest>()
        .answers::<ApiOrder>(201, "It has its number, and waits to be taken up.")
        .fault(422, "`date_in_past`, `date_too_far`, or `invalid_args`: a field is not valid.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Json(body): Json<OrderRequest>,
) -> Result<Response, RouteError> {
    let client_id = who.client.ok_or(RouteError::NoClient)?;
    let id = OrderId::from_uuid(app.shell.uuid());
    let OrderRequest { design_type, description, needs, deadline: day, budget } = body.clone();
    let deadline = deadline(day.as_deref())?;
    let asking = Asking {
        path: "/api/orders",
        key,
        body: &body,
        status: StatusCode::CREATED,
        command: Create { id, client_id, design_type, description, needs, deadline, budget, source: None }.into(),
        about: RecordRef::new(Kind::Order, id),
        show: shown::<ApiOrder>,
    };
    Ok(once(&app, &who, asking).await?)
}
