//! Clients: registering, logging in, getting back in.

mod login;
mod register;

use axum::{extract::State, http::StatusCode, response::Response};
use domain::wire::{ApiSession, Forgot, PasswordChange, PasswordReset};
use serde_json::Value;

use super::{
    Endpoint, Who,
    auth::{From, change_password, forgot, logout, password, reset, reset_password},
};
use crate::{
    accounts::{CLIENT, Opened, session_user},
    app::App,
    http::{Client, Fault, Json, MaybeJson, json},
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        register::endpoint(),
        login::endpoint(),
        Endpoint::post("/api/auth/logout", end)
            .says("client", "Ends the session that asks.")
            .by(Who::Client)
            .may_take::<Value>()
            .answers_nothing(204, "It is ended."),
        Endpoint::post("/api/auth/password", change)
            .says("client", "Changes the password, and ends the person's other sessions.")
            .by(Who::Client)
            .takes::<PasswordChange>()
            .answers_nothing(204, "It holds from now on.")
            .fault(422, "`invalid_credentials`: the current password is another one; `invalid_args`: the new one cannot be set.")
            .fault(429, "`too_many_requests`: too many failures."),
        Endpoint::post("/api/auth/forgot", forgotten)
            .says("client", "Sends a mail with a token for a new password, if there is such an account. The answer is always the same.")
            .takes::<Forgot>()
            .answers_nothing(202, "It was heard."),
        Endpoint::post("/api/auth/reset", set)
            .says("client", "Sets a new password with a token from a mail, once, and ends all sessions of the person.")
            .takes::<PasswordReset>()
            .answers_nothing(204, "It holds from now on.")
            .fault(422, "`reset_token_invalid`, or `invalid_args`: the new password cannot be set.")
            .fault(429, "`too_many_requests`: too many tokens that do not exist."),
    ]
}

async fn end(State(app): State<App>, Client(who): Client, _: MaybeJson<Value>) -> Result<Response, Fault> {
    logout(&app, &who).await
}

async fn change(
    State(app): State<App>,
    Client(who): Client,
    From(from): From,
    Json(asked): Json<PasswordChange>,
) -> Result<Response, password::RouteError> {
    change_password(&app, &who, from, asked).await
}

async fn forgotten(State(app): State<App>, From(from): From, Json(asked): Json<Forgot>) -> Result<Response, Fault> {
    forgot(&app, from, &asked).await
}

async fn set(State(app): State<App>, From(from): From, Json(asked): Json<PasswordReset>) -> Result<Response, reset::RouteError> {
    reset_password(&app, from, &asked).await
}

/// A session as a client gets it.
fn session(status: StatusCode, opened: Opened) -> Response {
    let user = session_user(&opened.session.user);
    json(status, &ApiSession { access_token: opened.access.expose(), expires_in: CLIENT / 1_000, user })
}
