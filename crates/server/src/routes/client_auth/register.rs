//! `POST /api/auth/register`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    decision::Code,
    id::{ClientId, CommandId, UserId},
    text::Invalid,
    wire::{ApiSession, Outcome, RegisterRequest},
};

use std::time::Duration;

use super::session;
use crate::{
    accounts::{Busy, Counted, Register, Registered},
    app::App,
    http::{Fault, FieldFault, Json},
    routes::{
        Endpoint,
        auth::{From, chosen},
    },
    writer::WriteError,
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("the rulebook says no")]
    Refused(Box<Outcome>),
    #[error("the zone is none")]
    Zone(Invalid),
    #[error("the password cannot be set")]
    Weak(Fault),
    #[error("too many addresses that are taken")]
    TooMany(Duration),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Refused(outcome) => Fault::refused(&outcome),
            Self::Zone(why) => Fault::invalid(vec![FieldFault::new("zone", why)]),
            Self::Weak(fault) => fault,
            Self::TooMany(wait) => Fault::too_many(wait),
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
        .fault(429, "`too_many_requests`: too many addresses that were taken.")
}

async fn handler(State(app): State<App>, From(from): From, Json(request): Json<RegisterRequest>) -> Result<Response, RouteError> {
    let counted = Counted::taken(from);
    app.failures.check(&counted).map_err(RouteError::TooMany)?;
    let zone = request.zone.as_deref().map(str::parse).transpose().map_err(RouteError::Zone)?;
    let password = chosen("password", &request.password).map_err(RouteError::Weak)?;
    let hash = app.passwords.hash(password).await?;
    let new = || app.shell.uuid();
    let ids = (CommandId::from_uuid(new()), UserId::from_uuid(new()), ClientId::from_uuid(new()));
    match app.writer.write(Register::new(&request, zone, hash, ids)).await? {
        Registered::Opened(opened) => Ok(session(StatusCode::CREATED, *opened)),
        Registered::Refused(judged) => {
            if judged.outcome.code == Some(Code::EmailTaken) {
                app.failures.count(&counted);
            }
            Err(RouteError::Refused(Box::new(judged.outcome)))
        }
    }
}
