//! `POST /api/orders/{id}/messages/read`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    commands::message::MarkRead,
    id::{ConversationId, OrderId},
    record::{Kind, RecordRef},
    wire::{ApiConversation, ReadRequest},
};

use crate::{
    app::App,
    http::{Client, Json},
    routes::{
        Endpoint, Who,
        once::{ActError, Asking, OnceKey, once},
        own::shown,
    },
};

pub(super) fn endpoint() -> Endpoint {
    Endpoint::post("/api/orders/{id}/messages/read", handler)
        .says("client", "What was said about one of one's orders was read, up to a message. A mark never goes back.")
        .by(Who::Client)
        .id("The order.")
        .idempotent()
        .takes::<ReadRequest>()
        .answers::<ApiConversation>(200, "How far it was read.")
        .fault(404, "`not_found`: not yours, or not there; or nobody has said anything yet.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(order): Path<String>,
    Json(body): Json<ReadRequest>,
) -> Result<Response, ActError> {
    let order_id: OrderId = order.parse().map_err(|_| ActError::NotFound)?;
    let asking = Asking {
        path: &format!("/api/orders/{order_id}/messages/read"),
        key,
        body: &body,
        status: StatusCode::OK,
        command: MarkRead { order_id, upto: body.upto }.into(),
        about: RecordRef::new(Kind::Conversation, ConversationId::of(order_id)),
        show: shown::<ApiConversation>,
    };
    Ok(once(&app, &who, asking).await?)
}
