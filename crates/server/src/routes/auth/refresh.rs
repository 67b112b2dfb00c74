//! `POST /v1/auth/refresh`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::wire::{Refresh as Request, Session as Answer};
use std::time::Duration;

use super::{From, login::session};
use crate::{
    accounts::{Counted, Purpose, Refresh, Refreshed, hash_of},
    app::App,
    http::{Fault, Json},
    routes::Endpoint,
    writer::WriteError,
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("there is no such token")]
    Unknown,
    #[error("the device was ended")]
    DeviceEnded,
    #[error("the token counts no longer")]
    Reused,
    #[error("the account is disabled")]
    Disabled,
    #[error("too many tokens that do not exist")]
    TooMany(Duration),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let unauthorized = |code| Fault::new(StatusCode::UNAUTHORIZED, code);
        let fault: Fault = match self {
            Self::Unknown => unauthorized("token_unknown"),
            Self::DeviceEnded => unauthorized("device_ended"),
            Self::Reused => unauthorized("token_reused"),
            Self::Disabled => Fault::new(StatusCode::FORBIDDEN, "account_disabled"),
            Self::TooMany(wait) => Fault::too_many(wait),
            Self::Write(error) => error.into(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/refresh", handler)
        .says("auth", "Rotates the tokens of a device. Presenting the same token again issues a sibling.")
        .takes::<Request>()
        .answers::<Answer>(200, "A new pair of tokens.")
        .fault(401, "`token_unknown`, `device_ended`, or `token_reused` (the device is ended now).")
        .fault(403, "`account_disabled`.")
        .fault(429, "`too_many_requests`: too many tokens that do not exist.")
}

async fn handler(State(app): State<App>, From(from): From, Json(request): Json<Request>) -> Result<Response, RouteError> {
    let counted = Counted::token(from);
    let hash = hash_of(Purpose::Refresh, &request.refresh_token);
    if let Err(wait) = app.failures.check(&counted) {
        // Successes never count: one desk that fails must not keep those beside it from going on. Only the writer is spared.
        let known = match &hash {
            Some(hash) => app.store.read().await?.pair_by_refresh(hash).await?.is_some(),
            None => false,
        };
        if !known {
            return Err(RouteError::TooMany(wait));
        }
    }
    let Some(hash) = hash else {
        app.failures.count(&counted);
        return Err(RouteError::Unknown);
    };
    match app.writer.write(Refresh::new(hash)).await? {
        Refreshed::Opened(opened) => Ok(session(&app, *opened)),
        Refreshed::Unknown => {
            app.failures.count(&counted);
            Err(RouteError::Unknown)
        }
        Refreshed::DeviceEnded => Err(RouteError::DeviceEnded),
        Refreshed::Reused => Err(RouteError::Reused),
        Refreshed::Disabled => Err(RouteError::Disabled),
    }
}
