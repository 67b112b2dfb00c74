//! `POST /api/auth/login`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    records::UserStatus,
    wire::{ApiSession, Login},
};

use super::session;
use crate::{
    accounts::Open,
    app::App,
    http::{Fault, Json},
    routes::{
        Endpoint,
        auth::{From, NotLetIn, check_password},
    },
    writer::WriteError,
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    NotLetIn(#[from] NotLetIn),
    #[error("an account of the staff")]
    NotClient,
    #[error("a disabled account")]
    Disabled,
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotLetIn(error) => error.into(),
            Self::NotClient => Fault::new(StatusCode::FORBIDDEN, "not_client"),
            Self::Disabled => Fault::new(StatusCode::FORBIDDEN, "account_disabled"),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/login", handler)
        .says("client", "Logs a client in.")
        .takes::<Login>()
        .answers::<ApiSession>(200, "A session of 12 hours.")
        .fault(401, "`invalid_credentials`: the address or the password is wrong.")
        .fault(403, "After the right password: `not_client` or `account_disabled`.")
        .fault(429, "`too_many_requests`: too many failures.")
}

async fn handler(State(app): State<App>, From(from): From, Json(login): Json<Login>) -> Result<Response, RouteError> {
    let account = check_password(&app, &login.email, &login.password, from).await?;
    if account.client.is_none() {
        return Err(RouteError::NotClient);
    }
    if account.user.status != UserStatus::Active {
        return Err(RouteError::Disabled);
    }
    let opened = app.writer.write(Open::for_client(account.user.id, account.password_hash, &app.seal)).await?;
    Ok(session(StatusCode::OK, opened.map_err(NotLetIn::from)?))
}
