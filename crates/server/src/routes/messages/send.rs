//! `POST /api/orders/{id}/messages`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    commands::message::{Attach, Send},
    id::{MessageId, OrderId},
    record::{Kind, RecordRef},
    text::Invalid,
    wire::{ApiMessage, AttachRequest, MessageRequest},
};

use crate::{
    app::App,
    http::{Client, Fault, FieldFault, Json},
    routes::{
        Endpoint, Who,
        once::{ActError, Asking, OnceError, OnceKey, once},
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
        .fault(422, "`invalid_args`: nothing was said, or too much, or a file that cannot be attached; `file_missing`: it is not there.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    key: OnceKey,
    Path(order): Path<String>,
    Json(body): Json<MessageRequest>,
) -> Result<Response, ActError> {
    let order_id: OrderId = order.parse().map_err(|_| ActError::NotFound)?;
    let id = MessageId::from_uuid(app.shell.uuid());
    let MessageRequest { text, read, attachments } = body.clone();
    let attachments = attachments.into_iter().map(attach).collect::<Option<_>>().ok_or_else(no_hash)?;
    let asking = Asking {
        path: &format!("/api/orders/{order_id}/messages"),
        key,
        body: &body,
        status: StatusCode::CREATED,
        command: Send { id, order_id, text, attachments, read }.into(),
        about: RecordRef::new(Kind::Message, id),
        show: shown::<ApiMessage>,
    };
    Ok(once(&app, &who, asking).await?)
}

/// What the files are known by is text until here: one that is no hash is a field that is not valid, not a body that cannot be read.
fn attach(it: AttachRequest) -> Option<Attach> {
    Some(Attach { sha256: it.sha256.parse().ok()?, name: it.name, size: None, media_type: None })
}

fn no_hash() -> OnceError {
    OnceError::Refused(Fault::invalid(vec![FieldFault::new("attachments", Invalid::Malformed)]))
}
