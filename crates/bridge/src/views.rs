//! Views that a person saved: a list of Antrean with its search, under a name of their own.

use serde::{Deserialize, Serialize};

use crate::inbox::InboxFilter;

/// One of them. The name is the person's own, one line, and no other of their views has it (`domain::views`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// What it is called.
    pub name: String,
    /// What it shows. How a list is ordered follows from which list it is.
    pub filter: InboxFilter,
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
