//! One's own second factor: codes from an authenticator that a login asks for.

use domain::wire;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Asks about it, or changes it. It asks the server: without a line it is `unreachable`. What is wrong is said by
/// `invalid_credentials` (the password) and `code_wrong`; `factor_changed` where it stands otherwise than the window thought;
/// `factor_unavailable` where the server cannot check codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum SecondFactor {
    /// How it stands.
    State,
    /// A secret for an authenticator; nothing is asked for until a code confirms it.
    Begin {
        /// The account's password.
        password: String,
    },
    /// Turns it on.
    Confirm {
        /// Six digits.
        code: String,
    },
    /// Other recovery codes; the old ones are void.
    Renew {
        /// Six digits, or a recovery code.
        code: String,
    },
    /// Turns it off.
    Off {
        /// The account's password.
        password: String,
        /// Six digits, or a recovery code.
        code: String,
    },
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactor { .. }")
    }
}

/// The answer to a [`SecondFactor`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum SecondFactorReply {
    /// To [`SecondFactor::State`], and to [`SecondFactor::Off`].
    State {
        /// How it stands now.
        state: wire::SecondFactor,
    },
    /// To [`SecondFactor::Begin`].
    Secret {
        /// What an authenticator needs.
        secret: FactorSecret,
    },
    /// To [`SecondFactor::Confirm`] and [`SecondFactor::Renew`].
    Codes {
        /// Ten recovery codes `xxxx-xxxx-xxxx`, told once.
        codes: Vec<String>,
    },
}

impl fmt::Debug for SecondFactorReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactorReply { .. }")
    }
}

/// What an authenticator needs to know, told once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorSecret {
    /// In base32, for whoever types it.
    pub secret: String,
    /// For whoever points a camera at it; nothing where it cannot be drawn.
    pub qr: Option<QrCode>,
}

impl fmt::Debug for FactorSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FactorSecret { .. }")
    }
}

/// A QR code, ready to be drawn.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules along each side, with the four of the quiet zone at both ends.
    pub side: u32,
    /// The dark modules as the path of an SVG whose unit is one module.
    pub path: String,
}
