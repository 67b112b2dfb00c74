//! One's own account at the server: where one is logged in, and the password.

use domain::{
    id::{DeviceId, UserId},
    time::UtcMillis,
    wire::DeviceInfo,
};
use serde::{Deserialize, Serialize};

/// Where somebody is logged in. It asks the server: without a line it is `unreachable`. Only an admin may ask of another person:
/// `refused` for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// Of whom; of whoever asks where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<UserId>,
}

/// The devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesReply {
    /// Newest first; those that were ended are left out.
    pub devices: Vec<DeviceInfo>,
    /// When the server was asked.
    pub at: UtcMillis,
}

/// Ends one of one's own devices: it destroys its copy as soon as it hears of it. `not_found` where it has ended already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndDevice {
    /// Which.
    pub id: DeviceId,
}

/// Changes one's own password, and ends one's other devices. `invalid_credentials` where the current one is another; `refused`
/// with the field `new` for one that cannot be set.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    /// The password that holds.
    pub current: String,
    /// The one that shall.
    pub new: String,
}
impl std::fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangePassword { .. }")
    }
}

/// The password is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// Whether it unlocks this desk too. If not, this computer could not write it down, and the lock still wants the old one.
    pub unlocks: bool,
}
