//! The client side, `/api` (protocol.md, Client side).

use serde::{Deserialize, Serialize};

use crate::{
    id::{ConsultationId, NotificationId},
    record::RecordRef,
    records::{Consultation, ConsultationStatus, Notification, NotificationKind},
    text::{Message, Reason, RequestNote, Topic},
    time::{Day, UtcMillis},
    words::Words,
};

/// How a client says that they agree to the text on their data: its version, or plainly yes to the current one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ConsentGiven {
    /// Yes or no.
    Plain(bool),
    /// The version they read.
    Version(String),
}

impl ConsentGiven {
    /// The version of the text that is current.
    pub const CURRENT: &'static str = "2026-11";

    /// The version they agreed to, if they did.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        match self {
            Self::Plain(true) => Some(Self::CURRENT.to_owned()),
            Self::Plain(false) => None,
            Self::Version(version) => Some(version.chars().take(40).collect()).filter(|v: &String| !v.is_empty()),
        }
    }
}

/// `POST /api/auth/register`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterRequest {
    /// The address they will log in with.
    pub email: String,
    /// Their password.
    pub password: String,
    /// What they are called.
    pub name: String,
    /// Their telephone number, in any writing.
    pub phone: String,
    /// The zone they live in. It is text until the route has read it: one that is none is a field that is not valid, not a body that
    /// cannot be read.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::time::Zone>"))]
    pub zone: Option<String>,
    /// Whether they agree to the text on their data.
    #[serde(default)]
    pub consent: Option<ConsentGiven>,
}

impl std::fmt::Debug for RegisterRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RegisterRequest { .. }")
    }
}

/// `POST /api/consultations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsultationRequest {
    /// The day the client wants.
    pub requested_date: Day,
    /// What it is about.
    #[serde(default)]
    pub topic: Option<String>,
    /// What the client adds.
    #[serde(default)]
    pub note: Option<String>,
}

/// A consultation as its client reads it: no names of the staff, no claim, no notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiConsultation {
    /// Its id.
    pub id: ConsultationId,
    /// What people call it.
    pub number: String,
    /// Where it stands.
    pub status: ConsultationStatus,
    /// The day the client wants.
    pub requested_date: Day,
    /// What it is about.
    pub topic: Option<Topic>,
    /// What the client added.
    pub note: Option<RequestNote>,
    /// A word of the admin, with the acceptance.
    pub message: Option<Message>,
    /// Why it was rejected or cancelled.
    pub reason: Option<Reason>,
    /// When it was answered or called off.
    pub decided_at: Option<UtcMillis>,
    /// When it was asked.
    pub created_at: UtcMillis,
    /// When it last changed.
    pub updated_at: UtcMillis,
}

impl From<&Consultation> for ApiConsultation {
    fn from(it: &Consultation) -> Self {
        Self {
            id: it.id,
            number: it.number.clone(),
            status: it.status.clone(),
            requested_date: it.requested_date,
            topic: it.topic.clone(),
            note: it.note.clone(),
            message: it.message.clone(),
            reason: it.reason.clone(),
            decided_at: it.decided_at,
            created_at: it.created_at,
            updated_at: it.updated_at,
        }
    }
}

/// A line in a client's list of notifications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiNotification {
    /// Its id.
    pub id: NotificationId,
    /// What it tells.
    pub kind: NotificationKind,
    /// The same in words, as the seeds have them: «Konsultasi Ditolak».
    pub text: String,
    /// The reason of a rejection or cancellation, the word with an acceptance.
    pub detail: Option<String>,
    /// What it is about.
    pub record: RecordRef,
    /// When it came.
    pub created_at: UtcMillis,
    /// When it was read.
    pub read_at: Option<UtcMillis>,
}

impl ApiNotification {
    /// The line in the words of a language.
    #[must_use]
    pub fn of(it: &Notification, words: &Words) -> Self {
        Self {
            id: it.id,
            kind: it.kind.clone(),
            text: words.text(&it.kind.word()),
            detail: it.detail.clone(),
            record: it.record,
            created_at: it.created_at,
            read_at: it.read_at,
        }
    }
}

impl NotificationKind {
    /// The key of its words.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Unknown(_) => "notification-unknown".to_owned(),
            known => format!("notification-{}", known.wire().replace('_', "-")),
        }
    }
}

/// A page of a client's own records: `GET /api/consultations`, `GET /api/orders`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}Page"))]
pub struct ListPage<T> {
    /// Newest first.
    pub items: Vec<T>,
    /// What to ask next with, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `GET /api/notifications`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotificationPage {
    /// Newest first.
    pub items: Vec<ApiNotification>,
    /// How many were not read.
    pub unread: i64,
}
