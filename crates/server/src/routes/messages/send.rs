//! `POST /api/orders/{id}/messages`

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::{
    commands::message::Send,
    id::{MessageId, OrderId},
    record::{Kind, RecordRef},
    wire::{ApiMessage, MessageRequest},
};

use crate::{
    app::App,
    http::{Client, Json},
    routes::{
        Endpoint, Who,
        once::{ActError, Asking, once},
        own::shown,
    },
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/orders/{id}/messages", handler)
        .says("client", "Says something about one of one's orders.")
        .by(Who::Client)
        .id("The order.")
        .idempotent()
        .takes::<MessageRequest>()
        .answers::<ApiMessage>(201, "It has its place.")
        .fault(404, "`not_found`: not yours, or not there.")
        .fault(422, "`invalid_args`: nothing was said, or too much.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    Path(order): Path<String>,
    headers: HeaderMap,
    Json(body): Json<MessageRequest>,
) -> Result<Response, ActError> {
    let order_id: OrderId = order.parse().map_err(|_| ActError::NotFound)?;
    let id = MessageId::from_uuid(app.shell.uuid());
    let MessageRequest { text, read } = body.clone();
    let asking = Asking {
        path: &format!("/api/orders/{order_id}/messages"),
        headers: &headers,
        body: &body,
        status: StatusCode::CREATED,
        command: Send { id, order_id, text, read }.into(),
        about: RecordRef::new(Kind::Message, id),
        show: shown::<ApiMessage>,
    };
    Ok(once(&app, &who, asking).await?)
}
