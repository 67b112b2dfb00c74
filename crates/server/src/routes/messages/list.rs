//! `GET /api/orders/{id}/messages`

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    audience::may_see,
    id::{ConversationId, OrderId, ReadMarkId},
    record::{Kind, Record as _, RecordRef},
    records::{Conversation, Message, ReadMark, Voice},
    wire::{ApiMessage, MessagePage},
};
use serde_json::json as schema;
use store::{Snapshot, Stored};

use crate::{
    accounts::Session,
    app::App,
    http::{BadQuery, Client, Fault, Query, json, part},
    routes::{
        Endpoint, Who,
        own::list::{Asked, MOST, USUAL, cut},
    },
};

#[derive(Debug, thiserror::Error)]
enum RouteError {
    #[error(transparent)]
    Query(#[from] BadQuery),
    #[error("not yours, or not there")]
    NotFound,
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl IntoResponse for RouteError {
    fn into_response(self) -> Response {
        let fault: Fault = match self {
            Self::Query(error) => error.into(),
            Self::NotFound => Fault::not_found(),
            Self::Store(error) => error.into(),
        };
        fault.into_response()
    }
}

pub(super) fn endpoint() -> Endpoint {
    Endpoint::get("/api/orders/{id}/messages", handler)
        .says("client", "What was said about one of one's orders, newest first.")
        .by(Who::Client)
        .id("The order.")
        .query("after", "The `next` of the page before.", schema!({ "type": "string" }))
        .query("limit", "How many.", schema!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }))
        .answers::<MessagePage>(200, "A page, where it goes on, and what was not read.")
        .fault(400, "`malformed`: a place or a number that cannot be read.")
        .fault(404, "`not_found`: not yours, or not there.")
}

async fn handler(
    State(app): State<App>,
    Client(who): Client,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, RouteError> {
    let id: OrderId = id.parse().map_err(|_| RouteError::NotFound)?;
    let limit = asked.limit()?;
    let before: Option<i64> = part("after", asked.after.as_deref())?;
    let mut now = app.store.read().await?;
    let (head, mark) = heads(now.as_mut(), &who, id).await?;
    let mut found = now.messages_of(id, before, limit + 1).await?;
    let more = cut(&mut found, limit);
    let items: Vec<ApiMessage> = found.iter().filter_map(|it| Message::of(&it.held.record)).map(ApiMessage::from).collect();
    let next = items.last().filter(|_| more).map(|it| it.number.to_string());
    let unread = head.map_or(0, |head| head.unread(mark.as_ref(), &Voice::Client));
    Ok(json(StatusCode::OK, &MessagePage { items, next, unread, read: mark.map_or(0, |mark| mark.upto) }))
}

/// The head of the conversation and the client's own mark in it, if the order is theirs to see.
async fn heads(now: &mut dyn Snapshot, who: &Session, id: OrderId) -> Result<(Option<Conversation>, Option<ReadMark>), RouteError> {
    let conversation = ConversationId::of(id);
    let named = [
        RecordRef::new(Kind::Order, id),
        RecordRef::new(Kind::Conversation, conversation),
        RecordRef::new(Kind::ReadMark, ReadMarkId::of(who.id(), conversation)),
    ];
    let found = now.records(&named).await?;
    let of = |r: RecordRef| found.iter().find(|it: &&Stored| it.held.record.reference() == r).map(|it| &*it.held.record);
    of(named[0]).filter(|order| may_see(&who.actor(), order, None)).ok_or(RouteError::NotFound)?;
    let head = of(named[1]).and_then(Conversation::of).cloned();
    Ok((head, of(named[2]).and_then(ReadMark::of).cloned()))
}
