//! The staff, for whoever looks after their accounts.

use domain::{records::User, status::CommandState};
use serde::{Deserialize, Serialize};

/// Everybody of the staff, whatever their account's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {}

/// Somebody of the staff.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Their account, as it is shown here.
    pub user: User,
    /// Whether something of it is only this desk's, and not acknowledged.
    pub ours: bool,
    /// The most urgent command about them that is not finished.
    pub mark: Option<CommandState>,
}

/// They, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeopleReply {
    /// By name.
    pub people: Vec<PersonRow>,
}
