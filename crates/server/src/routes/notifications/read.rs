//! `POST /api/notifications/{id}/read`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    commands::notification::Read,
    id::NotificationId,
    record::{AnyRecord, Kind, RecordRef},
    wire::ApiNotification,
    words::Words,
};
use serde_json::Value;

use crate::{
    app::App,
    http::{Client, MaybeJson},
    routes::{
        Endpoint, Who,
        once::{ActError, Asking, OnceKey, once},
    },
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/notifications/{id}/read", handler)
        .says("client", "A notification was read.")
        .by(Who::Client)
        .id("The notification.")
        .idempotent()
        .may_take::<Value>()
        .answers::<ApiNotification>(200, "As it stands.")
        .fault(404, "`not_found`: not yours, or not there.")
}

fn shown(record: &AnyRecord, words: &Words) -> Option<String> {
    match record {
        AnyRecord::Notification(it) => serde_json::to_string(&ApiNotification::of(it, words)).ok(),
        _ => None,
    }
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(id): Path<String>,
    MaybeJson(body): MaybeJson<Value>,
) -> Result<Response, ActError> {
    let id: NotificationId = id.parse().map_err(|_| ActError::NotFound)?;
    let asking = Asking {
        path: &format!("/api/notifications/{id}/read"),
        key,
        body: &body,
        status: StatusCode::OK,
        command: Read { ids: vec![id] }.into(),
        about: RecordRef::new(Kind::Notification, id),
        show: shown,
    };
    Ok(once(&app, &who, asking).await?)
}
