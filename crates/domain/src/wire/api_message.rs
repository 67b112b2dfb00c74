//! What is said about an order on the client side, `/api/orders/{id}/messages` (protocol.md, Client side).

use serde::{Deserialize, Serialize};

use crate::{
    file::{FileName, MediaType, Sha256},
    id::{MessageId, OrderId},
    records::{Attachment, Conversation, Message, Voice},
    text::ChatText,
    time::UtcMillis,
};

/// `POST /api/orders/{id}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessageRequest {
    /// What they say, 1 to 4000 characters; nothing is enough where files are attached.
    #[serde(default)]
    pub text: String,
    /// The files it carries, at most five: put on the server by `/v1/uploads` before, or those of versions of the same order that
    /// they were shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachRequest>,
    /// The number of the last message they had before them; what came after it stays unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<i64>,
}

/// A file that a message shall carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttachRequest {
    /// What its bytes are known by.
    #[cfg_attr(feature = "schema", schemars(with = "Sha256"))]
    pub sha256: String,
    /// What it is called.
    pub name: String,
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
    /// What it says; nothing where files alone were sent.
    pub text: ChatText,
    /// The files it carries.
    pub attachments: Vec<ApiAttachment>,
    /// When the server took it.
    pub created_at: UtcMillis,
}

/// A file of a message as the client reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiAttachment {
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size: i64,
    /// What the bytes are.
    pub media_type: MediaType,
    /// What it is called.
    pub name: FileName,
    /// Where its bytes are: a path on this server.
    pub url: String,
}

impl From<&Message> for ApiMessage {
    fn from(it: &Message) -> Self {
        let (from, text) = (it.from.clone(), it.text.clone());
        let attachments = it.attachments.0.iter().map(ApiAttachment::from).collect();
        Self { id: it.id, order_id: it.order_id, number: it.number, from, text, attachments, created_at: it.created_at }
    }
}

impl From<&Attachment> for ApiAttachment {
    fn from(it: &Attachment) -> Self {
        let (media_type, name) = (it.media_type.clone(), it.name.clone());
        Self { sha256: it.sha256, size: it.size, media_type, name, url: format!("/v1/files/{}", it.sha256) }
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
