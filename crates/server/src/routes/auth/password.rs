//! `POST /v1/auth/password`

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::CommandId, text::Invalid, wire::PasswordChange};
use std::{net::IpAddr, time::Duration};

use super::{From, chosen};
use crate::{
    accounts::{Busy, ChangePassword, Counted, Session},
    app::App,
    http::{Fault, FieldFault, Json, Staff, no_content},
    routes::{Endpoint, Who},
    writer::WriteError,
};

/// Why the password stays.
#[derive(Debug, thiserror::Error)]
pub(in crate::routes) enum RouteError {
    #[error("the current password is another one")]
    Wrong,
    #[error("the new password cannot be set")]
    Weak(Fault),
    #[error("too many failures")]
    TooMany(Duration),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            // Not 401: the token is good, and a desk must not treat it as lost.
            Self::Wrong => {
                Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_credentials").with(vec![FieldFault::new("current", Invalid::Wrong)])
            }
            Self::Weak(fault) => fault,
            Self::TooMany(wait) => Fault::too_many(wait),
            Self::Busy(error) => error.into(),
            Self::Store(error) => error.into(),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/password", handler)
        .says("auth", "Changes the password, and ends the person's other devices.")
        .by(Who::Staff)
        .takes::<PasswordChange>()
        .answers_nothing(204, "It holds from now on.")
        .fault(422, "`invalid_credentials`: the current password is another one; `invalid_args`: the new one cannot be set.")
        .fault(429, "`too_many_requests`: too many failures.")
}

async fn handler(
    State(app): State<App>,
    Staff(who): Staff,
    From(from): From,
    Json(change): Json<PasswordChange>,
) -> Result<Response, RouteError> {
    change_password(&app, &who, from, change).await
}

/// Changes a person's password, if they know the one that holds.
pub(in crate::routes) async fn change_password(
    app: &App,
    session: &Session,
    from: IpAddr,
    change: PasswordChange,
) -> Result<Response, RouteError> {
    let new = chosen("new", &change.new).map_err(RouteError::Weak)?;
    let counted = Counted::login(session.user.email.as_str(), from);
    app.failures.check(&counted).map_err(RouteError::TooMany)?;
    let held = app.store.read().await?.account(session.id()).await?.and_then(|account| account.password_hash);
    if !app.passwords.matches(held.as_deref(), &change.current).await? {
        app.failures.count(&counted);
        return Err(RouteError::Wrong);
    }
    let hash = app.passwords.hash(new).await?;
    let id = CommandId::from_uuid(app.shell.uuid());
    match app.writer.write(ChangePassword::new(id, session.clone(), held, hash)).await? {
        true => Ok(no_content()),
        false => Err(RouteError::Wrong),
    }
}
