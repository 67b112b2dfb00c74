//! `GET /v1/me`

use axum::{extract::State, http::StatusCode, response::Response};
use domain::wire::Me;

use crate::{
    accounts::session_user,
    app::App,
    http::{StaffNow, json},
    routes::{Endpoint, Who},
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/me", handler).says("auth", "Who asks.").by(Who::Staff).answers::<Me>(200, "The person, and the device they sit at.")
}

/// A desk that was told to begin anew asks here which rights it has: what another process has just changed must be in the answer.
async fn handler(State(app): State<App>, StaffNow(who): StaffNow) -> Response {
    json(StatusCode::OK, &Me { user: session_user(&who.user), device_id: who.device, server_time: app.shell.now() })
}
