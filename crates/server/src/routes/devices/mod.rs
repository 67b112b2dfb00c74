//! `GET /v1/devices`, `DELETE /v1/devices/{id}`, `GET /v1/users/{id}/devices`

#[cfg(test)]
mod tests;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    id::{DeviceId, UserId},
    role::Role,
    wire::{DeviceInfo, DeviceList},
};

use crate::{
    accounts::EndDevice,
    app::App,
    http::{Fault, Staff, json, no_content},
    routes::{Endpoint, Who},
    writer::WriteError,
};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/v1/devices", list)
            .says("auth", "The devices on which whoever asks is logged in.")
            .by(Who::Staff)
            .answers::<DeviceList>(200, "Newest first."),
        Endpoint::delete("/v1/devices/{id}", end)
            .says("auth", "Ends one of one's own devices.")
            .by(Who::Staff)
            .id("The device.")
            .answers_nothing(204, "It is ended: its next request is answered `device_ended`.")
            .fault(404, "`not_found`: not yours, or not there."),
        Endpoint::get("/v1/users/{id}/devices", of_user)
            .says("auth", "The devices on which somebody of the staff is logged in. An admin ends one by the command `device.revoke`.")
            .by(Who::Staff)
            .id("The account.")
            .answers::<DeviceList>(200, "Newest first; `current` is the one that asks.")
            .fault(403, "`not_allowed`: who is no admin.")
            .fault(404, "`not_found`: nobody of the staff."),
    ]
}

async fn list(State(app): State<App>, Staff(who): Staff) -> Result<Response, RouteError> {
    devices(&app, who.id(), who.device).await
}

async fn of_user(State(app): State<App>, Staff(who): Staff, Path(id): Path<String>) -> Result<Response, RouteError> {
    if !who.actor().is(&Role::Admin) {
        return Err(RouteError::NotAllowed);
    }
    let id: UserId = id.parse().map_err(|_| RouteError::NotFound)?;
    let account = app.store.read().await?.account(id).await?;
    match account.filter(|account| account.user.roles.iter().any(Role::is_staff)) {
        Some(_) => devices(&app, id, who.device).await,
        None => Err(RouteError::NotFound),
    }
}

async fn devices(app: &App, user: UserId, asking: Option<DeviceId>) -> Result<Response, RouteError> {
    let devices = app.store.read().await?.devices(user).await?;
    let info = |device: store::Device| DeviceInfo {
        current: Some(device.id) == asking,
        id: device.id,
        name: device.name,
        platform: device.platform,
        created_at: device.created_at,
        last_seen_at: device.last_seen_at,
    };
    Ok(json(StatusCode::OK, &DeviceList { items: devices.into_iter().map(info).collect() }))
}

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error("not yours, or not there")]
    NotFound,
    #[error("only admins look after others' devices")]
    NotAllowed,
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::NotFound => Fault::not_found(),
            Self::NotAllowed => Fault::new(StatusCode::FORBIDDEN, "not_allowed"),
            Self::Store(error) => error.into(),
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
