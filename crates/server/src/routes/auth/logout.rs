//! `POST /v1/auth/logout`

use axum::{extract::State, response::Response};
use serde_json::Value;

use crate::{
    accounts::{EndSession, Session},
    app::App,
    http::{Fault, MaybeJson, Staff, no_content},
    routes::{Endpoint, Who},
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/v1/auth/logout", handler)
        .says("auth", "Ends the device that asks.")
        .by(Who::Staff)
        .may_take::<Value>()
        .answers_nothing(204, "It is ended.")
}

async fn handler(State(app): State<App>, Staff(who): Staff, _: MaybeJson<Value>) -> Result<Response, Fault> {
    logout(&app, &who).await
}

/// Ends a session.
pub(in crate::routes) async fn logout(app: &App, session: &Session) -> Result<Response, Fault> {
    app.writer.write(EndSession::new(session)).await?;
    Ok(no_content())
}
