//! `POST /api/auth/register`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::{ClientId, CommandId, UserId},
    wire::{ApiSession, Outcome, RegisterRequest},
};

use super::session;
use crate::{
    accounts::{Busy, Register, Registered},
    app::App,
    http::{Fault, Json},
    routes::{Endpoint, auth::chosen},
    writer::WriteError,
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the rulebook says no")]
    Refused(Box<Outcome>),
    #[error("the password cannot be set")]
    Weak(Fault),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Refused(outcome) => Fault::refused(&outcome),
            Self::Weak(fault) => fault,
            Self::Busy(error) => error.into(),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/auth/register", handler)
        .says("client", "Opens an account for a client, and logs them in.")
        .takes::<RegisterRequest>()
        .answers::<ApiSession>(201, "A session of 12 hours.")
        .fault(409, "`email_taken`: the address has an account.")
        .fault(422, "`invalid_args`: a field is not valid.")
}

async fn handler(State(app): State<App>, Json(request): Json<RegisterRequest>) -> Result<Response, RouteError> {
    let password = chosen("password", &request.password).map_err(RouteError::Weak)?;
    let hash = app.passwords.hash(password).await?;
    let new = || app.shell.uuid();
    let ids = (CommandId::from_uuid(new()), UserId::from_uuid(new()), ClientId::from_uuid(new()));
    match app.writer.write(Register::new(&request, hash, ids)).await? {
        Registered::Opened(opened) => Ok(session(StatusCode::CREATED, *opened)),
        Registered::Refused(judged) => Err(RouteError::Refused(Box::new(judged.outcome))),
    }
}
