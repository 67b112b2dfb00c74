//! `GET /api/events`

use axum::{extract::State, http::HeaderMap, response::Response};
use domain::{
    record::RecordRef,
    wire::{ApiConsultation, ApiDesign, ApiMessage, ApiNotification, ApiOrder},
};
use schemars::JsonSchema;
use serde::Serialize;

use super::feed::{EVENTS, RouteError, live};
use crate::{
    app::App,
    feed::Audience,
    http::Client,
    routes::{Endpoint, Who},
};

/// The data of an event.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it is only described, the stream writes the text itself")]
enum Event {
    /// `event: consultation`
    Consultation(Box<ApiConsultation>),
    /// `event: order`
    Order(Box<ApiOrder>),
    /// `event: design`
    Design(Box<ApiDesign>),
    /// `event: message`
    Message(ApiMessage),
    /// `event: notification`
    Notification(ApiNotification),
    /// `event: gone`
    Gone(RecordRef),
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/events", handler)
        .says("client", "One's consultations, orders, design versions, messages and notifications as they change: `event: consultation`, `event: order`, `event: design`, `event: message`, `event: notification`; and what is one's no longer: `event: gone`.")
        .by(Who::Client)
        .header("Last-Event-ID", "From where; the head if left out.")
        .answers_as::<Event>(200, "Server-sent events; the last event of a change carries the id to resume with.", EVENTS)
        .fault(400, "`malformed`: a Last-Event-ID that cannot be read.")
}

async fn handler(State(app): State<App>, Client(who): Client, headers: HeaderMap) -> Result<Response, RouteError> {
    let from = live::from(&headers, None)?;
    Ok(live::live(&app, &who, &headers, Audience::Client, from).await?)
}
