//! What was made for an order on the client side, `/api/orders/{id}/designs` (protocol.md, Client side).

use serde::{Deserialize, Serialize};

use crate::{
    commands::design::PinAt,
    file::{FileName, MediaType, Sha256},
    id::{DesignId, OrderId},
    records::{Design, DesignStatus, Pins},
    text::Reason,
    time::UtcMillis,
};

/// `POST /api/orders/{id}/designs/{version}/approve`: bound to the bytes that were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApproveRequest {
    /// What the bytes are known by that the client looked at.
    #[cfg_attr(feature = "schema", schemars(with = "Sha256"))]
    pub sha256: String,
}

/// `POST /api/orders/{id}/designs/{version}/revision`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RevisionRequest {
    /// What the bytes are known by that the client looked at.
    #[cfg_attr(feature = "schema", schemars(with = "Sha256"))]
    pub sha256: String,
    /// What shall be changed, 3 to 500 characters.
    pub comment: String,
    /// Where in the picture, and what there: at most 20 places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinAt>,
}

/// A version as the client reads it: no names of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiDesign {
    /// Its id.
    pub id: DesignId,
    /// The order it was made for.
    pub order_id: OrderId,
    /// Its number within the order. A client is not shown every version, so numbers may be missing.
    pub version: i64,
    /// What its bytes are known by.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size: i64,
    /// What the bytes are.
    pub media_type: MediaType,
    /// What it is called when it is downloaded.
    pub name: FileName,
    /// Where it stands.
    pub status: DesignStatus,
    /// What the client wants changed.
    pub comment: Option<Reason>,
    /// Where in the picture.
    pub pins: Pins,
    /// When the client was shown it.
    pub submitted_at: Option<UtcMillis>,
    /// When the client decided.
    pub reviewed_at: Option<UtcMillis>,
    /// When its file was taken away; it cannot be downloaded any more.
    pub purged_at: Option<UtcMillis>,
}

impl From<&Design> for ApiDesign {
    fn from(it: &Design) -> Self {
        Self {
            id: it.id,
            order_id: it.order_id,
            version: it.version,
            sha256: it.sha256,
            size: it.size,
            media_type: it.media_type.clone(),
            name: it.download_name(),
            status: it.status.clone(),
            comment: it.comment.clone(),
            pins: it.pins.clone(),
            submitted_at: it.submitted_at,
            reviewed_at: it.reviewed_at,
            purged_at: it.purged.as_ref().map(|purge| purge.at),
        }
    }
}

/// `GET /api/orders/{id}/designs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DesignList {
    /// All that the client was shown, newest first.
    pub items: Vec<ApiDesign>,
    /// The version that counts, where the client was shown it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<i64>,
}
