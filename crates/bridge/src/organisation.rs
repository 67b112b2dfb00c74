//! What holds for the whole organisation, as far as the window sets it.

use domain::{records::Uploaders, role::Person, status::CommandState, time::UtcMillis};
use serde::{Deserialize, Serialize};

/// The settings of the organisation that the window shows and sets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgSettings {}

/// One of them, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgSetting<T> {
    /// What holds now.
    pub value: T,
    /// Who set it, and since when it holds; nothing where nobody ever did.
    pub set: Option<(Person, UtcMillis)>,
    /// The command that sets it, while it is not finished.
    pub mark: Option<CommandState>,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrgSettingsReply {
    /// Who uploads designs (C-13).
    pub uploaders: OrgSetting<Uploaders>,
    /// For how many days after an order has ended its files are kept in any case (C-15).
    pub retention_days: OrgSetting<u32>,
}
