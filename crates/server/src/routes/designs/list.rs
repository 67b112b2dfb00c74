//! `GET /api/orders/{id}/designs`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::OrderId,
    wire::{ApiDesign, DesignList},
};

use super::seen;
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
    Endpoint::get("/api/orders/{id}/designs", handler)
        .says("client", "The design versions of one of one's orders that one was shown, newest first.")
        .by(Who::Client)
        .id("The order.")
        .answers::<DesignList>(200, "All of them, and which one counts.")
        .fault(404, "`not_found`: not yours, or not there.")
}

async fn handler(State(app): State<App>, Client(who): Client, Path(id): Path<String>) -> Result<Response, RouteError> {
    let id: OrderId = id.parse().map_err(|_| RouteError::NotFound)?;
    let seen = seen(&mut *app.store.read().await?, &who, id).await?.ok_or(RouteError::NotFound)?;
    let items: Vec<ApiDesign> = seen.versions.iter().rev().map(ApiDesign::from).collect();
    // That another version counts which the client was not shown is the staff's alone.
    let current = seen.current.filter(|current| items.iter().any(|it| it.version == *current));
    Ok(json(StatusCode::OK, &DesignList { items, current }))
}
