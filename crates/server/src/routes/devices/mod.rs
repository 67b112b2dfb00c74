//! `GET /v1/devices`, `DELETE /v1/devices/{id}`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::wire::DeviceInfo;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::EndDevice,
    app::App,
    http::{Fault, Staff, json, no_content},
    routes::{Endpoint, Who},
    writer::WriteError,
};

/// The devices of whoever asks.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Devices {
    /// Newest first; those that were ended are left out.
    items: Vec<DeviceInfo>,
}

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/v1/devices", list)
            .says("auth", "The devices on which whoever asks is logged in.")
            .by(Who::Staff)
            .answers::<Devices>(200, "Newest first."),
        Endpoint::delete("/v1/devices/{id}", end)
            .says("auth", "Ends one of one's own devices.")
            .by(Who::Staff)
            .id("The device.")
            .answers_nothing(204, "It is ended: its next request is answered `device_ended`.")
            .fault(404, "`not_found`: not yours, or not there."),
    ]
}

async fn list(State(app): State<App>, Staff(who): Staff) -> Result<Response, Fault> {
    let devices = app.store.read().await?.devices(who.id()).await?;
    let info = |device: store::Device| DeviceInfo {
        current: Some(device.id) == who.device,
        id: device.id,
        name: device.name,
        platform: device.platform,
        created_at: device.created_at,
        last_seen_at: device.last_seen_at,
    };
    Ok(json(StatusCode::OK, &Devices { items: devices.into_iter().map(info).collect() }))
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not yours, or not there")]
    NotFound,
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::Write(error) => error.into(),
        };
        fault.into_response()
    }
}

async fn end(State(app): State<App>, Staff(who): Staff, Path(id): Path<String>) -> Result<Response, RouteError> {
    let id = id.parse().map_err(|_| RouteError::NotFound)?;
    match app.writer.write(EndDevice::new(who.id(), id)).await? {
        true => Ok(no_content()),
        false => Err(RouteError::NotFound),
    }
}
