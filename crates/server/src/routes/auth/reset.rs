//! `POST /v1/auth/reset`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::CommandId, wire::PasswordReset};
use std::{net::IpAddr, time::Duration};

use super::{From, chosen};
use crate::{
    accounts::{Busy, Counted, Purpose, ResetPassword, hash_of},
    app::App,
    http::{Fault, Json, no_content},
    routes::Endpoint,
    writer::WriteError,
};

/// Why the password stays.
#[derive(Debug, thiserror::Error)]
pub(in crate::routes) enum RouteError {
    #[error("the token does not count")]
    Token,
    #[error("the new password cannot be set")]
    Weak(Fault),
    #[error("too many tokens that do not exist")]
    TooMany(Duration),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Token => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "reset_token_invalid"),
            Self::Weak(fault) => fault,
            Self::TooMany(wait) => Fault::too_many(wait),
            Self::Busy(error) => error.into(),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/reset", handler)
        .says("auth", "Sets a new password with a token from a mail, once, and ends all devices of the person.")
        .takes::<PasswordReset>()
        .answers_nothing(204, "It holds from now on.")
        .fault(422, "`reset_token_invalid`, or `invalid_args`: the new password cannot be set (the token still counts).")
        .fault(429, "`too_many_requests`: too many tokens that do not exist.")
}

async fn handler(State(app): State<App>, From(from): From, Json(request): Json<PasswordReset>) -> Result<Response, RouteError> {
    reset_password(&app, from, &request).await
}

/// Sets a new password with a token from a mail.
pub(in crate::routes) async fn reset_password(app: &App, from: IpAddr, request: &PasswordReset) -> Result<Response, RouteError> {
    let counted = Counted::token(from);
    app.failures.check(&counted).map_err(RouteError::TooMany)?;
    let new = chosen("new_password", &request.new_password).map_err(RouteError::Weak)?;
    let done = match hash_of(Purpose::Mail, &request.token) {
        Some(hash) => {
            app.writer.write(ResetPassword::new(CommandId::from_uuid(app.shell.uuid()), hash, app.passwords.hash(new).await?)).await?
        }
        None => false,
    };
    if done {
        return Ok(no_content());
    }
    app.failures.count(&counted);
    Err(RouteError::Token)
}
