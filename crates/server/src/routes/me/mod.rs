//! `GET /v1/me`

use axum::{extract::State, http::StatusCode, response::Response};
use domain::{id::DeviceId, time::UtcMillis, wire::SessionUser};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::session_user,
    app::App,
    http::{Staff, json},
    routes::{Endpoint, Who},
};

/// Who asks, on which device, and what time it is here.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Me {
    /// The person.
    #[serde(flatten)]
    user: SessionUser,
    /// The device they sit at.
    device_id: Option<DeviceId>,
    /// The server's clock.
    server_time: UtcMillis,
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/v1/me", handler).says("auth", "Who asks.").by(Who::Staff).answers::<Me>(200, "The person, and the device they sit at.")
}

async fn handler(State(app): State<App>, Staff(who): Staff) -> Response {
    json(StatusCode::OK, &Me { user: session_user(&who.user), device_id: who.device, server_time: app.shell.now() })
}
