//! `GET /api/me`, `POST /api/me`: what is known of a client, read and corrected by themselves.

#[cfg(test)]
mod tests;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::may_see,
    commands::client::Edit,
    id::ClientId,
    record::{Kind, RecordRef},
    text::Invalid,
    wire::{ApiClient, ClientChange},
};

use super::{
    Endpoint, Who,
    once::{Asking, OnceError, OnceKey, once},
    own::{Shown as _, shown},
};
use crate::{
    accounts::Session,
    app::App,
    http::{Client, Fault, FieldFault, Json, json},
};

const PATH: &str = "/api/me";

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not there")]
    NotFound,
    #[error("the zone is none")]
    Zone(Invalid),
    #[error(transparent)]
    Once(#[from] OnceError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::Zone(why) => Fault::invalid(vec![FieldFault::new("zone", why)]),
            Self::Once(error) => error.into(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(PATH, look)
            .says("client", "What the business knows of who asks.")
            .by(Who::Client)
            .answers::<ApiClient>(200, "As it stands."),
        Endpoint::post(PATH, change)
            .says(
                "client",
                "Corrects what the business knows of who asks: what is left out stays, `null` clears. What they log in with stays.",
            )
            .by(Who::Client)
            .idempotent()
            .takes::<ClientChange>()
            .answers::<ApiClient>(200, "As it stands.")
            .fault(422, "`invalid_args`: a field is not valid."),
    ]
}

/// The client's own id.
fn own(who: &Session) -> Result<ClientId, RouteError> {
    who.client.ok_or(RouteError::NotFound)
}

async fn look(State(app): State<App>, Client(who): Client) -> Result<Response, RouteError> {
    let found = app.store.read().await?.records(&[RecordRef::new(Kind::Client, own(&who)?)]).await?;
    let mine = found.iter().find(|stored| may_see(&who.actor(), &stored.held.record, None));
    let shown = mine.and_then(|stored| ApiClient::of(&stored.held.record)).ok_or(RouteError::NotFound)?;
    Ok(json(StatusCode::OK, &shown))
}

async fn change(State(app): State<App>, Client(who): Client, key: OnceKey, Json(body): Json<ClientChange>) -> Result<Response, RouteError> {
    let id = own(&who)?;
    let ClientChange { name, phone, email, zone } = body.clone();
    let zone = zone.as_deref().map(str::parse).transpose().map_err(RouteError::Zone)?;
    let asking = Asking {
        path: PATH,
        key,
        body: &body,
        status: StatusCode::OK,
        command: Edit { id, name, phone, email, zone }.into(),
        about: RecordRef::new(Kind::Client, id),
        show: shown::<ApiClient>,
    };
    Ok(once(&app, &who, asking).await?)
}
