//! Design orders on the client side, `/api/orders` (protocol.md, Client side).

use serde::{Deserialize, Serialize};

use crate::{
    id::OrderId,
    money::Rupiah,
    records::{DesignType, HistoryEntry, Order, OrderStatus, ProductStatus},
    rule::patch,
    text::{Brief, Reason},
    time::{Day, UtcMillis},
};

/// `POST /api/orders`. The day is text until the route has read it: one that is none is a field that is not valid, not a body that
/// cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderRequest {
    /// What is to be designed.
    pub design_type: DesignType,
    /// What it shall be, 1 to 2000 characters.
    pub description: String,
    /// What else the client needs, at most 2000 characters.
    #[serde(default)]
    pub needs: Option<String>,
    /// By which day: not past in WIB, at most two years ahead.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Day>"))]
    pub deadline: Option<String>,
    /// What the client means to spend, in whole rupiah: 1 to a thousand billion.
    #[serde(default)]
    pub budget: Option<Rupiah>,
}

/// `POST /api/orders/{id}/edit`: what is left out stays, `null` clears. The day is text as in [`OrderRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderChange {
    /// What is to be designed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design_type: Option<DesignType>,
    /// What it shall be, 1 to 2000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What else the client needs, at most 2000 characters.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub needs: Option<Option<String>>,
    /// By which day: not past in WIB, at most two years ahead; one that stays may have passed.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Option<Day>>"))]
    pub deadline: Option<Option<String>>,
    /// What the client means to spend, in whole rupiah: 1 to a thousand billion.
    #[serde(default, deserialize_with = "patch", skip_serializing_if = "Option::is_none")]
    pub budget: Option<Option<Rupiah>>,
}

/// An order as its client reads it: no names of the staff, nothing that the staff keeps for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiOrder {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// What is to be designed.
    pub design_type: DesignType,
    /// What it shall be.
    pub description: Brief,
    /// What else the client needs.
    pub needs: Option<Brief>,
    /// By which day the client wants it.
    pub deadline: Option<Day>,
    /// What the client means to spend, in whole rupiah.
    pub budget: Option<Rupiah>,
    /// Where it stands.
    pub status: OrderStatus,
    /// Where the making of the product stands.
    pub product_status: ProductStatus,
    /// Why it was called off, or moved against the usual way.
    pub reason: Option<Reason>,
    /// The newest design version that the client was shown; `null` where there is none yet.
    pub design: Option<i64>,
    /// When it was made.
    pub created_at: UtcMillis,
    /// When it last changed.
    pub updated_at: UtcMillis,
}

impl From<&Order> for ApiOrder {
    fn from(it: &Order) -> Self {
        Self {
            id: it.id,
            number: it.number.clone(),
            design_type: it.design_type.clone(),
            description: it.description.clone(),
            needs: it.needs.clone(),
            deadline: it.deadline,
            budget: it.budget,
            status: it.status.clone(),
            product_status: it.product_status.clone(),
            reason: it.reason.clone(),
            design: it.shown_version,
            created_at: it.created_at,
            updated_at: it.updated_at,
        }
    }
}

/// One line of an order's history, as its client reads it: when, what was done, and where order or product stands since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiHistoryLine {
    /// When.
    pub at: UtcMillis,
    /// The name of the act, such as `order.set_status`.
    pub act: String,
    /// Where it stands since, where the act does not say so itself.
    pub to: Option<String>,
}

/// `GET /api/orders/{id}`: the order, and what happened to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiOrderDetail {
    /// The order.
    #[serde(flatten)]
    pub order: ApiOrder,
    /// What happened to it, oldest first; what the staff does for itself is left out.
    pub history: Vec<ApiHistoryLine>,
}

impl From<&Order> for ApiOrderDetail {
    fn from(it: &Order) -> Self {
        let line = |entry: &HistoryEntry| ApiHistoryLine { at: entry.at, act: entry.act.clone(), to: entry.to.clone() };
        let history = it.history.0.iter().filter(|entry| !entry.is_in_house()).map(line).collect();
        Self { order: it.into(), history }
    }
}
