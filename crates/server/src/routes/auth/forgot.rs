//! `POST /v1/auth/forgot`

use axum::{extract::State, response::Response};
use domain::{name::Email, wire::Forgot};
use std::net::IpAddr;

use super::From;
use crate::{
    accounts::{AskForMail, Counted},
    app::App,
    http::{Fault, Json, accepted},
    routes::Endpoint,
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/forgot", handler)
        .says("auth", "Sends a mail with a token for a new password, if there is such an account. The answer is always the same.")
        .takes::<Forgot>()
        .answers_nothing(202, "It was heard.")
}

async fn handler(State(app): State<App>, From(from): From, Json(request): Json<Forgot>) -> Result<Response, Fault> {
    forgot(&app, from, &request).await
}

/// Enqueues the mail. What is too much or is no address is passed over in silence: the answer is always 202.
pub(in crate::routes) async fn forgot(app: &App, from: IpAddr, request: &Forgot) -> Result<Response, Fault> {
    let counted = Counted::mail(from);
    let allowed = app.failures.check(&counted).is_ok();
    app.failures.count(&counted);
    if let Some(email) = Email::new(&request.email).ok().filter(|_| allowed) {
        app.writer.write(AskForMail(email)).await?;
    }
    Ok(accepted())
}
