//! Views that a person saved: a list of Antrean, or one of Pesanan desain, with its search, under a name of their own.

use serde::{Deserialize, Serialize};

use crate::{inbox::InboxFilter, orders::OrderFilter};

/// One of them. The name is the person's own, one line, and no other of their views has it (`domain::views`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// What it is called.
    pub name: String,
    /// What it shows. How a list is ordered follows from which list it is.
    pub filter: ViewFilter,
}

/// What a saved view shows. A list of Antrean is written as it was before there were others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ViewFilter {
    /// A list of orders.
    Orders {
        /// Which.
        orders: OrderFilter,
    },
    /// A list of Antrean.
    Inbox(InboxFilter),
}

impl ViewFilter {
    /// What it looks for.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Orders { orders } => &orders.text,
            Self::Inbox(inbox) => &inbox.text,
        }
    }
    /// The same, looking for this.
    #[must_use]
    pub fn with_text(mut self, text: String) -> Self {
        match &mut self {
            Self::Orders { orders } => orders.text = text,
            Self::Inbox(inbox) => inbox.text = text,
        }
        self
    }
}

/// The views this person saved, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedViews {}

/// Keeps these views, and no others: saving, renaming, moving and taking away are all of this. The answer is what is kept now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepViews {
    /// All of them, in their order.
    pub views: Vec<SavedView>,
}
