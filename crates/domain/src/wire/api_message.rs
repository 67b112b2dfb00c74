//! What is said about an order on the client side, `/api/orders/{id}/messages` (protocol.md, Client side).

use serde::{Deserialize, Serialize};

use crate::{
    id::{MessageId, OrderId},
    records::{Conversation, Message, Voice},
    text::ChatText,
    time::UtcMillis,
};

/// `POST /api/orders/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageRequest {
    /// What they say, 1 to 4000 characters.
    pub text: String,
    /// The number of the last message they had before them; what came after it stays unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<i64>,
}

/// `POST /api/orders/{id}/messages/read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadRequest {
    /// The number of the last message they have read.
    pub upto: i64,
}

/// A message as the client reads it: whether it is theirs or the staff's, and no names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiMessage {
    /// Its id.
    pub id: MessageId,
    /// The order it is about.
    pub order_id: OrderId,
    /// Its place in the conversation, from 1, without gap.
    pub number: i64,
    /// Who speaks: `client` or `staff`.
    pub from: Voice,
    /// What it says.
    pub text: ChatText,
    /// When the server took it.
    pub created_at: UtcMillis,
}

impl From<&Message> for ApiMessage {
    fn from(it: &Message) -> Self {
        let (from, text) = (it.from.clone(), it.text.clone());
        Self { id: it.id, order_id: it.order_id, number: it.number, from, text, created_at: it.created_at }
    }
}

/// How far a client has read: the answer to `POST /api/orders/{id}/messages/read`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiConversation {
    /// The order it is about.
    pub order_id: OrderId,
    /// How many messages it has; the last one's number.
    pub messages: i64,
    /// The number up to which the client has read.
    pub read: i64,
}

impl From<&Conversation> for ApiConversation {
    fn from(it: &Conversation) -> Self {
        Self { order_id: it.id.order(), messages: it.messages, read: it.client_read }
    }
}

/// `GET /api/orders/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagePage {
    /// Newest first.
    pub items: Vec<ApiMessage>,
    /// What to ask next with, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many messages of the staff the client has not read.
    pub unread: i64,
    /// The number up to which the client has read.
    pub read: i64,
}
